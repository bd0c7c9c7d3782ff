//! A period's figures: a month's, or a year's as the sum of its months.

use super::metric::{CAUSES, Kind, Metrics, trade};
use crate::batch::Lanes;

/// A cause binds when it leaves more than this share of what is wanted lost or waiting.
const BINDS_ABOVE: f64 = 0.01;

/// The values of all metrics in one period, in the order of [`Metrics::list`]: of each one value for every one of `N` runs.
#[derive(Debug, Clone)]
pub struct Ledger<const N: usize> {
    values: Vec<Lanes<N>>,
    /// The months taken in by [`Ledger::add_month`].
    months: f64,
}

impl<const N: usize> Ledger<N> {
    /// A ledger of zeros.
    pub fn new(metrics: &Metrics) -> Self {
        Self::of(vec![Lanes::ZERO; metrics.list().len()])
    }

    /// One that holds these values.
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

    /// Writes a metric of a product's block, and adds it to the same of its group's block and of the total's.
    #[inline(always)]
    pub(super) fn tell(&mut self, [product, group, total]: [usize; 3], offset: usize, value: Lanes<N>) {
        self.values[product + offset] = value;
        self.values[group + offset] += value;
        self.values[total + offset] += value;
    }

    /// Begins a year: its first month takes the place of what was in the ledger.
    pub fn begin_year(&mut self) {
        self.months = 0.0;
    }

    /// Takes in a month: flows add up. [`Ledger::close_year`], once after the last, then gives the rest.
    #[inline(always)]
    pub fn add_month(&mut self, month: &Self, metrics: &Metrics) {
        let is_first = self.months == 0.0;
        self.months += 1.0;
        for &metric in &metrics.sums {
            let so_far = if is_first { Lanes::ZERO } else { self.values[metric] };
            self.values[metric] = so_far + month.values[metric];
        }
    }

    /// Ends a month whose flows and stocks are written: what follows from them.
    #[inline(always)]
    pub(super) fn close_month(&mut self, metrics: &Metrics) {
        for &(metric, kind) in &metrics.derived {
            self.values[metric] = self.derived(kind);
        }
    }

    /// Ends a year with its last month, whose stocks are the year's; means are those of its months, and the rest follows from the
    /// year's own figures.
    pub fn close_year(&mut self, last: &Self, metrics: &Metrics) {
        for &metric in &metrics.stocks {
            self.values[metric] = last.values[metric];
        }
        for &metric in &metrics.means {
            self.values[metric] = self.values[metric] * (1.0 / self.months);
        }
        self.close_month(metrics);
    }

    /// A figure that follows from others: a ratio, or whether a cause binds.
    #[inline(always)]
    fn derived(&self, kind: Kind) -> Lanes<N> {
        match kind {
            Kind::Ratio { over, under } => {
                // The share of nothing is nothing.
                let share = |over: f64, under: f64| if under > 0.0 { over / under } else { 0.0 };
                self.values[over].zip(self.values[under], share)
            }
            Kind::Binds { cause, waiting } => self.binds(cause, waiting),
            Kind::Flow | Kind::Stock | Kind::Mean => Lanes::ZERO,
        }
    }

    /// 1 where a cause leaves the most lost or waiting, and enough to bind. The total's block comes first in a ledger.
    #[inline(always)]
    fn binds(&self, cause: usize, waiting: Option<usize>) -> Lanes<N> {
        let unmet = |cause: usize| {
            let lost = self.values[trade::CAUSES + cause];
            waiting.map_or(lost, |total| lost + self.values[total + 1 + cause])
        };
        let wanted = match waiting {
            None => self.values[trade::WANTED],
            // New or waiting from before, it was exported or lost, or waits on.
            Some(total) => self.values[trade::VOLUME] + self.values[trade::UNMET] + self.values[total],
        };
        let mine = unmet(cause);
        let enough = mine.above(wanted * BINDS_ABOVE);
        let mut binds = enough;
        for other in (0..CAUSES.len()).filter(|&other| other != cause) {
            // Of equals the first is named, so that never two bind at once.
            binds =
                binds * if other < cause { mine.above(unmet(other)) } else { mine.at_least(unmet(other)) };
        }
        binds
    }
}
