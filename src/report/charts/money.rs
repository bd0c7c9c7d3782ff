//! The buyer's money by year, and what credit brings the lender.

use super::{
    by_coverage, dates, end_of, fan, largest, last_month, middle, money_axis, new_chart, yearly, years_axis,
};
use crate::plan::Period;
use crate::plot::{Chart, Dots, Label, Layer, Line, Weight, YAxis, theme};
use crate::report::digits::Digits;
use crate::report::findings::{last_year, shown_years};
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance};

/// The places of colours in the palette: the same in every picture of money.
const CASH: usize = 0;
const SPENT: usize = 1;
const DRAWN: usize = 2;
const DEBT: usize = 4;
const KEPT: usize = 7;

/// One flow or stock of money: what it is called, its colour, its years.
type Flow<'r> = (&'static str, usize, Vec<&'r Summary>);

/// Flows of money as medians, with the ranges of what is owed, or without credit of what is spent; `None` without money.
pub(super) fn money(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let of = |path: &str| yearly(result, &years, path);
    let (cash, spent, kept) = (of("finance.cash")?, of("finance.spent")?, of("finance.kept")?);
    if let (Some(drawn), Some(debt)) = (of("finance.drawn"), of("finance.debt")) {
        let flows = [
            ("cash that comes in", CASH, cash),
            ("spent", SPENT, spent),
            ("drawn from credit", DRAWN, drawn),
        ];
        let what = "Medians by year of what comes in, is spent and is drawn; what is owed at the year's end, with its ranges";
        return Some(flows_and_fan(result, (debt_title(result), what), ("owed", DEBT, debt), flows));
    }
    let flows = [("cash that comes in", CASH, cash), ("kept at the year's end", KEPT, kept)];
    let what = "Medians by year of what comes in and of what is kept at the year's end; what is spent, with its ranges";
    Some(flows_and_fan(result, (purse_title(result), what), ("spent", SPENT, spent), flows))
}

fn flows_and_fan<const N: usize>(
    result: &RunResult,
    (title, what): (String, &str),
    (subject, color, range): Flow<'_>,
    flows: [Flow<'_>; N],
) -> Chart {
    let medians = flows.iter().flat_map(|(_, _, flow)| flow).map(|summary| summary.median());
    let scale =
        Scale::for_largest(Dimension::MONEY, largest(range.iter().copied()).max(medians.fold(0.0, f64::max)));
    let mut chart = new_chart(title, what, result, years_axis(result), YAxis::volume(money_axis(scale)));
    let periods: Vec<&Period> = shown_years(result).iter().map(|&year| &result.years[year]).collect();
    fan(&mut chart, &periods, &range, scale, theme::palette(color), (subject, subject));
    for (label, color, flow) in flows {
        let medians: Vec<f64> = flow.iter().map(|summary| summary.median() / scale.factor).collect();
        let (points, apart) = by_coverage(&periods, &medians);
        chart.push(Line::new(points, theme::palette(color)).labelled(Label::new(label).with_value()));
        if !apart.is_empty() {
            chart.push(Dots { points: apart, color: theme::palette(color), label: None });
        }
    }
    chart
}

/// `In 2030 the median of what comes in is 28.7 MUSD, that of what is spent 23.5 MUSD`: two medians, not those of one future.
fn purse_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let median = |path: &str| result.year(path, year).map_or(0.0, Summary::median);
    let (cash, spent) = (median("finance.cash"), median("finance.spent"));
    let format = Format::new(Dimension::MONEY, [cash, spent], [cash - spent]);
    format!(
        "In {when} the median of what comes in is {}, that of what is spent {}",
        format.with_unit(cash),
        format.with_unit(spent)
    )
}

/// `At the end of 2030 the median future owes 2.5 MUSD, one in twenty more than 8.9 MUSD`.
fn debt_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(debt) = result.year("finance.debt", year) else { return "The buyer's money".to_owned() };
    let (_, high) = debt.interval_90();
    if high == 0.0 {
        return format!("At the end of {when} hardly any future owes anything");
    }
    let format = Digits::of(Dimension::MONEY, [debt]).values;
    format!(
        "At the end of {when} the median future owes {}, one in twenty more than {}",
        format.with_unit(debt.median()),
        format.with_unit(high)
    )
}

/// The chance that the buyer has defaulted by each month; `None` where that never happens.
pub(super) fn defaults(result: &RunResult) -> Option<Chart> {
    let metric = result.metric("finance.defaulted")?;
    let end = metric.monthly.last()?.mean;
    if metric.monthly.iter().all(|summary| summary.mean == 0.0) {
        return None;
    }
    let mut y = YAxis::share("chance");
    // A small chance is not to be a line along the axis.
    y.max = Some(if end > 0.5 { 1.0 } else { 0.0 });
    let mut chart = new_chart(
        format!("The buyer has defaulted in {} of all futures by {}", chance(end), last_month(result)),
        "Chance that the buyer has defaulted on the credit by the end of the month",
        result,
        dates(result),
        y,
    );
    let points = result.months.iter().map(end_of).zip(metric.monthly.iter().map(|summary| summary.mean));
    let line = Line { weight: Weight::Strong, ..Line::new(points.collect(), theme::LOSS) };
    chart.push(Layer::Steps(line.labelled(Label::new("has defaulted").with_value())));
    Some(chart)
}

/// What the lending has brought by the end of each year, at its present value; `None` without credit.
pub(super) fn lender(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let npv = yearly(result, &years, "lender.npv")?;
    if npv.iter().all(|summary| summary.sd == 0.0 && summary.mean == 0.0) {
        return None;
    }
    let size = npv.iter().map(|summary| summary.interval_90()).map(|(low, high)| low.abs().max(high.abs()));
    let scale = Scale::for_largest(Dimension::MONEY, size.fold(0.0, f64::max));
    let mut chart = new_chart(
        lender_title(result),
        "What the lender has got back by the year's end less what was lent, at its present value: median, half, nine in ten",
        result,
        years_axis(result),
        YAxis::difference(money_axis(scale)),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    fan(&mut chart, &periods, &npv, scale, theme::palette(DEBT), ("", middle(result)));
    Some(chart)
}

/// `By the end of 2030 the lender is 1.2 MUSD down in the median future, 9.8 MUSD in one of twenty`.
fn lender_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(npv) = result.year("lender.npv", year) else { return "The lender's result".to_owned() };
    let format = Digits::of(Dimension::MONEY, [npv]).values;
    let say = |value: f64| match value {
        0.0 => "neither up nor down".to_owned(),
        down if down < 0.0 => format!("{} down", format.with_unit(-down)),
        up => format!("{} up", format.with_unit(up)),
    };
    format!(
        "By the end of {when} the lender is {} in the median future, {} or worse in one of twenty",
        say(npv.median()),
        say(npv.interval_90().0)
    )
}
