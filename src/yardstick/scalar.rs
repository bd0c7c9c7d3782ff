//! The scalar twin as a reference implementation: the engine's own draws, one run at a time, nothing kept.

use super::twin::{draw_with, twin_run};
use super::{Work, checksum};
use crate::plan::Plan;
use rayon::prelude::*;

/// Computes runs with the model's plain [twin](super::twin), on the threads of the current rayon pool.
pub fn scalar_runs(plan: &Plan, runs: u64) -> Work {
    let layout = plan.layout();
    let sums = (0..runs).into_par_iter().map_init(
        || plan.sampler::<1>(&layout),
        |sampler, run| {
            let mut values = Vec::new();
            for draws in draw_with(sampler, plan.info.horizon.months, run) {
                let run = twin_run(&plan.corridor, &draws);
                for year in &run.years {
                    year.tell(&plan.corridor, |_, value| values.push(value));
                }
            }
            checksum(&values)
        },
    );
    Work { runs, checksum: sums.reduce(|| 0, u64::wrapping_add) }
}
