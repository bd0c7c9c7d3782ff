//! The empirical distribution: one of the observed values, each as likely as it was frequent. It is a
//! discrete law.

use super::error::number;
use super::registry::Family;
use super::{DistError, Distribution, discrete};

pub(super) const FAMILY: Family = Family {
    name: "sample",
    also: &[],
    summary: "One of the observed values, each as likely as it was frequent, and no value between them: \
              `sample(31, 28.5, 40, 31)`, or a column of a CSV file beside the scenario: \
              `sample('prices.csv', column='price')`; at most 10,000 values. For a smooth distribution with \
              the same quantiles use `quantiles`.",
    formula: "F(x) = number of values up to x / number of values; mean and sd are those of the values \
              (divided by their number)",
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
