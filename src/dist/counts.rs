//! Laws of counts: Poisson, binomial and negative binomial.
//!
//! The probability of a count is that of the previous count times a ratio. So all three are represented by
//! one kind of table, summed once from far below the mode to far above. This needs no special functions, and
//! a draw doesn't take longer for a larger mean.

use super::Distribution;
use super::law::Law;
use super::moments::Moments;

/// P(X = k + 1) / P(X = k) = factor · (intercept + step · k) / (k + 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    pub(super) factor: f64,
    pub(super) intercept: f64,
    pub(super) step: f64,
}

impl Ratio {
    fn after(&self, k: f64) -> f64 {
        self.factor * (self.intercept + self.step * k) / (k + 1.0)
    }
}

/// What is known about a law of counts in closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Known {
    /// A count near the most likely one.
    pub(super) mode: f64,
    pub(super) mean: f64,
    pub(super) sd: f64,
    /// The largest possible count; may be infinite.
    pub(super) most: f64,
}

/// The maximum number of blocks of a table, which is 256 kB.
const MOST_BLOCKS: usize = 1 << 14;
/// Low counts less likely than this, relative to the mode, are left out, because the smallest uniform is
/// 1e-300.
const LEAST_WEIGHT: f64 = 1e-300;
/// High counts that are jointly less likely than this are left out, because the largest uniform is 1e-16
/// below 1.
const LEAST_TAIL: f64 = 1e-19;
/// The maximum range of counts for which each count is a landmark of the law, for mixtures.
const MOST_LANDMARKS: f64 = 20_000.0;

/// The largest standard deviation of a law: a table of about a million counts, which takes some milliseconds.
pub(super) const LARGEST_SD: f64 = 32_000.0;

/// Accuracy: the cdf to 1e-13, growing to 1e-11 for a mean of a billion, whose table is a sum of a million
/// terms. The quantile is its inverse exactly.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    ratio: Ratio,
    known: Known,
    /// The value of one count: the conversion of units.
    unit: f64,
    /// The first and the last count in the table.
    first: f64,
    last: f64,
    /// The number of counts in a block of the table.
    block: f64,
    /// P(X = the first count of a block).
    start: Box<[f64]>,
    /// P(X ≤ the last count of a block); the last one is 1.
    upto: Box<[f64]>,
}

impl Counts {
    pub(super) fn build(ratio: Ratio, known: Known) -> Distribution {
        let (first, weight) = far_below(&ratio, known.mode);
        let table = Table::sum(&ratio, &known, first, weight);
        let total = table.sum;
        let divided = |column: Vec<f64>| column.into_iter().map(|p| p / total).collect();
        Self {
            ratio,
            known,
            unit: 1.0,
            first,
            last: table.last,
            block: table.block as f64,
            start: divided(table.start),
            upto: divided(table.upto),
        }
        .into()
    }

    /// P(X is in one of the first `blocks` blocks).
    fn before(&self, blocks: usize) -> f64 {
        if blocks == 0 { 0.0 } else { self.upto[blocks - 1] }
    }

    /// Every (count, probability) of a block.
    fn walk(&self, block: usize) -> impl Iterator<Item = (f64, f64)> + '_ {
        let from = self.first + self.block * block as f64;
        let past = (from + self.block).min(self.last + 1.0);
        let next = |&(k, p): &(f64, f64)| Some((k + 1.0, p * self.ratio.after(k)));
        std::iter::successors(Some((from, self.start[block])), next).take_while(move |&(k, _)| k < past)
    }

    /// The largest count whose value is at most x.
    fn count_at(&self, x: f64) -> f64 {
        // Rounding may move the quotient across a whole number, in either direction.
        let near = libm::floor(x / self.unit);
        if (near + 1.0) * self.unit <= x {
            near + 1.0
        } else if near * self.unit > x {
            near - 1.0
        } else {
            near
        }
    }

    /// P(X ≤ k) for a whole k.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of the table")]
    fn upto(&self, k: f64) -> f64 {
        if k < self.first {
            return 0.0;
        }
        if k >= self.last {
            return 1.0;
        }
        let block = libm::floor((k - self.first) / self.block) as usize;
        if k + 1.0 == self.first + self.block * (block + 1) as f64 {
            return self.upto[block];
        }
        let inside = self.walk(block).take_while(|&(count, _)| count <= k);
        inside.fold(self.before(block), |sum, (_, p)| sum + p).min(self.upto[block])
    }

    fn atoms(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        (0..self.start.len()).flat_map(|block| self.walk(block)).map(|(k, p)| (p, k * self.unit))
    }
}

/// The smallest count that is in the table, and its weight relative to that of the mode.
fn far_below(ratio: &Ratio, mode: f64) -> (f64, f64) {
    let (mut k, mut weight) = (mode, 1.0);
    while k > 0.0 {
        let lower = weight / ratio.after(k - 1.0);
        if lower < LEAST_WEIGHT {
            break;
        }
        (k, weight) = (k - 1.0, lower);
    }
    (k, weight)
}

/// Weights of counts, summed from below. If there are too many blocks, each pair of blocks is merged into
/// one.
struct Table {
    start: Vec<f64>,
    upto: Vec<f64>,
    block: usize,
    last: f64,
    sum: f64,
}

impl Table {
    fn sum(ratio: &Ratio, known: &Known, first: f64, weight: f64) -> Self {
        let mut table = Self { start: Vec::new(), upto: Vec::new(), block: 1, last: first, sum: 0.0 };
        let (mut k, mut weight, mut in_block) = (first, weight, 0);
        loop {
            in_block = table.add(weight, in_block);
            let ratio = ratio.after(k);
            weight *= ratio;
            let rest = weight / (1.0 - ratio);
            if k >= known.most || (k >= known.mode && ratio < 1.0 && rest < LEAST_TAIL * table.sum) {
                table.last = k;
                return table;
            }
            k += 1.0;
        }
    }

    /// Adds a count to the last block, which holds `in_block` counts, or to a new one. Returns how many it
    /// then holds.
    fn add(&mut self, weight: f64, in_block: usize) -> usize {
        self.sum += weight;
        if in_block > 0 && in_block < self.block {
            *self.upto.last_mut().expect("a block has been begun") = self.sum;
            return in_block + 1;
        }
        if self.start.len() == MOST_BLOCKS {
            self.pair_up();
        }
        self.start.push(weight);
        self.upto.push(self.sum);
        1
    }

    fn pair_up(&mut self) {
        self.start = self.start.iter().copied().step_by(2).collect();
        self.upto = self.upto.iter().copied().skip(1).step_by(2).collect();
        self.block *= 2;
    }
}

impl Law for Counts {
    fn quantile(&self, u: f64) -> f64 {
        let block = self.upto.partition_point(|&p| p < u).min(self.upto.len() - 1);
        let mut sum = self.before(block);
        let mut count = self.last;
        for (k, p) in self.walk(block) {
            sum += p;
            count = k;
            if sum >= u {
                break;
            }
        }
        count * self.unit
    }

    fn cdf(&self, x: f64) -> f64 {
        self.upto(self.count_at(x))
    }

    fn cdf_below(&self, x: f64) -> f64 {
        let k = self.count_at(x);
        self.upto(if k * self.unit == x { k - 1.0 } else { k })
    }

    fn mean(&self) -> f64 {
        self.known.mean * self.unit
    }

    fn sd(&self) -> f64 {
        self.known.sd * self.unit
    }

    fn support(&self) -> (f64, f64) {
        (0.0, self.known.most * self.unit)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { unit: self.unit * factor, ..self }
    }

    fn landmarks(&self) -> Vec<f64> {
        if self.last - self.first > MOST_LANDMARKS {
            return vec![self.first * self.unit, self.last * self.unit];
        }
        self.atoms().map(|(_, x)| x).collect()
    }

    fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments {
        let inside = self.atoms().filter(|(_, x)| (min..=max).contains(x));
        inside.fold(Moments::ZERO, |sum, (p, x)| sum.with(p, x - centre))
    }
}
