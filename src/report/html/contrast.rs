//! A comparison in a few sentences: what stands first on its page.

use super::super::comparison::verdicts::verdicts;
use super::super::comparison::{last_year, text::signed, titles, year_in_words};
use super::super::findings::{cause_as_lack, main_constraint};
use super::page::Page;
use crate::compare::{Comparison, Differing, FigureComparison, Pairs, differing};
use crate::results::RunResult;
use crate::units::Dimension;
use crate::units::format::{Scale, chance, count};

/// Of so many scenarios the range of the differences is told.
const MOST_RANGES: usize = 3;

/// Puts the answers at the head of a page: what each scenario changes, how sure that is, and what holds exports back.
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

/// What the runs leave open, how far the futures differ, and on whose word the difference rests.
fn how_sure(comparison: &Comparison, titles: &[String], year: i32) -> String {
    let runs = match comparison.pairs {
        Pairs::Paired { runs } => runs,
        Pairs::Unpaired { .. } => comparison.scenarios[0].sound_runs(),
    };
    let exact = format!(
        "What stands behind ± is how much another seed would move a mean, 19 times in 20, with {} runs.",
        count(runs)
    );
    let when = year_in_words(comparison, year);
    let ranges =
        comparison.figure("volume", year).map(|figure| ranges(figure, &when, titles)).unwrap_or_default();
    format!("{exact}{ranges} {}", on_whose_word(&comparison.scenarios))
}

/// ` In nine in ten futures the difference in 2030 is between -1.2 and +12.4 kt.`
fn ranges(figure: &FigureComparison, when: &str, titles: &[String]) -> String {
    let known: Vec<(&String, (f64, f64))> = titles[1..]
        .iter()
        .zip(&figure.differences)
        .filter_map(|(title, difference)| Some((title, difference.paired.as_ref()?.interval_90())))
        .collect();
    if known.is_empty() || known.len() > MOST_RANGES {
        return String::new();
    }
    let ends = known.iter().flat_map(|(_, (low, high))| [low.abs(), high.abs()]);
    let largest = ends.fold(0.0, f64::max);
    let scale = Scale::for_largest(Dimension::MASS, largest);
    let decimals = scale.decimals(largest);
    let range = |(title, (low, high)): &(&String, (f64, f64))| {
        let (low, high) = (signed(scale, *low, decimals), signed(scale, *high, decimals));
        let of = if known.len() == 1 { String::new() } else { format!(" for {title}") };
        format!("between {low} and {high} {}{of}", scale.unit)
    };
    let all: Vec<String> = known.iter().map(range).collect();
    format!(" But futures differ: in nine in ten of them the difference in {} is {}.", when, all.join(", "))
}

/// How many numbers differ, and how many of those are judgement in a scenario that states them.
fn on_whose_word(scenarios: &[RunResult]) -> String {
    let rows = differing(scenarios);
    let is_judged = |row: &&Differing<'_>| row.stated.iter().flatten().any(|stated| stated.is_judgement());
    let judgement = rows.iter().filter(is_judged).count();
    match rows.len() {
        0 => "No number differs between the scenarios.".to_owned(),
        1 => format!(
            "The scenarios differ in one number, which {} judgement.",
            if judgement == 1 { "is" } else { "is no" }
        ),
        all => format!(
            "The scenarios differ in {all} numbers, of which {judgement} {} judgement.",
            if judgement == 1 { "is" } else { "are" }
        ),
    }
}

/// `Baseline: lack of money (45%); Bridge: rules (30%).`
fn what_holds_back(comparison: &Comparison, titles: &[String], year: i32) -> String {
    let of = |(result, title): (&RunResult, &String)| match main_constraint(result, year) {
        Some((cause, runs, _)) => format!("{title}: {} ({})", cause_as_lack(cause), chance(runs)),
        None => format!("{title}: hardly anything but demand"),
    };
    let each: Vec<String> = comparison.scenarios.iter().zip(titles).map(of).collect();
    let when = year_in_words(comparison, year);
    format!("Most of all, and in how many futures of {when}: {}.", each.join("; "))
}
