//! The Bernoulli distribution: success or failure. It is a discrete law.

use super::error::arguments;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::{DistError, Distribution, discrete};

pub(super) const FAMILY: Family = Family {
    name: "bernoulli",
    also: &[],
    summary: "1 with the probability `p`, otherwise 0, in the unit that follows. `p` = 0 and `p` = 1 make it \
              a constant.",
    formula: "P(x = 1) = p; mean p; sd √(p (1 - p))",
    forms: &[Form {
        parameters: &[Parameter::probability("p", Range::Between(0.0, 1.0), "the probability of 1")],
        example: "bernoulli(30%)",
        build: |given| {
            let [p] = arguments(given)?;
            build(p)
        },
    }],
};

fn build(p: f64) -> Result<Distribution, DistError> {
    if p == 0.0 || p == 1.0 {
        return Ok(Distribution::constant(p));
    }
    discrete::build(&[(1.0 - p, 0.0), (p, 1.0)])
}
