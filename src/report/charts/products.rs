//! Exports by product: shares of every year, fans over time, and the distribution in the last year.

use super::past::Past;
use super::spread::{self, Spread};
use super::{
    dates, fan_lines, in_title, largest, last_month, mass_axis, mass_unit, new_chart, place, yearly_axis,
    years_axis,
};
use crate::plan::Period;
use crate::plot::{Chart, Form, Intervals, Layer, Panel, Series, Stack, XAxis, YAxis, theme};
use crate::report::digits::Digits;
use crate::report::findings::{comparable_years, last_year, shown_years, volume};
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance};

/// A product that is below this share of the largest year in all years is a sliver: several of them are shown
/// as one.
const SLIVER: f64 = 0.015;

/// The mean of each product stacked by year, with the range of their sum.
pub(super) fn by_year(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let total = result.metric("volume")?;
    let totals: Vec<&Summary> = years.iter().map(|&year| &total.yearly[year]).collect();
    let scale = Scale::for_largest(Dimension::MASS, largest(totals.iter().copied()));
    let mut chart = new_chart(
        title(result),
        "Mean exports by product and year; whiskers: 90% interval of the total",
        result,
        years_axis(result),
        YAxis::volume(yearly_axis(result, scale)),
    );
    let x: Vec<f64> = years.iter().map(|&year| place(&result.years[year])).collect();
    let series = with_slivers_as_one(all_series(result, &years, scale));
    chart.push(Layer::Bars(Stack { x: x.clone(), series, values: true }));
    let whiskers = x.iter().zip(&totals).map(|(&x, total)| {
        let (low, high) = total.interval_90();
        (x, low / scale.factor, high / scale.factor)
    });
    chart.push(Intervals { points: whiskers.collect(), color: theme::INK, form: Form::Whisker, label: None });
    Some(chart)
}

fn all_series(result: &RunResult, years: &[usize], scale: Scale) -> Vec<Series> {
    let one = |(index, (name, title)): (usize, &(String, String))| {
        let metric = result.metric(&format!("products.{name}.volume"))?;
        let values = years.iter().map(|&year| metric.yearly[year].mean / scale.factor).collect();
        Some(Series { label: title.clone(), color: theme::palette(index), values })
    };
    result.products.iter().enumerate().filter_map(one).collect()
}

/// Products too small to be seen are added up in one grey series that gives their number; a single one keeps
/// its name.
fn with_slivers_as_one(all: Vec<Series>) -> Vec<Series> {
    let years = all.first().map_or(0, |series| series.values.len());
    let totals = (0..years).map(|year| all.iter().map(|series| series.values[year]).sum::<f64>());
    let sliver = SLIVER * totals.fold(0.0, f64::max);
    let (slivers, mut seen): (Vec<Series>, Vec<Series>) =
        all.iter().cloned().partition(|series| series.values.iter().all(|&value| value < sliver));
    if slivers.len() < 2 {
        return all;
    }
    let sum = |year: usize| slivers.iter().map(|series| series.values[year]).sum();
    let label = format!("{} smaller products", slivers.len());
    seen.push(Series { label, color: theme::OTHER, values: (0..years).map(sum).collect() });
    seen
}

/// `Wheat flour makes up 71% of mean exports in 2030`.
fn title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let total = volume(result, year).map_or(0.0, |summary| summary.mean);
    let mean = |name: &str| {
        result.year(&format!("products.{name}.volume"), year).map_or(0.0, |summary| summary.mean)
    };
    let largest = result.products.iter().max_by(|a, b| mean(&a.0).total_cmp(&mean(&b.0)));
    match largest {
        Some((_, title)) if total > 0.0 && result.products.len() == 1 => {
            let scale = Scale::for_largest(Dimension::MASS, total);
            format!("{}: {} in {when} on average", in_title(title), scale.show_with_unit(total))
        }
        Some((name, title)) if total > 0.0 => {
            let share = (mean(name) / total * 100.0).round() / 100.0;
            format!("{} makes up {} of mean exports in {when}", in_title(title), chance(share))
        }
        _ => format!("Nothing is exported in {when}"),
    }
}

/// The fan of every product by year, side by side, the largest first; `None` for a single product, which is
/// the total.
pub(super) fn each_by_year(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let (_, when) = last_year(result);
    let all = spread::of_all(result, &result.products, |name| format!("products.{name}.volume"));
    if all.len() < 2 || years.len() < 2 || all[0].summary.mean <= 0.0 {
        return None;
    }
    let format = Digits::of(Dimension::MASS, all.iter().map(|spread| spread.summary)).values;
    let scale = format.scale;
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    let panel = |spread: &Spread| {
        let summaries: Vec<&Summary> = years.iter().map(|&year| &spread.metric.yearly[year]).collect();
        let past = Past::of(result, &spread.metric.path, scale.factor);
        let value = format.show(spread.summary.median());
        let mut panel = fan_panel(spread, (&periods, &summaries), scale, value);
        panel.layers.extend([past.bounds(0.0).into(), past.dots().into()]);
        panel
    };
    let panels = all.iter().map(panel).collect();
    let dots = if all.iter().any(|spread| !result.history_of(&spread.metric.path).is_empty()) {
        "; dots are known years"
    } else {
        ""
    };
    let mut chart = new_chart(
        each_title(result, &all, &when),
        &format!(
            "Each product on its own scale: median and its last value, 50% interval, 90% interval{dots}"
        ),
        result,
        years_axis(result),
        YAxis::volume(yearly_axis(result, scale)),
    );
    chart.push(Layer::Panels(panels));
    Some(chart)
}

/// The fan of every product by month, in the order of the last year.
pub(super) fn each_by_month(result: &RunResult) -> Option<Chart> {
    let all = spread::of_all(result, &result.products, |name| format!("products.{name}.volume"));
    let has_months = all.iter().all(|spread| spread.metric.monthly.len() == result.months.len());
    if all.len() < 2 || all[0].summary.mean <= 0.0 || !has_months || result.months.len() < 2 {
        return None;
    }
    let scale =
        Scale::for_largest(Dimension::MASS, largest(all.iter().flat_map(|spread| &spread.metric.monthly)));
    let periods: Vec<&Period> = result.months.iter().collect();
    let last = |spread: &Spread| spread.metric.monthly[periods.len() - 1].median();
    let medians: Vec<f64> = all.iter().map(last).collect();
    let format = Format::in_unit(scale, medians.iter().copied().fold(0.0, f64::max), medians);
    let panel = |spread: &Spread| {
        let summaries: Vec<&Summary> = spread.metric.monthly.iter().collect();
        fan_panel(spread, (&periods, &summaries), scale, format.show(last(spread)))
    };
    let panels = all.iter().map(panel).collect();
    let exported = all.iter().filter(|spread| last(spread) > 0.0).count();
    let mut chart = new_chart(
        format!(
            "Median exports are above zero for {exported} of {} products in {}",
            all.len(),
            last_month(result)
        ),
        "Each product by month on its own scale: median and its last value, 50% interval, 90% interval",
        result,
        dates(result),
        YAxis::volume(mass_axis(scale, "month")),
    );
    chart.push(Layer::Panels(panels));
    Some(chart)
}

fn fan_panel(
    spread: &Spread,
    (periods, summaries): (&[&Period], &[&Summary]),
    scale: Scale,
    value: String,
) -> Panel {
    let layers = fan_lines(periods, summaries, scale, spread.color).layers();
    Panel { title: spread.name.to_owned(), value, layers }
}

/// `Median exports grow from 2025 to 2030 for 9 of 14 products`.
fn each_title(result: &RunResult, all: &[Spread], when: &str) -> String {
    let median = |spread: &Spread, year: usize| spread.metric.yearly[year].median();
    let years = comparable_years(result);
    let (first, last) = (years[0], years[years.len() - 1]);
    let grow = all.iter().filter(|spread| median(spread, last) > median(spread, first)).count();
    let from = result.years[first].in_words();
    match grow {
        0 => format!("Median exports grow from {from} to {when} for none of {} products", all.len()),
        _ => format!("Median exports grow from {from} to {when} for {grow} of {} products", all.len()),
    }
}

/// The distribution of each product's exports in the last year, the largest on top; `None` for a single
/// product, whose fan shows more.
pub(super) fn in_the_last_year(result: &RunResult) -> Option<Chart> {
    let (_, when) = last_year(result);
    let all = spread::of_all(result, &result.products, |name| format!("products.{name}.volume"));
    if all.len() < 2 || all[0].summary.mean <= 0.0 {
        return None;
    }
    let format = Digits::of(Dimension::MASS, all.iter().map(|spread| spread.summary)).values;
    let scale = format.scale;
    let headline = format!(
        "{} in {when}: 90% interval {} {}",
        in_title(all[0].name),
        format.range(all[0].summary.interval_90()),
        format.unit()
    );
    let x = XAxis { from: Some(0.0), ..XAxis::numbers(format!("{} in {when}", mass_unit(scale))) };
    let what = format!("Exports of each product: {}", spread::IN_WORDS);
    let mut chart = new_chart(headline, &what, result, x, YAxis::heights(""));
    chart.push(spread::rows(&all, scale.factor, |mean| format.show(mean)));
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(label: &str, values: &[f64]) -> Series {
        Series { label: label.to_owned(), color: theme::palette(1), values: values.to_vec() }
    }

    #[test]
    fn slivers_become_one_grey_series_that_says_how_many_they_are_and_keeps_the_sum() {
        let all = vec![
            series("flour", &[90.0, 95.0]),
            series("seeds", &[0.5, 0.25]),
            series("rice", &[0.5, 30.0]),
            series("kit", &[0.0, 0.5]),
        ];
        let shown = with_slivers_as_one(all);
        let labels: Vec<&str> = shown.iter().map(|series| series.label.as_str()).collect();
        assert_eq!(labels, ["flour", "rice", "2 smaller products"]);
        assert_eq!((shown[2].color, &shown[2].values[..]), (theme::OTHER, &[0.5, 0.75][..]));
    }

    #[test]
    fn a_single_sliver_keeps_its_name() {
        let all = vec![series("flour", &[90.0]), series("seeds", &[0.1])];
        assert_eq!(with_slivers_as_one(all.clone()), all);
        assert!(with_slivers_as_one(Vec::new()).is_empty());
    }
}
