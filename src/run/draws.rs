//! Every run's inputs and some of its yearly figures, kept: for questions about what drives a figure.

use super::chunk::{CHUNK_RUNS, LANES};
use super::plan::Plan;
use crate::model::{Corridor, Ledger, World};
use crate::sample::Layout;
use rayon::prelude::*;

/// A metric in a year, by their places in the corridor's metrics and in the horizon's years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearlyFigure {
    /// The metric.
    pub metric: usize,
    /// The year.
    pub year: usize,
}

/// What runs were dealt and what they came to, column by column, in the order of the runs. Runs with a figure that is no
/// finite number are left out.
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

    fn empty(inputs: usize, figures: usize) -> Self {
        Self { inputs: vec![Vec::new(); inputs], figures: vec![Vec::new(); figures] }
    }

    fn append(&mut self, other: &Self) {
        for (all, more) in self.inputs.iter_mut().zip(&other.inputs) {
            all.extend_from_slice(more);
        }
        for (all, more) in self.figures.iter_mut().zip(&other.figures) {
            all.extend_from_slice(more);
        }
    }
}

/// Computes all runs of a plan on the current rayon pool and keeps their inputs and these figures: the same bits as in any
/// other computation of the plan, for any number of threads. Memory: 8 bytes for each run and column.
pub fn draws(plan: &Plan, figures: &[YearlyFigure]) -> Draws {
    let corridor = Corridor::new(plan.corridor.clone());
    let layout = plan.layout();
    let chunks = plan.info.runs.div_ceil(CHUNK_RUNS);
    let parts: Vec<Draws> =
        (0..chunks).into_par_iter().map(|chunk| of_chunk(plan, &corridor, &layout, figures, chunk)).collect();
    let mut all = Draws::empty(plan.inputs.len(), figures.len());
    for part in &parts {
        all.append(part);
    }
    all
}

fn of_chunk(
    plan: &Plan,
    corridor: &Corridor,
    layout: &Layout,
    figures: &[YearlyFigure],
    chunk: u64,
) -> Draws {
    let mut draws = Draws::empty(plan.inputs.len(), figures.len());
    let mut batch = Batch::new(plan, corridor, layout);
    let first = chunk * CHUNK_RUNS;
    let end = (first + CHUNK_RUNS).min(plan.info.runs);
    for first_run in (first..end).step_by(LANES) {
        let live = usize::try_from(end - first_run).map_or(LANES, |left| left.min(LANES));
        batch.take(first_run, live, figures, &mut draws);
    }
    draws
}

/// Room for one batch of runs.
struct Batch<'a> {
    corridor: &'a Corridor,
    sampler: crate::sample::Sampler<'a, LANES>,
    world: World<'a, LANES>,
    year: Ledger<LANES>,
}

impl<'a> Batch<'a> {
    fn new(plan: &'a Plan, corridor: &'a Corridor, layout: &Layout) -> Self {
        let year = Ledger::new(&corridor.metrics);
        Self { corridor, sampler: plan.sampler(layout), world: World::new(corridor), year }
    }

    /// Adds the first `live` runs from `first_run` on.
    fn take(&mut self, first_run: u64, live: usize, figures: &[YearlyFigure], draws: &mut Draws) {
        let dealt = self.sampler.begin(first_run);
        let inputs = dealt.per_run.clone();
        self.world.begin(dealt);
        let found = self.figures(figures);
        for run in (0..live).filter(|&run| found.iter().all(|figure| figure[run].is_finite())) {
            draws.inputs.iter_mut().zip(&inputs).for_each(|(column, input)| column.push(input.0[run]));
            draws.figures.iter_mut().zip(&found).for_each(|(column, figure)| column.push(figure[run]));
        }
    }

    /// Steps through the months and picks the figures.
    fn figures(&mut self, wanted: &[YearlyFigure]) -> Vec<[f64; LANES]> {
        let mut found = vec![[0.0; LANES]; wanted.len()];
        let (metrics, horizon) = (&self.corridor.metrics, self.corridor.spec.horizon);
        let mut place = 0;
        self.year.clear();
        for step in 0..horizon.months {
            let month = self.world.step(self.sampler.step());
            self.year.add_month(month, metrics);
            if step + 1 < horizon.months && horizon.month(step + 1).year() == horizon.month(step).year() {
                continue;
            }
            self.year.close(metrics);
            for (figure, found) in wanted.iter().zip(&mut found).filter(|(figure, _)| figure.year == place) {
                *found = self.year.at(figure.metric).0;
            }
            self.year.clear();
            place += 1;
        }
        found
    }
}
