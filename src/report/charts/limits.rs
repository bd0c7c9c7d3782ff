//! What holds exports back: unmet demand by cause, and the main constraint by year.

use super::{MAIN, dates, mass_axis, new_chart, place, years_axis};
use crate::plan::Cause;
use crate::plot::{Chart, Layer, Series, Stack, YAxis, theme};
use crate::report::findings::{last_year, left_by_a_cause, main_constraint, shown_years};
use crate::results::RunResult;
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// The least share of demand, or of futures, that is shown.
const SLIVER: f64 = 5e-3;

/// Exports, and unmet demand by cause, month by month.
pub(super) fn what_holds_back(result: &RunResult) -> Chart {
    let means = |path: &str| -> Vec<f64> {
        result
            .metric(path)
            .map(|metric| metric.monthly.iter().map(|summary| summary.mean).collect())
            .unwrap_or_default()
    };
    let demand = means("wanted").into_iter().fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, demand);
    let (subtitle, unmet) = if result.metric("waiting").is_none() {
        ("Mean demand by month: exports, and unmet demand by cause", "unmet")
    } else {
        ("Mean by month: exports, and demand lost by cause; without the backlog", "lost")
    };
    let mut chart = new_chart(
        constraint_title(result),
        subtitle,
        result,
        dates(result),
        YAxis::volume(mass_axis(scale, "month")),
    );
    let x = result.months.iter().map(place).collect();
    let scaled = |path: &str| means(path).into_iter().map(|value| value / scale.factor).collect();
    let mut series =
        vec![Series { label: "exports".to_owned(), color: theme::palette(MAIN), values: scaled("volume") }];
    for cause in Cause::ALL {
        let values: Vec<f64> = scaled(&cause.unmet());
        // A thinner area couldn't be seen: only its label could.
        if values.iter().any(|&value| value * scale.factor > SLIVER * demand) {
            let label = format!("{unmet}: {}", cause.label());
            series.push(Series { label, color: theme::palette(cause.color()), values });
        }
    }
    chart.push(Layer::Areas(Stack { x, series, values: false }));
    chart
}

/// The share of futures in which each cause is the main constraint, year by year; `None` where none ever is.
pub(super) fn what_binds(result: &RunResult) -> Option<Chart> {
    let series = binding_series(result);
    if series.is_empty() {
        return None;
    }
    let (year, when) = last_year(result);
    let title = match main_constraint(result, year) {
        Some((cause, runs, _)) => {
            format!("In {when} {} is the main constraint in {} of all futures", cause.as_lack(), chance(runs))
        }
        None => demand_alone(result, year, &when),
    };
    let what = format!(
        "Share of all futures in which each cause leaves most demand {}; none does where that is under 1% of \
         demand",
        left_by_a_cause(result)
    );
    let mut chart = new_chart(title, &what, result, years_axis(result), YAxis::share("share of futures"));
    let x = shown_years(result).iter().map(|&year| place(&result.years[year])).collect();
    chart.push(Layer::Bars(Stack { x, series, values: true }));
    Some(chart)
}

fn binding_series(result: &RunResult) -> Vec<Series> {
    let years = shown_years(result);
    let of = |cause: Cause| {
        let metric = result.metric(&cause.binds())?;
        let values: Vec<f64> = years.iter().map(|&year| metric.yearly[year].mean).collect();
        let (label, color) = (cause.label().to_owned(), theme::palette(cause.color()));
        values.iter().any(|&share| share > SLIVER).then_some(Series { label, color, values })
    };
    Cause::ALL.into_iter().filter_map(of).collect()
}

/// `In 2030 lack of money is the main constraint in 45% of all futures; on average it leaves 20% of demand
/// unmet`.
fn constraint_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    match main_constraint(result, year) {
        Some((cause, runs, unmet)) => {
            let words = cause.as_lack();
            let (unmet, left) = (chance(unmet), left_by_a_cause(result));
            format!(
                "In {when} {words} is the main constraint in {} of all futures; on average it leaves {unmet} \
                 of demand {left}",
                chance(runs)
            )
        }
        None => demand_alone(result, year, &when),
    }
}

fn demand_alone(result: &RunResult, year: i32, when: &str) -> String {
    if result.year("wanted", year).is_none_or(|wanted| wanted.mean == 0.0) {
        format!("There is no demand in {when}")
    } else {
        format!("In {when} hardly anything but demand limits exports")
    }
}
