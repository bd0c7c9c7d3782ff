//! Tests of correlation matrices: factors, impossible matrices, and the nearest possible one.

use super::*;

/// The matrix of `members` members with these correlations; all others are 0.
fn matrix(members: usize, stated: &[(usize, usize, f64)]) -> CorrelationMatrix {
    let mut matrix = CorrelationMatrix::independent(members);
    for &(one, other, correlation) in stated {
        matrix.correlate(one, other, correlation);
    }
    matrix
}

#[test]
fn a_factor_times_itself_gives_the_correlations_back() {
    let matrix = matrix(3, &[(0, 1, 0.5), (0, 2, -0.3), (1, 2, 0.2)]);
    let lower = matrix.cholesky().expect("these are possible together");
    let row = |i: usize| &lower[i * (i + 1) / 2..=i * (i + 1) / 2 + i];
    for i in 0..3 {
        for j in 0..=i {
            let product: f64 = row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum();
            // Sums of at most three products of numbers below one: a few rounding errors of 1e-16.
            assert!((product - matrix.between(i, j)).abs() < 1e-15, "{i}, {j}: {product}");
        }
    }
}

#[test]
fn a_member_after_others_changes_nothing_of_their_factor() {
    let matrix = matrix(3, &[(0, 1, 0.6), (1, 2, 0.3)]);
    let (two, three) =
        (matrix.of(&[0, 1]).cholesky(), matrix.cholesky().expect("these are possible together"));
    assert_eq!(two.expect("these are possible together"), three[..3]);
}

#[test]
fn the_first_member_with_impossible_correlations_is_named() {
    let impossible = matrix(5, &[(0, 1, 0.5), (1, 2, 0.8), (2, 3, 0.9), (1, 3, -0.9), (3, 4, 0.1)]);
    assert_eq!(impossible.cholesky(), Err(NotPositiveDefinite { member: 3 }));
    assert_eq!(matrix(2, &[(0, 1, 1.0)]).cholesky(), Err(NotPositiveDefinite { member: 1 }));
    assert_eq!(matrix(2, &[(0, 1, f64::NAN)]).cholesky(), Err(NotPositiveDefinite { member: 1 }));
}

#[test]
fn the_nearest_to_highams_example_is_as_published() {
    // N. J. Higham (2002), section 4: 0.7607 and 0.1573, at a distance of 0.5278.
    let nearest = matrix(3, &[(0, 1, 1.0), (1, 2, 1.0)]).nearest();
    let expected = matrix(3, &[(0, 1, 0.7607), (1, 2, 0.7607), (0, 2, 0.1573)]);
    assert!(nearest.largest_change(&expected) < 0.5e-4 + 1e-7, "{nearest:?}");
    let squares =
        2.0 * (2.0 * f64::powi(1.0 - nearest.between(0, 1), 2) + f64::powi(nearest.between(0, 2), 2));
    assert!((squares.sqrt() - 0.5278).abs() < 0.5e-4 + 1e-7, "{}", squares.sqrt());
}

#[test]
fn the_nearest_always_has_a_factor_and_a_possible_matrix_is_its_own() {
    // 40 members whose correlations are a wave: far from a possible matrix.
    let mut wave = CorrelationMatrix::independent(40);
    for one in 0..40 {
        for other in 0..one {
            wave.correlate(one, other, libm::sin((one * other) as f64) * 0.9);
        }
    }
    assert!(wave.cholesky().is_err());
    let nearest = wave.nearest();
    assert!(nearest.cholesky().is_ok());
    assert_eq!(nearest.nearest(), nearest);
    for one in 0..40 {
        assert_eq!(nearest.between(one, one), 1.0);
        assert!((0..one).all(|other| nearest.between(one, other) == nearest.between(other, one)));
        assert!((0..one).all(|other| nearest.between(one, other).abs() <= 1.0));
    }
}

#[test]
fn no_other_possible_matrix_is_nearer() {
    // The nearest X to A has Σ (A − X)·(Y − X) ≤ 0 for every possible Y: it is the nearest point of a convex
    // set.
    let stated = matrix(4, &[(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9), (0, 3, -0.8), (0, 2, -0.2)]);
    let nearest = stated.nearest();
    let others = [
        CorrelationMatrix::independent(4),
        matrix(4, &[(0, 1, 0.9), (2, 3, 0.9)]),
        matrix(4, &[(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5), (0, 2, 0.25), (1, 3, 0.25), (0, 3, 0.125)]),
        matrix(4, &[(0, 3, -0.99), (1, 2, 0.99)]),
    ];
    for other in others {
        other.cholesky().expect("these are possible together");
        let mut product = 0.0;
        for i in 0..4 {
            for j in 0..4 {
                product += (stated.between(i, j) - nearest.between(i, j))
                    * (other.between(i, j) - nearest.between(i, j));
            }
        }
        // The nearest is exact to 1e-7 in each of 16 entries, the differences are below 2.
        assert!(product < 16.0 * 2.0 * 1e-7, "{product:e}");
    }
}
