//! Texts of notes: beside their dots, clear of lines and of one another.

use super::super::chart::{Chart, Layer, Note};
use super::super::text::{Type, clean};
use super::super::theme;
use super::{Align, Layout, Text, is_drawable};

const TYPE: Type = Type::bold(theme::LABEL);
/// The distance from the dot to its text.
const BESIDE: f64 = 9.0;
/// How far a text is moved up or down if a line goes through its first position.
const SHIFTS: [f64; 5] = [0.0, -12.0, 12.0, -26.0, 26.0];
const ABOVE_AND_BELOW: [f64; 2] = [-14.0, 17.0];
const WIDEST: f64 = 330.0;
/// How far a text may extend above the plot.
const OVER: f64 = 8.0;
/// The maximum distance, in pixels, between the points of a line that are checked.
const STEP: f64 = 3.0;

/// Places the text of every note. A text without a free position is left out, and only its dot is drawn.
pub(super) fn place(chart: &Chart, layout: &mut Layout) {
    let notes: Vec<&Note> = chart.layers.iter().filter_map(note).collect();
    let path = path(chart, layout);
    let dotted = notes.iter().filter(|note| !note.bare);
    let dots: Vec<_> = dotted.map(|note| (layout.x.at(note.x), layout.y.at(note.y))).collect();
    let drawable = |note: &&Note| note.x.abs() <= layout.limit && is_drawable(note.y);
    let mut placed: Vec<Text> = Vec::new();
    for note in notes.into_iter().filter(drawable) {
        let free = candidates(note, layout).filter(|text| !text.words.is_empty() && is_inside(text, layout));
        let free = free.filter(|text| placed.iter().chain(&layout.texts).all(|other| !meets(text, other)));
        let free = free.filter(|text| !dots.iter().any(|dot| covers(text, *dot)));
        // The position that hides the fewest pixels of lines is chosen; of equal ones, the first.
        let best = free.min_by_key(|text| path.iter().filter(|point| covers(text, **point)).count());
        placed.extend(best);
    }
    layout.texts.extend(placed);
}

fn note(layer: &Layer) -> Option<&Note> {
    match layer {
        Layer::Note(note) => Some(note),
        _ => None,
    }
}

fn candidates(note: &Note, layout: &Layout) -> impl Iterator<Item = Text> {
    let (x, y) = (layout.x.at(note.x), layout.y.at(note.y));
    let words = TYPE.shorten(&clean(&note.text), WIDEST);
    let color = note.color.as_ink();
    let sides = [(BESIDE, Align::Start), (-BESIDE, Align::End)];
    let beside = sides.into_iter().flat_map(|side| SHIFTS.map(|shift| (side, shift)));
    let around = ABOVE_AND_BELOW.map(|shift| ((0.0, Align::Middle), shift));
    let alone = SHIFTS.map(|shift| ((0.0, Align::Middle), shift)).into_iter().filter(|_| note.bare);
    let positions = alone.chain(beside).chain(around);
    positions.map(move |((aside, align), shift)| Text {
        x: x + aside,
        baseline: y + 4.3 + shift,
        align,
        kind: TYPE,
        color,
        words: words.clone(),
    })
}

/// Points on all lines and markers, in pixels.
fn path(chart: &Chart, layout: &Layout) -> Vec<(f64, f64)> {
    let markers = layout.markers.iter();
    let mut points: Vec<_> = markers.flat_map(|marker| between(marker.from, marker.to)).collect();
    for layer in &chart.layers {
        let (Layer::Line(line) | Layer::Steps(line)) = layer else { continue };
        let mut ordered = line.points.clone();
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
        let drawable = |(x, y): &(f64, f64)| x.abs() <= layout.limit && is_drawable(*y);
        let joined = ordered.windows(2).filter(|pair| pair.iter().all(drawable));
        let at = |(x, y): (f64, f64)| (layout.x.at(x), layout.y.at(y));
        points.extend(joined.flat_map(|pair| between(at(pair[0]), at(pair[1]))));
    }
    points
}

fn between(from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
    let count = (length / STEP).ceil().clamp(1.0, 1000.0);
    let shares = std::iter::successors(Some(0.0), |n| Some(n + 1.0)).map(move |n| n / count);
    shares
        .take_while(|share| *share < 1.0)
        .map(move |share| (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)))
}

fn is_inside(text: &Text, layout: &Layout) -> bool {
    let frame = layout.frame;
    let (top, bottom) = edges(text);
    text.left() >= frame.left
        && text.right() <= frame.right
        && top >= frame.top - OVER
        && bottom <= frame.bottom
}

fn edges(text: &Text) -> (f64, f64) {
    (text.baseline - text.kind.size * 0.8, text.baseline + text.kind.size * 0.25)
}

fn covers(text: &Text, (x, y): (f64, f64)) -> bool {
    let (top, bottom) = edges(text);
    (text.left() - 2.0..=text.right() + 2.0).contains(&x) && (top - 1.0..=bottom + 1.0).contains(&y)
}

fn meets(a: &Text, b: &Text) -> bool {
    let ((a_top, a_bottom), (b_top, b_bottom)) = (edges(a), edges(b));
    a.left() < b.right() + 3.0 && b.left() < a.right() + 3.0 && a_top < b_bottom && b_top < a_bottom
}
