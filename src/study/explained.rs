//! The drivers of a run's result, estimated from its own runs without further ones.

use super::draws::DrawsFile;
use crate::attribution::{Drivers, EXPLAINED_RUNS, drivers, figures};
use crate::plan::{Period, Plan};
use crate::run::{Collector, Draws, Kept, KeptRuns};

/// The metric that is explained, in the last whole year, or in the last year if none is whole.
const EXPLAINED_METRIC: &str = "volume";

/// Passes all runs on to their file, and keeps the first of them.
pub(super) struct Explained {
    others: DrawsFile,
    /// The number of figures that are kept for the file only, which come first.
    skipped: usize,
    /// `None` where nothing is to be explained.
    first: Option<Draws>,
}

impl Explained {
    /// Adds the figures to be explained to those that are kept for the file; gives what is to be kept for
    /// both.
    pub(super) fn beside(others: DrawsFile, kept: &Kept, plan: &Plan, is_wanted: bool) -> (Self, Kept) {
        if !is_wanted {
            return (Self { others, skipped: 0, first: None }, kept.clone());
        }
        let metrics = plan.metrics();
        let metric = metrics.position(EXPLAINED_METRIC).expect("every corridor has a total");
        let more = figures(plan, metrics.list(), metric, last_year(plan));
        let first = Draws::of(plan, more.len());
        let all = Kept::with_inputs([kept.figures.clone(), more].concat());
        (Self { others, skipped: kept.figures.len(), first: Some(first) }, all)
    }

    /// The file, and the drivers of the figure.
    pub(super) fn finish(self, plan: &Plan) -> (DrawsFile, Option<Drivers>) {
        (self.others, self.first.and_then(|draws| explain(plan, &draws)))
    }
}

/// The drivers of the figure; `None` if there are too few runs.
fn explain(plan: &Plan, draws: &Draws) -> Option<Drivers> {
    let metrics = plan.metrics();
    let metric = &metrics.list()[metrics.position(EXPLAINED_METRIC)?];
    let year = *plan.info.horizon.years().get(last_year(plan))?;
    drivers(plan, draws, metric, year)
}

impl Collector for Explained {
    fn take(&mut self, runs: &[KeptRuns]) {
        self.others.take(runs);
        if let (Some(first), [runs]) = (&mut self.first, runs) {
            keep(first, runs, self.skipped);
        }
    }

    fn is_satisfied(&self) -> bool {
        self.others.is_satisfied()
    }
}

/// Keeps the first [`EXPLAINED_RUNS`] runs; invalid runs, whose figures are NaN, are left out.
fn keep(first: &mut Draws, runs: &KeptRuns, skipped: usize) {
    let most = usize::try_from(EXPLAINED_RUNS).unwrap_or(usize::MAX);
    let missing = most.saturating_sub(first.runs());
    let Some(judged) = runs.figures().nth(skipped) else { return };
    let sound: Vec<usize> = (0..judged.len()).filter(|&run| !judged[run].is_nan()).take(missing).collect();
    first.numbers.extend(sound.iter().map(|&run| runs.first_run() + run as u64));
    let columns = runs.inputs().chain(runs.figures().skip(skipped));
    for (all, column) in first.inputs.iter_mut().chain(&mut first.figures).zip(columns) {
        all.extend(sound.iter().map(|&run| column[run]));
    }
}

/// The index of the year that is explained.
fn last_year(plan: &Plan) -> usize {
    Period::last_year(&Period::years(plan.info.horizon)).unwrap_or(0)
}
