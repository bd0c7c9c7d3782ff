//! The negative binomial distribution: counts with a larger variance than those of a Poisson distribution.

use super::counts::{Counts, Known, LARGEST_SD, Ratio};
use super::error::{arguments, require};
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::{DistError, Distribution};

const SIZE: Parameter =
    Parameter::shape("size", Range::Between(0.05, 1e9), "the number of successes that ends the count");

pub(super) const FAMILY: Family = Family {
    name: "negative-binomial",
    also: &["negative_binomial"],
    summary: "The number of failures before `size` successes, each with the probability `p`; or a count with \
              this `mean` and a larger variance than a Poisson's, the more so the smaller `size` is. A whole \
              number, in the unit that follows. Its standard deviation is at most 32000: for wider counts \
              use a `gamma`. `p` = 1 and `mean` = 0 make it a constant.",
    formula: "P(x = k) = Γ(size + k) / (Γ(size) k!) · p^size (1 - p)^k; mean size (1 - p) / p; \
              sd √(mean + mean² / size)",
    forms: &[
        Form {
            parameters: &[
                SIZE,
                Parameter::probability(
                    "p",
                    Range::Above(0.0, 1.0),
                    "the probability of success in each trial",
                ),
            ],
            example: "negative-binomial(size=3, p=20%)",
            build: |given| {
                let [size, p] = arguments(given)?;
                build(size, p, 1.0 - p, "p", "so large that the standard deviation is at most 32000")
            },
        },
        Form {
            parameters: &[Parameter::shape("mean", Range::Between(0.0, 1e9), "the mean"), SIZE],
            example: "negative-binomial(mean=12, size=3)",
            build: |given| {
                let [mean, size] = arguments(given)?;
                let (p, fails) = (size / (size + mean), mean / (size + mean));
                build(size, p, fails, "size", "so large that the standard deviation is at most 32000")
            },
        },
    ],
};

/// Builds the law. `fails` is 1 − p, passed separately because only the smaller of the two is exact. If the
/// law is too wide, the error is reported for the second argument, which is called `name`.
pub(super) fn build(
    size: f64,
    p: f64,
    fails: f64,
    name: &str,
    must_be: &str,
) -> Result<Distribution, DistError> {
    if fails == 0.0 {
        return Ok(Distribution::constant(0.0));
    }
    let (mean, sd) = (size * fails / p, libm::sqrt(size * fails) / p);
    require(sd <= LARGEST_SD, 1, name, must_be)?;
    let ratio = Ratio { factor: fails, intercept: size, step: 1.0 };
    let mode = libm::floor(((size - 1.0) * fails / p).max(0.0));
    Ok(Counts::build(ratio, Known { mode, mean, sd, most: f64::INFINITY }))
}
