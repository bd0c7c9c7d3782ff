//! Arithmetic on whole columns: element by element, with the same bits on every machine.

use super::for_every_processor;

for_every_processor! {
    /// Adds a column to another.
    pub(crate) fn add_in_place(sum: &mut [f64], more: &[f64]) {
        for (sum, &more) in sum.iter_mut().zip(more) {
            *sum += more;
        }
    }

    /// The sums of two columns.
    pub(crate) fn sum_into(sums: &mut [f64], one: &[f64], other: &[f64]) {
        for ((sum, &one), &other) in sums.iter_mut().zip(one).zip(other) {
            *sum = one + other;
        }
    }

    /// Multiplies every element by a factor.
    pub(crate) fn scale_in_place(values: &mut [f64], factor: f64) {
        for x in values {
            *x *= factor;
        }
    }

    /// The number of elements that are at most `level`.
    pub(crate) fn count_up_to(values: &[f64], level: f64) -> u64 {
        values.iter().map(|&x| u64::from(x <= level)).sum()
    }

    /// Marks the elements between two levels, and returns how many are marked by now.
    pub(crate) fn mark_between(values: &[f64], low: f64, high: f64, marks: &mut [bool]) -> u64 {
        let mut marked = 0;
        for (mark, &x) in marks.iter_mut().zip(values) {
            *mark |= low <= x && x <= high;
            marked += u64::from(*mark);
        }
        marked
    }

    /// part / whole, and 0 where the whole is 0 or less.
    pub(crate) fn share_into(share: &mut [f64], part: &[f64], whole: &[f64]) {
        for ((share, &part), &whole) in share.iter_mut().zip(part).zip(whole) {
            *share = if whole > 0.0 { part / whole } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_computed_separately() {
        let (mut column, whole) = ([1.0, 2.0, 3.0], [4.0, 0.0, -1.0]);
        add_in_place(&mut column, &[0.5, 0.5, 0.5]);
        scale_in_place(&mut column, 2.0);
        assert_eq!(column, [3.0, 5.0, 7.0]);
        sum_into(&mut column, &[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]);
        assert_eq!(column, [3.0, 5.0, 7.0]);
        assert_eq!(count_up_to(&column, 5.0), 2);
        let mut marks = [true, false, false];
        assert_eq!((mark_between(&column, 6.0, 7.0, &mut marks), marks), (2, [true, false, true]));
        let mut share = [9.0; 3];
        share_into(&mut share, &column, &whole);
        assert_eq!(share, [0.75, 0.0, 0.0]);
    }
}
