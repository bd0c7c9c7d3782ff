//! From values to counts: the bins of many values at once, and their counters.

use crate::kernel::for_every_processor;

/// Magnitudes below this count as zero: less than a gram of anything, a thousandth of a cent.
pub(super) const SMALLEST: f64 = 1.0 / 1_048_576.0;
/// Magnitudes above this are counted as this.
pub(super) const LARGEST: f64 = 1.267_650_600_228_229_4e30;

/// Values that are counted at once.
pub(super) const BLOCK: usize = 512;

/// Copies of the counters. Each sees a quarter of a block, which doesn't run over.
const COPIES: usize = 4;
const _: () = assert!(BLOCK / COPIES < 1 << u8::BITS);

/// Counters of a copy: those of the window, and behind them one for what lies outside, and some for zeros.
/// Fewer are cleared sooner: with few a block takes a sixth less time than with many, with some a tenth less.
pub(super) const FEW: usize = 256;
pub(super) const SOME: usize = 512;
pub(super) const MANY: usize = 1024;
pub(super) const MOST: usize = 4096;

/// Counters of a copy that zeros are counted in, in turns, and what a block lacks to be whole.
const NOTHING: usize = 8;

/// The widest window with copies of so many counters.
pub(super) const fn widest(copy: usize) -> usize {
    copy - 1 - NOTHING
}

/// The bin of a magnitude: its exponent and the first bits of its fraction, at most 2^27 in all.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "27 bits at most")]
pub(super) fn bin_of(size: f64, bits: u32) -> i32 {
    (size.to_bits() >> (52 - bits)) as i32
}

/// The lowest 16 bits of a number: as many as a place within a copy takes.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the rest is another place")]
const fn low(number: u64) -> u16 {
    number as u16
}

for_every_processor! {
    /// The lowest bin that a value lies in which isn't zero, of values that are zero or more, and how many
    /// are zero. Bins are signed numbers of 32 bits: old processors compare no others in vectors.
    pub(super) fn lowest_bin(values: &[f64], bits: u32) -> (u32, u64) {
        let (mut lowest, mut zeros) = (i32::MAX, 0_u32);
        for &x in values {
            let is_zero = x < SMALLEST;
            lowest = lowest.min(if is_zero { i32::MAX } else { bin_of(x.min(LARGEST), bits) });
            zeros += u32::from(is_zero);
        }
        (lowest.unsigned_abs(), u64::from(zeros))
    }

    /// Adds at most a block of values that are zero or more to the counters of bins from the first on, notes
    /// how often each of them ran over, and gives how many values are zero. `None`, and nothing is added,
    /// where one lies outside.
    ///
    /// Values next to one another are counted in copies of their own: in one and the same, those that share a
    /// bin would wait for one another. A copy sees too few to run over, so there is nothing to ask in
    /// between; and zeros, which stand among the values at random (demand that is met in half of the
    /// futures), are counted like the others, each at another place than the last. Values above the largest
    /// bin there is lie outside.
    pub(super) fn count<const COPY: usize>(
        values: &[f64],
        bits: u32,
        first: u32,
        counts: &mut [u8],
        carried: &mut [u8; COPY],
    ) -> Option<u64> {
        let (outside, last) = (counts.len(), COPY as u64 - 1);
        let mut places = [[low(last); COPIES]; BLOCK / COPIES];
        for (i, (place, &x)) in places.as_flattened_mut().iter_mut().zip(values).enumerate() {
            let inside = bin_of(x, bits).unsigned_abs().wrapping_sub(first).min(u32::from(low(outside as u64)));
            let nothing = low(last - (i / COPIES % NOTHING) as u64);
            *place = if x < SMALLEST { nothing } else { low(u64::from(inside)) };
        }
        let mut copies = [[0_u8; COPY]; COPIES];
        for &[a, b, c, d] in &places {
            // Four places are read in one go: one by one they took a tenth longer.
            let four = u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48;
            for (copy, shift) in copies.iter_mut().zip([0, 16, 32, 48]) {
                copy[usize::from(low(four >> shift)) % COPY] += 1;
            }
        }
        let seen = |place: usize| copies.iter().fold(0, |sum, copy| sum + u64::from(copy[place]));
        if seen(outside) > 0 {
            return None;
        }
        for (place, (count, carried)) in counts.iter_mut().zip(carried).enumerate() {
            let sum = copies.iter().fold(u16::from(*count), |sum, copy| sum + u16::from(copy[place]));
            [*count, *carried] = sum.to_le_bytes();
        }
        let zeros: u64 = (COPY - NOTHING..COPY).map(seen).sum();
        Some(zeros - (BLOCK - values.len()) as u64)
    }
}
