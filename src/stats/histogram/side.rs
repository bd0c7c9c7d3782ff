//! One side of zero: a window of counted bins.

/// The counts on one side of zero: a window of bins that grows by whole factors of two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Side {
    first: u32,
    pub(super) counts: Vec<u32>,
}

impl Side {
    /// Counts a bin that the window covers so many times.
    #[inline]
    pub(super) fn add(&mut self, bin: u32, times: u32) {
        self.counts[place(self.first, bin)] += times;
    }

    /// Takes back one count of a bin that was counted.
    pub(super) fn take(&mut self, bin: u32) {
        self.counts[place(self.first, bin)] -= 1;
    }

    /// Counts bins that the window covers; bin 0 stands for no bin, and nothing is added to the first one for it.
    pub(super) fn add_all_but_zeros(&mut self, bins: &[u32]) {
        for &bin in bins {
            let there = bin != 0;
            let place = if there { place(self.first, bin) } else { 0 };
            self.counts[place] += u32::from(there);
        }
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
        let from = place(self.first, other.first);
        for (sum, more) in self.counts[from..].iter_mut().zip(&other.counts) {
            *sum += more;
        }
    }

    /// The first bin beyond the window.
    fn end(&self) -> u32 {
        self.first + u32::try_from(self.counts.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    pub(super) fn filled(&self) -> impl DoubleEndedIterator<Item = (u32, u32)> + Clone + '_ {
        (self.first..self.end()).zip(&self.counts).map(|(bin, &n)| (bin, n)).filter(|&(_, n)| n > 0)
    }
}

/// The place of a bin in a window; a bin below it wraps to a place that no window has.
#[inline]
fn place(first: u32, bin: u32) -> usize {
    bin.wrapping_sub(first) as usize
}
