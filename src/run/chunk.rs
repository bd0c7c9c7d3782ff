//! A fixed number of runs, computed by one worker.
//!
//! The result of a chunk doesn't depend on which worker computes it or when: each chunk has its own moments,
//! which are merged in the order of chunks; histograms and hit counts are integers, whose sum is the same in
//! any order. Histograms are shared by all workers, so that memory doesn't grow with the number of workers;
//! each period has its own lock, which two workers rarely want at the same moment.
//!
//! When a run of a chunk is invalid, part of the chunk is already in the shared histograms. Runs can be
//! recomputed to the bit, so the chunk is computed twice more: once to remove what was added, and once
//! without the invalid runs.

use super::batches::{Batches, ROOM};
use super::columns::{Column, Columns};
use super::fault::{Faults, Figure};
use super::job::Job;
use super::kept::KeptRuns;
use super::levels::UpTo;
use super::target::{Counter, Tally};
use crate::sample::{BLOCK_RUNS, Design};
use crate::stats::{Moments, Replicates};
use std::ops::{ControlFlow, Range};

/// Runs in a chunk.
pub(super) const CHUNK_RUNS: u64 = ROOM as u64;
/// Replicates of a design lie within blocks, so the error of a mean can be computed from the replicates of
/// each chunk.
const _: () = assert!(CHUNK_RUNS == BLOCK_RUNS);
const NO_VALUES: Column = [0.0; ROOM];

/// The statistics of a chunk, except those that are counted in histograms.
pub(super) struct Found {
    /// Of every metric in every reported period.
    pub(super) moments: Vec<Moments>,
    /// The number of runs in each of its replicates, without invalid ones. Independent runs are counted as
    /// one replicate, because it doesn't matter which are which.
    pub(super) lengths: Vec<usize>,
    /// Of every metric in every period, as the moments; empty for independent runs, for which the moments
    /// suffice.
    pub(super) replicates: Vec<Replicates>,
    pub(super) tally: Tally,
    /// Of every series with levels, the number of runs up to each level.
    pub(super) up_to: Vec<UpTo>,
    /// The invalid runs, and the figure that is invalid; no other statistic includes them.
    pub(super) invalid: Vec<(u64, Figure)>,
    /// What is kept of its runs, including invalid ones.
    pub(super) kept: KeptRuns,
}

/// The state of one thread.
pub(super) struct Worker<'a> {
    job: &'a Job<'a>,
    batches: Batches<'a>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(job: &'a Job<'a>) -> Self {
        Self { job, batches: Self::batches(job) }
    }

    fn batches(job: &'a Job<'a>) -> Batches<'a> {
        Batches::new(job.plan, &job.corridor, job.layout)
    }

    /// Computes the runs of a chunk; invalid runs are found and left out of all statistics.
    pub(super) fn compute(&mut self, chunk: u64) -> Found {
        let runs = self.job.runs_of(chunk);
        let mut kept = KeptRuns::new(self.job.kept, self.job.plan, runs.start, length(&runs));
        let first = self.take(chunk, &[], &mut kept);
        if first.faults.is_empty() {
            return first.into_found(Vec::new(), kept);
        }
        let invalid = first.faults.indices();
        kept.mark_invalid(&invalid);
        self.renew();
        self.take_back(chunk, first.taken);
        self.renew();
        let valid = self.take(chunk, &invalid, &mut KeptRuns::default());
        debug_assert!(valid.faults.is_empty(), "whether a run is invalid doesn't depend on the others");
        self.renew();
        valid.into_found(first.faults.of_runs(runs.start), kept)
    }

    /// Recreates the batches. NaN survives arithmetic, so no state that an invalid run has touched may be
    /// used again: a value that isn't reset at the start of a run would carry NaN into valid ones.
    fn renew(&mut self) {
        self.batches = Self::batches(self.job);
    }

    /// Adds a chunk to the histograms, until one of its runs turns out to be invalid, and stores what is kept
    /// of its runs in `kept`.
    fn take(&mut self, chunk: u64, left_out: &[usize], kept: &mut KeptRuns) -> Recorder<'a> {
        let job = self.job;
        let mut recorder = Recorder::new(job, lengths(job, chunk, left_out));
        let runs = self.begin(chunk, kept);
        self.walk(runs, left_out, |period, columns| {
            recorder.take(period, columns);
            if let Some(year) = period.checked_sub(job.months()) {
                kept.year(job.kept, year, columns);
            }
            ControlFlow::Continue(())
        });
        recorder
    }

    /// Removes the first `columns_left` columns of a chunk from the histograms again.
    fn take_back(&mut self, chunk: u64, mut columns_left: usize) {
        let job = self.job;
        let runs = self.begin(chunk, &mut KeptRuns::default());
        self.walk(runs, &[], |period, columns| {
            let (mut histograms, mut column) = (job.histograms(period), NO_VALUES);
            for metric in 0..histograms.len().min(columns_left) {
                histograms.pull(metric, columns.of(metric, &mut column));
            }
            columns_left = columns_left.saturating_sub(job.metrics());
            if columns_left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    /// Computes the runs of the current batches and shows every period, each year after its last month, until
    /// `show` returns `Break`.
    fn walk(
        &mut self,
        runs: usize,
        left_out: &[usize],
        mut show: impl FnMut(usize, Columns<'_>) -> ControlFlow<()>,
    ) {
        let job = self.job;
        for step in 0..job.months() {
            let batches = &mut self.batches;
            batches.step();
            let mut go_on = show(step, Columns::new(batches.month(), runs, left_out));
            if go_on.is_continue() && job.year_ends(step) {
                batches.close_year();
                let period = job.months() + job.year_of(step);
                go_on = show(period, Columns::new(batches.year(), runs, left_out));
                batches.begin_year();
            }
            if go_on.is_break() {
                return;
            }
        }
    }

    /// Computes a few runs for inspection only; they are added to no statistics.
    pub(super) fn inspect(&mut self, runs: Range<u64>, mut show: impl FnMut(usize, Columns<'_>)) {
        self.batches.begin(runs.clone(), |_, _| {});
        self.walk(length(&runs), &[], |period, columns| {
            show(period, columns);
            ControlFlow::Continue(())
        });
    }

    /// Draws the inputs of a chunk's runs; returns their number.
    fn begin(&mut self, chunk: u64, kept: &mut KeptRuns) -> usize {
        let runs = self.job.runs_of(chunk);
        self.batches.begin(runs.clone(), |first, inputs| kept.set_inputs(first, inputs));
        length(&runs)
    }
}

/// The number of valid runs in each of a chunk's replicates, without those at the indices `left_out`.
fn lengths(job: &Job<'_>, chunk: u64, left_out: &[usize]) -> Vec<usize> {
    let counting: Vec<u64> = job
        .runs_of(chunk)
        .enumerate()
        .filter(|(index, _)| !left_out.contains(index))
        .map(|(_, run)| run)
        .collect();
    job.plan.design.lengths(&counting)
}

fn length(runs: &Range<u64>) -> usize {
    usize::try_from(runs.end - runs.start).expect("a chunk has few runs")
}

/// Adds the periods of one chunk to the statistics.
struct Recorder<'a> {
    job: &'a Job<'a>,
    moments: Vec<Moments>,
    lengths: Vec<usize>,
    replicates: Vec<Replicates>,
    up_to: Vec<UpTo>,
    targets: Counter<'a>,
    faults: Faults,
    /// The number of columns added to histograms, where there are any; the last is the one before the first
    /// with an invalid value.
    taken: usize,
}

impl<'a> Recorder<'a> {
    fn new(job: &'a Job<'a>, lengths: Vec<usize>) -> Self {
        let replicated = if job.plan.design == Design::Random { 0 } else { job.cells() };
        Self {
            job,
            moments: vec![Moments::default(); job.cells()],
            lengths,
            replicates: vec![Replicates::default(); replicated],
            up_to: job.levels.zeros(),
            targets: Counter::new(&job.targets, job.years(), job.months()),
            faults: Faults::default(),
            taken: 0,
        }
    }

    fn into_found(self, invalid: Vec<(u64, Figure)>, kept: KeptRuns) -> Found {
        let Self { moments, lengths, replicates, up_to, targets, .. } = self;
        Found { moments, lengths, replicates, tally: targets.tally, up_to, invalid, kept }
    }

    fn take(&mut self, period: usize, columns: Columns<'_>) {
        self.take_columns(period, columns);
        match period.checked_sub(self.job.months()) {
            None => self.targets.month(period, columns, &self.lengths),
            Some(year) => self.targets.year(year, columns, &self.lengths),
        }
    }

    /// Moments are computed for every column, because they show whether a run is invalid.
    fn take_columns(&mut self, period: usize, columns: Columns<'_>) {
        let metrics = self.job.corridor.metrics.list();
        let (mut histograms, mut column) = (self.job.histograms(period), NO_VALUES);
        for metric in 0..metrics.len() {
            let (values, moments) = columns.with_moments(metric, &mut column);
            self.faults.check((period, metric), (values, &moments), metrics, columns);
            if let Some(cell) = self.job.cell(period, metric) {
                self.moments[cell] = moments;
                if let Some(replicates) = self.replicates.get_mut(cell) {
                    *replicates = Replicates::of(values, moments.mean(), &self.lengths);
                }
                self.job.levels.count(cell, values, &self.lengths, &mut self.up_to);
            }
            // All invalid runs of the chunk are found in one pass, but whatever is added after the first
            // would only have to be removed again.
            if self.faults.is_empty() {
                if !histograms.is_empty() {
                    histograms.push(metric, values, moments.extremes().unwrap_or_default());
                }
                self.taken += 1;
            }
        }
    }
}
