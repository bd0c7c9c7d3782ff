//! The pictures of a run, as data.
//!
//! Each title says what is to be seen; each subtitle says metric, scenario and runs.

pub mod compared;
mod dates;
mod exports;
mod limits;
mod money;
mod products;
mod projects;
mod routes;
mod spread;

use super::findings::only_whole_years;
use crate::plot::{Band, Chart, Color, Label, Line, Strength, Weight, XAxis, YAxis};
use crate::results::{Period, PeriodKind, RunResult, Summary};
use crate::units::format::{Scale, count};

/// A picture and the name of its file, without extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// `exports-by-year`.
    pub name: String,
    /// What to draw.
    pub chart: Chart,
}

/// All pictures of a run, in the order in which they are best looked at.
pub fn pictures(result: &RunResult) -> Vec<Picture> {
    let all = [
        ("exports-by-month", Some(exports::by_month(result))),
        ("exports-by-year", Some(exports::by_year(result))),
        ("products-by-year", products::by_year(result)),
        ("each-product-by-year", products::each(result)),
        ("products-in-last-year", products::in_the_last_year(result)),
        ("what-holds-exports-back", Some(limits::what_holds_back(result))),
        ("what-binds-by-year", limits::what_binds(result)),
        ("routes-by-year", routes::by_year(result)),
        ("how-full-routes-are", routes::utilisation(result)),
        ("when-events-happen", dates::when_events_happen(result)),
        ("targets-by-date", dates::targets_by_date(result)),
        ("money", money::money(result)),
        ("projects", projects::progress(result)),
    ];
    all.into_iter()
        .filter_map(|(name, chart)| Some(Picture { name: name.to_owned(), chart: chart? }))
        .collect()
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

/// The end of a month on an axis of dates: where what has happened by then stands.
fn end_of(period: &Period) -> f64 {
    period.start.plus(1).as_years()
}

/// The last month, in words.
fn last_month(result: &RunResult) -> String {
    result.months.last().map_or_else(String::new, |period| period.start.in_words())
}

/// The unit of volumes for a chart whose largest value is this, as an axis says it.
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

/// The same for money.
fn money_axis(scale: Scale) -> &'static str {
    match scale.unit {
        "USD" => "US dollars",
        "kUSD" => "thousand US dollars",
        "MUSD" => "million US dollars",
        _ => "billion US dollars",
    }
}

/// Volumes by year; where none is whole, the axis doesn't pretend.
fn yearly_axis(result: &RunResult, scale: Scale) -> String {
    mass_axis(scale, if only_whole_years(result) { "year" } else { "year, as far as it is covered" })
}

fn largest<'s>(summaries: impl IntoIterator<Item = &'s Summary>) -> f64 {
    summaries.into_iter().map(|summary| summary.quantiles[6].max(summary.mean)).fold(0.0, f64::max)
}

/// Where a period stands on an axis: a month at its middle, a year as a category.
fn place(period: &Period) -> f64 {
    match period.kind {
        PeriodKind::Month => period.start.as_years() + 0.5 / 12.0,
        PeriodKind::Year => f64::from(period.start.year()),
    }
}

const MAIN: usize = 0;

/// The fan of one metric over periods: 90% band, 50% band, and the median, which has the label, at the right.
fn fan(
    chart: &mut Chart,
    periods: &[&Period],
    summaries: &[&Summary],
    scale: Scale,
    color: Color,
    label: &str,
) {
    let mut lines = fan_lines(periods, summaries, scale, color);
    lines.0.label = Some(Label::new("nine in ten"));
    lines.1.label = Some(Label::new("half of all futures"));
    lines.2.label = Some(Label::new(label).with_value());
    chart.push(lines.0);
    chart.push(lines.1);
    chart.push(lines.2);
}

/// 90% band, 50% band and median, without labels.
fn fan_lines(periods: &[&Period], summaries: &[&Summary], scale: Scale, color: Color) -> (Band, Band, Line) {
    let places = || periods.iter().map(|period| place(period));
    let band = |pick: fn(&Summary) -> (f64, f64), strength| {
        let ends = summaries.iter().map(|summary| pick(summary));
        let points = places().zip(ends).map(|(x, (low, high))| (x, low / scale.factor, high / scale.factor));
        Band::new(points.collect(), color, strength)
    };
    let median = places().zip(summaries).map(|(x, summary)| (x, summary.median() / scale.factor)).collect();
    let line = Line { weight: Weight::Strong, ..Line::new(median, color) };
    (band(Summary::interval_90, Strength::NineInTen), band(Summary::interval_50, Strength::Half), line)
}
