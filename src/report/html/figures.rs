//! The tables of a run: its figures by year and by what they are about, with their intervals and Monte Carlo errors.

use super::super::findings::{
    FIRST_IN_WORDS, WITHOUT_UNCERTAINTY, condition, held_back, last_year, left_by_a_cause, volume, year_of,
};
use super::table::{Cell, Table};
use crate::results::{EventInfo, Period, RunResult, Summary, TargetResult};
use crate::stats::estimate::Z_95;
use crate::time::Month;
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

const MONTE_CARLO: &str = "± MC is half of the 95% interval of the mean: how much another seed would change it, 19 times in 20. \
                           It says nothing of how good the assumptions are.";

/// Numbers of one unit with the same decimals, so that they stand under one another.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) scale: Scale,
    pub(super) decimals: usize,
}

impl Format {
    pub(super) fn for_largest(dimension: Dimension, largest: f64) -> Self {
        let scale = Scale::for_largest(dimension, largest);
        Self { scale, decimals: scale.decimals(largest) }
    }

    fn for_all<'s>(dimension: Dimension, summaries: impl Iterator<Item = &'s Summary>) -> Self {
        let largest = summaries.map(|summary| summary.quantiles[6].max(summary.mean));
        Self::for_largest(dimension, largest.fold(0.0, f64::max))
    }

    pub(super) fn unit(self) -> &'static str {
        self.scale.unit
    }

    fn show(self, value: f64) -> String {
        self.scale.show_fixed(value, self.decimals)
    }

    pub(super) fn number(self, value: f64) -> Cell {
        Cell::number(&self.show(value), value)
    }

    /// A range is sorted by its upper end: that is where futures differ most.
    pub(super) fn range(self, (low, high): (f64, f64)) -> Cell {
        Cell::number(&format!("{} to {}", self.show(low), self.show(high)), high)
    }

    /// Half of the 95% interval of a mean with this standard error, with one more decimal: errors are small. Where none is
    /// known it is a question mark.
    pub(super) fn error(self, standard_error: f64) -> Cell {
        let half = Z_95 * standard_error;
        let shown =
            if half.is_nan() { "?".to_owned() } else { self.scale.show_fixed(half, self.decimals + 1) };
        Cell::number(&shown, half)
    }
}

/// Total exports, year by year.
pub(super) fn by_year(result: &RunResult) -> Option<Table> {
    let metric = result.metric("volume")?;
    let format = Format::for_all(Dimension::MASS, metric.yearly.iter());
    let mut table = Table::new(&format!("Exports by year, {}", format.scale.unit))
        .words(&["year"])
        .numbers(&["median", "half of all futures", "nine in ten", "mean", "± MC", "one number for all"])
        .words(&["held back most by"])
        .noted(&format!(
            "{MONTE_CARLO} One number for all: {WITHOUT_UNCERTAINTY}. Last column: in how many \
             futures it is this that leaves most {}.",
            left_by_a_cause(result)
        ));
    for (period, summary) in result.years.iter().zip(&metric.yearly) {
        table.row(vec![
            year_cell(period),
            format.number(summary.median()),
            format.range(summary.interval_50()),
            format.range(summary.interval_90()),
            format.number(summary.mean),
            format.error(summary.standard_error),
            format.number(summary.central),
            Cell::words(&held_back(result, period)),
        ]);
    }
    Some(table)
}

fn year_cell(period: &Period) -> Cell {
    Cell::number(&period.in_short(), f64::from(period.start.year()))
}

/// Each product in the last year.
pub(super) fn by_product(result: &RunResult) -> Table {
    let (year, when) = last_year(result);
    let total = volume(result, year).map_or(0.0, |summary| summary.mean);
    let of = |name: &str| result.year(&format!("products.{name}.volume"), year);
    let format = Format::for_all(Dimension::MASS, result.products.iter().filter_map(|(name, _)| of(name)));
    let mut table = Table::new(&format!("Exports by product in {when}, {}", format.scale.unit))
        .words(&["product"])
        .numbers(&["mean", "± MC", "share of the total", "median", "nine in ten"])
        .noted(MONTE_CARLO);
    for (name, title) in &result.products {
        let Some(summary) = of(name) else { continue };
        let share = if total > 0.0 { summary.mean / total } else { 0.0 };
        table.row(vec![
            Cell::words(title),
            format.number(summary.mean),
            format.error(summary.standard_error),
            Cell::number(&chance(share), share),
            format.number(summary.median()),
            format.range(summary.interval_90()),
        ]);
    }
    table
}

/// Each route in the last year: what it moved and what it could have.
pub(super) fn by_route(result: &RunResult) -> Table {
    let (year, when) = last_year(result);
    let of = |name: &str, what: &str| result.year(&format!("routes.{name}.{what}"), year);
    let moved = result.routes.iter().filter_map(|(name, _)| of(name, "throughput"));
    let format = Format::for_all(Dimension::MASS, moved);
    let share = Format::for_largest(Dimension::SHARE, 1.0);
    let mut table = Table::new(&format!("Routes in {when}, {}", format.scale.unit))
        .words(&["route"])
        .numbers(&["moved, mean", "could have moved, mean", "share used, mean %", "nine in ten, %"])
        .noted("Share used: of what the route could have moved in the year.");
    for (name, title) in &result.routes {
        let figures = (of(name, "throughput"), of(name, "capacity"), of(name, "utilisation"));
        let (Some(moved), Some(capacity), Some(used)) = figures else { continue };
        table.row(vec![
            Cell::words(title),
            format.number(moved.mean),
            format.number(capacity.mean),
            share.number(used.mean),
            share.range(used.interval_90()),
        ]);
    }
    table
}

/// Events and projects: when they are planned, and how likely they are by the end.
pub(super) fn by_date(result: &RunResult) -> Table {
    let last = last_month(result);
    let mut table = Table::new("When each happens")
        .words(&["event or project", "planned for"])
        .numbers(&[&format!("chance by {last}")])
        .words(&["an even chance by"])
        .noted("Of an event the chance that it has begun, of a project that it is finished.");
    for event in &result.events {
        let chances = monthly_chances(result, event);
        let even = chances.iter().position(|&chance| chance >= 0.5);
        let end = chances.last().copied().unwrap_or(0.0);
        table.row(vec![
            Cell::words(&event.title),
            month_cell(event.planned),
            Cell::number(&chance(end), end),
            month_cell(even.map(|step| result.months[step].start)),
        ]);
    }
    table
}

fn monthly_chances(result: &RunResult, event: &EventInfo) -> Vec<f64> {
    let metric = result.metric(&event.metric());
    metric.map(|metric| metric.monthly.iter().map(|summary| summary.mean).collect()).unwrap_or_default()
}

fn month_cell(month: Option<Month>) -> Cell {
    month.map_or_else(|| Cell::words("–"), |month| Cell::number(&month.in_words(), month.as_years()))
}

/// Every target with its chance.
pub(super) fn targets(result: &RunResult) -> Table {
    let mut table = Table::new("All targets")
        .words(&["target", "that is"])
        .numbers(&["in", "chance", "95% MC interval"])
        .words(&["50% from"])
        .numbers(&[&format!("at least once by {}", last_month(result))])
        .noted(&format!(
            "Chance: in that year's own figure, or by the end of it. 50% from: {FIRST_IN_WORDS}. At least once: in any month up to \
             then, whatever comes after; an amount of a year counts by the sum of any twelve months in a row. The interval is that \
             of the count of runs, by Wilson."
        ));
    for target in &result.targets {
        table.row(target_row(result, target));
    }
    table
}

fn first_cell(first: Option<Period>) -> Cell {
    first.map_or_else(|| Cell::words("–"), |period| Cell::number(&period.in_words(), period.start.as_years()))
}

fn last_month(result: &RunResult) -> String {
    result.months.last().map_or_else(String::new, |period| period.start.in_words())
}

fn target_row(result: &RunResult, target: &TargetResult) -> Vec<Cell> {
    let (low, high) = target.interval;
    let year = target.spec.year;
    vec![
        Cell::words(&target.spec.title),
        Cell::words(&condition(result, target)),
        Cell::number(&year_of(result, year), f64::from(year)),
        Cell::number(&chance(target.chance()), target.chance()),
        Cell::number(&format!("{:.1}% to {:.1}%", low * 100.0, high * 100.0), high),
        first_cell(target.first_with_chance(0.5, &result.years)),
        Cell::number(&chance(target.chance_by(usize::MAX)), target.chance_by(usize::MAX)),
    ]
}
