//! Routes: throughput of each, and utilisation of its capacity.

use super::spread::{self, Spread};
use super::{dates, fan, fan_lines, in_title, largest, middle, new_chart, place, yearly_axis, years_axis};
use crate::plan::Period;
use crate::plot::{Chart, Layer, Panel, Series, Stack, XAxis, YAxis, theme};
use crate::report::digits::Digits;
use crate::report::findings::{last_year, shown_years};
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// The mean throughput of each route, stacked by year; `None` for a single route, which carries everything.
pub(super) fn by_year(result: &RunResult) -> Option<Chart> {
    if result.routes.len() < 2 {
        return None;
    }
    let years = shown_years(result);
    let means = |name: &str| -> Vec<f64> {
        let metric = result.metric(&format!("routes.{name}.throughput"));
        years.iter().map(|&year| metric.map_or(0.0, |metric| metric.yearly[year].mean)).collect()
    };
    let all: Vec<Vec<f64>> = result.routes.iter().map(|(name, _)| means(name)).collect();
    let total = |year: usize| all.iter().map(|means| means[year]).sum::<f64>();
    let highest = (0..years.len()).map(total).fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, highest);
    let mut chart = new_chart(
        carried_title(result),
        "Mean throughput of each route by year",
        result,
        years_axis(result),
        YAxis::volume(yearly_axis(result, scale)),
    );
    let series = result.routes.iter().zip(&all).enumerate().map(|(index, ((_, title), means))| Series {
        label: title.clone(),
        color: theme::palette(index),
        values: means.iter().map(|mean| mean / scale.factor).collect(),
    });
    let x = years.iter().map(|&year| place(&result.years[year])).collect();
    chart.push(Layer::Bars(Stack { x, series: series.collect(), values: true }));
    Some(chart)
}

/// `Road over the bridge carries 51% of mean exports in 2030`.
fn carried_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let carried = |name: &str| {
        result.year(&format!("routes.{name}.throughput"), year).map_or(0.0, |summary| summary.mean)
    };
    let total: f64 = result.routes.iter().map(|(name, _)| carried(name)).sum();
    let most = result.routes.iter().max_by(|a, b| carried(&a.0).total_cmp(&carried(&b.0)));
    match most {
        Some((name, title)) if total > 0.0 => {
            format!("{} carries {} of mean exports in {when}", in_title(title), chance(carried(name) / total))
        }
        _ => format!("No route carries anything in {when}"),
    }
}

/// The share of its capacity that each route uses in the last year; `None` without routes.
pub(super) fn utilisation(result: &RunResult) -> Option<Chart> {
    let (_, when) = last_year(result);
    let all = by_throughput(result, "utilisation");
    let fullest = fullest(&all)?;
    let title = if fullest.summary.mean > 0.0 {
        format!(
            "{} uses {} of its capacity on average in {when}, {} or more in 5% of futures",
            in_title(fullest.name),
            chance(fullest.summary.mean),
            chance(largest([fullest.summary]))
        )
    } else {
        format!("No route is used in {when}")
    };
    let x =
        XAxis { from: Some(0.0), to: Some(1.0), ..XAxis::share(format!("share of capacity used in {when}")) };
    let what = format!("Utilisation of each route: {}", spread::IN_WORDS);
    let mut chart = new_chart(title, &what, result, x, YAxis::heights(""));
    chart.push(spread::rows(&all, 1.0, chance));
    Some(chart)
}

/// A metric of every route in the last year, the largest throughput first: the same order in all pictures.
fn by_throughput<'r>(result: &'r RunResult, what: &str) -> Vec<Spread<'r>> {
    let (year, _) = last_year(result);
    let throughput = |spread: &Spread<'_>| {
        let route = spread.metric.path.trim_end_matches(what);
        result.year(&format!("{route}throughput"), year).map_or(0.0, |summary| summary.mean)
    };
    let mut all = spread::of_all(result, &result.routes, |name| format!("routes.{name}.{what}"));
    all.sort_by(|a, b| throughput(b).total_cmp(&throughput(a)));
    all
}

/// The route with the highest mean, the first of several.
fn fullest<'s, 'r>(all: &'s [Spread<'r>]) -> Option<&'s Spread<'r>> {
    all.iter().rev().max_by(|a, b| a.summary.mean.total_cmp(&b.summary.mean))
}

/// The fan of the throughput of each route by year; `None` where none carries anything.
pub(super) fn throughput(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let (_, when) = last_year(result);
    let all = by_throughput(result, "throughput");
    let first = all.first().filter(|first| first.summary.mean > 0.0)?;
    let format = Digits::of(Dimension::MASS, all.iter().map(|spread| spread.summary)).values;
    let scale = format.scale;
    let title = format!(
        "{}: median throughput {} in {when}, 90% interval {} {}",
        in_title(first.name),
        format.with_unit(first.summary.median()),
        format.range(first.summary.interval_90()),
        format.unit()
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    let axes = (years_axis(result), YAxis::volume(yearly_axis(result, scale)));
    let of = |spread: &Spread<'_>| -> Vec<&Summary> {
        years.iter().filter_map(|&year| result.metric(&spread.metric.path)?.yearly.get(year)).collect()
    };
    let fans: Vec<Vec<&Summary>> = all.iter().map(of).collect();
    let what = "Throughput of each route by year";
    Some(fans_of_routes(
        result,
        (title, what),
        axes,
        &all,
        (&periods, &fans),
        |value| format.show(value),
        scale,
    ))
}

/// The fan of the utilisation of each route, month by month; `None` where none is used.
pub(super) fn use_by_month(result: &RunResult) -> Option<Chart> {
    let all = by_throughput(result, "utilisation");
    let first = fullest(&all).filter(|first| first.summary.mean > 0.0)?;
    let is_full = |summary: &&Summary| summary.interval_90().1 >= 0.99;
    let full = first.metric.monthly.iter().filter(is_full).count();
    let months = result.months.len();
    let title =
        format!("{} is full in at least 5% of futures in {full} of {months} months", in_title(first.name));
    let periods: Vec<&Period> = result.months.iter().collect();
    let fans: Vec<Vec<&Summary>> = all.iter().map(|spread| spread.metric.monthly.iter().collect()).collect();
    let axes = (dates(result), YAxis::share("share of capacity used"));
    let what = "Share of its capacity that each route uses by month";
    let share = Scale { unit: "", factor: 1.0 };
    (months > 1).then(|| fans_of_routes(result, (title, what), axes, &all, (&periods, &fans), chance, share))
}

/// A single route fills the picture, several are side by side.
fn fans_of_routes(
    result: &RunResult,
    (title, what): (String, &str),
    (x, y): (XAxis, YAxis),
    all: &[Spread<'_>],
    (periods, fans): (&[&Period], &[Vec<&Summary>]),
    written: impl Fn(f64) -> String,
    scale: Scale,
) -> Chart {
    let what = format!("{what}: median, 50% interval, 90% interval");
    let mut chart = new_chart(title, &what, result, x, y);
    if let ([one], [summaries]) = (all, fans) {
        fan(&mut chart, periods, summaries, scale, one.color, ("", middle(result)));
        return chart;
    }
    let panel = |(spread, summaries): (&Spread<'_>, &Vec<&Summary>)| {
        let layers = fan_lines(periods, summaries, scale, spread.color).layers();
        let value = summaries.last().map_or_else(String::new, |summary| written(summary.median()));
        Panel { title: spread.name.to_owned(), value, layers }
    };
    chart.push(Layer::Panels(all.iter().zip(fans).map(panel).collect()));
    chart
}
