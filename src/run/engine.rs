//! The engine: workers take chunks from a counter, and what they find is merged in the order of chunks.

use super::chunk::{CHUNK_RUNS, Found, Job, Worker};
use super::fault::Figure;
use super::goal::{Goal, rounds};
use super::observer::Observer;
use super::outcome;
use super::plan::Plan;
use super::spread::Spread;
use super::target::Tally;
use crate::model::Corridor;
use crate::results::{MOST_LOCATED, RunResult};
use crate::stats::Moments;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The run was stopped before it was complete; there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before all runs were done")]
pub struct Stopped;

/// Runs a plan on the threads of the current rayon pool.
///
/// The same plan gives the same bits for any number of threads: which worker computes a chunk decides nothing, and
/// floating-point sums are merged in the order of chunks. Runs that go wrong are counted in [`RunResult::health`] and left out
/// of everything else.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run(plan: &Plan, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    run_rounds(plan, None, observer)
}

/// Runs a plan in rounds until a goal is reached, with as many runs as the plan has at the most. The result tells how many
/// they were, and is to the bit that of [`run`] with so many: rounds add to one another, and what is looked at between two of
/// them is the same for any number of threads.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run_to_goal(plan: &Plan, goal: &Goal, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    run_rounds(plan, Some(goal), observer)
}

fn run_rounds(plan: &Plan, goal: Option<&Goal>, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    let corridor = Corridor::new(plan.corridor.clone());
    let job = Job::new(plan, &corridor);
    let mut state = State { merged: InOrder::new(&job), tally: job.empty_tally(), runs: 0 };
    for runs in rounds(goal, plan.design, plan.info.runs) {
        state = round(&job, state, runs, observer)?;
        if goal.is_some_and(|goal| state.reaches(goal)) {
            break;
        }
    }
    Ok(outcome::collect(job, state.runs, &state.merged, &state.tally))
}

/// What the rounds so far have found, besides the histograms.
struct State {
    merged: InOrder,
    tally: Tally,
    runs: u64,
}

impl State {
    fn reaches(&self, goal: &Goal) -> bool {
        let InOrder { moments, spread, .. } = &self.merged;
        goal.is_reached(moments, |cell, all| spread.standard_error(cell, all))
    }
}

/// Goes on until so many runs are done.
fn round(job: &Job<'_>, state: State, runs: u64, observer: &dyn Observer) -> Result<State, Stopped> {
    let State { merged, mut tally, .. } = state;
    let chunks = runs.div_ceil(CHUNK_RUNS);
    let next = AtomicU64::new(merged.next);
    let workers =
        usize::try_from(chunks - merged.next).unwrap_or(usize::MAX).min(rayon::current_num_threads()).max(1);
    let merged = Mutex::new(merged);
    observer.round_begins(runs);

    let work = || {
        let mut worker = Worker::new(job);
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks || observer.wants_stop() {
                return worker.tally;
            }
            let found = worker.compute(chunk);
            let merged_chunks = lock(&merged).add(chunk, found);
            observer.runs_done((merged_chunks * CHUNK_RUNS).min(runs));
        }
    };
    for part in &in_parallel(workers, &work) {
        tally.add(part);
    }
    let merged = merged.into_inner().unwrap_or_else(PoisonError::into_inner);
    if merged.next < chunks { Err(Stopped) } else { Ok(State { merged, tally, runs }) }
}

/// Runs `work` once on each of so many threads of the pool.
fn in_parallel<T: Send>(workers: usize, work: &(dyn Fn() -> T + Sync)) -> Vec<T> {
    let results = Mutex::new(Vec::with_capacity(workers));
    rayon::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| {
                let result = work();
                lock(&results).push(result);
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A lock is only ever left poisoned by a panic, which ends the program anyway.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Merges chunks in their order however they arrive; those that come early wait.
pub(super) struct InOrder {
    pub(super) moments: Vec<Moments>,
    pub(super) spread: Spread,
    /// Runs that went wrong.
    pub(super) wrong: u64,
    /// The first of them.
    pub(super) located: Vec<(u64, Figure)>,
    next: u64,
    waiting: BTreeMap<u64, Found>,
}

impl InOrder {
    fn new(job: &Job<'_>) -> Self {
        let moments = vec![Moments::default(); job.cells()];
        let spread = Spread::new(job.plan.design, job.plan.info.runs, job.cells());
        Self { moments, spread, wrong: 0, located: Vec::new(), next: 0, waiting: BTreeMap::new() }
    }

    /// Takes a chunk; gives the number of chunks merged so far.
    fn add(&mut self, chunk: u64, found: Found) -> u64 {
        self.waiting.insert(chunk, found);
        while let Some(ready) = self.waiting.remove(&self.next) {
            self.merge(&ready);
            self.next += 1;
        }
        self.next
    }

    fn merge(&mut self, chunk: &Found) {
        for (sum, more) in self.moments.iter_mut().zip(&chunk.moments) {
            sum.merge(more);
        }
        self.spread.add(self.next, &chunk.moments);
        self.wrong += chunk.wrong.len() as u64;
        let room = MOST_LOCATED - self.located.len();
        self.located.extend(chunk.wrong.iter().take(room));
    }
}
