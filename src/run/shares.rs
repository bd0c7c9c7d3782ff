//! How often runs lie below a level or meet a target, replicate by replicate of a design: the errors of
//! quantiles and of chances follow from these counts, as those of means follow from
//! [`Spread`](super::Spread).

use crate::sample::Design;
use crate::stats::estimate::MeanError;
use std::ops::Range;

/// For several series, the number of runs that count (that meet a condition), with what their errors need.
/// The numbers are integers, whose sums are the same in any order.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// Whether runs depend on one another within replicates.
    has_replicates: bool,
    /// The number of all runs, and of their replicates.
    runs: u64,
    replicates: u64,
    /// Σ n², with n the number of runs in a replicate.
    lengths: u64,
    counts: Vec<Count>,
}

/// The number of runs that count, in some replicates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Σ c, with c the number in one replicate.
    pub(super) runs: u64,
    /// Σ c².
    squares: u64,
    /// Σ n·c, with n the number of all runs in the replicate.
    products: u64,
}

impl Count {
    /// Of consecutive replicates of these lengths, with a function that counts in a range of their runs.
    pub(super) fn of(lengths: &[usize], count: impl Fn(Range<usize>) -> u64) -> Self {
        let (mut all, mut start) = (Self::default(), 0);
        for &length in lengths {
            let c = count(start..start + length);
            all.add(&Self { runs: c, squares: c * c, products: c * length as u64 });
            start += length;
        }
        all
    }

    fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.squares += other.squares;
        self.products += other.products;
    }
}

/// At least this many runs must count, and as many not, before the error is estimated from the replicates:
/// with as many, the error is known to some 8%.
const ENOUGH: u64 = 40;

impl Shares {
    /// Zero counts of `series` series.
    pub(super) fn new(design: Design, series: usize) -> Self {
        Self {
            has_replicates: design != Design::Random,
            runs: 0,
            replicates: 0,
            lengths: 0,
            counts: vec![Count::default(); series],
        }
    }

    /// Adds replicates of these lengths, and for each series the runs among them that count.
    pub(super) fn add(&mut self, lengths: &[usize], counts: impl Iterator<Item = Count>) {
        let square = |&length: &usize| (length * length) as u64;
        self.runs += lengths.iter().sum::<usize>() as u64;
        self.replicates += lengths.len() as u64;
        self.lengths += lengths.iter().map(square).sum::<u64>();
        self.counts.iter_mut().zip(counts).for_each(|(sum, more)| sum.add(&more));
    }

    /// The number of runs that count in a series.
    pub(super) fn count(&self, series: usize) -> u64 {
        self.counts[series].runs
    }

    /// The effective sample size of the share of a series: how many independent runs would estimate it as
    /// precisely. It is the number of runs where they are independent, or where too few count to estimate the
    /// error.
    ///
    /// # Formula
    /// p(1 − p)/e², with the share p and its error e, which is computed from the replicates as that of a
    /// mean. A replicate counts whole runs, so each has a rounding error with a variance of 1/12 on average:
    /// e² is at least K/12n² for K replicates and n runs.
    pub(super) fn worth(&self, series: usize) -> f64 {
        let (runs, count) = (self.runs as f64, self.count(series));
        if !self.has_replicates || count.min(self.runs - count) < ENOUGH {
            return runs;
        }
        let share = count as f64 / runs;
        let rounding = self.replicates as f64 / (12.0 * runs * runs);
        let error = self.error_of(series).for_intervals();
        if error.is_nan() { runs } else { share * (1.0 - share) / (error * error).max(rounding) }
    }

    /// The error of a share. Enough runs count and enough don't for its skewness to be negligible, so `cubes`
    /// is 0.
    ///
    /// # Formula
    /// With the share p, yₖ = cₖ − p·nₖ, so n²·Σ yₖ² = n²·Σ c² − 2nc·Σ n·c + c²·Σ n², which integers give
    /// exactly.
    fn error_of(&self, series: usize) -> MeanError {
        let [n, c] = [self.runs, self.count(series)].map(i128::from);
        let Count { squares, products, .. } = self.counts[series];
        let of_squares = n * n * i128::from(squares);
        let sum = of_squares - 2 * n * c * i128::from(products) + c * c * i128::from(self.lengths);
        let runs = self.runs as f64;
        MeanError { runs, lengths: self.lengths as f64, squares: sum as f64 / (runs * runs), cubes: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Moments;

    /// Replicates of 16 runs, of which these numbers count.
    fn shares(design: Design, counts: &[u64]) -> Shares {
        let mut shares = Shares::new(design, 1);
        for &c in counts {
            shares.add(&[16], std::iter::once(Count::of(&[16], |_| c)));
        }
        shares
    }

    #[test]
    fn independent_runs_are_worth_what_they_are() {
        let shares = shares(Design::Random, &[10, 9, 8, 7, 9, 10, 9]);
        assert_eq!((shares.worth(0), shares.count(0)), (112.0, 62));
    }

    #[test]
    fn replicates_that_agree_are_worth_more_runs_and_those_that_differ_fewer() {
        let of = |counts: [u64; 4]| shares(Design::LatinHypercube, &counts.repeat(8)).worth(0);
        let runs = 4.0 * 8.0 * 16.0;
        assert!(of([8, 9, 7, 8]) > 5.0 * runs);
        assert!(of([3, 13, 2, 14]) < 0.2 * runs);
        // Equal counts still have a rounding error each.
        let rounding = 32.0 / (12.0 * runs * runs);
        assert!((of([8; 4]) / (0.25 / rounding) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_error_of_a_share_is_that_of_a_mean_of_zeros_and_ones() {
        let counts = [3, 5, 4, 8, 2, 7, 6, 5, 4];
        let found = shares(Design::Sobol, &counts).error_of(0);
        let means: Vec<f64> = counts.iter().map(|&c| c as f64 / 16.0).collect();
        let expected = Moments::of(&means).mean_error().standard_error();
        assert!((found.standard_error() / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn too_few_hits_or_replicates_tell_nothing_of_the_design() {
        assert_eq!(shares(Design::LatinHypercube, &[1; 39]).worth(0), 39.0 * 16.0);
        assert_eq!(shares(Design::LatinHypercube, &[15; 39]).worth(0), 39.0 * 16.0);
        assert_eq!(shares(Design::Sobol, &[8; 7]).worth(0), 7.0 * 16.0);
    }
}
