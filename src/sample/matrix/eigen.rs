//! Eigenvalues and eigenvectors of a symmetric matrix.

/// The largest number of sweeps. Each roughly squares what remains off the diagonal, so a few suffice for any
/// matrix.
const MOST_SWEEPS: usize = 50;

/// The eigenvalues of a symmetric matrix, each with its eigenvector of length one; in no order.
///
/// Jacobi's method: rotations in the plane of (p, q), row by row, each of which makes A(p,q) zero, until no
/// A(p,q) exceeds the rounding error of the matrix.
pub(super) fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let n = matrix.len();
    let mut vectors = super::CorrelationMatrix::independent(n).rows;
    let size = matrix.iter().flatten().fold(0.0_f64, |most, x| most.max(x.abs()));
    for _ in 0..MOST_SWEEPS {
        let mut done = true;
        for p in 0..n {
            for q in p + 1..n {
                if matrix[p][q].abs() > 0.5 * f64::EPSILON * size {
                    rotate(&mut matrix, &mut vectors, p, q);
                    done = false;
                }
            }
        }
        if done {
            break;
        }
    }
    let value = |(index, vector): (usize, Vec<f64>)| (matrix[index][index], vector);
    vectors.into_iter().enumerate().map(value).collect()
}

/// Makes A(p,q) zero. `vectors` has an eigenvector in each row.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let size = 1.0 / (theta.abs() + libm::sqrt(theta * theta + 1.0));
    let tangent = if theta < 0.0 { -size } else { size };
    let cosine = 1.0 / libm::sqrt(tangent * tangent + 1.0);
    let turn = |x: f64, y: f64| (cosine * x - tangent * cosine * y, tangent * cosine * x + cosine * y);
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    for rows in [matrix, vectors] {
        let (above, below) = rows.split_at_mut(q);
        for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
            (*x, *y) = turn(*x, *y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_vectors_make_up_the_matrix() {
        // A Hilbert matrix of five: eigenvalues from 3e-6 to 1.57. A few dozen rounding errors of 1e-16 each.
        let matrix: Vec<Vec<f64>> =
            (0..5).map(|i| (0..5).map(|j| 1.0 / f64::from(i + j + 1)).collect()).collect();
        let pairs = eigen(matrix.clone());
        for (i, row) in matrix.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                let sum: f64 = pairs.iter().map(|(value, vector)| value * vector[i] * vector[j]).sum();
                assert!((sum - entry).abs() < 2e-15, "{i}, {j}: {sum}");
            }
        }
        let least = pairs.iter().map(|pair| pair.0).fold(f64::INFINITY, f64::min);
        assert!((least / 3.287_928_772_171_862_6e-6 - 1.0).abs() < 1e-9, "{least}");
    }

    #[test]
    fn a_diagonal_matrix_is_its_own() {
        let pairs = eigen(vec![vec![2.0, 0.0], vec![0.0, -1.0]]);
        assert_eq!(pairs, [(2.0, vec![1.0, 0.0]), (-1.0, vec![0.0, 1.0])]);
    }
}
