//! Probability distributions of uncertain inputs, drawn by inverting their cdf.
//!
//! A draw is `quantile(u)`, an increasing function of one uniform number. Therefore stratified and
//! low-discrepancy designs, rank correlation and antithetic draws work for every family. A draw has the same
//! bits on every machine, because only + − × ÷ √ and `libm` are used, never the platform's `exp` or `ln`.
//!
//! This module is independent of scenario text, units and random streams. A constructor checks every
//! parameter; draws from the distribution that it returns never panic, hang or allocate.
//!
//! Read `law.rs` (the interface of a family), then any family, then `tail.rs` (a quantile function without a
//! closed form), `counts.rs`, `quantiles.rs` and `mixture.rs`. A new family needs one file and entries in
//! `registry.rs` and `law.rs`.
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
    /// A constant. It is not checked: if it is NaN, every draw is NaN.
    pub fn constant(x: f64) -> Self {
        constant::Constant(x).into()
    }

    /// The uniform distribution from 0 to 1, whose draws are the uniforms themselves.
    pub fn unit_uniform() -> Self {
        uniform::unit()
    }

    /// The 90% interval `p05 to p95`: 5% of the values are below it and 5% above. Lognormal if both ends are
    /// positive, otherwise normal.
    ///
    /// # Errors
    /// Argument 1 if `p95` ≤ `p05`; either argument if it is not a number up to 1e30 in size.
    pub fn interval(p05: f64, p95: f64) -> Result<Self, DistError> {
        lognormal::interval(p05, p95)
    }

    /// The metalog distribution through quantiles, as (level, value) with levels between 0 and 1, within
    /// bounds that may be infinite.
    ///
    /// # Errors
    /// The position of the first wrong quantile; their number for a wrong `min`, one more for a wrong `max`;
    /// `None` if no metalog goes through them, or if its mean is infinite.
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
    /// The position of the first value that is not a number; `None` for an empty list.
    pub fn empirical(values: &[f64]) -> Result<Self, DistError> {
        empirical::build(values)
    }

    /// One of several values, as (weight, value); weights are divided by their sum, equal values are merged.
    ///
    /// # Errors
    /// The position of the first pair with a weight that is not positive or a value that is not a number;
    /// `None` for an empty list.
    pub fn discrete(values: &[(f64, f64)]) -> Result<Self, DistError> {
        discrete::build(values)
    }

    /// One of several distributions, as (weight, distribution); weights are divided by their sum. Its
    /// quantile is the inverse of its own cdf.
    ///
    /// # Errors
    /// The position of the first part with a weight that is not positive, or of the 101st part; `None` for an
    /// empty list.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, DistError> {
        mixture::build(parts)
    }

    /// This distribution given that its value lies between `min` and `max`, both included; −∞ and ∞ are
    /// allowed.
    ///
    /// # Errors
    /// Argument 1 for a wrong `min`, 2 for a wrong `max` or `max` < `min`; `None` if less than a millionth of
    /// the probability is between them.
    ///
    /// # Accuracy
    /// Mean and sd are integrated once, to about 1e-8 of the sd.
    pub fn truncated(self, min: f64, max: f64) -> Result<Self, DistError> {
        truncate::build(self, min, max)
    }

    /// The distribution of `factor` times the quantity: a conversion of units.
    ///
    /// # Panics
    /// If `factor` is not positive and finite. Factors come from the program's table of units.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        assert!(factor > 0.0 && factor.is_finite(), "a unit conversion has a positive finite factor");
        Self { law: self.law.scaled(factor) }
    }

    /// The smallest x with P(X ≤ x) ≥ `u`: finite, within the support, and non-decreasing in `u` except for
    /// rounding (the quantiles of uniforms closer than 1e-10 may be in the wrong order).
    ///
    /// `u` is limited to the range from 1e-300 to the largest number below 1. For NaN the result is NaN.
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

    /// Whether the fourth moment is infinite, because of the lower or of the upper tail. The Monte Carlo
    /// error of the mean can't then be estimated from any number of draws, because the variance of the
    /// estimate is infinite.
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

    /// The interval of possible values; its ends may be infinite.
    pub fn support(&self) -> (f64, f64) {
        self.law.support()
    }

    /// The value, if there is only one.
    pub fn is_constant(&self) -> Option<f64> {
        if let AnyLaw::Constant(constant) = &self.law { Some(constant.0) } else { None }
    }

    /// P(X < min) + P(X > max): the probability that a truncation to these bounds would remove.
    ///
    /// # Accuracy
    /// Absolute, about 1e-15: a smaller probability above `max` may be returned as 0.
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

    /// The truncation if this is one; otherwise this distribution, unchanged, as the error.
    fn into_truncated(self) -> Result<truncate::Truncated, Box<Self>> {
        match self.law {
            AnyLaw::Truncated(truncated) => Ok(truncated),
            law => Err(Box::new(Self { law })),
        }
    }
}

/// `u` limited to the range of uniforms that laws accept. NaN is returned as NaN.
fn inside(u: f64) -> f64 {
    u.clamp(FIRST_UNIFORM, LAST_UNIFORM)
}

/// Draws with any of rand's generators, using one uniform each. This is for experiments and tests: the
/// simulator uses its own streams.
impl rand_distr::Distribution<f64> for Distribution {
    fn sample<R: rand::Rng + ?Sized>(&self, generator: &mut R) -> f64 {
        self.quantile(rand_distr::Open01.sample(generator))
    }
}
