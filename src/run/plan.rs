//! The plan: immutable, plain, complete.

use crate::model::CorridorSpec;
use crate::results::{Assumption, HistoryPoint, RunInfo, TargetSpec};
use crate::sample::{CorrelationSpec, InputSpec, Sampler, SeriesSpec};

/// Everything that decides a result.
///
/// Whoever makes a plan has checked it: ids point at what exists, targets at metrics and years of the
/// horizon, and there is at least one run. The scenario front end does.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is run.
    pub info: RunInfo,
    /// The corridor.
    pub corridor: CorridorSpec,
    /// The per-run inputs, by [`crate::batch::InputId`].
    pub inputs: Vec<InputSpec>,
    /// The monthly series, which fill the places that a [`crate::batch::SeriesId`] names in this order.
    pub series: Vec<SeriesSpec>,
    /// Which series' shocks are correlated.
    pub correlations: Vec<CorrelationSpec>,
    /// The targets.
    pub targets: Vec<TargetSpec>,
    /// Every number stated, for the register.
    pub assumptions: Vec<Assumption>,
    /// Known values of the past.
    pub history: Vec<HistoryPoint>,
}

impl Plan {
    /// A sampler of the plan's draws for `N` runs at once.
    pub fn sampler<const N: usize>(&self) -> Sampler<'_, N> {
        Sampler::new(self.info.seed, &self.inputs, &self.series, &self.correlations)
    }
}
