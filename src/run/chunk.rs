//! A fixed number of runs, computed by one worker.
//!
//! What a chunk finds doesn't depend on which worker computes it or when: moments go to the chunk and are merged in the
//! order of chunks; histograms and counts of hits are whole numbers, which add up the same in any order. Histograms are
//! shared by all workers, so that memory doesn't grow with their number; each period has a lock of its own, which workers
//! hardly ever want at the same moment.

use super::plan::Plan;
use crate::model::{Corridor, Ledger, World};
use crate::results::Period;
use crate::sample::Sampler;
use crate::stats::{Histogram, Moments};
use std::sync::{Mutex, PoisonError};

/// Runs side by side in one batch: several of the widest vectors (eight numbers), and a state of some fifty kilobytes.
pub(super) const LANES: usize = 32;
/// Batches of a chunk that go through the months together. Statistics then take 512 values of one series at once: with 32 at
/// a time every histogram had left the cache before its next turn, which took 60% of a whole run
/// (`simulate scenarios/bridge.toml --no-plots --threads 1`: 1.3 s with one batch at a time, 0.96 s with 8, 0.86 s with 16,
/// 0.79 s with 32, which would leave too few chunks to share 10,000 runs among threads).
const BATCHES: usize = 16;
/// Runs in a chunk: short enough that a stop is felt at once.
pub(super) const CHUNK_RUNS: u64 = (BATCHES * LANES) as u64;
/// Bins to a factor of two, as a power of two: quantiles of years (0.4%) and of months (1.6%).
pub(super) const YEAR_BITS: u32 = 8;
pub(super) const MONTH_BITS: u32 = 6;

/// What is needed to compute any chunk of a plan; shared by all workers.
pub(super) struct Job<'a> {
    pub(super) plan: &'a Plan,
    pub(super) corridor: &'a Corridor,
    /// For every month, the place of its year.
    year_of_step: Vec<usize>,
    targets: Vec<Target>,
    /// For every period, months first, the histograms of all metrics.
    histograms: Vec<Mutex<Vec<Histogram>>>,
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
        let histograms = |bits: u32| {
            let empty = vec![Histogram::new(bits); corridor.metrics.list().len()];
            move || Mutex::new(empty.clone())
        };
        let months = std::iter::repeat_with(histograms(MONTH_BITS)).take(horizon.months);
        let by_period = months.chain(std::iter::repeat_with(histograms(YEAR_BITS)).take(years.len()));
        Self {
            plan,
            corridor,
            year_of_step: horizon.iter().map(|month| year_of(month.year())).collect(),
            targets: targets.collect(),
            histograms: by_period.collect(),
        }
    }

    /// How many series are tracked: every metric in every period.
    pub(super) fn cells(&self) -> usize {
        self.metrics() * self.histograms.len()
    }

    pub(super) fn metrics(&self) -> usize {
        self.corridor.metrics.list().len()
    }

    /// The period of a year; that of a month is its step.
    pub(super) fn period_of_year(&self, year: usize) -> usize {
        self.year_of_step.len() + year
    }

    /// The histograms of all periods, when all workers are done.
    pub(super) fn into_histograms(self) -> Vec<Vec<Histogram>> {
        let unlock =
            |locked: Mutex<Vec<Histogram>>| locked.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.histograms.into_iter().map(unlock).collect()
    }

    fn year_ends(&self, step: usize) -> bool {
        self.year_of_step.get(step + 1) != Some(&self.year_of_step[step])
    }
}

/// One batch of runs on its way through the months.
struct Batch<'a> {
    sampler: Sampler<'a, LANES>,
    world: World<'a, LANES>,
    year: Ledger<LANES>,
}

/// One thread's room and counts.
pub(super) struct Worker<'a> {
    job: &'a Job<'a>,
    batches: Vec<Batch<'a>>,
    /// One period's values of all runs of the chunk, metric by metric.
    values: Vec<f64>,
    pub(super) hits: Vec<u64>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(job: &'a Job<'a>) -> Self {
        let batch = |_| Batch {
            sampler: Sampler::new(job.plan.info.seed, &job.plan.inputs, &job.plan.series),
            world: World::new(job.corridor),
            year: Ledger::new(&job.corridor.metrics),
        };
        Self {
            job,
            batches: (0..BATCHES).map(batch).collect(),
            values: vec![0.0; job.corridor.metrics.list().len() * BATCHES * LANES],
            hits: vec![0; job.targets.len()],
        }
    }

    /// Computes the runs of a chunk; gives the moments of every cell.
    pub(super) fn compute(&mut self, chunk: u64) -> Vec<Moments> {
        let first = chunk * CHUNK_RUNS;
        let end = (first + CHUNK_RUNS).min(self.job.plan.info.runs);
        // The last chunk may have fewer runs: batches beyond the end are left out, lanes beyond it are ignored.
        let live = usize::try_from(end - first).unwrap_or(0);
        let batches = live.div_ceil(LANES);
        for (batch, first_run) in self.batches[..batches].iter_mut().zip((first..).step_by(LANES)) {
            batch.world.begin(batch.sampler.begin(first_run));
            batch.year.clear();
        }
        let mut moments = vec![Moments::default(); self.job.cells()];
        for step in 0..self.job.year_of_step.len() {
            self.step(batches);
            self.record(live, step, &mut moments);
            if self.job.year_ends(step) {
                self.close_year(self.job.year_of_step[step], batches, live, &mut moments);
            }
        }
        moments
    }

    /// Takes all batches through the next month.
    fn step(&mut self, batches: usize) {
        let metrics = &self.job.corridor.metrics;
        for (place, batch) in self.batches[..batches].iter_mut().enumerate() {
            let month = batch.world.step(batch.sampler.step());
            batch.year.add_month(month, metrics);
            lay_out(month, place, &mut self.values);
        }
    }

    fn close_year(&mut self, year: usize, batches: usize, live: usize, moments: &mut [Moments]) {
        for (place, batch) in self.batches[..batches].iter_mut().enumerate() {
            batch.year.close(&self.job.corridor.metrics);
            lay_out(&batch.year, place, &mut self.values);
            batch.year.clear();
        }
        self.record(live, self.job.period_of_year(year), moments);
        for (target, hits) in self.job.targets.iter().zip(&mut self.hits) {
            if target.year == year {
                *hits += target.hits(&self.values[target.metric * BATCHES * LANES..][..live]);
            }
        }
    }

    /// Takes the values of one period into the statistics.
    fn record(&self, live: usize, period: usize, moments: &mut [Moments]) {
        let mut histograms = self.job.histograms[period].lock().unwrap_or_else(PoisonError::into_inner);
        let cells = moments[period * self.job.metrics()..].iter_mut().zip(histograms.iter_mut());
        for (values, (moments, histogram)) in self.values.chunks_exact(BATCHES * LANES).zip(cells) {
            let values = &values[..live];
            *moments = Moments::of(values);
            histogram.push(values, moments.extremes().unwrap_or_default());
        }
    }
}

/// Puts a batch's values beside those of the other batches, metric by metric.
fn lay_out(ledger: &Ledger<LANES>, place: usize, values: &mut [f64]) {
    for (metric, runs) in ledger.values().iter().zip(values.chunks_exact_mut(BATCHES * LANES)) {
        runs[place * LANES..][..LANES].copy_from_slice(&metric.0);
    }
}

impl Target {
    fn hits(&self, values: &[f64]) -> u64 {
        // A year is a sum of months, and a full route's sum may miss its round number by a rounding.
        let slack = 1e-9 * self.threshold.abs();
        let (low, high) = (self.threshold - slack, self.threshold + slack);
        let meets = |&&x: &&f64| if self.at_least { x >= low } else { x <= high };
        values.iter().filter(meets).count() as u64
    }
}
