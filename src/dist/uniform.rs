//! The uniform distribution: only the bounds are known.

use super::error::{arguments, ordered};
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::{DistError, Distribution};

pub(super) const FAMILY: Family = Family {
    name: "uniform",
    also: &[],
    summary: "Every value between two bounds is equally likely. `min` = `max` makes it a constant.",
    formula: "x = min + (max - min) u; mean (min + max) / 2; sd (max - min) / √12",
    forms: &[Form {
        parameters: &[
            Parameter::value("min", Range::Number, "the smallest value"),
            Parameter::value("max", Range::Number, "the largest value"),
        ],
        example: "uniform(2%, 6%)",
        build: |given| {
            let [min, max] = arguments(given)?;
            build(min, max)
        },
    }],
};

fn build(min: f64, max: f64) -> Result<Distribution, DistError> {
    ordered(1, min, max)?;
    Ok(if min < max { Uniform { min, max }.into() } else { Distribution::constant(min) })
}

/// The uniform distribution from 0 to 1.
pub(super) fn unit() -> Distribution {
    Uniform { min: 0.0, max: 1.0 }.into()
}

/// Accuracy: exact to rounding.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Uniform {
    min: f64,
    max: f64,
}

impl Law for Uniform {
    fn quantile(&self, u: f64) -> f64 {
        // Measured from the nearer bound, which is more exact.
        let width = self.max - self.min;
        if u <= 0.5 { self.min + width * u } else { self.max - width * (1.0 - u) }
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    fn mean(&self) -> f64 {
        0.5 * (self.min + self.max)
    }

    fn sd(&self) -> f64 {
        (self.max - self.min) / libm::sqrt(12.0)
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, max: self.max * factor }
    }
}
