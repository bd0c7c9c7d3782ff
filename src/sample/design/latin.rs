//! Latin hypercubes: in each replicate of m runs there is one uniform in each of m strata.

use super::points::{Digits, ORDER};
use super::{BLOCK_RUNS, Design};
use crate::rng::{Row, Stream};

/// The largest number of strata: a replicate is no longer than a block.
const MOST_STRATA: usize = 1 << BLOCK_RUNS.trailing_zeros();

/// Returns a function that gives the stratum of each run from `first_run` on, in ascending order of runs.
///
/// # Formula
/// u = (π(r mod m) + j)/m with a permutation π of 0 … m − 1 for each input and replicate of m runs, and j the
/// run's position within its stratum.
pub(super) fn strata(stream: Stream, first_run: u64) -> impl FnMut(u64) -> Digits {
    let order_of = move |run| Order::of(stream, run);
    let mut order = order_of(first_run);
    move |run| {
        if order.index_of(run) >= order.runs {
            order = order_of(run);
        }
        let digits = order.runs.trailing_zeros();
        let stratum = u64::from(order.strata[order.index_of(run)]);
        // A replicate of one run would have no digits; the shortest has two.
        Digits { word: stratum << (u64::BITS - digits), count: digits }
    }
}

/// The strata of a replicate's runs.
struct Order {
    first_run: u64,
    runs: usize,
    strata: [u16; MOST_STRATA],
}

impl Order {
    /// The strata of the replicate to which a run belongs.
    fn of(stream: Stream, run: u64) -> Self {
        let first_run = Design::LatinHypercube.replicate_of(run);
        let runs = usize::try_from(Design::LatinHypercube.replicate_runs(run)).unwrap_or(MOST_STRATA);
        let mut strata = [0; MOST_STRATA];
        shuffle(&mut strata[..runs], stream.within(first_run, ORDER));
        Self { first_run, runs, strata }
    }

    /// The index of one of its runs in the replicate.
    fn index_of(&self, run: u64) -> usize {
        usize::try_from(run - self.first_run).unwrap_or(MOST_STRATA)
    }
}

/// Fills `order` with a random permutation of 0, 1, …, each equally likely: the shuffle of R. Durstenfeld,
/// Communications of the ACM 7 (1964).
///
/// The whole permutation is computed even for the few runs of a batch. That takes some 75 ns a run in batches
/// of 32 where a replicate has 512; unlike a keyed permutation network it has no bias that would have to be
/// measured.
fn shuffle(order: &mut [u16], words: Row) {
    for (index, value) in (0..order.len()).zip(0_u16..) {
        let other = words.below(index as u64, index + 1);
        order[index] = order[other];
        order[other] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_has_every_value_once_and_prefers_no_pair_of_positions() {
        // The positions of 100 and 400, in 16 × 16 cells, over 65,536 shuffles: a cell has 32 × 32 of the 512
        // × 511 pairs, or 32 × 31 on the diagonal. Chi-square with 255 degrees of freedom: above 370 by
        // chance 3 times in a million.
        let stream = Stream::new(1, "x");
        let mut counts = [[0.0_f64; 16]; 16];
        for block in 0..65_536 {
            let mut order = [0; 512];
            shuffle(&mut order, stream.within(block, ORDER));
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
