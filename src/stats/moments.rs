//! Count, mean, variance, skewness, minimum and maximum, mergeable.

use super::estimate::MeanError;
use super::rounding::is_constant;
use crate::kernel::for_every_processor;

/// The moments of a set of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    /// Σ (x − mean)².
    squares: f64,
    /// Σ (x − mean)³.
    cubes: f64,
    min: f64,
    max: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self { count: 0, mean: 0.0, squares: 0.0, cubes: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Moments {
    /// The moments of a short slice, in two passes: the mean first and then the squares around it, so that
    /// nothing cancels.
    pub fn of(values: &[f64]) -> Self {
        Self::within(&extent(values), values)
    }

    /// The moments of one value.
    pub fn of_one(x: f64) -> Self {
        let nothing = if x.is_finite() { 0.0 } else { f64::NAN };
        Self { count: 1, mean: x, squares: nothing, cubes: nothing, min: x, max: x }
    }

    /// The moments of values whose extent is known.
    pub fn within(extent: &Extent, values: &[f64]) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let (min, max) = (joined(&extent.min, lower), joined(&extent.max, higher));
        let sum = joined(&extent.sum, |one, other| one + other);
        // The mean of equal values may differ from them by rounding; it must not be outside of the extremes.
        let mean = (sum / values.len() as f64).max(min).min(max);
        let are_equal = min == max && sum.is_finite();
        let [squares, cubes] = if are_equal {
            [0.0; 2]
        } else {
            sum_powers(values, mean).map(|sums| joined(&sums, |one, other| one + other))
        };
        Self { count: values.len() as u64, mean, squares, cubes, min, max }
    }

    /// Adds the values summarised by `other`.
    ///
    /// # Formula
    /// δ = m₂ − m₁; mean = m₁ + δ·n₂/n; S = S₁ + S₂ + δ²·n₁·n₂/n (Chan, Golub, `LeVeque` 1983); for the cubes
    /// C = C₁ + C₂ + δ³·n₁·n₂·(n₁ − n₂)/n² + 3δ·(n₁·S₂ − n₂·S₁)/n (P. Pébay, Sandia report SAND2008-6212).
    /// The last bits of the result depend on the order of merging: merge in a fixed order.
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
        let skew = delta * delta * n1 * (n1 - n2) / (n1 + n2);
        self.cubes +=
            other.cubes + delta * (share * (skew - 3.0 * self.squares) + 3.0 * (1.0 - share) * other.squares);
        self.squares += other.squares + delta * delta * n1 * share;
        self.count += other.count;
        self.min = if other.min < self.min { other.min } else { self.min };
        self.max = if other.max > self.max { other.max } else { self.max };
    }

    /// The number of values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 when there are none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Whether all values are equal up to [rounding](super::ROUNDING), so that there is no spread to explain.
    pub fn are_equal(&self) -> bool {
        self.count < 2 || is_constant(self.min, self.max)
    }

    /// Their standard deviation, with the divisor n − 1; 0 for fewer than two values, and for values that are
    /// equal up to [rounding](super::ROUNDING).
    pub fn sd(&self) -> f64 {
        if self.are_equal() { 0.0 } else { libm::sqrt(self.squares / (self.count - 1) as f64) }
    }

    /// The error of the mean of independent values; zero for values that are equal up to
    /// [rounding](super::ROUNDING).
    pub fn mean_error(&self) -> MeanError {
        let runs = self.count as f64;
        let (squares, cubes) = if self.are_equal() { (0.0, 0.0) } else { (self.squares, self.cubes) };
        MeanError { runs, lengths: runs, squares, cubes }
    }

    /// Whether every value is finite. A value that isn't makes the sum of squares infinite or NaN, so the
    /// check costs nothing; values so large (1e150) that their squares are infinite are also reported.
    pub fn all_finite(&self) -> bool {
        self.squares.is_finite()
    }

    /// The smallest and the largest value; `None` when there are none.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        (self.count > 0).then_some((self.min, self.max))
    }
}

/// The number of values that are summed side by side, each into a sum of its own: in a single sum every
/// addition would have to wait for the one before.
pub const SIDE_BY_SIDE: usize = 16;

/// The smallest of some values, the largest, and their sum, separately for each index in a row of
/// [`SIDE_BY_SIDE`] values. Moments need it first, and it can be computed while values are copied.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    min: [f64; SIDE_BY_SIDE],
    max: [f64; SIDE_BY_SIDE],
    sum: [f64; SIDE_BY_SIDE],
}

impl Extent {
    /// The extent of no values.
    pub const NOTHING: Self = Self {
        min: [f64::INFINITY; SIDE_BY_SIDE],
        max: [f64::NEG_INFINITY; SIDE_BY_SIDE],
        sum: [0.0; SIDE_BY_SIDE],
    };

    /// Adds a row.
    #[inline(always)]
    pub fn take(&mut self, row: &[f64; SIDE_BY_SIDE]) {
        for (index, &x) in row.iter().enumerate() {
            self.take_one(index, x);
        }
    }

    #[inline(always)]
    fn take_one(&mut self, index: usize, x: f64) {
        let Self { min, max, sum } = self;
        min[index] = lower(x, min[index]);
        max[index] = higher(x, max[index]);
        sum[index] += x;
    }
}

for_every_processor! {
    /// Adds values row by row; the last row may be short.
    fn extent(values: &[f64]) -> Extent {
        let (rows, rest) = values.as_chunks();
        let mut taken = Extent::NOTHING;
        for row in rows {
            taken.take(row);
        }
        for (index, &x) in rest.iter().enumerate() {
            taken.take_one(index, x);
        }
        taken
    }

    /// The sums of the squares and of the cubes of the differences from the mean, separately for each index
    /// in a row.
    fn sum_powers(values: &[f64], mean: f64) -> [[f64; SIDE_BY_SIDE]; 2] {
        let (rows, rest) = values.as_chunks::<SIDE_BY_SIDE>();
        let (mut squares, mut cubes) = ([0.0; SIDE_BY_SIDE], [0.0; SIDE_BY_SIDE]);
        for row in rows {
            for ((square, cube), &x) in squares.iter_mut().zip(&mut cubes).zip(row) {
                let off = x - mean;
                *square += off * off;
                *cube += off * off * off;
            }
        }
        for ((square, cube), &x) in squares.iter_mut().zip(&mut cubes).zip(rest) {
            let off = x - mean;
            *square += off * off;
            *cube += off * off * off;
        }
        [squares, cubes]
    }
}

#[inline(always)]
fn lower(one: f64, other: f64) -> f64 {
    if one < other { one } else { other }
}

#[inline(always)]
fn higher(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
}

/// Combines a row into one value: first its two halves, then the halves of the result, and so on. It is not
/// inlined, because the compiler would otherwise use shorter vectors in the loops that fill rows, for the
/// sake of the last halves.
#[inline(never)]
fn joined(row: &[f64; SIDE_BY_SIDE], join: impl Fn(f64, f64) -> f64) -> f64 {
    let (mut row, mut half) = (*row, SIDE_BY_SIDE / 2);
    while half > 0 {
        for index in 0..half {
            row[index] = join(row[index], row[index + half]);
        }
        half /= 2;
    }
    row[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_parts_equal_the_whole() {
        let values: Vec<f64> = (0..1000).map(|i| 1e6 + f64::from(i % 37).powi(2)).collect();
        let whole = Moments::of(&values);
        let mut merged = Moments::default();
        for part in values.chunks(7) {
            merged.merge(&Moments::of(part));
        }
        assert_eq!((merged.count(), merged.extremes()), (1000, Some((1e6, 1_001_296.0))));
        assert!((merged.mean() - whole.mean()).abs() < 1e-9);
        assert!((merged.sd() - whole.sd()).abs() < 1e-9 * whole.sd());
        assert!((merged.cubes - whole.cubes).abs() < 1e-9 * merged.squares * whole.sd());
    }

    #[test]
    fn a_constant_has_no_spread_at_all() {
        let mut moments = Moments::default();
        for _ in 0..100 {
            moments.merge(&Moments::of(&[0.1; 32]));
        }
        let error = moments.mean_error().for_intervals();
        assert_eq!((moments.mean(), moments.sd(), error), (0.1, 0.0, 0.0));
    }

    #[test]
    fn values_that_differ_by_rounding_alone_have_no_spread() {
        let moments = Moments::of(&[1e5, 1e5 - 1.5e-11, 1e5 + 1.5e-11]);
        assert_eq!((moments.sd(), moments.mean_error().standard_error()), (0.0, 0.0));
        assert!(Moments::of(&[1e5, 1e5 + 1e-6]).sd() > 0.0 && Moments::of(&[0.0, 1e-300]).sd() >= 0.0);
    }

    #[test]
    fn one_value_that_is_not_finite_is_detected_at_any_index() {
        for invalid in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for (count, index) in [(1, 0), (5, 2), (8, 7), (512, 0), (512, 300), (513, 512)] {
                let mut values = vec![3.0; count];
                assert!(Moments::of(&values).all_finite());
                values[index] = invalid;
                assert!(!Moments::of(&values).all_finite(), "{invalid} at {index} of {count}");
            }
        }
        assert!(Moments::of(&[]).all_finite());
        assert!(!Moments::of_one(f64::INFINITY).all_finite());
        assert_eq!(Moments::of_one(2.5), Moments::of(&[2.5]));
    }

    #[test]
    fn nothing_has_no_moments() {
        let mut moments = Moments::of(&[]);
        moments.merge(&Moments::default());
        assert_eq!((moments.count(), moments.mean(), moments.sd(), moments.extremes()), (0, 0.0, 0.0, None));
    }
}
