//! The logistic distribution: like the normal with slightly heavier tails.

use super::Distribution;
use super::error::arguments;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use crate::kernel::ln;

/// π / √3, the standard deviation for the scale 1.
const SD: f64 = 1.813_799_364_234_217_9;

const MEAN: Parameter = Parameter::value("mean", Range::Number, "the mean");

pub(super) const FAMILY: Family = Family {
    name: "logistic",
    also: &[],
    summary: "Symmetric and unbounded like the normal, with slightly heavier tails. \
              `scale` = 0 or `sd` = 0 makes it a constant.",
    formula: "F(x) = 1 / (1 + exp(-(x - mean) / scale)); sd = 1.8138 scale",
    forms: &[
        Form {
            parameters: &[
                MEAN,
                Parameter::value("scale", Range::NotNegative, "the standard deviation, divided by 1.8138"),
            ],
            example: "logistic(mean=8%, scale=2%)",
            build: |given| {
                let [mean, scale] = arguments(given)?;
                Ok(build(mean, scale))
            },
        },
        Form {
            parameters: &[MEAN, Parameter::value("sd", Range::NotNegative, "the standard deviation")],
            example: "logistic(mean=8%, sd=5%)",
            build: |given| {
                let [mean, sd] = arguments(given)?;
                Ok(build(mean, sd / SD))
            },
        },
    ],
};

fn build(mean: f64, scale: f64) -> Distribution {
    if scale == 0.0 { Distribution::constant(mean) } else { Logistic { mean, scale }.into() }
}

/// ln(u / (1 − u)): the quantile function for the mean 0 and the scale 1.
pub(super) fn log_odds(u: f64) -> f64 {
    ln(u / (1.0 - u))
}

/// Accuracy: quantile and cdf to a few 1e-16 in (x − mean) / scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Logistic {
    mean: f64,
    scale: f64,
}

impl Law for Logistic {
    fn quantile(&self, u: f64) -> f64 {
        self.mean + self.scale * log_odds(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        1.0 / (1.0 + libm::exp(-(x - self.mean) / self.scale))
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        SD * self.scale
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { mean: self.mean * factor, scale: self.scale * factor }
    }
}
