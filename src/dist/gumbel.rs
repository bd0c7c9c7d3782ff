//! The Gumbel distribution: the maximum of many values, such as the highest water level of a year.

use super::Distribution;
use super::error::arguments;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

/// Euler's constant, the mean for the location 0 and the scale 1.
const EULER: f64 = std::f64::consts::EULER_GAMMA;
/// π / √6, the standard deviation for the scale 1.
const SD: f64 = 1.282_549_830_161_864;

pub(super) const FAMILY: Family = Family {
    name: "gumbel",
    also: &[],
    summary: "The maximum of many values: the highest water level of a year, the largest order of a month. \
              Unbounded; the upper tail is the longer one. `scale` = 0 or `sd` = 0 makes it a constant.",
    formula: "F(x) = exp(-exp(-(x - location) / scale)); mean location + 0.5772 scale; sd = 1.2825 scale",
    forms: &[
        Form {
            parameters: &[
                Parameter::value("location", Range::Number, "the most likely value"),
                Parameter::value("scale", Range::NotNegative, "the standard deviation, divided by 1.2825"),
            ],
            example: "gumbel(location=30, scale=5)",
            build: |given| {
                let [location, scale] = arguments(given)?;
                Ok(build(location, scale))
            },
        },
        Form {
            parameters: &[
                Parameter::value("mean", Range::Number, "the mean"),
                Parameter::value("sd", Range::NotNegative, "the standard deviation"),
            ],
            example: "gumbel(mean=33, sd=6)",
            build: |given| {
                let [mean, sd] = arguments(given)?;
                Ok(build(mean - EULER * sd / SD, sd / SD))
            },
        },
    ],
};

fn build(location: f64, scale: f64) -> Distribution {
    if scale == 0.0 { Distribution::constant(location) } else { Gumbel { location, scale }.into() }
}

/// Accuracy: quantile and cdf to a few 1e-16 in (x − location) / scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gumbel {
    location: f64,
    scale: f64,
}

impl Law for Gumbel {
    fn quantile(&self, u: f64) -> f64 {
        self.location - self.scale * libm::log(-libm::log(u))
    }

    fn cdf(&self, x: f64) -> f64 {
        libm::exp(-libm::exp(-(x - self.location) / self.scale))
    }

    fn mean(&self) -> f64 {
        self.location + EULER * self.scale
    }

    fn sd(&self) -> f64 {
        SD * self.scale
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { location: self.location * factor, scale: self.scale * factor }
    }
}
