//! The exponential function.

use super::for_every_processor;

const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact.
pub(super) const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
pub(super) const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5·2^52: adding it rounds to an integer and leaves that integer in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// 1/k! for k = 13 … 0; the remainder for |r| ≤ ln 2 / 2 is below 5e-18.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// e^x.
///
/// # Formula
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^x = 2^n · Σ r^k/k!.
///
/// # Accuracy
/// Within 2 units in the last place of `libm::exp` for |x| ≤ 700 (tested). Beyond −700 and 700 the value is
/// that at the bound: no value of the model is there.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // Written without f64::clamp, because a NaN must give NaN, and `if` compiles to vector min and max.
    let x = if x < -700.0 { -700.0 } else { x };
    let x = if x > 700.0 { 700.0 } else { x };
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut sum = TAYLOR[0];
    for &term in &TAYLOR[1..] {
        sum = sum * r + term;
    }
    // The lowest bits of `shifted` are n in two's complement; 2^n has n + 1023 as its exponent.
    sum * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

for_every_processor! {
    /// e^x of every element.
    pub fn exp_in_place(values: &mut [f64]) {
        for x in values {
            *x = exp(*x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential_to_two_units_in_the_last_place() {
        for step in -70_000..=70_000 {
            let x = f64::from(step) * 0.01 + 1e-3;
            let exact = libm::exp(x.clamp(-700.0, 700.0));
            assert!((exp(x) - exact).abs() <= 2.0 * f64::EPSILON * exact, "exp({x})");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f64::NAN).is_nan());
        assert!(exp(f64::INFINITY).is_finite() && exp(f64::NEG_INFINITY) > 0.0);
    }
}
