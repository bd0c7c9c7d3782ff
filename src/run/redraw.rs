//! Some of a plan's random numbers drawn again, all others kept: what the difference does is what these
//! numbers do.
//!
//! A draw follows from the name of its stream. So a plan in which some streams have other names draws these
//! anew and shares everything else, run by run. This is the pick-freeze design of sensitivity analysis, and
//! costs a run each.

use super::engine::{Stopped, Task, run_together};
use super::job::Detail;
use super::kept::{Collector, Kept, KeptRuns, YearlyFigure};
use super::observer::Observer;
use crate::plan::Plan;
use crate::sample::{Design, InputSpec, Process, SeriesSpec};

/// Plans that are computed side by side: each thread holds the state of 512 runs of every one.
const TOGETHER: usize = 8;

/// Some of what is drawn in a plan, by places in its lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streams {
    /// Inputs.
    pub inputs: Vec<usize>,
    /// Monthly series, each with all that it draws.
    pub series: Vec<usize>,
}

impl Streams {
    /// All of a plan.
    pub fn all(plan: &Plan) -> Self {
        Self { inputs: (0..plan.inputs.len()).collect(), series: (0..plan.series.len()).collect() }
    }
}

/// The plan with these streams drawn again, and all others as they were.
pub fn redrawn(plan: &Plan, streams: &Streams) -> Plan {
    let mut redrawn = plan.clone();
    for &place in &streams.inputs {
        let InputSpec { path, .. } = &mut redrawn.inputs[place];
        *path = again(path);
    }
    for &place in &streams.series {
        let SeriesSpec { path, process } = &mut redrawn.series[place];
        *path = again(path);
        if let Process::Recurrence(recurrence) = process {
            for (name, _) in &mut recurrence.sizes {
                *name = again(name);
            }
        }
    }
    redrawn
}

/// A name that no path has.
fn again(path: &str) -> String {
    format!("{path} again")
}

/// What a figure comes to in so many runs of a plan, and of the plan with each of these streams drawn again:
/// one column each, the plan's own first. Runs that went wrong in any of them are left out of all.
///
/// Runs are drawn at random whatever the design of the plan: so their errors are known.
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
    Ok(sound(&columns))
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

/// The figure of every plan.
struct FirstFigures(Vec<Vec<f64>>);

impl Collector for FirstFigures {
    fn take(&mut self, runs: &[KeptRuns]) {
        for (all, more) in self.0.iter_mut().zip(runs) {
            all.extend(more.figures().next().unwrap_or_default());
        }
    }
}

/// The runs that are sound in every column.
fn sound(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let runs = columns.first().map_or(0, Vec::len);
    let sound: Vec<usize> = (0..runs).filter(|&run| columns.iter().all(|y| y[run].is_finite())).collect();
    columns.iter().map(|y| sound.iter().map(|&run| y[run]).collect()).collect()
}
