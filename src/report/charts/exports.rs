//! What is exported in all, by month and by year, and what it is worth.

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
        "Total exports by month: the median future, the range that holds half of all futures, and nine in ten",
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
    say_nothing(&mut chart, &periods, &summaries);
    chart
}

/// Where the known past ends and the forecast begins.
fn mark_forecast(chart: &mut Chart, result: &RunResult, past: &Past) {
    if !past.is_empty() {
        let start = result.info.horizon.start;
        // On an axis of whole years the border lies between two categories.
        let x = if chart.x.kind == XKind::Years { f64::from(start.year()) - 0.5 } else { start.as_years() };
        chart.push(Marker { x, label: "forecast".to_owned(), dashed: false });
    }
}

/// A line along the axis looks like a mistake until somebody says that it is none.
fn say_nothing(chart: &mut Chart, periods: &[&Period], summaries: &[&Summary]) {
    if summaries.iter().all(|summary| summary.mean == 0.0) && !periods.is_empty() {
        let middle = place(periods[periods.len() / 2]);
        chart.push(Note::new(middle, 0.5, "nothing is exported in any future", theme::GREY).bare());
    }
}

/// What the totals of years are about.
#[derive(Clone, Copy)]
struct Subject {
    path: &'static str,
    dimension: Dimension,
    /// Begins the title.
    noun: &'static str,
    /// Begins the subtitle.
    what: &'static str,
    /// Whether the verb is that of one thing.
    singular: bool,
}

const VOLUME: Subject = Subject {
    path: "volume",
    dimension: Dimension::MASS,
    noun: "Exports",
    what: "Total exports by year",
    singular: false,
};
const VALUE: Subject = Subject {
    path: "value",
    dimension: Dimension::MONEY,
    noun: "The value of exports",
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
        &format!("{}: median, the range that holds half of all futures, and nine in ten", subject.what),
        result,
        years_axis(result),
        YAxis::volume(unit),
    );
    let periods: Vec<&Period> = years.iter().map(|&year| &result.years[year]).collect();
    let past = Past::of(result, subject.path, scale.factor);
    fan(&mut chart, &periods, &summaries, scale, theme::palette(MAIN), ("", middle(result)));
    past.draw_by_year(&mut chart, Some((place(periods[0]), summaries[0].median() / scale.factor)));
    mark_forecast(&mut chart, result, &past);
    say_nothing(&mut chart, &periods, &summaries);
    Some(chart)
}

/// `Exports reach 31 kt in 2030; half of all futures lie between 24 and 41`.
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

/// `…; half of all futures lie between 24 and 41`; a range without width would only repeat the number.
fn with_half(median: String, summary: &Summary, format: Format) -> String {
    let (low, high) = summary.interval_50();
    if are_equal(low, high) {
        return median;
    }
    format!("{median}; half of all futures lie between {}", format.between((low, high)))
}

/// What is said of a single future, and of nothing.
fn without_a_fan(result: &RunResult, summary: &Summary, subject: Subject, when: &str) -> Option<String> {
    if summary.interval_90() == (0.0, 0.0) && summary.mean == 0.0 {
        return Some(format!("Nothing is exported in {when}"));
    }
    if result.sound_runs() == 1 {
        let amount = Scale::for_largest(subject.dimension, summary.mean).show_with_unit(summary.mean);
        return Some(format!("One future: {amount} in {when}"));
    }
    (summary.median() == 0.0).then(|| format!("In half of all futures or more nothing is exported in {when}"))
}

fn verb(result: &RunResult, subject: Subject, summary: &Summary) -> String {
    let known = result.history_of(subject.path);
    let eve = result.info.horizon.start.year() - 1;
    // Part of a year is not to be held against a whole one, and a level of long ago says nothing of a rise.
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

/// `In Dec 2030 the median future exports 3.0 kt; half of all futures lie between 1.5 and 5.2`.
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
    let median = format!("In {when} the median future exports {}", format.with_unit(summary.median()));
    with_half(median, summary, format)
}
