//! Monthly series: noise with mean one that forgets slowly.

use crate::batch::{Inputs, Lanes, Number};
use crate::kernel;
use crate::rng::Stream;

/// One monthly series: its name is the key of its stream.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSpec {
    /// The path of the noise in the scenario.
    pub path: String,
    /// What it is.
    pub noise: NoiseSpec,
}

/// Lognormal AR(1) noise with mean one at every step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoiseSpec {
    /// Standard deviation s of the logarithm.
    pub sd_log: Number,
    /// Correlation ρ of the logarithms of neighbouring months, 0 ≤ ρ < 1.
    pub persistence: Number,
}

/// The noise of `N` runs.
///
/// # Formula
/// factor = exp(x − s²/2) with x' = ρ·x + s·√(1 − ρ²)·z, x₀ = s·z: the stationary law at every step, so that
/// the mean of the factor is one from the first month on.
#[derive(Debug, Clone)]
pub(super) struct Noise<const N: usize> {
    stream: Stream,
    spec: NoiseSpec,
    x: Lanes<N>,
    sd: Lanes<N>,
    persistence: Lanes<N>,
    innovation: Lanes<N>,
    half_variance: Lanes<N>,
}

impl<const N: usize> Noise<N> {
    pub(super) fn new(seed: u64, spec: &SeriesSpec) -> Self {
        let zero = Lanes::ZERO;
        Self {
            stream: Stream::new(seed, &spec.path),
            spec: spec.noise,
            x: zero,
            sd: zero,
            persistence: zero,
            innovation: zero,
            half_variance: zero,
        }
    }

    /// Takes the batch's parameters.
    pub(super) fn begin(&mut self, inputs: &Inputs<N>) {
        self.sd = inputs.value(self.spec.sd_log);
        self.persistence = inputs.value(self.spec.persistence);
        let kept = self.persistence.map(|rho| libm::sqrt((1.0 - rho) * (1.0 + rho)));
        self.innovation = self.sd * kept;
        self.half_variance = self.sd * self.sd * 0.5;
    }

    /// The factor of a month. Steps must come in order, from 0.
    pub(super) fn step(&mut self, first_run: u64, step: u64) -> Lanes<N> {
        let mut z = Lanes::ZERO;
        self.stream.fill(first_run, step, &mut z.0);
        kernel::standard_normal_in_place(&mut z.0);
        self.x = if step == 0 { self.sd * z } else { self.persistence * self.x + self.innovation * z };
        let mut factor = self.x - self.half_variance;
        kernel::exp_in_place(&mut factor.0);
        factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Number::Fixed;

    fn noise(sd: f64, rho: f64) -> Noise<64> {
        let noise = NoiseSpec { sd_log: Fixed(sd), persistence: Fixed(rho) };
        let mut noise = Noise::new(11, &SeriesSpec { path: "products.x.noise".to_owned(), noise });
        noise.begin(&Inputs::new(0, 0));
        noise
    }

    #[test]
    fn the_mean_is_one_in_every_month_and_the_spread_is_as_stated() {
        // 64,000 runs: the mean's standard error is 0.31/253 = 0.0012; 5 of them, 12 months: false alarm 1 in 140,000.
        let (sd, batches) = (0.3, 1000);
        let mut sums = [0.0; 12];
        let mut log_squares = [0.0; 12];
        for batch in 0..batches {
            let mut noise = noise(sd, 0.6);
            for step in 0..12 {
                let factor = noise.step(batch * 64, step as u64);
                sums[step] += factor.0.iter().sum::<f64>();
                log_squares[step] += noise.x.0.iter().map(|x| x * x).sum::<f64>();
            }
        }
        let n = 64.0 * batches as f64;
        for step in 0..12 {
            assert!(
                (sums[step] / n - 1.0).abs() < 5.0 * 0.307 / n.sqrt(),
                "month {step}: {}",
                sums[step] / n
            );
            let variance = log_squares[step] / n;
            assert!((variance / (sd * sd) - 1.0).abs() < 5.0 * (2.0 / n).sqrt(), "month {step}: {variance}");
        }
    }

    #[test]
    fn the_variance_of_a_72_month_mean_is_that_of_an_ar1() {
        // ρ 0.6, sd 0.2: 0.0021643519. The variance of 6,400 means has a relative error of √(2/6400) = 1.8%; 4 of them.
        let mut squares = 0.0;
        for batch in 0..100 {
            let mut noise = noise(0.2, 0.6);
            let mut mean = Lanes::ZERO;
            for step in 0..72 {
                noise.step(batch * 64, step);
                mean += noise.x * (1.0 / 72.0);
            }
            squares += mean.0.iter().map(|x| x * x).sum::<f64>();
        }
        assert!((squares / 6400.0 / 0.002_164_351_9 - 1.0).abs() < 4.0 * 0.0177, "{}", squares / 6400.0);
    }

    #[test]
    fn no_spread_is_exactly_one() {
        let mut noise = noise(0.0, 0.5);
        assert_eq!(noise.step(0, 0), Lanes::ONE);
        assert_eq!(noise.step(0, 1), Lanes::ONE);
    }
}
