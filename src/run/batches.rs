//! The batches of a chunk, side by side: they compute the months of its runs and count nothing.

use crate::batch::Lanes;
use crate::kernel::for_every_processor;
use crate::model::{Corridor, Ledger, World};
use crate::plan::Plan;
use crate::sample::{Layout, Sampler};
use std::ops::Range;

/// Runs side by side in one batch: several of the widest vectors (eight numbers), with a state of some fifty
/// kilobytes.
pub const LANES: usize = 32;
/// Batches of a chunk that go through the months together. Statistics then process 512 values of one series
/// at once: with 32 at a time every histogram had left the cache before its next use, which took 60% of the
/// time of a whole run. 32 batches would leave too few chunks to distribute 10,000 runs over the threads.
const BATCHES: usize = 16;
/// Runs in a chunk: few enough that a request to stop takes effect at once.
pub(crate) const ROOM: usize = BATCHES * LANES;

/// One batch of runs on its way through the months.
struct Batch<'a> {
    sampler: Sampler<'a, LANES>,
    world: World<'a, LANES>,
}

/// The batches of a chunk, and their figures.
pub(crate) struct Batches<'a> {
    corridor: &'a Corridor,
    all: Vec<Batch<'a>>,
    /// The number of batches that have runs.
    used: usize,
    /// By batch, this month's figures.
    months: Vec<Ledger<LANES>>,
    /// By batch, those of the year so far.
    years: Vec<Ledger<LANES>>,
}

impl<'a> Batches<'a> {
    /// Allocates the batches of a chunk of a plan, with its corridor and layout.
    pub(crate) fn new(plan: &'a Plan, corridor: &'a Corridor, layout: &Layout) -> Self {
        let sampler = plan.sampler(layout);
        let batch = |_| Batch { sampler: sampler.clone(), world: World::new(corridor) };
        Self {
            corridor,
            all: (0..BATCHES).map(batch).collect(),
            used: 0,
            months: vec![Ledger::new(&corridor.metrics); BATCHES],
            years: vec![Ledger::new(&corridor.metrics); BATCHES],
        }
    }

    /// Draws the per-run inputs of the batches, and shows those of each batch with the index of its first
    /// run. If there are fewer runs than a chunk has, batches beyond the last run are skipped, and lanes
    /// beyond it must be ignored.
    pub(crate) fn begin(&mut self, runs: Range<u64>, mut show: impl FnMut(usize, &[Lanes<LANES>])) {
        let firsts = (0..).step_by(LANES).zip(runs.step_by(LANES));
        self.used = 0;
        for (batch, (first, first_run)) in self.all.iter_mut().zip(firsts) {
            let inputs = batch.sampler.begin(first_run);
            show(first, &inputs.per_run);
            batch.world.begin(inputs);
            self.used += 1;
        }
        self.begin_year();
    }

    /// Takes all batches through the next month and adds it to the year.
    pub(crate) fn step(&mut self) {
        step_all(self.corridor, &mut self.all[..self.used], &mut self.months, &mut self.years);
    }

    /// Ends the year: computes what follows from its sums.
    pub(crate) fn close_year(&mut self) {
        for (year, last) in self.years.iter_mut().zip(&self.months) {
            year.close_year(last, &self.corridor.metrics);
        }
    }

    /// Begins a year.
    pub(crate) fn begin_year(&mut self) {
        self.years.iter_mut().for_each(Ledger::begin_year);
    }

    /// By batch, this month's figures.
    pub(crate) fn month(&self) -> &[Ledger<LANES>] {
        &self.months[..self.used]
    }

    /// By batch, those of the year so far.
    pub(crate) fn year(&self) -> &[Ledger<LANES>] {
        &self.years[..self.used]
    }
}

for_every_processor! {
    /// Takes batches through the next month, one after another, and adds it to the year. Everything below is
    /// inlined into it, so that the whole model is compiled for the processor at hand.
    fn step_all(
        corridor: &Corridor,
        batches: &mut [Batch<'_>],
        months: &mut [Ledger<LANES>],
        years: &mut [Ledger<LANES>]
    ) {
        for ((batch, month), year) in batches.iter_mut().zip(months).zip(years) {
            batch.world.step(batch.sampler.step(), month);
            year.add_month(month, &corridor.metrics);
        }
    }
}
