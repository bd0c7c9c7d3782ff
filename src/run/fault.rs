//! Invalid runs: how they are detected at almost no cost, and where the first invalid figure occurred.
//!
//! A figure is invalid when it isn't finite, or is negative where that is impossible. The moments of a
//! column, which are computed anyway, show whether any of its values may be invalid; only then are the values
//! examined one by one. Whether a run is invalid depends only on its own figures, so it is the same in every
//! chunk and when the run is replayed alone.

use super::columns::Columns;
use crate::plan::Metric;
use crate::plan::Period;
use crate::results::Fault;
use crate::stats::Moments;
use std::collections::BTreeMap;

/// A figure may fall below zero by this share of the largest figure of its dimension in the same period, or
/// by this many tonnes or dollars, because of rounding. One subtraction leaves 1e-16 of its terms; the rest
/// is a margin for sums over products and months.
const ROUNDING: f64 = 1e-9;

/// A figure that is invalid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// The index of the period: months first, then years.
    pub(super) period: usize,
    /// The index of the metric.
    pub(super) metric: usize,
    pub(super) value: f64,
}

impl Figure {
    /// The same with names, as a result stores it.
    pub(super) fn of_run(self, run: u64, metrics: &[Metric], periods: &[Period]) -> Fault {
        Fault {
            run,
            period: periods[self.period].label(),
            metric: metrics[self.metric].path.clone(),
            value: self.value,
        }
    }
}

/// The invalid runs of a chunk, by their index in it, each with its first invalid figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults(BTreeMap<usize, Figure>);

impl Faults {
    /// Checks a metric's column, given its moments, for invalid figures. Periods must come in order of time.
    #[inline]
    pub(super) fn check(
        &mut self,
        (period, metric): (usize, usize),
        (values, moments): (&[f64], &Moments),
        metrics: &[Metric],
        columns: Columns<'_>,
    ) {
        if may_be_invalid(moments, &metrics[metric]) {
            self.examine(period, values, metrics, columns);
        }
    }

    /// Of several invalid figures of a run the first is recorded, and within one period the most specific.
    #[cold]
    fn examine(&mut self, period: usize, values: &[f64], metrics: &[Metric], columns: Columns<'_>) {
        let suspects = values.iter().enumerate().filter(|(_, value)| !(**value >= 0.0 && value.is_finite()));
        for (index, _) in suspects {
            if let Some((metric, value)) = invalid_figure(metrics, &columns.run(index)) {
                self.0.entry(index).or_insert(Figure { period, metric, value });
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The indices of the runs, ascending.
    pub(super) fn indices(&self) -> Vec<usize> {
        self.0.keys().copied().collect()
    }

    /// The runs and their figures, given the number of the chunk's first run.
    pub(super) fn of_runs(self, first_run: u64) -> Vec<(u64, Figure)> {
        self.0.into_iter().map(|(index, figure)| (first_run + index as u64, figure)).collect()
    }
}

/// Whether a value in the column with these moments may be invalid. It misses none, but also reports huge
/// finite values.
#[inline]
fn may_be_invalid(moments: &Moments, metric: &Metric) -> bool {
    !moments.all_finite()
        || (!metric.signed && moments.extremes().is_some_and(|(least, _)| least < -ROUNDING))
}

/// The most specific of a run's invalid figures of one period: the index of its metric, and its value.
pub(super) fn invalid_figure(
    metrics: &[Metric],
    figures: &(impl Iterator<Item = f64> + Clone),
) -> Option<(usize, f64)> {
    let named = metrics.iter().zip(figures.clone()).enumerate();
    let invalid = named.filter(|(_, (metric, value))| is_invalid(*value, metric, metrics, figures.clone()));
    invalid.min_by_key(|(_, (metric, _))| is_sum(metric)).map(|(index, (_, value))| (index, value))
}

/// Whether a figure is invalid, given all figures of its run in the period.
fn is_invalid(value: f64, metric: &Metric, metrics: &[Metric], figures: impl Iterator<Item = f64>) -> bool {
    if !value.is_finite() {
        return true;
    }
    if metric.signed || value >= -ROUNDING {
        return false;
    }
    let same_dimension = metrics.iter().zip(figures).filter(|(other, _)| other.dimension == metric.dimension);
    let largest =
        same_dimension.map(|(_, figure)| figure.abs()).filter(|size| size.is_finite()).fold(1.0, f64::max);
    value < -ROUNDING * largest
}

/// Whether a metric only sums up others: totals and groups.
fn is_sum(metric: &Metric) -> bool {
    const DETAILS: [&str; 6] = ["products.", "routes.", "earnings.", "events.", "projects.", "shocks."];
    !DETAILS.iter().any(|section| metric.path.starts_with(section))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Kind;
    use crate::run::columns::ledgers;
    use crate::units::Dimension;

    fn metrics() -> Vec<Metric> {
        let metric = |path: &str, dimension, signed| Metric {
            path: path.to_owned(),
            title: String::new(),
            dimension,
            kind: Kind::Flow,
            signed,
        };
        vec![
            metric("volume", Dimension::MASS, false),
            metric("products.flour.volume", Dimension::MASS, false),
            metric("lender.npv", Dimension::MONEY, true),
        ]
    }

    /// The faults of two runs in one period, given as (volume, flour, npv).
    fn faults(runs: [[f64; 3]; 2]) -> Vec<(u64, Figure)> {
        let column = |metric: usize| runs.map(|run| run[metric]);
        let ledgers = ledgers(&[&column(0), &column(1), &column(2)]);
        let columns = Columns::new(&ledgers, 2, &[]);
        let mut faults = Faults::default();
        for metric in 0..3 {
            let values = column(metric);
            faults.check((4, metric), (&values, &Moments::of(&values)), &metrics(), columns);
        }
        faults.of_runs(512)
    }

    #[test]
    fn nan_infinite_and_negative_figures_are_invalid_and_the_product_is_named() {
        let [fine, nan] = [[5.0, 5.0, -7.0], [f64::NAN, f64::NAN, 1.0]];
        assert!(faults([fine, fine]).is_empty());
        let found = faults([fine, nan]);
        assert_eq!((found.len(), found[0].0, found[0].1.period, found[0].1.metric), (1, 513, 4, 1));
        assert!(found[0].1.value.is_nan());
        let figure = |metric, value| Figure { period: 4, metric, value };
        assert_eq!(faults([[f64::INFINITY, 5.0, 1.0], fine]), [(512, figure(0, f64::INFINITY))]);
        assert_eq!(faults([[5.0, -3.0, 1.0], fine]), [(512, figure(1, -3.0))]);
        assert_eq!(faults([[5.0, 5.0, f64::NEG_INFINITY], fine]).len(), 1);
    }

    #[test]
    fn rounding_below_zero_is_not_invalid() {
        assert!(faults([[1e6, -9e-4, 0.0], [0.0, -1e-10, 0.0]]).is_empty());
        assert_eq!(faults([[1e6, -2e-3, 0.0], [0.0, -1e-8, 0.0]]).len(), 2);
    }

    #[test]
    fn huge_values_are_examined_and_valid() {
        assert!(faults([[1e200, 1e200, -1e200], [1.0, 1.0, 1.0]]).is_empty());
    }
}
