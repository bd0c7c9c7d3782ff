//! The nearest possible correlation matrix.

use super::CorrelationMatrix;
use super::eigen::eigen;

/// The smallest eigenvalue of the result: a Cholesky factor exists, and no correlation is further away
/// because of it than 1e-7.
const LEAST_EIGENVALUE: f64 = 1e-7;
/// The search ends when no entry changes by more than this.
const TOLERANCE: f64 = 1e-10;
/// The largest number of steps: more than any matrix of up to a hundred members took in trials.
const MOST_STEPS: usize = 10_000;

type Rows = Vec<Vec<f64>>;

impl CorrelationMatrix {
    /// The nearest possible correlation matrix; the same one if it is possible.
    ///
    /// # Formula
    /// The X that minimises Σ (X(i,j) − A(i,j))² among matrices with ones on the diagonal and no eigenvalue
    /// below 1e-7, by alternating projections with Dykstra's correction: N. J. Higham, "Computing the nearest
    /// correlation matrix — a problem from finance", IMA Journal of Numerical Analysis 22 (2002).
    ///
    /// # Accuracy
    /// Entries to about 1e-7.
    #[must_use]
    pub fn nearest(&self) -> Self {
        if self.cholesky().is_ok() {
            return self.clone();
        }
        let mut ones = self.rows.clone();
        let mut correction = vec![vec![0.0; self.members()]; self.members()];
        let mut definite = ones.clone();
        for _ in 0..MOST_STEPS {
            let corrected = zip(&ones, &correction, |x, change| x - change);
            definite = raised(&corrected);
            correction = zip(&definite, &corrected, |x, before| x - before);
            let before = std::mem::replace(&mut ones, with_ones(&definite));
            if largest_change(&ones, &before).max(largest_change(&ones, &definite)) < TOLERANCE {
                break;
            }
        }
        Self { rows: scaled_to_ones(&definite) }
    }

    /// The largest difference between an entry of this matrix and that of another of the same size.
    pub fn largest_change(&self, other: &Self) -> f64 {
        largest_change(&self.rows, &other.rows)
    }
}

/// The nearest matrix without an eigenvalue below the smallest allowed.
fn raised(matrix: &Rows) -> Rows {
    let n = matrix.len();
    let mut sum = vec![vec![0.0; n]; n];
    for (value, vector) in eigen(matrix.clone()) {
        let value = value.max(LEAST_EIGENVALUE);
        for (row, x) in sum.iter_mut().zip(&vector) {
            for (entry, y) in row.iter_mut().zip(&vector) {
                // The product of x and y comes first, so that both triangles have the same bits.
                *entry += value * (x * y);
            }
        }
    }
    sum
}

/// The nearest matrix with ones on its diagonal.
fn with_ones(matrix: &Rows) -> Rows {
    let mut rows = matrix.clone();
    for (index, row) in rows.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    rows
}

/// Divides rows and columns so that the diagonal has ones; a positive definite matrix stays so.
fn scaled_to_ones(matrix: &Rows) -> Rows {
    let roots: Vec<f64> = matrix.iter().enumerate().map(|(index, row)| libm::sqrt(row[index])).collect();
    let mut rows = matrix.clone();
    for (row, one) in rows.iter_mut().zip(&roots) {
        for (entry, other) in row.iter_mut().zip(&roots) {
            *entry /= one * other;
        }
    }
    with_ones(&rows)
}

fn zip(one: &Rows, other: &Rows, join: impl Fn(f64, f64) -> f64) -> Rows {
    let row =
        |(one, other): (&Vec<f64>, &Vec<f64>)| one.iter().zip(other).map(|(x, y)| join(*x, *y)).collect();
    one.iter().zip(other).map(row).collect()
}

fn largest_change(one: &Rows, other: &Rows) -> f64 {
    zip(one, other, |x, y| (x - y).abs()).into_iter().flatten().fold(0.0, f64::max)
}
