//! Named streams: a key from the seed and a name, and a mixer from (key, run, step) to 64 bits.

use std::convert::Infallible;

/// The version of everything that turns a seed into draws. It is part of every result: two results are
/// comparable run by run only if it is equal. Any change of a pinned value in the tests requires a new
/// version.
pub const STREAM_VERSION: u32 = 2;

/// 2^64 divided by the golden ratio, odd: its multiples visit all 64-bit words, and neighbours are far apart.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The draws of one named quantity under one seed.
///
/// # Formula
/// With `row = (mix(k₀ + step·γ), mix(k₁ ^ step·γ))`, the word of a run is `mix(mix(row₀ + run·γ) ^ row₁)`,
/// where `mix` is the 64-bit finaliser `mx3` (J. Maiga, 2020) and γ the golden ratio's odd word. Two full
/// mixes with 128 bits of key between them make streams independent: with a single mix, two rows would be
/// windows of the same Weyl sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: [u64; 2],
}

impl Stream {
    /// The stream of a quantity. Names are paths of the scenario (`products.flour.growth`).
    pub fn new(seed: u64, name: &str) -> Self {
        let mut key = [mix(seed ^ 0x636F_7272_6964_6F72), mix(seed.wrapping_add(GOLDEN))];
        for block in name.as_bytes().chunks(8) {
            absorb(&mut key, little_endian(block));
        }
        // The length distinguishes "a" from "a\0".
        absorb(&mut key, name.len() as u64);
        Self { key }
    }

    /// The draws of one step, for all runs.
    #[inline(always)]
    pub fn row(self, step: u64) -> Row {
        let turn = step.wrapping_mul(GOLDEN);
        Row { key: [mix(self.key[0].wrapping_add(turn)), mix(self.key[1] ^ turn)] }
    }

    /// Fills `out` with uniforms in (0, 1) for the runs `first_run`, `first_run + 1`, …, at one step.
    #[inline(always)]
    pub fn fill(self, first_run: u64, step: u64, out: &mut [f64]) {
        let row = self.row(step);
        for (run, u) in (first_run..).zip(out.iter_mut()) {
            *u = uniform(row.word(run));
        }
    }

    /// A generator for one run and step, for code that needs an unknown number of words through the crate
    /// `rand`.
    ///
    /// The model never uses it, because exact pairing of scenarios requires one uniform per draw.
    pub fn rng(self, run: u64, step: u64) -> StreamRng {
        StreamRng { row: self.within(run, step), taken: 0 }
    }

    /// Any number of words for one run and step: a row of its own, in which the index of a word replaces the
    /// run.
    #[inline]
    pub fn within(self, run: u64, step: u64) -> Row {
        let word = self.row(step).word(run);
        Row { key: [word, mix(word ^ self.key[1])] }
    }
}

/// One step of a stream: a word for every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    key: [u64; 2],
}

impl Row {
    /// 64 random bits for a run.
    #[inline(always)]
    pub fn word(self, run: u64) -> u64 {
        mix(mix(self.key[0].wrapping_add(run.wrapping_mul(GOLDEN))) ^ self.key[1])
    }

    /// An integer from 0 to `bound` − 1, uniform up to 2⁻⁶⁴·`bound`: the word times `bound`, divided by 2⁶⁴.
    #[inline]
    pub fn below(self, run: u64, bound: usize) -> usize {
        let product = u128::from(self.word(run)) * bound as u128;
        // The shift leaves less than `bound`, so nothing is lost.
        usize::try_from(product >> u64::BITS).unwrap_or(0)
    }
}

/// The upper 52 bits as a number strictly between 0 and 1, at least 2⁻⁵³ from either end.
#[inline(always)]
pub fn uniform(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

#[inline(always)]
fn mix(mut x: u64) -> u64 {
    const C: u64 = 0xBEA2_25F9_EB34_556D;
    x = (x ^ (x >> 32)).wrapping_mul(C);
    x = (x ^ (x >> 29)).wrapping_mul(C);
    x = (x ^ (x >> 32)).wrapping_mul(C);
    x ^ (x >> 29)
}

fn absorb(key: &mut [u64; 2], word: u64) {
    key[0] = mix(key[0] ^ word).wrapping_add(key[1]);
    key[1] = mix(key[1].wrapping_add(word)) ^ key[0];
}

fn little_endian(block: &[u8]) -> u64 {
    block.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// A generator of the crate `rand` over a named stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRng {
    row: Row,
    taken: u64,
}

impl rand::TryRng for StreamRng {
    type Error = Infallible;

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.taken = self.taken.wrapping_add(1);
        Ok(self.row.word(self.taken))
    }

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        // The upper half; after the shift 32 bits remain, so nothing is lost.
        self.try_next_u64().map(|word| u32::try_from(word >> 32).unwrap_or(0))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for block in out.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            block.copy_from_slice(&bytes[..block.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, RngExt};

    #[test]
    fn the_first_words_of_a_stream_are_pinned() {
        // A change here changes every result: raise STREAM_VERSION and add it to the guide's changes.
        let row = Stream::new(2024, "products.flour.growth").row(0);
        let words: Vec<u64> = (0..3).map(|run| row.word(run)).collect();
        assert_eq!(words, PINNED);
        assert_eq!(STREAM_VERSION, 2);
    }

    const PINNED: [u64; 3] =
        [7_494_440_510_571_772_783, 11_554_660_354_680_905_020, 1_794_515_118_136_098_001];

    #[test]
    fn uniforms_stay_strictly_inside_the_unit_interval() {
        assert!(uniform(0) > 0.0 && uniform(u64::MAX) < 1.0);
        assert_eq!(uniform(0), 1.0 - uniform(u64::MAX));
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell from 0 to 255")]
    fn uniforms_are_flat_in_every_row_and_across_rows() {
        // Chi-square over 256 cells, 255 degrees of freedom: above 370 by chance 3 times in a million
        // (Wilson–Hilferty z = 4.5); with 24 tests, a false alarm once in 14,000 changes of the mixer.
        let cells = |draws: &mut dyn Iterator<Item = f64>| {
            let mut counts = [0_u32; 256];
            let mut n = 0.0;
            for u in draws {
                counts[(u * 256.0) as usize] += 1;
                n += 1.0;
            }
            let expected = n / 256.0;
            counts.iter().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum::<f64>()
        };
        for seed in 0..8 {
            let stream = Stream::new(seed, "routes.rail.capacity");
            let runs = cells(&mut (0..65_536).map(|run| uniform(stream.row(3).word(run))));
            let steps = cells(&mut (0..65_536).map(|step| uniform(stream.row(step).word(7))));
            let names =
                cells(&mut (0..65_536).map(|i| uniform(Stream::new(seed, &format!("p{i}")).row(0).word(0))));
            for chi in [runs, steps, names] {
                assert!((160.0..370.0).contains(&chi), "chi-square {chi}");
            }
        }
    }

    #[test]
    fn neighbouring_runs_steps_names_and_seeds_are_uncorrelated() {
        // 20,000 pairs: the correlation's sd is 0.0071; 5 sd is a false alarm in 1 of 1.7 million.
        let n = 20_000;
        let base = |run: u64| uniform(Stream::new(1, "a").row(5).word(run)) - 0.5;
        let others: [(&str, &dyn Fn(u64) -> f64); 4] = [
            ("run", &|run| uniform(Stream::new(1, "a").row(5).word(run + 1))),
            ("step", &|run| uniform(Stream::new(1, "a").row(6).word(run))),
            ("name", &|run| uniform(Stream::new(1, "b").row(5).word(run))),
            ("seed", &|run| uniform(Stream::new(2, "a").row(5).word(run))),
        ];
        for (what, other) in others {
            let r = (0..n).map(|run| base(run) * (other(run) - 0.5)).sum::<f64>() * 12.0 / n as f64;
            assert!(r.abs() < 5.0 / (n as f64).sqrt(), "{what}: correlation {r}");
        }
    }

    #[test]
    fn flipping_one_bit_of_the_counter_flips_half_of_the_word() {
        let row = Stream::new(9, "x").row(0);
        let mut flipped = 0;
        for run in 0..256_u64 {
            for bit in 0..40 {
                flipped += (row.word(run) ^ row.word(run ^ (1 << bit))).count_ones();
            }
        }
        // 655,360 fair bits: sd 405; 5 sd on either side.
        let expected = 256 * 40 * 32;
        assert!(flipped.abs_diff(expected) < 5 * 405, "{flipped} of {}", 2 * expected);
    }

    #[test]
    fn a_stream_fills_any_window_with_the_same_draws() {
        let stream = Stream::new(3, "window");
        let (mut whole, mut part) = ([0.0; 32], [0.0; 5]);
        stream.fill(100, 4, &mut whole);
        stream.fill(117, 4, &mut part);
        assert_eq!(part, whole[17..22]);
    }

    #[test]
    fn names_with_a_common_prefix_have_different_streams() {
        let word = |name: &str| Stream::new(1, name).row(0).word(0);
        let names = ["", "a", "a\0", "aa", "products", "products.", "products.a", "products.ab"];
        let mut words: Vec<u64> = names.into_iter().map(word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), names.len());
    }

    #[test]
    fn integers_below_a_bound_are_equally_likely() {
        // 60,000 draws of 6: each count has the sd √(60,000·5/36) = 91; five of them is a false alarm in
        // 290,000.
        let row = Stream::new(5, "dice").within(3, 1);
        let mut counts = [0_u32; 6];
        for run in 0..60_000 {
            counts[row.below(run, 6)] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 5 * 91), "{counts:?}");
        assert!((0..100).all(|run| row.below(run, 1) == 0));
    }

    #[test]
    fn a_stream_can_drive_anything_that_rand_can() {
        let mut rng = Stream::new(5, "anything").rng(12, 0);
        let again = Stream::new(5, "anything").rng(12, 0).next_u64();
        assert_eq!(rng.next_u64(), again);
        let mean = (0..10_000).map(|_| rng.random::<f64>()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 5.0 * (1.0 / 120_000.0_f64).sqrt());
    }
}
