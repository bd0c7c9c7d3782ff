//! A period's figures: a month's, or a year's as the sum of its months.

use super::metric::{CAUSES, Kind, Metric, Metrics, trade};
use crate::batch::Lanes;

/// A cause binds when it leaves more than this share of what is wanted unmet.
const BINDS_ABOVE: f64 = 0.01;

/// The values of all metrics in one period, in the order of [`Metrics::list`].
#[derive(Debug, Clone)]
pub struct Ledger<const N: usize> {
    values: Vec<Lanes<N>>,
    /// The months taken in by [`Ledger::add_month`].
    months: f64,
}

impl<const N: usize> Ledger<N> {
    /// A ledger of zeros.
    pub fn new(metrics: &Metrics) -> Self {
        Self { values: vec![Lanes::ZERO; metrics.list().len()], months: 0.0 }
    }

    /// All values.
    pub fn values(&self) -> &[Lanes<N>] {
        &self.values
    }

    /// The value of the metric at a place.
    pub fn at(&self, place: usize) -> Lanes<N> {
        self.values[place]
    }

    pub(super) fn set(&mut self, place: usize, value: Lanes<N>) {
        self.values[place] = value;
    }

    /// Adds one trade block to another: products to their group and to the total.
    pub(super) fn add_trade(&mut self, from: usize, to: usize) {
        for offset in 0..trade::LEN {
            let value = self.values[from + offset];
            self.values[to + offset] += value;
        }
    }

    pub(super) fn clear_trade(&mut self, at: usize) {
        self.values[at..at + trade::LEN].fill(Lanes::ZERO);
    }

    /// Forgets everything, before a new year.
    pub fn clear(&mut self) {
        self.values.fill(Lanes::ZERO);
        self.months = 0.0;
    }

    /// Takes in a month: flows add up, stocks are replaced. [`Ledger::close`], once after the last, then gives the rest.
    pub fn add_month(&mut self, month: &Self, metrics: &Metrics) {
        self.months += 1.0;
        for ((year, month), metric) in self.values.iter_mut().zip(&month.values).zip(metrics.list()) {
            match metric.kind {
                Kind::Flow | Kind::Mean => *year += *month,
                Kind::Stock => *year = *month,
                Kind::Ratio { .. } | Kind::Binds { .. } => {}
            }
        }
    }

    /// Computes what follows from the period's own sums: means, ratios, and which cause binds.
    pub fn close(&mut self, metrics: &Metrics) {
        for (place, metric) in metrics.list().iter().enumerate() {
            if let Some(value) = self.derived(place, metric) {
                self.values[place] = value;
            }
        }
    }

    fn derived(&self, place: usize, metric: &Metric) -> Option<Lanes<N>> {
        match metric.kind {
            Kind::Flow | Kind::Stock => None,
            Kind::Mean => (self.months > 0.0).then(|| self.values[place] * (1.0 / self.months)),
            Kind::Ratio { over, under } => Some(self.values[over].share_of(self.values[under])),
            Kind::Binds { cause } => Some(self.binds(cause)),
        }
    }

    /// The total's block comes first in a ledger.
    fn binds(&self, cause: usize) -> Lanes<N> {
        let unmet = |cause: usize| self.values[trade::CAUSES + cause];
        let mine = unmet(cause);
        let mut binds = mine.above(self.values[trade::WANTED] * BINDS_ABOVE);
        for other in (0..CAUSES.len()).filter(|&other| other != cause) {
            // Of equals the first is named, so that never two bind at once.
            let wins = if other < cause { mine.above(unmet(other)) } else { mine.at_least(unmet(other)) };
            binds = binds * wins;
        }
        binds
    }
}
