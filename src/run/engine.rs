//! The engine: workers take chunks from a counter, and what they find is merged in the order of chunks.

use super::chunk::{CHUNK_RUNS, Found, Job, Worker};
use super::fault::Figure;
use super::observer::Observer;
use super::outcome;
use super::plan::Plan;
use super::spread::Spread;
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
    let corridor = Corridor::new(plan.corridor.clone());
    let job = Job::new(plan, &corridor);
    let chunks = plan.info.runs.div_ceil(CHUNK_RUNS);
    let merged = Mutex::new(InOrder::new(&job));
    let next = AtomicU64::new(0);
    let workers = rayon::current_num_threads().min(usize::try_from(chunks).unwrap_or(usize::MAX)).max(1);

    let work = || {
        let mut worker = Worker::new(&job);
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks || observer.wants_stop() {
                return worker.tally;
            }
            let found = worker.compute(chunk);
            let merged_chunks = lock(&merged).add(chunk, found);
            observer.runs_done((merged_chunks * CHUNK_RUNS).min(plan.info.runs));
        }
    };
    let tallies = in_parallel(workers, &work);
    let merged = merged.into_inner().unwrap_or_else(PoisonError::into_inner);
    if merged.next < chunks {
        return Err(Stopped);
    }
    let mut tally = job.empty_tally();
    for part in &tallies {
        tally.add(part);
    }
    Ok(outcome::collect(job, &merged, &tally))
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
