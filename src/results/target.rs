//! Targets: how often a threshold is met in a year, and by when it has been reached.

use crate::plan::{Period, TargetSpec};
use crate::time::Month;

/// The number of runs that meet a threshold in a year's own figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearlyCount {
    /// The number of runs that meet it.
    pub hits: u64,
    /// The 95% Monte Carlo interval of the chance.
    pub interval: (f64, f64),
}

/// A target: how often it was met in its year and in every other, and how often it had been reached at least
/// once by each month.
///
/// The chance of a target is always that of one year's own figure; for an event, a project or a default,
/// which are never undone, it is the chance that it has happened by the end of the year. It differs from the
/// share of runs that have reached it *at least once*: in that month or in an earlier one, whatever came
/// after. There, what adds up over a year (a volume, an amount of money) is compared with the threshold as
/// the sum of the last twelve months, from the twelfth month on; everything else as the month's own value.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetResult {
    /// The target.
    pub spec: TargetSpec,
    /// The number of runs that met it in its year.
    pub hits: u64,
    /// The 95% Monte Carlo interval of the chance to meet it in its year.
    pub interval: (f64, f64),
    /// The same for every year; `None` for a part of a year where the threshold is one of whole years.
    pub yearly: Vec<Option<YearlyCount>>,
    /// The number of runs that had reached it at least once by the end of each month.
    pub reached: Vec<u64>,
    /// The 95% Monte Carlo intervals of the chances of `reached`.
    pub intervals: Vec<(f64, f64)>,
    /// The first of those months.
    pub start: Month,
    /// The index of the first month by which it can have been reached: 11 where the last twelve months count,
    /// otherwise 0.
    pub counts_from: usize,
    /// The number of valid runs.
    pub runs: u64,
}

impl TargetResult {
    /// The share of runs that met it in its year.
    pub fn chance(&self) -> f64 {
        self.share(self.hits)
    }

    /// The share of runs that met it in the figure of a year, given by its index.
    pub fn chance_in(&self, year: usize) -> Option<f64> {
        self.yearly.get(year).copied().flatten().map(|count| self.share(count.hits))
    }

    /// The first period with a chance of at least `p`: for a date the month by whose end it has happened, for
    /// an amount the first of these years whose own figure meets the threshold in that share of runs, even if
    /// the chance falls in a later year. `None` if there is none.
    pub fn first_with_chance(&self, p: f64, years: &[Period]) -> Option<Period> {
        if self.spec.is_date() {
            return self.date_with_chance(p).map(Period::month);
        }
        let is_enough =
            |year: &usize| self.runs > 0 && self.chance_in(*year).is_some_and(|chance| chance >= p);
        (0..years.len()).find(is_enough).map(|year| years[year])
    }

    /// The share of runs that had reached it at least once by the end of a month (0 is the first); after the
    /// last month, the share of the last.
    pub fn chance_by(&self, step: usize) -> f64 {
        self.share(self.reached_by(step))
    }

    /// The 95% Monte Carlo interval of that chance; from 0 to 1 for a target without months.
    pub fn interval_by(&self, step: usize) -> (f64, f64) {
        self.intervals.get(step).or(self.intervals.last()).copied().unwrap_or((0.0, 1.0))
    }

    /// The month by whose end a share `p` of all runs has reached it at least once; `None` if there is none.
    pub fn date_with_chance(&self, p: f64) -> Option<Month> {
        let step = (0..self.reached.len()).find(|&step| self.runs > 0 && self.chance_by(step) >= p)?;
        i32::try_from(step).ok().map(|step| self.start.plus(step))
    }

    fn reached_by(&self, step: usize) -> u64 {
        self.reached.get(step).or(self.reached.last()).copied().unwrap_or(0)
    }

    fn share(&self, hits: u64) -> f64 {
        if self.runs == 0 { 0.0 } else { hits as f64 / self.runs as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::estimate;

    fn target(reached: &[u64], runs: u64) -> TargetResult {
        let spec = TargetSpec {
            name: "more".to_owned(),
            title: "More".to_owned(),
            metric: "volume".to_owned(),
            year: 2025,
            at_least: true,
            threshold: 1.0,
        };
        let start = "2025-11".parse().expect("a month");
        TargetResult {
            spec,
            hits: 3,
            interval: (0.0, 1.0),
            yearly: vec![Some(YearlyCount { hits: 3, interval: (0.0, 1.0) }), None],
            reached: reached.to_vec(),
            intervals: reached.iter().map(|&hits| estimate::chance_interval(hits, runs)).collect(),
            start,
            counts_from: 0,
            runs,
        }
    }

    #[test]
    fn the_date_of_a_chance_is_the_first_month_that_has_it() {
        let target = target(&[0, 2, 5, 9], 10);
        let date = |p| target.date_with_chance(p).map(|month| month.to_string());
        assert_eq!((date(0.2).as_deref(), date(0.5).as_deref()), (Some("2025-12"), Some("2026-01")));
        assert_eq!((date(0.51).as_deref(), date(0.91)), (Some("2026-02"), None));
        assert_eq!((target.chance_by(1), target.chance_by(99)), (0.2, 0.9));
        assert_eq!(target.interval_by(2), estimate::chance_interval(5, 10));
    }

    #[test]
    fn an_amount_has_an_even_chance_in_a_year_and_an_event_by_a_month() {
        let years =
            Period::years(crate::time::Horizon { start: "2025-11".parse().expect("a month"), months: 4 });
        let amount = target(&[0, 2, 5, 9], 6);
        let first =
            |target: &TargetResult| target.first_with_chance(0.5, &years).map(|period| period.label());
        assert_eq!(first(&amount).as_deref(), Some("2025"), "three of six runs meet it in 2025");
        let mut event = target(&[0, 2, 5, 9], 10);
        event.spec.metric = "events.bridge.started".to_owned();
        assert_eq!((event.spec.is_date(), first(&event).as_deref()), (true, Some("2026-01")));
        event.spec.at_least = false;
        assert!(!event.spec.is_date(), "not to have begun is no date");
    }

    #[test]
    fn without_runs_nothing_is_ever_reached() {
        let target = target(&[0, 0], 0);
        assert_eq!((target.chance(), target.chance_by(1), target.date_with_chance(0.0)), (0.0, 0.0, None));
    }
}
