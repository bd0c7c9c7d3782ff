//! The figures of a run: summaries of every metric in every period, and of the targets.

use super::{Health, SingleRun, TargetResult};
use crate::plan::{Assumption, HistoryPoint, Period, RunInfo};
use crate::stats::{Bins, Histogram, Moments, Ordered};
use crate::time::Month;
use crate::units::Dimension;

/// The quantiles that every summary has.
pub const QUANTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// The distribution of one metric in one period, over all runs, in base units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Mean over the runs.
    pub mean: f64,
    /// Standard deviation over the runs.
    pub sd: f64,
    /// At [`QUANTILES`].
    pub quantiles: [f64; 7],
    /// Monte Carlo error of the mean: 1.96 times it is half of a 95% interval. NaN where it isn't known:
    /// [`crate::stats::estimate::MeanError::for_intervals`].
    pub standard_error: f64,
    /// Monte Carlo standard errors of the quantiles: 1.96 times one is half of a 95% interval. NaN where
    /// there are too few runs: [`crate::stats::Ordered::quantile_errors`].
    pub quantile_errors: [f64; 7],
    /// The figure of the deterministic case: every input at its median, noise and random paths at their
    /// means, no shocks.
    pub central: f64,
}

impl Summary {
    /// The summary of independent values: without a histogram there are no quantiles, and the deterministic
    /// case is NaN.
    pub fn of(moments: &Moments, histogram: Option<Histogram<'_>>) -> Self {
        Self::of_dependent(moments, histogram.map(Histogram::ordered).as_ref(), [1.0; QUANTILES.len()])
    }

    /// The same for values that depend on one another; for each quantile, `scale` is the ratio of the error
    /// of the share of values below it to that of independent values.
    pub fn of_dependent(moments: &Moments, values: Option<&Ordered>, scale: [f64; QUANTILES.len()]) -> Self {
        let unknown = [f64::NAN; QUANTILES.len()];
        Self {
            mean: moments.mean(),
            sd: moments.sd(),
            quantiles: values.map_or(unknown, |values| values.quantiles(QUANTILES, moments)),
            standard_error: moments.mean_error().for_intervals(),
            quantile_errors: values
                .map_or(unknown, |values| values.scaled_quantile_errors(QUANTILES, scale, moments)),
            central: f64::NAN,
        }
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.quantiles[3]
    }

    /// The 90% interval: from the 5% to the 95% quantile.
    pub fn interval_90(&self) -> (f64, f64) {
        (self.quantiles[0], self.quantiles[6])
    }

    /// The 50% interval: half of all futures are inside.
    pub fn interval_50(&self) -> (f64, f64) {
        (self.quantiles[2], self.quantiles[4])
    }
}

/// One metric over all periods.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricResult {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The dimension of its value in one period.
    pub dimension: Dimension,
    /// One summary for each month; empty where only years were requested.
    pub monthly: Vec<Summary>,
    /// One summary for each year.
    pub yearly: Vec<Summary>,
}

/// The kind of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// An event: its date is that of its start.
    Event,
    /// A project: its date is that of its end.
    Project,
}

/// An event or a project of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventInfo {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Whether it is an event or a project.
    pub kind: EventKind,
    /// The month in which it is planned, if stated; `None` for projects, whose end isn't planned.
    pub planned: Option<Month>,
    /// Whether it opens a route.
    pub opens_a_route: bool,
}

impl EventInfo {
    /// The path of the metric that is 1 once it has happened.
    pub fn metric(&self) -> String {
        match self.kind {
            EventKind::Event => format!("events.{}.started", self.name),
            EventKind::Project => format!("projects.{}.finished", self.name),
        }
    }
}

/// The result of a run of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct RunResult {
    /// What was run.
    pub info: RunInfo,
    /// Products as (key, title), in the order of the file.
    pub products: Vec<(String, String)>,
    /// Routes as (key, title).
    pub routes: Vec<(String, String)>,
    /// Events and then projects, in the order of the file.
    pub events: Vec<EventInfo>,
    /// The months.
    pub months: Vec<Period>,
    /// The years.
    pub years: Vec<Period>,
    /// Every metric.
    pub metrics: Vec<MetricResult>,
    /// Every target.
    pub targets: Vec<TargetResult>,
    /// The distribution of total exports in the last whole year (or in the last year, if none is whole), in
    /// tonnes; empty where no quantiles were requested.
    pub last_year: Bins,
    /// The first valid runs, at most [`SINGLE_RUNS`](super::SINGLE_RUNS); empty where only years were
    /// requested.
    pub singles: Vec<SingleRun>,
    /// Known values of the past.
    pub history: Vec<HistoryPoint>,
    /// Every number that the scenario states.
    pub assumptions: Vec<Assumption>,
    /// Everything else that the scenario states: what an event opens, which group a product belongs to.
    pub choices: Vec<Assumption>,
    /// The invalid runs, which all figures leave out.
    pub health: Health,
}

impl RunResult {
    /// The number of valid runs, from which all figures are computed.
    pub fn sound_runs(&self) -> u64 {
        self.info.runs - self.health.invalid
    }

    /// The metric with this path.
    ///
    /// # Examples
    /// See the crate's front page.
    pub fn metric(&self, path: &str) -> Option<&MetricResult> {
        self.metrics.iter().find(|metric| metric.path == path)
    }

    /// The summary of a metric in a calendar year.
    pub fn year(&self, path: &str, year: i32) -> Option<&Summary> {
        let index = self.years.iter().position(|period| period.start.year() == year)?;
        self.metric(path)?.yearly.get(index)
    }

    /// The summary of a metric in a month.
    pub fn month(&self, path: &str, month: Month) -> Option<&Summary> {
        let index = usize::try_from(month.months_since(self.info.horizon.start)).ok()?;
        self.metric(path)?.monthly.get(index)
    }

    /// Known values of a metric's past, in the order of the years, whatever their order in the scenario.
    pub fn history_of(&self, path: &str) -> Vec<(i32, f64)> {
        let of_metric = self.history.iter().filter(|point| point.metric == path);
        let mut known: Vec<(i32, f64)> = of_metric.map(|point| (point.year, point.value)).collect();
        known.sort_by_key(|&(year, _)| year);
        known
    }

    /// The years of a metric's past of which only a range is known, with its lower and its upper end.
    pub fn ranges_of(&self, path: &str) -> Vec<(i32, f64, f64)> {
        let of_metric = self.history.iter().filter(|point| point.metric == path);
        let mut ranges: Vec<(i32, f64, f64)> =
            of_metric.filter_map(|point| point.range.map(|(low, high)| (point.year, low, high))).collect();
        ranges.sort_by_key(|&(year, ..)| year);
        ranges
    }
}
