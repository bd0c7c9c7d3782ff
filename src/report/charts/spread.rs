//! The distribution of one figure for each of several routes or products: one row each.

use crate::plot::{Color, Mark, Row, Rows, Strength, theme};
use crate::report::findings::last_year;
use crate::results::{MetricResult, RunResult, Summary};

/// What a row shows, for the subtitle.
pub(super) const IN_WORDS: &str = "mean (dot and number), 50% interval (box), 90% interval (line)";

/// A name, its colour and its figure.
pub(super) struct Spread<'a> {
    pub(super) name: &'a str,
    pub(super) color: Color,
    /// In the last year.
    pub(super) summary: &'a Summary,
    /// In all periods.
    pub(super) metric: &'a MetricResult,
}

/// The figures of the last year, the largest mean first; `named` are names and titles, coloured by their
/// indices.
pub(super) fn of_all<'r>(
    result: &'r RunResult,
    named: &'r [(String, String)],
    path: impl Fn(&str) -> String,
) -> Vec<Spread<'r>> {
    let (year, _) = last_year(result);
    let one = |(index, (name, title)): (usize, &'r (String, String))| {
        let path = path(name);
        let (summary, metric) = (result.year(&path, year)?, result.metric(&path)?);
        Some(Spread { name: title, color: theme::palette(index), summary, metric })
    };
    let mut all: Vec<Spread> = named.iter().enumerate().filter_map(one).collect();
    all.sort_by(|a, b| b.summary.mean.total_cmp(&a.summary.mean));
    all
}

/// A row for each; values are divided by `factor`, means written as given.
pub(super) fn rows(all: &[Spread], factor: f64, written: impl Fn(f64) -> String) -> Rows {
    let row = |spread: &Spread| {
        let (color, summary) = (spread.color, spread.summary);
        let ((low, high), (lower, upper)) = (summary.interval_90(), summary.interval_50());
        Row::new(spread.name)
            .with(Mark::Whisker { low: low / factor, high: high / factor, color })
            .with(Mark::Box { low: lower / factor, high: upper / factor, color, strength: Strength::Half })
            .with(Mark::Dot { at: summary.mean / factor, color })
            .valued(written(summary.mean))
    };
    Rows::of(all.iter().map(row).collect()).headed("mean")
}
