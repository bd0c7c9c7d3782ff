//! The geometric distribution: how many tries fail before the first succeeds. It has no law of its own.

use super::error::arguments;
use super::negative_binomial;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "geometric",
    also: &[],
    summary: "How many tries fail before the first succeeds, each with the probability `p`: a whole number from 0, in \
              the unit behind it. A chance below one in ten thousand is an `exponential`. `p` = 1 makes it a constant.",
    formula: "P(x = k) = p (1 - p)^k; mean (1 - p) / p; sd √(1 - p) / p",
    forms: &[Form {
        parameters: &[Parameter::probability(
            "p",
            Range::Between(0.0001, 1.0),
            "the chance of each try to succeed",
        )],
        example: "geometric(25%)",
        build: |given| {
            let [p] = arguments(given)?;
            negative_binomial::build(1.0, p, 1.0 - p, "p", "at least 0.0001")
        },
    }],
};
