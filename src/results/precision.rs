//! How exact a figure was asked to be, and how exact it became.

use super::Summary;
use crate::stats::estimate::Z_95;
use serde::{Deserialize, Serialize};

/// A precision that was asked for, beside what the runs gave.
///
/// Precision is half of the 95% Monte Carlo interval of a mean, as a share of the mean: 1.96 standard errors. It says how much
/// another seed would change the figure, and nothing of how good the assumptions are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// The path of the metric.
    pub metric: String,
    /// The calendar year.
    pub year: i32,
    /// What was asked for: 0.01 for 1%.
    pub wanted: f64,
    /// What the runs gave; `None` where the error isn't known, or the mean is zero and its error is not.
    pub found: Option<f64>,
    /// How many runs it took.
    pub runs: u64,
}

impl Precision {
    /// Whether the runs gave what was asked for.
    pub fn is_reached(&self) -> bool {
        self.found.is_some_and(|found| found <= self.wanted)
    }
}

impl Summary {
    /// The precision of the mean.
    pub fn precision(&self) -> Option<f64> {
        relative_error(self.mean, self.standard_error)
    }
}

/// Half of the 95% interval of a mean with this standard error, as a share of the mean; zero when there is no error at all,
/// `None` when there is no such share.
pub fn relative_error(mean: f64, standard_error: f64) -> Option<f64> {
    let share = if standard_error == 0.0 { 0.0 } else { Z_95 * standard_error / mean.abs() };
    share.is_finite().then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_none_unless_nothing_is_certain() {
        assert_eq!(relative_error(-200.0, 1.0), Some(Z_95 / 200.0));
        assert_eq!((relative_error(0.0, 0.0), relative_error(0.0, 1.0)), (Some(0.0), None));
        assert_eq!(relative_error(5.0, f64::NAN), None);
    }
}
