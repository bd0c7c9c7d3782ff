//! The normal distribution: the sum of many small effects. It can be negative: for what can't be, truncate
//! it, or use a lognormal.

use super::Distribution;
use super::error::arguments;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::{normal_cdf, standard_normal, standard_normal_in_place};

pub(super) const FAMILY: Family = Family {
    name: "normal",
    also: &[],
    summary: "Symmetric, most likely near the mean, unbounded. `sd` = 0 makes it a constant.",
    formula: "density exp(-(x - mean)² / (2 sd²)) / (sd √(2π)); 90% lie within mean ± 1.645 sd",
    forms: &[Form {
        parameters: &[
            Parameter::value("mean", Range::Number, "the mean"),
            Parameter::value("sd", Range::NotNegative, "the standard deviation"),
        ],
        example: "normal(8%, 5%)",
        build: |given| {
            let [mean, sd] = arguments(given)?;
            Ok(build(mean, sd))
        },
    }],
};

pub(super) fn build(mean: f64, sd: f64) -> Distribution {
    if sd == 0.0 { Distribution::constant(mean) } else { Normal { mean, sd }.into() }
}

/// Accuracy: quantile and cdf to about 2e-16 relative in (x − mean) / sd.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Normal {
    mean: f64,
    sd: f64,
}

impl Law for Normal {
    fn quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * standard_normal(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean) / self.sd)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { mean: self.mean * factor, sd: self.sd * factor }
    }

    fn fill(&self, values: &mut [f64]) {
        standard_normal_in_place(values);
        for x in values {
            *x = self.mean + self.sd * *x;
        }
    }
}
