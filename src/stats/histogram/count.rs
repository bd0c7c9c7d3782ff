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

/// Where zeros are counted, behind the bins that copies have. All bits are set.
const NOWHERE: u32 = 1023;
/// Bins that copies have; what is wider is counted one by one.
pub(super) const WIDEST: usize = NOWHERE as usize;

/// The bin of a magnitude: its exponent and the first bits of its fraction, at most 2^27 in all.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "27 bits at most")]
pub(super) fn bin_of(size: f64, bits: u32) -> i32 {
    (size.to_bits() >> (52 - bits)) as i32
}

for_every_processor! {
    /// The lowest bin that a value lies in which isn't zero, of values that are zero or more, and how many are zero. Bins are signed
    /// numbers of 32 bits: old processors compare no others in vectors.
    pub(super) fn lowest_bin(values: &[f64], bits: u32) -> (u32, u64) {
        let (mut lowest, mut zeros) = (i32::MAX, 0_u32);
        for &x in values {
            let is_zero = x < SMALLEST;
            lowest = lowest.min(if is_zero { i32::MAX } else { bin_of(x.min(LARGEST), bits) });
            zeros += u32::from(is_zero);
        }
        (lowest.unsigned_abs(), u64::from(zeros))
    }

    /// Adds at most a block of values that are zero, or lie in bins from the lowest on, to the counters of these bins; and to `carried`
    /// what runs over there, by the 256.
    ///
    /// Values next to one another are counted in copies of their own: in one and the same, those that share a bin would wait for one
    /// another. A copy sees too few to run over, so there is nothing to ask in between; and zeros, which stand among the values at random
    /// (demand that is met in half of the futures), are counted like the others, and forgotten.
    pub(super) fn count(values: &[f64], bits: u32, lowest: u32, counts: &mut [u8], carried: &mut [u8]) {
        let mut copies = [[0_u8; WIDEST + 1]; COPIES];
        let mut places = [NOWHERE; 64];
        for some in values.chunks(places.len()) {
            for (place, &x) in places.iter_mut().zip(some) {
                let bin = bin_of(if x < LARGEST { x } else { LARGEST }, bits).unsigned_abs();
                *place = if x < SMALLEST { NOWHERE } else { bin.wrapping_sub(lowest) };
            }
            for several in places[..some.len().next_multiple_of(COPIES)].chunks_exact(COPIES) {
                for (copy, &place) in copies.iter_mut().zip(several) {
                    copy[place as usize & WIDEST] += 1;
                }
            }
            places.fill(NOWHERE);
        }
        for (place, (count, carried)) in counts.iter_mut().zip(carried).enumerate() {
            let sum = copies.iter().fold(u16::from(*count), |sum, copy| sum + u16::from(copy[place]));
            [*count, *carried] = sum.to_le_bytes();
        }
    }

    /// The same one by one, for bins so far apart that copies of their counters would take longer; notes the places of those that ran
    /// over.
    pub(super) fn count_far_apart(values: &[f64], bits: u32, lowest: u32, counts: &mut [u8], ran_over: &mut Vec<u32>) {
        let mut places = [0_u32; 64];
        for some in values.chunks(places.len()) {
            for (place, &x) in places.iter_mut().zip(some) {
                let bin = bin_of(if x < LARGEST { x } else { LARGEST }, bits).unsigned_abs();
                *place = if x < SMALLEST { u32::MAX } else { bin.wrapping_sub(lowest) };
            }
            for &place in &places[..some.len()] {
                let Some(count) = counts.get_mut(place as usize) else { continue };
                *count = count.wrapping_add(1);
                if *count == 0 {
                    ran_over.push(place);
                }
            }
        }
    }
}
