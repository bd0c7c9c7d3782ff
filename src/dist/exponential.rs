//! The exponential distribution: the waiting time for a random event with a constant rate.

use super::Distribution;
use super::error::arguments;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "exponential",
    also: &[],
    summary: "The waiting time for a random event that occurs at a constant rate.",
    formula: "F(x) = 1 - exp(-x / mean); sd = mean",
    forms: &[Form {
        parameters: &[Parameter::value("mean", Range::Positive, "the mean")],
        example: "exponential(8)",
        build: |given| {
            let [mean] = arguments(given)?;
            Ok(Distribution::from(Exponential { mean }))
        },
    }],
};

/// −ln(1 − u): the quantile function of the exponential distribution with the mean 1, exact in both tails.
pub(super) fn waiting(u: f64) -> f64 {
    -libm::log1p(-u)
}

/// Accuracy: quantile and cdf to about 2e-16 relative.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exponential {
    mean: f64,
}

impl Law for Exponential {
    fn quantile(&self, u: f64) -> f64 {
        self.mean * waiting(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-x / self.mean) }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { mean: self.mean * factor }
    }
}
