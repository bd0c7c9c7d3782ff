//! Two benchmarks of a scenario compared: what has become faster, what slower, and what is unclear.

use super::estimate::{Estimate, Verdict};
use super::record::{Measured, Repeated};

/// The time that a piece of work takes now, relative to the earlier benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its name.
    pub what: String,
    /// The ratio of the times, new to old.
    pub ratio: Estimate,
}

impl Change {
    /// The conclusion from the interval of the ratio.
    pub fn verdict(&self) -> Verdict {
        self.ratio.verdict()
    }
}

/// The changes since an earlier benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The changes of the engine and its stages.
    pub changes: Vec<Change>,
    /// The change of the naive implementation, whose work hardly ever changes: if its time has changed, the
    /// machine is different or in a different state.
    pub machine: Option<Change>,
    /// Whether both benchmarks computed the same scenario.
    pub same_scenario: bool,
}

impl Against {
    /// Compares a benchmark with an earlier one. Work that only one of them has, or has too few measurements
    /// of, is left out.
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
