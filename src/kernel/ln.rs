//! The natural logarithm.

use super::for_every_processor;

use super::exp::{LN2_HIGH, LN2_LOW};

/// The upper half of the bits of √½: fractions are between this and twice as much.
const LEAST_FRACTION: u64 = 0x3FE6_A09E_0000_0000;
/// The bits of 1.
const ONE: u64 = 0x3FF0_0000_0000_0000;
/// The bits of an `f64` below its exponent.
const FRACTION: u64 = (1 << 52) - 1;
/// The bits of 2^52: with a small integer in the lowest bits it represents 2^52 plus that integer.
const WHOLE: u64 = 0x4330_0000_0000_0000;
/// Coefficients of z⁷ … z¹ in (ln(1 + f) − 2s)/s with z = s², s = f/(2 + f): near 2/15 … 2/3, fitted so that
/// the largest error is 2^−58.45 for √½ ≤ 1 + f ≤ √2.
const SERIES: [f64; 7] = [
    1.479_819_860_511_658_6e-1,
    1.531_383_769_920_937_3e-1,
    1.818_357_216_161_805e-1,
    2.222_219_843_214_978_4e-1,
    2.857_142_874_366_239e-1,
    3.999_999_999_940_942e-1,
    6.666_666_666_666_735e-1,
];

/// ln x.
///
/// # Formula
/// x = 2^k·(1 + f) with √½ ≤ 1 + f < √2; ln x = k·ln 2 + 2·artanh(s), s = f/(2 + f). The decomposition and
/// the series are those of `e_log.c` of Sun's fdlibm (1993).
///
/// # Accuracy
/// Within 2 units in the last place of `libm::log` (tested), near 1 as well; ln 1 is 0. Arguments below the
/// smallest normal number (2.2e-308), including zero and negative ones, give the value at that number,
/// −708.4. Infinity gives 1024·ln 2. NaN gives NaN.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let normal = if x < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { x };
    // Shifted so that the exponent increases where the fraction passes √½, not where it passes 1.
    let shifted = normal.to_bits().wrapping_add(ONE - LEAST_FRACTION);
    // Processors convert 64-bit integers to floats one by one; a subtraction does it in vectors.
    let k = f64::from_bits(WHOLE | shifted >> 52) - (4_503_599_627_370_496.0 + 1023.0);
    let f = f64::from_bits((shifted & FRACTION) + LEAST_FRACTION) - 1.0;
    let ln = k * LN2_HIGH + (f - (0.5 * f * f - (beyond_linear(f) + k * LN2_LOW)));
    if x.is_nan() { x } else { ln }
}

/// ln(1 + f) − f + f²/2.
#[inline(always)]
fn beyond_linear(f: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    let mut sum = SERIES[0];
    for &term in &SERIES[1..] {
        sum = sum * z + term;
    }
    s * (0.5 * f * f + z * sum)
}

for_every_processor! {
    /// ln x of every element.
    pub fn ln_in_place(values: &mut [f64]) {
        for x in values {
            *x = ln(*x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the distance from |x| to the next number: two units in the last place, and a little more.
    fn two_units(x: f64) -> f64 {
        2.0 * f64::EPSILON * x.abs()
    }

    fn agrees_with_libm(x: f64) {
        let exact = libm::log(x);
        assert!((ln(x) - exact).abs() <= two_units(exact), "ln({x:e}) = {} for {exact}", ln(x));
    }

    #[test]
    fn it_is_the_logarithm_to_two_units_in_the_last_place() {
        for step in -300_000..=300_000 {
            agrees_with_libm(libm::exp10(f64::from(step) * 0.001) * 1.000_37);
        }
        for step in 1..200_000 {
            agrees_with_libm(f64::from(step) * 1e-5);
        }
    }

    #[test]
    fn it_keeps_all_digits_next_to_one_and_where_the_exponent_changes() {
        for centre in [1.0, std::f64::consts::FRAC_1_SQRT_2, std::f64::consts::SQRT_2, 0.5, 2.0] {
            for step in -2000..2000 {
                agrees_with_libm(centre * (1.0 + f64::from(step) * f64::EPSILON));
                agrees_with_libm(centre * (1.0 + f64::from(step) * 1e-7));
            }
        }
        assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn it_undoes_the_exponential() {
        // The last place of e^x corresponds to 2.2e-16 in x; two of them, and one of x itself.
        for step in -7000..=7000 {
            let x = f64::from(step) * 0.1;
            let error = (ln(crate::kernel::exp(x)) - x).abs();
            assert!(error <= 2.0 * f64::EPSILON + two_units(x), "{x}: {error:e}");
        }
    }

    #[test]
    fn it_never_decreases() {
        let logs: Vec<f64> = (0..400_000).map(|i| ln(0.3 + f64::from(i) * 1e-5)).collect();
        assert!(logs.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn arguments_outside_of_the_range_get_the_value_at_its_end() {
        let least = libm::log(f64::MIN_POSITIVE);
        for x in [f64::MIN_POSITIVE, 1e-310, 0.0, -0.0, -3.0, f64::NEG_INFINITY] {
            assert!((ln(x) - least).abs() <= two_units(least), "{x}");
        }
        let most = libm::log(f64::MAX);
        for x in [f64::MAX, f64::INFINITY] {
            assert!((ln(x) - most).abs() <= two_units(most), "{x}");
        }
        assert!(ln(f64::NAN).is_nan() && ln(-f64::NAN).is_nan());
    }

    #[test]
    fn slices_and_single_values_agree_to_the_bit() {
        let values: Vec<f64> = (1..1000).map(|i| f64::from(i) * 0.013).collect();
        let mut logs = values.clone();
        ln_in_place(&mut logs);
        for (x, log) in values.into_iter().zip(logs) {
            assert_eq!(log.to_bits(), ln(x).to_bits(), "{x}");
        }
    }
}
