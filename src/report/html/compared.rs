//! The tables of a comparison: figures by scenario with their differences, targets, and the assumptions that differ.

use super::super::comparison::targets::shared_targets;
use super::super::comparison::{is_there, last_year, shown_years, titles, year_in_short, year_in_words};
use super::super::digits::{Columns, Digits};
use super::super::findings::FIRST_IN_WORDS;
use super::table::{Cell, Table};
use crate::compare::{Comparison, Difference, Dominance, FigureComparison, differing};
use crate::plot::theme;
use crate::results::{RunResult, TargetResult};
use crate::units::Dimension;
use crate::units::format::chance;

const AGAINST: [&str; 4] = ["difference", "nine in ten", "± MC", "more in"];

/// The scenarios, in the colours of the charts, with their stories.
pub(super) fn scenarios(scenarios: &[RunResult]) -> Table {
    let mut table = Table::new("What is compared")
        .words(&["scenario"])
        .prose(&["story"])
        .noted("The first is what the others are held against. Each has its colour in all charts; below its name stands what its file is called.")
        .unsorted();
    for (place, (result, title)) in scenarios.iter().zip(titles(scenarios)).enumerate() {
        table.row(vec![
            Cell::words(&title).coloured(&theme::palette(place).css()).with_aside(&result.info.name),
            Cell::words(result.info.description.split("\n\n").next().unwrap_or_default()),
        ]);
    }
    table
}

/// Total exports by year and scenario.
pub(super) fn volumes(comparison: &Comparison) -> Table {
    let years = shown_years(comparison);
    let found: Vec<&FigureComparison> =
        years.into_iter().filter_map(|year| comparison.figure("volume", year)).collect();
    let columns = Columns::of(Dimension::MASS, &found);
    let mut table = Table::new(&format!("Exports by year, {}", columns.unit()))
        .words(&["year", "scenario"])
        .numbers(&["mean", "nine in ten"])
        .numbers(&AGAINST)
        .noted(
            "Difference to the first scenario: its mean, the range that holds nine in ten of the futures' own differences, the \
             half of the 95% Monte Carlo interval of its mean, and in how many futures there is more, by over 1% of the first \
             scenario's mean. ▲ stands where a scenario is at \
             least as likely to reach any amount (▼ no more likely).",
        );
    let labels = titles(&comparison.scenarios);
    for figure in found {
        let year = figure.figure.year;
        let name = || Cell::number(&year_in_short(comparison, year), f64::from(year));
        for row in rows(figure, &labels, columns, name) {
            table.row(row);
        }
    }
    table
}

/// Everything else that is compared, in the last year.
pub(super) fn figures(comparison: &Comparison) -> Table {
    let year = last_year(comparison).unwrap_or_default();
    let mut table = Table::new(&format!("All figures compared in {}", year_in_words(comparison, year)))
        .words(&["figure", "scenario"])
        .numbers(&["mean", "nine in ten"])
        .numbers(&AGAINST)
        .filtered("Find", &[]);
    let labels = titles(&comparison.scenarios);
    let of_year = comparison.figures.iter().filter(|figure| figure.figure.year == year);
    for figure in of_year.filter(|figure| is_there(figure)) {
        let columns = Columns::of(figure.figure.dimension, &[figure]);
        let name = || Cell::words(&figure.figure.title).with_aside(columns.unit());
        for row in rows(figure, &labels, columns, name) {
            table.row(row);
        }
    }
    table
}

/// A row for each scenario. Every row says what it is of, so that it may stand anywhere.
fn rows(
    figure: &FigureComparison,
    labels: &[String],
    columns: Columns,
    name: impl Fn() -> Cell,
) -> Vec<Vec<Cell>> {
    let row = |(place, label): (usize, &String)| {
        let value = &figure.values[place];
        let own = vec![
            name(),
            Cell::words(label),
            columns.own.number(value.mean),
            columns.own.range(value.interval_90()),
        ];
        let difference =
            place.checked_sub(1).map(|other| against(&figure.differences[other], columns.against));
        [own, difference.unwrap_or_else(|| vec![Cell::default(); AGAINST.len()])].concat()
    };
    labels.iter().enumerate().map(row).collect()
}

fn against(difference: &Difference, digits: Digits) -> Vec<Cell> {
    let range = difference.paired.as_ref().map_or_else(Cell::default, |paired| {
        let (low, high) = paired.interval_90();
        Cell::number(&digits.values.signed_range((low, high)), high)
    });
    let above = if difference.above.is_nan() { "–".to_owned() } else { chance(difference.above) };
    let dominance = match difference.dominance {
        Dominance::Above => "▲ ",
        Dominance::Below => "▼ ",
        Dominance::Equal | Dominance::Neither => "",
    };
    vec![
        Cell::number(&digits.values.signed(difference.mean), difference.mean),
        range,
        digits.error_cell(difference.standard_error),
        Cell::number(&format!("{dominance}{above}"), difference.above),
    ]
}

/// The chance of each target in every scenario, and when it is an even one.
pub(super) fn targets(comparison: &Comparison) -> Table {
    let labels = titles(&comparison.scenarios);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let mut table = Table::new("Chance in the target's year, or by the end of it")
        .words(&["target"])
        .numbers(&labels)
        .noted(&format!("Below each chance, from when it is 50%: {FIRST_IN_WORDS}."));
    for (title, of) in shared_targets(&comparison.scenarios) {
        let chances = of.into_iter().zip(&comparison.scenarios).map(target);
        table.row([Cell::words(&title)].into_iter().chain(chances).collect());
    }
    table
}

fn target((target, result): (Option<&TargetResult>, &RunResult)) -> Cell {
    let Some(target) = target else { return Cell::default() };
    let half = target.first_with_chance(0.5, &result.years);
    let half = half.map_or_else(String::new, |period| period.in_words());
    Cell::number(&chance(target.chance()), target.chance()).with_aside(&half)
}

/// What each scenario says where they differ.
pub(super) fn assumptions(scenarios: &[RunResult]) -> Table {
    let labels = titles(scenarios);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let mut table = Table::new("Everything that the scenarios state differently")
        .words(&["assumption"])
        .prose(&labels)
        .filtered("Find", &[])
        .noted(
            "The value as the scenario writes it; below, its source. Empty where a scenario doesn't have it.",
        );
    for row in differing(scenarios) {
        let said = row.stated.iter().map(|stated| {
            stated.map_or_else(Cell::default, |said| Cell::words(&said.written).with_aside(&said.source))
        });
        table.row([Cell::words(row.path)].into_iter().chain(said).collect());
    }
    table
}
