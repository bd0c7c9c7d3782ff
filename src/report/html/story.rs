//! The findings of a run in a few sentences, made from its numbers: the head of its page.

use super::super::digits::Digits;
use super::super::driven::{unexplained, what_drives, what_would_move};
use super::super::findings::{
    binding, deterministic_case, has_whole_years, last_year, left_by_a_cause, main_constraint,
    over_all_years, volume,
};
use super::super::register::Evidence;
use super::page::Page;
use crate::attribution::Drivers;
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Format, chance, count, number};

/// A Monte Carlo error below this share of the half width of the 90% interval is negligible beside it.
const MATTERS_FROM: f64 = 0.1;
/// A further cause that is the main constraint in fewer runs than this isn't mentioned.
const MENTIONED_FROM: f64 = 0.05;

/// Adds the findings to the head of a page: how much, how sure, main constraint, drivers, what would change
/// it.
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
    if let Some(text) = deterministic_case(result) {
        page.finding("Without uncertainty?", &text);
    }
}

/// `Median exports in 2030 are 32.5 kt, after 22 kt in 2024. The 50% interval is 18.7 to 52 kt.`
fn how_much(result: &RunResult, volume: &Summary, format: Format, when: &str) -> String {
    let median = amount(format, volume.median());
    // A part of a year must not be compared with a whole one.
    let history = result.history_of("volume");
    let known = history.iter().max_by_key(|(year, _)| *year).filter(|_| has_whole_years(result));
    let after = known
        .map(|(year, value)| format!(", after {} in {year}", amount(format, *value)))
        .unwrap_or_default();
    if volume.sd == 0.0 {
        return format!("Exports in {when} are {median} in every future{after}.");
    }
    let (low, high) = volume.interval_50();
    format!(
        "Median exports in {when} are {median}{after}. The 50% interval is {} to {}.",
        format.show(low),
        amount(format, high)
    )
}

/// An amount and its unit, which stay on one line.
fn amount(format: Format, value: f64) -> String {
    format.with_unit(value).replace(' ', "\u{a0}")
}

/// The 90% interval, what could narrow it, and how many assumptions have a source.
fn how_sure(result: &RunResult, volume: &Summary, format: Format, drivers: Option<&Drivers>) -> String {
    let evidence = Evidence::of(&result.assumptions).in_words();
    if volume.sd == 0.0 {
        return format!("Nothing is uncertain in this scenario. It is based on {evidence}.");
    }
    let (low, high) = volume.interval_90();
    format!(
        "The 90% interval is {} to {}. {} The forecast is based on {evidence}.",
        format.show(low),
        amount(format, high),
        what_narrows(result, volume, drivers)
    )
}

/// Whether more runs or better inputs would narrow the interval.
fn what_narrows(result: &RunResult, volume: &Summary, drivers: Option<&Drivers>) -> String {
    let runs = count(result.sound_runs());
    let Some(precision) = volume.precision() else {
        return format!("The Monte Carlo error can't be estimated from {runs} runs.");
    };
    let known =
        format!("with {runs} runs the 95% Monte Carlo error of the mean is {}%", number(precision * 100.0));
    let (low, high) = volume.interval_90();
    if precision * volume.mean.abs() >= MATTERS_FROM * (high - low) / 2.0 {
        return format!("More runs would make these figures more precise: {known}.");
    }
    let better = drivers.and_then(unexplained).map(what_exact_inputs_would).unwrap_or_default();
    format!("More runs would not narrow it: {known}.{better}")
}

/// The residual remains, however well the inputs are known.
fn what_exact_inputs_would((unexplained, (low, high)): (f64, (f64, f64))) -> String {
    format!(
        " Knowing every input exactly, the yearly means of every noise and random path, and when each shock \
         comes would remove about {} of the variance ({} to {}); the rest would remain.",
        chance(1.0 - unexplained),
        chance(1.0 - high),
        chance(1.0 - low)
    )
}

/// The main constraint, and the next one.
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
        "Mainly {}: in {} of all futures it is the cause that leaves most demand {} in {when}, on average {} \
         of demand over all futures.{next}",
        cause.as_lack(),
        chance(runs),
        left_by_a_cause(result),
        chance(unmet)
    )
}

/// The demand that the main constraint leaves unmet: lifting it can add no more than that.
fn what_would_change(result: &RunResult, year: i32, when: &str) -> Option<String> {
    let (cause, ..) = main_constraint(result, year)?;
    let unmet = result.year(&cause.unmet(), year)?.mean;
    if unmet <= 0.0 {
        return None;
    }
    let format = Format::new(Dimension::MASS, [unmet], []);
    Some(format!(
        "If no demand were lost to {}, exports in {when} would be up to {} higher on average: less where \
         another constraint then binds.",
        cause.as_lack(),
        amount(format, unmet)
    ))
}
