//! One plan being run: what is needed to compute any chunk of it, and the histograms that all workers fill.

use super::chunk::CHUNK_RUNS;
use super::kept::Kept;
use super::levels::Levels;
use super::tails::Tails;
use super::target::{Tally, Targets};
use crate::model::Corridor;
use crate::plan::Plan;
use crate::sample::Layout;
use crate::stats::{Histograms, YEAR_BITS};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of histogram bins per factor of two, as a power of two, for months: a bin is 3.1% wide, small
/// beside the Monte Carlo error of 10,000 runs. With 64 bins months took 14 MB more and a run 7% longer
/// (combined.toml).
const MONTH_BITS: u32 = 5;

/// The detail of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every month and every year is reported.
    Months,
    /// Only years are reported; for targets, months too.
    Years,
    /// Means and spreads of years, without quantiles: for analyses of the single runs that are kept.
    Moments,
}

/// What is needed to compute any chunk of a plan; shared by all workers.
pub(super) struct Job<'a> {
    pub(super) plan: &'a Plan,
    pub(super) corridor: Corridor,
    pub(super) layout: &'a Layout,
    pub(super) kept: &'a Kept,
    pub(super) detail: Detail,
    pub(super) levels: Levels,
    tails: Tails,
    /// For every month, the index of its year.
    year_of_step: Vec<usize>,
    /// The periods that a result reports, months first.
    reported: Range<usize>,
    pub(super) targets: Targets,
    /// For every period, months first, the histograms of all metrics, or none.
    histograms: Vec<Mutex<Histograms>>,
}

impl<'a> Job<'a> {
    pub(super) fn new(plan: &'a Plan, layout: &'a Layout, detail: Detail, kept: &'a Kept) -> Self {
        let corridor = Corridor::new(plan.corridor.clone());
        let horizon = plan.info.horizon;
        let first_year = horizon.start.year();
        let year_of = |year: i32| usize::try_from(year - first_year).expect("no month lies before the first");
        let (months, years) = (horizon.months, horizon.years().len());
        let metrics = corridor.metrics.list().len();
        let empty = |period: usize| match (detail, period < months) {
            (Detail::Months, true) => Histograms::new(MONTH_BITS, metrics),
            (Detail::Months | Detail::Years, false) => Histograms::new(YEAR_BITS, metrics),
            _ => Histograms::new(YEAR_BITS, 0),
        };
        Self {
            targets: Targets::of_plan(plan, &corridor.metrics),
            plan,
            corridor,
            layout,
            kept,
            detail,
            levels: Levels::default(),
            tails: Tails::default(),
            year_of_step: horizon.iter().map(|month| year_of(month.year())).collect(),
            reported: if detail == Detail::Months { 0 } else { months }..months + years,
            histograms: (0..months + years).map(|period| Mutex::new(empty(period))).collect(),
        }
    }

    /// The same, with what its errors need: the levels up to which runs are counted, and the figures whose
    /// error can't be known.
    pub(super) fn with_levels(self) -> Self {
        Self { levels: Levels::of(&self), tails: Tails::of(self.plan, self.layout), ..self }
    }

    /// Whether the error of the mean of a series can be estimated from the runs.
    pub(super) fn has_error(&self, cell: usize) -> bool {
        let (period, metric) = (self.reported.start + cell / self.metrics(), cell % self.metrics());
        !self.tails.is_unbounded(period, metric)
    }

    /// The number of reported series: every metric in every period of the result.
    pub(super) fn cells(&self) -> usize {
        self.metrics() * self.reported.len()
    }

    /// The index of a series among them; `None` where the result doesn't report the period.
    pub(super) fn cell(&self, period: usize, metric: usize) -> Option<usize> {
        period.checked_sub(self.reported.start).map(|period| period * self.metrics() + metric)
    }

    pub(super) fn metrics(&self) -> usize {
        self.corridor.metrics.list().len()
    }

    pub(super) fn months(&self) -> usize {
        self.year_of_step.len()
    }

    /// The index of a month's year.
    pub(super) fn year_of(&self, step: usize) -> usize {
        self.year_of_step[step]
    }

    pub(super) fn year_ends(&self, step: usize) -> bool {
        self.year_of_step.get(step + 1) != Some(&self.year_of_step[step])
    }

    /// The runs of a chunk.
    pub(super) fn runs_of(&self, chunk: u64) -> Range<u64> {
        let first = chunk * CHUNK_RUNS;
        first..(first + CHUNK_RUNS).min(self.plan.info.runs).max(first)
    }

    /// The number of years that the horizon covers, in whole or in part.
    pub(super) fn years(&self) -> usize {
        self.plan.info.horizon.years().len()
    }

    /// Counts of zero.
    pub(super) fn empty_tally(&self) -> Tally {
        Tally::new(self.targets.len(), self.years(), self.months())
    }

    pub(super) fn histograms(&self, period: usize) -> MutexGuard<'_, Histograms> {
        self.histograms[period].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the histograms of all periods, once all workers are done.
    pub(super) fn take_histograms(&mut self) -> Vec<Histograms> {
        let unlock = |locked: Mutex<Histograms>| locked.into_inner().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut self.histograms).into_iter().map(unlock).collect()
    }
}
