//! How often runs lie below a level or meet a target, replicate by replicate of a design: from that follow the errors of
//! quantiles and of chances, as those of means follow from [`Spread`](super::Spread).

use crate::sample::Design;
use crate::stats::Replicates;
use std::collections::BTreeMap;

/// Counts of several series, of each the runs that count, as far as their errors need them. They are whole numbers, which add up
/// the same in any order.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// All runs.
    runs: u64,
    /// Of each series, the runs that count.
    counts: Vec<u64>,
    replicates: Inner,
}

/// What the design needs.
#[derive(Debug, Clone)]
enum Inner {
    /// Every run is a replicate: the share itself tells its error.
    Runs,
    /// Every chunk is a replicate of its own. By length of the chunk: all have one but the last, and those in which runs went wrong.
    Chunks(BTreeMap<u64, Alike>),
    /// A few replicates go on from chunk to chunk.
    Replicates(Vec<Replicate>),
}

/// Chunks of one length.
#[derive(Debug, Clone)]
struct Alike {
    chunks: u64,
    /// Of each series the sum of the chunks' counts, and that of their squares.
    sums: Vec<(u64, u64)>,
}

/// One replicate: its runs, and of each series those that count.
#[derive(Debug, Clone)]
struct Replicate {
    runs: u64,
    counts: Vec<u64>,
}

/// How many of a replicate's runs must count, and how many not, for its counts to tell more than the share alone does.
const ENOUGH: u64 = 5;

impl Shares {
    /// Of so many series, and of so many runs at most.
    pub(super) fn new(design: Design, most_runs: u64, series: usize) -> Self {
        let replicates = match design {
            Design::Random => Inner::Runs,
            Design::LatinHypercube => Inner::Chunks(BTreeMap::new()),
            Design::Sobol => {
                let replicates = usize::try_from(design.replicates(most_runs)).unwrap_or(usize::MAX);
                Inner::Replicates(vec![Replicate { runs: 0, counts: vec![0; series] }; replicates])
            }
        };
        Self { runs: 0, counts: vec![0; series], replicates }
    }

    /// Takes in the runs of a chunk, and of each series those that count.
    pub(super) fn add(&mut self, chunk: u64, runs: u64, counts: impl Iterator<Item = u64> + Clone) {
        self.runs += runs;
        add_all(&mut self.counts, counts.clone());
        match &mut self.replicates {
            Inner::Runs => {}
            Inner::Chunks(by_length) => {
                let empty = || Alike { chunks: 0, sums: vec![(0, 0); self.counts.len()] };
                let alike = by_length.entry(runs).or_insert_with(empty);
                alike.chunks += 1;
                for ((sum, squares), count) in alike.sums.iter_mut().zip(counts) {
                    *sum += count;
                    *squares += count * count;
                }
            }
            Inner::Replicates(replicates) => {
                let place = usize::try_from(chunk % replicates.len() as u64).unwrap_or(0);
                replicates[place].runs += runs;
                add_all(&mut replicates[place].counts, counts);
            }
        }
    }

    /// Of each series, the runs that count.
    pub(super) fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many independent runs would tell the share of a series as well as these do: all of them, where they are independent or
    /// too few to tell.
    ///
    /// # Formula
    /// p(1 − p)/e², with the share p and its error e, from the replicates as that of a mean. Replicates count whole runs, so each is
    /// off by a rounding, whose variance is 1/12 on average: e² is at least K/12n² for K replicates and n runs.
    pub(super) fn worth(&self, series: usize) -> f64 {
        let (runs, count) = (self.runs as f64, self.counts[series]);
        let (replicates, number) = self.replicates_of(series);
        if number == 0 || count.min(self.runs - count) < ENOUGH * number {
            return runs;
        }
        let share = count as f64 / runs;
        let rounding = number as f64 / (12.0 * runs * runs);
        let error = replicates.error_for_intervals();
        if error.is_nan() { runs } else { share * (1.0 - share) / (error * error).max(rounding) }
    }

    /// What the replicates tell of a series, and how many they are; of independent runs nothing.
    fn replicates_of(&self, series: usize) -> (Replicates, u64) {
        let mut replicates = Replicates::new(self.runs);
        let mut number = 0;
        match &self.replicates {
            Inner::Runs => {}
            Inner::Chunks(by_length) => {
                for (&length, Alike { chunks, sums }) in by_length {
                    let (sum, squares) = sums[series];
                    replicates.add_counts(length, *chunks, sum, squares);
                    number += chunks;
                }
            }
            Inner::Replicates(all) => {
                for Replicate { runs, counts } in all {
                    replicates.add_counts(*runs, 1, counts[series], counts[series] * counts[series]);
                    number += u64::from(*runs > 0);
                }
            }
        }
        (replicates, number)
    }
}

fn add_all(sums: &mut [u64], more: impl Iterator<Item = u64>) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(design: Design, chunks: &[(u64, u64)]) -> Shares {
        let runs = chunks.iter().map(|chunk| chunk.0).sum();
        let mut shares = Shares::new(design, runs, 1);
        for (place, &(length, count)) in (0..).zip(chunks) {
            shares.add(place, length, [count].into_iter());
        }
        shares
    }

    #[test]
    fn independent_runs_are_worth_what_they_are() {
        let shares = shares(Design::Random, &[(512, 300), (512, 200), (100, 40)]);
        assert_eq!((shares.worth(0), shares.counts()), (1_124.0, &[540][..]));
    }

    #[test]
    fn chunks_that_agree_are_worth_more_runs_and_chunks_that_differ_fewer() {
        let of =
            |counts: [u64; 4]| shares(Design::LatinHypercube, &counts.map(|count| (512, count))).worth(0);
        let runs = 4.0 * 512.0;
        assert!(of([256, 257, 255, 256]) > 20.0 * runs);
        assert!(of([156, 357, 205, 306]) < 0.2 * runs);
        // Equal counts are still off by a rounding each.
        let rounding = 4.0 / (12.0 * runs * runs);
        assert!((of([256; 4]) / (0.25 / rounding) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn too_few_hits_or_replicates_tell_nothing_of_the_design() {
        assert_eq!(shares(Design::LatinHypercube, &[(512, 4), (512, 4), (512, 5)]).worth(0), 1_536.0);
        assert_eq!(shares(Design::LatinHypercube, &[(512, 508), (512, 508), (512, 507)]).worth(0), 1_536.0);
        assert_eq!(shares(Design::Sobol, &[(512, 250), (512, 260)]).worth(0), 1_024.0);
    }

    #[test]
    fn what_a_replicate_of_sobol_points_counts_goes_on_from_chunk_to_chunk() {
        let chunks: Vec<(u64, u64)> = (0..32).map(|chunk| (512, 200 + 3 * (chunk % 16))).collect();
        let twice: Vec<(u64, u64)> = (0..16).map(|chunk| (1_024, 400 + 6 * chunk)).collect();
        let ratio = shares(Design::Sobol, &chunks).worth(0) / shares(Design::LatinHypercube, &twice).worth(0);
        assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
    }
}
