//! Fans: the range of nine in ten futures, that of half of them, and the median, over time.

use super::place;
use crate::plot::{Band, Chart, Color, Label, Line, Strength, Weight};
use crate::results::{Period, Summary};
use crate::units::format::Scale;

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
    let (mut outer, mut inner, mut median) = fan_lines(periods, summaries, scale, color);
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
}

/// 90% band, 50% band and median, without labels.
pub(super) fn fan_lines(
    periods: &[&Period],
    summaries: &[&Summary],
    scale: Scale,
    color: Color,
) -> (Band, Band, Line) {
    let places = || periods.iter().map(|period| place(period));
    let band = |pick: fn(&Summary) -> (f64, f64), strength| {
        let ends = summaries.iter().map(|summary| pick(summary));
        let points = places().zip(ends).map(|(x, (low, high))| (x, low / scale.factor, high / scale.factor));
        Band::new(points.collect(), color, strength)
    };
    let median = places().zip(summaries).map(|(x, summary)| (x, summary.median() / scale.factor)).collect();
    let line = Line { weight: Weight::Strong, ..Line::new(median, color) };
    (band(Summary::interval_90, Strength::NineInTen), band(Summary::interval_50, Strength::Half), line)
}
