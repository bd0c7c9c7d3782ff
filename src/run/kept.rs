//! What is kept of single runs: their inputs, and some of their yearly figures, column by column.

use super::batches::ROOM;
use super::columns::Columns;
use crate::batch::Lanes;
use crate::plan::Metrics;
use crate::plan::Plan;

/// A metric in a year, by their indices in the corridor's metrics and in the horizon's years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearlyFigure {
    /// The index of the metric.
    pub metric: usize,
    /// The index of the year.
    pub year: usize,
}

/// What is kept of every run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether the inputs of the plan are kept.
    pub inputs: bool,
    /// The figures that are kept.
    pub figures: Vec<YearlyFigure>,
}

impl Kept {
    /// The inputs, and these figures.
    pub fn with_inputs(figures: Vec<YearlyFigure>) -> Self {
        Self { inputs: true, figures }
    }

    /// The inputs, and for every year the figures that summarise a run: [`Metrics::main`] and the metrics of
    /// targets.
    pub fn main(plan: &Plan, metrics: &Metrics) -> Self {
        let is_target = |index: &usize| {
            let path = &metrics.list()[*index].path;
            plan.targets.iter().any(|target| target.metric == *path)
        };
        let main = metrics.main();
        let others = (0..metrics.list().len()).filter(|index| !main.contains(index)).filter(is_target);
        Self::of_metrics(plan, main.iter().copied().chain(others))
    }

    /// The inputs, and all figures of every year.
    pub fn all(plan: &Plan, metrics: &Metrics) -> Self {
        Self::of_metrics(plan, 0..metrics.list().len())
    }

    fn of_metrics(plan: &Plan, metrics: impl Iterator<Item = usize>) -> Self {
        let years = plan.info.horizon.years().len();
        let figures =
            metrics.flat_map(|metric| (0..years).map(move |year| YearlyFigure { metric, year })).collect();
        Self::with_inputs(figures)
    }

    /// The same, followed by those figures of `other` that aren't among them.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let more = other.figures.iter().filter(|figure| !self.figures.contains(figure));
        Self { inputs: self.inputs, figures: self.figures.iter().chain(more).copied().collect() }
    }

    /// The index of a figure.
    pub fn place(&self, wanted: YearlyFigure) -> Option<usize> {
        self.figures.iter().position(|figure| *figure == wanted)
    }

    fn columns(&self, plan: &Plan) -> usize {
        self.inputs(plan) + self.figures.len()
    }

    fn inputs(&self, plan: &Plan) -> usize {
        if self.inputs { plan.inputs.len() } else { 0 }
    }
}

/// Consecutive runs: a column for each input, if inputs are kept, and one for each figure, in base units. All
/// figures of an invalid run are NaN.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeptRuns {
    first_run: u64,
    runs: usize,
    inputs: usize,
    values: Vec<f64>,
}

impl KeptRuns {
    pub(super) fn new(kept: &Kept, plan: &Plan, first_run: u64, runs: usize) -> Self {
        Self { first_run, runs, inputs: kept.inputs(plan), values: vec![0.0; kept.columns(plan) * runs] }
    }

    /// The number of the first run.
    pub fn first_run(&self) -> u64 {
        self.first_run
    }

    /// The number of runs.
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// The columns of the inputs, in the order of the plan.
    pub fn inputs(&self) -> impl Iterator<Item = &[f64]> {
        self.columns().take(self.inputs)
    }

    /// The columns of the figures, in the order of [`Kept::figures`].
    pub fn figures(&self) -> impl Iterator<Item = &[f64]> {
        self.columns().skip(self.inputs)
    }

    /// The columns of inputs, then those of figures.
    pub fn columns(&self) -> impl Iterator<Item = &[f64]> {
        // Without runs there are no columns; a chunk size of zero would panic.
        self.values.chunks_exact(self.runs.max(1))
    }

    /// Stores the inputs of a batch of runs, the first of which has the index `first`.
    pub(super) fn set_inputs<const N: usize>(&mut self, first: usize, inputs: &[Lanes<N>]) {
        for (column, values) in self.values.chunks_exact_mut(self.runs.max(1)).take(self.inputs).zip(inputs) {
            for (kept, value) in column[first..].iter_mut().zip(values.0) {
                *kept = value;
            }
        }
    }

    /// Stores the figures of a year that are kept.
    pub(super) fn year(&mut self, kept: &Kept, year: usize, columns: Columns<'_>) {
        let own = self.values.chunks_exact_mut(self.runs.max(1)).skip(self.inputs).zip(&kept.figures);
        for (column, figure) in own.filter(|(_, figure)| figure.year == year) {
            column.copy_from_slice(columns.of(figure.metric, &mut [0.0; ROOM]));
        }
    }

    /// Marks the runs at these indices as invalid.
    pub(super) fn mark_invalid(&mut self, indices: &[usize]) {
        for column in self.values.chunks_exact_mut(self.runs.max(1)).skip(self.inputs) {
            for &index in indices {
                column[index] = f64::NAN;
            }
        }
    }
}

/// Receives what is kept of single runs, in the order of runs: the same runs of every plan that is computed.
///
/// It is called from whichever thread has merged them, one call at a time.
pub trait Collector: Send {
    /// Receives the next runs of every plan.
    fn take(&mut self, runs: &[KeptRuns]);

    /// Whether the runs received so far are enough. It is asked between two rounds; a collector without a
    /// goal is always satisfied.
    fn is_satisfied(&self) -> bool {
        true
    }
}

/// A collector that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Collector for Nothing {
    fn take(&mut self, _: &[KeptRuns]) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::columns::ledgers;

    #[test]
    fn columns_hold_inputs_and_figures_of_runs() {
        let kept = Kept { inputs: true, figures: vec![YearlyFigure { metric: 1, year: 0 }] };
        let mut runs = KeptRuns { first_run: 512, runs: 3, inputs: 1, values: vec![0.0; 6] };
        runs.set_inputs(0, &[Lanes([1.0, 2.0])]);
        runs.set_inputs(2, &[Lanes([3.0, 4.0])]);
        let year = ledgers(&[&[7.0; 3], &[8.0, 9.0, 10.0]]);
        runs.year(&kept, 0, Columns::new(&year, 3, &[]));
        let next = ledgers(&[&[0.0; 3], &[0.0; 3]]);
        runs.year(&kept, 1, Columns::new(&next, 3, &[]));
        runs.mark_invalid(&[1]);
        assert_eq!(runs.inputs().collect::<Vec<_>>(), [[1.0, 2.0, 3.0]]);
        let figures: Vec<&[f64]> = runs.figures().collect();
        assert!(figures.len() == 1 && figures[0][1].is_nan());
        assert_eq!((figures[0][0], figures[0][2]), (8.0, 10.0));
    }
}
