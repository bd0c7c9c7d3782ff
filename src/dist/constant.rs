//! A constant: a plain number in a scenario, and what other families become if their spread is zero.

use super::law::Law;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Constant(pub(super) f64);

impl Law for Constant {
    fn quantile(&self, _u: f64) -> f64 {
        self.0
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= self.0 { 1.0 } else { 0.0 }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        if x > self.0 { 1.0 } else { 0.0 }
    }

    fn mean(&self) -> f64 {
        self.0
    }

    fn sd(&self) -> f64 {
        0.0
    }

    fn support(&self) -> (f64, f64) {
        (self.0, self.0)
    }

    fn scaled(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}
