//! A precision as a goal: runs are added in rounds until the mean of one figure is precise enough.

use super::job::Job;
use crate::model::Corridor;
use crate::plan::Metric;
use crate::plan::Period;
use crate::plan::Plan;
use crate::results::{Precision, RunResult, Wanted};
use crate::stats::Moments;
use crate::time::Horizon;
use crate::units::{Dimension, Unit};

/// A goal for the precision of the mean of a metric in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// The path of the metric.
    metric: String,
    year: i32,
    wanted: Wanted,
    /// The index of the year among all periods, months first.
    period: usize,
    /// The index of the metric.
    index: usize,
}

/// A goal that a plan can't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoalError {
    /// The plan has no such metric.
    #[error("there is no metric `{metric}`")]
    NoMetric {
        /// The requested path.
        metric: String,
        /// The paths of all metrics.
        known: Vec<String>,
    },
    /// The plan doesn't cover the year.
    #[error("the scenario covers {first} to {last}, not {year}")]
    NoYear {
        /// The requested year.
        year: i32,
        /// The first year of the plan.
        first: i32,
        /// The last.
        last: i32,
    },
    /// The dimension of the amount isn't that of the metric.
    #[error("{}", unlike(metric, *dimension, unit))]
    Unlike {
        /// The metric.
        metric: String,
        /// The dimension of its yearly figures.
        dimension: Dimension,
        /// The unit of the amount.
        unit: String,
    },
}

fn unlike(metric: &str, dimension: Dimension, unit: &str) -> String {
    let or_amount = match dimension {
        Dimension::SHARE => String::new(),
        dimension => format!(", or an amount like '500 {}'", dimension.example_unit()),
    };
    format!("the precision of `{metric}` is a share of it like 1%{or_amount}; `{unit}` does not fit")
}

impl Goal {
    /// The goal that half of the 95% interval of a metric's mean in a year is at most this share of the mean,
    /// or this amount: for a flow, an amount per year. Without a year it is the last whole one, or the last
    /// one if none is whole.
    ///
    /// # Errors
    /// When the plan has no such metric, doesn't cover the year, or the amount has a different dimension from
    /// the metric.
    pub fn new(
        plan: &Plan,
        metric: &str,
        year: Option<i32>,
        wanted: impl Into<Wanted>,
    ) -> Result<Self, GoalError> {
        let corridor = Corridor::new(plan.corridor.clone());
        let metrics = corridor.metrics.list();
        let index = metrics.iter().position(|known| known.path == metric).ok_or_else(|| {
            let known = metrics.iter().map(|metric| metric.path.clone()).collect();
            GoalError::NoMetric { metric: metric.to_owned(), known }
        })?;
        let year = year.unwrap_or_else(|| last_whole_year(plan.info.horizon));
        let period = period_of(plan.info.horizon, year)?;
        let wanted = in_a_year(wanted.into(), &metrics[index])?;
        Ok(Self { metric: metric.to_owned(), year, wanted, period, index })
    }

    /// The metric, the year, and the precision wanted: an amount is in the units of yearly figures.
    pub fn aim(&self) -> (&str, i32, &Wanted) {
        (&self.metric, self.year, &self.wanted)
    }

    /// Its index among the series of a job; `None` where the job doesn't report the period.
    pub(super) fn cell(&self, job: &Job<'_>) -> Option<usize> {
        job.cell(self.period, self.index)
    }

    /// Whether the mean is precise enough, given its moments and its standard error.
    pub(super) fn is_reached(&self, moments: &Moments, error: f64) -> bool {
        self.wanted.found(moments.mean(), error).is_some_and(|found| found <= self.wanted.number())
    }

    /// The precision that a result has reached.
    pub fn judge(&self, result: &RunResult) -> Precision {
        Precision {
            metric: self.metric.clone(),
            year: self.year,
            wanted: self.wanted.number(),
            found: result
                .year(&self.metric, self.year)
                .and_then(|summary| self.wanted.found(summary.mean, summary.standard_error)),
            unit: self.wanted.unit().to_owned(),
            runs: result.info.runs,
        }
    }
}

/// An amount in the units of a metric's yearly figures.
fn in_a_year(wanted: Wanted, metric: &Metric) -> Result<Wanted, GoalError> {
    let Wanted::Amount { value, unit } = wanted else { return Ok(wanted) };
    let (dimension, months) = metric.in_a_year();
    if unit.dimension != dimension || dimension == Dimension::SHARE {
        return Err(GoalError::Unlike { metric: metric.path.clone(), dimension, unit: unit.text });
    }
    Ok(Wanted::Amount { value, unit: Unit { factor: unit.factor * months, ..unit } })
}

/// The index of a year among all periods of a horizon, months first.
fn period_of(horizon: Horizon, year: i32) -> Result<usize, GoalError> {
    let years = horizon.years();
    let index = years.iter().position(|&covered| covered == year);
    let no_year = || {
        let first = horizon.start.year();
        GoalError::NoYear { year, first, last: years.last().copied().unwrap_or(first) }
    };
    index.map(|index| horizon.months + index).ok_or_else(no_year)
}

fn last_whole_year(horizon: Horizon) -> i32 {
    let years = Period::years(horizon);
    let last = Period::last_year(&years).map(|index| years[index].start.year());
    last.unwrap_or(horizon.start.year())
}

/// The number of runs done at the end of each round; the last has all. Without a goal there is one round.
///
/// Each round doubles the number of runs, so that the error, which fluctuates, is checked only a few times,
/// and never early: with frequent checks a run stops when the error happens to be small, and reports too
/// small an error.
pub(super) fn rounds(has_goal: bool, most: u64) -> impl Iterator<Item = u64> {
    let first = if has_goal { FIRST_ROUND.min(most) } else { most };
    std::iter::successors(Some(first), move |&done| (done < most).then(|| (2 * done).min(most)))
}

/// Enough runs for a reliable error: thousands of independent ones, or the 256 replicates of the other
/// designs.
const FIRST_ROUND: u64 = 2_048;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Month;

    #[test]
    fn rounds_double_up_to_the_most() {
        let of = |has_goal, most| rounds(has_goal, most).collect::<Vec<_>>();
        assert_eq!(of(true, 10_000), [2_048, 4_096, 8_192, 10_000]);
        assert_eq!(of(true, 4_096), [2_048, 4_096]);
        assert_eq!((of(true, 7), of(false, 10_000)), (vec![7], vec![10_000]));
    }

    #[test]
    fn the_last_whole_year_is_meant_if_there_is_one() {
        let horizon =
            |month: u32, months| Horizon { start: Month::new(2025, month).expect("a month"), months };
        assert_eq!(
            [(4, 21), (4, 30), (4, 9), (1, 12)].map(|(m, n)| last_whole_year(horizon(m, n))),
            [2026, 2026, 2025, 2025]
        );
    }
}
