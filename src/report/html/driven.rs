//! What drives the result of a run: a paragraph and a table.

use super::super::driven::what_would_move;
use super::super::drivers::{ends, shown, shown_interval};
use super::page::Section;
use super::table::{Cell, Table};
use crate::attribution::{Basis, Driver, Drivers};
use crate::results::RunResult;
use crate::sensitivity::Index;
use crate::units::format::{Format, count};

/// Adds the paragraphs to the section of the drivers; nothing where nothing varies.
pub(super) fn tell(section: &mut Section, result: &RunResult, drivers: &Drivers) {
    if drivers.is_certain() {
        return;
    }
    section.text(&about(result, drivers));
    if let Some(text) = what_would_move(drivers) {
        section.text(&text);
    }
}

/// The method: what is explained, and from which runs.
fn about(result: &RunResult, drivers: &Drivers) -> String {
    let runs = count(drivers.figure.count());
    let runs = if drivers.figure.count() == result.sound_runs() {
        format!("the {runs} runs")
    } else {
        format!("the first {runs} runs")
    };
    format!(
        "Futures differ in the sampled inputs, in shocks, noise and random paths. The share of each is \
         estimated from {runs}, the same that simulate sensitivity uses: the part by which the variance of \
         exports in {} would fall on average if it were known.",
        drivers.year.in_words()
    )
}

/// The drivers, the largest share first, and the residual; no rows where nothing varies.
pub(super) fn table(drivers: &Drivers) -> Table {
    let format = ends(drivers);
    let unit = format.unit();
    let mut table = Table::new(&format!("What exports in {} depend on", drivers.year.in_words()))
        .words(&["what"])
        .numbers(&[
            "share",
            "95% MC interval",
            &format!("mean where low, {unit}"),
            &format!("where high, {unit}"),
        ])
        .words(&["source"])
        .noted(
            "Share: of the variance that each explains alone (first-order index); an event, a project or a \
             shock counts with all its inputs, a noise or a path by its yearly means up to that year. Low \
             and high: in the lowest and in the highest tenth of the input, or of the path's mean of that \
             year; for an event, a project or a shock without it and with it.",
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
    let source = match driver.basis {
        Basis::Sourced => Cell::words("named"),
        basis => Cell::default().tagged(basis.name()),
    };
    let [share, interval] = shares(driver.share);
    vec![
        Cell::words(&driver.path),
        share,
        interval,
        end(driver.swing.map(|swing| swing.low.mean())),
        end(driver.swing.map(|swing| swing.high.mean())),
        source,
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
