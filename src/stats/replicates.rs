//! The error of a mean whose values depend on one another within replicates.

use super::Moments;
use super::estimate::{Z_95, t_95};

/// Means of independent replicates, from which the standard error of the mean of all values follows: in stratified and
/// low-discrepancy designs values balance each other, and sd/√n would be far too large.
///
/// # Formula
/// With wₖ the share of replicate k in all values, mₖ its mean and m = Σ wₖ·mₖ:
/// `error² = Σ cₖ·(mₖ − m)² / (1 + Σ cₖ)`, `cₖ = wₖ²/(1 − 2wₖ)`. Its expectation is the variance of m, however many values
/// each replicate has and however their variances differ. For K replicates of the same length it is Σ (mₖ − m)²/(K·(K − 1)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replicates {
    total: f64,
    seen: f64,
    mean: f64,
    /// Σ cₖ, the mean weighted by cₖ, and the squares around it.
    weight: f64,
    centre: f64,
    squares: f64,
    /// Σ of the squared shares.
    shares: f64,
}

impl Replicates {
    /// No replicate yet, of so many values in all.
    pub fn new(total: u64) -> Self {
        Self {
            total: total as f64,
            seen: 0.0,
            mean: 0.0,
            weight: 0.0,
            centre: 0.0,
            squares: 0.0,
            shares: 0.0,
        }
    }

    /// Takes in a replicate of so many values. The last bits depend on the order: add them in a fixed one.
    pub fn add(&mut self, count: u64, mean: f64) {
        self.add_alike(count, &Moments::of_one(mean));
    }

    /// Takes in replicates of so many values each, of whose means these are the moments: so nothing need be known of the total
    /// while they come.
    pub fn add_alike(&mut self, count: u64, means: &Moments) {
        if count > 0 && means.count() > 0 {
            self.take(count as f64, means.count() as f64, means.mean(), means.squares());
        }
    }

    /// Takes in so many replicates of `count` values each, every value 0 or 1: the sum of all values, and that of the squares
    /// of the replicates' sums. Whole numbers give the same bits in whatever order they were added.
    pub fn add_counts(&mut self, count: u64, replicates: u64, sum: u64, squares: u64) {
        if count > 0 && replicates > 0 {
            let around = u128::from(replicates) * u128::from(squares) - u128::from(sum) * u128::from(sum);
            let (length, number) = (count as f64, replicates as f64);
            self.take(
                length,
                number,
                sum as f64 / (number * length),
                around as f64 / (number * length * length),
            );
        }
    }

    /// Takes in replicates of one length: their number, the mean of their means and the squares around it.
    fn take(&mut self, count: f64, replicates: f64, mean: f64, squares: f64) {
        self.seen += count * replicates;
        self.mean += (mean - self.mean) * (count * replicates / self.seen);
        let share = count / self.total;
        self.shares += share * share * replicates;
        // Of two replicates the error isn't known if one is longer, and hardly if not; of one not at all.
        let weight = if share < 0.5 { share * share / (1.0 - 2.0 * share) } else { f64::NAN };
        let (before, more) = (self.weight, weight * replicates);
        self.weight += more;
        let distance = mean - self.centre;
        self.centre += distance * (more / self.weight);
        self.squares += weight * squares + distance * distance * before * (more / self.weight);
    }

    /// Half of the 95% interval of the mean of all values, in units of 1.96: the standard error, and more where few replicates
    /// tell it. NaN as [`standard_error`](Self::standard_error).
    ///
    /// # Formula
    /// error · t / 1.96, with t the 97.5% quantile of Student's t with K − 1 degrees of freedom, K = 1 / Σ wₖ²: the number
    /// of replicates where they have one length.
    pub fn error_for_intervals(&self) -> f64 {
        self.standard_error() * (t_95(1.0 / self.shares - 1.0) / Z_95)
    }

    /// The standard error of the mean of all values; NaN (not known) unless each replicate has less than half of them.
    pub fn standard_error(&self) -> f64 {
        let shift = self.centre - self.mean;
        libm::sqrt((self.squares + self.weight * shift * shift) / (1.0 + self.weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(parts: &[(u64, f64)]) -> f64 {
        let mut replicates = Replicates::new(parts.iter().map(|part| part.0).sum());
        for &(count, mean) in parts {
            replicates.add(count, mean);
        }
        replicates.standard_error()
    }

    #[test]
    fn of_replicates_of_one_length_it_is_the_error_of_their_mean() {
        let means = [3.0, 5.0, 4.0, 8.0];
        let parts = means.map(|mean| (512, mean));
        assert!((error(&parts) - libm::sqrt(14.0 / 12.0)).abs() < 1e-15);
    }

    #[test]
    fn it_expects_the_variance_of_the_mean_whatever_the_lengths() {
        // It is a quadratic form of the means, so its expectation is right for all variances if a replicate whose mean is
        // 1, among others of 0, gives the square of its share.
        let counts = [512, 512, 1024, 100, 1, 700];
        let total: u64 = counts.iter().sum();
        for (one, count) in counts.into_iter().enumerate() {
            let parts: Vec<_> =
                counts.iter().enumerate().map(|(k, &n)| (n, f64::from(u8::from(k == one)))).collect();
            let share = count as f64 / total as f64;
            assert!((error(&parts) / share - 1.0).abs() < 1e-12, "{count}");
        }
    }

    #[test]
    fn few_replicates_make_intervals_wider() {
        let mut replicates = Replicates::new(4 * 512);
        for mean in [3.0, 5.0, 4.0, 8.0] {
            replicates.add(512, mean);
        }
        let wider = replicates.error_for_intervals() / replicates.standard_error();
        // Student's t with three degrees of freedom, by a printed table.
        assert!((wider - 3.182_446 / Z_95).abs() < 0.003, "{wider}");
    }

    #[test]
    fn replicates_of_one_length_may_come_together() {
        let (full, short) = ([3.0, 5.0, 4.0, 8.0], [2.0, 7.0]);
        let mut together = Replicates::new(4 * 512 + 2 * 100);
        together.add_alike(512, &Moments::of(&full));
        together.add_alike(100, &Moments::of(&short));
        let parts: Vec<_> =
            short.map(|mean| (100, mean)).into_iter().chain(full.map(|mean| (512, mean))).collect();
        assert!((together.standard_error() / error(&parts) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn counts_are_means_of_zeros_and_ones() {
        let counts = [3, 5, 4, 8];
        let mut counted = Replicates::new(4 * 16);
        counted.add_counts(16, 4, counts.iter().sum(), counts.iter().map(|n| n * n).sum());
        let parts = counts.map(|count| (16, count as f64 / 16.0));
        assert!((counted.standard_error() / error(&parts) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_constant_has_no_error_and_a_replicate_of_half_of_all_has_none_that_is_known() {
        assert_eq!(error(&[(512, 0.1), (512, 0.1), (31, 0.1), (512, 0.1)]), 0.0);
        assert!(error(&[(512, 1.0)]).is_nan() && error(&[(512, 1.0), (512, 2.0)]).is_nan());
        assert!(error(&[(512, 1.0), (100, 2.0), (100, 2.0)]).is_nan());
    }
}
