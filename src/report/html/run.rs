//! The page of one run.

use super::super::charts::Picture;
use super::super::findings::{deterministic_case, last_year, volume};
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

/// The report of a run as one HTML document: findings, every picture with its values, the assumptions, and
/// how to reproduce it. The same result gives the same bytes.
///
/// `resolved` is the file of the scenario after all layers, beside the page. The page names no other file
/// that the scenario was made of, so that a run of that file alone reproduces it.
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
    // The head of the page names scenario and runs already.
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

/// The section of a picture.
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
    /// By the name of its file; a picture without a rule here goes to the exports.
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
        "No single future looks like the median: the bands are the 50% and 90% intervals of all futures in \
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
    let past =
        if past == 0 { String::new() } else { format!(" There are also {past} known values of the past.") };
    section.text(&format!("{}.{past}", Evidence::of(&result.assumptions).in_words()));
    section.table(assumptions::table(&result.assumptions));
    section
}

/// Invalid runs, Monte Carlo error, and the deterministic case.
fn trust(result: &RunResult) -> Section {
    let mut section = Section::new("trust", "How far to trust the figures");
    let runs = count(result.info.runs);
    section.text(&health::text(result, true).unwrap_or_else(|| {
        format!(
            "All {runs} runs are valid: every figure is finite, and none is below zero where none can be."
        )
    }));
    section.table(faults(result));
    if let Some(text) = exactness(result) {
        section.text(&text);
    }
    if let Some(text) = deterministic_case(result) {
        section
            .text(&format!("{text} A forecast with one number for each assumption would be this case only."));
    }
    section
}

/// `The 95% Monte Carlo error of mean exports in 2030 is 0.9%; four times as many runs halve it.`
fn exactness(result: &RunResult) -> Option<String> {
    let (year, when) = last_year(result);
    let precision = volume(result, year)?.precision()?;
    Some(format!(
        "The 95% Monte Carlo error of mean exports in {when} is {}%; four times as many runs halve it. It \
         says nothing of how good the assumptions are.",
        number(precision * 100.0)
    ))
}

fn faults(result: &RunResult) -> Table {
    let mut table = Table::new("The first invalid runs")
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
    let mut section = Section::new("reproduce", "How to reproduce it");
    let file = &resolved.path;
    section.text(&format!("The folder of this page holds {file}, the scenario after all layers. To run it:"));
    section.command(&format!("simulate {file}"));
    section.text(
        "This gives the same figures, pictures and page to the last byte, on any number of threads. All \
         figures are in summary.csv, the pictures in plots/; manifest.json has the hashes of all files, also \
         of those that the scenario was made of; timings.json has the run time.",
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
