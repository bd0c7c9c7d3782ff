//! Pages of a comparison: the terminal, tables, the machine-readable document, pictures.
//!
//! The first scenario is the baseline: every other is shown with its difference to it, run by run.

mod assumptions;
mod figures;
pub(in crate::report) mod horizon;
pub mod json;
pub mod mixed;
pub mod parts;
pub mod tables;
pub(in crate::report) mod targets;
pub mod text;
pub(in crate::report) mod verdicts;

use crate::compare::{Comparison, FigureComparison};
use crate::plan::Period;
use crate::results::RunResult;

/// The difference from which on a future counts as higher or lower, in words:
/// [`crate::compare::MATTERS_FROM`].
pub(in crate::report) const MATTERS_IN_WORDS: &str = "by more than 1% of the first scenario's mean";

/// The labels of scenarios in a comparison: their names; a name that occurs again has a number behind it.
pub fn labels(scenarios: &[RunResult]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for result in scenarios {
        let name = crate::diag::printable(&result.info.name);
        let twins =
            scenarios[..labels.len()].iter().filter(|other| other.info.name == result.info.name).count();
        labels.push(if twins == 0 { name } else { format!("{name} ({})", twins + 1) });
    }
    labels
}

/// The labels of scenarios where there is more space: their titles, unless two have the same.
pub(in crate::report) fn titles(scenarios: &[RunResult]) -> Vec<String> {
    let titles: Vec<String> = scenarios.iter().map(|result| result.info.title_with_changes()).collect();
    let is_twice = |title: &String| titles.iter().filter(|other| *other == title).count() > 1;
    if titles.iter().any(is_twice) { labels(scenarios) } else { titles }
}

/// The years that are shown: those of which every scenario covers the same months, parts of years among them.
pub(in crate::report) fn shown_periods(comparison: &Comparison) -> Vec<Period> {
    let is_compared = |period: &&Period| comparison.figure("volume", period.start.year()).is_some();
    comparison.scenarios[0].years.iter().filter(is_compared).copied().collect()
}

/// The years that are shown, as numbers.
pub(in crate::report) fn shown_years(comparison: &Comparison) -> Vec<i32> {
    shown_periods(comparison).iter().map(|period| period.start.year()).collect()
}

/// The year that headlines are about, by [`Period::last_year`].
pub(in crate::report) fn last_year(comparison: &Comparison) -> Option<i32> {
    let shown = shown_periods(comparison);
    Period::last_year(&shown).map(|index| shown[index].start.year())
}

/// A year as tables write it: `2026`, or `2025 (Jul–Dec)`.
pub(in crate::report) fn year_in_short(comparison: &Comparison, year: i32) -> String {
    period(comparison, year).map_or_else(|| year.to_string(), Period::in_short)
}

/// A year as sentences write it: `2026`, or `Jul to Dec 2025`.
pub(in crate::report) fn year_in_words(comparison: &Comparison, year: i32) -> String {
    period(comparison, year).map_or_else(|| year.to_string(), Period::in_words)
}

/// How many months of a year are covered.
fn months(comparison: &Comparison, year: i32) -> usize {
    period(comparison, year).map_or(12, |period| period.months)
}

/// What is covered of a year. All scenarios that are compared in it cover the same.
pub(in crate::report) fn period(comparison: &Comparison, year: i32) -> Option<&Period> {
    comparison.scenarios[0].years.iter().find(|period| period.start.year() == year)
}

/// The largest amount shown of these figures in any scenario, by which their unit is chosen.
pub(in crate::report) fn largest(figures: &[&FigureComparison]) -> f64 {
    let values = figures.iter().flat_map(|figure| &figure.values);
    values.flat_map(|value| [value.quantiles[6], -value.quantiles[0], value.mean.abs()]).fold(0.0, f64::max)
}

/// The figures that share unit and decimals with one: itself, and for a cause of unmet demand the total as
/// well, so that the causes add up to it as printed.
pub(in crate::report) fn written_like<'c>(
    comparison: &'c Comparison,
    figure: &'c FigureComparison,
) -> Vec<&'c FigureComparison> {
    let whole = figure.figure.path.rsplit_once("unmet.").map(|(owner, _)| format!("{owner}unmet"));
    let whole = whole.and_then(|path| comparison.figure(&path, figure.figure.year));
    whole.into_iter().chain([figure]).collect()
}

/// Whether a figure is other than zero in any scenario.
pub(in crate::report) fn is_there(figure: &FigureComparison) -> bool {
    figure.values.iter().any(|value| value.sd > 0.0 || value.mean != 0.0)
}
