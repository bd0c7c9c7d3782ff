//! The counters of many windows of bins, consecutively in one block of memory.

use crate::kernel::for_every_processor;
use std::ops::Range;

/// The number of counts at which a counter overflows.
const FULL: u64 = 1 << u8::BITS;

/// Factors of two per window for which capacity is reserved; hardly any window needs as many. Reserved
/// capacity takes no memory before it is written to; and as long as the block needn't grow, nothing is copied
/// and the allocator is left with no holes (10 MB of 55 with 200,000 runs of combined.toml).
const RESERVED: usize = 16;

/// Counts of bins, in windows that grow by whole pages.
///
/// Counters have 8 bits, and those of all windows are adjacent: a result has millions, and every chunk reads
/// all of them from memory once, in order, which the processor prefetches. (combined.toml, 20,000 runs: with
/// 16 bits and a separate allocation for each window a run took some 8% longer, and 8 MB more.) Overflows are
/// counted in units of 256 in a second level of counters, so no count is ever lost.
#[derive(Debug, Clone)]
pub(super) struct Counters {
    bits: u32,
    windows: Vec<Window>,
    counts: Vec<u8>,
    /// The number of counters that windows have left behind when they moved.
    left: usize,
    /// By window, how often counters overflowed.
    carried: Carried,
}

/// The counters of overflows, allocated at the first.
#[derive(Debug, Clone, Default)]
struct Carried(Option<Box<Counters>>);

impl Carried {
    /// Counts overflows of a bin of a window.
    fn add(&mut self, (bits, windows): (u32, usize), window: usize, bin: u32, times: u64) {
        self.0.get_or_insert_with(|| Box::new(Counters::small(bits, windows))).add(window, bin, times);
    }

    /// The counters of a window, if one of them overflowed.
    fn of(&self, window: usize) -> Option<&Counters> {
        self.0.as_deref().filter(|carried| carried.width(window) > 0)
    }
}

/// The location of the counters of some bins; without bins before the first count.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    /// The first bin.
    first: u32,
    /// The number of bins.
    width: u32,
    /// The index of its first counter.
    start: usize,
}

impl Window {
    fn covers(self, bin: u32) -> bool {
        bin.wrapping_sub(self.first) < self.width
    }

    fn end(self) -> u32 {
        self.first + self.width
    }

    /// The number of its counters.
    fn len(self) -> usize {
        self.width as usize
    }

    /// The index of the counter of a bin that it covers.
    fn index(self, bin: u32) -> usize {
        self.start + (bin - self.first) as usize
    }

    /// The smallest window of whole pages that also covers these bins.
    fn with(self, lowest: u32, highest: u32, page: u32) -> Self {
        let (mut first, mut end) = (lowest & !(page - 1), (highest & !(page - 1)) + page);
        if self.width > 0 {
            (first, end) = (first.min(self.first), end.max(self.end()));
        }
        Self { first, width: end - first, start: self.start }
    }
}

/// The number of bins by which windows grow: half a factor of two.
pub(super) const fn page(bits: u32) -> u32 {
    1 << (bits - 1)
}

impl Counters {
    /// Windows without counts, 2^`bits` bins per factor of two.
    pub(super) fn new(bits: u32, windows: usize) -> Self {
        let reserved = |carried| Self {
            counts: Vec::with_capacity((windows * RESERVED) << bits),
            carried,
            ..Self::small(bits, windows)
        };
        reserved(Carried(Some(Box::new(reserved(Carried::default())))))
    }

    /// The same without reserved capacity.
    fn small(bits: u32, windows: usize) -> Self {
        let windows = vec![Window::default(); windows];
        Self { bits, windows, counts: Vec::new(), left: 0, carried: Carried::default() }
    }

    /// Adds `times` counts to a bin.
    pub(super) fn add(&mut self, window: usize, bin: u32, times: u64) {
        self.cover(window, bin, bin);
        let count = &mut self.counts[self.windows[window].index(bin)];
        let sum = u64::from(*count) + times;
        *count = low_byte(sum);
        if sum >= FULL {
            self.carry(window, bin, sum / FULL);
        }
    }

    /// Removes one count of a bin that was counted.
    pub(super) fn take(&mut self, window: usize, bin: u32) {
        let count = &mut self.counts[self.windows[window].index(bin)];
        if *count == 0 {
            self.carried.0.as_mut().expect("only counted values are removed").take(window, bin);
        }
        *count = count.wrapping_sub(1);
    }

    /// The first bin of a window, and the counters from there on.
    pub(super) fn window(&mut self, window: usize) -> (u32, &mut [u8]) {
        let window = self.windows[window];
        (window.first, &mut self.counts[window.start..][..window.len()])
    }

    /// Adds overflows of the counter of a bin.
    pub(super) fn carry(&mut self, window: usize, bin: u32, times: u64) {
        self.carried.add((self.bits, self.windows.len()), window, bin, times);
    }

    /// Widens a window until it holds both bins.
    #[inline]
    pub(super) fn cover(&mut self, window: usize, lowest: u32, highest: u32) {
        let current = self.windows[window];
        if !current.covers(lowest) || !current.covers(highest) {
            self.grow(window, lowest, highest);
        }
    }

    /// Moves a window that grows behind all others. What it leaves behind is only reclaimed once it takes up
    /// a sixteenth of the capacity, because at first nearly all windows grow repeatedly.
    #[cold]
    fn grow(&mut self, window: usize, lowest: u32, highest: u32) {
        if self.left > self.counts.capacity() / 16 {
            self.close_up();
        }
        let old = self.windows[window];
        let new = Window { start: self.counts.len(), ..old.with(lowest, highest, page(self.bits)) };
        if self.counts.capacity() < new.start + new.len() {
            self.counts.reserve_exact(rounded_up(new.start + new.len()) - self.counts.len());
        }
        self.counts.resize(new.start + new.len(), 0);
        if old.width > 0 {
            self.counts.copy_within(old.start..old.start + old.len(), new.index(old.first));
        }
        self.windows[window] = new;
        self.left += old.len();
    }

    /// Moves the windows together, over the counters that others have left behind.
    fn close_up(&mut self) {
        let mut moved: Vec<&mut Window> = self.windows.iter_mut().collect();
        // Windows that never grew are already in order, which this sorting algorithm exploits.
        moved.sort_by_key(|window| window.start);
        let mut end = 0;
        for window in moved {
            self.counts.copy_within(window.start..window.start + window.len(), end);
            window.start = end;
            end += window.len();
        }
        self.counts.truncate(end);
        self.left = 0;
    }

    /// The counters of a window's bins.
    fn bins(&self, window: usize) -> &[u8] {
        let window = self.windows[window];
        &self.counts[window.start..][..window.len()]
    }

    /// The number of bins of a window.
    pub(super) fn width(&self, window: usize) -> usize {
        self.windows[window].width as usize
    }

    /// The sum of all counts of a window.
    pub(super) fn total(&self, window: usize) -> u64 {
        let carried = self.carried.of(window).map_or(0, |carried| carried.total(window));
        self.bins(window).iter().map(|&count| u64::from(count)).sum::<u64>() + carried * FULL
    }

    /// Writes the counts of a window's bins, and returns the range of the bins.
    pub(super) fn totals(&self, window: usize, totals: &mut Vec<u64>) -> Range<u32> {
        let current = self.windows[window];
        totals.clear();
        totals.resize(current.len(), 0);
        self.add_to(totals, current.first, window, 0);
        current.first..current.end()
    }

    /// Adds the counts of a window, each 2^`shift` times, to those of the bins from `first` on.
    fn add_to(&self, totals: &mut [u64], first: u32, window: usize, shift: u32) {
        if self.width(window) == 0 {
            return;
        }
        let bins = &mut totals[(self.windows[window].first - first) as usize..];
        add_shifted(bins, self.bins(window), shift);
        if let Some(carried) = &self.carried.0 {
            carried.add_to(totals, first, window, shift + u8::BITS);
        }
    }
}

for_every_processor! {
    /// Adds counts, each 2^`shift` times.
    fn add_shifted(totals: &mut [u64], counts: &[u8], shift: u32) {
        for (total, &count) in totals.iter_mut().zip(counts) {
            *total += u64::from(count) << shift;
        }
    }
}

/// A capacity for `len` counters with at most an eighth more, or a kilobyte. There are few different sizes,
/// so that memory that one period has outgrown can be reused for another.
fn rounded_up(len: usize) -> usize {
    len.next_multiple_of((len.next_power_of_two() / 8).max(1024))
}

/// The part of a count that stays in a counter.
#[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
fn low_byte(count: u64) -> u8 {
    count as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counters() -> Counters {
        Counters::new(6, 3)
    }

    fn filled(counters: &Counters, window: usize) -> Vec<(u32, u64)> {
        let mut totals = Vec::new();
        let bins = counters.totals(window, &mut totals);
        bins.zip(totals).filter(|(_, count)| *count > 0).collect()
    }

    #[test]
    fn counters_that_overflow_lose_nothing() {
        let (mut one_by_one, mut at_once) = (counters(), counters());
        for _ in 0..140_000 {
            one_by_one.add(1, 101, 1);
        }
        at_once.add(1, 101, 140_000);
        for counters in [&mut one_by_one, &mut at_once] {
            counters.add(1, 140, 1);
            counters.add(1, 101, 1);
        }
        assert_eq!(filled(&one_by_one, 1), [(101, 140_001), (140, 1)]);
        assert_eq!(filled(&one_by_one, 1), filled(&at_once, 1));
        assert_eq!(one_by_one.total(1), 140_002);
        assert!(filled(&one_by_one, 0).is_empty());
    }

    #[test]
    fn counts_survive_windows_that_grow_either_way_and_move() {
        let mut counters = counters();
        for octave in 0..40 {
            for window in 0..3 {
                counters.add(window, 10_000 + 64 * octave, 70_000);
                counters.add(window, 9_999 - 64 * octave, 3);
            }
        }
        for window in 0..3 {
            let filled = filled(&counters, window);
            assert!(
                filled[..40].iter().all(|bin| bin.1 == 3) && filled[40..].iter().all(|bin| bin.1 == 70_000)
            );
            assert_eq!((filled.len(), filled[0].0, filled[79].0), (80, 9_999 - 64 * 39, 10_000 + 64 * 39));
        }
        // At the end little was left behind, and then one of the three moved once more.
        let held: usize = counters.windows.iter().map(|window| window.len()).sum();
        assert!(counters.counts.len() < held * 2, "{} of {held}", counters.counts.len());
    }

    #[test]
    fn counts_that_are_removed_leave_no_trace() {
        let mut counters = counters();
        counters.add(2, 101, 65_793);
        for _ in 0..65_791 {
            counters.take(2, 101);
        }
        assert_eq!((filled(&counters, 2), counters.total(2)), (vec![(101, 2)], 2));
    }
}
