//! Tests of Sobol points and their scrambling.

use super::*;

fn dimension_of(index: usize) -> Directions {
    directions().nth(index).expect("there are 1,024")
}

/// The points 0, 1, … of a dimension under the scrambling of a replicate, as integers in units of 2⁻³⁰.
fn scrambled(name: &str, dimension: usize, replicate: u64, count: u64) -> Vec<u64> {
    let directions = dimension_of(dimension);
    let coins = Stream::new(7, name).within(replicate, SCRAMBLE);
    (0..count).map(|number| u64::from(scramble(point(number, &directions), coins))).collect()
}

#[test]
fn the_direction_numbers_are_those_of_joe_and_kuo() {
    // SciPy 1.17 has the same table: `qmc.Sobol(1024, scramble=False, bits=30)`.
    let all: Vec<Directions> = directions().collect();
    assert_eq!(all.len(), 1024);
    let hash = |hash: u64, &number: &u32| {
        hash.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(number))
    };
    assert_eq!(all.iter().flatten().fold(0, hash), HASH);
    let of_511 = [0, 1, 2, 9, 255, 1023].map(|dimension: usize| point(256, &all[dimension]));
    assert_eq!(of_511, [2_097_152, 538_968_064, 438_304_768, 216_006_656, 203_423_744, 551_550_976]);
}

const HASH: u64 = 1_413_326_433_397_705_526;

#[test]
fn every_dimension_of_every_replicate_has_one_point_in_each_stratum() {
    for dimension in [0, 1, 2, 17, 300, 1023] {
        for replicate in 0..16 {
            let points = scrambled("x", dimension, replicate, 2048);
            for m in [1, 5, 9, 10, 11] {
                for block in points.chunks(1 << m) {
                    let mut strata: Vec<u64> = block.iter().map(|point| point >> (DIGITS - m)).collect();
                    strata.sort_unstable();
                    assert!(strata.into_iter().eq(0..1 << m), "dimension {dimension}, 2^{m} points");
                }
            }
        }
    }
}

#[test]
fn the_first_two_dimensions_have_one_point_in_every_box_of_every_shape() {
    for replicate in 0..16 {
        let [xs, ys] =
            [("x", 0), ("y", 1)].map(|(name, dimension)| scrambled(name, dimension, replicate, 4096));
        for m in [4, 9, 12] {
            for wide in 0..=m {
                let high = m - wide;
                for (xs, ys) in xs.chunks(1 << m).zip(ys.chunks(1 << m)) {
                    let boxes =
                        xs.iter().zip(ys).map(|(x, y)| (x >> (DIGITS - wide)) << high | y >> (DIGITS - high));
                    let mut boxes: Vec<u64> = boxes.collect();
                    boxes.sort_unstable();
                    assert!(boxes.into_iter().eq(0..1 << m), "boxes of 2^-{wide} × 2^-{high}");
                }
            }
        }
    }
}

/// Chi-square of counts whose expectations are equal.
fn chi_square(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum()
}

#[test]
fn the_coins_of_a_scrambling_are_fair_and_independent() {
    // The 7 coins of the first three digits, read off the scrambling of 8 numbers: 128 trees, all equally
    // likely. 127 degrees of freedom: above 212 or below 63 by chance 2 times in a million. The same for the
    // coins after a prefix of 6 digits.
    for (prefix, above) in [(0, 0), (0b10_1101, 6), (0b1011_0100_0000_0001_1010_1101, 24)] {
        let mut trees = vec![0_u32; 128];
        for replicate in 0..65_536 {
            let coins = Stream::new(1, "x").within(replicate, SCRAMBLE);
            let scrambled = [0, 2, 4, 6].map(|three: u32| {
                let shift = DIGITS - above - 3;
                let digits = if above == 0 { 0 } else { prefix << (DIGITS - above) };
                (scramble(digits | three << shift, coins) >> shift & 7) ^ three
            });
            let [a, b, c, d] = scrambled;
            let tree = a | (b & 1) << 3 | (c & 3) << 4 | (d & 1) << 6;
            trees[tree as usize] += 1;
        }
        let chi = chi_square(&trees);
        assert!((63.0..212.0).contains(&chi), "after {above} digits: chi-square {chi}");
    }
}

#[test]
fn points_are_uniform_over_the_replicates() {
    // The position of point 300 in 65,536 replicates of one dimension, in 256 cells: above 370 by chance 3
    // times in a million.
    let directions = dimension_of(40);
    let mut cells = vec![0_u32; 256];
    for replicate in 0..65_536 {
        let coins = Stream::new(3, "x").within(replicate, SCRAMBLE);
        cells[(scramble(point(300, &directions), coins) >> (DIGITS - 8)) as usize] += 1;
    }
    let chi = chi_square(&cells);
    assert!((160.0..370.0).contains(&chi), "chi-square {chi}");
}

#[test]
fn each_replicate_begins_with_the_first_point() {
    // A replicate of four runs, of eight, and of 512.
    let directions = dimension_of(3);
    for (first_run, runs) in [(8, 4), (512, 8), (65_536, 512)] {
        let mut points = points(Stream::new(7, "x"), &directions);
        let found: Vec<u64> =
            (first_run..first_run + runs).map(|run| points(run).word >> (u64::BITS - DIGITS)).collect();
        assert_eq!(found, scrambled("x", 3, first_run, runs));
    }
}
