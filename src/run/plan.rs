//! The plan: immutable, plain, complete.

use crate::model::CorridorSpec;
use crate::results::{Assumption, HistoryPoint, RunInfo};
use crate::sample::{InputSpec, SeriesSpec};

/// A chance to be counted: a yearly metric against a threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The path of the metric.
    pub metric: String,
    /// The year that counts.
    pub year: i32,
    /// Whether the metric has to be at least the threshold (else at most).
    pub at_least: bool,
    /// In base units.
    pub threshold: f64,
}

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
    /// The monthly series, by [`crate::batch::SeriesId`].
    pub series: Vec<SeriesSpec>,
    /// The targets.
    pub targets: Vec<TargetSpec>,
    /// Every number stated, for the register.
    pub assumptions: Vec<Assumption>,
    /// Known values of the past.
    pub history: Vec<HistoryPoint>,
}
