//! A share of variance with its error, and the sums over runs from which it is computed.

use crate::stats::Moments;

/// The 97.5% quantile of the standard normal distribution: half the width of a 95% interval, in standard
/// errors.
pub(super) const Z_95: f64 = 1.959_963_984_540_054;

/// An estimated share of the variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    raw: f64,
    standard_error: f64,
}

impl Index {
    pub(super) fn new(raw: f64, standard_error: f64) -> Self {
        Self { raw, standard_error }
    }

    /// A share of exactly zero, without error.
    pub fn nothing() -> Self {
        Self::new(0.0, 0.0)
    }

    /// The index when there are too few runs: 0, with an interval from 0 to 1.
    pub(super) fn unknown() -> Self {
        Self { raw: 0.0, standard_error: f64::INFINITY }
    }

    /// The index from the terms whose mean over the runs is the explained variance, and those whose mean is
    /// the variance.
    ///
    /// # Formula
    /// S = mean(t) / mean(v); its standard error is that of a ratio of means: sd(t − S·v) / (√n·mean(v)) (the
    /// delta method).
    pub(super) fn ratio(explained: &[f64], variance: &[f64]) -> Self {
        let n = explained.len() as f64;
        let (top, bottom) = (sum(explained), sum(variance));
        if bottom <= 0.0 {
            return Self::new(0.0, 0.0);
        }
        let share = top / bottom;
        let off: Vec<f64> = explained.iter().zip(variance).map(|(t, v)| t - share * v).collect();
        Self::new(share, Moments::of(&off).sd() * libm::sqrt(n) / bottom)
    }

    /// The raw estimate: noise may put it a little below 0 or above 1.
    pub fn raw(self) -> f64 {
        self.raw
    }

    /// The estimate, clipped to the interval from 0 to 1.
    pub fn value(self) -> f64 {
        self.raw.clamp(0.0, 1.0)
    }

    /// This less another that was found from other runs.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self::new(self.raw - other.raw, libm::hypot(self.standard_error, other.standard_error))
    }

    /// The standard error of the estimate for independent runs.
    ///
    /// It includes the error of sampling, but not the bias of a method, which is described there. For runs on
    /// low-discrepancy points it is rather too large than too small.
    pub fn standard_error(self) -> f64 {
        self.standard_error
    }

    /// The 95% interval of [`Index::raw`]: noise may put its ends below 0 or above 1. From 0 to 1 where there
    /// are too few runs to estimate anything.
    pub fn interval_95(self) -> (f64, f64) {
        let half = Z_95 * self.standard_error;
        if half.is_finite() { (self.raw - half, self.raw + half) } else { (0.0, 1.0) }
    }
}

/// The variance to be explained, as a mean over the runs.
#[derive(Debug)]
pub(super) struct Variance {
    /// y − mean(y).
    pub(super) deviations: Vec<f64>,
    /// Their squares, times n / (n − 1).
    terms: Vec<f64>,
}

impl Variance {
    pub(super) fn of(y: &[f64]) -> Self {
        let moments = Moments::of(y);
        // Values that are equal up to rounding have no variance to explain.
        let deviation = |y: &f64| if moments.are_equal() { 0.0 } else { y - moments.mean() };
        let deviations: Vec<f64> = y.iter().map(deviation).collect();
        let scale = per_freedom(y.len(), 1.0);
        let terms = deviations.iter().map(|d| d * d * scale).collect();
        Self { deviations, terms }
    }

    pub(super) fn runs(&self) -> usize {
        self.terms.len()
    }
}

/// n / (n − p): the factor that corrects the squared residuals of a fit with p parameters.
pub(super) fn per_freedom(runs: usize, parameters: f64) -> f64 {
    runs as f64 / (runs as f64 - parameters).max(1.0)
}

/// The variance that a fit explains, as a mean over the runs. Sums and differences of fits account for the
/// common part of their errors.
#[derive(Debug, Clone)]
pub(super) struct Explained {
    /// For every run, its term of the variance less its squared residual.
    terms: Vec<f64>,
    /// The part of the share's squared error that is due to parameters fitting noise.
    overfit: f64,
}

impl Explained {
    /// No fit.
    pub(super) fn nothing(runs: usize) -> Self {
        Self { terms: vec![0.0; runs], overfit: 0.0 }
    }

    /// The whole variance.
    pub(super) fn all(variance: &Variance) -> Self {
        Self { terms: variance.terms.clone(), overfit: 0.0 }
    }

    /// A fit, given its squared residuals corrected for its number of parameters.
    ///
    /// # Formula
    /// Fitting noise, p parameters explain a χ² with p degrees of freedom: the variance of the share due to
    /// this is 2p·(1 − S)² / n².
    pub(super) fn by_fit(variance: &Variance, squares: &[f64], parameters: f64) -> Self {
        let terms = variance.terms.iter().zip(squares).map(|(v, e)| v - e).collect();
        let unexplained = Index::ratio(squares, &variance.terms).raw / squares.len() as f64;
        Self { terms, overfit: 2.0 * parameters * unexplained * unexplained }
    }

    /// Adds another fit, times `weight`.
    pub(super) fn add(&mut self, other: &Self, weight: f64) {
        for (sum, term) in self.terms.iter_mut().zip(&other.terms) {
            *sum += weight * term;
        }
        self.overfit += weight * weight * other.overfit;
    }

    /// The share of the variance.
    ///
    /// # Formula
    /// [`Index::ratio`]. Its error vanishes where nothing is explained, but parameters fit noise there too;
    /// and because the terms come from the same fit, they contain this part of the error twice. So it is
    /// subtracted once, and the squared error is never less than it.
    pub(super) fn index(&self, variance: &Variance) -> Index {
        let Index { raw, standard_error } = Index::ratio(&self.terms, &variance.terms);
        let squared = (standard_error * standard_error - self.overfit).max(self.overfit);
        Index::new(raw, libm::sqrt(squared))
    }
}

fn sum(values: &[f64]) -> f64 {
    Moments::of(values).mean() * values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_below_zero_is_clipped_and_its_interval_is_not() {
        let index = Index::new(-0.01, 0.02);
        assert_eq!(index.value(), 0.0);
        let (low, high) = index.interval_95();
        assert!((low + 0.049_2).abs() < 1e-4 && (high - 0.029_2).abs() < 1e-4, "{low} to {high}");
        assert_eq!(Index::unknown().interval_95(), (0.0, 1.0));
    }

    #[test]
    fn nothing_is_explained_of_no_variance() {
        let variance = Variance::of(&[3.0; 10]);
        let index = Explained::by_fit(&variance, &[0.0; 10], 1.0).index(&variance);
        assert_eq!((index.raw(), index.standard_error()), (0.0, 0.0));
        let rounded = Variance::of(&[1e5, 1e5 + 1.5e-11, 1e5, 1e5 + 1.5e-11]);
        assert_eq!(Explained::all(&rounded).index(&rounded).raw(), 0.0);
    }

    #[test]
    fn a_perfect_fit_explains_everything_without_error() {
        let variance = Variance::of(&[1.0, 2.0, 4.0, 9.0]);
        let index = Explained::by_fit(&variance, &[0.0; 4], 1.0).index(&variance);
        assert_eq!((index.raw(), index.standard_error()), (1.0, 0.0));
    }
}
