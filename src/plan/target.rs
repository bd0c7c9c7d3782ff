//! Targets: a yearly figure against a threshold, or a date by which something has happened.

/// The endings of metrics that become 1 in the month in which a milestone is reached, and never fall back.
const MILESTONES: [&str; 3] = [".started", ".finished", ".defaulted"];

/// A target: its chance is the probability that a yearly metric reaches a threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The path of the metric.
    pub metric: String,
    /// The year of the figure.
    pub year: i32,
    /// Whether the metric has to be at least the threshold (else at most).
    pub at_least: bool,
    /// In base units.
    pub threshold: f64,
}

impl TargetSpec {
    /// Whether it asks by when an event starts, a project is finished or the borrower defaults: its chance is
    /// then that by the end of its year. Every other target is an amount, and its chance is that of the
    /// year's own figure.
    pub fn is_date(&self) -> bool {
        let is_milestone = MILESTONES.iter().any(|ending| self.metric.ends_with(ending));
        is_milestone && self.at_least && self.threshold > 0.0
    }
}
