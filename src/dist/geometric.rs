//! The geometric distribution: the number of failures before the first success. It is a negative binomial
//! law.

use super::error::arguments;
use super::negative_binomial;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "geometric",
    also: &[],
    summary: "The number of failures before the first success, which has the probability `p` in each trial: \
              a whole number from 0, in the unit that follows. For a probability below 0.0001 use an \
              `exponential`. `p` = 1 makes it a constant.",
    formula: "P(x = k) = p (1 - p)^k; mean (1 - p) / p; sd √(1 - p) / p",
    forms: &[Form {
        parameters: &[Parameter::probability(
            "p",
            Range::Between(0.0001, 1.0),
            "the probability of success in each trial",
        )],
        example: "geometric(25%)",
        build: |given| {
            let [p] = arguments(given)?;
            negative_binomial::build(1.0, p, 1.0 - p, "p", "at least 0.0001")
        },
    }],
};
