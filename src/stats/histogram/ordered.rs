//! Quantiles, read from the filled bins of a histogram.

use super::{Bin, Bins, Histogram};
use crate::stats::Moments;
use crate::stats::estimate::Z_95;

/// With fewer filled bins the values span so little that where they lie inside a bin shows in the quantiles.
const FINE_FROM: usize = 32;

/// What is known of counted values beside their bins.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The smallest and the largest value.
    pub extremes: (f64, f64),
    /// The mean; NaN where it isn't known.
    pub mean: f64,
}

impl From<&Moments> for Known {
    fn from(moments: &Moments) -> Self {
        let extremes = moments.extremes().unwrap_or((0.0, 0.0));
        // Values that differ by their rounding only have one quantile: their mean.
        if moments.are_equal() {
            return Self { extremes: (moments.mean(), moments.mean()), mean: moments.mean() };
        }
        Self { extremes, mean: moments.mean() }
    }
}

impl From<(f64, f64)> for Known {
    fn from(extremes: (f64, f64)) -> Self {
        Self { extremes, mean: f64::NAN }
    }
}

/// The values of a histogram in ascending order, as far as it tells them apart.
#[derive(Debug, Clone, Default)]
pub struct Ordered {
    bits: u32,
    /// The filled bins, below zero as negative numbers; zero has a bin of its own.
    bins: Vec<i32>,
    /// By bin, the number of values in it and in all bins below.
    up_to: Vec<u64>,
    /// A buffer for the counts of a window.
    counts: Vec<u64>,
}

impl Ordered {
    /// Replaces the content by that of a histogram: so many histograms can be read without allocating for
    /// each.
    pub fn read(&mut self, histogram: Histogram<'_>) -> &Self {
        let Histogram { of, zeros, positive } = histogram;
        self.bits = of.bits;
        self.bins.clear();
        self.up_to.clear();
        let mut counts = std::mem::take(&mut self.counts);
        let bins = of.counters.totals(positive + 1, &mut counts);
        self.take(1 - bins.end.cast_signed(), counts.iter().rev());
        self.take(0, [zeros].iter());
        let bins = of.counters.totals(positive, &mut counts);
        self.take(bins.start.cast_signed(), counts.iter());
        self.counts = counts;
        self
    }

    /// Appends the counts of the bins from `first` on, without empty ones. The processor can't predict which
    /// are empty, so every bin is written, and overwritten by the next if it was empty.
    fn take<'c>(&mut self, first: i32, counts: impl ExactSizeIterator<Item = &'c u64>) {
        let (mut end, mut sum) = (self.bins.len(), self.count());
        let capacity = end + counts.len();
        self.bins.resize(capacity, 0);
        self.up_to.resize(capacity, 0);
        for (bin, &count) in (first..).zip(counts) {
            sum += count;
            (self.bins[end], self.up_to[end]) = (bin, sum);
            end += usize::from(count > 0);
        }
        self.bins.truncate(end);
        self.up_to.truncate(end);
    }

    /// The number of values.
    fn count(&self) -> u64 {
        self.up_to.last().copied().unwrap_or(0)
    }

    /// The number of values below the bin at an index.
    fn below(&self, index: usize) -> u64 {
        index.checked_sub(1).map_or(0, |index| self.up_to[index])
    }

    /// The lower and the upper edge of the bin at an index.
    fn edges(&self, index: usize) -> (f64, f64) {
        let edge = |bin: u32| f64::from_bits(u64::from(bin) << (52 - self.bits));
        let bin = self.bins[index];
        let (near, far) = (edge(bin.unsigned_abs()), edge(bin.unsigned_abs() + 1));
        match bin.signum() {
            1 => (near, far),
            0 => (0.0, 0.0),
            _ => (-far, -near),
        }
    }

    /// The bins as plain data.
    pub fn to_bins(&self) -> Bins {
        let all = self.count().max(1) as f64;
        let bin = |index: usize| {
            let (low, high) = self.edges(index);
            Bin { low, high, share: (self.up_to[index] - self.below(index)) as f64 / all }
        };
        Bins::new((0..self.bins.len()).map(bin).collect())
    }

    /// The quantiles at ascending `p` in 0..=1, between the given extremes. Zeros when nothing was counted.
    ///
    /// # Formula
    /// With h = p·(n − 1), the value at rank ⌊h⌋ plus h − ⌊h⌋ of the way to the value at the next rank, ranks
    /// counted from 0 (type 7 of Hyndman and Fan 1996). The k-th of the c values of a bin is placed at
    /// (k + ½)/c of it; the first and the last value of all are the extremes. If fewer than 32 bins are
    /// filled, the values of each are placed evenly in the same part of it (of what lies between the
    /// extremes), at its lower or its upper end, so that all have the known mean: a figure that is capped in
    /// nearly all runs is at the cap, wherever that is in its bin.
    pub fn quantiles<const K: usize>(&self, p: [f64; K], known: impl Into<Known>) -> [f64; K] {
        let Some(last) = self.count().checked_sub(1) else { return [0.0; K] };
        let known = known.into();
        if known.extremes.0 == known.extremes.1 {
            return [known.extremes.0; K];
        }
        let (extremes, shape) = (known.extremes, self.shape(known));
        let mut ranked = Ranked { of: self, index: 0, last, extremes, shape };
        p.map(|p| {
            let h = p * last as f64;
            let below = whole(h);
            let (lower, part) = (ranked.value(below), h - below as f64);
            if part > 0.0 { lower + (ranked.value_after(below) - lower) * part } else { lower }
        })
    }

    /// What of a bin lies between the extremes.
    fn within(&self, index: usize, (min, max): (f64, f64)) -> (f64, f64) {
        let (low, high) = self.edges(index);
        (low.max(min).min(max), high.max(min).min(max))
    }

    /// The part of each bin in which values are taken to lie; none where that is all of it.
    fn shape(&self, Known { extremes, mean }: Known) -> Option<Part> {
        if self.bins.len() >= FINE_FROM || mean.is_nan() {
            return None;
        }
        let (mut lowest, mut width) = (0.0, 0.0);
        for index in 0..self.bins.len() {
            let (low, high) = self.within(index, extremes);
            let count = (self.up_to[index] - self.below(index)) as f64;
            lowest += count * low;
            width += count * (high - low);
        }
        let all = self.count() as f64;
        let position = ((mean - lowest / all) / (width / all)).clamp(0.0, 1.0);
        (width > 0.0).then(|| Part {
            from: (2.0 * position - 1.0).max(0.0),
            width: 1.0 - (2.0 * position - 1.0).abs(),
        })
    }

    /// The Monte Carlo standard errors of the quantiles at ascending `p`, of independent values; NaN (not
    /// known) where there are too few values to bound a quantile on both sides (below 73 for 5% and 95%,
    /// below 4 for the median).
    ///
    /// # Formula
    /// (Q(p + zδ) − Q(p − zδ))/2z with δ = √(p(1 − p)/n), z = 1.96. How many of n values lie below the true
    /// quantile is binomial, p·n ± zδ·n in 95% of cases, so it lies between the values at these ranks
    /// whatever the distribution: the interval of order statistics (H. A. David, H. N. Nagaraja, Order
    /// Statistics, 2003, chapter 7), here made symmetric. If fewer than 32 bins are filled, what is unknown
    /// inside a bin is added to the squares: w²/12, with w the width of the part in which its values are
    /// placed.
    pub fn quantile_errors<const K: usize>(&self, p: [f64; K], known: impl Into<Known>) -> [f64; K] {
        self.scaled_quantile_errors(p, [1.0; K], known)
    }

    /// The same for values that depend on one another: `scale` is the ratio of the error of the share of
    /// values below each quantile to that of independent values, by which δ is multiplied.
    pub fn scaled_quantile_errors<const K: usize>(
        &self,
        p: [f64; K],
        scale: [f64; K],
        known: impl Into<Known>,
    ) -> [f64; K] {
        let known = known.into();
        let reach: [f64; K] =
            std::array::from_fn(|k| Z_95 * scale[k] * libm::sqrt(p[k] * (1.0 - p[k]) / self.count() as f64));
        let (mut low, mut high) = (p, p);
        for (k, reach) in reach.into_iter().enumerate() {
            low[k] = (p[k] - reach).max(0.0);
            high[k] = (p[k] + reach).min(1.0);
        }
        let [lower, upper] = [low, high].map(|p| self.quantiles(p, known));
        let inside = self.errors_inside(p, known);
        std::array::from_fn(|k| {
            let is_bounded = low[k] > 0.0 && high[k] < 1.0;
            if is_bounded { libm::hypot((upper[k] - lower[k]) / (2.0 * Z_95), inside[k]) } else { f64::NAN }
        })
    }

    /// How far quantiles may be off inside their bins; nothing where bins are fine beside the spread.
    fn errors_inside<const K: usize>(&self, p: [f64; K], known: Known) -> [f64; K] {
        let (Some(shape), Some(last)) = (self.shape(known), self.count().checked_sub(1)) else {
            return [0.0; K];
        };
        if known.extremes.0 == known.extremes.1 {
            return [0.0; K];
        }
        let spread = shape.width / libm::sqrt(12.0);
        p.map(|p| {
            let rank = whole(p * last as f64);
            let index = self.up_to.partition_point(|&up_to| up_to <= rank).min(self.bins.len() - 1);
            let (low, high) = self.within(index, known.extremes);
            (high - low) * spread
        })
    }
}

/// ⌊h⌋ of a non-negative number. (Compiled for an unknown processor, `floor` is a function of forty
/// instructions.)
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the whole part of a rank")]
fn whole(h: f64) -> u64 {
    h as u64
}

/// Goes up the filled bins and returns the value at a rank; ranks must not decrease.
struct Ranked<'b> {
    of: &'b Ordered,
    /// The index of the bin with the last rank.
    index: usize,
    last: u64,
    extremes: (f64, f64),
    shape: Option<Part>,
}

/// A part of a bin, whose width is one.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: f64,
    width: f64,
}

impl Ranked<'_> {
    fn value(&mut self, rank: u64) -> f64 {
        self.index = self.index_of(rank);
        self.at(self.index, rank)
    }

    /// The value one rank up, without moving on, because the next quantile may be in the current bin.
    fn value_after(&self, rank: u64) -> f64 {
        self.at(self.index_of(rank + 1), rank + 1)
    }

    /// The index of the bin with a rank, which is the current one or further up.
    fn index_of(&self, rank: u64) -> usize {
        let further = self.of.up_to[self.index..].iter().take_while(|up_to| **up_to <= rank).count();
        self.index + further
    }

    /// The value at a rank, which is in the bin at `index`: the k-th of its values.
    fn at(&self, index: usize, rank: u64) -> f64 {
        let (min, max) = self.extremes;
        match self.of.up_to.get(index) {
            _ if rank == 0 => min,
            Some(&up_to) if rank < self.last => {
                let below = self.of.below(index);
                let (k, count) = ((rank - below) as f64, (up_to - below) as f64);
                let Some(shape) = self.shape else {
                    let (low, high) = self.of.edges(index);
                    return (low + (high - low) * (k + 0.5) / count).max(min).min(max);
                };
                let (low, high) = self.of.within(index, self.extremes);
                low + (high - low) * (shape.from + shape.width * (k + 0.5) / count)
            }
            _ => max,
        }
    }
}
