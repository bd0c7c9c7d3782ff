//! Comparing scenarios while they run, or from columns that were kept.

use super::figure::Figure;
use super::outcome::{Contrast, Difference, Dominance, FigureComparison, MATTERS_FROM};
use super::steps::Steps;
use super::tally::Tally;
use crate::plan::Plan;
use crate::results::Wanted;
use crate::run::{Collector, KeptRuns};
use crate::sample::Design;

/// How exact the means of a figure's differences are to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The place of the figure.
    pub figure: usize,
    /// Half of the 95% interval of the mean, as a share of the mean or as an amount.
    pub wanted: Wanted,
}

/// Adds up figures and their contrasts, run by run. A run that went wrong in one scenario counts in none.
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
    /// Of scenarios that run together, the first of which is this plan, with these contrasts.
    pub fn new(figures: Vec<Figure>, plan: &Plan, contrasts: Vec<Steps>, aim: Option<Aim>) -> Self {
        let scenarios = figures.first().map_or(0, |figure| figure.columns.len());
        Self::telling(figures, plan, &vec![true; scenarios], contrasts, aim)
    }

    /// As [`Pairing::new`], with the whole distribution only of some scenarios.
    pub(super) fn telling(
        figures: Vec<Figure>,
        plan: &Plan,
        told: &[bool],
        contrasts: Vec<Steps>,
        aim: Option<Aim>,
    ) -> Self {
        let design = plan.design;
        let tally = Tally::new(figures.len(), told, contrasts, design);
        Self { figures, scenarios: told.len(), aim, design, next_run: 0, tally }
    }

    /// Each of so many scenarios less the first.
    pub fn against_the_first(scenarios: usize) -> Vec<Steps> {
        (1..scenarios).map(|scenario| Steps::between(0, scenario)).collect()
    }

    /// The figures.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Runs that count so far.
    pub fn runs(&self) -> u64 {
        self.tally.runs()
    }

    /// Takes the next chunk: of every scenario the columns that are kept.
    pub fn push(&mut self, scenarios: &[Vec<&[f64]>]) {
        let runs = scenarios.iter().filter_map(|columns| columns.first()).map(|column| column.len()).max();
        let runs = runs.unwrap_or(0);
        let nothing = vec![0.0; runs];
        // All figures of a run that went wrong are NaN, so any column tells.
        let judges: Vec<&[f64]> = scenarios.iter().filter_map(|columns| columns.first().copied()).collect();
        let sound: Vec<usize> =
            (0..runs).filter(|&run| judges.iter().all(|column| !column[run].is_nan())).collect();
        let column = |scenario: usize, place: Option<usize>| -> &[f64] {
            place.map_or(nothing.as_slice(), |place| scenarios[scenario][place])
        };
        let columns_of = |figure: &Figure| -> Vec<&[f64]> {
            figure.columns.iter().enumerate().map(|(scenario, &place)| column(scenario, place)).collect()
        };
        let all: Vec<Vec<&[f64]>> = self.figures.iter().map(columns_of).collect();
        let numbers: Vec<u64> = sound.iter().map(|&run| self.next_run + run as u64).collect();
        let lengths = self.design.lengths(&numbers);
        self.next_run += runs as u64;
        if sound.len() == runs {
            self.tally.take(&all, &lengths);
            return;
        }
        let only_sound = |column: &&[f64]| -> Vec<f64> { sound.iter().map(|&run| column[run]).collect() };
        let kept: Vec<Vec<Vec<f64>>> =
            all.iter().map(|columns| columns.iter().map(only_sound).collect()).collect();
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

    /// All figures, of scenarios whose runs are pairs and whose contrasts begin with
    /// [`Pairing::against_the_first`].
    pub fn compared(&self) -> Vec<FigureComparison> {
        (0..self.figures.len()).map(|figure| self.compare(figure)).collect()
    }

    fn compare(&self, place: usize) -> FigureComparison {
        let scenarios = 0..self.scenarios;
        let bins: Vec<_> = scenarios.clone().map(|scenario| self.tally.bins(place, scenario)).collect();
        let difference = |contrast: usize| {
            let Contrast { summary, chances: [above, below], signs } = self.contrast(place, contrast);
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
            figure: self.figures[place].clone(),
            values: scenarios.map(|scenario| self.tally.value(place, scenario)).collect(),
            differences: (0..self.scenarios - 1).map(difference).collect(),
            bins,
        }
    }
}

/// The dominance that runs tell by themselves: who has more in no run doesn't have more in distribution.
/// Counts by value could say otherwise, where rounding moves a value over the edge of a bin.
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

    /// Whether every difference of the figure that was aimed at is exact enough.
    fn is_satisfied(&self) -> bool {
        let Some(aim) = &self.aim else { return true };
        (0..self.scenarios - 1).all(|contrast| {
            let (mean, error) = self.tally.mean_and_error(aim.figure, contrast);
            aim.wanted.found(mean, error).is_some_and(|found| found <= aim.wanted.number())
        })
    }
}
