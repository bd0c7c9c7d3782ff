//! Known values of the past.

/// A known value of a metric in a past year.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryPoint {
    /// The path of the metric.
    pub metric: String,
    /// The year.
    pub year: i32,
    /// In base units, for the year; the median if it was stated as a range.
    pub value: f64,
    /// The 90% interval if it was stated as a range; `None` for an exact value.
    pub range: Option<(f64, f64)>,
}
