//! Fans: 90% interval, 50% interval and median over time.

use super::place;
use crate::plan::Period;
use crate::plot::{Band, Chart, Color, Dots, Form, Intervals, Label, Layer, Line, Strength, Weight};
use crate::results::Summary;
use crate::units::format::Scale;

/// The fan of one metric over periods, without labels.
pub(super) struct Fan {
    /// The band of the 90% interval.
    pub(super) outer: Band,
    /// The band of the 50% interval.
    pub(super) inner: Band,
    pub(super) median: Line,
    /// Parts of years, each by itself: joined with whole years they would look like growth.
    pub(super) parts: Vec<Layer>,
}

impl Fan {
    /// All of it, from the lowest layer to the highest.
    pub(super) fn layers(self) -> Vec<Layer> {
        let bands = [Layer::Band(self.outer), Layer::Band(self.inner), Layer::Line(self.median)];
        bands.into_iter().chain(self.parts).collect()
    }
}

/// Adds the fan of one metric over periods with its labels at the right. `subject` names the metric of the
/// bands, where the chart shows more than the fan; `middle` is the label of the median.
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
    // With one future, or without uncertainty, the bands have no width and are left out.
    if summaries.iter().any(|summary| summary.interval_90().0 < summary.interval_90().1) {
        let of = if subject.is_empty() { String::new() } else { format!("{subject}: ") };
        outer.label = Some(Label::new(format!("{of}90% interval")));
        inner.label = Some(Label::new(format!("{of}50% interval")));
        chart.push(outer);
        chart.push(inner);
    }
    chart.push(median);
    for part in parts {
        chart.push(part);
    }
}

/// Bands and median of the periods that can be joined, and each part of a year by itself.
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

/// Positions along an axis with a value at each.
type Placed<T> = Vec<(f64, T)>;

/// The values at the positions of their periods: of periods that may be joined by a line, and of parts of
/// years beside whole ones.
pub(super) fn by_coverage<T: Copy>(periods: &[&Period], values: &[T]) -> (Placed<T>, Placed<T>) {
    let all = periods.iter().zip(values).map(|(period, &value)| (*period, (place(period), value)));
    let are_parts_apart = periods.iter().any(|period| period.is_whole_year());
    let (joined, apart): (Vec<_>, Vec<_>) =
        all.partition(|(period, _)| !are_parts_apart || !period.is_part_of_year());
    let placed = |of: Vec<(&Period, (f64, T))>| of.into_iter().map(|(_, placed)| placed).collect();
    (placed(joined), placed(apart))
}
