//! Some of a plan's random numbers drawn again and all others kept, so that the difference is the effect of
//! these numbers.
//!
//! A draw is determined by the name of its stream. So a plan in which some streams have other names draws
//! these anew and shares everything else, run by run. This is the pick-freeze design of sensitivity analysis,
//! at the cost of one run for each.

use super::engine::{Stopped, Task, run_together};
use super::job::Detail;
use super::kept::{Collector, Kept, KeptRuns, YearlyFigure};
use super::observer::Observer;
use crate::plan::Plan;
use crate::sample::{Design, InputSpec, Process, SeriesSpec};

/// The number of plans computed side by side: each thread holds the state of 512 runs of every one.
const TOGETHER: usize = 8;

/// Some of the streams of a plan, by their indices in its lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streams {
    /// Indices of inputs.
    pub inputs: Vec<usize>,
    /// Indices of monthly series, each with everything that it draws.
    pub series: Vec<usize>,
}

impl Streams {
    /// All streams of a plan.
    pub fn all(plan: &Plan) -> Self {
        Self { inputs: (0..plan.inputs.len()).collect(), series: (0..plan.series.len()).collect() }
    }
}

/// The plan with these streams drawn again, and all others unchanged.
pub fn redrawn(plan: &Plan, streams: &Streams) -> Plan {
    let mut redrawn = plan.clone();
    for &index in &streams.inputs {
        let InputSpec { path, .. } = &mut redrawn.inputs[index];
        *path = again(path);
    }
    for &index in &streams.series {
        let SeriesSpec { path, process } = &mut redrawn.series[index];
        *path = again(path);
        if let Process::Recurrence(recurrence) = process {
            for (name, _) in &mut recurrence.sizes {
                *name = again(name);
            }
        }
    }
    redrawn
}

/// A name that no path has, because it contains a space.
fn again(path: &str) -> String {
    format!("{path} again")
}

/// The values of a figure in `runs` runs of a plan, and of the plan with each of these sets of streams drawn
/// again: one column each, the plan's own first. Runs that are invalid in any of them are left out of all.
///
/// The design is always random, whatever that of the plan, so that the errors can be estimated from
/// independent runs.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn redraws(
    plan: &Plan,
    runs: u64,
    figure: YearlyFigure,
    drawn_again: &[Streams],
    observer: &dyn Observer,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let mut plan = Plan { design: Design::Random, targets: Vec::new(), ..plan.clone() };
    plan.info.runs = runs;
    let again: Vec<Plan> = drawn_again.iter().map(|streams| redrawn(&plan, streams)).collect();
    let plans: Vec<&Plan> = std::iter::once(&plan).chain(&again).collect();
    let mut columns = Vec::new();
    for part in plans.chunks(TOGETHER) {
        columns.append(&mut together(part, figure, observer)?);
    }
    Ok(valid(&columns))
}

fn together(
    plans: &[&Plan],
    figure: YearlyFigure,
    observer: &dyn Observer,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let kept = Kept { inputs: false, figures: vec![figure] };
    let tasks: Vec<Task<'_>> =
        plans.iter().map(|&plan| Task { plan, detail: Detail::Moments, kept: kept.clone() }).collect();
    let mut figures = FirstFigures(vec![Vec::new(); plans.len()]);
    run_together(&tasks, None, &mut figures, observer)?;
    Ok(figures.0)
}

/// Collects the figure of every plan.
struct FirstFigures(Vec<Vec<f64>>);

impl Collector for FirstFigures {
    fn take(&mut self, runs: &[KeptRuns]) {
        for (all, more) in self.0.iter_mut().zip(runs) {
            all.extend(more.figures().next().unwrap_or_default());
        }
    }
}

/// The runs that are valid in every column.
fn valid(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let runs = columns.first().map_or(0, Vec::len);
    let valid: Vec<usize> = (0..runs).filter(|&run| columns.iter().all(|y| y[run].is_finite())).collect();
    columns.iter().map(|y| valid.iter().map(|&run| y[run]).collect()).collect()
}
