//! Targets: a yearly figure against a threshold, or a date by which something has happened.

/// What the metrics end in that are 1 from the month on in which something happens, and never fall back.
const HAPPENINGS: [&str; 3] = [".started", ".finished", ".defaulted"];

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

impl TargetSpec {
    /// Whether it asks by when an event begins, a project is finished or the borrower defaults: its chance is
    /// then that by the end of its year. Everything else is an amount, whose chance is that of the year's own
    /// figure.
    pub fn is_date(&self) -> bool {
        let happens = HAPPENINGS.iter().any(|ending| self.metric.ends_with(ending));
        happens && self.at_least && self.threshold > 0.0
    }
}
