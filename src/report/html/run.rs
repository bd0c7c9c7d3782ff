//! The page of one run.

use super::super::charts::Picture;
use super::super::findings::{last_year, volume, without_uncertainty};
use super::super::health;
use super::super::register::Evidence;
use super::figure::Figure;
use super::page::{Page, Section};
use super::table::{Cell, Table};
use super::{ReportError, assumptions, driven, figures, story};
use crate::attribution::Drivers;
use crate::plan::RunInfo;
use crate::results::{FileHash, RunResult};
use crate::rng::STREAM_VERSION;
use crate::units::format::{count, number};
use rayon::prelude::*;

/// The report of a run as one HTML document: what was found, every picture with its values, the assumptions, and how to make it
/// again. The same result gives the same bytes.
///
/// `resolved` is the scenario after all layers, as it stands beside the page. The page names nothing else that the scenario was made
/// of: a run of that one file gives this page again.
///
/// # Errors
/// None that a result can cause: everything is drawn and written to memory.
pub fn run_report(
    result: &RunResult,
    pictures: &[Picture],
    drivers: Option<&Drivers>,
    resolved: &FileHash,
) -> Result<String, ReportError> {
    let figures: Vec<Figure> =
        pictures.par_iter().map(|picture| figure(result, picture)).collect::<Result<_, _>>()?;
    let mut page = head(&result.info);
    story::tell(&mut page, result, drivers);
    let mut sections = sections(result);
    if let Some(drivers) = drivers {
        driven::tell(&mut sections[Home::Drivers as usize], result, drivers);
    }
    for figure in figures {
        let home = Home::of(figure.name()) as usize;
        sections[home].figure(figure);
    }
    tables(&mut sections, result);
    if let Some(drivers) = drivers {
        sections[Home::Drivers as usize].table(driven::table(drivers));
    }
    for section in sections {
        page.section(section);
    }
    page.section(register(result));
    page.section(trust(result));
    page.section(reproduce(&result.info, resolved));
    page.foot(&foot(result));
    page.html()
}

fn figure(result: &RunResult, picture: &Picture) -> Result<Figure, ReportError> {
    // The head of the page has said this already.
    let known =
        format!(" Scenario: {}. {} runs.", result.info.title_with_changes(), count(result.sound_runs()));
    let subtitle = picture.chart.subtitle.strip_suffix(&known).unwrap_or(&picture.chart.subtitle);
    Ok(Figure::new(&picture.name, &picture.chart, subtitle)?)
}

fn head(info: &RunInfo) -> Page {
    let last = info.horizon.month(info.horizon.months.saturating_sub(1));
    let kicker = format!(
        "Scenario forecast, {} to {}: {} possible future{}",
        info.horizon.start.in_words(),
        last.in_words(),
        count(info.runs),
        if info.runs == 1 { "" } else { "s" }
    );
    let mut page = Page::new(&info.title, &kicker);
    for paragraph in info.description.split("\n\n") {
        page.lead(paragraph);
    }
    if !info.changes.is_empty() {
        page.lead(&format!("Changed on the command line: {}.", info.changes.join("; ")));
    }
    if let Some(month) = info.as_of {
        page.lead(&format!("Nothing that became known after {} was used.", month.in_words()));
    }
    page
}

/// Where a picture belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    Exports,
    Limits,
    Dates,
    Money,
    Targets,
    Drivers,
}

impl Home {
    /// By the name of its file; a new picture stands with the exports until it is given another place.
    fn of(name: &str) -> Self {
        let begins = |with: &[&str]| with.iter().any(|start| name.starts_with(start));
        match name {
            _ if begins(&["what-", "route", "how-full"]) => Self::Limits,
            _ if begins(&["when-", "project"]) => Self::Dates,
            _ if begins(&["money", "debt", "credit", "lender"]) => Self::Money,
            _ if begins(&["target"]) => Self::Targets,
            _ if begins(&["driver", "share", "tornado"]) => Self::Drivers,
            _ => Self::Exports,
        }
    }
}

/// One section for each [`Home`], in its order.
fn sections(result: &RunResult) -> Vec<Section> {
    let mut exports = Section::new("exports", "Exports");
    exports.text(
        "No single future looks like the median: the bands say where half, and where nine in ten, of all futures lie in \
         each period.",
    );
    let dates = if result.events.iter().any(|event| event.planned.is_some()) {
        "Events and projects"
    } else {
        "Dates"
    };
    vec![
        exports,
        Section::new("limits", "What holds exports back"),
        Section::new("dates", dates),
        Section::new("money", "Money"),
        Section::new("targets", "Targets"),
        Section::new("drivers", "What drives the result"),
    ]
}

fn tables(sections: &mut [Section], result: &RunResult) {
    let exports = &mut sections[Home::Exports as usize];
    if let Some(table) = figures::by_year(result) {
        exports.table(table);
    }
    exports.table(figures::by_product(result));
    sections[Home::Limits as usize].table(figures::by_route(result));
    sections[Home::Dates as usize].table(figures::by_date(result));
    sections[Home::Targets as usize].table(figures::targets(result));
}

fn register(result: &RunResult) -> Section {
    let mut section = Section::new("assumptions", "Assumptions");
    let past = result.assumptions.iter().filter(|assumption| assumption.is_history()).count();
    let past = if past == 0 {
        String::new()
    } else {
        format!(" Beside them stand {past} known values of the past.")
    };
    section.text(&format!("{}.{past}", Evidence::of(&result.assumptions).in_words()));
    section.table(assumptions::table(&result.assumptions));
    section
}

/// What is to be known of the runs before the figures are believed.
fn trust(result: &RunResult) -> Section {
    let mut section = Section::new("trust", "How far to trust the figures");
    let runs = count(result.info.runs);
    section.text(&health::text(result, true).unwrap_or_else(|| {
        format!("None of the {runs} runs went wrong: every figure of each is a number, and none is below zero where none can be.")
    }));
    section.table(faults(result));
    if let Some(text) = exactness(result) {
        section.text(&text);
    }
    if let Some(text) = without_uncertainty(result) {
        section.text(&format!(
            "{text} A forecast with one number for each assumption would have shown that future only."
        ));
    }
    section
}

/// `The mean of exports in 2030 is known to 0.9% of itself, 19 times in 20; four times as many runs would halve that.`
fn exactness(result: &RunResult) -> Option<String> {
    let (year, when) = last_year(result);
    let precision = volume(result, year)?.precision()?;
    Some(format!(
        "The mean of exports in {when} is known to {}% of itself, 19 times in 20: so far another seed may move it. Four \
         times as many runs halve that. How good the assumptions are it does not say.",
        number(precision * 100.0)
    ))
}

fn faults(result: &RunResult) -> Table {
    let mut table = Table::new("The first runs that went wrong")
        .words(&["run", "what"])
        .noted("simulate replay shows one run alone.");
    for fault in &result.health.located {
        table.row(vec![
            Cell::number(&fault.run.to_string(), fault.run as f64),
            Cell::words(&health::fault(fault)),
        ]);
    }
    table
}

fn reproduce(info: &RunInfo, resolved: &FileHash) -> Section {
    let mut section = Section::new("reproduce", "How to make it again");
    let file = &resolved.path;
    section.text(&format!("Beside this page stands {file}, the scenario after all layers. To run it:"));
    section.command(&format!("simulate {file}"));
    section.text(
        "That gives the same figures, pictures and page to the last byte, on any number of threads. All figures are in \
         summary.csv, the pictures in plots/; manifest.json has the hashes of all files, and of those that the scenario was made \
         of; timings.json says how long it took.",
    );
    section.facts(&[
        ("Program", format!("corridor {}, random streams {STREAM_VERSION}", env!("CARGO_PKG_VERSION"))),
        ("Scenario", info.name.clone()),
        ("Seed", info.seed.to_string()),
        ("Runs", count(info.runs)),
        ("SHA-256", format!("{} of {file}", resolved.sha256)),
    ]);
    section
}

fn foot(result: &RunResult) -> String {
    format!(
        "{}. Made by corridor {} with seed {}. This page needs no network and sends nothing.",
        result.info.title_with_changes(),
        env!("CARGO_PKG_VERSION"),
        result.info.seed
    )
}
