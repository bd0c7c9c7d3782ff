//! Least squares from sums of products: rows are added one by one, and only the sums are kept.

/// A column is dropped if the share of it that earlier columns don't explain is smaller than this: the
/// remainder is rounding.
const INDEPENDENT: f64 = 1e-10;

/// The sums of products of all columns with one another; the last column is the dependent variable.
#[derive(Debug, Clone)]
pub(super) struct Products {
    columns: usize,
    /// The lower triangle, row by row.
    sums: Vec<f64>,
}

/// A fitted combination of the columns.
#[derive(Debug)]
pub(super) struct Fit {
    /// One for every column but the last. Columns that are linear combinations of earlier ones have 0.
    pub(super) coefficients: Vec<f64>,
    /// The number of linearly independent columns.
    pub(super) rank: usize,
    /// The sum of squared residuals.
    pub(super) rest: f64,
}

impl Products {
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, sums: vec![0.0; columns * (columns + 1) / 2] }
    }

    /// Products whose sums are known: the lower triangle, row by row.
    pub(super) fn given(columns: usize, sums: Vec<f64>) -> Self {
        debug_assert_eq!(sums.len(), columns * (columns + 1) / 2);
        Self { columns, sums }
    }

    pub(super) fn add(&mut self, row: &[f64]) {
        let mut start = 0;
        for (i, &a) in row.iter().enumerate() {
            for (sum, &b) in self.sums[start..=start + i].iter_mut().zip(row) {
                *sum += a * b;
            }
            start += i + 1;
        }
    }

    /// The sums of the rows that are not in `part`.
    pub(super) fn without(&self, part: &Self) -> Self {
        let sums = self.sums.iter().zip(&part.sums).map(|(all, part)| all - part).collect();
        Self { columns: self.columns, sums }
    }

    /// The combination with the smallest squared residuals, by Cholesky's decomposition: the last row of the
    /// factor is the dependent variable in the orthogonal directions of the others, and its diagonal element
    /// is the residual.
    pub(super) fn fit(&self) -> Fit {
        let (factor, rank) = self.cholesky();
        let last = self.columns - 1;
        let response = &factor[triangle(last)..];
        Fit { coefficients: back_substitute(&factor, &response[..last]), rank, rest: response[last] }
    }

    /// The factor, with the square of its last diagonal element in place of that element, and the number of
    /// linearly independent columns.
    fn cholesky(&self) -> (Vec<f64>, usize) {
        let mut factor = self.sums.clone();
        let mut rank = 0;
        for i in 0..self.columns {
            let (above, row) = factor.split_at_mut(triangle(i));
            for j in 0..i {
                let other = &above[triangle(j)..][..=j];
                let covered: f64 = row[..j].iter().zip(other).map(|(a, b)| a * b).sum();
                row[j] = if other[j] > 0.0 { (row[j] - covered) / other[j] } else { 0.0 };
            }
            let whole = row[i];
            let left = whole - row[..i].iter().map(|a| a * a).sum::<f64>();
            if i + 1 == self.columns {
                row[i] = left.max(0.0);
            } else if left > INDEPENDENT * whole {
                row[i] = libm::sqrt(left);
                rank += 1;
            } else {
                row[i] = 0.0;
            }
        }
        (factor, rank)
    }
}

/// The start of row `i` of a lower triangle.
fn triangle(i: usize) -> usize {
    i * (i + 1) / 2
}

/// Solves Lᵀ·b = z.
fn back_substitute(factor: &[f64], z: &[f64]) -> Vec<f64> {
    let mut b = z.to_vec();
    for i in (0..z.len()).rev() {
        let row = &factor[triangle(i)..][..=i];
        b[i] = if row[i] > 0.0 { b[i] / row[i] } else { 0.0 };
        let known = b[i];
        for (b, l) in b[..i].iter_mut().zip(row) {
            *b -= l * known;
        }
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products(rows: &[[f64; 4]]) -> Products {
        let mut products = Products::new(4);
        for row in rows {
            products.add(row);
        }
        products
    }

    #[test]
    fn an_exact_relation_is_found_and_leaves_nothing() {
        let row = |x: f64, z: f64| [1.0, x, z, 2.0 - 3.0 * x + 0.5 * z];
        let fit =
            products(&[row(0.0, 1.0), row(1.0, 5.0), row(2.0, -1.0), row(5.0, 2.0), row(7.0, 7.0)]).fit();
        for (found, truth) in fit.coefficients.iter().zip([2.0, -3.0, 0.5]) {
            assert!((found - truth).abs() < 1e-12, "{found} for {truth}");
        }
        assert!(fit.rank == 3 && fit.rest < 1e-12);
    }

    #[test]
    fn a_dependent_column_is_left_out() {
        let row = |x: f64, y: f64| [1.0, x, 2.0 * x - 1.0, y];
        let rows = [row(0.0, 1.0), row(1.0, 2.0), row(2.0, 1.0), row(3.0, 4.0)];
        let fit = products(&rows).fit();
        // The line through these points is 0.8 + 0.8·x; its squared residuals add up to 2.8.
        assert!((fit.coefficients[0] - 0.8).abs() < 1e-12 && (fit.coefficients[1] - 0.8).abs() < 1e-12);
        assert_eq!((fit.rank, fit.coefficients[2]), (2, 0.0));
        assert!((fit.rest - 2.8).abs() < 1e-12, "{}", fit.rest);
    }

    #[test]
    fn sums_without_a_part_are_the_sums_of_the_rest() {
        let rows = [[1.0, 2.0, 3.0, 4.0], [1.0, 0.0, -1.0, 2.0], [1.0, 5.0, 2.0, 2.0]];
        assert_eq!(products(&rows).without(&products(&rows[..1])).sums, products(&rows[1..]).sums);
    }
}
