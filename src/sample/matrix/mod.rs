//! Correlation matrices: whether one is possible, that is, positive definite, and the nearest that is.

mod eigen;
mod nearest;

/// The smallest pivot that counts as positive: below it rounding decides.
const LEAST_PIVOT: f64 = 1e-9;

/// A symmetric matrix of stated correlations, with ones on its diagonal.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelationMatrix {
    rows: Vec<Vec<f64>>,
}

/// Correlations that are impossible together, because their matrix isn't positive definite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the correlations of the first {} can't hold together", member + 1)]
pub struct NotPositiveDefinite {
    /// The first member, from 0, whose stated correlations with those before it are impossible.
    pub member: usize,
}

impl CorrelationMatrix {
    /// The matrix of `members` members without any correlation.
    pub fn independent(members: usize) -> Self {
        let row = |one| (0..members).map(|other| f64::from(u8::from(one == other))).collect();
        Self { rows: (0..members).map(row).collect() }
    }

    /// Sets the correlation of two different members.
    pub fn correlate(&mut self, one: usize, other: usize, correlation: f64) {
        debug_assert_ne!(one, other, "a member is correlated with itself anyway");
        self.rows[one][other] = correlation;
        self.rows[other][one] = correlation;
    }

    /// The correlation of two members.
    pub fn between(&self, one: usize, other: usize) -> f64 {
        self.rows[one][other]
    }

    /// The number of members.
    pub fn members(&self) -> usize {
        self.rows.len()
    }

    /// The matrix of some of the members, in the order given.
    #[must_use]
    pub fn of(&self, members: &[usize]) -> Self {
        let row = |&one: &usize| members.iter().map(|&other| self.rows[one][other]).collect();
        Self { rows: members.iter().map(row).collect() }
    }

    /// The lower Cholesky factor, row by row: row i has i + 1 numbers. A member that is added after the
    /// others adds a row and changes none.
    ///
    /// # Formula
    /// L(i,j) = (R(i,j) − Σ L(i,k)·L(j,k)) / L(j,j) over k < j, and L(i,i) = √(1 − Σ L(i,k)²) over k < i.
    ///
    /// # Errors
    /// [`NotPositiveDefinite`] where the matrix isn't positive definite by a margin of 1e-9: it names the
    /// first member whose correlations with those before it are impossible.
    pub fn cholesky(&self) -> Result<Vec<f64>, NotPositiveDefinite> {
        // Row i starts after the rows with 1, 2, … i numbers.
        let at = |row: usize, column: usize| row * (row + 1) / 2 + column;
        let mut lower: Vec<f64> = Vec::with_capacity(at(self.members(), 0));
        for (row, stated) in self.rows.iter().enumerate() {
            for (column, correlation) in stated[..row].iter().enumerate() {
                let shared: f64 = (0..column).map(|k| lower[at(row, k)] * lower[at(column, k)]).sum();
                lower.push((correlation - shared) / lower[at(column, column)]);
            }
            let explained: f64 = (0..row).map(|k| lower[at(row, k)] * lower[at(row, k)]).sum();
            let pivot = 1.0 - explained;
            if pivot.is_nan() || pivot < LEAST_PIVOT {
                return Err(NotPositiveDefinite { member: row });
            }
            lower.push(libm::sqrt(pivot));
        }
        Ok(lower)
    }
}

#[cfg(test)]
mod tests;
