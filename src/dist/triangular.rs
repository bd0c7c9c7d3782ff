//! The triangular distribution: bounds and a most likely value, with a piecewise linear density.

use super::error::{arguments, three_points};
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::{DistError, Distribution};

/// The parameters of a three-point estimate; `middle` is the name of the second.
pub(super) const fn points(middle: &'static str) -> [Parameter; 3] {
    [
        Parameter::value("min", Range::Number, "the smallest value"),
        Parameter::value(middle, Range::Number, "the most likely value"),
        Parameter::value("max", Range::Number, "the largest value"),
    ]
}

pub(super) const FAMILY: Family = Family {
    name: "triangular",
    also: &[],
    summary: "Bounds and a most likely value; the density falls linearly from it to both bounds. \
              It gives more weight to the extremes than `pert`. `min` = `max` makes it a constant.",
    formula: "F(x) = (x - min)² / ((max - min)(mode - min)) up to the mode, mirrored beyond; \
              mean (min + mode + max) / 3",
    forms: &[
        Form {
            parameters: &points("mode"),
            example: "triangular(0, 4, 30)",
            build: |given| build("mode", given),
        },
        Form {
            parameters: &points("likely"),
            example: "triangular(min=0, likely=4, max=30)",
            build: |given| build("likely", given),
        },
    ],
};

fn build(middle: &str, given: &[f64]) -> Result<Distribution, DistError> {
    let [min, mode, max] = arguments(given)?;
    three_points(middle, min, mode, max)?;
    Ok(if min < max { Triangular { min, mode, max }.into() } else { Distribution::constant(min) })
}

/// Accuracy: quantile and cdf to a few 1e-16 of the width.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    fn width(&self) -> f64 {
        self.max - self.min
    }

    /// F(mode), which is also the relative position of the mode between the bounds.
    fn peak(&self) -> f64 {
        (self.mode - self.min) / self.width()
    }
}

impl Law for Triangular {
    fn quantile(&self, u: f64) -> f64 {
        let peak = self.peak();
        // Limiting both branches to the mode prevents rounding from making the quantile decrease where they
        // meet.
        if u <= peak {
            (self.min + self.width() * libm::sqrt(u * peak)).min(self.mode)
        } else {
            (self.max - self.width() * libm::sqrt((1.0 - u) * (1.0 - peak))).max(self.mode)
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        let (peak, t) = (self.peak(), (x - self.min) / self.width());
        if t <= 0.0 {
            0.0
        } else if t >= 1.0 {
            1.0
        } else if t <= peak {
            t * t / peak
        } else {
            1.0 - (1.0 - t) * (1.0 - t) / (1.0 - peak)
        }
    }

    fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }

    fn sd(&self) -> f64 {
        let peak = self.peak();
        self.width() * libm::sqrt((1.0 - peak * (1.0 - peak)) / 18.0)
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, mode: self.mode * factor, max: self.max * factor }
    }
}
