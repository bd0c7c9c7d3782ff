//! The bound: drawing the random numbers that the runs need, and nothing else.

use super::{Work, checksum};
use crate::batch::Lanes;
use crate::kernel::for_every_processor;
use crate::plan::Plan;
use crate::run::LANES;
use crate::sample::Sampler;
use rayon::prelude::*;

/// Deals to so many runs everything that the engine would deal to them, with the engine's sampler and as many
/// runs side by side, on the threads of the current rayon pool; computes nothing with it.
pub fn draws(plan: &Plan, runs: u64) -> Work {
    let layout = plan.layout();
    let batches = runs.div_ceil(LANES as u64);
    let deal = |sampler: &mut Sampler<'_, LANES>, batch: u64| {
        let mut sum = lanes(&sampler.begin(batch * LANES as u64).per_run);
        for month in 0..plan.info.horizon.months {
            deal_month(sampler);
            if month + 1 == plan.info.horizon.months {
                sum = sum.wrapping_add(lanes(&sampler.dealt().monthly));
            }
        }
        sum
    };
    let sums = (0..batches).into_par_iter().map_init(|| plan.sampler::<LANES>(&layout), deal);
    Work { runs: batches * LANES as u64, checksum: sums.reduce(|| 0, u64::wrapping_add) }
}

for_every_processor! {
    /// The next month, with the instructions that the engine has.
    fn deal_month(sampler: &mut Sampler<'_, LANES>) {
        sampler.step();
    }
}

/// The bits of all runs of some values.
fn lanes<const N: usize>(values: &[Lanes<N>]) -> u64 {
    checksum(values.iter().flat_map(|lanes| &lanes.0))
}
