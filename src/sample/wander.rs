//! Random paths: a logarithm that was known some time ago and has moved since.

use super::{Spread, WanderSpec};
use crate::batch::{Inputs, Lanes};
use std::f64::consts::LN_2;

/// The shortest half-life, months: shorter ones are raised to it, because the formulas would divide by zero
/// at zero. Either way nothing of a month is left in the next.
const SHORTEST_HALF_LIFE: f64 = 1e-6;

/// The random path of `N` runs.
///
/// # Formula
/// x' = ρ·x + q·z with variance v' = ρ²·v + q². It was zero a months before step 0, where v(0) = q²·(1 −
/// ρ^(2a))/(1 − ρ²) and x(0) = √v(0)·z. With a half-life H, ρ = 2^(−1/H), and a long-run sd s gives q = s·√(1
/// − ρ²). Without a half-life, ρ = 1 and v(0) = q²·a: a random walk.
#[derive(Debug, Clone)]
pub(super) struct Wander<const N: usize> {
    spec: WanderSpec,
    x: Lanes<N>,
    variance: Lanes<N>,
    persistence: Lanes<N>,
    innovation: Lanes<N>,
}

impl<const N: usize> Wander<N> {
    pub(super) fn new(spec: WanderSpec) -> Self {
        let zero = Lanes::ZERO;
        Self { spec, x: zero, variance: zero, persistence: zero, innovation: zero }
    }

    /// Sets the batch's parameters.
    pub(super) fn begin(&mut self, inputs: &Inputs<N>) {
        let age = self.spec.age_months;
        // 1 − ρ² and 1 − ρ^(2a), or their counterparts in a random walk: the variances that accumulate in one
        // month and in the months before step 0, in the same unit.
        let (persistence, month, before) = match self.spec.half_life_months {
            None => (Lanes::ONE, Lanes::ONE, Lanes::splat(age)),
            Some(half_life) => {
                let half_life = inputs.value(half_life).max(Lanes::splat(SHORTEST_HALF_LIFE));
                let persistence = half_life.map(|months| libm::exp2(-1.0 / months));
                (persistence, accumulated(1.0, half_life), accumulated(age, half_life))
            }
        };
        self.persistence = persistence;
        self.innovation = match self.spec.spread {
            Spread::Stationary(sd) => inputs.value(sd) * month.map(libm::sqrt),
            Spread::Monthly(sd) => inputs.value(sd),
        };
        self.variance = self.innovation * self.innovation * (before / month);
    }

    /// A month's x and v.
    #[inline(always)]
    pub(super) fn step(&mut self, step: u64, z: Lanes<N>) -> [Lanes<N>; 2] {
        if step == 0 {
            self.x = self.variance.map(libm::sqrt) * z;
        } else {
            let (rho, q) = (self.persistence, self.innovation);
            self.x = rho * self.x + q * z;
            self.variance = rho * rho * self.variance + q * q;
        }
        [self.x, self.variance]
    }
}

/// 1 − ρ^(2·months): the share of the long-run variance that accumulates in this time. It is also exact for
/// long half-lives, where ρ is close to 1.
fn accumulated<const N: usize>(months: f64, half_life: Lanes<N>) -> Lanes<N> {
    half_life.map(|half_life| -libm::expm1(-2.0 * LN_2 * months / half_life))
}

#[cfg(test)]
mod tests {
    use crate::batch::Number::Fixed;
    use crate::kernel;
    use crate::sample::tests::{agrees, observe, series};
    use crate::sample::{Process, SeriesSpec, Spread, WanderSpec};

    fn path(spread: Spread, half_life: Option<f64>, age_months: f64) -> [SeriesSpec; 1] {
        let half_life_months = half_life.map(Fixed);
        let spec = WanderSpec { spread, half_life_months, age_months };
        [series("drivers.oil", Process::Wander(spec))]
    }

    /// x of 64,000 runs in these months, and v there.
    fn sample<const M: usize>(path: &[SeriesSpec], months: [usize; M]) -> ([Vec<f64>; M], [f64; M]) {
        let (mut paths, mut variances) = ([const { Vec::new() }; M], [0.0; M]);
        observe(path, &[], (1000, months[M - 1] + 1), |month, monthly| {
            if let Some(at) = months.iter().position(|&wanted| wanted == month) {
                paths[at].extend(monthly[0].0);
                variances[at] = monthly[1].0[0];
            }
        });
        (paths, variances)
    }

    fn mean_product(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>() / a.len() as f64
    }

    fn is_close(value: f64, exact: f64, relative: f64) {
        assert!((value - exact).abs() <= relative * exact, "{value} for {exact}");
    }

    /// v of every month up to the 48th.
    fn variances(path: &[SeriesSpec]) -> Vec<f64> {
        let mut variances = Vec::new();
        observe(path, &[], (1, 48), |_, monthly| variances.push(monthly[1].0[0]));
        variances
    }

    #[test]
    fn a_random_walk_with_growth_is_geometric_brownian_motion() {
        // Drift 0.002 and volatility 0.04 a month, after 72 months: log-sd 0.04·√72 = 0.339411.
        let (walk, n) = (path(Spread::Monthly(Fixed(0.04)), None, 0.0), 64_000.0);
        let ([x], [v]) = sample(&walk, [72]);
        is_close(v, 0.1152, 1e-13);
        let mut levels: Vec<f64> = x.iter().map(|x| kernel::exp(x - v / 2.0 + 0.002 * 72.0)).collect();
        let (mean, sd) = (1.154_884, 0.403_545);
        let squares = levels.iter().map(|y| (y - mean).powi(2)).sum::<f64>();
        agrees(levels.iter().sum::<f64>() / n, mean, sd / f64::sqrt(n));
        // A lognormal's excess kurtosis is 2.19 here; the relative error of an sd is √((kurtosis + 2)/4n).
        agrees(f64::sqrt(squares / n), sd, sd * f64::sqrt(4.19 / (4.0 * n)));
        // A quantile's error is √(p(1 − p)/n) over the density there, φ(1.645)/(y·0.3394).
        levels.sort_unstable_by(f64::total_cmp);
        for (rank, exact) in [(3199, 0.623_827), (60_799, 1.905_381)] {
            agrees(levels[rank], exact, f64::sqrt(0.0475 / n) * exact * 0.339_4 / 0.103_14);
        }
    }

    #[test]
    fn the_variance_is_the_closed_form_in_every_month() {
        // To the rounding of 48 additions.
        let (q, age) = (0.05, 7.5);
        let walk = variances(&path(Spread::Monthly(Fixed(q)), None, age));
        let reverting = variances(&path(Spread::Monthly(Fixed(q)), Some(9.0), age));
        let stationary = variances(&path(Spread::Stationary(Fixed(0.3)), Some(9.0), age));
        let rho_squared = libm::exp2(-2.0 / 9.0);
        for month in 0..48 {
            let months = age + month as f64;
            let grown = 1.0 - libm::pow(rho_squared, months);
            is_close(walk[month], q * q * months, 1e-13);
            is_close(reverting[month], q * q * grown / (1.0 - rho_squared), 1e-13);
            is_close(stationary[month], 0.09 * grown, 1e-13);
        }
    }

    #[test]
    fn it_begins_as_spread_as_its_age_makes_it() {
        let (old, n) = (path(Spread::Stationary(Fixed(0.3)), Some(18.0), 30.0), 64_000.0);
        let ([x], [v]) = sample(&old, [0]);
        is_close(v, 0.09 * (1.0 - libm::exp2(-60.0 / 18.0)), 1e-14);
        agrees(mean_product(&x, &x), v, v * f64::sqrt(2.0 / n));
    }

    #[test]
    fn the_level_of_the_base_year_is_known() {
        let known = path(Spread::Stationary(Fixed(0.3)), Some(18.0), 0.0);
        let ([x], [v]) = sample(&known, [0]);
        assert!(v == 0.0 && x.iter().all(|&x| x == 0.0));
    }

    #[test]
    fn in_the_long_run_it_is_as_spread_as_stated_and_forgets_half_in_a_half_life() {
        // A correlation of r has the standard error (1 − r²)/√n.
        let (s, n) = (0.3, 64_000.0);
        let ([x, half, quarter], [_, v, _]) =
            sample(&path(Spread::Stationary(Fixed(s)), Some(6.0), 0.0), [120, 126, 132]);
        is_close(v, s * s, 1e-11);
        let variance = mean_product(&half, &half);
        agrees(variance, s * s, s * s * f64::sqrt(2.0 / n));
        let (first, last) = (mean_product(&x, &x), mean_product(&quarter, &quarter));
        agrees(mean_product(&x, &half) / f64::sqrt(first * variance), 0.5, 0.75 / f64::sqrt(n));
        agrees(mean_product(&x, &quarter) / f64::sqrt(first * last), 0.25, 0.9375 / f64::sqrt(n));
    }

    #[test]
    fn a_very_long_half_life_is_a_random_walk() {
        // ρ differs from 1 by less than 1e-12.
        let slow = variances(&path(Spread::Monthly(Fixed(0.04)), Some(1e12), 7.5));
        let walk = variances(&path(Spread::Monthly(Fixed(0.04)), None, 7.5));
        for (slow, walk) in slow.into_iter().zip(walk) {
            is_close(slow, walk, 1e-10);
        }
    }

    #[test]
    fn a_half_life_of_zero_forgets_at_once() {
        let forgetful = variances(&path(Spread::Stationary(Fixed(0.3)), Some(0.0), 0.0));
        assert_eq!(forgetful[0], 0.0);
        assert!(forgetful[1..].iter().all(|v| (v - 0.09).abs() < 1e-15));
    }
}
