//! Draws follow their cdf: Kolmogorov–Smirnov tests for smooth laws, chi-square tests for counts.

use super::sets::{CONTINUOUS, COUNTS};
use super::{Distribution, built, table};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// A generator for tests: `SplitMix64`, written out so that its numbers never change.
struct SplitMix(u64);

impl rand::TryRng for SplitMix {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::try_from(self.try_next_u64()? >> 32).expect("32 bits are left"))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.try_next_u64()?.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// Uniforms from one seed, in increasing order. Draws from them are then sorted, which saves sorting them for
/// every distribution and changes neither test.
fn sorted_uniforms(draws: usize) -> Vec<f64> {
    use rand_distr::Distribution as _;
    let mut generator = SplitMix(20_260_729);
    let mut uniforms: Vec<f64> = (0..draws).map(|_| rand_distr::Open01.sample(&mut generator)).collect();
    uniforms.sort_by(f64::total_cmp);
    uniforms
}

/// An upper bound of the Kolmogorov–Smirnov distance, times √n.
///
/// The cdf is evaluated at every `step`th draw; between two of them the distance can grow by at most step/n,
/// which is added.
fn distance(name: &str, distribution: &Distribution, uniforms: &[f64], step: usize) -> f64 {
    let mut draws = vec![0.0; uniforms.len()];
    distribution.fill(uniforms, &mut draws);
    assert!(draws.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12 * pair[0].abs()), "{name} falls");
    let n = draws.len() as f64;
    let at = |i: usize| (distribution.cdf(draws[i]) - (i as f64 + 0.5) / n).abs();
    let largest = (0..draws.len()).step_by(step).map(at).fold(0.0, f64::max);
    libm::sqrt(n) * (largest + step as f64 / n)
}

/// For a correct implementation √n·D > 2.6935 has the probability 2·exp(−2·2.6935²) = 1e-6: with some 200
/// distances, a false alarm for one of 5000 seeds. The seed is fixed.
const CRITICAL: f64 = 2.6935;

/// With shapes in the thousands a draw sums hundreds of terms: these have a separate test, which runs in
/// parallel with the others.
const SLOW: [&str; 3] = ["pert(0, 4, 30, lambda=1000)", "beta(10000, 10000)", "gamma(10000, 1e20)"];

fn follow<'n>(distributions: impl IntoIterator<Item = (&'n str, Distribution)>) {
    let uniforms = sorted_uniforms(1_000_000);
    for (name, distribution) in distributions {
        let distance = distance(name, &distribution, &uniforms, 100);
        assert!(distance < CRITICAL, "{name}: √n·D = {distance}");
    }
}

fn quick(families: &[[&'static str; 6]]) -> impl Iterator<Item = (&'static str, Distribution)> {
    families.concat().into_iter().filter(|name| !SLOW.contains(name)).map(|name| (name, built(name)))
}

#[test]
fn a_million_draws_follow_the_cdf_in_the_first_half_of_the_families() {
    follow(quick(&CONTINUOUS[..7]));
}

#[test]
fn a_million_draws_follow_the_cdf_in_the_second_half_of_the_families() {
    follow(quick(&CONTINUOUS[7..]));
}

#[test]
fn a_million_draws_follow_the_cdf_where_a_draw_sums_hundreds_of_terms() {
    follow(SLOW.map(|name| (name, built(name))));
}

/// Mixtures and truncations of various distributions, six of each.
fn made_of_others() -> Vec<(&'static str, Distribution)> {
    let mixed = |parts: &[(f64, &str)]| {
        let parts = parts.iter().map(|&(weight, name)| (weight, built(name))).collect();
        Distribution::mixture(parts).expect("valid")
    };
    let cut = |name: &str, min, max| built(name).truncated(min, max).expect("valid");
    let far = f64::INFINITY;
    vec![
        ("mixture that overlaps", mixed(&[(50.0, "normal(0, 1)"), (50.0, "normal(1, 2)")])),
        ("mixture with a gap", mixed(&[(1.0, "uniform(0, 1)"), (3.0, "uniform(5, 6)")])),
        ("mixture of scales", mixed(&[(1.0, "normal(0, 1e-6)"), (1.0, "normal(1000, 1)")])),
        ("mixture with a rare part", mixed(&[(999.0, "gamma(2.5, 4)"), (1.0, "lognormal(900, sd_log=0.1)")])),
        ("mixture of tails", mixed(&[(2.0, "pareto(1, 2)"), (1.0, "student(0, 1, 2)")])),
        ("mixture of three", super::mixture()),
        ("truncated below", cut("normal(8%, 5%)", 0.0, far)),
        ("truncated on both sides", cut("lognormal(40, sd_log=0.6)", 20.0, 90.0)),
        ("truncated to a tail", cut("normal(0, 1)", 4.5, far)),
        ("truncated above", cut("pareto(1, 1.01)", f64::NEG_INFINITY, 100.0)),
        ("truncated quantiles", cut("quantiles(p10=10, p50=20, p90=45)", 0.0, 80.0)),
        ("truncated mixture", super::mixture().truncated(2.0, 90.0).expect("valid")),
    ]
}

#[test]
fn a_million_draws_follow_the_cdf_of_mixtures_and_truncations() {
    follow(made_of_others());
}

#[test]
fn a_hundred_thousand_draws_follow_the_cdf_for_everything_in_the_table() {
    let uniforms = sorted_uniforms(100_000);
    for (name, distribution) in table() {
        let distance = distance(&name, &distribution, &uniforms, 10);
        assert!(distance < CRITICAL, "{name}: √n·D = {distance}");
    }
}

/// Pearson's chi-square over cells with at least 20 expected draws each, compared with its quantile of 1 −
/// 1e-6.
fn chi_square(name: &str, distribution: &Distribution, uniforms: &[f64]) -> (f64, f64) {
    let mut draws = vec![0.0; uniforms.len()];
    distribution.fill(uniforms, &mut draws);
    assert!(draws.is_sorted(), "{name} falls");
    let n = draws.len() as f64;
    let (mut sum, mut cells, mut counted, mut upto) = (0.0, 0, 0, 0.0);
    while counted < draws.len() {
        // The cell ends at the smallest quantile that makes it large enough; the last cell takes the rest.
        let level = upto + 20.0 / n;
        let is_last = level + 20.0 / n >= 1.0 || cells == 2000;
        let end = if is_last { f64::INFINITY } else { distribution.quantile(level.max(upto + 5e-4)) };
        let p = distribution.cdf(end);
        let draws_upto = draws.partition_point(|&x| x <= end);
        let (expected, got) = (n * (p - upto), (draws_upto - counted) as f64);
        if expected > 0.0 {
            sum += (got - expected) * (got - expected) / expected;
            cells += 1;
        }
        (counted, upto) = (draws_upto, p);
        if is_last {
            break;
        }
    }
    let freedom = f64::from(cells - 1).max(1.0);
    (sum, ChiSquared::new(freedom).expect("valid").inverse_cdf(1.0 - 1e-6))
}

#[test]
fn a_million_counts_follow_their_chances() {
    let uniforms = sorted_uniforms(1_000_000);
    let weighted: [&[(f64, f64)]; 6] = [
        &[(50.0, 0.0), (30.0, 6.0), (20.0, 12.0)],
        &[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)],
        &[(1e-4, -1.0), (1.0, 5.0)],
        &[(1.0, 1e30), (2.0, -1e30)],
        &[(3.0, 4.0), (1.0, 0.0), (3.0, 4.0), (1.0, 0.0)],
        &[(0.1, 1e-9), (0.2, 2e-9), (0.3, 3e-9), (0.4, 4e-9)],
    ];
    let discrete = weighted.map(|values| Distribution::discrete(values).expect("valid"));
    let discrete = discrete.into_iter().map(|distribution| ("discrete", distribution));
    for (name, distribution) in COUNTS.concat().into_iter().map(|name| (name, built(name))).chain(discrete) {
        let (sum, critical) = chi_square(name, &distribution, &uniforms);
        assert!(sum < critical, "{name}: chi-square {sum}, at most {critical}");
    }
}
