//! The binomial distribution: how many of several tries succeed.

use super::Distribution;
use super::counts::{Counts, Known, Ratio};
use super::error::arguments;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "binomial",
    also: &[],
    summary: "How many of `n` tries succeed when each succeeds with the probability `p`: a whole number, in the unit \
              behind it. `p` = 0 and `p` = 1 make it a constant.",
    formula: "P(x = k) = n! / (k! (n - k)!) · p^k (1 - p)^(n - k); mean n p; sd √(n p (1 - p))",
    forms: &[Form {
        parameters: &[
            Parameter::shape("n", Range::Whole(0.0, 1e9), "how many tries"),
            Parameter::probability("p", Range::Between(0.0, 1.0), "the chance of each to succeed"),
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
    // What one ulp of a chance next to 0 or 1 says is nothing that a draw could show.
    if n * p < 1e-300 || fails == 0.0 {
        return Distribution::constant(if fails == 0.0 { n } else { 0.0 });
    }
    let ratio = Ratio { factor: p / fails, room: n, step: -1.0 };
    let mode = libm::floor((n + 1.0) * p).min(n);
    Counts::build(ratio, Known { mode, mean: n * p, sd: libm::sqrt(n * p * fails), most: n })
}
