//! Histograms, compared with sorted values.

use super::*;
use crate::stats::Moments;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the slice")]
fn exact(sorted: &[f64], p: f64) -> f64 {
    let rank = p * (sorted.len() - 1) as f64;
    let below = sorted[rank.floor() as usize];
    below + (sorted[rank.ceil() as usize] - below) * rank.fract()
}

fn lognormal(n: u32) -> Vec<f64> {
    (0..n)
        .map(|i| libm::exp(0.5 * crate::kernel::standard_normal((f64::from(i) + 0.5) / f64::from(n))))
        .collect()
}

fn extremes(values: &[f64]) -> (f64, f64) {
    let of = |pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick).expect("not empty");
    (of(f64::min), of(f64::max))
}

const P: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

#[test]
fn quantiles_stay_within_the_stated_bound_and_mostly_far_inside() {
    for bits in [5, 6, 8] {
        let values = lognormal(10_000);
        let mut histogram = Histograms::new(bits, 1);
        histogram.push(0, &values, (values[0], values[9_999]));
        let got = histogram.of(0).quantiles(P, (values[0], values[9_999]));
        for (p, q) in P.into_iter().zip(got) {
            let error = (q / exact(&values, p) - 1.0).abs();
            assert!(error < 0.1 / f64::from(1_u32 << bits), "{p}: {error}");
        }
    }
}

#[test]
fn values_give_the_same_bits_in_any_order_and_any_parts() {
    let mut values = lognormal(3_000);
    values.extend(values.clone().iter().map(|x| -x * 1e3));
    values.extend([0.0; 100]);
    let mut histograms = Histograms::new(7, 3);
    histograms.push(0, &values, extremes(&values));
    for chunk in values.chunks(13) {
        histograms.push(1, chunk, extremes(chunk));
    }
    for chunk in values.chunks(101).rev() {
        histograms.push(2, chunk, extremes(chunk));
    }
    let q = |series: usize| histograms.of(series).quantiles(P, (-1e9, 1e9)).map(f64::to_bits);
    assert_eq!((histograms.of(0).count(), q(0)), (6_100, q(1)));
    assert_eq!(q(1), q(2));
}

#[test]
fn whatever_is_counted_at_once_is_what_is_counted_one_by_one() {
    // A third are zeros, and some bins overflow. From the fewest bits per factor of two to the most, windows
    // take copies of every size, and then are too wide for any.
    let spread = |(i, x): (usize, f64)| match i % 3 {
        0 => 0.0,
        1 => 1.0 + 0.001 * x,
        _ => x * x * x,
    };
    let values: Vec<f64> = lognormal(4_001).into_iter().enumerate().map(spread).collect();
    let sizes = [0, FEW, SOME, MANY, MOST, usize::MAX];
    for (bits, size) in [3, 5, 6, 8, 10].into_iter().zip(sizes.windows(2)) {
        let mut histograms = Histograms::new(bits, 3);
        histograms.push(0, &values, extremes(&values));
        assert!((size[0]..size[1]).contains(&histograms.counters.width(0)), "{bits}");
        values.chunks(700).for_each(|part| histograms.push(1, part, extremes(part)));
        for &x in &values {
            histograms.push(2, &[x], (x, x));
        }
        assert_eq!(histograms.of(0).to_bins(), histograms.of(2).to_bins());
        assert_eq!(histograms.of(1).to_bins(), histograms.of(2).to_bins());
        assert_eq!(histograms.of(0).count(), 4_001);
    }
}

#[test]
fn errors_of_quantiles_are_those_of_their_density() {
    // √(p(1 − p)/n)/f(q) with the density f of the normal distribution, here at e^(x/2): the tolerance allows
    // 1% for the change of the slope over the interval.
    let values = lognormal(10_000);
    let extremes = (values[0], values[9_999]);
    let mut histogram = Histograms::new(8, 1);
    histogram.push(0, &values, extremes);
    for (p, error) in P.into_iter().zip(histogram.of(0).quantile_errors(P, extremes)) {
        let z = crate::kernel::standard_normal(p);
        let density = libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * std::f64::consts::PI);
        let expected = libm::sqrt(p * (1.0 - p) / 10_000.0) / density * 0.5 * libm::exp(0.5 * z);
        assert!((error / expected - 1.0).abs() < 0.02, "{p}: {error}, not {expected}");
    }
}

#[test]
fn too_few_values_bound_no_quantile_and_equal_ones_have_no_error() {
    let errors = |values: &[f64]| {
        let mut histogram = Histograms::new(8, 1);
        histogram.push(0, values, (values[0], values[values.len() - 1]));
        histogram.of(0).quantile_errors(P, (values[0], values[values.len() - 1]))
    };
    assert_eq!(errors(&[3.0; 73]), [0.0; 7]);
    assert!(errors(&[3.0; 72])[0].is_nan() && errors(&[3.0; 72])[6].is_nan());
    assert!(errors(&[3.0; 3]).iter().all(|error| error.is_nan()) && errors(&[3.0; 4])[3] == 0.0);
}

#[test]
fn what_is_pulled_was_never_there() {
    let kept = [-3.0, 0.0, 1e-12, 5.0, 5.0, 1e300];
    let (mut histogram, mut expected) = (Histograms::new(8, 1), Histograms::new(8, 1));
    for pulled in [&[-1e-12, 0.0, 7.0, 1e300, 5.0][..], &[2.0; 9], &[-7.0, -3.0]] {
        let low = pulled.iter().copied().fold(f64::INFINITY, f64::min);
        let high = pulled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        histogram.push(0, pulled, (low, high));
        histogram.push(0, &kept, (-3.0, 1e300));
        histogram.pull(0, pulled);
        expected.push(0, &kept, (-3.0, 1e300));
    }
    let q = |h: &Histograms| (h.of(0).count(), h.of(0).quantiles(P, (-3.0, 1e300)).map(f64::to_bits));
    assert_eq!(q(&histogram), q(&expected));
}

#[test]
fn one_value_is_every_quantile_and_none_is_zero() {
    let mut histogram = Histograms::new(6, 1);
    assert_eq!(histogram.of(0).quantiles(P, (0.0, 0.0)), [0.0; 7]);
    histogram.push(0, &[22.7], (22.7, 22.7));
    assert_eq!(histogram.of(0).quantiles(P, (22.7, 22.7)), [22.7; 7]);
}

#[test]
fn few_values_and_atoms_have_the_quantiles_of_type_7() {
    for values in [vec![10.0, 1000.0], vec![3.0, 5.0, 9.0], vec![10.0; 10], {
        let mut atoms = vec![10.0; 40];
        atoms.extend([1000.0; 60]);
        atoms
    }] {
        let mut histogram = Histograms::new(8, 1);
        let extremes = (values[0], values[values.len() - 1]);
        histogram.push(0, &values, extremes);
        for (p, q) in P.into_iter().zip(histogram.of(0).quantiles(P, extremes)) {
            let expected = exact(&values, p);
            assert!((q - expected).abs() <= expected / 256.0, "{p} of {values:?}: {q}, not {expected}");
        }
    }
}

#[test]
fn zeros_negatives_and_huge_values_keep_their_order() {
    let mut histogram = Histograms::new(6, 1);
    histogram.push(0, &[-1e300, -5.0, 0.0, 1e-300, 5.0, 1e300], (-1e300, 1e300));
    let q = histogram.of(0).quantiles([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], (-1e300, 1e300));
    assert!(q.windows(2).all(|pair| pair[0] <= pair[1]), "{q:?}");
    assert_eq!((q[2], q[3]), (0.0, 0.0));
}

#[test]
fn memory_depends_on_the_spread_not_on_the_count() {
    let mut histogram = Histograms::new(6, 1);
    for _ in 0..100 {
        let values = lognormal(1_000);
        histogram.push(0, &values, (values[0], values[999]));
    }
    assert!(histogram.counters.width(0) <= 64 * 8);
}

/// A capacity that nearly all runs reach, and an event that lowers it in a few of them.
#[test]
fn a_figure_at_a_bound_has_the_bound_as_its_quantile_wherever_it_lies_in_its_bin() {
    for cap in [133_000.0, 22_000.0, 5.9, 1.0e6 / 3.0] {
        let values: Vec<f64> = (0..4_000).map(|run| if run % 333 == 7 { 0.9 * cap } else { cap }).collect();
        let moments = Moments::of(&values);
        let mut histograms = Histograms::new(7, 1);
        histograms.push(0, &values, moments.extremes().expect("there are values"));
        let found = histograms.of(0).quantiles([0.05, 0.5, 0.95], &moments);
        assert!(found.iter().all(|quantile| (quantile / cap - 1.0).abs() < 3e-5), "{cap}: {found:?}");
        let errors = histograms.of(0).quantile_errors([0.05, 0.5, 0.95], &moments);
        assert!(errors.iter().all(|error| error / cap < 1e-4), "{cap}: {errors:?}");
    }
}

/// Values that span less than a bin: quantiles are as far off as they say.
#[test]
fn what_isnt_known_inside_a_bin_is_part_of_the_error() {
    let values: Vec<f64> = (0..3_000).map(|run| 12_345.0 + 4.0 * (f64::from(run) / 2_999.0)).collect();
    let moments = Moments::of(&values);
    let mut histograms = Histograms::new(7, 1);
    histograms.push(0, &values, moments.extremes().expect("there are values"));
    let p = [0.05, 0.25, 0.5, 0.75, 0.95];
    let (found, errors) =
        (histograms.of(0).quantiles(p, &moments), histograms.of(0).quantile_errors(p, &moments));
    for ((p, found), error) in p.iter().zip(found).zip(errors) {
        let truth = 12_345.0 + 4.0 * p;
        assert!((found - truth).abs() < 2.0 * error && error < 2.0, "{p}: {found} ± {error}, not {truth}");
    }
}

#[test]
fn values_that_differ_by_rounding_only_have_their_mean_as_their_quantiles() {
    let values: Vec<f64> =
        (0..100).map(|run| if run % 2 == 0 { 22_000.0 } else { 21_999.999_999_999_993 }).collect();
    let moments = Moments::of(&values);
    let mut histograms = Histograms::new(7, 1);
    histograms.push(0, &values, moments.extremes().expect("there are values"));
    assert_eq!(histograms.of(0).quantiles([0.05, 0.5, 0.95], &moments), [moments.mean(); 3]);
}
