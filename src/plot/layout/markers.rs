//! Texts of vertical markers, in rows above the plot such that no text meets another text or another marker's
//! line.

use super::super::chart::{Chart, Layer, Marker};
use super::super::text::clean;
use super::super::theme::{INK, PAD, WIDTH};
use super::{Align, SMALL, Scale, Text};

/// Height of a row of marker texts.
pub(super) const ROW: f64 = 17.0;
/// The space between a marker's line and its text, and between two texts.
const GAP: f64 = 5.0;
pub(super) const MOST_ROWS: usize = 4;

/// A marker and the row of its text (0 is next to the plot). A text that fits in no row is empty.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) row: f64,
    pub(super) dashed: bool,
    pub(super) text: Text,
}

/// The positions of the markers, the row of the unit, and the number of rows.
pub(super) struct Rows {
    pub(super) markers: Vec<Placed>,
    pub(super) unit: f64,
    pub(super) count: f64,
}

/// Places all markers within the axis. The unit shares the lowest row if no marker is near it.
pub(super) fn place(chart: &Chart, scale: &Scale, unit_end: f64) -> Rows {
    let mut markers: Vec<&Marker> = chart.layers.iter().filter_map(visible(scale)).collect();
    // From right to left: texts are to the right of their lines, so a line that rises to a higher row meets
    // no text.
    markers.sort_by(|a, b| b.x.total_cmp(&a.x));
    let mut placed: Vec<Placed> = Vec::new();
    for marker in markers {
        let next = place_one(marker, scale, &placed);
        placed.push(next);
    }
    let taken = placed.iter().map(|marker| marker.row + 1.0).fold(0.0, f64::max);
    let near = placed.iter().any(|marker| marker.text.left().min(marker.x) < unit_end + 2.0 * GAP);
    let unit = if near { taken } else { 0.0 };
    Rows { markers: placed, unit, count: taken.max(unit + 1.0) }
}

fn visible(scale: &Scale) -> impl Fn(&Layer) -> Option<&Marker> {
    let (from, to) = scale.data;
    move |layer| match layer {
        Layer::Marker(marker) if (from..=to).contains(&marker.x) => Some(marker),
        _ => None,
    }
}

fn place_one(marker: &Marker, scale: &Scale, others: &[Placed]) -> Placed {
    let x = scale.at(marker.x);
    let text = text(x, SMALL.shorten(&clean(&marker.label), WIDTH * 0.3));
    let mut placed = Placed { x, row: 0.0, dashed: marker.dashed, text };
    for row in 0..MOST_ROWS {
        placed.row = f64::from(u8::try_from(row).unwrap_or(0));
        if others.iter().all(|other| is_clear(&placed, other)) {
            return placed;
        }
    }
    placed.text.words.clear();
    placed.row = 0.0;
    placed
}

/// To the right of the line, or to the left where the picture ends.
fn text(x: f64, text: String) -> Text {
    let fits = x + GAP + SMALL.width(&text) <= WIDTH - PAD;
    let (x, align) = if fits { (x + GAP, Align::Start) } else { (x - GAP, Align::End) };
    Text { x, baseline: 0.0, align, kind: SMALL, color: INK, words: text }
}

fn is_clear(a: &Placed, b: &Placed) -> bool {
    let (a_row, b_row) = (a.row.total_cmp(&b.row).is_ge(), b.row.total_cmp(&a.row).is_ge());
    let apart = a.text.left() > b.text.right() + 2.0 * GAP || b.text.left() > a.text.right() + 2.0 * GAP;
    (apart || !(a_row && b_row)) && !(a_row && crosses(a.x, &b.text)) && !(b_row && crosses(b.x, &a.text))
}

fn crosses(x: f64, text: &Text) -> bool {
    x > text.left() - 2.0 && x < text.right() + 2.0 && !text.words.is_empty()
}
