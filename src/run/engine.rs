//! The engine: workers take chunks from a shared counter, and their statistics are merged in the order of
//! chunks.

use super::chunk::{CHUNK_RUNS, Found, Worker};
use super::fault::Figure;
use super::goal::{Goal, rounds};
use super::job::{Detail, Job};
use super::kept::{Collector, Kept, KeptRuns, Nothing};
use super::observer::Observer;
use super::outcome;
use super::shares::Shares;
use super::spread::Spread;
use crate::plan::Plan;
use crate::results::{MOST_LOCATED, RunResult};
use crate::sample::Layout;
use crate::stats::Moments;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The run was stopped before it was complete, so there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before all runs were done")]
pub struct Stopped;

/// Runs a plan on the threads of the current rayon pool.
///
/// The same plan gives the same bits for any number of threads: the result doesn't depend on which worker
/// computes a chunk, and floating-point sums are merged in the order of chunks. Invalid runs are counted in
/// [`RunResult::health`] and left out of everything else.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run(plan: &Plan, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    run_keeping(plan, None, &Kept::default(), &mut Nothing, observer)
}

/// Runs a plan in rounds until a goal is reached, with at most as many runs as the plan has. The result
/// states how many runs were made, and is to the bit that of [`run`] with that number: a round adds runs to
/// those before it, and the statistics that are checked between two rounds are the same for any number of
/// threads.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run_to_goal(plan: &Plan, goal: &Goal, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    run_keeping(plan, Some(goal), &Kept::default(), &mut Nothing, observer)
}

/// Runs a plan, until its goal is reached if there is one, and passes what is kept of single runs to a
/// collector.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run_keeping(
    plan: &Plan,
    goal: Option<&Goal>,
    kept: &Kept,
    collector: &mut dyn Collector,
    observer: &dyn Observer,
) -> Result<RunResult, Stopped> {
    let task = Task { plan, detail: Detail::Months, kept: kept.clone() };
    let mut results = run_together(&[task], goal, collector, observer)?;
    Ok(results.remove(0))
}

/// A plan to run, the detail of its result, and what is kept of its single runs.
#[derive(Debug, Clone)]
pub struct Task<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The detail of the result.
    pub detail: Detail,
    /// What is kept of single runs, for the collector.
    pub kept: Kept,
}

impl Task<'_> {
    /// The same task, which also keeps the figures of `more`.
    #[must_use]
    pub fn keeping(&self, more: &Kept) -> Self {
        Self { kept: self.kept.and(more), ..self.clone() }
    }
}

/// Runs several plans together: run by run, with the same random numbers in everything that they have in
/// common, in one pass. They must have the same seed, the same number of runs and the same design. Under
/// Sobol sampling the inputs of the first plan come first, and then those that only others have, by name: so
/// the order of the other plans doesn't matter.
///
/// The goal is one of the first plan; without a goal, the collector decides when it is satisfied.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
///
/// # Panics
/// If there is no task.
pub fn run_together(
    tasks: &[Task<'_>],
    goal: Option<&Goal>,
    collector: &mut dyn Collector,
    observer: &dyn Observer,
) -> Result<Vec<RunResult>, Stopped> {
    let layout = common_layout(tasks);
    let jobs: Vec<Job<'_>> = tasks
        .iter()
        .map(|task| Job::new(task.plan, &layout, task.detail, &task.kept).with_levels())
        .collect();
    let plan = jobs[0].plan;
    let mut merged = InOrder::new(&jobs, collector);
    let mut runs = 0;
    let in_rounds = goal.is_some() || !merged.collector.is_satisfied();
    for done in rounds(in_rounds, plan.info.runs) {
        merged = round(&jobs, merged, done, observer)?;
        runs = done;
        if merged.is_enough(&jobs[0], goal) {
            break;
        }
    }
    let parts = jobs.into_iter().zip(&merged.sums);
    Ok(parts.map(|(job, sums)| outcome::collect(job, runs, sums)).collect())
}

fn common_layout(tasks: &[Task<'_>]) -> Layout {
    let names = |task: &'_ Task<'_>| -> Vec<String> {
        task.plan.inputs.iter().map(|input| input.path.clone()).collect()
    };
    let mut all = names(&tasks[0]);
    let mut others: Vec<String> = tasks[1..].iter().flat_map(names).collect();
    others.sort_unstable();
    all.append(&mut others);
    Layout::new(tasks[0].plan.design, all.iter().map(String::as_str))
}

/// Continues until `runs` runs are done.
fn round<'c>(
    jobs: &[Job<'_>],
    merged: InOrder<'c>,
    runs: u64,
    observer: &dyn Observer,
) -> Result<InOrder<'c>, Stopped> {
    let chunks = runs.div_ceil(CHUNK_RUNS);
    let next = AtomicU64::new(merged.next);
    let workers =
        usize::try_from(chunks - merged.next).unwrap_or(usize::MAX).min(rayon::current_num_threads()).max(1);
    let merged = Mutex::new(merged);
    observer.round_begins(runs);

    let work = || {
        let mut crew = Crew::new(jobs);
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks || observer.wants_stop() {
                return;
            }
            let found = crew.compute(chunk);
            let merged_chunks = lock(&merged).add(chunk, found);
            observer.runs_done((merged_chunks * CHUNK_RUNS).min(runs));
        }
    };
    in_parallel(workers, &work);
    let merged = merged.into_inner().unwrap_or_else(PoisonError::into_inner);
    if merged.next < chunks { Err(Stopped) } else { Ok(merged) }
}

/// The workers of one thread, one for each job.
struct Crew<'a> {
    jobs: &'a [Job<'a>],
    workers: Vec<Worker<'a>>,
}

/// Up to this number of jobs, each thread keeps its workers. The state of a worker takes a few megabytes:
/// with more jobs it is recreated for each chunk, which takes 1% of the time of the chunk.
const MOST_WORKERS: usize = 16;

impl<'a> Crew<'a> {
    fn new(jobs: &'a [Job<'a>]) -> Self {
        let kept = if jobs.len() <= MOST_WORKERS { jobs } else { &[] };
        Self { jobs, workers: kept.iter().map(Worker::new).collect() }
    }

    fn compute(&mut self, chunk: u64) -> Vec<Found> {
        if !self.workers.is_empty() {
            return self.workers.iter_mut().map(|worker| worker.compute(chunk)).collect();
        }
        self.jobs.iter().map(|job| Worker::new(job).compute(chunk)).collect()
    }
}

/// Runs `work` once on each of `workers` threads of the pool.
fn in_parallel(workers: usize, work: &(dyn Fn() + Sync)) {
    rayon::scope(|scope| (0..workers).for_each(|_| scope.spawn(|_| work())));
}

/// A lock is only ever poisoned by a panic, which ends the program anyway.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Merges chunks in their order; chunks that arrive early wait.
struct InOrder<'c> {
    /// One for each job.
    sums: Vec<Sums>,
    collector: &'c mut dyn Collector,
    next: u64,
    waiting: BTreeMap<u64, Vec<Found>>,
}

impl<'c> InOrder<'c> {
    fn new(jobs: &[Job<'_>], collector: &'c mut dyn Collector) -> Self {
        Self { sums: jobs.iter().map(Sums::new).collect(), collector, next: 0, waiting: BTreeMap::new() }
    }

    /// Whether the goal is reached; without a goal, whether the collector is satisfied.
    fn is_enough(&self, job: &Job<'_>, goal: Option<&Goal>) -> bool {
        let sums = &self.sums[0];
        match goal.map(|goal| (goal, goal.cell(job))) {
            Some((goal, Some(cell))) => goal.is_reached(&sums.moments[cell], sums.error(job, cell)),
            _ => self.collector.is_satisfied(),
        }
    }

    /// Adds a chunk of every job; returns the number of chunks merged so far.
    fn add(&mut self, chunk: u64, found: Vec<Found>) -> u64 {
        self.waiting.insert(chunk, found);
        while let Some(ready) = self.waiting.remove(&self.next) {
            self.merge(ready);
            self.next += 1;
        }
        self.next
    }

    fn merge(&mut self, found: Vec<Found>) {
        for (sums, found) in self.sums.iter_mut().zip(&found) {
            sums.add(found);
        }
        let kept: Vec<KeptRuns> = found.into_iter().map(|found| found.kept).collect();
        self.collector.take(&kept);
    }
}

/// The merged statistics of one job's chunks so far.
pub(super) struct Sums {
    pub(super) moments: Vec<Moments>,
    pub(super) spread: Spread,
    /// For every target, the number of runs that met it in each year, and of those that had reached it by
    /// each month.
    pub(super) chances: Shares,
    /// For every series with levels, the number of runs up to each level.
    pub(super) levels: Shares,
    /// The number of invalid runs.
    pub(super) invalid: u64,
    /// The first of them, each with its invalid figure.
    pub(super) located: Vec<(u64, Figure)>,
}

impl Sums {
    fn new(job: &Job<'_>) -> Self {
        let design = job.plan.design;
        Self {
            moments: vec![Moments::default(); job.cells()],
            spread: Spread::new(design, job.cells()),
            chances: Shares::new(design, job.empty_tally().series()),
            levels: Shares::new(design, job.levels.series()),
            invalid: 0,
            located: Vec::new(),
        }
    }

    /// The standard error of the mean of a series of a job; NaN where it can't be known.
    pub(super) fn error(&self, job: &Job<'_>, cell: usize) -> f64 {
        if job.has_error(cell) { self.spread.standard_error(cell, &self.moments[cell]) } else { f64::NAN }
    }

    fn add(&mut self, found: &Found) {
        for (sum, more) in self.moments.iter_mut().zip(&found.moments) {
            sum.merge(more);
        }
        self.spread.add(&found.replicates);
        self.chances.add(&found.lengths, found.tally.counts());
        self.levels.add(&found.lengths, found.up_to.iter().flatten().copied());
        self.invalid += found.invalid.len() as u64;
        let capacity = MOST_LOCATED - self.located.len();
        self.located.extend(found.invalid.iter().take(capacity));
    }
}
