//! Two benchmarks of a scenario: what has become faster, what slower, and of what it can't be told.

use super::estimate::{Estimate, Verdict};
use super::record::{Measured, Repeated};

/// How long something takes now, as a multiple of what it took before.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What.
    pub what: String,
    /// The ratio of the times, new to old.
    pub ratio: Estimate,
}

impl Change {
    /// What can be told.
    pub fn verdict(&self) -> Verdict {
        self.ratio.verdict()
    }
}

/// What has changed since an earlier benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The engine, and its stages.
    pub changes: Vec<Change>,
    /// The first-written style, whose work hardly ever changes: where its time has, the machine is another
    /// one or in another mood.
    pub machine: Option<Change>,
    /// Whether both computed the same scenario.
    pub same_scenario: bool,
}

impl Against {
    /// Of a benchmark against an earlier one. What only one of them has, or too seldom, is left out.
    pub fn new(now: &Measured, before: &Measured) -> Self {
        let mut changes = Vec::new();
        for on in &now.threads {
            let earlier = before.threads.iter().find(|earlier| earlier.threads == on.threads);
            let name =
                if on.threads == 1 { "1 thread".to_owned() } else { format!("{} threads", on.threads) };
            changes.extend(earlier.and_then(|earlier| {
                change(&name, &on.ns_per_run(now.stated_runs), &earlier.ns_per_run(now.stated_runs))
            }));
        }
        changes.extend(repeated("draws", &now.draws, &before.draws));
        changes.extend(repeated("draws and model", &now.draws_and_model, &before.draws_and_model));
        changes.extend(repeated("output", &now.output, &before.output));
        Self {
            changes,
            machine: repeated("first-written style", &now.first_written, &before.first_written),
            same_scenario: now.sha256 == before.sha256,
        }
    }
}

fn change(what: &str, now: &[f64], before: &[f64]) -> Option<Change> {
    let ratio = Estimate::of_ratio(now, before)?;
    Some(Change { what: what.to_owned(), ratio })
}

fn repeated(what: &str, now: &Repeated, before: &Repeated) -> Option<Change> {
    change(what, &now.ns_per_run(), &before.ns_per_run())
}
