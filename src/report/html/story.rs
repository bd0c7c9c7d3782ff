//! A result in a few sentences, made from its numbers: what stands first on the page of a run.

use super::super::digits::Digits;
use super::super::driven::{unexplained, what_drives, what_would_move};
use super::super::findings::{
    binding, has_whole_years, last_year, left_by_a_cause, main_constraint, over_all_years, volume,
    without_uncertainty,
};
use super::super::register::Evidence;
use super::page::Page;
use crate::attribution::Drivers;
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Format, chance, count, number};

/// A Monte Carlo interval this much narrower than that of the futures does not matter beside it.
const MATTERS_FROM: f64 = 0.1;
/// A further cause that binds in fewer runs than this isn't mentioned.
const MENTIONED_FROM: f64 = 0.05;

/// Puts the answers at the head of a page: what, how sure, what holds it back, what drives it, what would change it.
pub(super) fn tell(page: &mut Page, result: &RunResult, drivers: Option<&Drivers>) {
    let (year, when) = last_year(result);
    let Some(volume) = volume(result, year) else { return };
    let format = Digits::of(Dimension::MASS, [volume]).values;
    let all_years = over_all_years(result).map(|text| format!(" {text}")).unwrap_or_default();
    page.finding("How much?", &(how_much(result, volume, format, &when) + &all_years));
    page.finding("How sure?", &how_sure(result, volume, format, drivers));
    page.finding("What holds it back?", &what_holds_back(result, year, &when));
    if let Some(text) = drivers.and_then(what_drives) {
        page.finding("What drives it?", &text);
    }
    let changes = [drivers.and_then(what_would_move), what_would_change(result, year, &when)];
    let changes: Vec<String> = changes.into_iter().flatten().collect();
    if !changes.is_empty() {
        page.finding("What would change it?", &changes.join(" "));
    }
    if let Some(text) = without_uncertainty(result) {
        page.finding("Without uncertainty?", &text);
    }
}

/// `In 2030 the median future exports 32.5 kt, after 22 kt in 2024. Half of all futures lie between 18.7 and 52 kt.`
fn how_much(result: &RunResult, volume: &Summary, format: Format, when: &str) -> String {
    let median = amount(format, volume.median());
    // A part of a year is not to be held against a whole one.
    let history = result.history_of("volume");
    let known = history.iter().max_by_key(|(year, _)| *year).filter(|_| has_whole_years(result));
    let after = known
        .map(|(year, value)| format!(", after {} in {year}", amount(format, *value)))
        .unwrap_or_default();
    if volume.sd == 0.0 {
        return format!("In {when} every future exports {median}{after}.");
    }
    let (low, high) = volume.interval_50();
    format!(
        "In {when} the median future exports {median}{after}. Half of all futures lie between {} and {}.",
        format.show(low),
        amount(format, high)
    )
}

/// An amount and its unit, which stay on one line.
fn amount(format: Format, value: f64) -> String {
    format.with_unit(value).replace(' ', "\u{a0}")
}

/// How wide the futures spread, what could narrow that, and on whose word it all rests.
fn how_sure(result: &RunResult, volume: &Summary, format: Format, drivers: Option<&Drivers>) -> String {
    let evidence = Evidence::of(&result.assumptions).in_words();
    if volume.sd == 0.0 {
        return format!("Nothing is uncertain in this scenario. It rests on {evidence}.");
    }
    let (low, high) = volume.interval_90();
    format!(
        "Nine in ten futures lie between {} and {}. {} It rests on {evidence}.",
        format.show(low),
        amount(format, high),
        what_narrows(result, volume, drivers)
    )
}

/// Whether more runs would narrow the spread, and what would.
fn what_narrows(result: &RunResult, volume: &Summary, drivers: Option<&Drivers>) -> String {
    let runs = count(result.sound_runs());
    let Some(precision) = volume.precision() else {
        return "How exact that is can't be told from so few runs.".to_owned();
    };
    let known = format!("{runs} runs give the mean to within {}%", number(precision * 100.0));
    let (low, high) = volume.interval_90();
    if precision * volume.mean.abs() >= MATTERS_FROM * (high - low) / 2.0 {
        return format!("More runs would show it more exactly: {known}.");
    }
    let better = drivers.and_then(unexplained).map(what_better_numbers_would).unwrap_or_default();
    format!("More runs would not narrow that: {known}.{better}")
}

/// What no number explains stays, however good the numbers are.
fn what_better_numbers_would((unexplained, (low, high)): (f64, (f64, f64))) -> String {
    format!(
        " To know every number of the scenario, each noise and path by its yearly means, and when each shock comes, would take \
         away about {} of its variance ({} to {}); the rest would stay.",
        chance(1.0 - unexplained),
        chance(1.0 - high),
        chance(1.0 - low)
    )
}

/// The cause that binds most, and the next one.
fn what_holds_back(result: &RunResult, year: i32, when: &str) -> String {
    let Some((cause, runs, unmet)) = main_constraint(result, year) else {
        return format!("In {when} hardly anything but demand.");
    };
    let next = binding(result, year)
        .into_iter()
        .find(|&(other, runs, _)| other != cause && runs >= MENTIONED_FROM)
        .map(|(other, runs, _)| format!(" Next comes {}, in {}.", other.as_lack(), chance(runs)))
        .unwrap_or_default();
    format!(
        "Most of all {}: in {} of all futures it leaves more {} in {when} than anything else, on average {} of what is \
         wanted.{next}",
        cause.as_lack(),
        chance(runs),
        left_by_a_cause(result),
        chance(unmet)
    )
}

/// What the leading constraint costs: no more than that could be won by lifting it.
fn what_would_change(result: &RunResult, year: i32, when: &str) -> Option<String> {
    let (cause, ..) = main_constraint(result, year)?;
    let unmet = result.year(&cause.unmet(), year)?.mean;
    if unmet <= 0.0 {
        return None;
    }
    let format = Format::new(Dimension::MASS, [unmet], []);
    Some(format!(
        "If nothing were lost to {}, exports in {when} would be up to {} higher on average: less where something else then \
         stands in the way.",
        cause.as_lack(),
        amount(format, unmet)
    ))
}
