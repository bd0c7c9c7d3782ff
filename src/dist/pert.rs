//! The PERT distribution: a beta between bounds, given by its most likely value.

use super::error::{arguments, three_points};
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::{DistError, Distribution, beta, triangular};

const fn parameters(middle: &'static str) -> [Parameter; 4] {
    let [min, mode, max] = triangular::points(middle);
    let trust = "the weight of the most likely value";
    [min, mode, max, Parameter::shape("lambda", Range::Between(0.0, 1000.0), trust).or(4.0)]
}

pub(super) const FAMILY: Family = Family {
    name: "pert",
    also: &[],
    summary: "Bounds and a most likely value, with a smooth density; a larger `lambda` concentrates it \
              around the most likely value (0 makes it uniform). `min` = `max` makes it a constant.",
    formula: "beta between min and max with alpha = 1 + lambda (mode - min) / (max - min), \
              beta = 1 + lambda (max - mode) / (max - min); mean (min + lambda mode + max) / (lambda + 2)",
    forms: &[
        Form {
            parameters: &parameters("mode"),
            example: "pert(0, 4, 30)",
            build: |given| build("mode", given),
        },
        Form {
            parameters: &parameters("likely"),
            example: "pert(min=0, likely=4, max=30)",
            build: |given| build("likely", given),
        },
    ],
};

/// Builds Vose's four-parameter form of the PERT; the original of 1959 has lambda = 4.
fn build(middle: &str, given: &[f64]) -> Result<Distribution, DistError> {
    let [min, mode, max, lambda] = arguments(given)?;
    three_points(middle, min, mode, max)?;
    if min == max {
        return Ok(Distribution::constant(min));
    }
    let shape = |distance: f64| 1.0 + lambda * (distance / (max - min));
    Ok(beta::between(shape(mode - min), shape(max - mode), min, max))
}
