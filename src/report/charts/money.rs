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

/// Indices of colours in the palette, the same in every picture of money.
const CASH: usize = 0;
const SPENT: usize = 1;
const DRAWN: usize = 2;
const DEBT: usize = 4;
const KEPT: usize = 7;

/// One flow or stock of money: its label, colour and years.
type Flow<'r> = (&'static str, usize, Vec<&'r Summary>);

/// Flows of money as medians, with the fan of debt, or without credit that of spending; `None` without money.
pub(super) fn money(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let of = |path: &str| yearly(result, &years, path);
    let (cash, spent, kept) = (of("finance.cash")?, of("finance.spent")?, of("finance.kept")?);
    if let (Some(drawn), Some(debt)) = (of("finance.drawn"), of("finance.debt")) {
        let flows = [("cash income", CASH, cash), ("spending", SPENT, spent), ("credit drawn", DRAWN, drawn)];
        let what = "Medians by year of cash income, spending and credit drawn; debt at the year's end with \
                    50% and 90% interval";
        return Some(flows_and_fan(result, (debt_title(result), what), ("debt", DEBT, debt), flows));
    }
    let flows = [("cash income", CASH, cash), ("kept at the year's end", KEPT, kept)];
    let what = "Medians by year of cash income and of cash kept at the year's end; spending with 50% and 90% \
                interval";
    Some(flows_and_fan(result, (cash_title(result), what), ("spending", SPENT, spent), flows))
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

/// `Median cash income in 2030 is 28.7 MUSD, median spending 23.5 MUSD`: two medians, which are not those of
/// one future.
fn cash_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let median = |path: &str| result.year(path, year).map_or(0.0, Summary::median);
    let (cash, spent) = (median("finance.cash"), median("finance.spent"));
    let format = Format::new(Dimension::MONEY, [cash, spent], [cash - spent]);
    format!(
        "Median cash income in {when} is {}, median spending {}",
        format.with_unit(cash),
        format.with_unit(spent)
    )
}

/// `At the end of 2030 the median debt is 2.5 MUSD; in 5% of futures it is more than 8.9 MUSD`.
fn debt_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(debt) = result.year("finance.debt", year) else { return "The buyer's money".to_owned() };
    let (_, high) = debt.interval_90();
    if high == 0.0 {
        return format!("At the end of {when} there is debt in fewer than 5% of futures");
    }
    let format = Digits::of(Dimension::MONEY, [debt]).values;
    format!(
        "At the end of {when} the median debt is {}; in 5% of futures it is more than {}",
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
    // A small chance on an axis up to 100% would be a line along it.
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

/// The net present value of the lending so far by the end of each year; `None` without credit.
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
        "Net present value of the lending up to the year's end, repayments less loans: median, 50% interval, \
         90% interval",
        result,
        years_axis(result),
        YAxis::difference(money_axis(scale)),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    fan(&mut chart, &periods, &npv, scale, theme::palette(DEBT), ("", middle(result)));
    Some(chart)
}

/// `Up to 2030 the median net present value for the lender is −1.2 MUSD; in 5% of futures it is −9.8 MUSD or
/// less`.
fn lender_title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(npv) = result.year("lender.npv", year) else { return "The lender's result".to_owned() };
    let format = Digits::of(Dimension::MONEY, [npv]).values;
    let say = |value: f64| format!("{} {}", format.signed(value), format.unit());
    format!(
        "Up to {when} the median net present value for the lender is {}; in 5% of futures it is {} or less",
        say(npv.median()),
        say(npv.interval_90().0)
    )
}
