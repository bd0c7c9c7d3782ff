//! Probability distributions of uncertain inputs, drawn by inverting their cdf.
//!
//! One uniform number in, one value out, rising: `quantile(u)`. So stratified and low-discrepancy designs, rank
//! correlation and antithetic draws work for every family alike, and a draw has the same bits on every machine:
//! only + − × ÷ √ and `libm` are used, never the platform's `exp` or `ln`.
//!
//! This module knows no scenario text, no units and no random streams. A constructor checks every parameter; what
//! it lets through never panics, never hangs and never allocates in a draw.
//!
//! Read `law.rs` (what a family can do), then any family, then `tail.rs` (a quantile function without a closed
//! form), `counts.rs`, `quantiles.rs` and `mixture.rs`. A new family is one file and its
//! entry in `registry.rs` and `law.rs`.
//!
//! ```
//! use corridor::dist::Distribution;
//!
//! let growth_per_year = Distribution::interval(0.05, 0.10)?; // "5% to 10%": a 90% interval
//! assert!((growth_per_year.quantile(0.95) - 0.10).abs() < 1e-12);
//! assert!((growth_per_year.mean() - 0.072_297_84).abs() < 1e-8);
//! # Ok::<(), corridor::dist::DistError>(())
//! ```

mod bernoulli;
mod beta;
mod binomial;
mod constant;
mod counts;
mod discrete;
mod empirical;
mod error;
mod exponential;
mod gamma;
mod geometric;
mod gumbel;
mod incomplete_gamma;
mod law;
mod logistic;
mod lognormal;
mod metalog;
mod mixture;
mod moments;
mod negative_binomial;
mod normal;
mod parameter;
mod pareto;
mod pert;
mod poisson;
mod quantiles;
pub mod registry;
mod special;
mod student;
mod tail;
mod triangular;
mod truncate;
mod uniform;
mod weibull;

#[cfg(test)]
mod tests;

pub use error::DistError;
pub use parameter::{Kind, Parameter, Range};
pub use registry::{Family, Form, families, family};
pub use special::normal_cdf;
pub use student::StudentT;

use law::{AnyLaw, FIRST_UNIFORM, LAST_UNIFORM, Law};

/// The distribution of one uncertain quantity, in that quantity's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    law: AnyLaw,
}

impl Distribution {
    /// A certain value. It is not checked: a NaN stays NaN in every draw.
    pub fn constant(x: f64) -> Self {
        constant::Constant(x).into()
    }

    /// Every value from 0 to 1 alike: the draw itself.
    pub fn unit_uniform() -> Self {
        uniform::unit()
    }

    /// The 90% interval `p05 to p95`: 5% of the values lie below it and 5% above. Lognormal where both ends are
    /// positive, else normal.
    ///
    /// # Errors
    /// Argument 1 where `p95` ≤ `p05`; either where it is not a number up to 1e30 in size.
    pub fn interval(p05: f64, p95: f64) -> Result<Self, DistError> {
        lognormal::interval(p05, p95)
    }

    /// The metalog distribution through quantiles, as (level, value) with levels between 0 and 1, within bounds that
    /// may be infinite.
    ///
    /// # Errors
    /// The position of the first wrong quantile; their number for a wrong `min`, one more for a wrong `max`; none
    /// where no metalog goes through them, or one without a mean.
    ///
    /// # Examples
    /// ```
    /// use corridor::dist::Distribution;
    ///
    /// let cost = Distribution::quantiles(&[(0.1, 10.0), (0.5, 20.0), (0.9, 45.0)], 0.0, f64::INFINITY)?;
    /// assert!((cost.quantile(0.9) - 45.0).abs() < 1e-12 && cost.quantile(0.0) > 0.0);
    /// # Ok::<(), corridor::dist::DistError>(())
    /// ```
    pub fn quantiles(points: &[(f64, f64)], min: f64, max: f64) -> Result<Self, DistError> {
        quantiles::build(points, min, max)
    }

    /// One of these values, each as likely as it is frequent among them.
    ///
    /// # Errors
    /// The position of the first value that is not a number; none for an empty list.
    pub fn empirical(values: &[f64]) -> Result<Self, DistError> {
        empirical::build(values)
    }

    /// One of several values, as (weight, value); weights are divided by their sum, equal values are joined.
    ///
    /// # Errors
    /// The position of the first pair with a weight that is not positive or a value that is not a number; none
    /// for an empty list.
    pub fn discrete(values: &[(f64, f64)]) -> Result<Self, DistError> {
        discrete::build(values)
    }

    /// One of several distributions, as (weight, distribution); weights are divided by their sum. Its quantile is
    /// the inverse of its own cdf.
    ///
    /// # Errors
    /// The position of the first part with a weight that is not positive, or of the hundred and first part; none
    /// for an empty list.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, DistError> {
        mixture::build(parts)
    }

    /// This distribution given that its value lies between `min` and `max`, both included; −∞ and ∞ are allowed.
    ///
    /// # Errors
    /// Argument 1 for a wrong `min`, 2 for a wrong `max` or `max` < `min`; none where less than a millionth of
    /// the probability lies between them.
    ///
    /// # Accuracy
    /// Mean and sd are integrated once: to about 1e-8 of the sd.
    pub fn truncated(self, min: f64, max: f64) -> Result<Self, DistError> {
        truncate::build(self, min, max)
    }

    /// The distribution of `factor` times the quantity: a conversion of units.
    ///
    /// # Panics
    /// If `factor` is not positive and finite; factors come from our own tables of units.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        assert!(factor > 0.0 && factor.is_finite(), "a unit conversion has a positive finite factor");
        Self { law: self.law.scaled(factor) }
    }

    /// The smallest x with P(X ≤ x) ≥ `u`: finite, within the support, and never falling as `u` rises but for
    /// rounding (uniforms closer than 1e-10 may change places).
    ///
    /// `u` is taken as at least 1e-300 and at most the greatest number below 1. A NaN stays NaN.
    pub fn quantile(&self, u: f64) -> f64 {
        if u.is_nan() { u } else { self.law.quantile(inside(u)) }
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_infinite() { f64::from(x > 0.0) } else { self.law.cdf(x) }
    }

    /// The expected value: finite.
    pub fn mean(&self) -> f64 {
        self.law.mean()
    }

    /// The standard deviation; infinite for a few distributions with very heavy tails.
    pub fn sd(&self) -> f64 {
        self.law.sd()
    }

    /// Whether the mean of the fourth power of the value is infinite, because of the lower or the upper tail. No number of
    /// draws then tells how far their mean is off: the error's own spread is infinite.
    ///
    /// # Examples
    /// ```
    /// use corridor::dist::Distribution;
    ///
    /// let claims = Distribution::quantiles(&[(0.05, 1.0), (0.5, 10.0), (0.95, 100.0)], 0.0, f64::INFINITY)?;
    /// assert_eq!(claims.fourth_moment_is_infinite(), [false, true]);
    /// assert_eq!(Distribution::interval(1.0, 100.0)?.fourth_moment_is_infinite(), [false; 2]);
    /// # Ok::<(), corridor::dist::DistError>(())
    /// ```
    pub fn fourth_moment_is_infinite(&self) -> [bool; 2] {
        self.law.tail_indices().map(|index| index <= 4.0)
    }

    /// The value that is exceeded in half of the cases.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The interval in which all values lie; its ends may be infinite.
    pub fn support(&self) -> (f64, f64) {
        self.law.support()
    }

    /// The value, if there is only one.
    pub fn is_constant(&self) -> Option<f64> {
        if let AnyLaw::Constant(constant) = &self.law { Some(constant.0) } else { None }
    }

    /// P(X < min) + P(X > max): how much a truncation to these bounds would cut off.
    ///
    /// # Accuracy
    /// Absolute, about 1e-15: a smaller share above `max` may come out as 0.
    pub fn probability_outside(&self, min: f64, max: f64) -> f64 {
        let below = if min.is_infinite() { f64::from(min > 0.0) } else { self.law.cdf_below(min) };
        (below + (1.0 - self.cdf(max))).clamp(0.0, 1.0)
    }

    /// The quantile of every uniform, with the same bits as [`quantile`](Self::quantile).
    ///
    /// # Panics
    /// If the slices differ in length.
    pub fn fill(&self, uniforms: &[f64], values: &mut [f64]) {
        assert_eq!(uniforms.len(), values.len(), "one uniform for each value");
        for (value, &u) in values.iter_mut().zip(uniforms) {
            *value = inside(u);
        }
        self.law.fill(values);
    }

    /// Itself as a truncation, or as it was.
    fn into_truncated(self) -> Result<truncate::Truncated, Box<Self>> {
        match self.law {
            AnyLaw::Truncated(truncated) => Ok(truncated),
            law => Err(Box::new(Self { law })),
        }
    }
}

/// `u` within the uniforms that laws take. A NaN stays NaN.
fn inside(u: f64) -> f64 {
    u.clamp(FIRST_UNIFORM, LAST_UNIFORM)
}

/// Draws from any of rand's generators, one uniform each. For experiments and tests: results of the simulator come
/// from its own streams, not from here.
impl rand_distr::Distribution<f64> for Distribution {
    fn sample<R: rand::Rng + ?Sized>(&self, generator: &mut R) -> f64 {
        self.quantile(rand_distr::Open01.sample(generator))
    }
}
