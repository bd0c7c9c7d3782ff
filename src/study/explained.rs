//! What drives the result of a run: told from the runs that were just made, without a second one.

use super::draws::DrawsFile;
use crate::attribution::{Drivers, EXPLAINED_RUNS, drivers, figures};
use crate::plan::{Period, Plan};
use crate::run::{Collector, Draws, Kept, KeptRuns};

/// Total exports in the last whole year, or in the last year if none is whole.
const EXPLAINED_METRIC: &str = "volume";

/// Passes all runs on, and keeps the first of them.
pub(super) struct Explained {
    others: DrawsFile,
    /// The figures before those that are kept here.
    skipped: usize,
    /// `None` where nothing is to be explained.
    first: Option<Draws>,
}

impl Explained {
    /// Beside what somebody else keeps; gives what is to be kept for both.
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

    /// What was kept for somebody else, and what drives the figure.
    pub(super) fn finish(self, plan: &Plan) -> (DrawsFile, Option<Drivers>) {
        (self.others, self.first.and_then(|draws| told(plan, &draws)))
    }
}

/// What drives the figure; `None` of too few runs.
fn told(plan: &Plan, draws: &Draws) -> Option<Drivers> {
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

/// Keeps as many of the runs as there is room for; those that went wrong, whose figures are no numbers, are left out.
fn keep(first: &mut Draws, runs: &KeptRuns, skipped: usize) {
    let most = usize::try_from(EXPLAINED_RUNS).unwrap_or(usize::MAX);
    let room = most.saturating_sub(first.runs());
    let Some(judged) = runs.figures().nth(skipped) else { return };
    let sound: Vec<usize> = (0..judged.len()).filter(|&run| !judged[run].is_nan()).take(room).collect();
    first.numbers.extend(sound.iter().map(|&run| runs.first_run() + run as u64));
    let columns = runs.inputs().chain(runs.figures().skip(skipped));
    for (all, column) in first.inputs.iter_mut().chain(&mut first.figures).zip(columns) {
        all.extend(sound.iter().map(|&run| column[run]));
    }
}

/// The place of the year that is explained.
fn last_year(plan: &Plan) -> usize {
    Period::last_year(&Period::years(plan.info.horizon)).unwrap_or(0)
}
