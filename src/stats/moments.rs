//! Count, mean, variance, minimum and maximum, mergeable.

use crate::kernel::for_every_processor;

/// The moments of a set of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    /// Σ (x − mean)².
    squares: f64,
    min: f64,
    max: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self { count: 0, mean: 0.0, squares: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Moments {
    /// The moments of a short slice: mean first, then squares around it, so that nothing cancels.
    pub fn of(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let (min, max, mean, squares) = shape(values);
        Self { count: values.len() as u64, mean, squares, min, max }
    }

    /// Takes in the values behind `other`.
    ///
    /// # Formula
    /// δ = m₂ − m₁; mean = m₁ + δ·n₂/n; S = S₁ + S₂ + δ²·n₁·n₂/n (Chan, Golub, `LeVeque` 1983).
    /// The result depends on the order of merging in its last bits: merge in a fixed order.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = *other;
            return;
        }
        let (n1, n2) = (self.count as f64, other.count as f64);
        let delta = other.mean - self.mean;
        let share = n2 / (n1 + n2);
        self.mean += delta * share;
        self.squares += other.squares + delta * delta * n1 * share;
        self.count += other.count;
        self.min = if other.min < self.min { other.min } else { self.min };
        self.max = if other.max > self.max { other.max } else { self.max };
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 when there are none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The sum of their squared distances from their mean.
    pub(super) fn squares(&self) -> f64 {
        self.squares
    }

    /// Their standard deviation, with n − 1 below; 0 for fewer than two values.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { 0.0 } else { libm::sqrt(self.squares / (self.count - 1) as f64) }
    }

    /// The Monte Carlo standard error of the mean of independent values, sd / √n; NaN (not known) for fewer than two.
    pub fn standard_error(&self) -> f64 {
        if self.count < 2 { f64::NAN } else { self.sd() / libm::sqrt(self.count as f64) }
    }

    /// Whether every value is a finite number. One that is not spoils the sum of squares, so this costs nothing; values so
    /// large (1e150) that their squares are infinite are taken for infinite, too.
    pub fn all_finite(&self) -> bool {
        self.squares.is_finite()
    }

    /// The smallest and the largest value; `None` when there are none.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        (self.count > 0).then_some((self.min, self.max))
    }
}

for_every_processor! {
    /// Minimum, maximum, mean, and the sum of squares around it, of at least one value.
    fn shape(values: &[f64]) -> (f64, f64, f64, f64) {
        let start = (f64::INFINITY, f64::NEG_INFINITY, 0.0);
        let (min, max, sum) = in_columns(values, start, |(min, max, sum), x| {
            (if x < min { x } else { min }, if x > max { x } else { max }, sum + x)
        }, |one, other| {
            (if other.0 < one.0 { other.0 } else { one.0 }, if other.1 > one.1 { other.1 } else { one.1 }, one.2 + other.2)
        });
        // n equal values can have a mean that is off by a rounding; between its extremes it must be.
        let mean = (sum / values.len() as f64).max(min).min(max);
        if min == max && sum.is_finite() {
            return (min, max, mean, 0.0);
        }
        let squares = in_columns(values, 0.0, |sum, x| sum + (x - mean) * (x - mean), |one, other| one + other);
        (min, max, mean, squares)
    }
}

/// Takes all values into eight columns, and joins the columns in order. They don't wait for one another, which lets the processor
/// work on them at once: a plain sum waits for one addition after another.
#[inline(always)]
fn in_columns<T: Copy>(values: &[f64], start: T, take: impl Fn(T, f64) -> T, join: impl Fn(T, T) -> T) -> T {
    let mut columns = [start; 8];
    let mut rows = values.chunks_exact(8);
    for row in &mut rows {
        for (column, &x) in columns.iter_mut().zip(row) {
            *column = take(*column, x);
        }
    }
    for (column, &x) in columns.iter_mut().zip(rows.remainder()) {
        *column = take(*column, x);
    }
    columns.into_iter().fold(start, join)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_parts_equal_the_whole() {
        let values: Vec<f64> = (0..1000).map(|i| 1e6 + f64::from(i % 37)).collect();
        let whole = Moments::of(&values);
        let mut merged = Moments::default();
        for part in values.chunks(7) {
            merged.merge(&Moments::of(part));
        }
        assert_eq!((merged.count(), merged.extremes()), (1000, Some((1e6, 1_000_036.0))));
        assert!((merged.mean() - whole.mean()).abs() < 1e-9);
        assert!((merged.sd() - whole.sd()).abs() < 1e-9 * whole.sd());
    }

    #[test]
    fn a_constant_has_no_spread_at_all() {
        let mut moments = Moments::default();
        for _ in 0..100 {
            moments.merge(&Moments::of(&[0.1; 32]));
        }
        assert_eq!((moments.mean(), moments.sd(), moments.standard_error()), (0.1, 0.0, 0.0));
    }

    #[test]
    fn one_value_that_is_no_finite_number_is_noticed_wherever_it_stands() {
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for (count, place) in [(1, 0), (5, 2), (8, 7), (512, 0), (512, 300), (513, 512)] {
                let mut values = vec![3.0; count];
                assert!(Moments::of(&values).all_finite());
                values[place] = wrong;
                assert!(!Moments::of(&values).all_finite(), "{wrong} at {place} of {count}");
            }
        }
        assert!(Moments::of(&[]).all_finite());
    }

    #[test]
    fn nothing_has_no_moments() {
        let mut moments = Moments::of(&[]);
        moments.merge(&Moments::default());
        assert_eq!((moments.count(), moments.mean(), moments.sd(), moments.extremes()), (0, 0.0, 0.0, None));
    }
}
