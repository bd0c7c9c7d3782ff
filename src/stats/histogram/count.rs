//! From values to counts: the bins of many values at once, and their counters.

use crate::kernel::for_every_processor;

/// Smaller magnitudes count as zero: less than a gram of anything, a thousandth of a cent.
pub(super) const SMALLEST: f64 = 1.0 / 1_048_576.0;
/// Larger magnitudes are counted as this one.
pub(super) const LARGEST: f64 = 1.267_650_600_228_229_4e30;

/// The number of values that are counted at once.
pub(super) const BLOCK: usize = 512;

/// Copies of the counters. Each counts a quarter of a block, which is too few values to overflow.
const COPIES: usize = 4;
const _: () = assert!(BLOCK / COPIES < 1 << u8::BITS);

/// Counters of a copy: those of the window, then one for values outside it, and some for zeros. Small copies
/// are cleared faster: with `FEW` a block takes a sixth less time than with `MANY`, with `SOME` a tenth less.
pub(super) const FEW: usize = 256;
pub(super) const SOME: usize = 512;
pub(super) const MANY: usize = 1024;
pub(super) const MOST: usize = 4096;

/// Counters of a copy that zeros are distributed over, together with the padding of an incomplete block.
const NOTHING: usize = 8;

/// The widest window for copies of `copy` counters.
pub(super) const fn widest(copy: usize) -> usize {
    copy - 1 - NOTHING
}

/// The bin of a magnitude: its exponent and the first bits of its fraction, at most 2^27 in all.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "27 bits at most")]
pub(super) fn bin_of(size: f64, bits: u32) -> i32 {
    (size.to_bits() >> (52 - bits)) as i32
}

/// The lowest 16 bits of a number: enough for an index within a copy.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the rest is another index")]
const fn low(number: u64) -> u16 {
    number as u16
}

for_every_processor! {
    /// The lowest bin of a non-zero value, among non-negative values, and how many values are zero. Bins are
    /// signed 32-bit integers, because old processors compare no others in vectors.
    pub(super) fn lowest_bin(values: &[f64], bits: u32) -> (u32, u64) {
        let (mut lowest, mut zeros) = (i32::MAX, 0_u32);
        for &x in values {
            let is_zero = x < SMALLEST;
            lowest = lowest.min(if is_zero { i32::MAX } else { bin_of(x.min(LARGEST), bits) });
            zeros += u32::from(is_zero);
        }
        (lowest.unsigned_abs(), u64::from(zeros))
    }

    /// Adds at most a block of non-negative values to the counters of the bins from `first` on, records how
    /// often each of them overflowed, and returns how many values are zero. Returns `None`, and adds nothing,
    /// if a value is outside of these bins.
    ///
    /// Neighbouring values are counted in different copies: in a single one, values that share a bin would
    /// have to wait for one another. A copy counts too few values to overflow, so no check is needed in
    /// between. Zeros, which are scattered among the values (unmet demand that is zero in half of the
    /// futures), are counted without a branch like the others, each in another counter than the zero before.
    /// Values above the largest bin are outside.
    pub(super) fn count<const COPY: usize>(
        values: &[f64],
        bits: u32,
        first: u32,
        counts: &mut [u8],
        carried: &mut [u8; COPY],
    ) -> Option<u64> {
        let (outside, last) = (counts.len(), COPY as u64 - 1);
        let mut bins = [[low(last); COPIES]; BLOCK / COPIES];
        for (i, (bin, &x)) in bins.as_flattened_mut().iter_mut().zip(values).enumerate() {
            let bin_above_first = bin_of(x, bits).unsigned_abs().wrapping_sub(first);
            let inside = bin_above_first.min(u32::from(low(outside as u64)));
            let nothing = low(last - (i / COPIES % NOTHING) as u64);
            *bin = if x < SMALLEST { nothing } else { low(u64::from(inside)) };
        }
        let mut copies = [[0_u8; COPY]; COPIES];
        for &[a, b, c, d] in &bins {
            // Four indices are read at once: one by one they took a tenth longer.
            let four = u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48;
            for (copy, shift) in copies.iter_mut().zip([0, 16, 32, 48]) {
                copy[usize::from(low(four >> shift)) % COPY] += 1;
            }
        }
        let seen = |bin: usize| copies.iter().fold(0, |sum, copy| sum + u64::from(copy[bin]));
        if seen(outside) > 0 {
            return None;
        }
        for (bin, (count, carried)) in counts.iter_mut().zip(carried).enumerate() {
            let sum = copies.iter().fold(u16::from(*count), |sum, copy| sum + u16::from(copy[bin]));
            [*count, *carried] = sum.to_le_bytes();
        }
        let zeros: u64 = (COPY - NOTHING..COPY).map(seen).sum();
        Some(zeros - (BLOCK - values.len()) as u64)
    }
}
