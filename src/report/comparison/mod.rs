//! Pages of a comparison: the terminal, tables, the machine-readable document, pictures.
//!
//! The first scenario is the yardstick: what stands beside another is its difference to that, run by run.

mod assumptions;
mod figures;
pub mod json;
pub mod mixed;
pub mod parts;
pub mod tables;
pub(in crate::report) mod targets;
pub mod text;
pub(in crate::report) mod verdicts;

use super::findings;
use crate::compare::{Comparison, FigureComparison};
use crate::results::RunResult;

/// From what on a difference counts as more or as less, as tables say it: [`crate::compare::MATTERS_FROM`].
pub(in crate::report) const MATTERS_IN_WORDS: &str = "by over 1% of the first scenario's mean";

/// What scenarios are called in a comparison: by their names, and the second of a name with its number.
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

/// What scenarios are called where there is more room: by their titles, unless two have the same.
pub(in crate::report) fn titles(scenarios: &[RunResult]) -> Vec<String> {
    let titles: Vec<String> = scenarios.iter().map(|result| result.info.title_with_changes()).collect();
    let is_twice = |title: &String| titles.iter().filter(|other| *other == title).count() > 1;
    if titles.iter().any(is_twice) { labels(scenarios) } else { titles }
}

/// The years that are shown: whole ones that all scenarios cover, or all if there is none.
pub(in crate::report) fn shown_years(comparison: &Comparison) -> Vec<i32> {
    let first = &comparison.scenarios[0];
    let compared = |year: i32| comparison.figure("volume", year).is_some();
    let shown = findings::shown_years(first).into_iter().map(|place| first.years[place].start.year());
    shown.filter(|&year| compared(year)).collect()
}

/// The last of them.
pub(in crate::report) fn last_year(comparison: &Comparison) -> Option<i32> {
    shown_years(comparison).last().copied()
}

/// The largest amount that is seen of a figure in any scenario: its unit suits this.
pub(in crate::report) fn largest(figures: &[&FigureComparison]) -> f64 {
    let values = figures.iter().flat_map(|figure| &figure.values);
    values.flat_map(|value| [value.quantiles[6], -value.quantiles[0], value.mean.abs()]).fold(0.0, f64::max)
}
