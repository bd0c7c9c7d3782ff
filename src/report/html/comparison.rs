//! The page of a comparison.

use super::super::charts::Picture;
use super::super::charts::compared::View;
use super::super::comparison::verdicts::verdicts;
use super::super::comparison::{labels, last_year};
use super::super::findings::{cause_as_lack, main_constraint};
use super::super::health;
use super::figure::Figure;
use super::page::{Page, Section};
use super::table::{Cell, Table};
use super::{ReportError, compared};
use crate::compare::{Comparison, Pairs};
use crate::results::{FileHash, RunResult};
use crate::rng::STREAM_VERSION;
use crate::units::format::{chance, count};
use rayon::prelude::*;

/// The report of a comparison as one HTML document, in the style of a run's. The same comparison gives the same bytes.
///
/// `resolved` are the scenarios after all layers, as they stand beside the page; none where results were compared as they were.
///
/// # Errors
/// None that a comparison can cause: everything is drawn and written to memory.
pub fn comparison_report(
    view: View<'_>,
    pictures: &[Picture],
    resolved: &[FileHash],
) -> Result<String, ReportError> {
    let draw = |picture: &Picture| Figure::new(&picture.name, &picture.chart, &picture.chart.subtitle);
    let figures: Vec<Figure> = pictures.par_iter().map(draw).collect::<Result<_, _>>()?;
    let comparison = view.comparison;
    let mut page = head(view);
    let mut sections = [
        Section::new("exports", "Exports"),
        Section::new("parts", "What each part adds"),
        Section::new("targets", "Targets"),
        Section::new("one-forecast", "One forecast of them all"),
    ];
    for figure in figures {
        let home = Home::of(figure.name()) as usize;
        sections[home].figure(figure);
    }
    sections[Home::Exports as usize].table(compared::volumes(comparison));
    sections[Home::Exports as usize].table(compared::figures(comparison));
    sections[Home::Targets as usize].table(compared::targets(comparison));
    for section in sections {
        page.section(section);
    }
    page.section(assumptions(comparison));
    page.section(trust(comparison));
    page.section(reproduce(comparison, resolved));
    page.foot(&format!(
        "Made by corridor {} with seed {}. This page needs no network and sends nothing.",
        env!("CARGO_PKG_VERSION"),
        comparison.scenarios[0].info.seed
    ));
    page.html()
}

fn head(view: View<'_>) -> Page {
    let comparison = view.comparison;
    let info = &comparison.scenarios[0].info;
    let last = info.horizon.month(info.horizon.months.saturating_sub(1));
    let kicker = format!("Scenarios compared, {} to {}", info.horizon.start.in_words(), last.in_words());
    let mut page = Page::new(&title(view), &kicker);
    page.lead(&how_compared(&comparison.pairs));
    for result in &comparison.scenarios {
        if !result.info.changes.is_empty() {
            page.lead(&format!(
                "{} with {}, set on the command line.",
                result.info.title,
                result.info.changes.join("; ")
            ));
        }
    }
    let labels = labels(&comparison.scenarios);
    for (label, verdict) in labels[1..].iter().zip(verdicts(comparison, &labels)) {
        page.finding(label, &verdict);
    }
    if let Some(year) = last_year(comparison) {
        page.finding("What holds exports back?", &what_holds_back(comparison, &labels, year));
    }
    page
}

/// `What expansion, bridge add to Baseline`; of two scenarios what people call them, of more what their files are called.
fn title(View { comparison, parts, .. }: View<'_>) -> String {
    let first = &comparison.scenarios[0].info;
    if let Some((_, names)) = parts {
        return format!("What {} add to {}", names.join(", "), first.title);
    }
    match &comparison.scenarios[1..] {
        [other] if other.info.title != first.title => format!("{} against {}", other.info.title, first.title),
        _ => {
            let labels = labels(&comparison.scenarios);
            format!("{} against {}", labels[1..].join(", "), labels[0])
        }
    }
}

fn how_compared(pairs: &Pairs) -> String {
    match pairs {
        Pairs::Paired { runs } => format!(
            "{} futures of each, run by run on the same random numbers: a difference is what a scenario changes in the \
             same future.",
            count(*runs)
        ),
        Pairs::Unpaired { reason } => format!(
            "Compared as independent samples, because {reason}: errors of differences are larger than they would be run \
             by run, and how a single future differs is not known."
        ),
    }
}

/// `baseline: lack of money (45%); bridge: lack of permission (30%).`
fn what_holds_back(comparison: &Comparison, labels: &[String], year: i32) -> String {
    let of = |(result, label): (&RunResult, &String)| match main_constraint(result, year) {
        Some((cause, runs, _)) => format!("{label}: {} ({})", cause_as_lack(cause), chance(runs)),
        None => format!("{label}: hardly anything but demand"),
    };
    let each: Vec<String> = comparison.scenarios.iter().zip(labels).map(of).collect();
    format!("Most of all, and in how many futures of {year}: {}.", each.join("; "))
}

/// Where a picture belongs.
#[derive(Debug, Clone, Copy)]
enum Home {
    Exports,
    Parts,
    Targets,
    OneForecast,
}

impl Home {
    /// By the name of its file; a new picture stands with the exports until it is given another place.
    fn of(name: &str) -> Self {
        match name {
            _ if name.starts_with("parts") => Self::Parts,
            _ if name.starts_with("target") => Self::Targets,
            _ if name.starts_with("one-forecast") => Self::OneForecast,
            _ => Self::Exports,
        }
    }
}

fn assumptions(comparison: &Comparison) -> Section {
    let mut section = Section::new("assumptions", "Assumptions that differ");
    let table = compared::assumptions(&comparison.scenarios);
    if table.is_empty() {
        section.text("None: the scenarios state the same numbers.");
    } else {
        section.text("All others are the same in every scenario; the report of each has its whole register.");
    }
    section.table(table);
    section
}

fn trust(comparison: &Comparison) -> Section {
    let mut section = Section::new("trust", "How far to trust the figures");
    for (result, label) in comparison.scenarios.iter().zip(labels(&comparison.scenarios)) {
        let text = health::text(result, true).unwrap_or_else(|| "no run went wrong.".to_owned());
        section.text(&format!("{label}: {text}"));
    }
    section.text(
        "± MC is the standard error of a mean, or of a difference of means: how much another seed would change it. How good the \
         assumptions are it does not say.",
    );
    section
}

fn reproduce(comparison: &Comparison, resolved: &[FileHash]) -> Section {
    let mut section = Section::new("reproduce", "How to make it again");
    let info = &comparison.scenarios[0].info;
    if !resolved.is_empty() {
        section.text("Beside this page stand the scenarios after all layers. To compare them:");
        let files: Vec<&str> = resolved.iter().map(|file| file.path.as_str()).collect();
        section.command(&format!("simulate compare {}", files.join(" ")));
    }
    section.facts(&[
        ("Program", format!("corridor {}, random streams {STREAM_VERSION}", env!("CARGO_PKG_VERSION"))),
        ("Seed", info.seed.to_string()),
        ("Runs", count(info.runs)),
    ]);
    let mut hashes = Table::new("The scenarios").words(&["file", "SHA-256"]).unsorted();
    for FileHash { path, sha256 } in resolved {
        hashes.row(vec![Cell::words(path), Cell::words(sha256)]);
    }
    section.table(hashes);
    section
}
