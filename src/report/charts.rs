//! The pictures of a run, as data.
//!
//! Each title says what is to be seen; each subtitle says metric, scenario and runs.

use super::findings::{
    cause_as_lack, cause_in_words, last_year, main_constraint, only_whole_years, shown_years, volume,
};
use crate::model::CAUSES;
use crate::plot::{
    Band, Chart, Color, Dots, Form, Intervals, Label, Layer, Line, Marker, Series, Stack, Strength, Weight,
    XAxis, YAxis, theme,
};
use crate::results::{EventInfo, MetricResult, Period, PeriodKind, RunResult, Summary};
use crate::time::Month;
use crate::units::Dimension;
use crate::units::format::{Scale, chance, count};

/// A picture and the name of its file, without extension.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// `exports-by-year`.
    pub name: &'static str,
    /// What to draw.
    pub chart: Chart,
}

/// All pictures of a run, in the order in which they are best looked at.
pub fn pictures(result: &RunResult) -> Vec<Picture> {
    let mut pictures = vec![
        Picture { name: "exports-by-month", chart: exports_by_month(result) },
        Picture { name: "exports-by-year", chart: exports_by_year(result) },
        Picture { name: "products-by-year", chart: products_by_year(result) },
        Picture { name: "what-holds-exports-back", chart: what_holds_back(result) },
    ];
    if !result.events.is_empty() {
        pictures.push(Picture { name: "when-events-happen", chart: when_events_happen(result) });
    }
    pictures
}

fn new_chart(title: String, what: &str, result: &RunResult, x: XAxis, y: YAxis) -> Chart {
    let mut chart = Chart::new(title, x, y);
    chart.subtitle =
        format!("{what}. Scenario: {}. {} runs.", result.info.title_with_changes(), count(result.info.runs));
    let as_of = result.info.as_of.map(|month| format!(" Nothing known after {} was used.", month.in_words()));
    chart.source = format!(
        "corridor {}, seed {}.{} Sources of all assumptions: assumptions.csv",
        env!("CARGO_PKG_VERSION"),
        result.info.seed,
        as_of.unwrap_or_default()
    );
    chart
}

/// The unit of volumes for a chart whose largest value is this, as an axis says it.
fn mass_axis(scale: Scale, per: &str) -> String {
    let unit = match scale.unit {
        "t" => "tonnes",
        "kt" => "thousand tonnes",
        "Mt" => "million tonnes",
        _ => "billion tonnes",
    };
    format!("{unit} a {per}")
}

/// The same for years; where none is whole, the axis doesn't pretend.
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

/// The fan of one metric over periods: 90% band, 50% band, median, labelled at the right.
fn fan(chart: &mut Chart, periods: &[&Period], summaries: &[&Summary], scale: Scale, color: Color) {
    let places = || periods.iter().map(|period| place(period));
    let band = |pick: fn(&Summary) -> (f64, f64), strength, label: &str| Band {
        points: places()
            .zip(summaries)
            .map(|(x, summary)| (x, pick(summary).0 / scale.factor, pick(summary).1 / scale.factor))
            .collect(),
        color,
        strength,
        label: Some(Label::new(label)),
    };
    chart.push(band(Summary::interval_90, Strength::NineInTen, "nine in ten"));
    chart.push(band(Summary::interval_50, Strength::Half, "half of all futures"));
    let median = places().zip(summaries).map(|(x, summary)| (x, summary.median() / scale.factor)).collect();
    let mut line = Line::new(median, color).labelled(Label::new("median").with_value());
    line.weight = Weight::Strong;
    chart.push(line);
}

fn volume_metric(result: &RunResult) -> &MetricResult {
    result.metric("volume").expect("every corridor has a total volume")
}

fn exports_by_month(result: &RunResult) -> Chart {
    let metric = volume_metric(result);
    let history = result.history_of("volume");
    let known = history.iter().map(|&(_, value)| value / 12.0).fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, largest(&metric.monthly).max(known));
    let mut chart = new_chart(
        headline(result),
        "Total exports by month: the median future, the range that holds half of all futures, and nine in ten",
        result,
        XAxis::dates(),
        YAxis::volume(mass_axis(scale, "month")),
    );
    let periods: Vec<&Period> = result.months.iter().collect();
    let summaries: Vec<&Summary> = metric.monthly.iter().collect();
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN));
    let known_levels = history.iter().map(|&(year, value)| (year, value / 12.0 / scale.factor));
    for (year, level) in known_levels {
        // A little short of the year's end, so that its label keeps clear of the fan.
        let points = vec![(f64::from(year), level), (f64::from(year) + 0.9, level)];
        let mut line = Line::new(points, theme::INK);
        line.weight = Weight::Strong;
        if Some(&year) == history.last().map(|(year, _)| year) {
            line.label = Some(Label::new(format!("{year}, monthly mean")));
        }
        chart.push(line);
    }
    mark_forecast(&mut chart, result, &history);
    chart
}

/// Where the known past ends and the forecast begins.
fn mark_forecast(chart: &mut Chart, result: &RunResult, history: &[(i32, f64)]) {
    if !history.is_empty() {
        let start = result.info.horizon.start;
        // On an axis of whole years the border lies between two categories.
        let x = if chart.x.years_as_categories { f64::from(start.year()) - 0.5 } else { start.as_years() };
        chart.push(Marker { x, label: "forecast".to_owned(), dashed: false });
    }
}

fn exports_by_year(result: &RunResult) -> Chart {
    let metric = volume_metric(result);
    let years = shown_years(result);
    let summaries: Vec<&Summary> = years.iter().map(|&year| &metric.yearly[year]).collect();
    // Part of a year doesn't stand beside a known whole one.
    let history = if only_whole_years(result) { result.history_of("volume") } else { Vec::new() };
    let known = history.iter().map(|&(_, value)| value).fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, largest(summaries.iter().copied()).max(known));
    let mut chart = new_chart(
        headline(result),
        "Total exports by year: median, the range that holds half of all futures, and nine in ten",
        result,
        XAxis::years(),
        YAxis::volume(yearly_axis(result, scale)),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    let known: Vec<(f64, f64)> =
        history.iter().map(|&(year, value)| (f64::from(year), value / scale.factor)).collect();
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN));
    if let (Some(&last), Some(summary)) = (known.last(), summaries.first()) {
        let first = (place(periods[0]), summary.median() / scale.factor);
        let mut bridge = Line::new(vec![last, first], theme::GREY);
        (bridge.dashed, bridge.weight) = (true, Weight::Thin);
        chart.push(bridge);
    }
    chart.push(Dots { points: known, color: theme::INK, label: Some(Label::new("known").with_value()) });
    mark_forecast(&mut chart, result, &history);
    chart
}

/// `Exports reach 31 kt in 2030; half of all futures lie between 24 and 41`.
fn headline(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(summary) = volume(result, year) else { return "Exports".to_owned() };
    if summary.interval_90() == (0.0, 0.0) && summary.mean == 0.0 {
        return format!("Nothing is exported in {when}");
    }
    if summary.median() == 0.0 {
        return format!("In half of all futures or more nothing is exported in {when}");
    }
    let scale = Scale::for_largest(Dimension::MASS, largest([summary]));
    let (low, high) = summary.interval_50();
    let known = result.history_of("volume");
    // Part of a year is not to be held against a whole one.
    let verb = match known.last().filter(|_| only_whole_years(result)) {
        Some(&(_, known)) if summary.median() > known * 1.05 => "rise to",
        Some(&(_, known)) if summary.median() < known * 0.95 => "fall to",
        Some(_) => "stay near",
        None => "reach",
    };
    format!(
        "Exports {verb} {} in {when}; half of all futures lie between {} and {}",
        scale.show_with_unit(summary.median()),
        scale.show(low),
        scale.show(high)
    )
}

fn products_by_year(result: &RunResult) -> Chart {
    let years = shown_years(result);
    let total = volume_metric(result);
    let totals: Vec<&Summary> = years.iter().map(|&year| &total.yearly[year]).collect();
    let scale = Scale::for_largest(Dimension::MASS, largest(totals.iter().copied()));
    let mut chart = new_chart(
        products_title(result),
        "Mean exports by product and year; the whiskers hold nine in ten futures of the total",
        result,
        XAxis::years(),
        YAxis::volume(yearly_axis(result, scale)),
    );
    let x: Vec<f64> = years.iter().map(|&year| place(&result.years[year])).collect();
    let series = result.products.iter().enumerate().filter_map(|(place, (name, title))| {
        let metric = result.metric(&format!("products.{name}.volume"))?;
        let values = years.iter().map(|&year| metric.yearly[year].mean / scale.factor).collect();
        Some(Series { label: title.clone(), color: theme::palette(place), values })
    });
    chart.push(Layer::Bars(Stack { x: x.clone(), series: series.collect(), values: true }));
    let whiskers = x.iter().zip(&totals).map(|(&x, total)| {
        let (low, high) = total.interval_90();
        (x, low / scale.factor, high / scale.factor)
    });
    chart.push(Intervals { points: whiskers.collect(), color: theme::INK, form: Form::Whisker, label: None });
    chart
}

/// `Wheat flour makes up 71% of exports in 2030`.
fn products_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let total = volume(result, year).map_or(0.0, |summary| summary.mean);
    let mean = |name: &str| {
        result.year(&format!("products.{name}.volume"), year).map_or(0.0, |summary| summary.mean)
    };
    let largest = result.products.iter().max_by(|a, b| mean(&a.0).total_cmp(&mean(&b.0)));
    match largest {
        Some((_, title)) if total > 0.0 && result.products.len() == 1 => {
            let scale = Scale::for_largest(Dimension::MASS, total);
            format!("{title}: {} in {when} on average", scale.show_with_unit(total))
        }
        Some((name, title)) if total > 0.0 => {
            let share = Scale::for_largest(Dimension::SHARE, 1.0)
                .show_with_unit((mean(name) / total * 100.0).round() / 100.0);
            format!("{title} makes up {share} of mean exports in {when}")
        }
        _ => format!("Nothing is exported in {when}"),
    }
}

fn what_holds_back(result: &RunResult) -> Chart {
    let means = |path: &str| -> Vec<f64> {
        result
            .metric(path)
            .map(|metric| metric.monthly.iter().map(|summary| summary.mean).collect())
            .unwrap_or_default()
    };
    let wanted = means("wanted").into_iter().fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, wanted);
    let mut chart = new_chart(
        constraint_title(result),
        "Mean of what buyers want by month: what is exported, and what is not, by what stands in the way",
        result,
        XAxis::dates(),
        YAxis::volume(mass_axis(scale, "month")),
    );
    let x = result.months.iter().map(place).collect();
    let scaled = |path: &str| means(path).into_iter().map(|value| value / scale.factor).collect();
    let mut series =
        vec![Series { label: "exported".to_owned(), color: theme::palette(MAIN), values: scaled("volume") }];
    for (place, cause) in CAUSES.into_iter().enumerate() {
        let values: Vec<f64> = scaled(&format!("unmet.{cause}"));
        // A cause that never takes a thousandth of what is wanted would only be a label without an area.
        if values.iter().any(|&value| value * scale.factor > 1e-3 * wanted) {
            let label = format!("unmet: {}", cause_in_words(cause));
            series.push(Series { label, color: theme::palette(place + 1), values });
        }
    }
    chart.push(Layer::Areas(Stack { x, series, values: false }));
    chart
}

/// `In 2030 lack of money holds exports back in 45% of all futures: 20% of what is wanted stays unmet for it`.
fn constraint_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    match main_constraint(result, year) {
        Some((cause, runs, unmet)) => {
            let words = cause_as_lack(cause);
            let unmet = chance(unmet);
            format!(
                "In {when} {words} holds exports back in {} of all futures: {unmet} of what is wanted stays unmet for it",
                chance(runs)
            )
        }
        None if result.year("wanted", year).is_none_or(|wanted| wanted.mean == 0.0) => {
            format!("Nothing is wanted in {when}")
        }
        None => format!("In {when} hardly anything but demand limits exports"),
    }
}

fn when_events_happen(result: &RunResult) -> Chart {
    let lead = lead_event(result);
    let covered = |month: &Month| result.months.iter().any(|period| period.start == *month);
    let planned = lead.and_then(|event| event.planned).filter(covered);
    let plan = if planned.is_some() { "; the dashed line is the plan of the one in the title" } else { "" };
    let mut chart = new_chart(
        lead.map_or_else(|| "Events".to_owned(), |event| event_title(result, event)),
        &format!("Chance that each has begun by the end of the month{plan}"),
        result,
        XAxis::dates(),
        YAxis::share("chance"),
    );
    for (number, event) in result.events.iter().enumerate() {
        let Some(metric) = result.metric(&format!("events.{}.started", event.name)) else { continue };
        let at_end = |period: &Period| period.start.plus(1).as_years();
        let points =
            result.months.iter().zip(&metric.monthly).map(|(period, s)| (at_end(period), s.mean)).collect();
        let line = Line::new(points, theme::palette(number));
        chart.push(Layer::Steps(line.labelled(Label::new(event.title.clone()).with_value())));
    }
    if let Some(planned) = planned {
        let label = format!("planned: {}", planned.in_words());
        chart.push(Marker { x: planned.as_years(), label, dashed: true });
    }
    chart
}

/// The event that the title is about: the first that opens a route, else the first.
fn lead_event(result: &RunResult) -> Option<&EventInfo> {
    result.events.iter().find(|event| event.opens_a_route).or(result.events.first())
}

/// `Tumen River road bridge: an even chance to have opened by Sep 2027, 81% by Dec 2030`.
fn event_title(result: &RunResult, event: &EventInfo) -> String {
    let title = &event.title;
    let verb = if event.opens_a_route { "opened" } else { "begun" };
    let Some(metric) = result.metric(&format!("events.{}.started", event.name)) else { return title.clone() };
    let even =
        metric.monthly.iter().position(|summary| summary.mean >= 0.5).map(|month| result.months[month].start);
    let last = result.months.last().map_or_else(String::new, |period| period.start.in_words());
    let end = chance(metric.monthly.last().map_or(0.0, |summary| summary.mean));
    match even {
        Some(month) => {
            format!("{title}: an even chance to have {verb} by {}, {end} by {last}", month.in_words())
        }
        None => format!("{title}: {end} chance to have {verb} by {last}"),
    }
}
