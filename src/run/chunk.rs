//! A fixed number of runs, computed by one worker.
//!
//! What a chunk finds doesn't depend on which worker computes it or when: moments go to the chunk and are merged in the
//! order of chunks; histograms and counts of hits are whole numbers, which add up the same in any order, and so stay
//! with the worker.

use super::plan::Plan;
use crate::batch::Lanes;
use crate::model::{Corridor, Ledger, World};
use crate::results::Period;
use crate::sample::Sampler;
use crate::stats::{Histogram, Moments};

/// Runs side by side. Sixteen or more fill the widest vectors; measured on the shipped scenarios, see the guide.
pub(super) const LANES: usize = 32;
/// Runs in a chunk: long enough that merging costs little, short enough that a stop is felt at once.
pub(super) const CHUNK_RUNS: u64 = 256;
/// Bins to a factor of two, as a power of two: quantiles of years (0.4%) and of months (1.6%).
pub(super) const YEAR_BITS: u32 = 8;
pub(super) const MONTH_BITS: u32 = 6;

/// What is needed to compute any chunk of a plan; shared by all workers.
pub(super) struct Job<'a> {
    pub(super) plan: &'a Plan,
    pub(super) corridor: &'a Corridor,
    /// For every month, the place of its year.
    year_of_step: Vec<usize>,
    pub(super) years: usize,
    targets: Vec<Target>,
}

/// A target, resolved.
struct Target {
    metric: usize,
    year: usize,
    at_least: bool,
    threshold: f64,
}

impl<'a> Job<'a> {
    pub(super) fn new(plan: &'a Plan, corridor: &'a Corridor) -> Self {
        let horizon = plan.info.horizon;
        let years = Period::years(horizon);
        let year_of = |year: i32| {
            years
                .iter()
                .position(|period| period.start.year() == year)
                .expect("a plan's years lie in its horizon")
        };
        let targets = plan.targets.iter().map(|spec| Target {
            metric: corridor
                .metrics
                .position(&spec.metric)
                .expect("a plan's targets name metrics that exist"),
            year: year_of(spec.year),
            at_least: spec.at_least,
            threshold: spec.threshold,
        });
        Self {
            plan,
            corridor,
            year_of_step: horizon.iter().map(|month| year_of(month.year())).collect(),
            years: years.len(),
            targets: targets.collect(),
        }
    }

    /// How many series are tracked: every metric in every month, then every metric in every year.
    pub(super) fn cells(&self) -> usize {
        self.corridor.metrics.list().len() * (self.year_of_step.len() + self.years)
    }

    /// The first cell of a month's metrics.
    pub(super) fn month_cells(&self, step: usize) -> usize {
        step * self.corridor.metrics.list().len()
    }

    /// The first cell of a year's metrics.
    pub(super) fn year_cells(&self, year: usize) -> usize {
        (self.year_of_step.len() + year) * self.corridor.metrics.list().len()
    }

    fn year_ends(&self, step: usize) -> bool {
        self.year_of_step.get(step + 1) != Some(&self.year_of_step[step])
    }
}

/// One thread's room and counts.
pub(super) struct Worker<'a> {
    job: &'a Job<'a>,
    sampler: Sampler<'a, LANES>,
    world: World<'a, LANES>,
    year: Ledger<LANES>,
    pub(super) histograms: Vec<Histogram>,
    pub(super) hits: Vec<u64>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(job: &'a Job<'a>) -> Self {
        let months = job.year_cells(0);
        let bits = |cell: usize| if cell < months { MONTH_BITS } else { YEAR_BITS };
        Self {
            job,
            sampler: Sampler::new(job.plan.info.seed, &job.plan.inputs, &job.plan.series),
            world: World::new(job.corridor),
            year: Ledger::new(&job.corridor.metrics),
            histograms: (0..job.cells()).map(|cell| Histogram::new(bits(cell))).collect(),
            hits: vec![0; job.targets.len()],
        }
    }

    /// Computes the runs of a chunk; gives the moments of every cell.
    pub(super) fn compute(&mut self, chunk: u64) -> Vec<Moments> {
        let mut moments = vec![Moments::default(); self.job.cells()];
        let first = chunk * CHUNK_RUNS;
        let end = (first + CHUNK_RUNS).min(self.job.plan.info.runs);
        let mut run = first;
        while run < end {
            // The last batch may have fewer runs than lanes; the lanes beyond are computed and ignored.
            let live = usize::try_from(end - run).unwrap_or(LANES).min(LANES);
            self.compute_batch(run, live, &mut moments);
            run += live as u64;
        }
        moments
    }

    fn compute_batch(&mut self, first_run: u64, live: usize, moments: &mut [Moments]) {
        self.world.begin(self.sampler.begin(first_run));
        self.year.clear();
        for step in 0..self.job.year_of_step.len() {
            let month = self.world.step(self.sampler.step());
            record(month, live, self.job.month_cells(step), moments, &mut self.histograms);
            self.year.add_month(month, &self.job.corridor.metrics);
            if self.job.year_ends(step) {
                self.close_year(self.job.year_of_step[step], live, moments);
            }
        }
    }

    fn close_year(&mut self, year: usize, live: usize, moments: &mut [Moments]) {
        self.year.close(&self.job.corridor.metrics);
        record(&self.year, live, self.job.year_cells(year), moments, &mut self.histograms);
        for (target, hits) in self.job.targets.iter().zip(&mut self.hits) {
            if target.year == year {
                *hits += target.hits(self.year.at(target.metric), live);
            }
        }
        self.year.clear();
    }
}

impl Target {
    fn hits(&self, values: Lanes<LANES>, live: usize) -> u64 {
        let meets = |&&x: &&f64| if self.at_least { x >= self.threshold } else { x <= self.threshold };
        values.0[..live].iter().filter(meets).count() as u64
    }
}

fn record(
    ledger: &Ledger<LANES>,
    live: usize,
    first_cell: usize,
    moments: &mut [Moments],
    histograms: &mut [Histogram],
) {
    let cells = moments[first_cell..].iter_mut().zip(&mut histograms[first_cell..]);
    for (values, (moments, histogram)) in ledger.values().iter().zip(cells) {
        let values = &values.0[..live];
        moments.merge(&Moments::of(values));
        histogram.push(values);
    }
}
