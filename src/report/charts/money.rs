//! The buyer's money by year: what comes in, what is spent, what is drawn, what is owed.

use super::{fan, largest, money_axis, new_chart, place};
use crate::plot::{Chart, Label, Line, XAxis, YAxis, theme};
use crate::report::findings::{last_year, shown_years};
use crate::results::{Period, RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// Flows of money as medians, debt with its range; `None` without credit.
pub(super) fn money(result: &RunResult) -> Option<Chart> {
    let years = shown_years(result);
    let yearly = |path: &str| -> Option<Vec<&Summary>> {
        let metric = result.metric(path)?;
        Some(years.iter().map(|&year| &metric.yearly[year]).collect())
    };
    let flows = [
        ("cash that comes in", yearly("finance.cash")?),
        ("spent", yearly("finance.spent")?),
        ("drawn from credit", yearly("finance.drawn")?),
    ];
    let debt = yearly("finance.debt")?;
    let highest = flows.iter().flat_map(|(_, flow)| flow).map(|summary| summary.median()).fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MONEY, largest(debt.iter().copied()).max(highest));
    let mut chart = new_chart(
        title(result),
        "Medians by year of what comes in, is spent and is drawn; what is owed at the year's end, with its ranges",
        result,
        XAxis::years(),
        YAxis::volume(money_axis(scale)),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    fan(&mut chart, &periods, &debt, scale, theme::palette(DEBT), "owed");
    for (number, (label, flow)) in flows.into_iter().enumerate() {
        let points = periods
            .iter()
            .zip(flow)
            .map(|(period, summary)| (place(period), summary.median() / scale.factor));
        let line = Line::new(points.collect(), theme::palette(number));
        chart.push(line.labelled(Label::new(label).with_value()));
    }
    Some(chart)
}

/// The place of debt's colour in the palette; the flows have those before it.
const DEBT: usize = 4;

/// `At the end of 2030 the median future owes 2.5 MUSD, one in twenty more than 8.9 MUSD`.
fn title(result: &RunResult) -> String {
    let (year, when) = last_year(result);
    let Some(debt) = result.year("finance.debt", year) else { return "The buyer's money".to_owned() };
    let defaulted = result.year("finance.defaulted", year).map_or(0.0, |summary| summary.mean);
    let defaults = if defaulted > 0.0 {
        format!("; in {} the buyer has defaulted by then", chance(defaulted))
    } else {
        String::new()
    };
    let (_, high) = debt.interval_90();
    if high == 0.0 {
        return format!("At the end of {when} hardly any future owes anything{defaults}");
    }
    let scale = Scale::for_largest(Dimension::MONEY, high);
    format!(
        "At the end of {when} the median future owes {}, one in twenty more than {}{defaults}",
        scale.show_with_unit(debt.median()),
        scale.show_with_unit(high)
    )
}
