//! The metalog distribution (T. W. Keelin, Decision Analysis 13, 2016): its quantile function is a sum of
//! simple terms, so that it can be fitted to given quantiles. The fit is in `quantiles.rs`.

use super::Distribution;
use super::law::Law;
use super::logistic::log_odds;
use super::special::exp;

/// M(u) = A(d) + t·B(d) with d = u − ½ and t = ln(u / (1 − u)).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    /// The coefficients of A, lowest power first.
    pub(super) plain: Vec<f64>,
    /// The coefficients of B, lowest power first.
    pub(super) with_log: Vec<f64>,
}

impl Curve {
    fn at(&self, t: f64, d: f64) -> f64 {
        polynomial(&self.plain, d) + t * polynomial(&self.with_log, d)
    }

    /// dM/dt, which is u (1 − u) divided by the density of M. It must be positive everywhere.
    pub(super) fn steepness(&self, t: f64) -> f64 {
        self.steepness_at(t, &Odds::new(t))
    }

    fn steepness_at(&self, t: f64, odds: &Odds) -> f64 {
        let bend = derivative(&self.plain, odds.d) + t * derivative(&self.with_log, odds.d);
        polynomial(&self.with_log, odds.d) + odds.density * bend
    }

    /// The limits of dM/dt in the lower and in the upper tail.
    pub(super) fn tails(&self) -> (f64, f64) {
        (polynomial(&self.with_log, -0.5), polynomial(&self.with_log, 0.5))
    }

    /// t with M = z.
    ///
    /// # Formula
    /// Newton's method in t, in which M is nearly linear; a step that leaves the bracket is replaced by
    /// bisection. After a step of 1e-8 the remaining error is about its square.
    fn solve(&self, z: f64) -> f64 {
        let (mut low, mut high, mut t) = (-750.0, 750.0, 0.0_f64);
        for _ in 0..200 {
            let odds = Odds::new(t);
            let miss = self.at(t, odds.d) - z;
            *(if miss < 0.0 { &mut low } else { &mut high }) = t;
            let step = -miss / self.steepness_at(t, &odds);
            let inside = t + step >= low && t + step <= high;
            t = if inside { t + step } else { 0.5 * (low + high) };
            if inside && step.abs() <= 1e-8 * (1.0 + t.abs()) {
                break;
            }
        }
        t
    }
}

fn polynomial(coefficients: &[f64], d: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, &c| sum * d + c)
}

fn derivative(coefficients: &[f64], d: f64) -> f64 {
    let powers = coefficients.iter().enumerate().skip(1).rev();
    powers.fold(0.0, |sum, (power, &c)| sum * d + power as f64 * c)
}

/// Functions of the uniform u at t = ln(u / (1 − u)), exact in both tails.
struct Odds {
    /// The smaller of u and 1 − u.
    tail: f64,
    /// u − ½.
    d: f64,
    /// u (1 − u) = du/dt.
    density: f64,
}

impl Odds {
    fn new(t: f64) -> Self {
        let e = libm::exp(-t.abs());
        let half = 0.5 * (1.0 - e) / (1.0 + e);
        Self {
            tail: e / (1.0 + e),
            d: if t < 0.0 { -half } else { half },
            density: e / ((1.0 + e) * (1.0 + e)),
        }
    }
}

/// The bounds of the values, and the transformation from z = M(u) to a value x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) min: f64,
    pub(super) max: f64,
}

impl Bounds {
    /// x = z without bounds; min + e^z; max − e^(−z); or, with both, (min + max e^z) / (1 + e^z).
    fn value(self, z: f64) -> f64 {
        match (self.min.is_finite(), self.max.is_finite()) {
            (false, false) => z,
            (true, false) => self.min + exp(z),
            (false, true) => self.max - exp(-z),
            (true, true) => {
                // Measured from the nearer bound, which is more exact.
                let e = exp(-z.abs());
                let away = (self.max - self.min) * (e / (1.0 + e));
                if z < 0.0 { self.min + away } else { self.max - away }
            }
        }
    }

    /// z of a value between the bounds.
    pub(super) fn inverse(self, x: f64) -> f64 {
        match (self.min.is_finite(), self.max.is_finite()) {
            (false, false) => x,
            (true, false) => libm::log(x - self.min),
            (false, true) => -libm::log(self.max - x),
            (true, true) => libm::log((x - self.min) / (self.max - x)),
        }
    }

    /// The weight of the power-law tail that the exponential causes, given the limits of dM/dt in the lower
    /// and the upper tail: P(X > x) falls like x^(−1/weight).
    pub(super) fn weight(self, (down, up): (f64, f64)) -> f64 {
        match (self.min.is_finite(), self.max.is_finite()) {
            (true, false) => up,
            (false, true) => down,
            _ => 0.0,
        }
    }
}

/// Accuracy: cdf(quantile(u)) = u to 1e-13; mean and sd to about 1e-10 of the sd (by quadrature, once).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Metalog {
    curve: Curve,
    bounds: Bounds,
    /// The conversion of units; curve and bounds stay in the unit in which they were given.
    unit: f64,
    mean: f64,
    sd: f64,
}

impl Metalog {
    /// Builds the law. The caller has checked that the curve rises everywhere and that the mean is finite.
    pub(super) fn build(curve: Curve, bounds: Bounds) -> Distribution {
        let (mean, sd) = moments(&curve, bounds);
        Self { curve, bounds, unit: 1.0, mean, sd }.into()
    }
}

/// Mean and standard deviation.
///
/// # Formula
/// E f(X) = ∫ f(x(t)) u (1 − u) dt by the trapezoidal rule, whose error falls exponentially with the number
/// of steps. The part beyond |t| = 80 matters only in a power-law tail, where the rest of the sum is a
/// geometric series.
fn moments(curve: &Curve, bounds: Bounds) -> (f64, f64) {
    const STEP: f64 = 1.0 / 32.0;
    const STEPS: i32 = 80 * 32;
    let value = |t: f64| bounds.value(curve.at(t, Odds::new(t).d));
    let centre = value(0.0);
    let term = |i: i32| {
        let t = STEP * f64::from(i);
        (STEP * Odds::new(t).density, value(t) - centre)
    };
    let (mut first, mut second) = (0.0, 0.0);
    for (p, x) in (-STEPS..=STEPS).map(term) {
        first += p * x;
        second += p * x * x;
    }
    let weight = bounds.weight(curve.tails());
    let rest = |moment: f64| 1.0 / libm::expm1(STEP * (1.0 - moment * weight));
    let (p, x) = term(if bounds.max.is_finite() { -STEPS } else { STEPS });
    first += p * x * rest(1.0);
    second = if 2.0 * weight < 1.0 { second + p * x * x * rest(2.0) } else { f64::INFINITY };
    (centre + first, libm::sqrt(second - first * first))
}

impl Law for Metalog {
    fn quantile(&self, u: f64) -> f64 {
        self.unit * self.bounds.value(self.curve.at(log_odds(u), u - 0.5))
    }

    fn cdf(&self, x: f64) -> f64 {
        let x = x / self.unit;
        if x <= self.bounds.min {
            return 0.0;
        }
        if x >= self.bounds.max {
            return 1.0;
        }
        let t = self.curve.solve(self.bounds.inverse(x));
        let tail = Odds::new(t).tail;
        if t < 0.0 { tail } else { 1.0 - tail }
    }

    fn mean(&self) -> f64 {
        self.unit * self.mean
    }

    fn sd(&self) -> f64 {
        self.unit * self.sd
    }

    /// With one bound, the other tail follows e^z, which far out is a power of the odds. Its exponent is the
    /// limit of dM/dt.
    fn tail_indices(&self) -> [f64; 2] {
        let (lower, upper) = self.curve.tails();
        match (self.bounds.min.is_finite(), self.bounds.max.is_finite()) {
            (true, false) => [f64::INFINITY, 1.0 / upper],
            (false, true) => [1.0 / lower, f64::INFINITY],
            _ => [f64::INFINITY; 2],
        }
    }

    fn support(&self) -> (f64, f64) {
        (self.unit * self.bounds.min, self.unit * self.bounds.max)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { unit: self.unit * factor, ..self }
    }
}
