//! The figures of a period: of a month, or of a year as the sum of its months.

use crate::batch::Lanes;
use crate::plan::{Cause, Kind, Metrics, Waiting, block};

/// A cause binds when it leaves more than this share of what is wanted lost or waiting.
const BINDS_ABOVE: f64 = 0.01;

/// The values of all metrics in one period, in the order of [`Metrics::list`], each for all of `N` runs.
#[derive(Debug, Clone)]
pub struct Ledger<const N: usize> {
    values: Vec<Lanes<N>>,
    /// The number of months added by [`Ledger::add_month`].
    months: f64,
}

impl<const N: usize> Ledger<N> {
    /// A ledger of zeros.
    pub fn new(metrics: &Metrics) -> Self {
        Self::of(vec![Lanes::ZERO; metrics.list().len()])
    }

    /// A ledger with these values.
    pub(crate) fn of(values: Vec<Lanes<N>>) -> Self {
        Self { values, months: 0.0 }
    }

    /// The values of all metrics.
    pub fn values(&self) -> &[Lanes<N>] {
        &self.values
    }

    /// Writes a metric.
    #[inline(always)]
    pub(super) fn set(&mut self, metric: usize, value: Lanes<N>) {
        self.values[metric] = value;
    }

    /// Adds to a metric.
    #[inline(always)]
    pub(super) fn add(&mut self, metric: usize, value: Lanes<N>) {
        self.values[metric] += value;
    }

    /// Writes a product's metric, and adds it to the same metric of its group and of the total.
    #[inline(always)]
    pub(super) fn add_up(&mut self, [product, group, total]: [usize; 3], value: Lanes<N>) {
        self.values[product] = value;
        self.values[group] += value;
        self.values[total] += value;
    }

    /// Begins a year: its first month overwrites what was in the ledger.
    pub fn begin_year(&mut self) {
        self.months = 0.0;
    }

    /// Adds a month to the sums. [`Ledger::close_year`], called once after the last month, computes the rest.
    #[inline(always)]
    pub fn add_month(&mut self, month: &Self, metrics: &Metrics) {
        let is_first = self.months == 0.0;
        self.months += 1.0;
        for &metric in &metrics.sums {
            let so_far = if is_first { Lanes::ZERO } else { self.values[metric] };
            self.values[metric] = so_far + month.values[metric];
        }
    }

    /// Ends a month whose flows and stocks are written: computes the derived metrics.
    #[inline(always)]
    pub(super) fn close_month(&mut self, metrics: &Metrics) {
        for &(metric, kind) in &metrics.derived {
            self.values[metric] = self.derived(kind);
        }
    }

    /// Ends a year with its last month, whose stocks are the year's; means are those of the months, and
    /// derived metrics are computed from the year's own figures.
    pub fn close_year(&mut self, last: &Self, metrics: &Metrics) {
        for &metric in &metrics.stocks {
            self.values[metric] = last.values[metric];
        }
        for &metric in &metrics.means {
            self.values[metric] = self.values[metric] * (1.0 / self.months);
        }
        self.close_month(metrics);
    }

    /// A derived metric: a ratio, or whether a cause binds.
    #[inline(always)]
    fn derived(&self, kind: Kind) -> Lanes<N> {
        match kind {
            Kind::Ratio { over, under } => {
                // The ratio is zero where its denominator is zero.
                let share = |over: f64, under: f64| if under > 0.0 { over / under } else { 0.0 };
                self.values[over].zip(self.values[under], share)
            }
            Kind::Binds { cause, waiting } => self.binds(cause, waiting),
            Kind::Flow | Kind::Stock | Kind::Mean => Lanes::ZERO,
        }
    }

    /// 1 where a cause leaves the most lost or waiting, and enough to bind. The total's block comes first in
    /// a ledger, so its indices start at 0.
    #[inline(always)]
    fn binds(&self, cause: Cause, waiting: Option<usize>) -> Lanes<N> {
        let unmet = |cause: Cause| {
            let lost = self.values[block::Trade::unmet(cause, 0)];
            waiting.map_or(lost, |total| lost + self.values[Waiting::of(total, cause)])
        };
        let wanted = match waiting {
            None => self.values[block::Trade::Wanted.after(0)],
            // What was wanted, new or from before, was exported or lost, or still waits.
            Some(total) => {
                let of = |metric: block::Trade| self.values[metric.after(0)];
                of(block::Trade::Volume) + of(block::Trade::Unmet) + self.values[total]
            }
        };
        let mine = unmet(cause);
        let enough = mine.above(wanted * BINDS_ABOVE);
        let mut binds = enough;
        for other in Cause::ALL.into_iter().filter(|&other| other != cause) {
            // Of equal causes the first binds, so that never two bind at once.
            binds = binds
                * if (other as usize) < cause as usize {
                    mine.above(unmet(other))
                } else {
                    mine.at_least(unmet(other))
                };
        }
        binds
    }
}
