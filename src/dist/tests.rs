//! Properties that hold for every distribution, tested on one table of examples. Parameters, pinned bits,
//! draws, counts and oracles are tested in files of their own.

#![expect(clippy::float_cmp, reason = "atoms, bounds and constants are exact")]

mod counts;
mod draws;
mod oracles;
mod parameters;
mod pinned;
mod sets;

use super::{DistError, Distribution, Kind, families, family};
use sets::CONTINUOUS;

/// The tolerance of cdf(quantile(u)) = u and quantile(cdf(x)) = x: the accuracy that `dist` promises.
const INVERSE: f64 = 1e-9;
/// The tolerance of mean and sd compared with quadrature of the quantile function, which misses part of a
/// heavy tail.
const MOMENTS: f64 = 1e-5;

/// A number in the notation of scenarios.
fn number(text: &str) -> f64 {
    let (digits, unit) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 0.01));
    digits.parse::<f64>().expect("an example holds numbers") * unit
}

/// Builds an example of the registry with a minimal parser in place of the front end.
fn parse(text: &str) -> Result<Distribution, DistError> {
    let (name, rest) = text.split_once('(').expect("name(arguments)");
    let arguments: Vec<&str> = rest.strip_suffix(')').expect("closed").split(", ").collect();
    let (named, positional): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|text| text.contains('='));
    let named: Vec<(&str, &str)> = named.iter().filter_map(|text| text.split_once('=')).collect();
    if name == "quantiles" {
        return quantiles(&named);
    }
    if name == "sample" {
        return Distribution::empirical(&positional.into_iter().map(number).collect::<Vec<_>>());
    }
    let keys: Vec<&str> = named.iter().map(|pair| pair.0).collect();
    let form = family(name).and_then(|family| family.form_for(positional.len(), &keys)).expect("a form fits");
    let value = |(i, parameter): (usize, &super::Parameter)| {
        let by_name = || named.iter().find(|pair| pair.0 == parameter.name).map(|pair| number(pair.1));
        let given = positional.get(i).map(|text| number(text)).or_else(by_name);
        given.or(parameter.default).expect("given or by default")
    };
    form.distribution(&form.parameters.iter().enumerate().map(value).collect::<Vec<_>>())
}

fn quantiles(named: &[(&str, &str)]) -> Result<Distribution, DistError> {
    let bound = |key, none| named.iter().find(|pair| pair.0 == key).map_or(none, |pair| number(pair.1));
    let level = |key: &str| key.strip_prefix('p').map(|percent| number(percent) / 100.0);
    let points: Vec<(f64, f64)> =
        named.iter().filter_map(|&(key, value)| Some((level(key)?, number(value)))).collect();
    Distribution::quantiles(&points, bound("min", f64::NEG_INFINITY), bound("max", f64::INFINITY))
}

fn built(text: &str) -> Distribution {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A mixture with atoms, a gap and a tail.
fn with_atoms() -> Distribution {
    let atoms = Distribution::discrete(&[(3.0, 0.0), (1.0, 5.0), (1.0, 40.0)]).expect("valid");
    let parts = vec![(0.5, atoms), (0.3, built("uniform(3, 9)")), (0.2, built("lognormal(40, sd_log=0.6)"))];
    Distribution::mixture(parts).expect("valid")
}

fn mixture() -> Distribution {
    let parts = [(50.0, "uniform(0, 9)"), (30.0, "uniform(9, 24)"), (20.0, "lognormal(40, sd_log=0.6)")];
    Distribution::mixture(parts.map(|(weight, text)| (weight, built(text))).to_vec()).expect("valid")
}

/// Every example of the registry except counts, six sets of parameters for each family, the special syntaxes,
/// and some numerically difficult shapes.
fn table() -> Vec<(String, Distribution)> {
    let truncated = |text: &str, min, max| built(text).truncated(min, max).expect("valid");
    let narrow = [(1.0, "normal(0, 1e-6)"), (1.0, "normal(1000, 1)"), (1e-3, "pert(-5, -4, 3000)")];
    let narrow = narrow.map(|(weight, text)| (weight, built(text))).to_vec();
    let mut table: Vec<(String, Distribution)> = [
        ("truncate(normal(8%, 5%))", truncated("normal(8%, 5%)", 0.0, 0.3)),
        ("normal, last millionths", truncated("normal(0, 1)", 4.5, f64::INFINITY)),
        ("lognormal, cut above", truncated("lognormal(1, sd_log=2)", f64::NEG_INFINITY, 5.0)),
        ("lognormal, cut below", truncated("lognormal(1, sd_log=0.5)", 1.0, f64::INFINITY)),
        ("truncate(triangular)", truncated("triangular(0, 4, 30)", 2.0, 29.0)),
        ("mixture", mixture()),
        ("mixture, far apart", Distribution::mixture(narrow).expect("valid")),
        ("truncate(mixture)", mixture().truncated(2.0, 90.0).expect("valid")),
        ("5 to 10", Distribution::interval(5.0, 10.0).expect("valid")),
        ("-5 to 10", Distribution::interval(-5.0, 10.0).expect("valid")),
    ]
    .map(|(name, distribution)| (name.to_owned(), distribution))
    .into();
    let counts = ["poisson", "binomial", "negative-binomial", "geometric", "bernoulli"];
    let smooth = families().iter().filter(|family| !counts.contains(&family.name));
    let examples = smooth.flat_map(|family| family.forms).map(|form| form.example);
    let hard = ["beta(0.5, 0.5)", "beta(0.3, 4)", "beta(800, 9000)", "pert(0, 0, 1)", "triangular(0, 1, 1)"];
    let more =
        ["pert(1e6, 1000003, 1000010, lambda=50)", "lognormal(1, sd_log=0.001)", "uniform(-1e30, 1e30)"];
    let sets = CONTINUOUS.into_iter().flatten();
    table.extend(examples.chain(hard).chain(more).chain(sets).map(|text| (text.to_owned(), built(text))));
    table
}

fn uniforms() -> impl Iterator<Item = f64> {
    let middle = (1..400).map(|i| f64::from(i) / 400.0);
    middle.chain((2..10).flat_map(|k| [libm::pow(10.0, f64::from(-k)), 1.0 - libm::pow(10.0, f64::from(-k))]))
}

#[test]
fn the_cdf_inverts_the_quantile_and_the_quantile_the_cdf() {
    for (name, distribution) in table() {
        for u in uniforms() {
            let x = distribution.quantile(u);
            let p = distribution.cdf(x);
            // For a narrow law far from 0 the accuracy is limited by the distance of neighbouring floats, in
            // probability.
            let step = distribution.cdf(x + x.abs() * 1e-15) - distribution.cdf(x - x.abs() * 1e-15);
            assert!((p - u).abs() <= INVERSE + step, "{name}: cdf(quantile({u})) = {p}");
            let back = distribution.quantile(p);
            // In a far tail one bit of the cdf corresponds to many bits of the value.
            let [before, after] = [-1e-10, 1e-10].map(|shift| distribution.quantile(p + shift));
            let slack = INVERSE * x.abs().max(distribution.sd()) + (after - before);
            assert!((back - x).abs() <= slack, "{name}: quantile(cdf({x})) = {back}");
        }
    }
}

#[test]
fn the_quantile_never_falls_and_stays_finite_and_inside_the_support() {
    for (name, distribution) in table().into_iter().chain([("atoms".to_owned(), with_atoms())]) {
        let (low, high) = distribution.support();
        let edges = [0.0, 1e-320, 1e-300, 1e-100, 1e-16, 1e-12];
        let middle = (1..2000).map(|i| f64::from(i) / 2000.0);
        let upper = [1.0 - 1e-9, 1.0 - 1e-12, 1.0 - 1e-15, 1.0 - 1e-16, 1.0];
        let mut before = f64::NEG_INFINITY;
        for u in edges.into_iter().chain(middle).chain(upper) {
            let x = distribution.quantile(u);
            assert!(x.is_finite() && x >= before && x >= low && x <= high, "{name} at {u}: {before}, {x}");
            before = x;
        }
        assert!(distribution.quantile(f64::NAN).is_nan());
        assert_eq!((distribution.cdf(f64::NEG_INFINITY), distribution.cdf(f64::INFINITY)), (0.0, 1.0));
        assert!(distribution.cdf(low - 1e-9 * low.abs() - 1e-300) <= 0.0, "{name}");
        assert_eq!(distribution.cdf(high), 1.0, "{name}");
    }
}

/// Mean and sd by the midpoint rule in t with u = t³(10 − 15t + 6t²), which concentrates points at both ends.
fn integrated(distribution: &Distribution) -> (f64, f64) {
    const STEPS: u32 = 20_000;
    let points: Vec<(f64, f64)> = (0..STEPS)
        .map(|i| (f64::from(i) + 0.5) / f64::from(STEPS))
        .map(|t| {
            let weight = 30.0 * t * t * (1.0 - t) * (1.0 - t) / f64::from(STEPS);
            (weight, distribution.quantile(t * t * t * (10.0 - 15.0 * t + 6.0 * t * t)))
        })
        .collect();
    let mean: f64 = points.iter().map(|(weight, x)| weight * x).sum();
    let variance: f64 = points.iter().map(|(weight, x)| weight * (x - mean) * (x - mean)).sum();
    (mean, libm::sqrt(variance))
}

/// Whether a noticeable share of the variance is beyond the outermost billionths, where the midpoint rule
/// misses it.
fn is_heavy(distribution: &Distribution) -> bool {
    let far =
        [1e-9, 1.0 - 1e-9].map(|u| (distribution.quantile(u) - distribution.mean()) / distribution.sd());
    distribution.sd().is_infinite() || far.into_iter().any(|z| z * z * 1e-9 > 1e-7)
}

#[test]
fn mean_and_sd_are_the_integrals_of_the_quantile_function() {
    for (name, distribution) in table().into_iter().filter(|(_, distribution)| !is_heavy(distribution)) {
        let (mean, sd) = integrated(&distribution);
        // A jump or a steep rise inside one of the 20 000 steps causes an error of this size in the midpoint
        // rule.
        let slack = if name.contains("mixture") { 1e-3 } else { MOMENTS };
        assert!(
            (distribution.mean() - mean).abs() < slack * sd,
            "{name}: mean {} {mean}",
            distribution.mean()
        );
        assert!((distribution.sd() / sd - 1.0).abs() < 10.0 * slack, "{name}: sd {} {sd}", distribution.sd());
    }
}

#[test]
fn a_conversion_of_units_scales_everything() {
    for (name, distribution) in table().into_iter().chain([("atoms".to_owned(), with_atoms())]) {
        let (low, high) = distribution.support();
        for factor in [0.01, 1000.0] {
            let scaled = distribution.clone().scaled(factor);
            let size =
                distribution.mean().abs().max(distribution.quantile(0.75) - distribution.quantile(0.25));
            let same = |a: f64, b: f64| {
                a == b * factor || (a - b * factor).abs() <= 1e-12 * factor * size.max(b.abs())
            };
            assert!(same(scaled.mean(), distribution.mean()), "{name}");
            assert!(same(scaled.sd(), distribution.sd()), "{name}");
            assert_eq!(scaled.support(), (low * factor, high * factor), "{name}");
            for u in [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999] {
                let x = distribution.quantile(u);
                assert!(same(scaled.quantile(u), x), "{name} at {u}");
                assert!((scaled.cdf(x * factor) - distribution.cdf(x)).abs() < INVERSE, "{name} at {u}");
            }
        }
    }
}

#[test]
fn filling_a_slice_gives_the_bits_of_single_draws() {
    let uniforms: Vec<f64> = uniforms().chain([0.0, 1.0, f64::NAN]).collect();
    for (name, distribution) in table().into_iter().chain([("atoms".to_owned(), with_atoms())]) {
        let mut values = vec![0.0; uniforms.len()];
        distribution.fill(&uniforms, &mut values);
        for (&u, x) in uniforms.iter().zip(values) {
            let single = distribution.quantile(u);
            assert!(
                single.to_bits() == x.to_bits() || (u.is_nan() && x.is_nan()),
                "{name} at {u}: {x} {single}"
            );
        }
    }
}

#[test]
fn an_interval_is_a_lognormal_where_both_ends_are_positive() {
    let five_to_ten = Distribution::interval(5.0, 10.0).expect("valid");
    assert!((five_to_ten.mean() - 7.229_784).abs() < 5e-7 && (five_to_ten.sd() - 1.540_393).abs() < 5e-7);
    for (p05, p95) in [(5.0, 10.0), (-5.0, 10.0), (0.0, 1.0), (-3.0, -1.0)] {
        let interval = Distribution::interval(p05, p95).expect("valid");
        assert!((interval.cdf(p05) - 0.05).abs() < 1e-14 && (interval.cdf(p95) - 0.95).abs() < 1e-14);
    }
}

#[test]
fn a_uniform_within_a_jump_gives_the_atom() {
    let distribution = with_atoms();
    // The atom 0 has 0.3. Below 5 there are also part of the uniform and of the lognormal; the atom 5 has
    // 0.1.
    assert_eq!(distribution.quantile(0.3), 0.0);
    assert!(distribution.quantile(0.3 + 1e-5) > 3.0);
    let below_five = 0.3 + 0.3 / 3.0 + 0.2 * built("lognormal(40, sd_log=0.6)").cdf(5.0);
    assert!(distribution.quantile(below_five - 1e-9) < 5.0);
    for u in [below_five + 1e-12, below_five + 0.05, below_five + 0.1 - 1e-12] {
        assert_eq!(distribution.quantile(u), 5.0);
    }
    assert!(distribution.quantile(below_five + 0.1 + 1e-9) > 5.0);
    assert!(
        (distribution.probability_outside(5.0, 39.0) - (1.0 - distribution.cdf(39.0)) - below_five).abs()
            < 1e-15
    );
}

#[test]
fn a_truncated_discrete_keeps_only_its_values_inside() {
    let three = Distribution::discrete(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]).expect("valid");
    let upper = three.clone().truncated(1.5, 3.0).expect("valid");
    assert_eq!([0.0, 0.49, 0.51, 1.0].map(|u| upper.quantile(u)), [2.0, 2.0, 3.0, 3.0]);
    assert!((upper.mean() - 2.5).abs() < 1e-15 && (upper.sd() - 0.5).abs() < 1e-15);
    assert!((three.probability_outside(2.0, 2.0) - 2.0 / 3.0).abs() < 1e-15);
    assert!(three.truncated(1.1, 1.9).is_err());
}

#[test]
fn a_truncated_normal_has_its_known_moments() {
    // Half-normal: mean √(2/π), variance 1 − 2/π.
    let half = built("normal(0, 1)").truncated(0.0, f64::INFINITY).expect("valid");
    let two_by_pi = 2.0 / std::f64::consts::PI;
    assert!((half.mean() - libm::sqrt(two_by_pi)).abs() < 1e-12, "{}", half.mean());
    assert!((half.sd() - libm::sqrt(1.0 - two_by_pi)).abs() < 1e-12, "{}", half.sd());
    // Truncating twice equals truncating once.
    let twice = built("normal(0, 1)").truncated(-1.0, 5.0).and_then(|once| once.truncated(-2.0, 0.5));
    assert_eq!(twice, built("normal(0, 1)").truncated(-1.0, 0.5));
}

#[test]
fn heavy_tails_keep_their_moments_when_they_are_truncated() {
    // The part above twice the minimum is again a Pareto distribution, with infinite variance.
    let pareto = built("pareto(3, 1.5)").truncated(6.0, f64::INFINITY).expect("a third is left");
    assert!((pareto.mean() - 18.0).abs() < 1e-9 && pareto.sd().is_infinite(), "{}", pareto.mean());
    // Half of Student's t: E|T| = 2 √df Γ((df + 1) / 2) / (√π Γ(df / 2) (df - 1)), E T² = df / (df - 2).
    let ratio = libm::tgamma(1.75) / libm::tgamma(1.25);
    let mean = 2.0 * libm::sqrt(2.5 / std::f64::consts::PI) * ratio / 1.5;
    for (min, max, sign) in [(0.0, f64::INFINITY, 1.0), (f64::NEG_INFINITY, 0.0, -1.0)] {
        let half = built("student(0, 1, 2.5)").truncated(min, max).expect("a half is left");
        assert!((half.mean() - sign * mean).abs() < 1e-8, "{} {mean}", half.mean());
        assert!((half.sd() - libm::sqrt(5.0 - mean * mean)).abs() < 1e-6, "{}", half.sd());
    }
    let cut = built("pareto(1, 1.5)").truncated(f64::NEG_INFINITY, 100.0).expect("nearly all is left");
    // ∫ x dF = 1.5 ∫ x^−1.5 dx = 3 (1 − 1/√100), over 1 − 100^−1.5.
    assert!((cut.mean() - 2.7 / 0.999).abs() < 1e-9 && cut.sd().is_finite());
}

#[test]
fn no_spread_is_a_constant() {
    let constants = ["normal(3, 0)", "lognormal(3, sd_log=0)", "lognormal(mean=3, sd=0)", "uniform(3, 3)"];
    let more = ["triangular(3, 3, 3)", "pert(3, 3, 3)", "beta(2, 2, 3, 3)", "gamma(mean=3, sd=0)"];
    let newer =
        ["gumbel(3, 0)", "logistic(3, 0)", "logistic(mean=3, sd=0)", "student(3, 0, 5)", "sample(3, 3)"];
    for text in constants.into_iter().chain(more).chain(newer) {
        assert_eq!(built(text).is_constant(), Some(3.0), "{text}");
    }
    let parts = vec![(1.0, Distribution::constant(3.0)), (2.0, Distribution::constant(3.0))];
    let constant = Distribution::mixture(parts).expect("valid");
    assert_eq!(constant, Distribution::constant(3.0));
    assert_eq!((constant.mean(), constant.sd(), constant.quantile(0.3)), (3.0, 0.0, 3.0));
    assert_eq!(constant.clone().truncated(3.0, 4.0), Ok(constant.clone()));
    assert!(constant.truncated(4.0, 5.0).is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None, cases: 300, ..Default::default()
    })]

    /// Every distribution that the constructors accept is drawn from without panic, NaN or a value outside
    /// the support.
    #[test]
    fn what_is_built_can_be_drawn_from(
        numbers in proptest::collection::vec(proptest::num::f64::ANY, 4),
        plain in proptest::collection::vec(-3.0..30.0_f64, 4),
        exponents in proptest::collection::vec(-30_i32..30, 4),
        u in 0.0..=1.0_f64,
    ) {
        let scaled: Vec<f64> =
            plain.iter().zip(&exponents).map(|(x, &k)| x * libm::pow(10.0, f64::from(k))).collect();
        for given in [&numbers, &plain, &scaled] {
            for form in families().iter().flat_map(|family| family.forms) {
                let Ok(distribution) = form.distribution(&given[..form.parameters.len()]) else { continue };
                let (low, high) = distribution.support();
                let [below, above] = [u * 0.99, u].map(|u| distribution.quantile(u));
                proptest::prop_assert!(low <= below && below <= above && above <= high, "{distribution:?} at \
                     {u}");
                let p = distribution.cdf(above);
                proptest::prop_assert!((0.0..=1.0).contains(&p), "{distribution:?} at {u}: {p}");
                // Bounds are limited to 1e30, like every given number.
                let median = distribution.median().clamp(-1e30, 1e30);
                let half = distribution.truncated(median, f64::INFINITY);
                proptest::prop_assert!(half.is_ok_and(|half| half.quantile(u) >= median));
            }
        }
    }

    /// A mixture of any parts inverts its cdf: at a jump, u is between the cdf just below it and the cdf at
    /// it.
    #[test]
    fn any_mixture_is_inverted(
        parts in proptest::collection::vec((0.01..10.0_f64, 0_usize..6, -5.0..5.0_f64, -3_i32..3), 2..6),
        us in proptest::collection::vec(0.0..1.0_f64, 20),
        cut in 0.0..0.9_f64,
    ) {
        let part = |&(weight, kind, at, exponent): &(f64, usize, f64, i32)| {
            let spread = libm::pow(10.0, f64::from(exponent));
            let part = match kind {
                0 => Ok(Distribution::constant(libm::floor(at))),
                1 => {
                    let floor = libm::floor(at);
                    Distribution::discrete(&[(1.0, floor), (2.0, floor + 1.0), (1.0, 9.0)])
                }
                2 => Distribution::interval(at - spread, at + spread),
                3 => families()[4].forms[0].distribution(&[at, at + spread, at + 9.0 * spread, 4.0]),
                4 => Distribution::interval(at, at + spread)
                    .and_then(|part| part.truncated(at, f64::INFINITY)),
                _ => Distribution::mixture(vec![(1.0, mixture()), (2.0, Distribution::constant(at))]),
            };
            (weight, part.expect("valid"))
        };
        let whole = Distribution::mixture(parts.iter().map(part).collect()).expect("valid");
        let tail = whole.clone().truncated(whole.quantile(cut), f64::INFINITY).expect("a tenth is left");
        for distribution in [whole, tail] {
            let mut us = us.clone();
            us.sort_by(f64::total_cmp);
            let values: Vec<f64> = us.iter().map(|&u| distribution.quantile(u)).collect();
            for (pair, x) in us.windows(2).zip(values.windows(2)) {
                proptest::prop_assert!(x[0] <= x[1] || pair[1] - pair[0] < 1e-10, "{pair:?} {x:?}");
            }
            for (u, x) in us.into_iter().zip(values) {
                let below = distribution.probability_outside(x, f64::INFINITY);
                proptest::prop_assert!(below <= u + 1e-9 && u <= distribution.cdf(x) + 1e-9, "{u}: {below} \
                     at {x}");
            }
        }
    }
}
