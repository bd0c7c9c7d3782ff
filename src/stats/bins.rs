//! The filled bins of a histogram, as plain data.

use super::histogram::Histograms;
use super::moments::Moments;

/// The number of bins per factor of two, as a power of two, for all yearly figures (a bin is 0.8% wide). It
/// is the same in all results, so that their distributions can be compared and mixed.
pub const YEAR_BITS: u32 = 7;

/// A filled bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower edge.
    pub low: f64,
    /// Upper edge; for the bin of zero it is zero as well.
    pub high: f64,
    /// The share of all values in it.
    pub share: f64,
}

/// Filled bins in ascending order. Histograms with equally many bins per factor of two have the same edges,
/// so their bins can be compared with one another and mixed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bins(Vec<Bin>);

impl Bins {
    /// The given bins, in ascending order, whose shares add up to one.
    pub fn new(bins: Vec<Bin>) -> Self {
        Self(bins)
    }

    /// The distribution of some values, with the bins of a yearly figure; NaN is left out.
    pub fn of(values: &[f64]) -> Self {
        let values: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let mut histogram = Histograms::new(YEAR_BITS, 1);
        histogram.push(0, &values, Moments::of(&values).extremes().unwrap_or_default());
        histogram.of(0).to_bins()
    }

    /// The bins.
    pub fn list(&self) -> &[Bin] {
        &self.0
    }

    /// A mixture: each part has a weight, and weights add up to one.
    pub fn mixed(parts: &[(&Self, f64)]) -> Self {
        let weighted = |&(bins, weight): &(&Self, f64)| -> Vec<Bin> {
            bins.0.iter().map(|bin| Bin { share: bin.share * weight, ..*bin }).collect()
        };
        let mut all: Vec<Bin> = parts.iter().flat_map(weighted).collect();
        all.sort_by(|a, b| a.low.total_cmp(&b.low).then(a.high.total_cmp(&b.high)));
        let mut mixed: Vec<Bin> = Vec::new();
        for bin in all {
            match mixed.last_mut() {
                Some(last) if (last.low, last.high) == (bin.low, bin.high) => last.share += bin.share,
                _ => mixed.push(bin),
            }
        }
        Self(mixed)
    }

    /// The quantiles at ascending `p`, with values spread evenly within a bin. Zeros when there are no bins.
    pub fn quantiles<const K: usize>(&self, p: [f64; K]) -> [f64; K] {
        let mut rest = self.0.iter().peekable();
        let mut below = 0.0;
        p.map(|p| {
            while let Some(bin) = rest.peek()
                && below + bin.share < p
                // The shares of all bins may differ from one in total by rounding: the last bin has the
                // remainder.
                && bin.high < self.0[self.0.len() - 1].high
            {
                below += bin.share;
                rest.next();
            }
            rest.peek()
                .map_or(0.0, |bin| bin.low + (bin.high - bin.low) * ((p - below) / bin.share).clamp(0.0, 1.0))
        })
    }

    /// The share of values of at least `x`, with values spread evenly within a bin.
    pub fn share_of_at_least(&self, x: f64) -> f64 {
        let part = |bin: &Bin| {
            let width = bin.high - bin.low;
            let above = if width > 0.0 {
                ((bin.high - x) / width).clamp(0.0, 1.0)
            } else {
                f64::from(u8::from(bin.low >= x))
            };
            bin.share * above
        };
        self.0.iter().map(part).sum::<f64>().clamp(0.0, 1.0)
    }

    /// The probability that a value of this distribution is larger than an independent one of `other`. Of two
    /// values in one bin either is equally likely to be the larger, except in the bin of zero, where they are
    /// equal.
    pub fn chance_above(&self, other: &Self) -> f64 {
        let mut below = 0.0;
        let mut rest = other.0.iter().peekable();
        let mut chance = 0.0;
        for bin in &self.0 {
            while let Some(next) = rest.peek()
                && (next.low, next.high) < (bin.low, bin.high)
            {
                below += next.share;
                rest.next();
            }
            let beside =
                rest.peek().filter(|next| (next.low, next.high) == (bin.low, bin.high) && bin.high > bin.low);
            chance += bin.share * (below + 0.5 * beside.map_or(0.0, |next| next.share));
        }
        chance
    }

    /// The probability that a value of this distribution is larger than an independent one of `other` by more
    /// than `least`; each value is taken to be at the middle of its bin.
    pub fn chance_above_by(&self, other: &Self, least: f64) -> f64 {
        if least <= 0.0 {
            return self.chance_above(other);
        }
        let below = |bin: &Bin| 1.0 - other.share_of_at_least(f64::midpoint(bin.low, bin.high) - least);
        self.0.iter().map(|bin| bin.share * below(bin)).sum::<f64>().clamp(0.0, 1.0)
    }

    /// The smallest and the largest difference between the probability of exceeding an amount here and that
    /// in `other`, over all amounts that are edges of bins. Zero is always among them.
    pub fn gaps(&self, other: &Self) -> (f64, f64) {
        let mut edges: Vec<(f64, f64, f64)> = Vec::with_capacity(self.0.len() + other.0.len());
        edges.extend(self.0.iter().map(|bin| (bin.high, bin.share, 0.0)));
        edges.extend(other.0.iter().map(|bin| (bin.high, 0.0, bin.share)));
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut here, mut there, mut gaps) = (0.0, 0.0, (0.0_f64, 0.0_f64));
        for (index, edge) in edges.iter().enumerate() {
            here += edge.1;
            there += edge.2;
            let is_complete = edges.get(index + 1).is_none_or(|next| next.0 > edge.0);
            // The shares are summed in a different order, so equal probabilities may differ by rounding.
            if is_complete && (there - here).abs() > 1e-12 {
                gaps = (gaps.0.min(there - here), gaps.1.max(there - here));
            }
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use crate::stats::Bins;

    fn bins(values: &[f64]) -> Bins {
        Bins::of(values)
    }

    fn ramp(from: f64, to: f64) -> Vec<f64> {
        (0..1000).map(|i| from + (to - from) * (f64::from(i) + 0.5) / 1000.0).collect()
    }

    /// A bin is 0.8% of its value wide.
    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 0.008 * expected.abs() + 1e-9, "{found}, not {expected}");
    }

    #[test]
    fn a_mixture_has_the_quantiles_of_all_values_together() {
        let mixed = Bins::mixed(&[(&bins(&ramp(0.0, 10.0)), 0.25), (&bins(&ramp(10.0, 20.0)), 0.75)]);
        let [low, quarter, median, high] = mixed.quantiles([0.125, 0.25, 0.5, 1.0]);
        assert_close(low, 5.0);
        assert_close(quarter, 10.0);
        assert_close(median, 10.0 + 10.0 / 3.0);
        assert_close(high, 20.0);
        assert_eq!(Bins::mixed(&[]).quantiles([0.5]), [0.0]);
    }

    #[test]
    fn shares_above_are_those_of_the_values() {
        let values = bins(&[-2.0, 0.0, 0.0, 1.0, 3.0]);
        for (x, share) in [(-3.0, 1.0), (-1.0, 0.8), (0.0, 0.8), (0.5, 0.4), (2.0, 0.2), (4.0, 0.0)] {
            assert!((values.share_of_at_least(x) - share).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn the_chance_to_be_larger_is_that_of_two_independent_values() {
        let (low, high) = (bins(&ramp(1.0, 2.0)), bins(&ramp(1.0, 3.0)));
        // Half of the time the second is above 2; otherwise both are uniform from 1 to 2.
        assert!(
            (high.chance_above(&low) - 0.75).abs() < 1e-3 && (low.chance_above(&high) - 0.25).abs() < 1e-3
        );
        let (some, none) = (bins(&[0.0, 0.0, 5.0]), bins(&[0.0]));
        assert!((some.chance_above(&none) - 1.0 / 3.0).abs() < 1e-12 && none.chance_above(&some) == 0.0);
    }

    #[test]
    fn what_is_larger_by_less_than_matters_does_not_count_as_larger() {
        let (low, high) = (bins(&ramp(1.0, 2.0)), bins(&ramp(1.0, 2.0)));
        // Of two uniforms on an interval of length one, one is larger by over a half in an eighth of all
        // pairs.
        assert!((high.chance_above_by(&low, 0.5) - 0.125).abs() < 2e-3);
        assert_eq!(high.chance_above_by(&low, 0.0), high.chance_above(&low));
        assert_eq!(high.chance_above_by(&low, 1.1), 0.0);
    }

    #[test]
    fn gaps_say_who_reaches_more() {
        let (low, high) = (bins(&ramp(1.0, 2.0)), bins(&ramp(2.0, 3.0)));
        let ((least, most), (other_least, other_most)) = (high.gaps(&low), low.gaps(&high));
        assert_eq!((least, other_most), (0.0, 0.0));
        assert!((most - 1.0).abs() < 1e-12 && (other_least + 1.0).abs() < 1e-12, "{most} {other_least}");
        assert_eq!(low.gaps(&low), (0.0, 0.0));
        let wide = bins(&ramp(1.0, 4.0));
        let (least, most) = wide.gaps(&high);
        assert!(least < -0.2 && most > 0.2, "{least} {most}");
    }
}
