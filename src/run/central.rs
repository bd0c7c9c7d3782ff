//! The deterministic case: every input at its median, noise and random paths at their means, and no shocks.

use super::replay::figures;
use crate::batch::{Inputs, Lanes};
use crate::dist::Distribution;
use crate::model::{Corridor, World};
use crate::plan::Plan;
use crate::sample::{InputSpec, Process, SeriesSpec};

/// The deterministic case: every input at its median, noise and random paths at their means, no shocks. By
/// period, months first and then years, the figures of all metrics in their order. It is what a forecast
/// without uncertainty would be. It isn't one of the runs, nothing in it is random, and it is neither the
/// median nor the mean of the runs, because the model is not linear.
///
/// # Formula
/// Per-run inputs: the quantile at ½, also of correlated inputs. An event whose probability is above one half
/// happens. Monthly series: the factor of a noise and of a random path is its mean, 1, for every loading,
/// because a forecaster who leaves noise out of a forecast leaves it at its mean. (The median of a factor,
/// e^(−s²/2), would be a different forecast: for a noise with s = 1.7 it is a quarter of the mean.) Uniforms
/// are ½, so a borrower defaults only in a month in which default is more likely than not. Shocks never
/// occur: in a month with a rate λ below ln 2 a uniform of ½ starts none, and more frequent ones are left out
/// as well, because no month is the median of one with a shock and one without.
pub fn central_run(plan: &Plan) -> Vec<Vec<f64>> {
    let corridor = Corridor::new(plan.corridor.clone());
    let plan = at_medians(plan);
    let layout = plan.layout();
    let mut sampler = plan.sampler::<1>(&layout);
    let mut world = World::<1>::new(&corridor);
    world.begin(sampler.begin(0));
    figures(&corridor, world, || undisturbed(sampler.step(), &plan.series))
}

/// The plan with every per-run input fixed: the sampler then returns the medians, and the variances that
/// follow from them.
fn at_medians(plan: &Plan) -> Plan {
    let fixed = |input: &InputSpec| InputSpec {
        path: input.path.clone(),
        distribution: Distribution::constant(input.distribution.median()),
    };
    // A constant has no rank for a copula to correlate.
    Plan { inputs: plan.inputs.iter().map(fixed).collect(), copulas: Vec::new(), ..plan.clone() }
}

/// The inputs of a month with every series at its mean, and no shock.
fn undisturbed(sampled: &Inputs<1>, series: &[SeriesSpec]) -> Inputs<1> {
    let mut still = sampled.clone();
    let mut first = 0;
    for spec in series {
        let own = &mut still.monthly[first..][..spec.width()];
        let value = match &spec.process {
            // The logarithm of a factor of one: with a variance of zero the factor of a path is 1 for every
            // loading. For a shock, a share of zero: it is not on.
            Process::Noise(_) | Process::Wander(_) | Process::Recurrence(_) => Lanes::ZERO,
            Process::Uniform => Lanes::splat(0.5),
        };
        own.fill(value);
        first += spec.width();
    }
    still
}
