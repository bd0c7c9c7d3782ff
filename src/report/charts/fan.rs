//! Fans: the range of nine in ten futures, that of half of them, and the median, over time.

use super::place;
use crate::plan::Period;
use crate::plot::{Band, Chart, Color, Dots, Form, Intervals, Label, Layer, Line, Strength, Weight};
use crate::results::Summary;
use crate::units::format::Scale;

/// The fan of one metric over periods, without labels.
pub(super) struct Fan {
    /// The band of nine in ten.
    pub(super) outer: Band,
    /// The band of half of all futures.
    pub(super) inner: Band,
    pub(super) median: Line,
    /// Parts of years, which stand by themselves: joined with whole years they would look like growth.
    pub(super) parts: Vec<Layer>,
}

impl Fan {
    /// All of it, from the lowest layer to the highest.
    pub(super) fn layers(self) -> Vec<Layer> {
        let bands = [Layer::Band(self.outer), Layer::Band(self.inner), Layer::Line(self.median)];
        bands.into_iter().chain(self.parts).collect()
    }
}

/// The fan of one metric over periods with its labels at the right. `subject` says what the bands are of, where the chart
/// shows more than the fan; `middle` stands at the median.
pub(super) fn fan(
    chart: &mut Chart,
    periods: &[&Period],
    summaries: &[&Summary],
    scale: Scale,
    color: Color,
    (subject, middle): (&str, &str),
) {
    let Fan { mut outer, mut inner, mut median, parts } = fan_lines(periods, summaries, scale, color);
    median.label = Some(Label::new(middle).with_value());
    // Bands without a width are none: one future, or nothing uncertain.
    if summaries.iter().any(|summary| summary.interval_90().0 < summary.interval_90().1) {
        let of = if subject.is_empty() { String::new() } else { format!("{subject}: ") };
        outer.label = Some(Label::new(format!("{of}nine in ten")));
        inner.label = Some(Label::new(format!("{of}half of all futures")));
        chart.push(outer);
        chart.push(inner);
    }
    chart.push(median);
    for part in parts {
        chart.push(part);
    }
}

/// 90% band, 50% band and median of what can be joined, and each part of a year by itself.
pub(super) fn fan_lines(periods: &[&Period], summaries: &[&Summary], scale: Scale, color: Color) -> Fan {
    let (joined, apart) = by_coverage(periods, summaries);
    let range = |of: &[(f64, &Summary)], pick: fn(&Summary) -> (f64, f64)| -> Vec<(f64, f64, f64)> {
        let point = |&(x, summary): &(f64, &Summary)| {
            let (low, high) = pick(summary);
            (x, low / scale.factor, high / scale.factor)
        };
        of.iter().map(point).collect()
    };
    let medians = |of: &[(f64, &Summary)]| -> Vec<(f64, f64)> {
        of.iter().map(|(x, summary)| (*x, summary.median() / scale.factor)).collect()
    };
    let intervals = |points, form| Layer::Intervals(Intervals { points, color, form, label: None });
    let parts = [
        intervals(range(&apart, Summary::interval_90), Form::Whisker),
        intervals(range(&apart, Summary::interval_50), Form::Box(Strength::Half)),
        Layer::Dots(Dots { points: medians(&apart), color, label: None }),
    ];
    Fan {
        outer: Band::new(range(&joined, Summary::interval_90), color, Strength::NineInTen),
        inner: Band::new(range(&joined, Summary::interval_50), color, Strength::Half),
        median: Line { weight: Weight::Strong, ..Line::new(medians(&joined), color) },
        parts: if apart.is_empty() { Vec::new() } else { parts.into() },
    }
}

/// Places along an axis, and what stands there.
type Placed<T> = Vec<(f64, T)>;

/// What stands at each period's place: of periods that may be joined by a line, and of parts of years beside whole ones.
pub(super) fn by_coverage<T: Copy>(periods: &[&Period], values: &[T]) -> (Placed<T>, Placed<T>) {
    let all = periods.iter().zip(values).map(|(period, &value)| (*period, (place(period), value)));
    let are_parts_apart = periods.iter().any(|period| period.is_whole_year());
    let (joined, apart): (Vec<_>, Vec<_>) =
        all.partition(|(period, _)| !are_parts_apart || !period.is_part_of_year());
    let placed = |of: Vec<(&Period, (f64, T))>| of.into_iter().map(|(_, placed)| placed).collect();
    (placed(joined), placed(apart))
}
