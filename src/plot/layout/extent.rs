//! The part of the plane that a chart covers, and the numbers that can be drawn.

use super::super::chart::{Chart, Form, Layer, Mark, Stack, XAxis, XKind};
use super::super::stack::Spans;
use super::super::ticks::{LARGEST, LAST_YEAR};

/// Whether a value can be drawn: finite, and of a plausible size.
pub(in super::super) fn is_drawable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// The largest x that can be drawn: an amount of a plausible size, or a time that can be written as a date.
pub(in super::super) fn limit(axis: &XAxis) -> f64 {
    if matches!(axis.kind, XKind::Numbers { .. }) { LARGEST } else { LAST_YEAR }
}

/// The range of both axes, never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Extent {
    pub(in super::super) x: (f64, f64),
    pub(in super::super) y: (f64, f64),
    /// Distance between neighbouring bars, in years.
    pub(in super::super) slot: f64,
    /// Whether there are bars or boxes at the points.
    pub(in super::super) bars: bool,
    /// Whether there was nothing to draw.
    pub(in super::super) empty: bool,
    /// The largest x that is drawn.
    pub(in super::super) limit: f64,
    /// The end of the data, which may be before the end of the axis.
    pub(in super::super) last: f64,
}

const NOTHING: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);
const MONTH: f64 = 1.0 / 12.0;

impl Extent {
    pub(in super::super) fn of(chart: &Chart) -> Self {
        let mut found = Found { limit: limit(&chart.x), points: Vec::new(), bars: Vec::new() };
        chart.layers.iter().for_each(|layer| found.collect(layer));
        let ends = [chart.x.from, chart.x.to].into_iter().flatten();
        let x = range(found.points.iter().map(|p| p.0).chain(ends), |x| x.abs() <= found.limit);
        let floor = [chart.y.from_zero.then_some(0.0), chart.y.min, chart.y.max].into_iter().flatten();
        let y = range(found.points.iter().map(|p| p.1).chain(floor), is_drawable);
        let slot = slot(&mut found.bars, &chart.x.kind);
        let margin = match chart.x.kind {
            _ if !found.bars.is_empty() => slot / 2.0,
            XKind::Years => 0.12,
            XKind::Dates | XKind::Numbers { .. } => 0.0,
        };
        Self {
            x: wide(x, margin, &chart.x.kind),
            y: y.unwrap_or((0.0, 1.0)),
            slot,
            bars: !found.bars.is_empty(),
            empty: found.points.is_empty(),
            limit: found.limit,
            last: found.points.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// Whether something can be drawn at this x.
    pub(in super::super) fn holds(&self, x: f64) -> bool {
        x.abs() <= self.limit
    }
}

/// Every point that will be drawn, and the x of the bars.
struct Found {
    limit: f64,
    points: Vec<(f64, f64)>,
    bars: Vec<f64>,
}

impl Found {
    fn collect(&mut self, layer: &Layer) {
        match layer {
            Layer::Line(line) | Layer::Steps(line) => self.points(&line.points),
            Layer::Dots(dots) => self.points(&dots.points),
            Layer::Note(note) => self.points(&[(note.x, note.y)]),
            Layer::Band(band) => self.ranges(&band.points, false),
            Layer::Intervals(intervals) => {
                self.ranges(&intervals.points, matches!(intervals.form, Form::Box(_)));
            }
            Layer::Areas(stack) => self.stack(stack, false),
            Layer::Bars(stack) => self.stack(stack, true),
            Layer::Rows(rows) => rows.rows.iter().flat_map(|row| &row.marks).for_each(|mark| self.mark(mark)),
            Layer::Marker(_) | Layer::Panels(_) => {}
        }
    }

    fn points(&mut self, points: &[(f64, f64)]) {
        let limit = self.limit;
        self.points.extend(points.iter().filter(|(x, y)| x.abs() <= limit && is_drawable(*y)));
    }

    fn ranges(&mut self, points: &[(f64, f64, f64)], boxes: bool) {
        let limit = self.limit;
        let whole = points
            .iter()
            .filter(|(x, low, high)| x.abs() <= limit && is_drawable(*low) && is_drawable(*high));
        for &(x, low, high) in whole {
            self.points.extend([(x, low), (x, high)]);
            self.bars.extend(boxes.then_some(x));
        }
    }

    fn stack(&mut self, stack: &Stack, bars: bool) {
        let spans = Spans::of(stack, self.limit);
        for part in &spans.parts {
            let ends = spans.x.iter().zip(part);
            self.points.extend(ends.flat_map(|(&x, &(low, high))| [(x, low), (x, high)]));
        }
        self.bars.extend(spans.x.iter().filter(|_| bars));
    }

    /// Adds a mark of a row, which covers a range of x; its y is that of its row.
    fn mark(&mut self, mark: &Mark) {
        let (low, high) = mark.span();
        if low.abs().max(high.abs()) <= self.limit {
            self.points.extend([(low, 0.0), (high, 0.0)]);
        }
    }
}

fn range(values: impl Iterator<Item = f64>, drawable: impl Fn(f64) -> bool) -> Option<(f64, f64)> {
    let (low, high) =
        values.filter(|v| drawable(*v)).fold(NOTHING, |(low, high), v| (low.min(v), high.max(v)));
    (low <= high).then_some((low, high))
}

/// The smallest distance between two bars. For a single bar it is a month, or the width of the axis.
fn slot(bars: &mut [f64], kind: &XKind) -> f64 {
    bars.sort_by(f64::total_cmp);
    let span = bars.first().zip(bars.last()).map_or(0.0, |(first, last)| last - first);
    let (least, alone) = match kind {
        XKind::Years => return 1.0,
        XKind::Dates => (MONTH * 0.1, MONTH),
        XKind::Numbers { .. } => (span * 1e-6, 1.0),
    };
    let gaps = bars.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > least);
    let smallest = gaps.fold(f64::INFINITY, f64::min);
    if smallest.is_finite() { smallest } else { alone }
}

/// A range of positive width: a single date is extended to its month, a single number by half its size around
/// it.
fn wide(range: Option<(f64, f64)>, margin: f64, kind: &XKind) -> (f64, f64) {
    let is_number = matches!(kind, XKind::Numbers { .. });
    let (from, to) = range.unwrap_or(if is_number { (0.0, 1.0) } else { (2025.0, 2026.0) });
    let least = match kind {
        // For a narrower range all ticks would have the same text.
        XKind::Numbers { .. } => f64::max(from.abs(), to.abs()) * 1e-9,
        XKind::Dates | XKind::Years => MONTH * 0.5,
    };
    let alone = match from.abs() {
        _ if !is_number => MONTH * 0.5,
        0.0 => 0.5,
        size => size * 0.5,
    };
    let margin = if to - from + margin <= least { alone } else { margin };
    (from - margin, to + margin)
}
