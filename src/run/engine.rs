//! The engine: workers take chunks from a counter, and what they find is merged in the order of chunks.

use super::chunk::{CHUNK_RUNS, Job, Worker};
use super::observer::Observer;
use super::outcome;
use super::plan::Plan;
use crate::model::Corridor;
use crate::results::RunResult;
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
/// floating-point sums are merged in the order of chunks.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn run(plan: &Plan, observer: &dyn Observer) -> Result<RunResult, Stopped> {
    let corridor = Corridor::new(plan.corridor.clone());
    let job = Job::new(plan, &corridor);
    let chunks = plan.info.runs.div_ceil(CHUNK_RUNS);
    let merged = Mutex::new(InOrder::new(job.cells()));
    let next = AtomicU64::new(0);
    let workers = rayon::current_num_threads().min(usize::try_from(chunks).unwrap_or(usize::MAX)).max(1);

    let work = || {
        let mut worker = Worker::new(&job);
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks || observer.wants_stop() {
                return worker.hits;
            }
            let moments = worker.compute(chunk);
            let merged_chunks = lock(&merged).add(chunk, moments);
            observer.runs_done((merged_chunks * CHUNK_RUNS).min(plan.info.runs));
        }
    };
    let hits = in_parallel(workers, &work);
    let merged = merged.into_inner().unwrap_or_else(PoisonError::into_inner);
    if merged.next < chunks {
        return Err(Stopped);
    }
    Ok(outcome::collect(job, &merged.moments, &sum_of(&hits)))
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

/// Adds the workers' counts: whole numbers, so their order is of no consequence.
fn sum_of(counts: &[Vec<u64>]) -> Vec<u64> {
    let targets = counts.first().map_or(0, Vec::len);
    (0..targets).map(|target| counts.iter().map(|hits| hits[target]).sum()).collect()
}

/// Merges chunks in their order however they arrive; those that come early wait.
struct InOrder {
    moments: Vec<Moments>,
    next: u64,
    waiting: BTreeMap<u64, Vec<Moments>>,
}

impl InOrder {
    fn new(cells: usize) -> Self {
        Self { moments: vec![Moments::default(); cells], next: 0, waiting: BTreeMap::new() }
    }

    /// Takes a chunk; gives the number of chunks merged so far.
    fn add(&mut self, chunk: u64, moments: Vec<Moments>) -> u64 {
        self.waiting.insert(chunk, moments);
        while let Some(ready) = self.waiting.remove(&self.next) {
            for (sum, more) in self.moments.iter_mut().zip(&ready) {
                sum.merge(more);
            }
            self.next += 1;
        }
        self.next
    }
}
