//! Which part of the plane a chart covers, and which numbers can be drawn at all.

use super::super::chart::{Chart, Form, Layer, Stack};
use super::super::stack::Spans;
use super::super::ticks::{LARGEST, LAST_YEAR};

/// Whether a value can be drawn: finite, and an amount rather than an accident.
pub(in super::super) fn is_drawable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Whether a moment can be drawn.
pub(in super::super) fn is_drawable_year(x: f64) -> bool {
    x.abs() <= LAST_YEAR
}

/// The range of both axes, never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Extent {
    pub(in super::super) x: (f64, f64),
    pub(in super::super) y: (f64, f64),
    /// Distance between neighbouring bars, in years.
    pub(in super::super) slot: f64,
    /// Whether bars or boxes stand at the points.
    pub(in super::super) bars: bool,
    /// Whether there was nothing to draw.
    pub(in super::super) empty: bool,
}

const NOTHING: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);
const MONTH: f64 = 1.0 / 12.0;

impl Extent {
    pub(in super::super) fn of(chart: &Chart) -> Self {
        let mut points = Vec::new();
        let mut bars = Vec::new();
        for layer in &chart.layers {
            collect(layer, &mut points, &mut bars);
        }
        let empty = points.is_empty();
        let x = range(
            points.iter().map(|p| p.0).chain([chart.x.from, chart.x.to].into_iter().flatten()),
            is_drawable_year,
        );
        let floor = chart.y.from_zero.then_some(0.0);
        let y =
            range(points.iter().map(|p| p.1).chain([floor, chart.y.max].into_iter().flatten()), is_drawable);
        let slot = if chart.x.years_as_categories { 1.0 } else { slot(&mut bars) };
        let margin = if !bars.is_empty() {
            slot / 2.0
        } else if chart.x.years_as_categories {
            0.12
        } else {
            0.0
        };
        Self {
            x: wide(x.unwrap_or((2025.0, 2026.0)), margin),
            y: y.unwrap_or((0.0, 1.0)),
            slot,
            bars: !bars.is_empty(),
            empty,
        }
    }
}

/// Adds every point that will be drawn, and the places of bars.
fn collect(layer: &Layer, points: &mut Vec<(f64, f64)>, bars: &mut Vec<f64>) {
    match layer {
        Layer::Line(line) | Layer::Steps(line) => points.extend(drawable(&line.points)),
        Layer::Dots(dots) => points.extend(drawable(&dots.points)),
        Layer::Band(band) => points.extend(both_ends(&band.points)),
        Layer::Intervals(intervals) => {
            points.extend(both_ends(&intervals.points));
            if matches!(intervals.form, Form::Box(_)) {
                bars.extend(both_ends(&intervals.points).map(|p| p.0));
            }
        }
        Layer::Areas(stack) => points.extend(edges(stack)),
        Layer::Bars(stack) => {
            points.extend(edges(stack));
            bars.extend(stack.x.iter().copied().filter(|x| is_drawable_year(*x)));
        }
        Layer::Marker(_) => {}
    }
}

fn drawable(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    points.iter().copied().filter(|(x, y)| is_drawable_year(*x) && is_drawable(*y))
}

fn both_ends(points: &[(f64, f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    let whole = points
        .iter()
        .filter(|(x, low, high)| is_drawable_year(*x) && is_drawable(*low) && is_drawable(*high));
    whole.flat_map(|&(x, low, high)| [(x, low), (x, high)])
}

fn edges(stack: &Stack) -> Vec<(f64, f64)> {
    let spans = Spans::of(stack, is_drawable_year);
    let of_part = |part: &Vec<(f64, f64)>| {
        let ends = spans.x.iter().zip(part).flat_map(|(x, (low, high))| [(*x, *low), (*x, *high)]);
        ends.collect::<Vec<_>>()
    };
    spans.parts.iter().flat_map(of_part).collect()
}

fn range(values: impl Iterator<Item = f64>, drawable: impl Fn(f64) -> bool) -> Option<(f64, f64)> {
    let (low, high) =
        values.filter(|v| drawable(*v)).fold(NOTHING, |(low, high), v| (low.min(v), high.max(v)));
    (low <= high).then_some((low, high))
}

/// The smallest distance between two bars; a bar alone is a month.
fn slot(bars: &mut [f64]) -> f64 {
    bars.sort_by(f64::total_cmp);
    let gaps = bars.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > MONTH * 0.1);
    let smallest = gaps.fold(f64::INFINITY, f64::min);
    if smallest.is_finite() { smallest } else { MONTH }
}

/// A single moment becomes its month.
fn wide((from, to): (f64, f64), margin: f64) -> (f64, f64) {
    let margin = if to - from + margin < MONTH * 0.5 { MONTH * 0.5 } else { margin };
    (from - margin, to + margin)
}
