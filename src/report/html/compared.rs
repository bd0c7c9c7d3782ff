//! The tables of a comparison: figures by scenario with their differences, targets, and the assumptions that
//! differ.

use super::super::comparison::targets::shared_targets;
use super::super::comparison::{
    is_there, last_year, shown_years, titles, written_like, year_in_short, year_in_words,
};
use super::super::digits::{Columns, Digits};
use super::super::findings::{CHANCE_IN_WORDS, FIRST_IN_WORDS};
use super::table::{Cell, Table};
use crate::compare::{Comparison, Difference, Dominance, FigureComparison, differing};
use crate::plot::theme;
use crate::results::{RunResult, TargetResult};
use crate::units::Dimension;
use crate::units::format::chance;

const AGAINST: [&str; 4] = ["difference", "90% interval", "± MC", "higher in"];

/// The scenarios, with their colours in the charts and their descriptions.
pub(super) fn scenarios(scenarios: &[RunResult]) -> Table {
    let mut table = Table::new("What is compared")
        .words(&["scenario"])
        .prose(&["story"])
        .noted(
            "The first is the baseline, with which the others are compared. Each has the same colour in all \
             charts; below its title: the name of the scenario.",
        )
        .unsorted();
    for (index, (result, title)) in scenarios.iter().zip(titles(scenarios)).enumerate() {
        table.row(vec![
            Cell::words(&title).coloured(&theme::palette(index).css()).with_aside(&result.info.name),
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
        .numbers(&["mean", "90% interval"])
        .numbers(&AGAINST)
        .noted(
            "Difference to the first scenario: mean, 90% interval of the differences run by run, and ± MC, \
             half of the 95% Monte Carlo interval of the mean. Higher in: share of futures in which the \
             scenario is higher by more than 1% of the first scenario's mean. ▲ first-order dominance: at \
             least as likely to reach any amount (▼: no more likely to reach any amount).",
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
        .numbers(&["mean", "90% interval"])
        .numbers(&AGAINST)
        .filtered("Find", &[]);
    let labels = titles(&comparison.scenarios);
    let of_year = comparison.figures.iter().filter(|figure| figure.figure.year == year);
    for figure in of_year.filter(|figure| is_there(figure)) {
        let columns = Columns::of(figure.figure.dimension, &written_like(comparison, figure));
        let name = || Cell::words(&figure.figure.title).with_aside(columns.unit());
        for row in rows(figure, &labels, columns, name) {
            table.row(row);
        }
    }
    table
}

/// A row for each scenario. Every row names its figure, because readers may sort the table.
fn rows(
    figure: &FigureComparison,
    labels: &[String],
    columns: Columns,
    name: impl Fn() -> Cell,
) -> Vec<Vec<Cell>> {
    let row = |(index, label): (usize, &String)| {
        let value = &figure.values[index];
        let own = vec![
            name(),
            Cell::words(label),
            columns.own.number(value.mean),
            columns.own.range(value.interval_90()),
        ];
        let difference =
            index.checked_sub(1).map(|other| against(&figure.differences[other], columns.against));
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

/// The chance of each target in every scenario, and the first period in which it is at least 50%.
pub(super) fn targets(comparison: &Comparison) -> Table {
    let labels = titles(&comparison.scenarios);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let mut table = Table::new("Chances of targets")
        .words(&["target"])
        .numbers(&labels)
        .noted(&format!("{CHANCE_IN_WORDS}. Below each chance: where it is at least 50%, {FIRST_IN_WORDS}."));
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

/// The values and sources of each scenario where they differ.
pub(super) fn assumptions(scenarios: &[RunResult]) -> Table {
    let labels = titles(scenarios);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let mut table = Table::new("Assumptions and settings that differ")
        .words(&["assumption"])
        .prose(&labels)
        .filtered("Find", &[])
        .noted(
            "The value as written in the scenario; below it: its source. Empty where a scenario doesn't \
             state it.",
        );
    for row in differing(scenarios) {
        let cells = row.stated.iter().map(|stated| {
            stated.map_or_else(Cell::default, |one| Cell::words(&one.written).with_aside(&one.source))
        });
        table.row([Cell::words(row.path)].into_iter().chain(cells).collect());
    }
    table
}
