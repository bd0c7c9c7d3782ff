//! The Poisson distribution: the number of random events in a period.

use super::Distribution;
use super::counts::{Counts, Known, Ratio};
use super::error::arguments;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};

pub(super) const FAMILY: Family = Family {
    name: "poisson",
    also: &[],
    summary: "The number of random events that occur `mean` times on average: a whole number, in the unit \
              that follows. `mean` = 0 makes it a constant.",
    formula: "P(x = k) = mean^k exp(-mean) / k!; sd √mean",
    forms: &[Form {
        parameters: &[Parameter::shape("mean", Range::Between(0.0, 1e9), "the mean")],
        example: "poisson(3.5)",
        build: |given| {
            let [mean] = arguments(given)?;
            Ok(build(mean))
        },
    }],
};

fn build(mean: f64) -> Distribution {
    if mean == 0.0 {
        return Distribution::constant(0.0);
    }
    let ratio = Ratio { factor: mean, intercept: 1.0, step: 0.0 };
    Counts::build(ratio, Known { mode: libm::floor(mean), mean, sd: libm::sqrt(mean), most: f64::INFINITY })
}
