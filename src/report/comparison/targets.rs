//! Targets of several scenarios, side by side.

use super::figures::titled;
use super::text::dash;
use crate::compare::Comparison;
use crate::diag::printable;
use crate::plan::Period;
use crate::report::findings::FIRST_IN_WORDS;
use crate::report::summary::Screen;
use crate::report::table::{Align, GAP, columns, widths};
use crate::results::{RunResult, TargetResult};
use crate::units::format::chance;

/// A title may be broken into lines of so many letters.
const NARROW: usize = 26;

/// Targets that more than one scenario has, or all if there is only one of each: with errors and dates, without dates, or with
/// numbers in place of names where that doesn't fit.
pub(super) fn text(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let all = shared_targets(&comparison.scenarios);
    if all.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = (1..=labels.len()).map(|number| number.to_string()).collect();
    let dated = Table { heading: labels, rows: rows(&all, with_error, Some(&comparison.scenarios)) };
    let named = Table { heading: labels, rows: rows(&all, with_error, None) };
    let short = Table { heading: &numbers, rows: rows(&all, |target| chance(target.chance()), None) };
    let error = "Chance in the target's year, or by the end of it, ± half of its 95% Monte Carlo interval";
    if dated.fits(screen) {
        let note = format!(
            "{error}. 50% from, 90% from: {FIRST_IN_WORDS}; of an amount a later year may have a smaller chance again."
        );
        return titled("Targets", &dated.text(screen), &note, screen);
    }
    if named.fits(screen) {
        let note = format!("{error}. From when: targets.csv.");
        return titled("Targets", &named.text(screen), &note, screen);
    }
    let legend: Vec<String> =
        numbers.iter().zip(labels).map(|(number, label)| format!("{number} {label}")).collect();
    let note =
        format!("{}. Chance in the target's year. Errors, and from when: targets.csv.", legend.join(", "));
    titled("Targets", &short.text(screen), &note, screen)
}

/// A row for each target, and one for its dates where they are known and wanted.
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

/// From when a target has an even chance in each scenario, and one of nine in ten; `None` where it has that in none.
fn dates_of(of: &[Option<&TargetResult>], scenarios: &[RunResult]) -> Option<Vec<String>> {
    let both = || of.iter().copied().zip(scenarios);
    let is_even = |(target, result): (Option<&TargetResult>, &RunResult)| {
        target.is_some_and(|target| target.first_with_chance(0.5, &result.years).is_some())
    };
    let dates =
        both().map(|(target, result)| target.map_or_else(dash, |target| dates(target, &result.years)));
    let row = std::iter::once("   50% from / 90% from".to_owned()).chain(dates).collect();
    both().any(is_even).then_some(row)
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

    /// Whether all but the titles stays unbroken.
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

/// `42% ± 1.0`: the chance and half of its 95% interval, in points of a per cent; of a single run, whether it reaches it.
pub(super) fn with_error(target: &TargetResult) -> String {
    if target.runs == 1 {
        return if target.hits == 1 { "reached" } else { "not reached" }.to_owned();
    }
    let (low, high) = target.interval;
    format!("{} ± {:.1}", chance(target.chance()), (high - low) / 2.0 * 100.0)
}

/// `Nov 2029 / —`: from when half and nine in ten of all futures have it.
fn dates(target: &TargetResult, years: &[Period]) -> String {
    let from = |p: f64| target.first_with_chance(p, years).map_or_else(dash, |period| period.in_words());
    format!("{} / {}", from(0.5), from(0.9))
}

/// Targets by title, each with what it is in every scenario that has it; those that several scenarios share, or all if none is
/// shared.
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
            scenarios.iter().map(|result| found(result).map(|place| &result.targets[place])).collect();
        let title = all.iter().flatten().next().map_or_else(String::new, |target| target.spec.title.clone());
        (title, all)
    };
    let all: Vec<_> = names.into_iter().map(of).collect();
    let is_shared = |row: &(String, Vec<Option<&TargetResult>>)| row.1.iter().flatten().count() > 1;
    if all.iter().any(is_shared) { all.into_iter().filter(is_shared).collect() } else { all }
}
