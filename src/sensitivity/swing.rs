//! The output when an input is low, and when it is high: the bars of a tornado chart.

use super::rank::ascending;
use crate::stats::Moments;

/// The output among the runs with the lowest and among those with the highest values of an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// Among the lowest tenth of the input.
    pub low: Moments,
    /// Among the highest tenth.
    pub high: Moments,
}

impl Swing {
    /// The mean at the high end less the mean at the low end.
    pub fn difference(&self) -> f64 {
        self.high.mean() - self.low.mean()
    }

    /// The standard error of the difference; the two ends are different runs. NaN where an end is a single
    /// run.
    pub fn standard_error(&self) -> f64 {
        let (low, high) = (self.low.mean_error().standard_error(), self.high.mean_error().standard_error());
        libm::sqrt(low * low + high * high)
    }
}

/// The output y where x is in its lowest tenth, and where it is in its highest.
///
/// Equal values stay together: for an input that is 0 or 1 the ends are all runs with 0 and all runs with 1.
/// If the value at the tenth repeats, it is included or not, whichever is closer to a tenth of the runs.
/// `None` when all values are equal.
pub fn swing(x: &[f64], y: &[f64]) -> Option<Swing> {
    let order = ascending(x);
    let backwards: Vec<usize> = order.iter().rev().copied().collect();
    let of = |runs: &[usize]| Moments::of(&runs.iter().map(|&run| y[run]).collect::<Vec<f64>>());
    let (low, high) = (tenth(x, &order), tenth(x, &backwards));
    (low.len() + high.len() <= x.len() && !x.is_empty()).then(|| Swing { low: of(low), high: of(high) })
}

/// The first values of an order, about a tenth of them: complete groups of equal values, at least one.
fn tenth<'o>(x: &[f64], order: &'o [usize]) -> &'o [usize] {
    let wanted = order.len().div_ceil(10);
    let mut end = 0;
    for equal in order.chunk_by(|&a, &b| x[a] == x[b]) {
        let next = end + equal.len();
        if end > 0 && next.abs_diff(wanted) > end.abs_diff(wanted) {
            break;
        }
        end = next;
    }
    &order[..end]
}

#[cfg(test)]
mod tests {
    use super::super::tests::uniforms;
    use super::*;

    #[test]
    fn the_ends_are_tenths_of_the_runs() {
        let x = uniforms("x", 0, 10_000);
        let found = swing(&x, &x).expect("has two ends");
        assert_eq!((found.low.count(), found.high.count()), (1_000, 1_000));
        // Means of 1,000 uniforms on a tenth have errors of 0.0009; five of them.
        assert!((found.difference() - 0.9).abs() < 0.0065, "{}", found.difference());
        assert!((found.standard_error() - 0.0013).abs() < 2e-4, "{}", found.standard_error());
    }

    #[test]
    fn the_ends_of_an_event_are_the_runs_without_and_with_it() {
        for chance in [0.01, 0.05, 0.3, 0.98] {
            let x: Vec<f64> =
                uniforms("x", 0, 1_000).iter().map(|&u| f64::from(u8::from(u < chance))).collect();
            let happened = x.iter().filter(|&&x| x == 1.0).count() as u64;
            let found = swing(&x, &x).expect("has two ends");
            assert_eq!((found.low.count(), found.high.count()), (1_000 - happened, happened));
            assert_eq!(found.difference(), 1.0);
        }
    }

    #[test]
    fn a_constant_has_no_ends() {
        assert_eq!(swing(&[1.0; 9], &[2.0; 9]), None);
        assert_eq!(swing(&[], &[]), None);
    }
}
