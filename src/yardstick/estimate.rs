//! Estimates from repeatedly measured times.
//!
//! Times are skewed and occasionally disturbed, so no distribution is assumed: the estimates are medians,
//! with intervals between two of the values. The intervals are valid for independent measurements. A machine
//! that is slower for a while affects everything that is measured in that time, so things to be compared are
//! measured in turns.

/// A figure with a 95% confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The median.
    pub median: f64,
    /// The lower bound; the smallest value if there are too few values for 95%.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

impl Estimate {
    /// The median of values, with the interval of the sign test: between the k-th smallest and the k-th
    /// largest, with the largest k for which P(Binomial(n, ½) < k) ≤ 2.5%. Six values or more give 95%; with
    /// fewer it is the range. `None` without values, or if one is NaN.
    ///
    /// # Examples
    /// ```
    /// use corridor::yardstick::estimate::Estimate;
    ///
    /// let nine = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 90.0]).expect("numbers");
    /// assert_eq!(nine, Estimate { median: 5.0, low: 2.0, high: 8.0 }); // P(fewer than 2 of 9) = 10/512
    /// ```
    pub fn of(values: &[f64]) -> Option<Self> {
        let sorted = sorted(values)?;
        let cut = lower_ends(&binomial(sorted.len()));
        Self::between(&sorted, cut)
    }

    /// The ratio of `over` to `under`, which were measured in turns: from the ratios of neighbouring
    /// measurements.
    pub fn of_pairs(over: &[f64], under: &[f64]) -> Option<Self> {
        let ratios: Vec<f64> = over.iter().zip(under).map(|(over, under)| over / under).collect();
        Self::of(&ratios)
    }

    /// The ratio of `over` to `under`, which were measured separately.
    ///
    /// # Formula
    /// The median of all ratios of one of `over` to one of `under` (Hodges and Lehmann, applied to the
    /// logarithms); the interval is that of the test by Mann and Whitney: between the k-th smallest and the
    /// k-th largest ratio, with the largest k for which P(U < k) ≤ 2.5%. `None` if there are too few values
    /// for that: four of each are enough.
    pub fn of_ratio(over: &[f64], under: &[f64]) -> Option<Self> {
        let all: Vec<f64> =
            over.iter().flat_map(|over| under.iter().map(move |under| over / under)).collect();
        match lower_ends(&mann_whitney(over.len(), under.len())) {
            0 => None,
            cut => Self::between(&sorted(&all)?, cut),
        }
    }

    fn between(sorted: &[f64], cut: usize) -> Option<Self> {
        let cut = cut.clamp(1, sorted.len().div_ceil(2).max(1));
        Some(Self {
            median: median(sorted)?,
            low: *sorted.get(cut - 1)?,
            high: *sorted.get(sorted.len() - cut)?,
        })
    }

    /// The estimate of a multiple of the figure.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { median: self.median * factor, low: self.low * factor, high: self.high * factor }
    }

    /// The conclusion about a ratio of times, new to old.
    pub fn verdict(self) -> Verdict {
        match self {
            Self { high, .. } if high < 1.0 => Verdict::Faster,
            Self { low, .. } if low > 1.0 => Verdict::Slower,
            _ => Verdict::Unclear,
        }
    }
}

/// The comparison of two speeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The new one is faster.
    Faster,
    /// The new one is slower.
    Slower,
    /// The interval contains 1.
    Unclear,
}

/// The interquartile range of repeated measurements, as a share of their median: the noise of the machine.
pub fn spread(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values)?;
    let quarter = sorted.len() / 4;
    Some((sorted[sorted.len() - 1 - quarter] - sorted[quarter]) / median(&sorted)?)
}

fn sorted(values: &[f64]) -> Option<Vec<f64>> {
    if values.is_empty() || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(sorted)
}

fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { *upper } else { f64::midpoint(sorted[middle - 1], *upper) })
}

/// The number of smallest values whose total probability is at most 2.5%.
fn lower_ends(probabilities: &[f64]) -> usize {
    let mut below = 0.0;
    let is_rare = |p: &&f64| {
        below += **p;
        below <= 0.025
    };
    probabilities.iter().take_while(is_rare).count()
}

/// P(B = k) for k from 0 to n, with B from Binomial(n, ½).
fn binomial(n: usize) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 0..n {
        let shifted = |k: usize| if k == 0 { 0.0 } else { row[k - 1] };
        row =
            (0..=row.len()).map(|k| f64::midpoint(row.get(k).copied().unwrap_or(0.0), shifted(k))).collect();
    }
    row
}

/// P(U = k) for k from 0 to n·m, with U the number of pairs in which the first is the larger, when all n + m
/// values have the same distribution.
///
/// # Formula
/// The numbers of orders satisfy c(u; n, m) = c(u − m; n − 1, m) + c(u; n, m − 1): the largest value is one
/// of the first, or one of the others.
fn mann_whitney(n: usize, m: usize) -> Vec<f64> {
    // Probabilities are computed instead of counts, so that nothing overflows: the largest value is one of
    // the first with probability n/(n + m).
    let mut table: Vec<Vec<f64>> = vec![vec![1.0]; m + 1];
    for first in 1..=n {
        let mut next: Vec<Vec<f64>> = vec![vec![1.0]];
        for others in 1..=m {
            let share = first as f64 / (first + others) as f64;
            let mut row = vec![0.0; first * others + 1];
            for (u, p) in table[others].iter().enumerate() {
                row[u + others] += share * p;
            }
            for (u, p) in next[others - 1].iter().enumerate() {
                row[u] += (1.0 - share) * p;
            }
            next.push(row);
        }
        table = next;
    }
    table.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_have_their_range() {
        let five = Estimate::of(&[5.0, 1.0, 4.0, 2.0, 3.0]).expect("numbers");
        assert_eq!(five, Estimate { median: 3.0, low: 1.0, high: 5.0 });
        assert_eq!(Estimate::of(&[7.0]).expect("a number"), Estimate { median: 7.0, low: 7.0, high: 7.0 });
        assert!(Estimate::of(&[]).is_none() && Estimate::of(&[f64::NAN]).is_none());
    }

    #[test]
    fn the_interval_of_a_median_is_that_of_the_tables_of_the_sign_test() {
        // Critical values for two-sided 5%: k − 1 of the smallest are left out on either side.
        for (n, k) in [(6, 1), (8, 1), (9, 2), (12, 3), (17, 5), (20, 6), (25, 8)] {
            assert_eq!(lower_ends(&binomial(n)), k, "{n}");
        }
    }

    #[test]
    fn the_interval_of_a_ratio_is_that_of_the_tables_of_mann_and_whitney() {
        // The tables give the largest U that is significant: one less than k.
        for (n, m, k) in [(4, 4, 1), (5, 5, 3), (6, 6, 6), (7, 7, 9), (9, 9, 18), (10, 8, 18), (20, 20, 128)]
        {
            assert_eq!(lower_ends(&mann_whitney(n, m)), k, "{n} and {m}");
        }
        let total: f64 = mann_whitney(9, 7).iter().sum();
        assert!((total - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_difference_beyond_the_noise_is_reported_and_one_within_it_is_not() {
        let old = [1.00, 1.02, 0.99, 1.01, 1.03, 0.98];
        let halved = old.map(|time| time / 2.0);
        let ratio = Estimate::of_ratio(&halved, &old).expect("numbers");
        assert!((ratio.median - 0.5).abs() < 0.01 && ratio.verdict() == Verdict::Faster, "{ratio:?}");
        assert_eq!(Estimate::of_ratio(&old, &halved).map(Estimate::verdict), Some(Verdict::Slower));
        assert_eq!(Estimate::of_ratio(&old[..3], &old[..3]), None);
        let same = old.map(|time| time * 1.005);
        assert_eq!(Estimate::of_ratio(&same, &old).map(Estimate::verdict), Some(Verdict::Unclear));
    }

    #[test]
    fn pairs_cancel_what_slows_both_down() {
        let (first, second) = ([1.0, 2.0, 4.0, 1.0, 3.0, 1.0], [0.5, 1.0, 2.0, 0.5, 1.5, 0.5]);
        assert_eq!(Estimate::of_pairs(&first, &second), Some(Estimate { median: 2.0, low: 2.0, high: 2.0 }));
    }

    #[test]
    fn the_spread_is_that_of_the_middle_half() {
        assert_eq!(spread(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 50.0]), Some(0.0));
        assert_eq!(spread(&[1.0, 2.0, 4.0, 6.0]), Some((4.0 - 2.0) / 3.0));
    }
}
