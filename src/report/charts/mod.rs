//! The pictures of a run, as data.
//!
//! Each title states the main finding; each subtitle names metric, scenario and runs.

mod chances;
pub mod compared;
mod dates;
mod drivers;
mod exports;
mod fan;
mod limits;
mod money;
mod names;
mod past;
mod products;
mod projects;
mod routes;
mod singles;
mod spread;

pub use drivers::driver_pictures;

use super::findings::only_whole_years;
use crate::plan::{Period, PeriodKind};
use crate::plot::{Chart, XAxis, YAxis};
use crate::results::{RunResult, Summary};
use crate::units::format::{Scale, count};
use fan::{Fan, by_coverage, fan, fan_lines};
use names::{event_color, in_title};

/// A picture and the name of its file, without extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// `exports-by-year`.
    pub name: String,
    /// What to draw.
    pub chart: Chart,
}

/// All pictures of a run, in reading order.
pub fn pictures(result: &RunResult) -> Vec<Picture> {
    let all = [
        ("exports-by-month", Some(exports::by_month(result))),
        ("exports-by-year", Some(exports::by_year(result))),
        ("single-futures", singles::through_the_fan(result)),
        ("exports-in-last-year", chances::distribution(result)),
        ("exports-chance-to-reach", chances::to_reach(result)),
        ("value-by-year", exports::value_by_year(result)),
        ("products-by-year", products::by_year(result)),
        ("each-product-by-year", products::each_by_year(result)),
        ("each-product-by-month", products::each_by_month(result)),
        ("products-in-last-year", products::in_the_last_year(result)),
        ("what-holds-exports-back", Some(limits::what_holds_back(result))),
        ("what-binds-by-year", limits::what_binds(result)),
        ("routes-by-year", routes::by_year(result)),
        ("route-throughput-by-year", routes::throughput(result)),
        ("route-use-by-month", routes::use_by_month(result)),
        ("how-full-routes-are", routes::utilisation(result)),
        ("when-events-happen", dates::when_events_happen(result)),
        ("money", money::money(result)),
        ("money-default-by-date", money::defaults(result)),
        ("lender-result-by-year", money::lender(result)),
        ("projects", projects::progress(result)),
    ];
    let pictures = all.into_iter().filter_map(|(name, chart)| Some((name.to_owned(), chart?)));
    let targets = dates::targets_by_date(result).into_iter().enumerate().map(|(index, chart)| {
        let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
        (format!("targets-by-date{number}"), chart)
    });
    pictures.chain(targets).map(|(name, chart)| Picture { name, chart }).collect()
}

fn new_chart(title: String, what: &str, result: &RunResult, x: XAxis, y: YAxis) -> Chart {
    let mut chart = Chart::new(title, x, y);
    let runs = result.sound_runs();
    let runs = format!("{} {}", count(runs), if runs == 1 { "run" } else { "runs" });
    chart.subtitle = format!("{what}. Scenario: {}. {runs}.", result.info.title_with_changes());
    let as_of = result.info.as_of.map(|month| format!(" Nothing known after {} was used.", month.in_words()));
    chart.source = format!(
        "corridor {}, seed {}.{} Sources of all assumptions: assumptions.csv",
        env!("CARGO_PKG_VERSION"),
        result.info.seed,
        as_of.unwrap_or_default()
    );
    chart
}

/// The end of a month on an axis of dates: the position of what has happened by then.
fn end_of(period: &Period) -> f64 {
    period.start.plus(1).as_years()
}

/// The last month, in words.
fn last_month(result: &RunResult) -> String {
    result.months.last().map_or_else(String::new, |period| period.start.in_words())
}

/// The unit of volumes in words, for an axis.
fn mass_unit(scale: Scale) -> &'static str {
    match scale.unit {
        "t" => "tonnes",
        "kt" => "thousand tonnes",
        "Mt" => "million tonnes",
        _ => "billion tonnes",
    }
}

fn mass_axis(scale: Scale, per: &str) -> String {
    format!("{} a {per}", mass_unit(scale))
}

/// The unit of money in words, for an axis.
fn money_axis(scale: Scale) -> &'static str {
    match scale.unit {
        "USD" => "US dollars",
        "kUSD" => "thousand US dollars",
        "MUSD" => "million US dollars",
        _ => "billion US dollars",
    }
}

/// An axis of years, on which parts of years have their months below them.
fn years_axis(result: &RunResult) -> XAxis {
    years_of(&result.years)
}

fn years_of(years: &[Period]) -> XAxis {
    let part = |period: &Period| Some((period.start.year(), period.months_in_short()?));
    XAxis::years().with_parts(years.iter().filter_map(part).collect())
}

/// The heading of an axis of volumes by year; it says so where a year is covered in part only.
fn yearly_axis(result: &RunResult, scale: Scale) -> String {
    mass_axis(scale, if only_whole_years(result) { "year" } else { "year, as far as it is covered" })
}

fn largest<'s>(summaries: impl IntoIterator<Item = &'s Summary>) -> f64 {
    summaries.into_iter().map(|summary| summary.quantiles[6].max(summary.mean)).fold(0.0, f64::max)
}

/// The position of a period on an axis: a month at its middle, a year as a category.
fn place(period: &Period) -> f64 {
    match period.kind {
        PeriodKind::Month => period.start.as_years() + 0.5 / 12.0,
        PeriodKind::Year => f64::from(period.start.year()),
    }
}

const MAIN: usize = 0;

/// An axis of dates that begins with the first month, so that the first year is written.
fn dates(result: &RunResult) -> XAxis {
    XAxis { from: Some(result.info.horizon.start.as_years()), ..XAxis::dates() }
}

/// The label of the middle of a fan: the median, unless there is one future only.
fn middle(result: &RunResult) -> &'static str {
    if result.sound_runs() == 1 { "one future" } else { "median" }
}

/// The summaries of a metric in the years to show.
fn yearly<'r>(result: &'r RunResult, years: &[usize], path: &str) -> Option<Vec<&'r Summary>> {
    let metric = result.metric(path)?;
    years.iter().map(|&year| metric.yearly.get(year)).collect()
}
