//! The gamma distribution: the waiting time for several events, or a positive amount with a lighter tail than
//! a lognormal.

use super::error::{arguments, require};
use super::incomplete_gamma::{Lower, Upper};
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::tail::{Half, SMALLEST};
use super::{DistError, Distribution};

const SHAPES: Range = Range::Between(0.05, 10_000.0);

pub(super) const FAMILY: Family = Family {
    name: "gamma",
    also: &[],
    summary: "Positive, with an upper tail that is lighter than a lognormal's; the waiting time for the \
              `shape`th random event. `shape` = 1 is an exponential; a large `shape` is nearly normal. `sd` \
              = 0 makes it a constant.",
    formula: "density x^(shape - 1) exp(-x / scale) / (Γ(shape) scale^shape); mean shape · scale; sd √shape \
              · scale",
    forms: &[
        Form {
            parameters: &[
                Parameter::shape("shape", SHAPES, "the squared ratio of the mean to the standard deviation"),
                Parameter::value("scale", Range::Positive, "the mean, divided by `shape`"),
            ],
            example: "gamma(shape=2.5, scale=4)",
            build: |given| {
                let [shape, scale] = arguments(given)?;
                Ok(build(shape, scale))
            },
        },
        Form {
            parameters: &[
                Parameter::value("mean", Range::Positive, "the mean"),
                Parameter::value("sd", Range::NotNegative, "the standard deviation"),
            ],
            example: "gamma(mean=10, sd=6)",
            build: |given| {
                let [mean, sd] = arguments(given)?;
                from_mean(mean, sd)
            },
        },
    ],
};

/// shape = (mean / sd)², scale = sd² / mean.
fn from_mean(mean: f64, sd: f64) -> Result<Distribution, DistError> {
    if sd == 0.0 {
        return Ok(Distribution::constant(mean));
    }
    let shape = (mean / sd) * (mean / sd);
    require(SHAPES.contains(shape), 1, "sd", "between 0.01 and 4.47 times `mean`, or 0")?;
    Ok(build(shape, mean / shape))
}

fn build(shape: f64, scale: f64) -> Distribution {
    // The median is below the mean, which is the shape here.
    let (lower, upper) = (Half::new(Lower::new(shape), shape), Half::new(Upper::new(shape), SMALLEST));
    Gamma { lower, upper, shape, scale }.into()
}

/// Accuracy: cdf(quantile(u)) = u to 1e-12, relative in both tails.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gamma {
    lower: Half<Lower>,
    upper: Half<Upper>,
    shape: f64,
    scale: f64,
}

impl Law for Gamma {
    fn quantile(&self, u: f64) -> f64 {
        self.scale * if u <= 0.5 { self.lower.quantile(u) } else { self.upper.quantile(1.0 - u) }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { self.lower.tail.at(x / self.scale) }
    }

    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn sd(&self) -> f64 {
        libm::sqrt(self.shape) * self.scale
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { scale: self.scale * factor, ..self }
    }
}
