//! Routes: what each carries, and how much of its room is used.

use super::spread;
use super::{largest, new_chart, place, yearly_axis};
use crate::plot::{Chart, Layer, Series, Stack, XAxis, YAxis, theme};
use crate::report::findings::{last_year, shown_years};
use crate::results::RunResult;
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// The mean of what each route carries, stacked by year; `None` for a single route, which carries everything.
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
        "Mean of what each route carries by year",
        result,
        XAxis::years(),
        YAxis::volume(yearly_axis(result, scale)),
    );
    let series = result.routes.iter().zip(&all).enumerate().map(|(place, ((_, title), means))| Series {
        label: title.clone(),
        color: theme::palette(place),
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
            format!("{title} carries {} of mean exports in {when}", chance(carried(name) / total))
        }
        _ => format!("No route carries anything in {when}"),
    }
}

/// The share of its capacity that each route uses in the last year, the fullest on top; `None` without routes.
pub(super) fn utilisation(result: &RunResult) -> Option<Chart> {
    let (_, when) = last_year(result);
    let all = spread::of_all(result, &result.routes, |name| format!("routes.{name}.utilisation"));
    let fullest = all.first()?;
    let title = if fullest.summary.mean > 0.0 {
        format!(
            "{} is {} full on average in {when}, {} or more in one future of twenty",
            fullest.name,
            chance(fullest.summary.mean),
            chance(largest([fullest.summary]))
        )
    } else {
        format!("No route is used in {when}")
    };
    let x =
        XAxis { from: Some(0.0), to: Some(1.0), ..XAxis::share(format!("share of capacity used in {when}")) };
    let what = format!("How full each route is: {}", spread::IN_WORDS);
    let mut chart = new_chart(title, &what, result, x, YAxis::heights(""));
    chart.push(spread::rows(&all, 1.0, chance));
    Some(chart)
}
