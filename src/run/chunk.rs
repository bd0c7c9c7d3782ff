//! A fixed number of runs, computed by one worker.
//!
//! What a chunk finds doesn't depend on which worker computes it or when: moments go to the chunk and are
//! merged in the order of chunks; histograms and counts of hits are whole numbers, which add up the same in
//! any order. Histograms are shared by all workers, so that memory doesn't grow with their number; each
//! period has a lock of its own, which workers hardly ever want at the same moment.
//!
//! When a run of a chunk goes wrong, part of the chunk is in the shared histograms already. Runs can be
//! computed again to the bit, so they are: once to take out what was put in, and once more without those that
//! went wrong.

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
/// Replicates of a design lie within blocks, so the error of a mean follows from the replicates of each
/// chunk.
const _: () = assert!(CHUNK_RUNS == BLOCK_RUNS);
const NO_VALUES: Column = [0.0; ROOM];

/// What a chunk was found to be, but for what is counted in histograms.
pub(super) struct Found {
    /// Of every metric in every period that is told of.
    pub(super) moments: Vec<Moments>,
    /// How many runs its replicates have, without those that went wrong. Independent runs are taken together,
    /// as it doesn't matter which are which.
    pub(super) lengths: Vec<usize>,
    /// Of every metric in every period, as the moments; none of independent runs, whose moments tell all.
    pub(super) replicates: Vec<Replicates>,
    pub(super) tally: Tally,
    /// Of every series with levels, the runs up to them.
    pub(super) up_to: Vec<UpTo>,
    /// The runs that went wrong, and where; nothing else tells of them.
    pub(super) wrong: Vec<(u64, Figure)>,
    /// What is kept of its runs, the wrong ones among them.
    pub(super) kept: KeptRuns,
}

/// One thread's room.
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

    /// Computes the runs of a chunk; runs that go wrong are found and left out of all statistics.
    pub(super) fn compute(&mut self, chunk: u64) -> Found {
        let runs = self.job.runs_of(chunk);
        let mut kept = KeptRuns::new(self.job.kept, self.job.plan, runs.start, length(&runs));
        let first = self.take(chunk, &[], &mut kept);
        if first.faults.is_empty() {
            return first.into_found(Vec::new(), kept);
        }
        let wrong = first.faults.places();
        kept.mark_wrong(&wrong);
        self.renew();
        self.take_back(chunk, first.taken);
        self.renew();
        let sound = self.take(chunk, &wrong, &mut KeptRuns::default());
        debug_assert!(sound.faults.is_empty(), "a run is wrong whatever the others are");
        self.renew();
        sound.into_found(first.faults.of_runs(runs.start), kept)
    }

    /// Makes the batches anew. What is no number survives arithmetic, so nothing that a run which went wrong
    /// has touched may be used again: a state that isn't set anew at the start of a run would carry it into
    /// sound ones.
    fn renew(&mut self) {
        self.batches = Self::batches(self.job);
    }

    /// Takes a chunk into the histograms, until one of its runs goes wrong, and what is kept of its runs to
    /// the side.
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

    /// Takes so many columns of a chunk out of the histograms again.
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

    /// Computes the runs that were dealt and shows every period, years behind their last month, until it is
    /// told to stop.
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

    /// Computes a few runs for someone who looks at them; no statistics hear of them.
    pub(super) fn look(&mut self, runs: Range<u64>, mut show: impl FnMut(usize, Columns<'_>)) {
        self.batches.begin(runs.clone(), |_, _| {});
        self.walk(length(&runs), &[], |period, columns| {
            show(period, columns);
            ControlFlow::Continue(())
        });
    }

    /// Deals the runs of a chunk to the batches; gives their number.
    fn begin(&mut self, chunk: u64, kept: &mut KeptRuns) -> usize {
        let runs = self.job.runs_of(chunk);
        self.batches.begin(runs.clone(), |place, dealt| kept.deal(place, dealt));
        length(&runs)
    }
}

/// How many runs of a chunk's replicates count, if those at some places don't.
fn lengths(job: &Job<'_>, chunk: u64, left_out: &[usize]) -> Vec<usize> {
    let counting: Vec<u64> = job
        .runs_of(chunk)
        .enumerate()
        .filter(|(place, _)| !left_out.contains(place))
        .map(|(_, run)| run)
        .collect();
    job.plan.design.lengths(&counting)
}

fn length(runs: &Range<u64>) -> usize {
    usize::try_from(runs.end - runs.start).expect("a chunk has few runs")
}

/// Takes the periods of one chunk into the statistics.
struct Recorder<'a> {
    job: &'a Job<'a>,
    moments: Vec<Moments>,
    lengths: Vec<usize>,
    replicates: Vec<Replicates>,
    up_to: Vec<UpTo>,
    targets: Counter<'a>,
    faults: Faults,
    /// Columns that were counted in histograms, where there are any; none behind the first that holds a wrong
    /// value.
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
            up_to: job.levels.room(),
            targets: Counter::new(&job.targets, job.years(), job.months()),
            faults: Faults::default(),
            taken: 0,
        }
    }

    fn into_found(self, wrong: Vec<(u64, Figure)>, kept: KeptRuns) -> Found {
        let Self { moments, lengths, replicates, up_to, targets, .. } = self;
        Found { moments, lengths, replicates, tally: targets.tally, up_to, wrong, kept }
    }

    fn take(&mut self, period: usize, columns: Columns<'_>) {
        self.take_columns(period, columns);
        match period.checked_sub(self.job.months()) {
            None => self.targets.month(period, columns, &self.lengths),
            Some(year) => self.targets.year(year, columns, &self.lengths),
        }
    }

    /// Moments are taken of every column, because they tell whether a run went wrong.
    fn take_columns(&mut self, period: usize, columns: Columns<'_>) {
        let metrics = self.job.corridor.metrics.list();
        let (mut histograms, mut column) = (self.job.histograms(period), NO_VALUES);
        for metric in 0..metrics.len() {
            let (values, moments) = columns.with_moments(metric, &mut column);
            self.faults.look((period, metric), (values, &moments), metrics, columns);
            if let Some(cell) = self.job.cell(period, metric) {
                self.moments[cell] = moments;
                if let Some(replicates) = self.replicates.get_mut(cell) {
                    *replicates = Replicates::of(values, moments.mean(), &self.lengths);
                }
                self.job.levels.count(cell, values, &self.lengths, &mut self.up_to);
            }
            // All runs that go wrong are looked for at once, but what is counted after the first would only
            // be taken back.
            if self.faults.is_empty() {
                if !histograms.is_empty() {
                    histograms.push(metric, values, moments.extremes().unwrap_or_default());
                }
                self.taken += 1;
            }
        }
    }
}
