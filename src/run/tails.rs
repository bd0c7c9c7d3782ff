//! Figures whose error of the mean can't be estimated from any number of runs, because an input has too heavy
//! a tail.
//!
//! A sample doesn't show it: 512 values of a Pareto distribution with shape 3 look like those of a lognormal
//! one. The distributions are known, though, and the response of the model to a tail can be tested directly:
//! the same runs are computed with these inputs at a very rare value and at one a thousand times as rare. A
//! figure that differs grows with the input without bound; one that is limited before (by the capacity of a
//! route) doesn't.

use super::chunk::Worker;
use super::job::{Detail, Job};
use super::kept::Kept;
use crate::dist::Distribution;
use crate::plan::Plan;
use crate::sample::{Layout, Process};

/// The number of runs that are compared: enough that shocks and events occur in some of them.
const RUNS: u64 = 64;
/// The tail probabilities of the two values.
const NEAR: f64 = 1e-6;
const FAR: f64 = 1e-9;

/// For every figure, whether it grows without bound with an input whose fourth moment is infinite; empty
/// where there is no such input.
#[derive(Debug, Clone, Default)]
pub(super) struct Tails {
    metrics: usize,
    /// By period, months first, and metric.
    unbounded: Vec<bool>,
}

impl Tails {
    /// The unbounded figures of a plan.
    pub(super) fn of(plan: &Plan, layout: &Layout) -> Self {
        let mut tails = Self::default();
        for side in [0, 1] {
            if let [Some(near), Some(far)] = [NEAR, FAR].map(|chance| pinned(plan, side, chance)) {
                tails.compare(&[near, far].map(|plan| figures(&plan, layout)));
            }
        }
        tails
    }

    /// Records which figures of two plans differ.
    fn compare(&mut self, [near, far]: &[Vec<Vec<f64>>; 2]) {
        self.metrics = near.len();
        let runs = usize::try_from(RUNS).unwrap_or(1);
        let periods = near.first().map_or(0, |metric| metric.len() / runs);
        self.unbounded.resize(self.metrics * periods, false);
        for (metric, (near, far)) in near.iter().zip(far).enumerate() {
            for (period, (near, far)) in near.chunks(runs).zip(far.chunks(runs)).enumerate() {
                self.unbounded[period * self.metrics + metric] |= differ(near, far);
            }
        }
    }

    /// Whether the error of a metric's mean in a period can't be known.
    pub(super) fn is_unbounded(&self, period: usize, metric: usize) -> bool {
        self.unbounded.get(period * self.metrics + metric).copied().unwrap_or(false)
    }
}

/// Whether any run's figure differs by more than rounding; a figure that isn't finite counts as different.
fn differ(near: &[f64], far: &[f64]) -> bool {
    near.iter().zip(far).any(|(near, far)| {
        let is_same = (near - far).abs() <= 1e-9 * near.abs();
        !is_same
    })
}

/// The plan in which every distribution with a heavy lower (0) or upper (1) tail is fixed at its value with
/// this tail probability; `None` if there is no such distribution.
fn pinned(plan: &Plan, side: usize, chance: f64) -> Option<Plan> {
    let mut pinned = plan.clone();
    let inputs = pinned.inputs.iter_mut().map(|input| &mut input.distribution);
    let series = pinned.series.iter_mut().filter_map(|series| match &mut series.process {
        Process::Recurrence(recurrence) => Some(recurrence),
        _ => None,
    });
    let occurrences = series.flat_map(|recurrence| {
        let sizes = recurrence.sizes.iter_mut().map(|(_, distribution)| distribution);
        sizes.chain([&mut recurrence.duration_months])
    });
    let heavy: Vec<&mut Distribution> = inputs
        .chain(occurrences)
        .filter(|distribution| distribution.fourth_moment_is_infinite()[side])
        .collect();
    let is_heavy = !heavy.is_empty();
    for distribution in heavy {
        let u = if side == 0 { chance } else { 1.0 - chance };
        *distribution = Distribution::constant(distribution.quantile(u));
    }
    is_heavy.then_some(pinned)
}

/// The values of each metric in the first runs of a plan, period by period.
fn figures(plan: &Plan, layout: &Layout) -> Vec<Vec<f64>> {
    let kept = Kept::default();
    let mut plan = plan.clone();
    plan.info.runs = RUNS;
    let job = Job::new(&plan, layout, Detail::Moments, &kept);
    let runs = usize::try_from(RUNS).unwrap_or(1);
    let periods = job.months() + plan.info.horizon.years().len();
    let mut figures = vec![vec![0.0; periods * runs]; job.metrics()];
    let mut column = [0.0; super::batches::ROOM];
    Worker::new(&job).inspect(0..RUNS, |period, columns| {
        for (metric, values) in figures.iter_mut().enumerate() {
            values[period * runs..][..runs].copy_from_slice(columns.of(metric, &mut column));
        }
    });
    figures
}
