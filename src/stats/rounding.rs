//! When two figures are equal, and when there is no spread: one rule for everything that is computed,
//! compared or shown.

/// A difference below this share of the values it was computed from is rounding. A run takes some thousand
/// operations, each exact to 1e-16, and figures that don't depend on a change may still be summed in another
/// order.
pub const ROUNDING: f64 = 1e-12;

/// Whether a difference is at most the rounding error of values of this size.
pub fn is_rounding(difference: f64, size: f64) -> bool {
    difference.abs() <= ROUNDING * size.abs()
}

/// A difference of values of this size; exactly zero where it is at most their rounding error.
///
/// # Examples
/// ```
/// use corridor::stats::without_rounding;
///
/// assert_eq!(without_rounding(0.1 + 0.2 - 0.3, 0.3), 0.0);
/// assert_eq!(without_rounding(1e-9, 1.0), 1e-9);
/// ```
#[inline(always)]
pub fn without_rounding(difference: f64, size: f64) -> f64 {
    if is_rounding(difference, size) { 0.0 } else { difference }
}

/// Whether two values are equal up to rounding.
pub fn are_equal(one: f64, other: f64) -> bool {
    one == other || is_rounding(one - other, one.abs().max(other.abs()))
}

/// Whether values between these extremes have no spread.
pub fn is_constant(lowest: f64, highest: f64) -> bool {
    are_equal(lowest, highest)
}

/// The same columns, in which values that are equal up to rounding are made exactly equal, namely to the
/// lowest of them: so a bound that many runs reach is one value, and has one rank. The size for the rounding
/// is that of the largest value.
pub fn settled(mut columns: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let all = || columns.iter().flatten().copied();
    let size = all().map(f64::abs).fold(0.0, f64::max);
    let mut values: Vec<f64> = all().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    // A value within the rounding error of the first of a group belongs to the group.
    let mut first = f64::NAN;
    let joined: Vec<(f64, f64)> = values
        .into_iter()
        .filter_map(|value| {
            let belongs = is_rounding(value - first, size);
            if !belongs {
                first = value;
            }
            belongs.then_some((value, first))
        })
        .collect();
    if joined.is_empty() {
        return columns;
    }
    for value in columns.iter_mut().flatten() {
        if let Ok(index) = joined.binary_search_by(|(known, _)| known.total_cmp(value)) {
            *value = joined[index].1;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_by_rounding_are_equal_and_all_others_are_not() {
        assert!(are_equal(0.1 + 0.2, 0.3) && are_equal(0.0, -0.0) && are_equal(1e-300, 1e-300));
        assert!(!are_equal(1.0, 1.0 + 1e-9) && !are_equal(0.0, 1e-300) && !are_equal(-1.0, 1.0));
        assert!(!are_equal(f64::NAN, 1.0) && !are_equal(f64::NAN, f64::NAN));
    }

    #[test]
    fn runs_at_a_bound_get_one_value_whatever_their_rounding() {
        let bound = [1e5 - 1.5e-11, 1e5, 1e5 + 1.5e-11];
        let found = settled(vec![vec![bound[1], 7.0, bound[0]], vec![bound[2], 99_999.0]]);
        assert_eq!(found, [vec![bound[0], 7.0, bound[0]], vec![bound[0], 99_999.0]]);
    }

    #[test]
    fn values_further_apart_keep_their_bits() {
        let values: Vec<f64> = (0..1000).map(|i| libm::sin(f64::from(i)) * 1e4).collect();
        assert_eq!(settled(vec![values.clone()]), [values]);
        assert_eq!(settled(Vec::new()), Vec::<Vec<f64>>::new());
    }
}
