//! Charts of rows: names in a column on the left, marks along the x axis, texts at both ends of the marks.

mod names;

use super::super::chart::{Chart, Key, Layer, Mark, Row, Rows, XKind};
use super::super::text::{Type, clean};
use super::super::theme::{self, Color, INK, PAD, WIDTH};
use super::x_axis::{self, XTicks};
use super::{
    Align, Extent, Frame, HEAD_GAP, Layout, Rule, SMALL, Scale, Text, Zero, margins, markers, small,
};
use names::Names;

/// The minimum height of a readable row; rows that don't fit are counted.
const LOWEST: f64 = 12.0;
/// The share of a row that a bar fills, and the maximum height of a bar.
const FILLED: f64 = 0.64;
const HIGHEST_BAR: f64 = 26.0;
/// Texts beside bars below this height are smaller.
const LOW_BAR: f64 = 10.0;
/// The space between the names and the plot, and between marks and the texts at their ends.
const GAP: f64 = 8.0;
/// The maximum width of texts at the ends of marks.
const LONGEST_END: f64 = 130.0;
const KEY: Type = Type::bold(theme::LABEL);
/// Side of a key's coloured square.
pub(in super::super) const SWATCH: f64 = 10.0;
/// The space between keys.
const BETWEEN_KEYS: f64 = 18.0;

pub(super) fn lay_out(chart: &Chart, all: &Rows) -> Layout {
    let extent = Extent::of(chart);
    let mut texts = Vec::new();
    let head = margins::head(chart, &mut texts) + HEAD_GAP - 3.0;
    let foot = margins::foot(chart, &mut texts);
    let available = foot - head - assumed_above(chart, all) - x_axis::TWO_LINES;
    let shown = &all.rows[..all.rows.len().min(most_rows(available))];
    let names = Names::of(shown, available / shown.len().max(1) as f64);
    let left = PAD + names.width + GAP + widest(shown.iter().map(|row| &row.before));
    let column = widest(shown.iter().map(|row| &row.value).chain([&all.column]));
    let right = WIDTH - PAD - column - widest(shown.iter().map(|row| &row.after));
    let x = Scale::new(extent.x, (left, right));
    let x_ticks = XTicks::of(chart, &extent, x);
    let keys = Keys::of(&all.key);
    let above = markers::place(chart, &x, keys.end);
    let bare = all.key.is_empty() && all.column.is_empty() && above.markers.is_empty();
    let lines = if bare { 0.0 } else { above.count };
    let top = head + lines * markers::ROW;
    let frame = Frame { left, right, top, bottom: foot - x_ticks.height() };
    let y = Scale::new((0.0, 1.0), (frame.bottom, frame.top));
    let mut layout = Layout { texts, ..Layout::bare(chart, frame, x, y, x_ticks.format) };
    layout.keys(keys, frame.top - HEAD_GAP - above.unit * markers::ROW);
    layout.head_column(&all.column, frame.top - HEAD_GAP);
    layout.mark(above.markers);
    layout.stand(shown, &names);
    layout.amounts(chart, &x_ticks, &extent);
    layout.count_the_rest(all.rows.len() - shown.len());
    if extent.empty {
        layout.report_no_data();
    }
    layout
}

/// Whether all of a mark can be drawn.
pub(in super::super) fn is_on_axis(mark: &Mark, layout: &Layout) -> bool {
    let (low, high) = mark.span();
    low.abs().max(high.abs()) <= layout.limit
}

/// The assumed height of markers and key above the rows. The left edge of the plot depends on the names,
/// their setting on the height of a row, and the rows that markers need on the left edge. One of these has to
/// be assumed, and this value is rarely too small.
fn assumed_above(chart: &Chart, rows: &Rows) -> f64 {
    let marked = chart.layers.iter().filter(|layer| matches!(layer, Layer::Marker(_))).count();
    let lines =
        marked.min(markers::MOST_ROWS).max(usize::from(!(rows.key.is_empty() && rows.column.is_empty())));
    lines as f64 * markers::ROW
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a picture")]
fn most_rows(available: f64) -> usize {
    (available / LOWEST).max(1.0) as usize
}

/// The width for texts at one end of the marks; zero if there are none.
fn widest<'t>(texts: impl Iterator<Item = &'t String>) -> f64 {
    let widest = texts.map(|text| SMALL.width(&end_text(text))).fold(0.0, f64::max);
    if widest > 0.0 { widest + GAP } else { 0.0 }
}

fn end_text(text: &str) -> String {
    SMALL.shorten(&clean(text), LONGEST_END)
}

/// The words of a key, side by side from the left.
struct Keys {
    words: Vec<(f64, String, Color)>,
    end: f64,
}

impl Keys {
    fn of(keys: &[Key]) -> Self {
        let each = (WIDTH - 2.0 * PAD) / keys.len().max(1) as f64 - SWATCH - 6.0 - BETWEEN_KEYS;
        let (mut words, mut end) = (Vec::new(), PAD);
        for key in keys {
            let text = KEY.shorten(&clean(&key.text), each.max(20.0));
            let next = end + SWATCH + 6.0 + KEY.width(&text) + BETWEEN_KEYS;
            words.push((end, text, key.color));
            end = next;
        }
        Self { words, end }
    }
}

impl Layout {
    fn keys(&mut self, keys: Keys, baseline: f64) {
        for (x, words, color) in keys.words {
            self.swatches.push(((x, baseline - SWATCH + 0.5), color));
            let x = x + SWATCH + 6.0;
            let (align, color) = (Align::Start, color.as_ink());
            self.texts.push(Text { x, baseline, align, kind: KEY, color, words });
        }
    }

    /// Adds the heading of the column of values at the right edge.
    fn head_column(&mut self, heading: &str, baseline: f64) {
        let kind = Type { bold: true, ..SMALL };
        let text = small(WIDTH - PAD, baseline, Align::End, end_text(heading));
        self.texts.extend((!text.words.is_empty()).then_some(Text { kind, color: INK, ..text }));
    }

    /// Adds the names and the texts at the ends of marks, row by row.
    fn stand(&mut self, rows: &[Row], names: &Names) {
        let height = (self.frame.bottom - self.frame.top) / rows.len().max(1) as f64;
        self.bar = (height * FILLED).min(HIGHEST_BAR);
        for (i, row) in rows.iter().enumerate() {
            let center = self.frame.top + height * (i as f64 + 0.5);
            self.rows.push(center);
            self.texts.extend(names.texts(i, center));
            self.ends(row, center);
        }
    }

    fn ends(&mut self, row: &Row, center: f64) {
        let spans = row.marks.iter().filter(|mark| is_on_axis(mark, self)).map(Mark::span);
        let ends = spans.map(|(low, high)| (self.x.at(low), self.x.at(high)));
        let around = |a: (f64, f64), b: (f64, f64)| (a.0.min(b.0), a.1.max(b.1));
        let (low, high) = ends.reduce(around).unwrap_or((self.frame.left, self.frame.left));
        let size = if self.bar < LOW_BAR { theme::SMALL_LABEL } else { theme::SMALL };
        let (kind, color) = (Type::regular(size), INK);
        let text = |x, align, words| {
            let (baseline, words) = (center + 0.35 * size, end_text(words));
            Text { x, baseline, align, kind, color, words }
        };
        let both = [text(low - GAP, Align::End, &row.before), text(high + GAP, Align::Start, &row.after)];
        let in_column = Text { x: WIDTH - PAD, ..text(0.0, Align::End, &row.value) };
        self.texts.extend((!in_column.words.is_empty()).then_some(in_column));
        for text in both.into_iter().filter(|text| !text.words.is_empty()) {
            let reach = 0.6 * size;
            self.cleared.push(((text.left() - 2.0, center - reach), (text.right() + 2.0, center + reach)));
            self.texts.push(text);
        }
    }

    /// Adds the numbers below and a grid of vertical lines.
    fn amounts(&mut self, chart: &Chart, ticks: &XTicks, extent: &Extent) {
        self.texts.extend(ticks.texts(self.frame, self.x));
        let upright = |x: f64| ((x, self.frame.top), (x, self.frame.bottom));
        for tick in &ticks.ticks {
            let (from, to) = upright(self.x.at(tick.x));
            self.grid.push(Rule { from, to, dashed: false });
        }
        if let XKind::Numbers { numbers, .. } = &chart.x.kind
            && (extent.x.0..=extent.x.1).contains(&0.0)
        {
            let strong = numbers.is_signed();
            let zeros = self.around_texts(self.x.at(0.0));
            self.zeros.extend(zeros.into_iter().map(|(from, to)| Zero { from, to, strong }));
        }
    }

    /// The parts of a vertical line that are clear of texts.
    fn around_texts(&self, x: f64) -> Vec<((f64, f64), (f64, f64))> {
        let mut parts = Vec::new();
        let mut from = self.frame.top;
        // Texts are in the order of their rows, from the top down.
        for ((left, top), (right, bottom)) in &self.cleared {
            if (*left..=*right).contains(&x) {
                parts.push(((x, from), (x, *top)));
                from = *bottom;
            }
        }
        parts.push(((x, from), (x, self.frame.bottom)));
        parts
    }

    fn count_the_rest(&mut self, rest: usize) {
        if rest > 0 {
            let baseline = self.frame.bottom + x_axis::FIRST + x_axis::SECOND;
            self.texts.push(small(PAD, baseline, Align::Start, format!("+{rest} more")));
        }
    }
}
