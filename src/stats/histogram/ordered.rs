//! Quantiles, read from the filled bins of a histogram.

use crate::stats::estimate::Z_95;

/// A bin: lower edge, count, upper edge.
type Filled = (f64, f64, f64);

/// The values of a histogram in ascending order, as far as it tells them apart.
#[derive(Debug, Clone)]
pub struct Ordered {
    bins: Vec<Filled>,
    /// Of all values.
    count: f64,
}

impl Ordered {
    /// From filled bins in ascending order.
    pub(super) fn new(bins: Vec<Filled>) -> Self {
        let count = bins.iter().map(|bin| bin.1).sum();
        Self { bins, count }
    }

    /// The quantiles at ascending `p` in 0..=1, between the given extremes. Zeros when nothing was counted.
    ///
    /// # Formula
    /// With h = p·(n − 1), the value at rank ⌊h⌋ plus h − ⌊h⌋ of the way to the value at the next rank, ranks counted
    /// from 0 (type 7 of Hyndman and Fan 1996). The k-th of the c values of a bin is taken to lie at (k + ½)/c of it; the
    /// first and the last value of all are the extremes.
    pub fn quantiles<const K: usize>(&self, p: [f64; K], extremes: (f64, f64)) -> [f64; K] {
        let last = self.count - 1.0;
        let mut ranked = Ranked { rest: &self.bins, below: 0.0, last, extremes };
        p.map(|p| {
            let h = p * last;
            let (floor, share) = (libm::floor(h), h - libm::floor(h));
            let lower = ranked.value(floor);
            if share > 0.0 { lower + (ranked.value_after(floor) - lower) * share } else { lower }
        })
    }

    /// The Monte Carlo standard errors of the quantiles at ascending `p`, of independent values; NaN (not known) where there are
    /// too few values to bound a quantile on both sides (below 73 for 5% and 95%, below 4 for the median).
    ///
    /// # Formula
    /// (Q(p + zδ) − Q(p − zδ))/2z with δ = √(p(1 − p)/n), z = 1.96. How many of n values lie below the true quantile is binomial,
    /// p·n ± zδ·n in 95% of cases, so it lies between the values at these ranks whatever the distribution: the interval of
    /// order statistics (H. A. David, H. N. Nagaraja, Order Statistics, 2003, chapter 7), here made symmetric.
    pub fn quantile_errors<const K: usize>(&self, p: [f64; K], extremes: (f64, f64)) -> [f64; K] {
        self.scaled_quantile_errors(p, [1.0; K], extremes)
    }

    /// The same for values that depend on one another: `scale` is the error of the share of values below each quantile, in units
    /// of that of independent values, by which δ is multiplied.
    pub fn scaled_quantile_errors<const K: usize>(
        &self,
        p: [f64; K],
        scale: [f64; K],
        extremes: (f64, f64),
    ) -> [f64; K] {
        let reach: [f64; K] =
            std::array::from_fn(|k| Z_95 * scale[k] * libm::sqrt(p[k] * (1.0 - p[k]) / self.count));
        let (mut low, mut high) = (p, p);
        for (k, reach) in reach.into_iter().enumerate() {
            low[k] = (p[k] - reach).max(0.0);
            high[k] = (p[k] + reach).min(1.0);
        }
        let [lower, upper] = [low, high].map(|p| self.quantiles(p, extremes));
        std::array::from_fn(|k| {
            let is_bounded = low[k] > 0.0 && high[k] < 1.0;
            if is_bounded { (upper[k] - lower[k]) / (2.0 * Z_95) } else { f64::NAN }
        })
    }
}

/// Walks up the filled bins and gives the value at a rank; ranks must not fall.
struct Ranked<'b> {
    rest: &'b [Filled],
    below: f64,
    last: f64,
    extremes: (f64, f64),
}

impl Ranked<'_> {
    fn value(&mut self, rank: f64) -> f64 {
        while let [(_, count, _), rest @ ..] = self.rest
            && self.below + count <= rank
        {
            self.below += count;
            self.rest = rest;
        }
        let inside = self.rest.first().map(|&bin| at(bin, rank - self.below));
        self.within(rank, inside)
    }

    /// The value one rank up, without walking on: the next quantile may still lie in this bin.
    fn value_after(&mut self, rank: f64) -> f64 {
        let next = rank + 1.0;
        let mut below = self.below;
        let mut inside = None;
        for &bin in self.rest {
            if next < below + bin.1 {
                inside = Some(at(bin, next - below));
                break;
            }
            below += bin.1;
        }
        self.within(next, inside)
    }

    fn within(&self, rank: f64, inside: Option<f64>) -> f64 {
        let (min, max) = self.extremes;
        match inside {
            _ if self.last < 0.0 => 0.0,
            _ if rank <= 0.0 => min,
            Some(value) if rank < self.last => value.max(min).min(max),
            _ => max,
        }
    }
}

/// Where the `k`-th of a bin's values is taken to lie.
fn at((low, count, high): Filled, k: f64) -> f64 {
    low + (high - low) * (k + 0.5) / count
}
