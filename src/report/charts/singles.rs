//! Single futures, drawn through the fan of all.

use super::{Fan, MAIN, dates, fan_lines, largest, mass_axis, new_chart, place, yearly_axis};
use crate::plan::Period;
use crate::plot::{Chart, Label, Line, Weight, XAxis, YAxis, theme};
use crate::report::findings::{only_whole_years, shown_years};
use crate::results::{RunResult, SingleRun, Summary};
use crate::units::Dimension;
use crate::units::format::Scale;

/// The first runs by year through the fan of total exports; by month where there are few years. `None`
/// without several runs.
pub(super) fn through_the_fan(result: &RunResult) -> Option<Chart> {
    const FEWEST_YEARS: usize = 3;
    let years = shown_years(result);
    // A part of a year can't be joined with whole years; its months can.
    let by_year = years.len() >= FEWEST_YEARS && only_whole_years(result);
    let metric = result.metric("volume")?;
    let (periods, summaries): (Vec<&Period>, Vec<&Summary>) = if by_year {
        years.iter().map(|&year| (&result.years[year], &metric.yearly[year])).unzip()
    } else {
        result.months.iter().zip(&metric.monthly).unzip()
    };
    let values = |single: &SingleRun| -> Vec<f64> {
        if by_year { years.iter().map(|&year| single.yearly[year]).collect() } else { single.monthly.clone() }
    };
    let runs: Vec<(u64, Vec<f64>)> =
        result.singles.iter().map(|single| (single.run, values(single))).collect();
    if runs.len() < 2 || metric.yearly.iter().all(|summary| summary.mean == 0.0) {
        return None;
    }
    let most = runs.iter().flat_map(|(_, values)| values).copied().fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, largest(summaries.iter().copied()).max(most));
    let (x, y, per) = if by_year {
        (XAxis::years(), yearly_axis(result, scale), "year")
    } else {
        (dates(result), mass_axis(scale, "month"), "month")
    };
    let mut chart = new_chart(
        title(&runs, &summaries, per),
        &format!(
            "Total exports by {per}: the first {} runs, with 50% interval and 90% interval of all runs",
            runs.len()
        ),
        result,
        x,
        YAxis::volume(y),
    );
    let Fan { outer, inner, .. } = fan_lines(&periods, &summaries, scale, theme::OTHER);
    chart.push(outer);
    chart.push(inner);
    for (number, (run, values)) in runs.iter().enumerate() {
        let points = periods.iter().zip(values).map(|(period, value)| (place(period), value / scale.factor));
        let mut line = Line::new(points.collect(), theme::palette(number + MAIN));
        // Every second line is dashed, for readers who can't distinguish the colours.
        line.dashed = number % 2 == 1;
        line.weight = if by_year { Weight::Normal } else { Weight::Thin };
        chart.push(line.labelled(Label::new(format!("run {run}")).with_value()));
    }
    Some(chart)
}

/// `Single futures don't look like the median: 5 of these 6 leave the 50% interval in some year`.
fn title(runs: &[(u64, Vec<f64>)], summaries: &[&Summary], per: &str) -> String {
    let is_outside = |(value, summary): (&f64, &&Summary)| {
        let (low, high) = summary.interval_50();
        *value < low || *value > high
    };
    let leaving = runs.iter().filter(|(_, values)| values.iter().zip(summaries).any(is_outside)).count();
    let all = runs.len();
    match leaving {
        0 => format!("These {all} futures all stay in the 50% interval in every {per}"),
        some if some == all => {
            format!(
                "Single futures don't look like the median: all {all} leave the 50% interval in some {per}"
            )
        }
        _ => format!(
            "Single futures don't look like the median: {leaving} of these {all} leave the 50% interval in \
             some {per}"
        ),
    }
}
