//! The requested and the reached precision of a figure.

use super::Summary;
use crate::stats::estimate::Z_95;
use crate::units::Unit;
use serde::{Deserialize, Serialize};

/// The requested precision of a mean: half of its 95% Monte Carlo interval, 1.96 standard errors.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// As a share of the mean: 0.01 for 1%.
    Share(f64),
    /// As an amount, in the unit of the figure.
    Amount {
        /// The number of units.
        value: f64,
        /// The unit.
        unit: Unit,
    },
}

impl From<f64> for Wanted {
    fn from(share: f64) -> Self {
        Self::Share(share)
    }
}

impl Wanted {
    /// The share, or the number of units.
    pub fn number(&self) -> f64 {
        match self {
            Self::Share(number) | Self::Amount { value: number, .. } => *number,
        }
    }

    /// The unit; empty for a share.
    pub fn unit(&self) -> &str {
        match self {
            Self::Share(_) => "",
            Self::Amount { unit, .. } => &unit.text,
        }
    }

    /// The precision of a mean with this standard error, to be compared with [`number`](Self::number); `None`
    /// when it isn't known.
    pub fn found(&self, mean: f64, standard_error: f64) -> Option<f64> {
        match self {
            Self::Share(_) => relative_error(mean, standard_error),
            Self::Amount { unit, .. } => {
                Some(Z_95 * standard_error / unit.factor).filter(|found| found.is_finite())
            }
        }
    }
}

/// A requested precision, and the precision that was reached. It bounds how much another seed would change
/// the figure, and says nothing about the quality of the assumptions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// The path of the metric.
    pub metric: String,
    /// The calendar year.
    pub year: i32,
    /// The requested precision: 0.01 for 1%, or a number of units.
    pub wanted: f64,
    /// The reached precision; `None` where the error isn't known, or where a share was requested and the mean
    /// is zero but its error is not.
    pub found: Option<f64>,
    /// The unit of both; empty for shares of the mean.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The number of runs.
    pub runs: u64,
}

impl Precision {
    /// Whether the requested precision was reached.
    pub fn is_reached(&self) -> bool {
        self.found.is_some_and(|found| found <= self.wanted)
    }
}

impl Summary {
    /// Half of the 95% interval of the mean, as a share of it.
    pub fn precision(&self) -> Option<f64> {
        relative_error(self.mean, self.standard_error)
    }
}

/// Half of the 95% interval of a mean with this standard error, as a share of the mean; zero when there is no
/// error, `None` when the share isn't finite.
pub fn relative_error(mean: f64, standard_error: f64) -> Option<f64> {
    let share = if standard_error == 0.0 { 0.0 } else { Z_95 * standard_error / mean.abs() };
    share.is_finite().then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_zero_is_none_unless_the_error_is_zero() {
        assert_eq!(relative_error(-200.0, 1.0), Some(Z_95 / 200.0));
        assert_eq!((relative_error(0.0, 0.0), relative_error(0.0, 1.0)), (Some(0.0), None));
        assert_eq!(relative_error(5.0, f64::NAN), None);
    }

    #[test]
    fn an_amount_is_in_its_unit_and_does_not_depend_on_the_mean() {
        let unit = Unit::parse("kt").expect("a unit");
        let wanted = Wanted::Amount { value: 0.5, unit };
        assert_eq!(wanted.found(0.0, 250.0), Some(Z_95 * 0.25));
        assert_eq!((wanted.found(1.0, f64::NAN), wanted.number(), wanted.unit()), (None, 0.5, "kt"));
    }
}
