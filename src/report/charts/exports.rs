//! Total exports by month and by year, and their value.

use super::past::Past;
use super::{
    MAIN, dates, fan, largest, mass_axis, middle, money_axis, new_chart, place, yearly, yearly_axis,
    years_axis,
};
use crate::plan::Period;
use crate::plot::{Chart, Marker, Note, XKind, YAxis, theme};
use crate::report::digits::Digits;
use crate::report::findings::{has_whole_years, last_year, shown_years};
use crate::results::{MetricResult, RunResult, Summary};
use crate::stats::are_equal;
use crate::units::Dimension;
use crate::units::format::{Format, Scale};

fn volume_metric(result: &RunResult) -> &MetricResult {
    result.metric("volume").expect("every corridor has a total volume")
}

pub(super) fn by_month(result: &RunResult) -> Chart {
    let metric = volume_metric(result);
    let known = Past::of(result, "volume", 12.0).highest();
    let scale = Scale::for_largest(Dimension::MASS, largest(&metric.monthly).max(known));
    let mut chart = new_chart(
        month_title(result),
        "Total exports by month: median, 50% interval, 90% interval",
        result,
        dates(result),
        YAxis::volume(mass_axis(scale, "month")),
    );
    let periods: Vec<&Period> = result.months.iter().collect();
    let summaries: Vec<&Summary> = metric.monthly.iter().collect();
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN), ("", middle(result)));
    let past = Past::of(result, "volume", 12.0 * scale.factor);
    past.draw_by_month(&mut chart);
    mark_forecast(&mut chart, result, &past);
    note_zero_exports(&mut chart, &periods, &summaries);
    chart
}

/// Where the known past ends and the forecast begins.
fn mark_forecast(chart: &mut Chart, result: &RunResult, past: &Past) {
    if !past.is_empty() {
        let start = result.info.horizon.start;
        // On an axis of years the forecast begins between two categories.
        let x = if chart.x.kind == XKind::Years { f64::from(start.year()) - 0.5 } else { start.as_years() };
        chart.push(Marker { x, label: "forecast".to_owned(), dashed: false });
    }
}

/// Says that nothing is exported where all values are zero: a line along the axis would look like a mistake.
fn note_zero_exports(chart: &mut Chart, periods: &[&Period], summaries: &[&Summary]) {
    if summaries.iter().all(|summary| summary.mean == 0.0) && !periods.is_empty() {
        let middle = place(periods[periods.len() / 2]);
        chart.push(Note::new(middle, 0.5, "nothing is exported in any future", theme::GREY).bare());
    }
}

/// The metric of a picture of yearly totals, with its words.
#[derive(Clone, Copy)]
struct Subject {
    path: &'static str,
    dimension: Dimension,
    /// Begins the title.
    noun: &'static str,
    /// Begins the subtitle.
    what: &'static str,
    /// Whether the noun is singular.
    singular: bool,
}

const VOLUME: Subject = Subject {
    path: "volume",
    dimension: Dimension::MASS,
    noun: "Median exports",
    what: "Total exports by year",
    singular: false,
};
const VALUE: Subject = Subject {
    path: "value",
    dimension: Dimension::MONEY,
    noun: "The median value of exports",
    what: "Value of total exports at the border by year",
    singular: true,
};

pub(super) fn by_year(result: &RunResult) -> Chart {
    totals(result, VOLUME).expect("every corridor has a total volume")
}

/// The value of all exports; `None` where nothing has a price or nothing is exported.
pub(super) fn value_by_year(result: &RunResult) -> Option<Chart> {
    let (year, _) = last_year(result);
    let has_value = result.year(VALUE.path, year).is_some_and(|summary| summary.mean > 0.0);
    has_value.then(|| totals(result, VALUE)).flatten()
}

fn totals(result: &RunResult, subject: Subject) -> Option<Chart> {
    let years = shown_years(result);
    let summaries = yearly(result, &years, subject.path)?;
    let known = Past::of(result, subject.path, 1.0).highest();
    let scale = Scale::for_largest(subject.dimension, largest(summaries.iter().copied()).max(known));
    let unit = match subject.dimension {
        Dimension::MASS => yearly_axis(result, scale),
        _ => money_axis(scale).to_owned(),
    };
    let mut chart = new_chart(
        headline(result, subject),
        &format!("{}: median, 50% interval, 90% interval", subject.what),
        result,
        years_axis(result),
        YAxis::volume(unit),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    let past = Past::of(result, subject.path, scale.factor);
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN), ("", middle(result)));
    past.draw_by_year(&mut chart, Some((place(periods[0]), summaries[0].median() / scale.factor)));
    mark_forecast(&mut chart, result, &past);
    note_zero_exports(&mut chart, &periods, &summaries);
    Some(chart)
}

/// `Median exports reach 31 kt in 2030; 50% interval 24 to 41 kt`.
fn headline(result: &RunResult, subject: Subject) -> String {
    let (year, when) = last_year(result);
    let Some(summary) = result.year(subject.path, year) else { return subject.noun.to_owned() };
    if let Some(words) = without_a_fan(result, summary, subject, &when) {
        return words;
    }
    let format = Digits::of(subject.dimension, [summary]).values;
    let median = format!(
        "{} {} {} in {when}",
        subject.noun,
        verb(result, subject, summary),
        format.with_unit(summary.median())
    );
    with_half(median, summary, format)
}

/// `…; 50% interval 24 to 41 kt`, unless it has no width.
fn with_half(median: String, summary: &Summary, format: Format) -> String {
    let (low, high) = summary.interval_50();
    if are_equal(low, high) {
        return median;
    }
    format!("{median}; 50% interval {} to {}", format.show(low), format.with_unit(high))
}

/// The title where there is a single future, or no exports in half of all futures.
fn without_a_fan(result: &RunResult, summary: &Summary, subject: Subject, when: &str) -> Option<String> {
    if summary.interval_90() == (0.0, 0.0) && summary.mean == 0.0 {
        return Some(format!("Nothing is exported in {when}"));
    }
    if result.sound_runs() == 1 {
        let amount = Scale::for_largest(subject.dimension, summary.mean).show_with_unit(summary.mean);
        return Some(format!("One future: {amount} in {when}"));
    }
    (summary.median() == 0.0)
        .then(|| format!("In at least half of all futures nothing is exported in {when}"))
}

fn verb(result: &RunResult, subject: Subject, summary: &Summary) -> String {
    let known = result.history_of(subject.path);
    let eve = result.info.horizon.start.year() - 1;
    // A part of a year can't be compared with a whole one, and a rise is from the year before the forecast
    // only.
    let known = known.last().filter(|&&(year, _)| has_whole_years(result) && year == eve);
    let verb = match known {
        Some(&(_, known)) if summary.median() > known * 1.05 => "rise",
        Some(&(_, known)) if summary.median() < known * 0.95 => "fall",
        Some(_) => "stay",
        None => "reach",
    };
    let ending = match (subject.singular, verb) {
        (true, "reach") => "es",
        (true, _) => "s",
        _ => "",
    };
    let preposition = match verb {
        "stay" => " near",
        "reach" => "",
        _ => " to",
    };
    format!("{verb}{ending}{preposition}")
}

/// `Median exports in Dec 2030 are 3.0 kt; 50% interval 1.5 to 5.2 kt`.
fn month_title(result: &RunResult) -> String {
    let metric = volume_metric(result);
    let Some((period, summary)) = result.months.last().zip(metric.monthly.last()) else {
        return "Exports by month".to_owned();
    };
    let when = period.start.in_words();
    if let Some(words) = without_a_fan(result, summary, VOLUME, &when) {
        return words;
    }
    let format = Digits::of(Dimension::MASS, [summary]).values;
    let median = format!("Median exports in {when} are {}", format.with_unit(summary.median()));
    with_half(median, summary, format)
}
