//! What is added up of the scenarios' values in one run: weighted differences, so that what makes no
//! difference stays nothing.

use crate::stats::without_rounding;

/// The way from one scenario to another, so many times.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    weight: f64,
    from: usize,
    to: usize,
}

/// A weighted sum of differences between scenarios, by their places.
///
/// Written as differences and not as one weight for each scenario: of 0.1·a − 0.1·b + 0.2·a − 0.2·b rounding
/// is left even where a is b, and would be counted as an effect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps {
    steps: Vec<Step>,
    /// Whether its whole distribution is asked for, and not only its mean and its signs.
    pub(super) is_told: bool,
}

impl Steps {
    /// What one scenario has more than another.
    pub fn between(from: usize, to: usize) -> Self {
        Self { steps: vec![Step { weight: 1.0, from, to }], is_told: true }
    }

    /// The same, and so many times the way from one scenario to another.
    #[must_use]
    pub fn and(mut self, weight: f64, from: usize, to: usize) -> Self {
        self.steps.push(Step { weight, from, to });
        self
    }

    /// The same, of which only the mean and the signs are asked for.
    #[must_use]
    pub fn in_short(self) -> Self {
        Self { is_told: false, ..self }
    }

    /// Nothing yet.
    pub(super) fn none() -> Self {
        Self { steps: Vec::new(), is_told: true }
    }

    /// What it comes to in every run: `columns` are those of the scenarios, of one block of runs. What is no
    /// more than the [rounding](crate::stats::ROUNDING) of the largest value among them is nothing.
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
    fn what_makes_no_difference_is_nothing_whatever_the_weights() {
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
        // A balance of amounts of 1e7 is known to 1e-9, whichever it comes to in a run.
        let (first, other) = ([1e7, 1e-3, 0.0], [1e7, 1e-3 + 1e-9, 1e-9]);
        let mut found = Vec::new();
        Steps::between(0, 1).sum(&[&first, &other], &mut found);
        assert_eq!(found, [0.0; 3]);
    }
}
