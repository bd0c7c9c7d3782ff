//! The engine without its statistics: draws and model.

use super::{Work, checksum};
use crate::model::{Corridor, Ledger};
use crate::plan::Plan;
use crate::run::{Batches, ROOM};
use crate::time::Horizon;
use rayon::prelude::*;

/// Computes every figure of the runs in every month and year, on the threads of the current rayon pool, but
/// no moments, histograms or targets.
pub fn draws_and_model(plan: &Plan, runs: u64) -> Work {
    let layout = plan.layout();
    let corridor = Corridor::new(plan.corridor.clone());
    let chunk_runs = ROOM as u64;
    let chunks = runs.div_ceil(chunk_runs);
    let batches = || Batches::new(plan, &corridor, &layout);
    let compute = |batches: &mut Batches<'_>, chunk: u64| {
        batches.begin(chunk * chunk_runs..(chunk + 1) * chunk_runs, |_, _| {});
        walk(batches, corridor.spec.horizon)
    };
    let sums = (0..chunks).into_par_iter().map_init(batches, compute);
    Work { runs: chunks * chunk_runs, checksum: sums.reduce(|| 0, u64::wrapping_add) }
}

/// Steps a chunk through the horizon.
fn walk(batches: &mut Batches<'_>, horizon: Horizon) -> u64 {
    let mut sum = 0_u64;
    for step in 0..horizon.months {
        batches.step();
        if year_ends(horizon, step) {
            batches.close_year();
            let figures = batches.year().iter().flat_map(Ledger::values).flat_map(|value| &value.0);
            sum = sum.wrapping_add(checksum(figures));
            batches.begin_year();
        }
    }
    sum
}

fn year_ends(horizon: Horizon, step: usize) -> bool {
    step + 1 == horizon.months || horizon.month(step + 1).year() != horizon.month(step).year()
}
