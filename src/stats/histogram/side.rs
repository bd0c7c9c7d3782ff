//! One side of zero: a window of counted bins.

use std::collections::BTreeMap;

/// What a counter holds before it carries.
const FULL: u64 = 1 << u16::BITS;

/// The counts on one side of zero: a window of bins that grows by whole factors of two.
///
/// Counters have 16 bits: most bins of most series never see more, and a result has millions of them
/// (combined.toml: 98 MB in all with 32 bits). One that runs over carries into a map, so no count is ever lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Side {
    first: u32,
    pub(super) counts: Vec<u16>,
    /// By bin, how often its counter ran over.
    carried: BTreeMap<u32, u64>,
}

impl Side {
    /// Counts a bin that the window covers so many times.
    pub(super) fn add(&mut self, bin: u32, times: u64) {
        let place = place(self.first, bin);
        let sum = u64::from(self.counts[place]) + times;
        self.counts[place] = low_half(sum);
        if sum >= FULL {
            *self.carried.entry(bin).or_default() += sum / FULL;
        }
    }

    /// Takes back one count of a bin that was counted.
    pub(super) fn take(&mut self, bin: u32) {
        let place = place(self.first, bin);
        if self.counts[place] == 0 {
            let carried = self.carried.get_mut(&bin).expect("what is taken back was counted");
            *carried -= 1;
            if *carried == 0 {
                self.carried.remove(&bin);
            }
        }
        self.counts[place] = self.counts[place].wrapping_sub(1);
    }

    /// Counts bins that the window covers, one after another.
    #[inline]
    pub(super) fn add_all(&mut self, bins: &[u32]) {
        for &bin in bins {
            let count = &mut self.counts[place(self.first, bin)];
            *count = count.wrapping_add(1);
            if *count == 0 {
                self.carry(bin);
            }
        }
    }

    #[cold]
    fn carry(&mut self, bin: u32) {
        *self.carried.entry(bin).or_default() += 1;
    }

    /// Widens the window by whole factors of two until it holds both bins.
    #[inline]
    pub(super) fn cover(&mut self, lowest: u32, highest: u32, bits: u32) {
        let end = self.end();
        if self.counts.is_empty() || lowest < self.first || highest >= end {
            self.grow(lowest, highest, bits);
        }
    }

    #[cold]
    fn grow(&mut self, lowest: u32, highest: u32, bits: u32) {
        let page = 1_u32 << bits;
        let (mut start, mut end) = (lowest & !(page - 1), (highest & !(page - 1)) + page);
        if !self.counts.is_empty() {
            start = start.min(self.first);
            end = end.max(self.end());
        }
        let mut counts = vec![0; place(start, end)];
        if !self.counts.is_empty() {
            counts[place(start, self.first)..][..self.counts.len()].copy_from_slice(&self.counts);
        }
        (self.first, self.counts) = (start, counts);
    }

    pub(super) fn merge(&mut self, other: &Self, bits: u32) {
        if other.counts.is_empty() {
            return;
        }
        self.cover(other.first, other.end() - 1, bits);
        other.each_filled(|bin, count| self.add(bin, count));
    }

    /// The first bin beyond the window.
    fn end(&self) -> u32 {
        self.first + u32::try_from(self.counts.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum::<u64>()
            + self.carried.values().sum::<u64>() * FULL
    }

    /// Shows the filled bins in ascending order of size, with their counts.
    pub(super) fn each_filled(&self, mut show: impl FnMut(u32, u64)) {
        for (bin, &count) in (self.first..).zip(&self.counts) {
            let count = u64::from(count) + self.carried_over(bin);
            if count > 0 {
                show(bin, count);
            }
        }
    }

    /// The same as a list.
    #[cfg(test)]
    pub(super) fn filled(&self) -> Vec<(u32, u64)> {
        let mut filled = Vec::new();
        self.each_filled(|bin, count| filled.push((bin, count)));
        filled
    }

    fn carried_over(&self, bin: u32) -> u64 {
        if self.carried.is_empty() { 0 } else { self.carried.get(&bin).map_or(0, |times| times * FULL) }
    }
}

/// What stays in a counter.
#[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
fn low_half(count: u64) -> u16 {
    count as u16
}

/// The place of a bin in a window; a bin below it wraps to a place that no window has.
#[inline]
fn place(first: u32, bin: u32) -> usize {
    bin.wrapping_sub(first) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side() -> Side {
        let mut side = Side::default();
        side.cover(100, 140, 6);
        side
    }

    #[test]
    fn counters_that_run_over_lose_nothing() {
        let (mut one_by_one, mut at_once) = (side(), side());
        for _ in 0..140_000 {
            one_by_one.add_all(&[101]);
        }
        at_once.add(101, 140_000);
        one_by_one.add_all(&[140, 101]);
        at_once.add(101, 1);
        at_once.add(140, 1);
        assert_eq!(one_by_one, at_once);
        assert_eq!(one_by_one.filled(), [(101, 140_001), (140, 1)]);
        assert_eq!(one_by_one.total(), 140_002);
        let mut merged = side();
        merged.merge(&one_by_one, 6);
        merged.merge(&at_once, 6);
        assert_eq!(merged.filled()[0], (101, 280_002));
    }

    #[test]
    fn what_is_taken_back_is_as_if_it_had_never_been_counted() {
        let (mut taken, mut fresh) = (side(), side());
        taken.add(101, 65_537);
        for _ in 0..65_535 {
            taken.take(101);
        }
        fresh.add(101, 2);
        assert_eq!(taken, fresh);
    }
}
