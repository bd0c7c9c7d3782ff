//! The plan: everything that decides a result, checked, plain and immutable.
//!
//! A scenario is read into a [`Plan`]; [`crate::run`] computes its futures, and [`crate::results`] holds the
//! results. This module defines all parts of a plan: the corridor and its numbers, the targets, the known
//! past, the register of assumptions, what is run, and which [`Metrics`] can be observed.

mod assumption;
pub(crate) mod block;
mod cause;
mod corridor;
mod factor;
mod history;
mod info;
mod metric;
mod metrics;
mod period;
mod target;

pub use assumption::{Assumption, Figures};
pub use cause::Cause;
pub use corridor::*;
pub(crate) use factor::Factor;
pub use history::HistoryPoint;
pub use info::RunInfo;
pub use metric::{Kind, Metric};
pub use metrics::Metrics;
pub(crate) use metrics::Waiting;
pub use period::{Period, PeriodKind};
pub use target::TargetSpec;

use crate::sample::{CopulaSpec, CorrelationSpec, Design, InputSpec, Layout, Sampler, SeriesSpec};
use crate::units::Unit;

/// Everything that decides a result.
///
/// Whoever makes a plan has checked it: ids refer to existing items, targets to metrics and years of the
/// horizon, and there is at least one run. The scenario front end does this.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is run.
    pub info: RunInfo,
    /// The corridor.
    pub corridor: CorridorSpec,
    /// How the per-run inputs are laid out over the runs.
    pub design: Design,
    /// The per-run inputs, by [`crate::batch::InputId`].
    pub inputs: Vec<InputSpec>,
    /// Rank correlations between inputs.
    pub copulas: Vec<CopulaSpec>,
    /// The monthly series, in the order in which they fill the indices of [`crate::batch::SeriesId`].
    pub series: Vec<SeriesSpec>,
    /// Correlations between the shocks of the series.
    pub correlations: Vec<CorrelationSpec>,
    /// The targets.
    pub targets: Vec<TargetSpec>,
    /// Every stated number, for the register.
    pub assumptions: Vec<Assumption>,
    /// Everything else that the scenario states: what an event opens, which group a product belongs to.
    pub choices: Vec<Assumption>,
    /// Known values of the past.
    pub history: Vec<HistoryPoint>,
}

impl Plan {
    /// The metrics that can be observed in its runs.
    pub fn metrics(&self) -> Metrics {
        Metrics::new(&self.corridor)
    }

    /// The position of each input in the design: computed once, and used for all samplers.
    pub fn layout(&self) -> Layout {
        Layout::new(self.design, self.inputs.iter().map(|input| input.path.as_str()))
    }

    /// The unit in which the scenario states a number, by its path; none for what it doesn't state (whether
    /// an event occurs).
    pub fn stated_unit(&self, path: &str) -> Unit {
        let assumption = self.assumptions.iter().find(|assumption| assumption.path == path);
        assumption.and_then(|assumption| Unit::parse(&assumption.unit).ok()).unwrap_or_else(Unit::none)
    }

    /// A sampler of the plan's draws for `N` runs at once.
    pub fn sampler<const N: usize>(&self, layout: &Layout) -> Sampler<'_, N> {
        let Self { inputs, series, correlations, copulas, .. } = self;
        Sampler::new(self.info.seed, inputs, series, correlations, copulas, layout)
    }
}
