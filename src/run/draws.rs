//! Every run's inputs and some of its yearly figures in memory: for the analysis of what drives a figure.

use super::engine::{Stopped, Task, run_together};
use super::job::Detail;
use super::kept::{Collector, Kept, KeptRuns, YearlyFigure};
use super::observer::Observer;
use crate::plan::Plan;
use crate::results::store::{DrawsError, DrawsReader};
use crate::sample::InputSpec;

/// The inputs and figures of runs, column by column, in the order of the runs. Invalid runs are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draws {
    /// The numbers of the runs, ascending.
    pub numbers: Vec<u64>,
    /// For every input of the plan, its value in each run, in base units.
    pub inputs: Vec<Vec<f64>>,
    /// For every requested figure, its value in each run, in base units.
    pub figures: Vec<Vec<f64>>,
}

impl Draws {
    /// No runs yet, with a column for each input of a plan and each of so many figures.
    pub fn of(plan: &Plan, figures: usize) -> Self {
        Self {
            numbers: Vec::new(),
            inputs: vec![Vec::new(); plan.inputs.len()],
            figures: vec![Vec::new(); figures],
        }
    }

    /// Keeps only the first `runs` of these runs.
    #[must_use]
    pub fn first(mut self, runs: u64) -> Self {
        let most = usize::try_from(runs).unwrap_or(usize::MAX);
        self.numbers.truncate(most);
        self.inputs.iter_mut().chain(&mut self.figures).for_each(|column| column.truncate(most));
        self
    }

    /// The number of runs.
    pub fn runs(&self) -> usize {
        self.numbers.len()
    }
}

impl Collector for Draws {
    fn take(&mut self, runs: &[KeptRuns]) {
        let [runs] = runs else { return };
        // All figures of an invalid run are NaN.
        let first_column = runs.figures().next();
        let is_valid = |index: usize| first_column.is_none_or(|figure| !figure[index].is_nan());
        let valid = |column: &[f64]| -> Vec<f64> {
            column.iter().enumerate().filter(|(index, _)| is_valid(*index)).map(|(_, x)| *x).collect()
        };
        let numbers = (0..runs.runs()).zip(runs.first_run()..);
        self.numbers.extend(numbers.filter(|(index, _)| is_valid(*index)).map(|(_, number)| number));
        self.inputs.iter_mut().zip(runs.inputs()).for_each(|(all, more)| all.extend(valid(more)));
        self.figures.iter_mut().zip(runs.figures()).for_each(|(all, more)| all.extend(valid(more)));
    }
}

/// The draws that a result keeps, with these of its figures, by the names of their columns (`volume@2030`). A
/// figure that it doesn't have is zero in every run, except the first figure, which it must have.
///
/// # Errors
/// If the table can't be read, or lacks the first figure or one of the inputs.
pub fn read_draws(plan: &Plan, reader: &DrawsReader, figures: &[String]) -> Result<Draws, DrawsError> {
    let has = |name: &str| reader.columns().iter().any(|column| column.name == name);
    let in_base_units = |input: &InputSpec| {
        let factor = plan.stated_unit(&input.path).factor;
        Ok(reader.read(&input.path)?.into_iter().map(|x| x * factor).collect())
    };
    let inputs = plan.inputs.iter().map(in_base_units).collect::<Result<Vec<Vec<f64>>, DrawsError>>()?;
    let first = figures.first().map_or("", String::as_str);
    let first_column = reader.read(first)?;
    let figure = |name: &String| {
        if has(name) { reader.read(name) } else { Ok(vec![0.0; first_column.len()]) }
    };
    let figures = figures.iter().map(figure).collect::<Result<Vec<Vec<f64>>, DrawsError>>()?;
    let valid: Vec<usize> = (0..first_column.len()).filter(|&run| !first_column[run].is_nan()).collect();
    let of_valid = |column: &Vec<f64>| valid.iter().filter_map(|&run| column.get(run).copied()).collect();
    Ok(Draws {
        numbers: valid.iter().map(|&run| run as u64).collect(),
        inputs: inputs.iter().map(of_valid).collect(),
        figures: figures.iter().map(of_valid).collect(),
    })
}

/// Computes all runs of a plan on the current rayon pool and keeps their inputs and these figures: the same
/// bits as in any other computation of the plan, for any number of threads. Memory: 8 bytes for each run and
/// column.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn draws(plan: &Plan, figures: &[YearlyFigure], observer: &dyn Observer) -> Result<Draws, Stopped> {
    let mut draws = Draws::of(plan, figures.len());
    let task = Task { plan, detail: Detail::Moments, kept: Kept::with_inputs(figures.to_vec()) };
    run_together(&[task], None, &mut draws, observer)?;
    Ok(draws)
}
