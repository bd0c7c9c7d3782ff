//! Targets of several scenarios, side by side.

use super::figures::titled;
use super::text::dash;
use crate::compare::Comparison;
use crate::diag::printable;
use crate::report::summary::Screen;
use crate::report::table::{Align, GAP, columns, widths};
use crate::results::{RunResult, TargetResult};
use crate::time::Month;
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
    let dated = Table { heading: labels, rows: rows(&all, with_error, true) };
    let named = Table { heading: labels, rows: rows(&all, with_error, false) };
    let short = Table { heading: &numbers, rows: rows(&all, |target| chance(target.chance()), false) };
    let error = "Chance in the target's year ± half of its 95% Monte Carlo interval";
    if dated.fits(screen) {
        let note = format!(
            "{error}. Half by, 90% by: the months by which half and nine in ten of all futures have reached it at any time, \
                 counted over the last twelve months; a future may fall back later, so a date can stand beside a smaller chance."
        );
        return titled("Targets", &dated.text(screen), &note, screen);
    }
    if named.fits(screen) {
        let note = format!("{error}. By when: targets.csv.");
        return titled("Targets", &named.text(screen), &note, screen);
    }
    let legend: Vec<String> =
        numbers.iter().zip(labels).map(|(number, label)| format!("{number} {label}")).collect();
    let note =
        format!("{}. Chance in the target's year. Errors, and by when: targets.csv.", legend.join(", "));
    titled("Targets", &short.text(screen), &note, screen)
}

/// A row for each target, and one for its dates where they are known and wanted.
fn rows(
    all: &[(String, Vec<Option<&TargetResult>>)],
    show: impl Fn(&TargetResult) -> String,
    with_dates: bool,
) -> Vec<Vec<String>> {
    let row = |(title, of): &(String, Vec<Option<&TargetResult>>)| {
        let chances = of.iter().map(|target| target.map_or_else(dash, &show));
        let chances: Vec<String> = std::iter::once(printable(title)).chain(chances).collect();
        let is_reached = |target: &&TargetResult| target.date_with_chance(0.5).is_some();
        let dates = of.iter().map(|target| target.map_or_else(dash, dates));
        let dates: Vec<String> = std::iter::once("   half by / 90% by".to_owned()).chain(dates).collect();
        let has_dates = with_dates && of.iter().flatten().any(is_reached);
        std::iter::once(chances).chain(has_dates.then_some(dates)).collect::<Vec<_>>()
    };
    all.iter().flat_map(row).collect()
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

/// `Nov 2029 / —`: the months by which half and nine in ten of all futures have reached it.
pub(super) fn dates(target: &TargetResult) -> String {
    let by = |p: f64| target.date_with_chance(p).map_or_else(dash, Month::in_words);
    format!("{} / {}", by(0.5), by(0.9))
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
