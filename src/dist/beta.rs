//! The beta distribution: a share between 0 and 1, or a value between two bounds.

use super::Distribution;
use super::error::{LARGEST, arguments, ordered};
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::IncompleteBeta;
use super::tail::Half;

const SHAPE: Range = Range::Between(0.05, 10_000.0);
const ALPHA: Parameter = Parameter::shape("alpha", SHAPE, "weight of the upper end");
const BETA: Parameter = Parameter::shape("beta", SHAPE, "weight of the lower end");

pub(super) const FAMILY: Family = Family {
    name: "beta",
    also: &[],
    summary: "A share between 0 and 1, or a value between `min` and `max`. It is the distribution of an \
              unknown success rate after `alpha - 1` successes and `beta - 1` failures; with both equal to 1 \
              it is uniform. `min` = `max` makes it a constant.",
    formula: "density x^(alpha - 1) (1 - x)^(beta - 1) / B(alpha, beta) on 0..1; mean alpha / (alpha + beta)",
    forms: &[
        Form {
            parameters: &[ALPHA, BETA],
            example: "beta(2, 5)",
            build: |given| {
                let [alpha, beta] = arguments(given)?;
                Ok(between(alpha, beta, 0.0, 1.0))
            },
        },
        Form {
            parameters: &[
                ALPHA,
                BETA,
                Parameter::value("min", Range::Number, "the smallest value"),
                Parameter::value("max", Range::Number, "the largest value"),
            ],
            example: "beta(2, 5, min=10%, max=40%)",
            build: |given| {
                let [alpha, beta, min, max] = arguments(given)?;
                ordered(3, min, max)?;
                Ok(between(alpha, beta, min, max))
            },
        },
    ],
};

/// A beta between `min` ≤ `max`; the caller has checked the shapes.
pub(super) fn between(alpha: f64, beta: f64, min: f64, max: f64) -> Distribution {
    debug_assert!(min <= max && max - min <= 2.0 * LARGEST, "a range checked by the caller");
    if min == max {
        return Distribution::constant(min);
    }
    let sum = alpha + beta;
    let (mean, sd) = (alpha / sum, libm::sqrt(alpha * beta / (sum + 1.0)) / sum);
    Beta { lower: half(alpha, beta), upper: half(beta, alpha), mean, sd, min, max }.into()
}

/// The lower half of a beta on 0..1.
pub(super) fn half(a: f64, b: f64) -> Half<IncompleteBeta> {
    Half::new(IncompleteBeta::new(a, b), 1.0 - f64::EPSILON / 2.0)
}

/// Accuracy: cdf(quantile(u)) = u to 1e-10 (1e-13 for shapes below 100), relative in both tails, unless
/// neighbouring floats are further apart than that: with a `beta` far below 1 most values are next to `max`.
/// With an `alpha` near 0.05 and a `beta` of thousands, 5e-9 just above the median.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beta {
    /// Measured up from `min`, for u ≤ ½.
    lower: Half<IncompleteBeta>,
    /// Measured down from `max`, for u > ½: the mirrored distribution, so that the upper tail is as exact as
    /// the lower.
    upper: Half<IncompleteBeta>,
    /// Mean and sd on 0..1.
    mean: f64,
    sd: f64,
    min: f64,
    max: f64,
}

impl Law for Beta {
    fn quantile(&self, u: f64) -> f64 {
        let width = self.max - self.min;
        if u <= 0.5 {
            (self.min + width * self.lower.quantile(u)).min(self.max)
        } else {
            (self.max - width * self.upper.quantile(1.0 - u)).max(self.min)
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        let (x, y) = ((x - self.min) / width, (self.max - x) / width);
        if x <= 0.0 {
            0.0
        } else if y <= 0.0 {
            1.0
        } else {
            self.lower.tail.at(x, y)
        }
    }

    fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * self.mean
    }

    fn sd(&self) -> f64 {
        (self.max - self.min) * self.sd
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, max: self.max * factor, ..self }
    }
}
