//! Quantiles in constant memory: a log-linear histogram of whole counts.

mod ordered;
mod side;

use super::bins::{Bin, Bins};
use crate::kernel::for_every_processor;
pub use ordered::Ordered;
use side::Side;

/// Magnitudes below this count as zero: less than a gram of anything, a thousandth of a cent.
const SMALLEST: f64 = 1.0 / 1_073_741_824.0;
/// Magnitudes above this are counted as this.
const LARGEST: f64 = 1.267_650_600_228_229_4e30;

/// Values that are counted together.
const BLOCK: usize = 512;

/// A histogram whose bins are a fixed share of the value: 2^`bits` equal bins in every factor of two.
///
/// # Accuracy
/// A quantile is off by less than one bin width of the value at that rank: relatively less than 2^−`bits`
/// (3.1% for 5 bits, 0.4% for 8), and absolutely less than 1e-9 for values that small. Inside a bin values are taken
/// as evenly spread, which for smooth distributions leaves an error below a tenth of the bound (tested). The
/// smallest and the largest value are given by the caller and are never passed.
///
/// Two histograms merge by adding counts: exact, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    bits: u32,
    zeros: u64,
    positive: Side,
    negative: Side,
}

impl Histogram {
    /// An empty histogram with 2^`bits` bins to a factor of two.
    pub fn new(bits: u32) -> Self {
        Self { bits: bits.clamp(1, 16), zeros: 0, positive: Side::default(), negative: Side::default() }
    }

    /// Counts values that lie between the given extremes. A NaN would count as the largest value: values are checked before
    /// they come here.
    pub fn push(&mut self, values: &[f64], (min, max): (f64, f64)) {
        if min == max {
            self.add(min, values.len());
        } else if min < 0.0 {
            for &x in values {
                self.add(x, 1);
            }
        } else {
            for block in values.chunks(BLOCK) {
                self.push_not_negative(block);
            }
        }
    }

    /// Takes out values that were pushed before.
    ///
    /// # Panics
    /// If one of them was never pushed.
    pub fn pull(&mut self, values: &[f64]) {
        for &x in values {
            match self.bin(x) {
                None => self.zeros -= 1,
                Some(bin) if x > 0.0 => self.positive.take(bin),
                Some(bin) => self.negative.take(bin),
            }
        }
    }

    /// Counts one value so many times.
    fn add(&mut self, x: f64, times: usize) {
        let Some(bin) = self.bin(x) else {
            self.zeros += times as u64;
            return;
        };
        let half = if x > 0.0 { &mut self.positive } else { &mut self.negative };
        half.cover(bin, bin, self.bits);
        half.add(bin, times as u64);
    }

    /// The bin of a value, on its side of zero; `None` for zero.
    fn bin(&self, x: f64) -> Option<u32> {
        let size = x.abs().min(LARGEST);
        (size >= SMALLEST).then(|| bin_of(size, self.bits).unsigned_abs())
    }

    /// Counts values that are zero or more: first the bins of all, then the counts, without a branch on any value. Zeros
    /// stand among the values at random (demand that is met in half of the futures), where a branch is guessed wrong; and counted
    /// one by one each would wait for the one before it, in the same counter.
    fn push_not_negative(&mut self, values: &[f64]) {
        let mut bins = [0; BLOCK];
        let bins = &mut bins[..values.len()];
        let BinRange { lowest, highest, zeros } = bin_all(values, self.bits, bins);
        self.zeros += u64::from(zeros);
        if highest > 0 {
            self.positive.cover(lowest.unsigned_abs(), highest.unsigned_abs(), self.bits);
            let filled = if zeros > 0 { close_up(bins) } else { bins.len() };
            self.positive.add_all(&bins[..filled]);
        }
    }

    /// Takes in the counts of another histogram with the same bins.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.bits, other.bits, "histograms of one series have the same bins");
        self.zeros += other.zeros;
        for (mine, theirs) in [(&mut self.positive, &other.positive), (&mut self.negative, &other.negative)] {
            mine.merge(theirs, self.bits);
        }
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.zeros + self.positive.total() + self.negative.total()
    }

    /// What quantiles are read from; made once for all that are asked of it.
    pub fn ordered(&self) -> Ordered {
        Ordered::new(self.bins())
    }

    /// The quantiles at ascending `p` in 0..=1, between the given extremes, as [`Ordered::quantiles`].
    pub fn quantiles<const K: usize>(&self, p: [f64; K], extremes: (f64, f64)) -> [f64; K] {
        self.ordered().quantiles(p, extremes)
    }

    /// Their Monte Carlo standard errors, as [`Ordered::quantile_errors`].
    pub fn quantile_errors<const K: usize>(&self, p: [f64; K], extremes: (f64, f64)) -> [f64; K] {
        self.ordered().quantile_errors(p, extremes)
    }

    /// The filled bins as plain data.
    pub fn to_bins(&self) -> Bins {
        let all = self.count().max(1) as f64;
        let bin = |(low, count, high): (f64, f64, f64)| Bin { low, high, share: count / all };
        Bins::new(self.bins().into_iter().map(bin).collect())
    }

    /// The filled bins in ascending order: (lower edge, count, upper edge).
    fn bins(&self) -> Vec<(f64, f64, f64)> {
        let edge = |bin: u32| f64::from_bits(u64::from(bin) << (52 - self.bits));
        let mut bins = Vec::with_capacity(self.negative.counts.len() + self.positive.counts.len() + 1);
        self.negative.each_filled(|bin, times| bins.push((-edge(bin + 1), times as f64, -edge(bin))));
        bins.reverse();
        bins.extend((self.zeros > 0).then_some((0.0, self.zeros as f64, 0.0)));
        self.positive.each_filled(|bin, times| bins.push((edge(bin), times as f64, edge(bin + 1))));
        bins
    }
}

/// The bins that some values lie in, and how many lie in none.
struct BinRange {
    lowest: i32,
    highest: i32,
    zeros: u32,
}

/// The bin of a magnitude: its exponent and the first bits of its fraction, at most 2^27 in all.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "27 bits at most")]
fn bin_of(size: f64, bits: u32) -> i32 {
    (size.to_bits() >> (52 - bits)) as i32
}

for_every_processor! {
    /// The bins of values that are zero or more; 0 for zero. Bins are signed numbers of 32 bits: old processors compare
    /// no others in vectors.
    fn bin_all(values: &[f64], bits: u32, numbers: &mut [u32]) -> BinRange {
        let mut range = BinRange { lowest: i32::MAX, highest: 0, zeros: 0 };
        for (number, &x) in numbers.iter_mut().zip(values) {
            let size = if x < LARGEST { x } else { LARGEST };
            let is_zero = size < SMALLEST;
            let filled = if is_zero { 0 } else { bin_of(size, bits) };
            *number = filled.unsigned_abs();
            range.lowest = range.lowest.min(if is_zero { i32::MAX } else { filled });
            range.highest = range.highest.max(filled);
            range.zeros += u32::from(is_zero);
        }
        range
    }
}

/// Moves the bins that are not 0 to the front, in their order; gives how many they are.
fn close_up(numbers: &mut [u32]) -> usize {
    let mut filled = 0;
    for place in 0..numbers.len() {
        let bin = numbers[place];
        numbers[filled] = bin;
        filled += usize::from(bin != 0);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the slice")]
    fn exact(sorted: &[f64], p: f64) -> f64 {
        let rank = p * (sorted.len() - 1) as f64;
        let below = sorted[rank.floor() as usize];
        below + (sorted[rank.ceil() as usize] - below) * rank.fract()
    }

    fn lognormal(n: u32) -> Vec<f64> {
        (0..n)
            .map(|i| libm::exp(0.5 * crate::kernel::standard_normal((f64::from(i) + 0.5) / f64::from(n))))
            .collect()
    }

    const P: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

    #[test]
    fn quantiles_stay_within_the_stated_bound_and_mostly_far_inside() {
        for bits in [5, 6, 8] {
            let values = lognormal(10_000);
            let mut histogram = Histogram::new(bits);
            histogram.push(&values, (values[0], values[9_999]));
            let got = histogram.quantiles(P, (values[0], values[9_999]));
            for (p, q) in P.into_iter().zip(got) {
                let error = (q / exact(&values, p) - 1.0).abs();
                assert!(error < 0.1 / f64::from(1_u32 << bits), "{p}: {error}");
            }
        }
    }

    #[test]
    fn counts_merge_to_the_same_bits_in_any_order() {
        let mut values = lognormal(3_000);
        values.extend(values.clone().iter().map(|x| -x * 1e3));
        values.extend([0.0; 100]);
        let part = |chunk: &[f64]| {
            let mut histogram = Histogram::new(7);
            let of = |pick: fn(f64, f64) -> f64| chunk.iter().copied().reduce(pick).expect("not empty");
            histogram.push(chunk, (of(f64::min), of(f64::max)));
            histogram
        };
        let whole = part(&values);
        let (mut forward, mut backward) = (Histogram::new(7), Histogram::new(7));
        for chunk in values.chunks(13) {
            forward.merge(&part(chunk));
        }
        for chunk in values.chunks(101).rev() {
            backward.merge(&part(chunk));
        }
        let q = |h: &Histogram| h.quantiles(P, (-1e9, 1e9)).map(f64::to_bits);
        assert_eq!((whole.count(), q(&whole)), (6_100, q(&forward)));
        assert_eq!(q(&forward), q(&backward));
    }

    #[test]
    fn errors_of_quantiles_are_those_of_their_density() {
        // √(p(1 − p)/n)/f(q) with the density f of the normal, here at e^(x/2): 1% for the slope's change over the interval.
        let values = lognormal(10_000);
        let extremes = (values[0], values[9_999]);
        let mut histogram = Histogram::new(8);
        histogram.push(&values, extremes);
        for (p, error) in P.into_iter().zip(histogram.quantile_errors(P, extremes)) {
            let z = crate::kernel::standard_normal(p);
            let density = libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * std::f64::consts::PI);
            let expected = libm::sqrt(p * (1.0 - p) / 10_000.0) / density * 0.5 * libm::exp(0.5 * z);
            assert!((error / expected - 1.0).abs() < 0.02, "{p}: {error}, not {expected}");
        }
    }

    #[test]
    fn too_few_values_bound_no_quantile_and_equal_ones_have_no_error() {
        let errors = |values: &[f64]| {
            let mut histogram = Histogram::new(8);
            histogram.push(values, (values[0], values[values.len() - 1]));
            histogram.quantile_errors(P, (values[0], values[values.len() - 1]))
        };
        assert_eq!(errors(&[3.0; 73]), [0.0; 7]);
        assert!(errors(&[3.0; 72])[0].is_nan() && errors(&[3.0; 72])[6].is_nan());
        assert!(errors(&[3.0; 3]).iter().all(|error| error.is_nan()) && errors(&[3.0; 4])[3] == 0.0);
    }

    #[test]
    fn what_is_pulled_was_never_there() {
        let kept = [-3.0, 0.0, 1e-12, 5.0, 5.0, 1e300];
        let (mut histogram, mut expected) = (Histogram::new(8), Histogram::new(8));
        for pulled in [&[-1e-12, 0.0, 7.0, 1e300, 5.0][..], &[2.0; 9], &[-7.0, -3.0]] {
            let low = pulled.iter().copied().fold(f64::INFINITY, f64::min);
            let high = pulled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            histogram.push(pulled, (low, high));
            histogram.push(&kept, (-3.0, 1e300));
            histogram.pull(pulled);
            expected.push(&kept, (-3.0, 1e300));
        }
        let q = |h: &Histogram| (h.count(), h.quantiles(P, (-3.0, 1e300)).map(f64::to_bits));
        assert_eq!(q(&histogram), q(&expected));
    }

    #[test]
    fn one_value_is_every_quantile_and_none_is_zero() {
        let mut histogram = Histogram::new(6);
        assert_eq!(histogram.quantiles(P, (0.0, 0.0)), [0.0; 7]);
        histogram.push(&[22.7], (22.7, 22.7));
        assert_eq!(histogram.quantiles(P, (22.7, 22.7)), [22.7; 7]);
    }

    #[test]
    fn few_values_and_atoms_have_the_quantiles_of_type_7() {
        for values in [vec![10.0, 1000.0], vec![3.0, 5.0, 9.0], vec![10.0; 10], {
            let mut atoms = vec![10.0; 40];
            atoms.extend([1000.0; 60]);
            atoms
        }] {
            let mut histogram = Histogram::new(8);
            let extremes = (values[0], values[values.len() - 1]);
            histogram.push(&values, extremes);
            for (p, q) in P.into_iter().zip(histogram.quantiles(P, extremes)) {
                let expected = exact(&values, p);
                assert!((q - expected).abs() <= expected / 256.0, "{p} of {values:?}: {q}, not {expected}");
            }
        }
    }

    #[test]
    fn zeros_negatives_and_huge_values_keep_their_order() {
        let mut histogram = Histogram::new(6);
        histogram.push(&[-1e300, -5.0, 0.0, 1e-300, 5.0, 1e300], (-1e300, 1e300));
        let q = histogram.quantiles([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], (-1e300, 1e300));
        assert!(q.windows(2).all(|pair| pair[0] <= pair[1]), "{q:?}");
        assert_eq!((q[2], q[3]), (0.0, 0.0));
    }

    #[test]
    fn memory_depends_on_the_spread_not_on_the_count() {
        let mut histogram = Histogram::new(6);
        for _ in 0..100 {
            let values = lognormal(1_000);
            histogram.push(&values, (values[0], values[999]));
        }
        assert!(histogram.positive.counts.len() <= 64 * 8);
    }
}
