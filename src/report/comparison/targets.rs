//! Targets of several scenarios, side by side.

use super::figures::titled;
use super::text::dash;
use crate::compare::Comparison;
use crate::diag::printable;
use crate::plan::Period;
use crate::report::findings::{CHANCE_IN_WORDS, FIRST_IN_WORDS};
use crate::report::summary::Screen;
use crate::report::table::{Align, GAP, columns, widths};
use crate::results::{RunResult, TargetResult};
use crate::units::format::chance;

/// The least width of the column of titles, which may be wrapped.
const NARROW: usize = 26;

/// Targets that more than one scenario has, or all if no target is shared: with errors and dates; where that
/// doesn't fit without dates, and where that doesn't fit either with numbers instead of the scenarios' names.
pub(super) fn text(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let all = shared_targets(&comparison.scenarios);
    if all.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = (1..=labels.len()).map(|number| number.to_string()).collect();
    let dated = Table { heading: labels, rows: rows(&all, with_error, Some(&comparison.scenarios)) };
    let named = Table { heading: labels, rows: rows(&all, with_error, None) };
    let short = Table { heading: &numbers, rows: rows(&all, |target| chance(target.chance()), None) };
    let error = format!("{CHANCE_IN_WORDS}, ± half of its 95% Monte Carlo interval");
    if dated.fits(screen) {
        let note = format!("{error}. First in: {FIRST_IN_WORDS} (it may be lower again in a later year).");
        return titled("Targets", &dated.text(screen), &note, screen);
    }
    if named.fits(screen) {
        let note = format!("{error}. First years with a chance of 50% and 90%: targets.csv.");
        return titled("Targets", &named.text(screen), &note, screen);
    }
    let legend: Vec<String> =
        numbers.iter().zip(labels).map(|(number, label)| format!("{number} {label}")).collect();
    let note = format!("{}. {CHANCE_IN_WORDS}. Errors and dates: targets.csv.", legend.join(", "));
    titled("Targets", &short.text(screen), &note, screen)
}

/// A row for each target, and with `dated` one for its dates where a scenario has any.
fn rows(
    all: &[(String, Vec<Option<&TargetResult>>)],
    show: impl Fn(&TargetResult) -> String,
    dated: Option<&[RunResult]>,
) -> Vec<Vec<String>> {
    let row = |(title, of): &(String, Vec<Option<&TargetResult>>)| {
        let chances = of.iter().map(|target| target.map_or_else(dash, &show));
        let chances: Vec<String> = std::iter::once(printable(title)).chain(chances).collect();
        std::iter::once(chances)
            .chain(dated.and_then(|scenarios| dates_of(of, scenarios)))
            .collect::<Vec<_>>()
    };
    all.iter().flat_map(row).collect()
}

/// The first periods in which a target has a chance of 50% and of 90% in each scenario; `None` where none
/// reaches 50%.
fn dates_of(of: &[Option<&TargetResult>], scenarios: &[RunResult]) -> Option<Vec<String>> {
    let both = || of.iter().copied().zip(scenarios);
    let reaches_half = |(target, result): (Option<&TargetResult>, &RunResult)| {
        target.is_some_and(|target| target.first_with_chance(0.5, &result.years).is_some())
    };
    let dates =
        both().map(|(target, result)| target.map_or_else(dash, |target| dates(target, &result.years)));
    let row = std::iter::once("   ≥ 50% / ≥ 90% first in".to_owned()).chain(dates).collect();
    both().any(reaches_half).then_some(row)
}

/// A column of titles and one for each scenario.
struct Table<'t> {
    heading: &'t [String],
    rows: Vec<Vec<String>>,
}

impl Table<'_> {
    fn heading(&self) -> Vec<&str> {
        std::iter::once("target").chain(self.heading.iter().map(String::as_str)).collect()
    }

    /// Whether nothing but the titles has to be wrapped.
    fn fits(&self, screen: Screen) -> bool {
        let widths = widths(&self.heading(), &self.rows);
        let others: usize = widths[1..].iter().map(|width| width + usize::from(GAP)).sum();
        others + widths[0].min(NARROW) <= screen.width
    }

    fn text(self, screen: Screen) -> String {
        let heading = self.heading();
        let mut align = vec![Align::Right; heading.len()];
        align[0] = Align::Left;
        columns(&heading, &align, self.rows.clone(), screen.width)
    }
}

/// `42% ± 1.0`: the chance and half of its 95% interval in percentage points; of a single run, whether it is
/// reached.
pub(super) fn with_error(target: &TargetResult) -> String {
    if target.runs == 1 {
        return if target.hits == 1 { "reached" } else { "not reached" }.to_owned();
    }
    let (low, high) = target.interval;
    format!("{} ± {:.1}", chance(target.chance()), (high - low) / 2.0 * 100.0)
}

/// `Nov 2029 / —`: the first periods in which the chance is at least 50% and at least 90%.
fn dates(target: &TargetResult, years: &[Period]) -> String {
    let from = |p: f64| target.first_with_chance(p, years).map_or_else(dash, |period| period.in_words());
    format!("{} / {}", from(0.5), from(0.9))
}

/// Targets by title, each with its result in every scenario that has it; those that several scenarios share,
/// or all if none is shared.
pub(in crate::report) fn shared_targets(
    scenarios: &[RunResult],
) -> Vec<(String, Vec<Option<&TargetResult>>)> {
    let mut names: Vec<&str> = Vec::new();
    for target in scenarios.iter().flat_map(|result| &result.targets) {
        if !names.contains(&target.spec.name.as_str()) {
            names.push(&target.spec.name);
        }
    }
    let of = |name: &str| -> (String, Vec<Option<&TargetResult>>) {
        let found = |result: &'_ RunResult| result.targets.iter().position(|target| target.spec.name == name);
        let all: Vec<Option<&TargetResult>> =
            scenarios.iter().map(|result| found(result).map(|index| &result.targets[index])).collect();
        let title = all.iter().flatten().next().map_or_else(String::new, |target| target.spec.title.clone());
        (title, all)
    };
    let all: Vec<_> = names.into_iter().map(of).collect();
    let is_shared = |row: &(String, Vec<Option<&TargetResult>>)| row.1.iter().flatten().count() > 1;
    if all.iter().any(is_shared) { all.into_iter().filter(is_shared).collect() } else { all }
}
