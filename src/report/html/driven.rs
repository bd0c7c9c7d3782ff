//! What drives the result of a run: a few words and the table behind them.

use super::super::driven::what_would_move;
use super::super::drivers::{ends, shown, shown_interval};
use super::page::Section;
use super::table::{Cell, Table};
use crate::attribution::{Driver, Drivers};
use crate::results::RunResult;
use crate::sensitivity::Index;
use crate::units::format::{Format, count};

/// Puts the words into the section of the drivers; nothing where nothing varies.
pub(super) fn tell(section: &mut Section, result: &RunResult, drivers: &Drivers) {
    if drivers.is_certain() {
        return;
    }
    section.text(&about(result, drivers));
    if let Some(text) = what_would_move(drivers) {
        section.text(&text);
    }
}

/// What is explained, and from what.
fn about(result: &RunResult, drivers: &Drivers) -> String {
    let runs = count(drivers.figure.count());
    let runs = if drivers.figure.count() == result.sound_runs() {
        format!("the {runs} runs")
    } else {
        format!("the first {runs} runs")
    };
    format!(
        "Futures differ because the numbers of the scenario do, because shocks come or stay away, and because noise and random paths \
         take their course. From {runs}, the same that simulate sensitivity takes, it can be told how much of the variance of exports \
         in {} each explains: by how much it would shrink if that were known.",
        drivers.year.in_words()
    )
}

/// The drivers, the largest share first, and what is left; no rows where nothing varies.
pub(super) fn table(drivers: &Drivers) -> Table {
    let format = ends(drivers);
    let unit = format.unit();
    let mut table = Table::new(&format!("What exports in {} depend on", drivers.year.in_words()))
        .words(&["what"])
        .numbers(&["share", "95% MC interval", &format!("mean where low, {unit}"), &format!("where high, {unit}")])
        .words(&["on whose word"])
        .noted(
            "Share: of the variance, by what each explains alone; an event, a project or a shock with all that belongs to it, a noise \
             or a path by its yearly means up to that year. Low and high: in the lowest and in the highest tenth of the number, or of \
             the path's mean of that year; of an event, a project or a shock without it and with it.",
        );
    if drivers.is_certain() {
        return table;
    }
    for driver in drivers.largest() {
        table.row(row(driver, format));
    }
    for (name, share) in drivers.sums() {
        table.row(rest(&name, share));
    }
    table
}

fn row(driver: &Driver, format: Format) -> Vec<Cell> {
    let end =
        |mean: Option<f64>| mean.map_or_else(Cell::default, |mean| Cell::number(&format.show(mean), mean));
    let word = if driver.is_judgement { Cell::default().tagged("judgement") } else { Cell::default() };
    let [share, interval] = shares(driver.share);
    vec![
        Cell::words(&driver.path),
        share,
        interval,
        end(driver.swing.map(|swing| swing.low.mean())),
        end(driver.swing.map(|swing| swing.high.mean())),
        word,
    ]
}

fn rest(what: &str, share: Index) -> Vec<Cell> {
    let [share, interval] = shares(share);
    vec![Cell::words(what), share, interval, Cell::default(), Cell::default(), Cell::default()]
}

fn shares(share: Index) -> [Cell; 2] {
    let (_, high) = share.interval_95();
    [Cell::number(&shown(share.raw()), share.raw()), Cell::number(&shown_interval(share), high)]
}
