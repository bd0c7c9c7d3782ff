//! Quantiles in constant memory: log-linear histograms of integer counts.

mod count;
mod counters;
mod ordered;

use super::bins::{Bin, Bins};
use count::{BLOCK, FEW, LARGEST, MANY, MOST, SMALLEST, SOME, bin_of, count, lowest_bin, widest};
use counters::{Counters, page};
pub use ordered::{Known, Ordered};

/// Histograms of several series, with bins whose width is proportional to the value: 2^`bits` equal bins in
/// every factor of two.
///
/// # Accuracy
/// A quantile is off by less than one bin width of the value at that rank: relatively less than 2^−`bits`
/// (3.1% for 5 bits, 0.8% for 7), and absolutely less than 1e-6 for values that small. Within a bin values
/// are taken as evenly spread, which for smooth distributions leaves an error below a tenth of the bound
/// (tested). The smallest and the largest value are given by the caller and are never exceeded.
///
/// Counts are integers: values may come in any order and in any parts.
#[derive(Debug, Clone)]
pub struct Histograms {
    bits: u32,
    zeros: Vec<u64>,
    /// Two windows for every series: one for positive values, and one for the magnitudes of negative values.
    counters: Counters,
}

impl Histograms {
    /// Empty histograms, with 2^`bits` bins per factor of two.
    pub fn new(bits: u32, series: usize) -> Self {
        let bits = bits.clamp(1, 16);
        Self { bits, zeros: vec![0; series], counters: Counters::new(bits, 2 * series) }
    }

    /// The number of series.
    pub fn len(&self) -> usize {
        self.zeros.len()
    }

    /// Whether there are no series.
    pub fn is_empty(&self) -> bool {
        self.zeros.is_empty()
    }

    /// The histogram of a series; `None` if there are fewer series.
    pub fn get(&self, series: usize) -> Option<Histogram<'_>> {
        (series < self.len()).then(|| self.of(series))
    }

    /// The histogram of a series.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn of(&self, series: usize) -> Histogram<'_> {
        Histogram { zeros: self.zeros[series], positive: 2 * series, of: self }
    }

    /// Counts values of a series, given their extremes. NaN isn't allowed: values are checked before they
    /// come here.
    pub fn push(&mut self, series: usize, values: &[f64], (min, max): (f64, f64)) {
        if min == max {
            self.add(series, min, values.len());
            return;
        }
        for block in values.chunks(BLOCK) {
            if min < 0.0 {
                self.push_both_sides(series, block, (min, max));
            } else {
                self.zeros[series] += self.push_sizes(2 * series, block, (min, max));
            }
        }
    }

    /// Removes values of a series that were pushed before.
    ///
    /// # Panics
    /// If one of them was never pushed.
    pub fn pull(&mut self, series: usize, values: &[f64]) {
        for &x in values {
            match self.bin(x) {
                None => self.zeros[series] -= 1,
                Some(bin) => self.counters.take(window(series, x), bin),
            }
        }
    }

    /// Counts one value several times.
    fn add(&mut self, series: usize, x: f64, times: usize) {
        match self.bin(x) {
            None => self.zeros[series] += times as u64,
            Some(bin) => self.counters.add(window(series, x), bin, times as u64),
        }
    }

    /// The bin of a value, on its side of zero; `None` for zero.
    fn bin(&self, x: f64) -> Option<u32> {
        let size = x.abs().min(LARGEST);
        (size >= SMALLEST).then(|| bin_of(size, self.bits).unsigned_abs())
    }

    /// Counts a block of values: the positive ones and then the negative ones, each time with all others as
    /// zeros.
    fn push_both_sides(&mut self, series: usize, values: &[f64], (min, max): (f64, f64)) {
        let mut sizes = [0.0; BLOCK];
        for (window, sign, largest) in [(2 * series, 1.0, max), (2 * series + 1, -1.0, -min)] {
            for (size, &x) in sizes.iter_mut().zip(values) {
                *size = (sign * x).max(0.0);
            }
            self.zeros[series] += self.push_sizes(window, &sizes[..values.len()], (0.0, largest.max(0.0)));
        }
        self.zeros[series] -= values.len() as u64;
    }

    /// Counts a block of non-negative values; returns how many are zero. A window that is already wide mostly
    /// covers all values. Otherwise all non-zero values may share a bin (whether an event has happened): then
    /// they are counted by their number, because one by one each addition to the same counter would wait for
    /// the one before.
    fn push_sizes(&mut self, window: usize, values: &[f64], (min, max): (f64, f64)) -> u64 {
        if self.counters.width(window) > page(self.bits) as usize
            && let Some(zeros) = self.count_inside(window, values)
        {
            return zeros;
        }
        let (lowest, zeros) = match self.bin(min) {
            None => lowest_bin(values, self.bits),
            Some(bin) => (bin, 0),
        };
        match self.bin(max) {
            Some(highest) if lowest == highest => {
                self.counters.add(window, lowest, values.len() as u64 - zeros);
            }
            Some(highest) if lowest < highest => {
                self.counters.cover(window, lowest, highest);
                if self.count_inside(window, values).is_none() {
                    self.count_far_apart(window, values);
                }
            }
            _ => {}
        }
        zeros
    }

    /// Counts values that are zero or inside a window, and returns how many are zero. Returns `None`, and
    /// counts nothing, if a value is outside, or the window is too wide.
    fn count_inside(&mut self, window: usize, values: &[f64]) -> Option<u64> {
        match self.counters.width(window) {
            width if width <= widest(FEW) => self.count_with::<FEW>(window, values),
            width if width <= widest(SOME) => self.count_with::<SOME>(window, values),
            width if width <= widest(MANY) => self.count_with::<MANY>(window, values),
            width if width <= widest(MOST) => self.count_with::<MOST>(window, values),
            _ => None,
        }
    }

    /// Counts values one by one; zeros are left out.
    #[cold]
    fn count_far_apart(&mut self, window: usize, values: &[f64]) {
        for bin in values.iter().filter_map(|&x| self.bin(x)).collect::<Vec<_>>() {
            self.counters.add(window, bin, 1);
        }
    }

    fn count_with<const COPY: usize>(&mut self, window: usize, values: &[f64]) -> Option<u64> {
        let (first, counts) = self.counters.window(window);
        let (width, mut carried) = (counts.len(), [0; COPY]);
        let zeros = count(values, self.bits, first, counts, &mut carried)?;
        // Carries are rare: bins without any are skipped, 64 at a time and then 8 at a time.
        let many = carried.as_chunks::<64>().0.iter().take(width.div_ceil(64));
        for (bins, carried) in (first..).step_by(64).zip(many).filter(|(_, carried)| **carried != [0; 64]) {
            for (bins, carried) in (bins..).step_by(8).zip(carried.as_chunks::<8>().0) {
                if *carried != [0; 8] {
                    self.carry(window, bins, *carried);
                }
            }
        }
        Some(zeros)
    }

    /// Adds the overflows of the counters of some bins.
    fn carry(&mut self, window: usize, bins: u32, carried: [u8; 8]) {
        for (bin, times) in (bins..).zip(carried).filter(|(_, times)| *times > 0) {
            self.counters.carry(window, bin, u64::from(times));
        }
    }
}

/// The window in which values of this sign are counted.
fn window(series: usize, x: f64) -> usize {
    2 * series + usize::from(x < 0.0)
}

/// The counts of one series.
#[derive(Debug, Clone, Copy)]
pub struct Histogram<'h> {
    of: &'h Histograms,
    zeros: u64,
    /// The window of positive values; that of negative values is the next.
    positive: usize,
}

impl Histogram<'_> {
    /// The number of values.
    pub fn count(self) -> u64 {
        self.zeros + self.of.counters.total(self.positive) + self.of.counters.total(self.positive + 1)
    }

    /// The form from which quantiles are read; computed once for all of them.
    pub fn ordered(self) -> Ordered {
        let mut ordered = Ordered::default();
        ordered.read(self);
        ordered
    }

    /// The quantiles at ascending `p` in 0..=1, between the given extremes, as [`Ordered::quantiles`].
    pub fn quantiles<const K: usize>(self, p: [f64; K], known: impl Into<Known>) -> [f64; K] {
        self.ordered().quantiles(p, known)
    }

    /// Their Monte Carlo standard errors, as [`Ordered::quantile_errors`].
    pub fn quantile_errors<const K: usize>(self, p: [f64; K], known: impl Into<Known>) -> [f64; K] {
        self.ordered().quantile_errors(p, known)
    }

    /// The filled bins as plain data.
    pub fn to_bins(self) -> Bins {
        self.ordered().to_bins()
    }
}

#[cfg(test)]
mod tests;
