//! The error of a mean whose values depend on one another within replicates.

use super::estimate::MeanError;

/// Sums over independent replicates, from which the error of the mean of all values follows: in stratified
/// and low-discrepancy designs values compensate each other, and sd/√n would be far too large.
///
/// With nₖ the number of values in replicate k, and yₖ the sum of their differences from the overall mean, it
/// keeps the sums that [`MeanError`] needs, and those needed to update them when the mean changes. They
/// merge, and take the same memory for any number of replicates.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Replicates {
    runs: f64,
    mean: f64,
    /// Σ nₖ² and Σ nₖ³.
    lengths: [f64; 2],
    /// Σ yₖ² and Σ yₖ³.
    squares: f64,
    cubes: f64,
    /// Σ nₖ·yₖ, Σ nₖ²·yₖ and Σ nₖ·yₖ².
    mixed: [f64; 3],
}

impl Replicates {
    /// Of values with this mean, which are consecutive replicates of these lengths.
    pub fn of(values: &[f64], mean: f64, lengths: &[usize]) -> Self {
        let mut all = Self { runs: values.len() as f64, mean, ..Self::default() };
        let mut rest = values;
        for &length in lengths {
            let (replicate, others) = rest.split_at(length);
            rest = others;
            all.add(length as f64, replicate.iter().map(|x| x - mean).sum());
        }
        all
    }

    /// Adds a replicate of `n` values, whose differences from the mean add up to `y`.
    fn add(&mut self, n: f64, y: f64) {
        self.lengths[0] += n * n;
        self.lengths[1] += n * n * n;
        self.squares += y * y;
        self.cubes += y * y * y;
        self.mixed[0] += n * y;
        self.mixed[1] += n * n * y;
        self.mixed[2] += n * y * y;
    }

    /// Adds other replicates. The last bits depend on the order: merge in a fixed one.
    pub fn merge(&mut self, other: &Self) {
        if other.runs == 0.0 {
            return;
        }
        let runs = self.runs + other.runs;
        let mean = self.mean + (other.mean - self.mean) * (other.runs / runs);
        self.move_to(mean);
        let mut other = *other;
        other.move_to(mean);
        self.runs = runs;
        self.squares += other.squares;
        self.cubes += other.cubes;
        self.lengths.iter_mut().zip(other.lengths).for_each(|(sum, more)| *sum += more);
        self.mixed.iter_mut().zip(other.mixed).for_each(|(sum, more)| *sum += more);
    }

    /// Converts the sums to differences from another mean.
    ///
    /// # Formula
    /// If the mean is higher by δ, yₖ becomes yₖ − nₖ·δ.
    fn move_to(&mut self, mean: f64) {
        let by = mean - self.mean;
        let ([n2, n3], [ny, nny, nyy]) = (self.lengths, self.mixed);
        self.mean = mean;
        self.squares += by * (by * n2 - 2.0 * ny);
        self.cubes += by * (by * (3.0 * nny - by * n3) - 3.0 * nyy);
        self.mixed = [ny - by * n2, nny - by * n3, nyy + by * (by * n3 - 2.0 * nny)];
    }

    /// The error of the mean of all values.
    pub fn mean_error(&self) -> MeanError {
        // Rounding may leave a tiny negative number.
        let squares = if self.squares < 0.0 { 0.0 } else { self.squares };
        MeanError { runs: self.runs, lengths: self.lengths[0], squares, cubes: self.cubes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Moments;
    use crate::stats::estimate::{Z_95, t_95};

    /// Replicates of these lengths, with values that are a fixed function of their index.
    fn values(lengths: &[usize]) -> Vec<f64> {
        let value = |i: usize| libm::exp((i * 7_919 % 101) as f64 / 40.0);
        (0..lengths.iter().sum()).map(value).collect()
    }

    fn of(values: &[f64], lengths: &[usize]) -> Replicates {
        Replicates::of(values, Moments::of(values).mean(), lengths)
    }

    #[test]
    fn of_replicates_of_one_length_it_is_the_error_of_their_mean() {
        let lengths = [16; 20];
        let values = values(&lengths);
        let means: Vec<f64> = values.chunks(16).map(|values| Moments::of(values).mean()).collect();
        let (found, expected) = (of(&values, &lengths).mean_error(), Moments::of(&means).mean_error());
        assert!((found.standard_error() / expected.standard_error() - 1.0).abs() < 1e-12);
        assert!((found.for_intervals() / expected.for_intervals() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn merged_parts_equal_the_whole() {
        let lengths: Vec<usize> = (0..60).map(|k| 1 + k * 13 % 17).collect();
        let values = values(&lengths);
        let (mut merged, mut rest) = (Replicates::default(), values.as_slice());
        for part in lengths.chunks(7) {
            let (some, others) = rest.split_at(part.iter().sum());
            rest = others;
            merged.merge(&of(some, part));
        }
        let (merged, whole) = (merged.mean_error(), of(&values, &lengths).mean_error());
        assert_eq!((merged.runs, merged.lengths), (whole.runs, whole.lengths));
        assert!((merged.squares / whole.squares - 1.0).abs() < 1e-11);
        assert!((merged.cubes / whole.cubes - 1.0).abs() < 1e-9);
    }

    #[test]
    fn it_expects_the_variance_of_the_mean_but_for_the_share_of_a_replicate() {
        // The squared error is a quadratic form of the sums, so its expectation is right for all variances if
        // a replicate whose mean is 1, among others of 0, gives the square of its share.
        let lengths = [64, 64, 128, 12, 1, 90, 64, 64, 64, 128, 128, 128, 64, 64];
        let total: usize = lengths.iter().sum();
        for one in 0..lengths.len() {
            let mut values = Vec::new();
            for (k, &length) in lengths.iter().enumerate() {
                values.extend(vec![f64::from(u8::from(k == one)); length]);
            }
            let share = lengths[one] as f64 / total as f64;
            let ratio = of(&values, &lengths).mean_error().standard_error() / share;
            assert!((ratio - 1.0).abs() < 0.13, "{}: {ratio}", lengths[one]);
        }
    }

    #[test]
    fn few_replicates_make_intervals_wider() {
        // Eight means that are symmetric about zero, so that they aren't skewed.
        let values = [3.0, 5.0, 4.0, 8.0, -3.0, -5.0, -4.0, -8.0];
        let error = of(&values, &[1; 8]).mean_error();
        assert!((error.for_intervals() / error.standard_error() - t_95(7.0) / Z_95).abs() < 1e-12);
    }

    #[test]
    fn a_constant_has_no_error() {
        let mut constant = Replicates::default();
        for _ in 0..9 {
            constant.merge(&of(&[0.1; 48], &[16; 3]));
        }
        assert_eq!(constant.mean_error().for_intervals(), 0.0);
    }

    #[test]
    fn too_few_replicates_have_no_error_and_one_that_makes_up_all_has_a_large_one() {
        let lengths = [16; 7];
        assert!(of(&values(&lengths), &lengths).mean_error().for_intervals().is_nan());
        let mut values = vec![0.0; 640];
        values[300] = 1.0;
        // A count of one: 5.57 is the upper end of its exact 95% interval.
        let of_one = of(&values, &[16; 40]).mean_error().for_intervals();
        assert!(1.0 + 1.96 * of_one * 640.0 > 5.57, "{of_one}");
        values[400] = 1.0;
        assert!(of(&values, &[16; 40]).mean_error().for_intervals() < of_one);
    }
}
