//! Latin hypercubes: in each block of 512 runs one uniform in each of 512 strata.

use super::BLOCK_RUNS;
use super::points::{Digits, ORDER};
use crate::rng::{Row, Stream};

/// Binary digits of a stratum.
const DIGITS: u32 = BLOCK_RUNS.trailing_zeros();
/// Strata of a block, one for each run.
const STRATA: usize = 1 << DIGITS;

/// Gives the stratum of each run from `first_run` on, in ascending order of runs.
///
/// # Formula
/// u = (π(r mod 512) + j)/512 with a permutation π of 0 … 511 for each input and block, and j the run's place within its
/// stratum.
pub(super) fn strata(stream: Stream, first_run: u64) -> impl FnMut(u64) -> Digits {
    let order_of = move |block| shuffled(stream.within(block, ORDER));
    let mut block = first_run / BLOCK_RUNS;
    let mut order = order_of(block);
    move |run| {
        if run / BLOCK_RUNS != block {
            block = run / BLOCK_RUNS;
            order = order_of(block);
        }
        let stratum = order[(run % BLOCK_RUNS) as usize];
        Digits { word: u64::from(stratum) << (u64::BITS - DIGITS), count: DIGITS }
    }
}

/// A permutation of 0 … 511, any with the same chance: the shuffle of R. Durstenfeld, Communications of the ACM 7 (1964).
///
/// All of it is made for the few runs of a batch, which is some 75 ns a run in batches of 32; unlike a keyed network it has
/// no bias that would have to be measured.
fn shuffled(words: Row) -> [u16; STRATA] {
    let mut order = [0; STRATA];
    for (place, value) in (0..STRATA).zip(0_u16..) {
        let other = words.below(place as u64, place + 1);
        order[place] = order[other];
        order[other] = value;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_has_every_value_once_and_prefers_no_pair_of_places() {
        // Where 100 and 400 go, in 16 × 16 cells, over 65,536 shuffles: a cell has 32 × 32 of the 512 × 511 pairs, or
        // 32 × 31 on the diagonal. Chi-square with 255 degrees of freedom: above 370 by chance in 3 of a million tries.
        let stream = Stream::new(1, "x");
        let mut counts = [[0.0_f64; 16]; 16];
        for block in 0..65_536 {
            let order = shuffled(stream.within(block, ORDER));
            counts[usize::from(order[100] / 32)][usize::from(order[400] / 32)] += 1.0;
            if block < 100 {
                let mut sorted = order;
                sorted.sort_unstable();
                assert!((0_u16..).zip(sorted).all(|(value, found)| value == found));
            }
        }
        let mut chi = 0.0;
        for (i, row) in counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                let expected = 65_536.0 * 32.0 * if i == j { 31.0 } else { 32.0 } / (512.0 * 511.0);
                chi += (count - expected) * (count - expected) / expected;
            }
        }
        assert!((160.0..370.0).contains(&chi), "chi-square {chi}");
    }
}
