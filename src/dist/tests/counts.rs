//! Laws of counts: whole numbers, exactly inverted, for small and large parameters.

use super::sets::COUNTS;
use super::{Distribution, built, uniforms};

/// P(X < x).
fn below(distribution: &Distribution, x: f64) -> f64 {
    distribution.probability_outside(x, f64::INFINITY)
}

#[test]
fn a_quantile_is_the_least_value_whose_cdf_reaches_the_uniform() {
    for name in COUNTS.concat() {
        for distribution in [built(name), built(name).scaled(1.0 / 12.0), built(name).scaled(1000.0)] {
            let tiny = [1e-300, 1e-100, 1e-20, 1e-12, 1.0 - 1e-15];
            for u in uniforms().chain(tiny) {
                let x = distribution.quantile(u);
                assert!(distribution.cdf(x) >= u, "{name} at {u}: {x}");
                assert!(below(&distribution, x) < u, "{name} at {u}: {x} is not the least");
                assert!(below(&distribution, x) < distribution.cdf(x), "{name}: {x} never happens");
            }
        }
    }
}

#[test]
fn counts_are_whole_and_within_their_bounds() {
    for name in COUNTS[..5].concat() {
        let distribution = built(name);
        let (low, high) = distribution.support();
        for u in uniforms().chain([0.0, 1e-300, 1.0]) {
            let k = distribution.quantile(u);
            assert!(libm::floor(k) == k && k >= low && k <= high, "{name} at {u}: {k}");
            // The cdf is constant between two counts.
            assert_eq!(distribution.cdf(k), distribution.cdf(k + 0.999), "{name} at {k}");
        }
        assert_eq!(distribution.cdf(low - 1e-9), 0.0, "{name}");
        assert_eq!(distribution.cdf(high), 1.0, "{name}");
        assert!(distribution.quantile(f64::NAN).is_nan());
    }
}

#[test]
fn filling_a_slice_gives_the_bits_of_single_counts() {
    let uniforms: Vec<f64> = uniforms().collect();
    for name in COUNTS.concat() {
        let distribution = built(name);
        let mut values = vec![0.0; uniforms.len()];
        distribution.fill(&uniforms, &mut values);
        for (&u, x) in uniforms.iter().zip(values) {
            assert_eq!(distribution.quantile(u).to_bits(), x.to_bits(), "{name} at {u}");
        }
    }
}

/// A law truncated to all its values has moments computed from its table: they must agree with the closed
/// forms.
#[test]
fn the_table_has_the_mean_and_sd_of_the_closed_forms() {
    for name in COUNTS[..5].concat() {
        let whole = built(name);
        // The smallest value, which has no weight, is cut off: without a truncation nothing would be summed.
        let least = whole.quantile(0.0);
        let min = if whole.cdf(least) < 1e-20 { least + 0.5 } else { least };
        let table = whole.clone().truncated(min, 1e12).expect("nearly all is left");
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-11 * whole.sd().max(whole.mean().abs());
        assert!(close(table.mean(), whole.mean()), "{name}: mean {} {}", table.mean(), whole.mean());
        assert!(close(table.sd(), whole.sd()), "{name}: sd {} {}", table.sd(), whole.sd());
    }
}

#[test]
fn counts_can_be_mixed_and_cut() {
    let parts =
        vec![(1.0, built("poisson(3.5)")), (1.0, built("uniform(0, 9)")), (1.0, built("binomial(12, 30%)"))];
    let mixture = Distribution::mixture(parts).expect("valid");
    assert!((mixture.mean() - (3.5 + 4.5 + 3.6) / 3.0).abs() < 1e-12);
    // The jump of the atom 4 starts at the sum of the smaller atoms and the part of the uniform below 4.
    let (from, to) = (below(&mixture, 4.0), mixture.cdf(4.0));
    for u in [from + 1e-9, 0.5 * (from + to), to] {
        assert_eq!(mixture.quantile(u), 4.0, "{u}");
    }
    let some = built("poisson(3.5)").truncated(1.0, f64::INFINITY).expect("valid");
    // E[X | X ≥ 1] = mean / (1 − e^−mean).
    assert!((some.mean() - 3.5 / (1.0 - libm::exp(-3.5))).abs() < 1e-12);
    assert_eq!(some.quantile(0.0), 1.0);
}

#[test]
fn chances_of_zero_and_one_are_constants() {
    for (text, value) in [
        ("poisson(0)", 0.0),
        ("binomial(0, 0.3)", 0.0),
        ("binomial(5, 0)", 0.0),
        ("binomial(5, 1)", 5.0),
        ("negative-binomial(2, 1)", 0.0),
        ("negative-binomial(mean=0, size=2)", 0.0),
        ("geometric(1)", 0.0),
        ("bernoulli(0)", 0.0),
        ("bernoulli(100%)", 1.0),
        ("sample(4, 4)", 4.0),
    ] {
        assert_eq!(built(text).is_constant(), Some(value), "{text}");
    }
}
