//! The engine without its statistics: draws and model. All that this module knows of the model's state stands in this file.

use super::Work;
use super::bound::lanes;
use crate::model::{Corridor, Ledger, World};
use crate::run::{LANES, Plan};
use crate::sample::Sampler;
use crate::time::Horizon;
use rayon::prelude::*;

/// One batch of runs on its way.
struct Batch<'a> {
    sampler: Sampler<'a, LANES>,
    world: World<'a, LANES>,
    year: Ledger<LANES>,
}

/// Computes every figure of so many runs in every month and year, on the threads of the current rayon pool, and looks at none of
/// them: no moments, no histograms, no targets.
pub fn draws_and_model(plan: &Plan, runs: u64) -> Work {
    let layout = plan.layout();
    let corridor = Corridor::new(plan.corridor.clone());
    let batches = runs.div_ceil(LANES as u64);
    let room = || Batch {
        sampler: plan.sampler(&layout),
        world: World::new(&corridor),
        year: Ledger::new(&corridor.metrics),
    };
    let compute = |batch: &mut Batch<'_>, number: u64| batch.compute(&corridor, number * LANES as u64);
    let sums = (0..batches).into_par_iter().map_init(room, compute);
    Work { runs: batches * LANES as u64, checksum: sums.reduce(|| 0, u64::wrapping_add) }
}

impl Batch<'_> {
    fn compute(&mut self, corridor: &Corridor, first_run: u64) -> u64 {
        let horizon = corridor.spec.horizon;
        let mut sum = 0_u64;
        self.world.begin(self.sampler.begin(first_run));
        self.year.clear();
        for step in 0..horizon.months {
            let month = self.world.step(self.sampler.step());
            self.year.add_month(month, &corridor.metrics);
            if year_ends(horizon, step) {
                self.year.close(&corridor.metrics);
                sum = sum.wrapping_add(lanes(self.year.values()));
                self.year.clear();
            }
        }
        sum
    }
}

fn year_ends(horizon: Horizon, step: usize) -> bool {
    step + 1 == horizon.months || horizon.month(step + 1).year() != horizon.month(step).year()
}
