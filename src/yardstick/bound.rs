//! The lower bound: sampling the random numbers that the runs need, and nothing else.

use super::{Work, checksum};
use crate::batch::Lanes;
use crate::kernel::for_every_processor;
use crate::plan::Plan;
use crate::run::LANES;
use crate::sample::Sampler;
use rayon::prelude::*;

/// Samples for `runs` runs everything that the engine would sample, with the engine's sampler and batches, on
/// the threads of the current rayon pool; computes nothing from it.
pub fn draws(plan: &Plan, runs: u64) -> Work {
    let layout = plan.layout();
    let batches = runs.div_ceil(LANES as u64);
    let sample = |sampler: &mut Sampler<'_, LANES>, batch: u64| {
        let mut sum = lanes(&sampler.begin(batch * LANES as u64).per_run);
        for month in 0..plan.info.horizon.months {
            sample_month(sampler);
            if month + 1 == plan.info.horizon.months {
                sum = sum.wrapping_add(lanes(&sampler.dealt().monthly));
            }
        }
        sum
    };
    let sums = (0..batches).into_par_iter().map_init(|| plan.sampler::<LANES>(&layout), sample);
    Work { runs: batches * LANES as u64, checksum: sums.reduce(|| 0, u64::wrapping_add) }
}

for_every_processor! {
    /// Samples the next month, compiled for the same instructions as in the engine.
    fn sample_month(sampler: &mut Sampler<'_, LANES>) {
        sampler.step();
    }
}

/// A checksum of the values of all runs.
fn lanes<const N: usize>(values: &[Lanes<N>]) -> u64 {
    checksum(values.iter().flat_map(|lanes| &lanes.0))
}
