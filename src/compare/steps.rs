//! Contrasts: weighted differences between the scenarios' values in one run, written so that scenarios
//! without a difference give exactly zero.

use crate::stats::without_rounding;

/// The difference between two scenarios, times a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    weight: f64,
    from: usize,
    to: usize,
}

/// A weighted sum of differences between scenarios, given by their indices.
///
/// It is stored as differences, not as one weight for each scenario: 0.1·a − 0.1·b + 0.2·a − 0.2·b has a
/// rounding error even if a equals b, which would be counted as an effect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps {
    steps: Vec<Step>,
    /// Whether its whole distribution is computed, and not only its mean and its signs.
    pub(super) is_distributed: bool,
}

impl Steps {
    /// The value of `to` less that of `from`.
    pub fn between(from: usize, to: usize) -> Self {
        Self { steps: vec![Step { weight: 1.0, from, to }], is_distributed: true }
    }

    /// The same sum plus another difference, times `weight`.
    #[must_use]
    pub fn and(mut self, weight: f64, from: usize, to: usize) -> Self {
        self.steps.push(Step { weight, from, to });
        self
    }

    /// The same contrast, of which only the mean and the signs are computed.
    #[must_use]
    pub fn in_short(self) -> Self {
        Self { is_distributed: false, ..self }
    }

    /// An empty sum.
    pub(super) fn none() -> Self {
        Self { steps: Vec::new(), is_distributed: true }
    }

    /// Its value in every run: `columns` are those of the scenarios, for one block of runs. A value of at
    /// most the [rounding error](crate::stats::ROUNDING) of the largest value among them is set to zero.
    pub(super) fn sum(&self, columns: &[&[f64]], sum: &mut Vec<f64>) {
        let runs = columns.first().map_or(0, |column| column.len());
        let size = columns.iter().copied().flatten().fold(0.0_f64, |size, value| size.max(value.abs()));
        sum.clear();
        sum.resize(runs, 0.0);
        for step in &self.steps {
            let pairs = columns[step.from].iter().zip(columns[step.to]);
            for (sum, (&from, &to)) in sum.iter_mut().zip(pairs) {
                *sum += step.weight * without_rounding(to - from, size);
            }
        }
        if self.steps.len() > 1 {
            for sum in sum.iter_mut() {
                *sum = without_rounding(*sum, size);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum<const N: usize>(steps: &Steps, run: [f64; N]) -> f64 {
        let mut sum = Vec::new();
        let columns: Vec<&[f64]> = run.iter().map(std::slice::from_ref).collect();
        steps.sum(&columns, &mut sum);
        sum[0]
    }

    #[test]
    fn no_difference_is_exactly_zero_whatever_the_weights() {
        let steps = Steps::none().and(0.1, 0, 1).and(0.2, 2, 3).and(0.7, 0, 1);
        assert_eq!(sum(&steps, [0.3, 0.3, 7.7, 7.7]), 0.0);
        // 0.1 + 0.2 is not 0.3.
        assert_eq!(sum(&Steps::between(0, 1), [0.3, 0.1 + 0.2]), 0.0);
        assert_eq!(sum(&Steps::between(0, 1).and(-1.0, 0, 1), [0.1, 0.7]), 0.0);
    }

    #[test]
    fn small_differences_of_large_values_are_kept() {
        assert_eq!(sum(&Steps::between(0, 1), [1e6, 1e6 + 0.5]), 0.5);
        assert_eq!(sum(&Steps::between(0, 1), [0.0, 1e-9]), 1e-9);
    }

    #[test]
    fn rounding_is_measured_by_the_largest_value_of_the_block() {
        // A balance of amounts of 1e7 is known to 1e-9, whatever its value in a run.
        let (first, other) = ([1e7, 1e-3, 0.0], [1e7, 1e-3 + 1e-9, 1e-9]);
        let mut found = Vec::new();
        Steps::between(0, 1).sum(&[&first, &other], &mut found);
        assert_eq!(found, [0.0; 3]);
    }
}
