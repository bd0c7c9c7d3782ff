//! The tables of a run: its figures by year and by what they are about, with their intervals and Monte Carlo
//! errors.

use super::super::digits::Digits;
use super::super::findings::{
    CHANCE_IN_WORDS, DETERMINISTIC, FIRST_IN_WORDS, condition, held_back, last_year, left_by_a_cause, volume,
    year_of,
};
use super::table::{Cell, Table};
use crate::plan::Period;
use crate::results::{EventInfo, RunResult, TargetResult};
use crate::stats::estimate::Z_95;
use crate::time::Month;
use crate::units::Dimension;
use crate::units::format::{chance, chance_range};

const MONTE_CARLO: &str = "± MC: half of the 95% Monte Carlo interval of the mean; it says nothing of how \
                           good the assumptions are.";

/// Cells of one unit with the same decimals, so that the digits are aligned.
impl Digits {
    pub(super) fn number(self, value: f64) -> Cell {
        Cell::number(&self.values.show(value), value)
    }

    /// A range is sorted by its upper end: that is where futures differ most.
    pub(super) fn range(self, (low, high): (f64, f64)) -> Cell {
        Cell::number(&self.values.range((low, high)), high)
    }

    /// Half of the 95% Monte Carlo interval of a mean with this standard error.
    pub(super) fn error_cell(self, standard_error: f64) -> Cell {
        Cell::number(&self.error(standard_error), Z_95 * standard_error)
    }
}

/// Total exports, year by year.
pub(super) fn by_year(result: &RunResult) -> Option<Table> {
    let metric = result.metric("volume")?;
    let format = Digits::of(Dimension::MASS, &metric.yearly);
    let mut table = Table::new(&format!("Exports by year, {}", format.values.unit()))
        .words(&["year"])
        .numbers(&["median", "50% interval", "90% interval", "mean", "± MC", "deterministic case"])
        .words(&["main constraint"])
        .noted(&format!(
            "{MONTE_CARLO} Deterministic case: {DETERMINISTIC}. Main constraint: the cause that leaves most \
             demand {}, and the share of futures in which it does.",
            left_by_a_cause(result)
        ));
    for (period, summary) in result.years.iter().zip(&metric.yearly) {
        table.row(vec![
            year_cell(period),
            format.number(summary.median()),
            format.range(summary.interval_50()),
            format.range(summary.interval_90()),
            format.number(summary.mean),
            format.error_cell(summary.standard_error),
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
    let format = Digits::of(Dimension::MASS, result.products.iter().filter_map(|(name, _)| of(name)));
    let mut table = Table::new(&format!("Exports by product in {when}, {}", format.values.unit()))
        .words(&["product"])
        .numbers(&["mean", "± MC", "share of the total", "median", "90% interval"])
        .noted(MONTE_CARLO);
    for (name, title) in &result.products {
        let Some(summary) = of(name) else { continue };
        let share = if total > 0.0 { summary.mean / total } else { 0.0 };
        table.row(vec![
            Cell::words(title),
            format.number(summary.mean),
            format.error_cell(summary.standard_error),
            Cell::number(&chance(share), share),
            format.number(summary.median()),
            format.range(summary.interval_90()),
        ]);
    }
    table
}

/// Each route in the last year: throughput, capacity and utilisation.
pub(super) fn by_route(result: &RunResult) -> Table {
    let (year, when) = last_year(result);
    let of = |name: &str, what: &str| result.year(&format!("routes.{name}.{what}"), year);
    let all = |what: &'static str| result.routes.iter().filter_map(move |(name, _)| of(name, what));
    let whole = Digits::of(Dimension::MASS, all("throughput").chain(all("capacity")));
    // Capacities may be far larger than throughputs, which still need their digits.
    let moved = Digits::of(Dimension::MASS, all("throughput"));
    let format = if moved.unit() == whole.unit() { whole.beside(moved) } else { whole };
    let used = result.routes.iter().filter_map(|(name, _)| of(name, "utilisation"));
    let share = Digits::of(Dimension::SHARE, used);
    let mut table = Table::new(&format!("Routes in {when}, {}", format.unit()))
        .words(&["route"])
        .numbers(&["throughput, mean", "capacity, mean", "utilisation, mean %", "90% interval, %"])
        .noted("Utilisation: throughput as a share of the capacity of the year.");
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

/// Events and projects: the planned month, and the chance by the end.
pub(super) fn by_date(result: &RunResult) -> Table {
    let last = last_month(result);
    let mut table = Table::new("When each happens")
        .words(&["event or project", "planned for"])
        .numbers(&[&format!("chance by {last}")])
        .words(&["50% chance by"])
        .noted("For an event the chance that it has begun, for a project that it is finished.");
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
        .words(&["≥ 50% first in"])
        .numbers(&[&format!("at least once by {}", last_month(result))])
        .noted(&format!(
            "{CHANCE_IN_WORDS}. ≥ 50% first in: {FIRST_IN_WORDS}. At least once: reached at any time up to \
             then; an annual amount counts by the sum of any twelve consecutive months. The interval is a \
             Wilson score interval."
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
    let year = target.spec.year;
    vec![
        Cell::words(&target.spec.title),
        Cell::words(&condition(result, target)),
        Cell::number(&year_of(result, year), f64::from(year)),
        Cell::number(&chance(target.chance()), target.chance()),
        Cell::number(&chance_range(target.interval), target.interval.1),
        first_cell(target.first_with_chance(0.5, &result.years)),
        Cell::number(&chance(target.chance_by(usize::MAX)), target.chance_by(usize::MAX)),
    ]
}
