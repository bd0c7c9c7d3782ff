//! The interface of every law, and the enum of all laws.
//!
//! A law is independent of scenarios, names and text. To add a family, write its file, add its law to `laws!`
//! below and its `FAMILY` to `registry.rs`; the compiler and the tests report what else is missing.

use super::moments::{self, Moments};
use super::{
    Distribution, beta, constant, counts, discrete, exponential, gamma, gumbel, logistic, lognormal, metalog,
    mixture, normal, pareto, student, triangular, truncate, uniform, weibull,
};

/// The smallest uniform passed to a law; smaller ones, including 0, are replaced by it.
pub(super) const FIRST_UNIFORM: f64 = 1e-300;
/// The largest uniform passed to a law, the largest number below 1; 1 is replaced by it.
pub(super) const LAST_UNIFORM: f64 = 1.0 - f64::EPSILON / 2.0;

/// A univariate probability law, drawn by its quantile function.
pub(super) trait Law {
    /// The smallest x with P(X ≤ x) ≥ u, for `FIRST_UNIFORM` ≤ u ≤ `LAST_UNIFORM`; finite.
    fn quantile(&self, u: f64) -> f64;

    /// P(X ≤ x) for finite x.
    fn cdf(&self, x: f64) -> f64;

    /// P(X < x) for finite x. It differs from `cdf` only at an atom.
    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x)
    }

    fn mean(&self) -> f64;

    /// Infinite for a few laws with very heavy tails.
    fn sd(&self) -> f64;

    /// The tail indices of the lower and the upper tail: moments of a lower order are finite, those of a
    /// higher order are not.
    fn tail_indices(&self) -> [f64; 2] {
        [f64::INFINITY; 2]
    }

    /// The interval of possible values; its ends may be infinite.
    fn support(&self) -> (f64, f64);

    /// The law of factor·X, factor > 0.
    fn scaled(self, factor: f64) -> Self
    where
        Self: Sized;

    /// Replaces uniforms, which are within their bounds, by values with the same bits as `quantile`.
    fn fill(&self, values: &mut [f64]) {
        for x in values {
            *x = if x.is_nan() { *x } else { self.quantile(*x) };
        }
    }

    /// Where the cdf jumps, or starts or stops rising. A mixture needs these points to be exact there.
    fn landmarks(&self) -> Vec<f64> {
        let (low, high) = self.support();
        [low, high].into_iter().filter(|x| x.is_finite()).collect()
    }

    /// Probability and moments about `centre` of the part of the law between `min` and `max`, both included.
    fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments
    where
        Self: Sized,
    {
        moments::between(self, min, max, centre)
    }
}

/// Defines the enum of all laws. Each method matches once, so that `fill` loops inside the law.
macro_rules! laws {
    ($($module:ident :: $law:ident),* $(,)?) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(super) enum AnyLaw {
            $($law($module::$law),)*
        }

        impl Law for AnyLaw {
            fn quantile(&self, u: f64) -> f64 {
                match self { $(Self::$law(law) => law.quantile(u),)* }
            }
            fn cdf(&self, x: f64) -> f64 {
                match self { $(Self::$law(law) => law.cdf(x),)* }
            }
            fn cdf_below(&self, x: f64) -> f64 {
                match self { $(Self::$law(law) => law.cdf_below(x),)* }
            }
            fn mean(&self) -> f64 {
                match self { $(Self::$law(law) => law.mean(),)* }
            }
            fn sd(&self) -> f64 {
                match self { $(Self::$law(law) => law.sd(),)* }
            }
            fn tail_indices(&self) -> [f64; 2] {
                match self { $(Self::$law(law) => law.tail_indices(),)* }
            }
            fn support(&self) -> (f64, f64) {
                match self { $(Self::$law(law) => law.support(),)* }
            }
            fn scaled(self, factor: f64) -> Self {
                match self { $(Self::$law(law) => Self::$law(law.scaled(factor)),)* }
            }
            fn fill(&self, values: &mut [f64]) {
                match self { $(Self::$law(law) => law.fill(values),)* }
            }
            fn landmarks(&self) -> Vec<f64> {
                match self { $(Self::$law(law) => law.landmarks(),)* }
            }
            fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments {
                match self { $(Self::$law(law) => law.moments_between(min, max, centre),)* }
            }
        }

        $(impl From<$module::$law> for Distribution {
            fn from(law: $module::$law) -> Self {
                Self { law: AnyLaw::$law(law) }
            }
        })*
    };
}

laws! {
    constant::Constant,
    normal::Normal,
    lognormal::LogNormal,
    uniform::Uniform,
    triangular::Triangular,
    beta::Beta,
    metalog::Metalog,
    gamma::Gamma,
    weibull::Weibull,
    exponential::Exponential,
    pareto::Pareto,
    gumbel::Gumbel,
    logistic::Logistic,
    student::Student,
    counts::Counts,
    discrete::Discrete,
    mixture::Mixture,
    truncate::Truncated,
}
