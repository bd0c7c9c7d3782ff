//! A period's figures: a month's, or a year's as the sum of its months.

use super::corridor::Corridor;
use super::metric::{CAUSES, Kind, Metric, Metrics, trade};
use crate::batch::Lanes;
use crate::kernel::{add_in_place, for_every_processor, scale_in_place, share_into};

/// A cause binds when it leaves more than this share of what is wanted unmet.
const BINDS_ABOVE: f64 = 0.01;

/// Columns lie a cache line further apart than they are long. Columns of 4 KiB right behind one another would all want the same
/// few places of the fastest cache when a batch writes its part of each.
const APART: usize = 8;

/// The values of all metrics in one period, in the order of [`Metrics::list`]: of each a column, with one value for each of some
/// runs side by side.
#[derive(Debug, Clone)]
pub struct Ledger {
    values: Vec<f64>,
    runs: usize,
    /// The months taken in by [`Ledger::add_month`].
    months: f64,
    /// Room for a column that is made of others.
    scratch: Vec<f64>,
}

impl Ledger {
    /// A ledger of zeros for so many runs.
    pub fn new(metrics: &Metrics, runs: usize) -> Self {
        let values = vec![0.0; metrics.list().len() * (runs + APART)];
        Self { values, runs, months: 0.0, scratch: vec![0.0; runs] }
    }

    /// One that holds these columns, of equal length.
    #[cfg(test)]
    pub(crate) fn of_columns(columns: &[&[f64]]) -> Self {
        let runs = columns[0].len();
        let values = vec![0.0; columns.len() * (runs + APART)];
        let mut ledger = Self { values, runs, months: 0.0, scratch: Vec::new() };
        for (metric, column) in columns.iter().enumerate() {
            ledger.column_mut(metric).copy_from_slice(column);
        }
        ledger
    }

    /// Where the column of a metric begins among all values.
    #[inline(always)]
    fn start(&self, metric: usize) -> usize {
        metric * (self.runs + APART)
    }

    /// The value of the metric at a place, in every run.
    #[inline]
    pub fn column(&self, metric: usize) -> &[f64] {
        &self.values[self.start(metric)..][..self.runs]
    }

    /// The same to be changed.
    #[inline]
    pub fn column_mut(&mut self, metric: usize) -> &mut [f64] {
        let start = self.start(metric);
        &mut self.values[start..][..self.runs]
    }

    /// The value of the metric at a place, in `N` runs from the first of them on.
    pub fn at<const N: usize>(&self, metric: usize, first: usize) -> Lanes<N> {
        let mut lanes = Lanes::ZERO;
        lanes.0.copy_from_slice(&self.column(metric)[first..][..N]);
        lanes
    }

    /// How many metrics there are.
    pub fn metrics(&self) -> usize {
        self.values.len() / (self.runs + APART)
    }

    /// The part of `N` runs from the first of them on.
    #[inline(always)]
    pub(super) fn page<const N: usize>(&mut self, first: usize) -> Page<'_, N> {
        Page { ledger: self, first }
    }

    /// Forgets everything, before a new year.
    pub fn clear(&mut self) {
        self.values.fill(0.0);
        self.months = 0.0;
    }

    /// Takes in a month: flows add up, stocks are replaced. [`Ledger::close`], once after the last, then gives the rest.
    pub fn add_month(&mut self, month: &Self, metrics: &Metrics) {
        self.months += 1.0;
        for (place, metric) in metrics.list().iter().enumerate() {
            match metric.kind {
                Kind::Flow | Kind::Mean => add_in_place(self.column_mut(place), month.column(place)),
                Kind::Stock => self.column_mut(place).copy_from_slice(month.column(place)),
                Kind::Ratio { .. } | Kind::Binds { .. } => {}
            }
        }
    }

    /// Ends a month whose pages are written: products make their groups and the total.
    pub fn close_month(&mut self, corridor: &Corridor) {
        let metrics = &corridor.metrics;
        for offset in 0..trade::LEN {
            self.column_mut(offset).fill(0.0);
            for group in 0..corridor.spec.groups.len() {
                self.column_mut(metrics.groups + group * trade::LEN + offset).fill(0.0);
            }
            for (p, product) in corridor.spec.products.iter().enumerate() {
                let from = metrics.products + p * trade::PRODUCT_LEN + offset;
                self.add(from, metrics.groups + product.group.0 * trade::LEN + offset);
                self.add(from, offset);
            }
        }
        self.close(metrics);
    }

    /// Adds a column to one that stands before it.
    fn add(&mut self, from: usize, to: usize) {
        let (runs, to, from) = (self.runs, self.start(to), self.start(from));
        let (before, column) = self.values.split_at_mut(from);
        add_in_place(&mut before[to..][..runs], &column[..runs]);
    }

    /// Computes what follows from the period's own sums: means, ratios, and which cause binds.
    pub fn close(&mut self, metrics: &Metrics) {
        for (place, metric) in metrics.list().iter().enumerate() {
            self.derive(place, metric);
        }
    }

    fn derive(&mut self, place: usize, metric: &Metric) {
        match metric.kind {
            Kind::Mean if self.months > 0.0 => {
                let share = 1.0 / self.months;
                scale_in_place(self.column_mut(place), share);
            }
            Kind::Flow | Kind::Stock | Kind::Mean => {}
            Kind::Ratio { over, under } => self
                .write(place, |ledger, ratio| share_into(ratio, ledger.column(over), ledger.column(under))),
            Kind::Binds { cause } => self.write(place, |ledger, binds| ledger.bind(cause, binds)),
        }
    }

    /// Writes a column that follows from others.
    fn write(&mut self, place: usize, fill: impl FnOnce(&Self, &mut [f64])) {
        let mut column = std::mem::take(&mut self.scratch);
        fill(self, &mut column);
        self.column_mut(place).copy_from_slice(&column);
        self.scratch = column;
    }

    /// The total's block comes first in a ledger.
    fn bind(&self, cause: usize, binds: &mut [f64]) {
        let unmet = |cause: usize| self.column(trade::CAUSES + cause);
        let mine = unmet(cause);
        above_share(binds, mine, self.column(trade::WANTED));
        for other in (0..CAUSES.len()).filter(|&other| other != cause) {
            // Of equals the first is named, so that never two bind at once.
            if other < cause {
                and_above(binds, mine, unmet(other));
            } else {
                and_at_least(binds, mine, unmet(other));
            }
        }
    }
}

for_every_processor! {
    /// 1 where a cause leaves more unmet than what binds; else 0.
    fn above_share(binds: &mut [f64], unmet: &[f64], wanted: &[f64]) {
        for ((binds, &unmet), &wanted) in binds.iter_mut().zip(unmet).zip(wanted) {
            *binds = f64::from(u8::from(unmet > wanted * BINDS_ABOVE));
        }
    }

    /// 0 unless mine > other.
    fn and_above(binds: &mut [f64], mine: &[f64], other: &[f64]) {
        for ((binds, &mine), &other) in binds.iter_mut().zip(mine).zip(other) {
            *binds = if mine > other { *binds } else { 0.0 };
        }
    }

    /// 0 unless mine ≥ other.
    fn and_at_least(binds: &mut [f64], mine: &[f64], other: &[f64]) {
        for ((binds, &mine), &other) in binds.iter_mut().zip(mine).zip(other) {
            *binds = if mine >= other { *binds } else { 0.0 };
        }
    }
}

/// The part of a ledger that belongs to `N` runs.
pub(super) struct Page<'l, const N: usize> {
    ledger: &'l mut Ledger,
    first: usize,
}

impl<const N: usize> Page<'_, N> {
    /// Writes a metric.
    #[inline(always)]
    pub(super) fn set(&mut self, metric: usize, value: Lanes<N>) {
        let start = self.ledger.start(metric) + self.first;
        self.ledger.values[start..][..N].copy_from_slice(&value.0);
    }
}
