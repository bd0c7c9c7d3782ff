//! Every run's inputs and some of its yearly figures in memory: for questions about what drives a figure.

use super::engine::{Stopped, Task, run_together};
use super::job::Detail;
use super::kept::{Collector, Kept, KeptRuns, YearlyFigure};
use super::observer::Observer;
use super::plan::Plan;

/// What runs were dealt and what they came to, column by column, in the order of the runs. Runs that went wrong are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draws {
    /// For every input of the plan its value in each run, in base units.
    pub inputs: Vec<Vec<f64>>,
    /// For every figure that was asked for its value in each run, in base units.
    pub figures: Vec<Vec<f64>>,
}

impl Draws {
    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.figures.first().map_or(0, Vec::len)
    }
}

impl Collector for Draws {
    fn take(&mut self, runs: &[KeptRuns]) {
        let [runs] = runs else { return };
        // All figures of a run that went wrong are NaN.
        let judged = runs.figures().next();
        let is_sound = |place: usize| judged.is_none_or(|figure| !figure[place].is_nan());
        let sound = |column: &[f64]| -> Vec<f64> {
            column.iter().enumerate().filter(|(place, _)| is_sound(*place)).map(|(_, x)| *x).collect()
        };
        self.inputs.iter_mut().zip(runs.inputs()).for_each(|(all, more)| all.extend(sound(more)));
        self.figures.iter_mut().zip(runs.figures()).for_each(|(all, more)| all.extend(sound(more)));
    }
}

/// Computes all runs of a plan on the current rayon pool and keeps their inputs and these figures: the same bits as in any
/// other computation of the plan, for any number of threads. Memory: 8 bytes for each run and column.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn draws(plan: &Plan, figures: &[YearlyFigure], observer: &dyn Observer) -> Result<Draws, Stopped> {
    let mut draws =
        Draws { inputs: vec![Vec::new(); plan.inputs.len()], figures: vec![Vec::new(); figures.len()] };
    let task = Task { plan, detail: Detail::Moments, kept: Kept::with_inputs(figures.to_vec()) };
    run_together(&[task], None, &mut draws, observer)?;
    Ok(draws)
}
