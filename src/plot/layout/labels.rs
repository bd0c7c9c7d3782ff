//! Direct labels: what stands at the right end of lines, bands and stacks, and how they make room for each other.
//!
//! Every label wants to stand level with its anchor. Labels that would collide are pushed apart as little as possible,
//! in order; a thin leader then shows where a label belongs. What can't fit at all is counted (`+3 more`). A line that ends
//! long before the picture does (history) carries its label at its own end.

use super::super::chart::{Chart, Form, Label, Layer, Stack};
use super::super::stack::Spans;
use super::super::text::{Type, clean};
use super::super::theme::{self, Color, GREY, PAD, WIDTH};
use super::super::ticks::NumberFormat;
use super::{Align, Extent, Frame, Rule, Scale, Text, is_drawable, is_drawable_year};

mod inside;

const TYPE: Type = Type::bold(theme::LABEL);
const LINE: f64 = 15.5;
const WIDEST: f64 = 176.0;
/// Between the plot and the labels: room for leaders.
const GUTTER: f64 = 14.0;
/// A line that ends before this share of the time axis is left has its label inside the plot.
const EARLY: f64 = 0.15;
/// A label that moved less than this needs no leader.
const UNNOTICED: f64 = 4.0;

/// A label and where it wants to stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag {
    /// The end of its line or bar, in data.
    at: (f64, f64),
    name: String,
    value: Option<String>,
    lines: Vec<String>,
    color: Color,
    /// Higher stays longer when there is no room for all.
    rank: f64,
    /// Whether the anchor is a bar's side rather than a point.
    bar: bool,
    /// For a line that ends early: its points, which its label must not cover.
    trail: Vec<(f64, f64)>,
}

/// Texts and leaders in their places.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Placed {
    pub(super) texts: Vec<Text>,
    pub(super) leaders: Vec<Rule>,
}

/// All labels of a chart.
pub(super) fn tags(chart: &Chart, extent: &Extent, format: &NumberFormat) -> Vec<Tag> {
    let mut tags = Vec::new();
    for layer in &chart.layers {
        match layer {
            Layer::Areas(stack) | Layer::Bars(stack) => tags.extend(stack_tags(stack, layer, extent, format)),
            _ => tags.extend(layer_tag(layer, extent, format)),
        }
    }
    tags
}

/// Where the plot ends so that all labels fit beside it.
pub(super) fn left_of(tags: &[Tag]) -> f64 {
    let widest = tags
        .iter()
        .filter(|tag| !tag.is_inside())
        .flat_map(|tag| &tag.lines)
        .map(|line| TYPE.width(line))
        .fold(0.0, f64::max);
    if widest > 0.0 { WIDTH - PAD - widest.max(TYPE.width("+99 more")) - GUTTER } else { WIDTH - PAD }
}

fn layer_tag(layer: &Layer, extent: &Extent, format: &NumberFormat) -> Option<Tag> {
    match layer {
        Layer::Line(line) | Layer::Steps(line) => {
            point_tag(line.label.as_ref()?, line.color, &line.points, extent, format)
        }
        Layer::Dots(dots) => point_tag(dots.label.as_ref()?, dots.color, &dots.points, extent, format),
        Layer::Band(band) => range_tag(band.label.as_ref()?, band.color, &band.points, format),
        Layer::Intervals(range) => {
            let tag = range_tag(range.label.as_ref()?, range.color, &range.points, format)?;
            Some(Tag { bar: matches!(range.form, Form::Box(_)), ..tag })
        }
        Layer::Areas(_) | Layer::Bars(_) | Layer::Marker(_) => None,
    }
}

/// A label level with the last point.
fn point_tag(
    label: &Label,
    color: Color,
    points: &[(f64, f64)],
    extent: &Extent,
    format: &NumberFormat,
) -> Option<Tag> {
    let drawable = points.iter().copied().filter(|(x, y)| is_drawable_year(*x) && is_drawable(*y));
    let last = drawable.clone().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let early = extent.x.1 - last.0 > EARLY * (extent.x.1 - extent.x.0);
    let tag = Tag::new(&label.text, label.value.then(|| format.value(last.1)), color, last)?;
    let trail = if early { drawable.collect() } else { Vec::new() };
    Some(Tag { trail, bar: extent.bars, ..tag })
}

/// A range's label stands at its upper end and can say `21–58`.
fn range_tag(label: &Label, color: Color, points: &[(f64, f64, f64)], format: &NumberFormat) -> Option<Tag> {
    let whole = points
        .iter()
        .filter(|(x, low, high)| is_drawable_year(*x) && is_drawable(*low) && is_drawable(*high));
    let (x, low, high) = whole.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (low, high) = (low.min(*high), low.max(*high));
    let dash = if low < 0.0 { " to " } else { "–" };
    let value = label.value.then(|| format!("{}{dash}{}", format.value(low), format.value(high)));
    Tag::new(&label.text, value, color, (*x, high))
}

/// A label for each part that can be seen anywhere in the stack.
fn stack_tags(stack: &Stack, layer: &Layer, extent: &Extent, format: &NumberFormat) -> Vec<Tag> {
    let spans = Spans::of(stack, is_drawable_year);
    // Areas of a single moment are drawn as a bar.
    let bar = matches!(layer, Layer::Bars(_)) || spans.x.len() == 1;
    let visible = (extent.y.1 - extent.y.0) * 1e-3;
    let tag = |(i, series): (usize, &super::super::chart::Series)| {
        let (low, high) = spans.last(i)?;
        let seen = spans.parts[i].iter().any(|(low, high)| high - low > visible);
        let signed = if low < 0.0 { low - high } else { high - low };
        let value = stack.values.then(|| format.value(signed));
        let at = (*spans.x.last()?, f64::midpoint(low, high));
        let tag = Tag::new(&series.label, value, series.color, at)?;
        seen.then_some(Tag { rank: high - low, bar, ..tag })
    };
    stack.series.iter().enumerate().filter_map(tag).collect()
}

impl Tag {
    /// A label in at most two lines that nothing pushes out; none without text.
    fn new(name: &str, value: Option<String>, color: Color, at: (f64, f64)) -> Option<Self> {
        let name = clean(name);
        let lines = set(&name, value.as_deref(), WIDEST, 2);
        (!lines.is_empty()).then_some(Self {
            at,
            name,
            value,
            lines,
            color,
            rank: f64::MAX,
            bar: false,
            trail: Vec::new(),
        })
    }

    fn is_inside(&self) -> bool {
        !self.trail.is_empty()
    }

    fn height(&self) -> f64 {
        LINE * count(self.lines.len())
    }
}

/// Name and value in a few lines; a name that is too long gives way to the value behind it.
fn set(name: &str, value: Option<&str>, width: f64, lines: usize) -> Vec<String> {
    let Some(value) = value else { return TYPE.wrap_evenly(name, width, lines) };
    let whole = format!("{name} {value}");
    if TYPE.wrap(&whole, width, lines + 1).len() <= lines {
        return TYPE.wrap_evenly(&whole, width, lines);
    }
    let mut kept = TYPE.wrap(name, width, lines);
    if let Some(last) = kept.last_mut() {
        let name = TYPE.shorten(last, width - TYPE.width(value) - TYPE.width(" …"));
        *last = TYPE.shorten(&format!("{name} {value}"), width);
    }
    kept
}

/// Puts labels beside the plot without collisions.
pub(super) fn place(tags: &[Tag], frame: &Frame, x: &Scale, y: &Scale, bar: f64) -> Placed {
    let (inner, outer): (Vec<Tag>, Vec<Tag>) = tags.iter().cloned().partition(Tag::is_inside);
    let (kept, dropped) = what_fits(&outer, frame.bottom - frame.top, WIDTH - PAD - frame.right - GUTTER);
    let mut ordered: Vec<(f64, &Tag)> = kept.iter().map(|tag| (y.at(tag.at.1), tag)).collect();
    // A stable sort: labels at the same height keep the order of their layers.
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wanted: Vec<(f64, f64)> = ordered.iter().map(|(center, tag)| (*center, tag.height())).collect();
    let floor = frame.bottom + LINE / 2.0 - if dropped > 0 { LINE } else { 0.0 };
    let centers = spread(&wanted, frame.top - LINE / 2.0, floor);
    let mut placed = Placed { texts: inside::place(&inner, frame, x, y), leaders: Vec::new() };
    for ((anchor, tag), center) in ordered.iter().zip(centers) {
        let end = x.at(tag.at.0) + if tag.bar { bar / 2.0 } else { 0.0 };
        placed.add(tag, (end, *anchor), (frame.right + GUTTER, center));
    }
    if dropped > 0 {
        let text = format!("+{dropped} more");
        placed.texts.push(line_of(frame.right + GUTTER, frame.bottom + LINE / 2.0 - 4.0, GREY, text));
    }
    placed
}

impl Placed {
    fn add(&mut self, tag: &Tag, anchor: (f64, f64), (left, center): (f64, f64)) {
        let top = center - tag.height() / 2.0;
        for (i, line) in tag.lines.iter().enumerate() {
            let baseline = top + LINE * count(i) + 12.0;
            self.texts.push(line_of(left, baseline, tag.color.as_ink(), line.clone()));
        }
        let end = (left - 4.0, center);
        if (center - anchor.1).abs() > UNNOTICED || end.0 - anchor.0 > 2.0 * GUTTER {
            self.leaders.push(Rule { from: (anchor.0 + 3.0, anchor.1), to: end, dashed: false });
        }
    }
}

fn line_of(x: f64, baseline: f64, color: Color, text: String) -> Text {
    Text { x, baseline, align: Align::Start, kind: TYPE, color, words: text }
}

#[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
fn count(n: usize) -> f64 {
    n as f64
}

/// First all labels lose their second lines, then the lowest ranks go; says how many had to go.
fn what_fits(tags: &[Tag], room: f64, width: f64) -> (Vec<Tag>, usize) {
    let needed = |tags: &[Tag]| tags.iter().map(Tag::height).sum::<f64>();
    let room = room + LINE;
    let mut kept = tags.to_vec();
    if needed(&kept) > room {
        for tag in &mut kept {
            tag.lines = set(&tag.name, tag.value.as_deref(), width, 1);
        }
    }
    let mut dropped = 0;
    while !kept.is_empty() && needed(&kept) + if dropped > 0 { LINE } else { 0.0 } > room {
        // Of equal ranks the last goes first.
        let lowest =
            kept.iter().enumerate().rev().min_by(|a, b| a.1.rank.total_cmp(&b.1.rank)).map_or(0, |(i, _)| i);
        kept.remove(lowest);
        dropped += 1;
    }
    (kept, dropped)
}

/// Centres for labels of given (wanted centre, height), sorted by wanted centre, between `top` and `bottom`: in the same
/// order, without overlap, moved as little as possible (least squares within each group that touches).
pub(super) fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, &(center, height)) in wanted.iter().enumerate() {
        let mut group = Group { first: i, count: 1.0, height, sum: center - height / 2.0, start: 0.0 };
        group.settle(top, bottom);
        while let Some(above) = groups.pop_if(|above| above.start + above.height > group.start) {
            group = above.with(&group);
            group.settle(top, bottom);
        }
        groups.push(group);
    }
    let mut centers = Vec::with_capacity(wanted.len());
    for (i, group) in groups.iter().enumerate() {
        let mut start = group.start;
        let end = groups.get(i + 1).map_or(wanted.len(), |next| next.first);
        for (_, height) in &wanted[group.first..end] {
            centers.push(start + height / 2.0);
            start += height;
        }
    }
    centers
}

/// Labels that touch each other.
struct Group {
    first: usize,
    count: f64,
    height: f64,
    /// Sum of where each member would have the group start.
    sum: f64,
    start: f64,
}

impl Group {
    fn settle(&mut self, top: f64, bottom: f64) {
        self.start = (self.sum / self.count).min(bottom - self.height).max(top);
    }

    fn with(mut self, below: &Self) -> Self {
        self.sum += below.sum - self.height * below.count;
        self.count += below.count;
        self.height += below.height;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of test cases: the same ones every time.
    fn cases() -> impl Iterator<Item = Vec<(f64, f64)>> {
        let mut state = 7_u32;
        let mut next = move |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((state >> 8) % most)
        };
        (0..500_u32).map(move |i| {
            let mut labels: Vec<_> =
                (0..i % 16).map(|_| (next(340) + 60.0, if next(3) > 1.0 { 31.0 } else { 15.5 })).collect();
            labels.sort_by(|a, b| a.0.total_cmp(&b.0));
            labels
        })
    }

    #[test]
    fn labels_never_overlap_never_leave_the_frame_and_keep_their_order() {
        for wanted in cases() {
            let centers = spread(&wanted, 80.0, 420.0);
            if wanted.iter().map(|w| w.1).sum::<f64>() > 340.0 {
                continue;
            }
            let edge = |i: usize, side: f64| centers[i] + side * wanted[i].1 / 2.0;
            assert_eq!(centers.len(), wanted.len());
            for i in 0..centers.len() {
                assert!(
                    edge(i, -1.0) >= 80.0 - 1e-9 && edge(i, 1.0) <= 420.0 + 1e-9,
                    "{wanted:?} {centers:?}"
                );
                assert!(i == 0 || edge(i - 1, 1.0) <= edge(i, -1.0) + 1e-9, "{wanted:?} {centers:?}");
            }
        }
    }

    #[test]
    fn labels_with_room_stay_where_they_want_to_be() {
        assert_eq!(spread(&[(100.0, 20.0), (150.0, 20.0)], 0.0, 400.0), [100.0, 150.0]);
        assert_eq!(spread(&[(100.0, 20.0), (100.0, 20.0)], 0.0, 400.0), [90.0, 110.0]);
    }

    #[test]
    fn too_many_labels_lose_the_thinnest_parts_and_say_how_many() {
        let name = "a name that is so long that it takes two lines";
        let tag = |rank: f64| Tag {
            rank,
            ..Tag::new(name, Some("12".into()), GREY, (0.0, rank)).expect("it has a name")
        };
        let tags: Vec<_> = (0..30).map(|i| tag(f64::from(i))).collect();
        let (kept, dropped) = what_fits(&tags, 155.0, 90.0);
        assert_eq!((kept.len(), dropped), (10, 20));
        assert!(
            kept.iter().all(|tag| tag.lines.len() == 1 && tag.lines[0].ends_with("… 12") && tag.rank >= 20.0)
        );
    }

    #[test]
    fn a_long_name_gives_way_to_its_value() {
        let lines = set(&"very long product name ".repeat(6), Some("12.4"), WIDEST, 2);
        assert!(lines.len() == 2 && lines[1].ends_with("… 12.4"), "{lines:?}");
        assert!(lines.iter().all(|line| TYPE.width(line) <= WIDEST), "{lines:?}");
    }
}
