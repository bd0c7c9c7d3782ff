//! The findings of a comparison in a few sentences: the head of its page.

use super::super::comparison::verdicts::verdicts;
use super::super::comparison::{last_year, titles, year_in_words};
use super::super::findings::main_constraint;
use super::page::Page;
use crate::compare::{Comparison, Differing, FigureComparison, Pairs, differing};
use crate::results::RunResult;
use crate::units::Dimension;
use crate::units::format::{Format, chance, count};

/// The most scenarios whose intervals of the difference are given.
const MOST_RANGES: usize = 3;

/// Adds the findings to the head of a page: what each scenario changes, how sure that is, and the main
/// constraints.
pub(super) fn tell(page: &mut Page, comparison: &Comparison) {
    let titles = titles(&comparison.scenarios);
    for (title, verdict) in titles[1..].iter().zip(verdicts(comparison, &titles)) {
        // An amount and its error stay on one line.
        page.finding(title, &verdict.replace(" ± ", "\u{a0}±\u{a0}"));
    }
    let Some(year) = last_year(comparison) else { return };
    page.finding("How sure?", &how_sure(comparison, &titles, year));
    page.finding("What holds exports back?", &what_holds_back(comparison, &titles, year));
}

/// The Monte Carlo error, the spread of the differences, and how many of the assumptions that differ are
/// judgement.
fn how_sure(comparison: &Comparison, titles: &[String], year: i32) -> String {
    let runs = match comparison.pairs {
        Pairs::Paired { runs } => runs,
        Pairs::Unpaired { .. } => comparison.scenarios[0].sound_runs(),
    };
    let exact = format!("±: half of the 95% Monte Carlo interval of a mean, with {} runs.", count(runs));
    let when = year_in_words(comparison, year);
    let ranges =
        comparison.figure("volume", year).map(|figure| ranges(figure, &when, titles)).unwrap_or_default();
    format!("{exact}{ranges} {}", sources(&comparison.scenarios))
}

/// ` The 90% interval of the difference in 2030 is −1.2 to +12.4 kt.`
fn ranges(figure: &FigureComparison, when: &str, titles: &[String]) -> String {
    let known: Vec<(&String, (f64, f64))> = titles[1..]
        .iter()
        .zip(&figure.differences)
        .filter_map(|(title, difference)| Some((title, difference.paired.as_ref()?.interval_90())))
        .collect();
    if known.is_empty() || known.len() > MOST_RANGES {
        return String::new();
    }
    let ends = known.iter().flat_map(|(_, (low, high))| [*low, *high]);
    let format = Format::new(Dimension::MASS, ends, known.iter().map(|(_, (low, high))| high - low));
    let range = |(title, (low, high)): &(&String, (f64, f64))| {
        let (low, high) = (format.signed(*low), format.signed(*high));
        let of = if known.len() == 1 { String::new() } else { format!(" for {title}") };
        format!("{low} to {high} {}{of}", format.unit())
    };
    let all: Vec<String> = known.iter().map(range).collect();
    format!(" The 90% interval of the difference in {when}, run by run, is {}.", all.join(", "))
}

/// `The scenarios differ in 35 assumptions, 31 of them judgement, and in 29 other settings.` An assumption
/// counts as judgement if it is judgement in any scenario that states it; other settings are those that
/// aren't numbers to be sourced, such as which route an event opens.
fn sources(scenarios: &[RunResult]) -> String {
    let rows = differing(scenarios);
    let (assumptions, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.is_assumption);
    let is_judged = |row: &&&Differing<'_>| row.stated.iter().flatten().any(|stated| stated.is_judgement());
    let judgement = assumptions.iter().filter(is_judged).count();
    let judged = match (assumptions.len(), judgement) {
        (0, _) => return format!("The scenarios differ in no assumption{}.", and_others(others.len())),
        (1, 0) => "one assumption, which isn't judgement".to_owned(),
        (1, _) => "one assumption, which is judgement".to_owned(),
        (all, 0) => format!("{all} assumptions, none of them judgement"),
        (all, some) => format!("{all} assumptions, {some} of them judgement"),
    };
    format!("The scenarios differ in {judged}{}.", and_others(others.len()))
}

fn and_others(settings: usize) -> String {
    match settings {
        0 => String::new(),
        1 => ", and in one other setting".to_owned(),
        some => format!(", and in {some} other settings"),
    }
}

/// `Main constraint and share of futures in 2030: Baseline: lack of money (45%); Bridge: policy (30%).`
fn what_holds_back(comparison: &Comparison, titles: &[String], year: i32) -> String {
    let of = |(result, title): (&RunResult, &String)| match main_constraint(result, year) {
        Some((cause, runs, _)) => format!("{title}: {} ({})", cause.as_lack(), chance(runs)),
        None => format!("{title}: hardly anything but demand"),
    };
    let each: Vec<String> = comparison.scenarios.iter().zip(titles).map(of).collect();
    let when = year_in_words(comparison, year);
    format!("Main constraint in {when}, with the share of futures: {}.", each.join("; "))
}
