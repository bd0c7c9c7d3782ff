//! Known values of the past.

/// A known value of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryPoint {
    /// The path of the metric.
    pub metric: String,
    /// The year.
    pub year: i32,
    /// In base units, for the year; the median of what was stated as a range.
    pub value: f64,
    /// The 90% interval of what was stated as a range; none for what is known.
    pub range: Option<(f64, f64)>,
}
