//! The binomial distribution: the number of successes in a number of trials.

use super::Distribution;
use super::counts::{Counts, Known, Ratio};
use super::error::arguments;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "binomial",
    also: &[],
    summary: "The number of successes in `n` trials, each with the probability `p`: a whole number, in the \
              unit that follows. `p` = 0 and `p` = 1 make it a constant.",
    formula: "P(x = k) = n! / (k! (n - k)!) · p^k (1 - p)^(n - k); mean n p; sd √(n p (1 - p))",
    forms: &[Form {
        parameters: &[
            Parameter::shape("n", Range::Whole(0.0, 1e9), "the number of trials"),
            Parameter::probability("p", Range::Between(0.0, 1.0), "the probability of success in each trial"),
        ],
        example: "binomial(n=12, p=30%)",
        build: |given| {
            let [n, p] = arguments(given)?;
            Ok(build(n, p))
        },
    }],
};

fn build(n: f64, p: f64) -> Distribution {
    let fails = 1.0 - p;
    // Draws can't distinguish a mean below 1e-300 from 0, and with p = 1 every trial succeeds.
    if n * p < 1e-300 || fails == 0.0 {
        return Distribution::constant(if fails == 0.0 { n } else { 0.0 });
    }
    let ratio = Ratio { factor: p / fails, intercept: n, step: -1.0 };
    let mode = libm::floor((n + 1.0) * p).min(n);
    Counts::build(ratio, Known { mode, mean: n * p, sd: libm::sqrt(n * p * fails), most: n })
}
