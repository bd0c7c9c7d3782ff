//! Tests of copulas, in 64,000 to 256,000 runs of uniform inputs.

use super::*;
use crate::batch::InputId;
use crate::dist::Distribution;
use crate::sample::tests::agrees;
use crate::sample::{CorrelationMatrix, Design, InputSpec, Layout, Sampler};
use crate::stats::Moments;

const WIDTH: usize = 64;
const GAUSSIAN: CopulaFamily = CopulaFamily::Gaussian;
const T4: CopulaFamily = CopulaFamily::T { df: 4.0 };

fn copula(members: &[usize], family: CopulaFamily, correlations: &[(usize, usize, f64)]) -> CopulaSpec {
    let mut matrix = CorrelationMatrix::independent(members.len());
    for &(one, other, correlation) in correlations {
        matrix.correlate(one, other, correlation);
    }
    let cholesky = matrix.cholesky().expect("these are possible together");
    CopulaSpec { members: members.iter().map(|&index| InputId(index)).collect(), cholesky, family }
}

fn pair(family: CopulaFamily, correlation: f64) -> CopulaSpec {
    copula(&[0, 1], family, &[(0, 1, correlation)])
}

/// The uniforms of these inputs in the first runs.
fn draw(names: &[&str], copulas: &[CopulaSpec], runs: usize) -> Vec<Vec<f64>> {
    let input =
        |&name: &&str| InputSpec { path: name.to_owned(), distribution: Distribution::unit_uniform() };
    let inputs: Vec<InputSpec> = names.iter().map(input).collect();
    let layout = Layout::new(Design::Random, []);
    let mut sampler = Sampler::<WIDTH>::new(17, &inputs, &[], &[], copulas, &layout);
    let mut uniforms = vec![Vec::new(); names.len()];
    for first in (0..runs as u64).step_by(WIDTH) {
        for (uniforms, values) in uniforms.iter_mut().zip(&sampler.begin(first).per_run) {
            uniforms.extend(values.0);
        }
    }
    uniforms
}

/// The rank correlation of two uniforms with its standard error: 12·E (u − ½)(v − ½).
fn spearman(u: &[f64], v: &[f64]) -> (f64, f64) {
    let products: Vec<f64> = u.iter().zip(v).map(|(u, v)| 12.0 * (u - 0.5) * (v - 0.5)).collect();
    let moments = Moments::of(&products);
    (moments.mean(), moments.mean_error().standard_error())
}

/// Kendall's τ with its standard error, from disjoint pairs of runs: each is concordant with probability (1 +
/// τ)/2.
fn kendall(u: &[f64], v: &[f64]) -> (f64, f64) {
    let pairs = u.chunks(2).zip(v.chunks(2));
    let signs: Vec<f64> = pairs.map(|(u, v)| ((u[0] - u[1]) * (v[0] - v[1])).signum()).collect();
    let moments = Moments::of(&signs);
    (moments.mean(), moments.mean_error().standard_error())
}

#[test]
fn a_gaussian_copula_has_the_rank_correlations_of_normals() {
    let uniforms = draw(&["a", "b"], &[pair(GAUSSIAN, 0.7)], 256_000);
    let (rho, error) = spearman(&uniforms[0], &uniforms[1]);
    agrees(rho, 0.682_911, error);
    let (tau, error) = kendall(&uniforms[0], &uniforms[1]);
    agrees(tau, 0.493_633, error);
}

#[test]
fn a_stated_rank_correlation_is_what_comes_out() {
    assert!((parameter_of_rank_correlation(0.682_910_503_824_088_7) - 0.7).abs() < 1e-15);
    assert_eq!(
        [-1.0, 0.0].map(parameter_of_rank_correlation),
        [-1.0, 0.0].map(|r: f64| r * (1.0 - f64::EPSILON / 2.0))
    );
    let uniforms = draw(&["a", "b"], &[pair(GAUSSIAN, parameter_of_rank_correlation(-0.4))], 64_000);
    let (rho, error) = spearman(&uniforms[0], &uniforms[1]);
    agrees(rho, -0.4, error);
}

#[test]
fn a_t_copula_has_the_tail_dependence_of_students_t() {
    // In the limit of the tail it is 2·t₅(−√(5·0.5/1.5)); at 1% P(V < 1% | U < 1%) is still 0.287678 (SciPy,
    // by quadrature), in a Gaussian copula with the same parameter 0.1294. In both tails together 5,120 runs
    // are expected.
    let limit = 2.0 * StudentT::new(5.0).cdf(-libm::sqrt(2.5 / 1.5));
    assert!((limit - 0.253_170).abs() < 1e-6);
    let uniforms = draw(&["a", "b"], &[pair(T4, 0.5)], 256_000);
    let both = uniforms[0].iter().zip(&uniforms[1]);
    let sides = both.flat_map(|(&u, &v)| [(u, v), (1.0 - u, 1.0 - v)]);
    let in_tail: Vec<f64> = sides.filter(|side| side.0 < 0.01).map(|side| side.1).collect();
    let share = in_tail.iter().filter(|&&v| v < 0.01).count() as f64 / in_tail.len() as f64;
    agrees(share, 0.287_678, libm::sqrt(0.2877 * 0.7123 / in_tail.len() as f64));
}

#[test]
fn kendalls_tau_is_the_same_for_both_families() {
    // τ = 2/π·arcsin 0.5 = 1/3.
    for family in [GAUSSIAN, T4] {
        let uniforms = draw(&["a", "b"], &[pair(family, 0.5)], 64_000);
        let (tau, error) = kendall(&uniforms[0], &uniforms[1]);
        agrees(tau, 1.0 / 3.0, error);
    }
}

#[test]
fn the_third_member_goes_with_both_others_as_stated() {
    let correlations = [(0, 1, 0.6), (0, 2, -0.3), (1, 2, 0.4)];
    for family in [GAUSSIAN, T4] {
        let uniforms = draw(&["a", "b", "c"], &[copula(&[0, 1, 2], family, &correlations)], 128_000);
        for (one, other, correlation) in correlations {
            let (tau, error) = kendall(&uniforms[one], &uniforms[other]);
            agrees(tau, 2.0 / std::f64::consts::PI * libm::asin(correlation), error);
        }
    }
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell from 0 to 255")]
fn every_member_stays_uniform() {
    // Chi-square of 256 cells: above 370 by chance 3 times in a million.
    for family in [GAUSSIAN, T4, CopulaFamily::T { df: 1.0 }] {
        let group = copula(&[0, 1, 2], family, &[(0, 1, 0.8), (1, 2, -0.5)]);
        for uniforms in draw(&["a", "b", "c"], &[group], 64_000) {
            let mut cells = [0.0_f64; 256];
            for u in uniforms {
                cells[(u * 256.0) as usize] += 1.0;
            }
            let chi: f64 = cells.iter().map(|count| (count - 250.0) * (count - 250.0) / 250.0).sum();
            assert!((160.0..370.0).contains(&chi), "{family:?}: chi-square {chi}");
        }
    }
}

#[test]
fn an_input_behind_or_beside_a_group_changes_no_draw_of_its_members() {
    for family in [GAUSSIAN, T4] {
        let alone = draw(&["a", "b"], &[], 640);
        let two = draw(&["a", "b"], &[pair(family, 0.7)], 640);
        assert_eq!(two[0], alone[0], "the first is drawn as it would be alone");
        assert_ne!(two[1], alone[1]);
        let beside = draw(&["new", "a", "b"], &[copula(&[1, 2], family, &[(0, 1, 0.7)])], 640);
        assert_eq!(beside[1..], two);
        let group = copula(&[0, 1, 2], family, &[(0, 1, 0.7), (1, 2, 0.5)]);
        let behind = draw(&["a", "b", "c"], &[group], 640);
        assert_eq!(behind[..2], two);
    }
}

#[test]
fn members_without_correlation_keep_their_uniforms_up_to_rounding() {
    let alone = draw(&["a", "b"], &[], 6400);
    let two = draw(&["a", "b"], &[pair(GAUSSIAN, 0.0)], 6400);
    for (u, same) in two[1].iter().zip(&alone[1]) {
        assert!((u - same).abs() < 1e-15, "{u} for {same}");
    }
}
