//! The Pareto distribution: a minimum and a tail so heavy that a few cases make up most of the sum.

use super::Distribution;
use super::error::arguments;
use super::exponential::waiting;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::exp;

pub(super) const FAMILY: Family = Family {
    name: "pareto",
    also: &[],
    summary: "A minimum and a very heavy tail: values twice as large are 2^`shape` times rarer. With a \
              `shape` of 2 or less the standard deviation is infinite, and the mean of many runs converges \
              slowly: `truncate` it.",
    formula: "F(x) = 1 - (min / x)^shape; mean min · shape / (shape - 1)",
    forms: &[Form {
        parameters: &[
            Parameter::value("min", Range::Positive, "the smallest value"),
            Parameter::shape("shape", Range::Above(1.0, 1000.0), "how fast the tail falls"),
        ],
        example: "pareto(min=5, shape=3)",
        build: |given| {
            let [min, shape] = arguments(given)?;
            Ok(Distribution::from(Pareto { min, shape }))
        },
    }],
};

/// Accuracy: quantile and cdf to a few 1e-16 relative.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pareto {
    min: f64,
    shape: f64,
}

impl Law for Pareto {
    fn quantile(&self, u: f64) -> f64 {
        self.min * exp(waiting(u) / self.shape).max(1.0)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= self.min { 0.0 } else { -libm::expm1(-self.shape * libm::log(x / self.min)) }
    }

    fn mean(&self) -> f64 {
        self.min * self.shape / (self.shape - 1.0)
    }

    fn sd(&self) -> f64 {
        let above = self.shape - 2.0;
        if above > 0.0 { self.mean() / libm::sqrt(self.shape * above) } else { f64::INFINITY }
    }

    fn tail_indices(&self) -> [f64; 2] {
        [f64::INFINITY, self.shape]
    }

    fn support(&self) -> (f64, f64) {
        (self.min, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, ..self }
    }
}
