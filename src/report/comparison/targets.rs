//! Targets of several scenarios, side by side.

use super::text::dash;
use crate::results::{RunResult, TargetResult};
use crate::time::Month;
use crate::units::format::chance;

/// `42% ± 0.5`: the chance and its standard error, in points of a per cent; of a single run, whether it reaches it.
pub(super) fn with_error(target: &TargetResult) -> String {
    let p = target.chance();
    if target.runs == 1 {
        return if target.hits == 1 { "reached" } else { "not reached" }.to_owned();
    }
    let error = libm::sqrt(p * (1.0 - p) / (target.runs.max(1) as f64));
    format!("{} ± {:.1}", chance(p), error * 100.0)
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
