//! The regularised incomplete gamma functions P and Q: both tails of the gamma distribution.

use super::special::{away_from_zero, exp};
use super::tail::{SMALLEST, Slope, Tail};

/// The factor x^a e^(−x) / Γ(a + 1), and the two functions as multiples of it.
///
/// # Accuracy
/// For a between 0.05 and 10 000: about 1e-13 relative in both tails.
#[derive(Debug, Clone, PartialEq)]
struct IncompleteGamma {
    a: f64,
    /// ln Γ(a + 1), without its leading terms if a is large.
    log_gamma: f64,
}

/// From this shape on, the leading terms of ln Γ are left out, because they would cancel.
const LARGE: f64 = 10.0;

impl IncompleteGamma {
    fn new(a: f64) -> Self {
        let log_gamma = if a < LARGE {
            libm::lgamma(a + 1.0)
        } else {
            0.5 * libm::log(std::f64::consts::TAU * a) + stirling(a)
        };
        Self { a, log_gamma }
    }

    /// x^a e^(−x) / Γ(a + 1).
    fn power(&self, x: f64) -> f64 {
        if self.a < LARGE {
            return exp(self.a * libm::log(x) - x - self.log_gamma);
        }
        let d = (x - self.a) / self.a;
        // Close to the mean only log1p is accurate, far below it only the logarithm of the quotient.
        let log_ratio = if d > -0.5 { libm::log1p(d) } else { libm::log(x / self.a) };
        exp(self.a * (log_ratio - d) - self.log_gamma)
    }

    /// P(a, x), with relative accuracy where it is at most about ½: x ≤ a + 1.
    fn lower(&self, x: f64, power: f64) -> f64 {
        if x < self.a + 1.0 { power * series(self.a, x) } else { 1.0 - power * self.a * fraction(self.a, x) }
    }

    /// Q(a, x), with relative accuracy where it is at most about ½.
    fn upper(&self, x: f64, power: f64) -> f64 {
        if x < self.a + 1.0 { 1.0 - power * series(self.a, x) } else { power * self.a * fraction(self.a, x) }
    }

    fn density(&self, x: f64) -> f64 {
        self.power(x) * self.a / x
    }
}

/// ln Γ(a + 1) − ((a + ½) ln a − a + ½ ln 2π): the next term is below 2e-14 for a ≥ 10 (DLMF 5.11.1).
fn stirling(a: f64) -> f64 {
    let z = 1.0 / (a * a);
    (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 - z / 1188.0)))) / a
}

/// An x that is exceeded with a probability below e^−1000 for any shape.
fn beyond(a: f64) -> f64 {
    2.0 * a + 2000.0
}

/// The maximum number of terms. About 9√a terms are needed, for shapes a up to 10 000.
const MOST_TERMS: u32 = 2000;

/// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + … (DLMF 8.7.1).
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..MOST_TERMS {
        term *= x / (a + f64::from(k));
        sum += term;
        if term < 0.5 * f64::EPSILON * sum {
            break;
        }
    }
    sum
}

/// The continued fraction 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − …)) of DLMF 8.9.2, by the modified method
/// of Lentz.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut bottom = 1.0 / away_from_zero(b);
    let mut top = 1e290;
    let mut product = bottom;
    for k in (1..MOST_TERMS).map(f64::from) {
        let term = k * (a - k);
        b += 2.0;
        bottom = 1.0 / away_from_zero(b + term * bottom);
        top = away_from_zero(b + term / top);
        let change = top * bottom;
        product *= change;
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    product
}

/// P(a, x), the lower tail of the gamma distribution with the scale 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lower(IncompleteGamma);

impl Lower {
    pub(super) fn new(a: f64) -> Self {
        Self(IncompleteGamma::new(a))
    }

    /// P(a, x) for x > 0.
    pub(super) fn at(&self, x: f64) -> f64 {
        if x > beyond(self.0.a) { 1.0 } else { self.0.lower(x, self.0.power(x)).clamp(0.0, 1.0) }
    }
}

impl Tail for Lower {
    fn slope(&self, x: f64) -> Slope {
        let power = self.0.power(x);
        let p = self.0.lower(x, power);
        let first = power * self.0.a / p;
        Slope { p, first, bend: self.0.a - x - first }
    }

    fn density(&self, x: f64) -> f64 {
        self.0.density(x)
    }

    fn far(&self, u: f64, near: f64) -> f64 {
        // From the leading term of the series, u = x^a / Γ(a + 1), which is exact to rounding if x is tiny.
        let start = libm::exp((libm::log(u) + libm::lgamma(self.0.a + 1.0)) / self.0.a);
        if start < 1e-17 { start } else { self.inverse(u, start.min(near), SMALLEST, near) }
    }
}

/// Q(a, x), the upper tail.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Upper(IncompleteGamma);

impl Upper {
    pub(super) fn new(a: f64) -> Self {
        Self(IncompleteGamma::new(a))
    }
}

impl Tail for Upper {
    fn slope(&self, x: f64) -> Slope {
        let power = self.0.power(x);
        let p = self.0.upper(x, power);
        let first = -power * self.0.a / p;
        Slope { p, first, bend: self.0.a - x - first }
    }

    fn density(&self, x: f64) -> f64 {
        self.0.density(x)
    }

    fn far(&self, u: f64, near: f64) -> f64 {
        self.inverse(u, near.max(self.0.a), near, beyond(self.0.a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by mpmath 1.3 with 40 digits: a, x, P(a, x), Q(a, x).
    const EXACT: [[f64; 4]; 25] = [
        [0.05, 1e-9, 0.364_470_297_427_576_8, 0.635_529_702_572_423_1],
        [0.05, 0.01, 0.815_559_805_741_285, 0.184_440_194_258_715_08],
        [0.05, 3.0, 0.999_284_094_568_797_4, 0.000_715_905_431_202_586_2],
        [0.5, 1e-6, 0.001_128_378_790_969_236_3, 0.998_871_621_209_030_7],
        [0.5, 0.25, 0.520_499_877_813_046_5, 0.479_500_122_186_953_5],
        [0.5, 12.0, 0.999_999_036_642_991_4, 9.633_570_086_430_946e-7],
        [2.5, 0.001, 9.508_534_598_607_95e-9, 0.999_999_990_491_465_4],
        [2.5, 2.0, 0.450_584_048_647_219_8, 0.549_415_951_352_780_2],
        [2.5, 30.0, 0.999_999_999_987_845_4, 1.215_456_977_718_304e-11],
        [9.75, 1.0, 2.004_502_110_745_585_6e-7, 0.999_999_799_549_788_9],
        [9.75, 9.5, 0.510_559_179_917_399, 0.489_440_820_082_601_1],
        [9.75, 40.0, 0.999_999_997_288_945_2, 2.711_054_827_753_489e-9],
        [10.0, 0.5, 1.709_670_029_348_903_3e-10, 0.999_999_999_829_033],
        [10.0, 10.0, 0.542_070_285_528_147_8, 0.457_929_714_471_852_2],
        [10.0, 45.0, 0.999_999_999_925_870_9, 7.412_919_565_393_089e-11],
        [40.0, 5.0, 8.550_023_756_842_887e-23, 1.0],
        [40.0, 39.5, 0.489_390_249_532_869_9, 0.510_609_750_467_130_1],
        [40.0, 120.0, 1.0, 6.781_974_852_975_983e-18],
        [1_000.0, 700.0, 1.015_858_334_533_321_7e-26, 1.0],
        [1_000.0, 1_000.0, 0.504_205_244_180_215_5, 0.495_794_755_819_784_5],
        [1_000.0, 1_300.0, 1.0, 1.873_615_571_578_555_3e-18],
        [10_000.0, 9_000.0, 2.073_299_202_433_928e-25, 1.0],
        [10_000.0, 9_990.0, 0.461_482_425_709_364_1, 0.538_517_574_290_636],
        [10_000.0, 10_010.0, 0.541_137_462_892_51, 0.458_862_537_107_490_03],
        [10_000.0, 11_000.0, 1.0, 1.692_853_149_646_932_8e-22],
    ];

    #[test]
    fn both_tails_agree_with_forty_digits() {
        for [a, x, p, q] in EXACT {
            let (lower, upper) = (Lower::new(a).slope(x).p, Upper::new(a).slope(x).p);
            // The larger of the two is 1 minus the smaller one.
            assert!((lower - p).abs() < 1e-13 * p.max(q.min(0.1)), "P({a}, {x}) = {lower}");
            assert!((upper - q).abs() < 1e-13 * q.max(p.min(0.1)), "Q({a}, {x}) = {upper}");
        }
    }

    #[test]
    fn both_tails_are_inverted_from_a_bad_guess_for_every_shape() {
        for a in [0.05, 0.3, 1.0, 2.5, 9.99, 10.0, 40.0, 900.0, 10_000.0] {
            let (lower, upper) = (Lower::new(a), Upper::new(a));
            for u in [1e-250, 1e-16, 1e-7, 0.01, 0.2, 0.5] {
                let (low, high) = (lower.far(u, a), upper.far(u, SMALLEST));
                if low > 1e-290 {
                    assert!((lower.slope(low).p / u - 1.0).abs() < 1e-12, "P({a}, {low}) at {u}");
                }
                assert!((upper.slope(high).p / u - 1.0).abs() < 1e-12, "Q({a}, {high}) at {u}");
            }
        }
    }
}
