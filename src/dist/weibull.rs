//! The Weibull distribution: the time to failure, with a failure rate that rises or falls with age.

use super::Distribution;
use super::error::arguments;
use super::exponential::waiting;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::exp;

pub(super) const FAMILY: Family = Family {
    name: "weibull",
    also: &[],
    summary: "The time to failure. With a `shape` above 1 the failure rate rises with age, with one below 1 \
              it falls; 1 is an exponential.",
    formula: "F(x) = 1 - exp(-(x / scale)^shape); mean scale · Γ(1 + 1 / shape)",
    forms: &[Form {
        parameters: &[
            Parameter::shape("shape", Range::Between(0.1, 1000.0), "how the failure rate changes with age"),
            Parameter::value("scale", Range::Positive, "the value that is exceeded in 37% of the cases"),
        ],
        example: "weibull(shape=1.5, scale=12)",
        build: |given| {
            let [shape, scale] = arguments(given)?;
            Ok(Distribution::from(Weibull { shape, scale }))
        },
    }],
};

/// Accuracy: quantile and cdf to a few 1e-16 relative, multiplied by 1 / `shape` if that is more than 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// ln E\[(x / scale)^k\].
    fn log_moment(&self, k: f64) -> f64 {
        libm::lgamma(1.0 + k / self.shape)
    }
}

impl Law for Weibull {
    fn quantile(&self, u: f64) -> f64 {
        self.scale * exp(libm::log(waiting(u)) / self.shape)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-libm::pow(x / self.scale, self.shape)) }
    }

    fn mean(&self) -> f64 {
        self.scale * libm::exp(self.log_moment(1.0))
    }

    fn sd(&self) -> f64 {
        self.mean() * libm::sqrt(libm::expm1(self.log_moment(2.0) - 2.0 * self.log_moment(1.0)))
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { scale: self.scale * factor, ..self }
    }
}
