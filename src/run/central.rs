//! One future beside all others: every number at its median, and no shock.

use super::plan::Plan;
use super::replay::figures;
use crate::batch::{Inputs, Lanes};
use crate::dist::Distribution;
use crate::model::{Corridor, World};
use crate::sample::{InputSpec, Process, SeriesSpec};

/// The future in which every number is at its median and no shock occurs: by period, months first and then years, the figures
/// of all metrics in their order. A forecast without uncertainty would be this one. It is none of the runs, nothing about it is
/// drawn, and it is neither the median of the runs nor their mean: a corridor bends what goes in.
///
/// # Formula
/// Per-run inputs: the quantile at ½, also of inputs that go together. An event whose chance is above one half happens.
/// Monthly series: every normal shock z is 0, so noise stands at its median factor e^(−s²/2) and a path at x = 0 with its
/// variance v, at e^(−v/2); uniforms are ½, so a lender fails only in a month in which that is likelier than not. Shocks never
/// occur: in a month of a rate λ below ln 2 a uniform of ½ starts none, and more frequent ones are left out as well, because
/// no month is the median of one with a shock and one without.
pub fn central_run(plan: &Plan) -> Vec<Vec<f64>> {
    let corridor = Corridor::new(plan.corridor.clone());
    let plan = at_medians(plan);
    let layout = plan.layout();
    let mut sampler = plan.sampler::<1>(&layout);
    let mut world = World::<1>::new(&corridor);
    world.begin(sampler.begin(0));
    figures(&corridor, world, || without_shocks(sampler.step(), &plan.series))
}

/// The plan with every per-run input fixed: the sampler then deals the medians, and the variances that follow from them.
fn at_medians(plan: &Plan) -> Plan {
    let fixed = |input: &InputSpec| InputSpec {
        path: input.path.clone(),
        distribution: Distribution::constant(input.distribution.median()),
    };
    // A constant has no rank that a copula could join.
    Plan { inputs: plan.inputs.iter().map(fixed).collect(), copulas: Vec::new(), ..plan.clone() }
}

/// What was dealt for a month, but for the draws of the series.
fn without_shocks(dealt: &Inputs<1>, series: &[SeriesSpec]) -> Inputs<1> {
    let mut still = dealt.clone();
    let mut place = 0;
    for spec in series {
        let places = &mut still.monthly[place..][..spec.places()];
        match &spec.process {
            Process::Noise(noise) => {
                let sd = dealt.value(noise.sd_log);
                places[0] = sd * sd * -0.5;
            }
            // The variance behind it is that of the sampler: no draw moves it.
            Process::Wander(_) => places[0] = Lanes::ZERO,
            Process::Uniform => places[0] = Lanes::splat(0.5),
            Process::Recurrence(_) => places.fill(Lanes::ZERO),
        }
        place += spec.places();
    }
    still
}
