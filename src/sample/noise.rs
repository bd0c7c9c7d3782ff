//! Noise: a factor with mean one and decaying autocorrelation.

use super::NoiseSpec;
use crate::batch::{Inputs, Lanes};

/// The noise of `N` runs.
///
/// # Formula
/// x − s²/2 with x' = ρ·x + s·√(1 − ρ²)·z, x(0) = s·z: the stationary distribution in every month, so that
/// the mean of the factor e^(x − s²/2) is one from the first month on.
#[derive(Debug, Clone)]
pub(super) struct Noise<const N: usize> {
    spec: NoiseSpec,
    x: Lanes<N>,
    sd: Lanes<N>,
    persistence: Lanes<N>,
    innovation: Lanes<N>,
    half_variance: Lanes<N>,
}

impl<const N: usize> Noise<N> {
    pub(super) fn new(spec: NoiseSpec) -> Self {
        let zero = Lanes::ZERO;
        Self { spec, x: zero, sd: zero, persistence: zero, innovation: zero, half_variance: zero }
    }

    /// Sets the batch's parameters.
    pub(super) fn begin(&mut self, inputs: &Inputs<N>) {
        self.sd = inputs.value(self.spec.sd_log);
        self.persistence = inputs.value(self.spec.persistence);
        let moved = self.persistence.map(|rho| libm::sqrt((1.0 - rho) * (1.0 + rho)));
        self.innovation = self.sd * moved;
        self.half_variance = self.sd * self.sd * 0.5;
    }

    /// The logarithm of a month's factor.
    #[inline(always)]
    pub(super) fn step(&mut self, step: u64, z: Lanes<N>) -> Lanes<N> {
        self.x = if step == 0 { self.sd * z } else { self.persistence * self.x + self.innovation * z };
        self.x - self.half_variance
    }
}

#[cfg(test)]
mod tests {
    use crate::batch::Lanes;
    use crate::batch::Number::Fixed;
    use crate::kernel;
    use crate::sample::tests::{agrees, observe, series};
    use crate::sample::{NoiseSpec, Process, SeriesSpec};

    fn noise(sd: f64, rho: f64) -> [SeriesSpec; 1] {
        let spec = NoiseSpec { sd_log: Fixed(sd), persistence: Fixed(rho) };
        [series("products.x.noise", Process::Noise(spec))]
    }

    #[test]
    fn the_mean_is_one_in_every_month_and_the_spread_is_as_stated() {
        // 64,000 runs. The factor's sd is √(e^0.09 − 1) = 0.307; a variance has a relative error of √(2/n).
        let (sd, n) = (0.3, 64_000.0);
        let (mut sums, mut log_squares) = ([0.0; 12], [0.0; 12]);
        observe(&noise(sd, 0.6), &[], (1000, 12), |month, monthly| {
            for log in monthly[0].0 {
                sums[month] += kernel::exp(log);
                log_squares[month] += (log + sd * sd / 2.0).powi(2);
            }
        });
        for month in 0..12 {
            agrees(sums[month] / n, 1.0, 0.307 / f64::sqrt(n));
            agrees(log_squares[month] / n, sd * sd, sd * sd * f64::sqrt(2.0 / n));
        }
    }

    #[test]
    fn the_variance_of_a_72_month_mean_is_that_of_an_ar1() {
        // ρ 0.6, sd 0.2: 0.0021643519. The variance of 6,400 means has a relative error of √(2/6400) = 1.8%.
        let exact = 0.002_164_351_9;
        let (mut mean, mut squares) = (Lanes::ZERO, 0.0);
        observe(&noise(0.2, 0.6), &[], (100, 72), |month, monthly| {
            mean += (monthly[0] + 0.02) * (1.0 / 72.0);
            if month == 71 {
                squares += mean.0.iter().map(|x| x * x).sum::<f64>();
                mean = Lanes::ZERO;
            }
        });
        agrees(squares / 6400.0, exact, exact * 0.0177);
    }

    #[test]
    fn no_spread_is_a_logarithm_of_exactly_zero() {
        observe(&noise(0.0, 0.5), &[], (1, 3), |_, monthly| assert_eq!(monthly[0], Lanes::ZERO));
    }
}
