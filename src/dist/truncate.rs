//! Truncation: a distribution conditional on its value being between two bounds. No probability is moved to
//! the bounds.

use super::error::{LARGEST, require};
use super::law::Law;
use super::moments::Moments;
use super::registry::Family;
use super::{DistError, Distribution};

pub(super) const FAMILY: Family = Family {
    name: "truncate",
    also: &[],
    summary: "A distribution conditional on its value being between bounds (either may be left out): \
              `truncate(normal(8%, 5%), min=0%, max=30%)`. At least one millionth of its probability must be \
              between them.",
    formula: "F(x) = (F₀(x) - F₀(min)) / (F₀(max) - F₀(min)) between min and max",
    forms: &[],
};

/// The smallest probability between the bounds: with less, rounding errors of the cdf near 1 would affect the
/// tenth digit.
const LEAST_PROBABILITY: f64 = 1e-6;

pub(super) fn build(law: Distribution, min: f64, max: f64) -> Result<Distribution, DistError> {
    bound(1, "min", min)?;
    bound(2, "max", max)?;
    require(min <= max, 2, "max", "at least as great as `min`")?;
    let (low, high) = law.support();
    if min <= low && high <= max {
        return Ok(law);
    }
    // Truncating twice equals truncating once to the intersection, which avoids nested rounding errors.
    let (inner, min, max) = match law.into_truncated() {
        Ok(cut) => (cut.inner, min.max(cut.min), max.min(cut.max)),
        Err(law) => (law, min, max),
    };
    let (from, to) = (inner.law.cdf_below(min), inner.law.cdf(max));
    // Written so that it also refuses min > max after both cuts.
    if to - from >= LEAST_PROBABILITY {
        Ok(Truncated::new(inner, (min, max), (from, to)).into())
    } else {
        Err(DistError::whole("at least one millionth of the distribution must lie between `min` and `max`"))
    }
}

fn bound(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    let fits = x.abs() <= LARGEST || x.is_infinite();
    require(fits, argument, name, "a number between -1e30 and 1e30, or left out")
}

/// Accuracy: cdf(quantile(u)) = u to 1e-10; mean and sd to about 1e-8 of the sd (by quadrature, once).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Truncated {
    pub(super) inner: Box<Distribution>,
    pub(super) min: f64,
    pub(super) max: f64,
    /// Of the inner law: P(X < min) and P(X ≤ max).
    from: f64,
    to: f64,
    mean: f64,
    sd: f64,
}

impl Truncated {
    fn new(inner: Box<Distribution>, (min, max): (f64, f64), (from, to): (f64, f64)) -> Self {
        // Moments about the truncated median, because those about the mean of an untruncated law that is far
        // away would lose precision.
        let centre = inner.quantile(0.5 * (from + to)).max(min).min(max);
        let moments = inner.law.moments_between(min, max, centre);
        let shift = moments.first / moments.probability;
        let variance = moments.second / moments.probability - shift * shift;
        let sd = libm::sqrt(variance.max(0.0));
        Self { inner, min, max, from, to, mean: centre + shift, sd }
    }

    fn share(&self, p: f64) -> f64 {
        ((p - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }
}

impl Law for Truncated {
    fn quantile(&self, u: f64) -> f64 {
        // Strictly above `from`, because the quantile at `from` itself is outside the bounds.
        let p = (self.from + u * (self.to - self.from)).max(self.from.next_up()).min(self.to);
        self.inner.quantile(p).max(self.min).min(self.max)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x >= self.max {
            1.0
        } else if x < self.min {
            0.0
        } else {
            self.share(self.inner.law.cdf(x))
        }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        if x > self.max {
            1.0
        } else if x <= self.min {
            0.0
        } else {
            self.share(self.inner.law.cdf_below(x))
        }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn tail_indices(&self) -> [f64; 2] {
        let [lower, upper] = self.inner.law.tail_indices();
        let left = |bound: f64, index: f64| if bound.is_finite() { f64::INFINITY } else { index };
        [left(self.min, lower), left(self.max, upper)]
    }

    fn support(&self) -> (f64, f64) {
        let (low, high) = self.inner.support();
        (low.max(self.min), high.min(self.max))
    }

    fn scaled(self, factor: f64) -> Self {
        Self {
            inner: Box::new(self.inner.scaled(factor)),
            min: self.min * factor,
            max: self.max * factor,
            mean: self.mean * factor,
            sd: self.sd * factor,
            ..self
        }
    }

    fn landmarks(&self) -> Vec<f64> {
        let (low, high) = self.support();
        let mut landmarks = self.inner.law.landmarks();
        landmarks.retain(|x| (low..=high).contains(x));
        landmarks.extend([low, high].into_iter().filter(|x| x.is_finite()));
        landmarks
    }

    fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments {
        let inside = self.inner.law.moments_between(min.max(self.min), max.min(self.max), centre);
        Moments::ZERO.plus(inside, 1.0 / (self.to - self.from))
    }
}
