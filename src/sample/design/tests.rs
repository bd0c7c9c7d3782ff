//! Tests of the designs: what holds for each of them, and how much error they leave.

use super::*;
use crate::sample::tests::agrees;
use crate::stats::{Moments, Replicates};
use std::collections::BTreeMap;

/// The uniforms of an input in the runs from `first` on.
fn uniforms(design: Design, seed: u64, name: &str, first: u64, count: usize) -> Vec<f64> {
    let mut out = vec![0.0; count];
    Layout::new(design, ["x1", "x2", "x3"]).points(seed, name).fill(first, &mut out);
    out
}

#[test]
fn designs_have_the_names_that_scenarios_write() {
    for design in Design::ALL {
        assert_eq!(design.name().parse(), Ok(design));
    }
    assert_eq!("Sobol".parse::<Design>(), Err(UnknownDesign));
    assert_eq!(Design::default(), Design::Random);
}

#[test]
fn a_run_has_the_same_uniform_in_whatever_window_it_is_dealt() {
    for design in Design::ALL {
        let all = uniforms(design, 3, "x1", 0, 20_000);
        assert_eq!(all[..10_000], uniforms(design, 3, "x1", 0, 10_000));
        for (first, count) in [(0, 1), (511, 1), (500, 40), (8_190, 1_100), (17_003, 5)] {
            let window = uniforms(design, 3, "x1", first as u64, count);
            assert_eq!(all[first..first + count], window, "{design:?} from {first}");
        }
    }
}

#[test]
fn the_uniforms_of_each_design_are_pinned() {
    // A change here changes every result: raise STREAM_VERSION and tell it in the guide's changes.
    let runs = [0, 1, 511, 512, 9_000];
    let words = |design| runs.map(|run| uniforms(design, 2024, "x1", run, 1)[0]);
    assert_eq!(Design::ALL.map(words), PINNED);
}

const PINNED: [[f64; 5]; 3] = [
    [
        0.333_071_163_342_155_36,
        0.047_662_083_524_359_63,
        0.809_613_121_031_243_7,
        0.437_425_012_236_559_16,
        0.738_566_837_252_145_6,
    ],
    [
        0.473_306_779_615_902_6,
        0.478_608_715_006_883_5,
        0.610_956_275_627_014,
        0.084_838_720_727_024_59,
        0.540_505_013_354_008,
    ],
    [
        0.823_851_415_266_349_1,
        0.105_833_778_202_219_06,
        0.361_211_182_372_284_2,
        0.074_862_830_748_246_07,
        0.033_915_907_832_390_4,
    ],
];

#[test]
fn a_block_of_a_latin_hypercube_has_one_uniform_in_each_stratum() {
    for block in 0..20 {
        for name in ["x1", "x2"] {
            let block = uniforms(Design::LatinHypercube, 5, name, block * BLOCK_RUNS, 512);
            let mut strata: Vec<u32> = (0..512).collect();
            for u in block {
                let place =
                    strata.iter().position(|&k| (f64::from(k)..f64::from(k + 1)).contains(&(u * 512.0)));
                strata.swap_remove(place.expect("no other uniform is in its stratum"));
            }
        }
    }
}

#[test]
fn uniforms_keep_the_random_digits_behind_those_of_the_design() {
    // A stratum is 2⁻⁹ wide, a box of 30 digits 2⁻³⁰: within it, the place is uniform.
    for (design, width) in [(Design::LatinHypercube, 512.0), (Design::Sobol, 1_073_741_824.0)] {
        let places = uniforms(design, 9, "x1", 0, 65_536);
        let places: Vec<f64> = places.into_iter().map(|u| (u * width).fract()).collect();
        let (mean, n) = (Moments::of(&places).mean(), 65_536.0);
        agrees(mean, 0.5, libm::sqrt(1.0 / (12.0 * n)));
    }
}

#[test]
fn inputs_of_a_latin_hypercube_are_independent_of_each_other() {
    // Of 20 blocks: a correlation of n pairs has the sd 1/√n, in a Latin hypercube as well.
    let [x, y] = ["x1", "x2"].map(|name| uniforms(Design::LatinHypercube, 8, name, 0, 10_240));
    let covariance: f64 = x.iter().zip(&y).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
    agrees(covariance * 12.0 / 10_240.0, 0.0, 1.0 / libm::sqrt(10_240.0));
}

#[test]
fn replicates_are_blocks_and_scramblings() {
    let of = |design: Design| [0, 511, 512, 8_191, 8_192, 9_000].map(|run| design.replicate_of(run));
    assert_eq!(of(Design::Random), [0, 511, 512, 8_191, 8_192, 9_000]);
    assert_eq!(of(Design::LatinHypercube), [0, 0, 1, 15, 16, 17]);
    assert_eq!(of(Design::Sobol), [0, 0, 1, 15, 0, 1]);
    let count = |runs: u64| Design::ALL.map(|design| design.replicates(runs));
    assert_eq!((count(1), count(600), count(10_000)), ([1, 1, 1], [600, 2, 2], [10_000, 20, 16]));
}

/// Values of Ishigami's function in the first runs, with a = 7 and b = 0.1. Mean 3.5, variance 13.8446, of which 3.3737 is
/// from x₁ and x₃ together.
fn ishigami(design: Design, seed: u64, runs: usize) -> Vec<f64> {
    let angles = |name| {
        let uniforms = uniforms(design, seed, name, 0, runs);
        uniforms.into_iter().map(|u| (2.0 * u - 1.0) * std::f64::consts::PI).collect::<Vec<f64>>()
    };
    let [x1, x2, x3] = ["x1", "x2", "x3"].map(angles);
    let value =
        |((x1, x2), x3): ((f64, f64), f64)| x1.sin() + 7.0 * x2.sin().powi(2) + 0.1 * x3.powi(4) * x1.sin();
    x1.into_iter().zip(x2).zip(x3).map(value).collect()
}

const MEAN: f64 = 3.5;
const VARIANCE: f64 = 13.844_587_940_719_254;

/// The mean square of the error of the mean over so many seeds.
fn mean_square_error(design: Design, runs: usize, seeds: u64) -> f64 {
    let error = |seed| Moments::of(&ishigami(design, seed, runs)).mean() - MEAN;
    (0..seeds).map(error).map(|error| error * error).sum::<f64>() / seeds as f64
}

#[test]
fn a_random_mean_has_the_variance_of_independent_runs() {
    // A variance over 400 seeds has a relative error of √(2/400).
    let exact = VARIANCE / 512.0;
    agrees(mean_square_error(Design::Random, 512, 400), exact, exact * libm::sqrt(2.0 / 400.0));
}

#[test]
fn a_latin_hypercube_leaves_what_two_inputs_do_together() {
    // 13.8446/3.3737 = 4.10; 3.83 for 1,000 runs, whose second block has no run in 24 of its strata. Over 1,250 seeds the ratio
    // has a relative error of √(2/1250) = 4%: the bounds are four to six of these away, a false alarm in some 20,000.
    for runs in [1_000, 1_024] {
        let ratio = VARIANCE / runs as f64 / mean_square_error(Design::LatinHypercube, runs, 1250);
        assert!((3.2..5.0).contains(&ratio), "{runs} runs: {ratio}");
    }
}

#[test]
fn the_error_of_sobol_falls_faster_than_that_of_random_runs() {
    // The mean square error of 8,192 and of 131,072 runs: 16 times as many. With random runs its root falls by 4, here by
    // some 40. Over 24 seeds the ratio of the roots has a relative error of √(1/24) = 20%.
    let root = |runs| libm::sqrt(mean_square_error(Design::Sobol, runs, 24));
    let ratio = root(8_192) / root(131_072);
    assert!(ratio > 12.0, "{ratio}");
}

#[test]
fn sobol_leaves_far_less_error_than_a_latin_hypercube() {
    // Of 16 replicates of 512 points: some 0.1% of the variance of random runs. Over 100 seeds a mean square has a relative
    // error of √(2/100) = 14%.
    let ratio = VARIANCE / 8_192.0 / mean_square_error(Design::Sobol, 8_192, 100);
    assert!(ratio > 200.0, "{ratio}");
}

#[test]
fn the_spread_of_replicates_says_how_large_the_error_is() {
    // 10,000 runs: 20 blocks of which the last isn't full, and 16 scramblings of three different lengths. Over 100 seeds the
    // mean square error has a relative error of √(2/100), the mean of the stated squares one of √(2/(100·15)): together
    // 15%, so that the bounds are five of them away.
    for design in [Design::LatinHypercube, Design::Sobol] {
        let (mut squares, mut stated) = (0.0, 0.0);
        for seed in 0..100 {
            let values = ishigami(design, seed, 10_000);
            squares += (Moments::of(&values).mean() - MEAN).powi(2);
            stated += error_of_replicates(design, &values).powi(2);
        }
        let ratio = squares / stated;
        assert!((0.25..1.75).contains(&ratio), "{design:?}: {ratio}");
    }
}

/// The standard error of the mean of these runs.
fn error_of_replicates(design: Design, values: &[f64]) -> f64 {
    let mut parts: BTreeMap<u64, Moments> = BTreeMap::new();
    for (block, first_run) in values.chunks(512).zip((0..).step_by(512)) {
        parts.entry(design.replicate_of(first_run)).or_default().merge(&Moments::of(block));
    }
    let mut replicates = Replicates::new(values.len() as u64);
    for part in parts.values() {
        replicates.add(part.count(), part.mean());
    }
    replicates.standard_error()
}
