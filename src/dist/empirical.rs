//! The empirical distribution: one of the values that have been seen, each as likely as it was frequent. It has no
//! law of its own.

use super::error::number;
use super::registry::Family;
use super::{DistError, Distribution, discrete};

pub(super) const FAMILY: Family = Family {
    name: "sample",
    also: &[],
    summary: "One of the values that have been seen, each as likely as it was frequent, and none between: \
              `sample(31, 28.5, 40, 31)`, or a column of a CSV file beside the scenario: \
              `sample('prices.csv', column='price')`; at most 10,000 values. Quantiles of a smooth distribution go \
              into `quantiles`.",
    formula: "F(x) = values up to x / all values; mean and sd those of the values (divided by their number)",
    forms: &[],
};

pub(super) fn build(values: &[f64]) -> Result<Distribution, DistError> {
    if values.is_empty() {
        return Err(DistError::whole("a sample needs at least one value"));
    }
    for (i, &x) in values.iter().enumerate() {
        number(i, "value", x)?;
    }
    let alike: Vec<(f64, f64)> = values.iter().map(|&x| (1.0, x)).collect();
    discrete::build(&alike)
}
