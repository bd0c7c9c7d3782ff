//! Tests of the designs: what holds for each of them, and how much error they leave.

use super::*;
use crate::sample::tests::agrees;
use crate::stats::{Moments, Replicates};

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
fn a_run_has_the_same_uniform_in_whatever_window_it_is_drawn() {
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
    // A change here changes every result: raise STREAM_VERSION and add it to the guide's changes.
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
        0.833_267_790_835_538_9,
        0.511_915_520_881_089_8,
        0.202_403_280_257_810_96,
        0.929_678_126_529_569_8,
        0.919_832_553_416_032_4,
    ],
    [
        0.823_851_415_266_349_1,
        0.105_833_778_202_219_06,
        0.034_458_648_236_108_114,
        0.858_915_670_250_938_3,
        0.882_004_263_567_334_7,
    ],
];

#[test]
fn a_replicate_of_a_latin_hypercube_has_one_uniform_in_each_stratum() {
    for (first_run, runs) in [(0, 4_u32), (508, 4), (1_024, 16), (1_040, 16), (8_192, 128), (65_536, 512)] {
        for name in ["x1", "x2"] {
            let replicate = uniforms(Design::LatinHypercube, 5, name, first_run, runs as usize);
            let mut strata: Vec<u32> = (0..runs).collect();
            for u in replicate {
                let is_in = |&k: &u32| (f64::from(k)..f64::from(k + 1)).contains(&(u * f64::from(runs)));
                let index = strata.iter().position(is_in);
                strata.swap_remove(index.expect("no other uniform is in its stratum"));
            }
        }
    }
}

#[test]
fn uniforms_keep_the_random_digits_behind_those_of_the_design() {
    // A stratum is 2⁻⁹ wide, a box of 30 digits 2⁻³⁰: within it, the position is uniform.
    for (design, width) in [(Design::LatinHypercube, 512.0), (Design::Sobol, 1_073_741_824.0)] {
        let positions = uniforms(design, 9, "x1", 0, 65_536);
        let positions: Vec<f64> = positions.into_iter().map(|u| (u * width).fract()).collect();
        let (mean, n) = (Moments::of(&positions).mean(), 65_536.0);
        agrees(mean, 0.5, libm::sqrt(1.0 / (12.0 * n)));
    }
}

#[test]
fn inputs_of_a_latin_hypercube_are_independent_of_each_other() {
    // In 20 blocks: the correlation of n pairs has the sd 1/√n, in a Latin hypercube as well.
    let [x, y] = ["x1", "x2"].map(|name| uniforms(Design::LatinHypercube, 8, name, 0, 10_240));
    let covariance: f64 = x.iter().zip(&y).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
    agrees(covariance * 12.0 / 10_240.0, 0.0, 1.0 / libm::sqrt(10_240.0));
}

#[test]
fn replicates_become_longer_and_more_as_the_runs_double() {
    let runs = [0, 6, 511, 519, 1_024, 8_191, 8_192, 32_768, 65_535, 100_000];
    assert_eq!(runs.map(|run| Design::Random.replicate_of(run)), runs);
    for design in [Design::LatinHypercube, Design::Sobol] {
        let first = [0, 4, 508, 512, 1_024, 8_128, 8_192, 32_768, 65_024, 99_840];
        assert_eq!(runs.map(|run| design.replicate_of(run)), first);
        assert_eq!(runs.map(|run| design.replicate_runs(run)), [4, 4, 4, 8, 16, 64, 128, 512, 512, 512]);
        assert_eq!(design.lengths(&[0, 1, 3, 5, 6, 7, 511, 512, 513, 519, 520]), [3, 3, 1, 3, 1]);
    }
    assert_eq!(Design::Random.lengths(&[0, 1, 3]), [3]);
}

/// Values of Ishigami's function in the first runs, with a = 7 and b = 0.1. Mean 3.5, variance 13.8446, of
/// which 3.3737 is from x₁ and x₃ together.
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

/// The mean squared error of the mean over these seeds.
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
    // The interaction of x₁ and x₃ is 1/4.10 of the variance; the first replicates, too short for the waves
    // of x₂, leave more. Over 400 seeds the ratio has a relative error of √(2/400) = 7%.
    let ratio = VARIANCE / 32_768.0 / mean_square_error(Design::LatinHypercube, 32_768, 400);
    assert!((2.8..5.2).contains(&ratio), "{ratio}");
}

#[test]
fn the_error_of_sobol_falls_faster_than_that_of_random_runs() {
    // The root mean square error of 4,096 and of 65,536 runs: 16 times as many. With random runs it falls by
    // 4. Over 48 seeds the ratio of the roots has a relative error of √(1/48) = 14%.
    let root = |runs| libm::sqrt(mean_square_error(Design::Sobol, runs, 48));
    let ratio = root(4_096) / root(65_536);
    assert!(ratio > 8.0, "{ratio}");
}

#[test]
fn sobol_leaves_less_error_than_a_latin_hypercube() {
    // Over 200 seeds a mean square has a relative error of √(2/200) = 10%.
    let [latin, sobol] =
        [Design::LatinHypercube, Design::Sobol].map(|design| mean_square_error(design, 32_768, 200));
    assert!(latin > 4.0 * sobol, "{latin} {sobol}");
}

#[test]
fn the_spread_of_replicates_says_how_large_the_error_is() {
    // 10,000 runs: replicates of six lengths, the last of which isn't full. Over 400 seeds the mean square
    // error has a relative error of √(2/400) = 7%.
    for design in [Design::LatinHypercube, Design::Sobol] {
        let (mut squares, mut stated) = (0.0, 0.0);
        for seed in 0..400 {
            let values = ishigami(design, seed, 10_000);
            let mean = Moments::of(&values).mean();
            let lengths = design.lengths(&(0..10_000).collect::<Vec<_>>());
            squares += (mean - MEAN).powi(2);
            stated += Replicates::of(&values, mean, &lengths).mean_error().standard_error().powi(2);
        }
        let ratio = squares / stated;
        assert!((0.7..1.3).contains(&ratio), "{design:?}: {ratio}");
    }
}
