//! Comparing scenarios during their runs, or from columns that were kept.

use super::figure::Figure;
use super::outcome::{Contrast, Difference, Dominance, FigureComparison, MATTERS_FROM};
use super::steps::Steps;
use super::tally::Tally;
use crate::plan::Plan;
use crate::results::Wanted;
use crate::run::{Collector, KeptRuns};
use crate::sample::Design;

/// The precision wanted for the mean differences of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The index of the figure.
    pub figure: usize,
    /// Half of the 95% interval of the mean, as a share of the mean or as an amount.
    pub wanted: Wanted,
}

/// Accumulates figures and their contrasts, run by run. A run that is invalid in one scenario is left out of
/// all.
pub struct Pairing {
    figures: Vec<Figure>,
    scenarios: usize,
    aim: Option<Aim>,
    design: Design,
    /// The number of the next run.
    next_run: u64,
    tally: Tally,
}

impl Pairing {
    /// Pairs the runs of scenarios that run together, of which this plan is the first, with these contrasts.
    pub fn new(figures: Vec<Figure>, plan: &Plan, contrasts: Vec<Steps>, aim: Option<Aim>) -> Self {
        let scenarios = figures.first().map_or(0, |figure| figure.columns.len());
        Self::with_distributions(figures, plan, &vec![true; scenarios], contrasts, aim)
    }

    /// As [`Pairing::new`], with whole distributions only of the scenarios for which `distributed` is true.
    pub(super) fn with_distributions(
        figures: Vec<Figure>,
        plan: &Plan,
        distributed: &[bool],
        contrasts: Vec<Steps>,
        aim: Option<Aim>,
    ) -> Self {
        let design = plan.design;
        let tally = Tally::new(figures.len(), distributed, contrasts, design);
        Self { figures, scenarios: distributed.len(), aim, design, next_run: 0, tally }
    }

    /// The contrasts of each scenario with the first.
    pub fn against_the_first(scenarios: usize) -> Vec<Steps> {
        (1..scenarios).map(|scenario| Steps::between(0, scenario)).collect()
    }

    /// The compared figures.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The number of runs that count so far.
    pub fn runs(&self) -> u64 {
        self.tally.runs()
    }

    /// Adds the next chunk: for every scenario, the columns that are kept.
    pub fn push(&mut self, scenarios: &[Vec<&[f64]>]) {
        let runs = scenarios.iter().filter_map(|columns| columns.first()).map(|column| column.len()).max();
        let runs = runs.unwrap_or(0);
        let zeros = vec![0.0; runs];
        // All figures of an invalid run are NaN, so any column shows which runs are invalid.
        let judges: Vec<&[f64]> = scenarios.iter().filter_map(|columns| columns.first().copied()).collect();
        let valid: Vec<usize> =
            (0..runs).filter(|&run| judges.iter().all(|column| !column[run].is_nan())).collect();
        let column = |scenario: usize, index: Option<usize>| -> &[f64] {
            index.map_or(zeros.as_slice(), |index| scenarios[scenario][index])
        };
        let columns_of = |figure: &Figure| -> Vec<&[f64]> {
            figure.columns.iter().enumerate().map(|(scenario, &index)| column(scenario, index)).collect()
        };
        let all: Vec<Vec<&[f64]>> = self.figures.iter().map(columns_of).collect();
        let numbers: Vec<u64> = valid.iter().map(|&run| self.next_run + run as u64).collect();
        let lengths = self.design.lengths(&numbers);
        self.next_run += runs as u64;
        if valid.len() == runs {
            self.tally.take(&all, &lengths);
            return;
        }
        let only_valid = |column: &&[f64]| -> Vec<f64> { valid.iter().map(|&run| column[run]).collect() };
        let kept: Vec<Vec<Vec<f64>>> =
            all.iter().map(|columns| columns.iter().map(only_valid).collect()).collect();
        let kept: Vec<Vec<&[f64]>> =
            kept.iter().map(|columns| columns.iter().map(Vec::as_slice).collect()).collect();
        self.tally.take(&kept, &lengths);
    }

    /// A contrast of a figure.
    pub fn contrast(&self, figure: usize, contrast: usize) -> Contrast {
        let runs = self.runs().max(1) as f64;
        let signs = self.tally.signs(figure, contrast).map(|count| count as f64 / runs);
        let least = MATTERS_FROM * self.tally.mean(figure, 0).abs();
        let chances = self.tally.chances_beyond(figure, contrast, least).unwrap_or([f64::NAN; 2]);
        let chances = if least > 0.0 { chances } else { signs };
        Contrast { summary: self.tally.contrast(figure, contrast), chances, signs }
    }

    /// All figures, for scenarios whose runs are paired and whose contrasts begin with
    /// [`Pairing::against_the_first`].
    pub fn compared(&self) -> Vec<FigureComparison> {
        (0..self.figures.len()).map(|figure| self.compare(figure)).collect()
    }

    fn compare(&self, index: usize) -> FigureComparison {
        let scenarios = 0..self.scenarios;
        let bins: Vec<_> = scenarios.clone().map(|scenario| self.tally.bins(index, scenario)).collect();
        let difference = |contrast: usize| {
            let Contrast { summary, chances: [above, below], signs } = self.contrast(index, contrast);
            Difference {
                mean: summary.mean,
                standard_error: summary.standard_error,
                paired: Some(summary),
                above,
                below,
                is_same: signs == [0.0; 2],
                dominance: run_by_run(signs).unwrap_or_else(|| Dominance::of(&bins[contrast + 1], &bins[0])),
            }
        };
        FigureComparison {
            figure: self.figures[index].clone(),
            values: scenarios.map(|scenario| self.tally.value(index, scenario)).collect(),
            differences: (0..self.scenarios - 1).map(difference).collect(),
            bins,
        }
    }
}

/// The dominance that follows from the runs alone: a scenario that is larger in no run isn't larger in
/// distribution. The bins could suggest otherwise, where rounding moves a value over the edge of a bin.
fn run_by_run([above, below]: [f64; 2]) -> Option<Dominance> {
    match (above > 0.0, below > 0.0) {
        (false, false) => Some(Dominance::Equal),
        (true, false) => Some(Dominance::Above),
        (false, true) => Some(Dominance::Below),
        (true, true) => None,
    }
}

impl Collector for Pairing {
    fn take(&mut self, runs: &[KeptRuns]) {
        let columns: Vec<Vec<&[f64]>> = runs.iter().map(|part| part.figures().collect()).collect();
        self.push(&columns);
    }

    /// Whether every difference of the figure of the aim is precise enough.
    fn is_satisfied(&self) -> bool {
        let Some(aim) = &self.aim else { return true };
        (0..self.scenarios - 1).all(|contrast| {
            let (mean, error) = self.tally.mean_and_error(aim.figure, contrast);
            aim.wanted.found(mean, error).is_some_and(|found| found <= aim.wanted.number())
        })
    }
}
