//! A fixed number of runs, computed by one worker.
//!
//! What a chunk finds doesn't depend on which worker computes it or when: moments go to the chunk and are merged in the
//! order of chunks; histograms and counts of hits are whole numbers, which add up the same in any order. Histograms are
//! shared by all workers, so that memory doesn't grow with their number; each period has a lock of its own, which workers
//! hardly ever want at the same moment.
//!
//! When a run of a chunk goes wrong, part of the chunk is in the shared histograms already. Runs can be computed again to the
//! bit, so they are: once to take out what was put in, and once more without those that went wrong.

use super::columns::{Columns, leave_out};
use super::fault::{Faults, Figure};
use super::plan::Plan;
use super::target::{Counter, Tally, Target};
use crate::model::{Corridor, Ledger, World};
use crate::sample::{BLOCK_RUNS, Layout, Sampler};
use crate::stats::{Histogram, Moments};
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs side by side in one batch: several of the widest vectors (eight numbers), and a state of some fifty kilobytes.
pub(super) const LANES: usize = 32;
/// Batches of a chunk that go through the months together. Statistics then take 512 values of one series at once: with 32 at
/// a time every histogram had left the cache before its next turn, which took 60% of a whole run
/// (`simulate scenarios/bridge.toml --no-plots --threads 1`: 1.3 s with one batch at a time, 0.96 s with 8, 0.86 s with 16,
/// 0.79 s with 32, which would leave too few chunks to share 10,000 runs among threads).
const BATCHES: usize = 16;
/// Runs in a chunk: few enough that a stop is felt at once.
pub(super) const ROOM: usize = BATCHES * LANES;
pub(super) const CHUNK_RUNS: u64 = ROOM as u64;
/// A chunk lies in one replicate of its design, so that the error of a mean follows from those of the chunks.
const _: () = assert!(CHUNK_RUNS == BLOCK_RUNS);
/// Bins to a factor of two, as a power of two: quantiles of years (0.4%) and of months (1.6%).
const YEAR_BITS: u32 = 8;
const MONTH_BITS: u32 = 6;

/// What is needed to compute any chunk of a plan; shared by all workers.
pub(super) struct Job<'a> {
    pub(super) plan: &'a Plan,
    pub(super) corridor: &'a Corridor,
    layout: Layout,
    /// For every month, the place of its year.
    year_of_step: Vec<usize>,
    targets: Vec<Target>,
    /// For every period, months first, the histograms of all metrics.
    histograms: Vec<Mutex<Vec<Histogram>>>,
}

impl<'a> Job<'a> {
    pub(super) fn new(plan: &'a Plan, corridor: &'a Corridor) -> Self {
        let horizon = plan.info.horizon;
        let first_year = horizon.start.year();
        let year_of = |year: i32| usize::try_from(year - first_year).expect("no month lies before the first");
        let histograms = |bits: u32| {
            let empty = vec![Histogram::new(bits); corridor.metrics.list().len()];
            move || Mutex::new(empty.clone())
        };
        let months = std::iter::repeat_with(histograms(MONTH_BITS)).take(horizon.months);
        let years = std::iter::repeat_with(histograms(YEAR_BITS)).take(horizon.years().len());
        Self {
            plan,
            corridor,
            layout: plan.layout(),
            year_of_step: horizon.iter().map(|month| year_of(month.year())).collect(),
            targets: Target::of_plan(plan, &corridor.metrics),
            histograms: months.chain(years).collect(),
        }
    }

    /// How many series are tracked: every metric in every period.
    pub(super) fn cells(&self) -> usize {
        self.metrics() * self.histograms.len()
    }

    pub(super) fn metrics(&self) -> usize {
        self.corridor.metrics.list().len()
    }

    pub(super) fn months(&self) -> usize {
        self.year_of_step.len()
    }

    /// Counts of nothing yet.
    pub(super) fn empty_tally(&self) -> Tally {
        Tally::new(self.targets.len(), self.months())
    }

    /// The histograms of all periods, when all workers are done.
    pub(super) fn into_histograms(self) -> Vec<Vec<Histogram>> {
        let unlock =
            |locked: Mutex<Vec<Histogram>>| locked.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.histograms.into_iter().map(unlock).collect()
    }

    fn histograms(&self, period: usize) -> MutexGuard<'_, Vec<Histogram>> {
        self.histograms[period].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn year_ends(&self, step: usize) -> bool {
        self.year_of_step.get(step + 1) != Some(&self.year_of_step[step])
    }
}

/// What a chunk was found to be, but for its counts.
pub(super) struct Found {
    /// Of every metric in every period.
    pub(super) moments: Vec<Moments>,
    /// The runs that went wrong, and where; nothing else tells of them.
    pub(super) wrong: Vec<(u64, Figure)>,
}

/// One batch of runs on its way through the months.
struct Batch<'a> {
    sampler: Sampler<'a, LANES>,
    world: World<'a, LANES>,
    year: Ledger<LANES>,
}

impl<'a> Batch<'a> {
    /// As many as a chunk has.
    fn some(job: &'a Job<'a>) -> Vec<Self> {
        let batch = |_| Self {
            sampler: job.plan.sampler(&job.layout),
            world: World::new(job.corridor),
            year: Ledger::new(&job.corridor.metrics),
        };
        (0..BATCHES).map(batch).collect()
    }
}

/// One thread's room and counts.
pub(super) struct Worker<'a> {
    job: &'a Job<'a>,
    batches: Vec<Batch<'a>>,
    /// One period's values of all runs of the chunk, metric by metric.
    values: Vec<f64>,
    pub(super) tally: Tally,
}

impl<'a> Worker<'a> {
    pub(super) fn new(job: &'a Job<'a>) -> Self {
        Self {
            job,
            batches: Batch::some(job),
            values: vec![0.0; job.metrics() * ROOM],
            tally: job.empty_tally(),
        }
    }

    /// Computes the runs of a chunk; runs that go wrong are found and left out of everything else.
    pub(super) fn compute(&mut self, chunk: u64) -> Found {
        let first = self.take(chunk, &[]);
        if first.faults.is_empty() {
            return self.keep(first, Vec::new());
        }
        self.renew();
        self.take_back(chunk, first.taken);
        self.renew();
        let sound = self.take(chunk, &first.faults.places());
        debug_assert!(sound.faults.is_empty(), "a run is wrong whatever the others are");
        self.renew();
        self.keep(sound, first.faults.of_runs(chunk * CHUNK_RUNS))
    }

    /// Makes the batches anew. What is no number survives arithmetic, so nothing that a run which went wrong has touched may
    /// be used again: a state that isn't set anew at the start of a run would carry it into sound ones.
    fn renew(&mut self) {
        self.batches = Batch::some(self.job);
    }

    /// Takes a chunk into the histograms, until one of its runs goes wrong.
    fn take(&mut self, chunk: u64, left_out: &[usize]) -> Recorder<'a> {
        let mut recorder = Recorder::new(self.job);
        self.walk(chunk, left_out, |period, columns| {
            recorder.take(period, columns);
            ControlFlow::Continue(())
        });
        recorder
    }

    /// Takes so many columns of a chunk out of the histograms again.
    fn take_back(&mut self, chunk: u64, mut columns_left: usize) {
        let job = self.job;
        self.walk(chunk, &[], |period, columns| {
            for (metric, histogram) in job.histograms(period).iter_mut().enumerate().take(columns_left) {
                histogram.pull(columns.of(metric));
            }
            columns_left = columns_left.saturating_sub(job.metrics());
            if columns_left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    fn keep(&mut self, recorder: Recorder<'_>, wrong: Vec<(u64, Figure)>) -> Found {
        self.tally.add(&recorder.targets.tally);
        Found { moments: recorder.moments, wrong }
    }

    /// Computes a chunk and shows every period, years behind their last month, until it is told to stop.
    fn walk(
        &mut self,
        chunk: u64,
        left_out: &[usize],
        mut show: impl FnMut(usize, Columns<'_>) -> ControlFlow<()>,
    ) {
        let job = self.job;
        let (runs, batches) = self.begin(chunk);
        for step in 0..job.months() {
            self.step(batches);
            let mut go_on = self.show(runs, left_out, step, &mut show);
            if go_on.is_continue() && job.year_ends(step) {
                self.close_year(batches);
                let period = job.months() + job.year_of_step[step];
                go_on = self.show(runs, left_out, period, &mut show);
            }
            if go_on.is_break() {
                return;
            }
        }
    }

    fn show(
        &mut self,
        runs: usize,
        left_out: &[usize],
        period: usize,
        show: &mut impl FnMut(usize, Columns<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let runs = leave_out(&mut self.values, runs, left_out);
        show(period, Columns { values: &self.values, runs })
    }

    /// Deals the runs of a chunk to the batches; gives the numbers of runs and of batches. The last chunk may have fewer runs:
    /// batches beyond the end are left out, lanes beyond it are ignored.
    fn begin(&mut self, chunk: u64) -> (usize, usize) {
        let first = chunk * CHUNK_RUNS;
        let end = (first + CHUNK_RUNS).min(self.job.plan.info.runs);
        let runs = usize::try_from(end - first).unwrap_or(0);
        let batches = runs.div_ceil(LANES);
        for (batch, first_run) in self.batches[..batches].iter_mut().zip((first..).step_by(LANES)) {
            batch.world.begin(batch.sampler.begin(first_run));
            batch.year.clear();
        }
        (runs, batches)
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

    fn close_year(&mut self, batches: usize) {
        for (place, batch) in self.batches[..batches].iter_mut().enumerate() {
            batch.year.close(&self.job.corridor.metrics);
            lay_out(&batch.year, place, &mut self.values);
            batch.year.clear();
        }
    }
}

/// Puts a batch's values beside those of the other batches, metric by metric.
fn lay_out(ledger: &Ledger<LANES>, place: usize, values: &mut [f64]) {
    for (metric, runs) in ledger.values().iter().zip(values.chunks_exact_mut(ROOM)) {
        runs[place * LANES..][..LANES].copy_from_slice(&metric.0);
    }
}

/// Takes the periods of one chunk into the statistics.
struct Recorder<'a> {
    job: &'a Job<'a>,
    moments: Vec<Moments>,
    targets: Counter<'a>,
    faults: Faults,
    /// Columns that were counted in histograms; none behind the first that holds a wrong value.
    taken: usize,
}

impl<'a> Recorder<'a> {
    fn new(job: &'a Job<'a>) -> Self {
        Self {
            job,
            moments: vec![Moments::default(); job.cells()],
            targets: Counter::new(&job.targets, job.months()),
            faults: Faults::default(),
            taken: 0,
        }
    }

    fn take(&mut self, period: usize, columns: Columns<'_>) {
        self.take_columns(period, columns);
        match period.checked_sub(self.job.months()) {
            None => self.targets.month(period, columns),
            Some(year) => self.targets.year(year, columns),
        }
    }

    fn take_columns(&mut self, period: usize, columns: Columns<'_>) {
        let metrics = self.job.corridor.metrics.list();
        let mut histograms = self.job.histograms(period);
        let cells = self.moments[period * metrics.len()..].iter_mut().zip(histograms.iter_mut());
        for (metric, (moments, histogram)) in cells.enumerate() {
            let values = columns.of(metric);
            *moments = Moments::of(values);
            self.faults.look((period, metric), moments, metrics, columns);
            // All runs that go wrong are looked for at once, but what is counted after the first would only be taken back.
            if self.faults.is_empty() {
                histogram.push(values, moments.extremes().unwrap_or_default());
                self.taken += 1;
            }
        }
    }
}
