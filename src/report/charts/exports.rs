//! What is exported in all: by month and by year.

use super::{MAIN, fan, largest, mass_axis, new_chart, place, yearly_axis};
use crate::plot::{Chart, Dots, Label, Line, Marker, Weight, XAxis, XKind, YAxis, theme};
use crate::report::findings::{last_year, only_whole_years, shown_years, volume};
use crate::results::{MetricResult, Period, RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::Scale;

fn volume_metric(result: &RunResult) -> &MetricResult {
    result.metric("volume").expect("every corridor has a total volume")
}

pub(super) fn by_month(result: &RunResult) -> Chart {
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
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN), "median");
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
        let x = if chart.x.kind == XKind::Years { f64::from(start.year()) - 0.5 } else { start.as_years() };
        chart.push(Marker { x, label: "forecast".to_owned(), dashed: false });
    }
}

pub(super) fn by_year(result: &RunResult) -> Chart {
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
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN), "median");
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
    let median = format!("Exports {verb} {} in {when}", scale.show_with_unit(summary.median()));
    let (low, high) = (scale.show(low), scale.show(high));
    // A range without width would only repeat the number.
    if low == high { median } else { format!("{median}; half of all futures lie between {low} and {high}") }
}
