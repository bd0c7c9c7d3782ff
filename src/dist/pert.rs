//! The PERT distribution: a beta between bounds, given by its most likely value. It has no law of its own.

use super::error::{arguments, require, three_points};
use super::registry::{Family, Form, Kind, Parameter};
use super::{DistError, Distribution, beta};

pub(super) const FAMILY: Family = Family {
    name: "pert",
    summary: "Bounds and a most likely value, as a smooth bump; a greater `lambda` trusts the most likely value \
              more (0 makes it uniform). `min` = `max` makes it a constant.",
    formula: "beta between min and max with alpha = 1 + lambda (mode - min) / (max - min), \
              beta = 1 + lambda (max - mode) / (max - min); mean (min + lambda mode + max) / (lambda + 2)",
    forms: &[Form {
        parameters: &[
            Parameter { name: "min", kind: Kind::Value, default: None },
            Parameter { name: "mode", kind: Kind::Value, default: None },
            Parameter { name: "max", kind: Kind::Value, default: None },
            Parameter { name: "lambda", kind: Kind::Shape, default: Some(4.0) },
        ],
        example: "pert(0, 4, 30)",
        build: |given| {
            let [min, mode, max, lambda] = arguments(given)?;
            build(min, mode, max, lambda)
        },
    }],
};

/// The formula is Vose's four-parameter form of the PERT (lambda = 4 in the original of 1959).
fn build(min: f64, mode: f64, max: f64, lambda: f64) -> Result<Distribution, DistError> {
    three_points(min, mode, max)?;
    require((0.0..=1000.0).contains(&lambda), 3, "lambda", "between 0 and 1000")?;
    let shape = |distance: f64| 1.0 + lambda * (distance / (max - min));
    Ok(if min < max {
        beta::between(shape(mode - min), shape(max - mode), min, max)
    } else {
        Distribution::constant(min)
    })
}
