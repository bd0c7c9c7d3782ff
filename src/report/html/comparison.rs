//! The page of a comparison.

use super::super::charts::Picture;
use super::super::charts::compared::View;
use super::super::comparison::titles;
use super::super::health;
use super::figure::Figure;
use super::page::{Page, Section};
use super::table::{Cell, Table};
use super::{ReportError, compared, contrast};
use crate::compare::{Comparison, Pairs};
use crate::results::FileHash;
use crate::rng::STREAM_VERSION;
use crate::units::format::count;
use rayon::prelude::*;

/// How a comparison is reproduced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Again {
    /// The line to type.
    pub command: String,
    /// The files that it reads, with their hashes.
    pub files: Vec<FileHash>,
    /// The folder in which the line is typed.
    pub typed_in: TypedIn,
}

/// The folder in which a line is typed, to which its paths are relative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TypedIn {
    /// That of the page, which also holds the scenarios.
    #[default]
    Page,
    /// The parent folder of that of the page.
    Results,
    /// That of the scenario on which parts are laid.
    Scenario,
}

/// The report of a comparison as one HTML document, in the style of a run's. The same comparison gives the
/// same bytes.
///
/// The command in `again` reproduces the page: therefore it contains nothing that would differ the second
/// time.
///
/// # Errors
/// None that a comparison can cause: everything is drawn and written to memory.
pub fn comparison_report(view: View<'_>, pictures: &[Picture], again: &Again) -> Result<String, ReportError> {
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
    page.section(scenarios(comparison));
    for section in sections {
        page.section(section);
    }
    page.section(assumptions(comparison));
    page.section(trust(comparison));
    page.section(reproduce(comparison, again));
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
    contrast::tell(&mut page, comparison);
    page
}

/// `What expansion, bridge add to Baseline`, `Bridge against Baseline`, `5 scenarios against Baseline`.
fn title(View { comparison, parts, .. }: View<'_>) -> String {
    let first = &comparison.scenarios[0].info;
    if let Some((_, names)) = parts {
        return format!("What {} add to {}", names.join(", "), first.title);
    }
    match &comparison.scenarios[1..] {
        [_] => {
            let titles = titles(&comparison.scenarios);
            format!("{} against {}", titles[1], titles[0])
        }
        others => format!("{} scenarios against {}", others.len(), titles(&comparison.scenarios)[0]),
    }
}

fn how_compared(pairs: &Pairs) -> String {
    match pairs {
        Pairs::Paired { runs } => format!(
            "{} futures of each, run by run on the same random numbers: a difference is what a scenario \
             changes in the same future.",
            count(*runs)
        ),
        Pairs::Unpaired { reason } => format!(
            "Compared as independent samples, because {reason}: the errors of differences are larger than \
             they would be run by run, and the differences of single futures are unknown."
        ),
    }
}

/// The section of a picture.
#[derive(Debug, Clone, Copy)]
enum Home {
    Exports,
    Parts,
    Targets,
    OneForecast,
}

impl Home {
    /// By the name of its file; a picture without a rule here goes to the exports.
    fn of(name: &str) -> Self {
        match name {
            _ if name.starts_with("parts") => Self::Parts,
            _ if name.starts_with("target") => Self::Targets,
            _ if name.starts_with("one-forecast") => Self::OneForecast,
            _ => Self::Exports,
        }
    }
}

/// The scenarios that are compared: title, name, colour in the charts and description.
fn scenarios(comparison: &Comparison) -> Section {
    let mut section = Section::new("scenarios", "Scenarios");
    section.table(compared::scenarios(&comparison.scenarios));
    section
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
    let titled = comparison.scenarios.iter().zip(titles(&comparison.scenarios));
    let invalid: Vec<String> = titled
        .filter_map(|(result, title)| Some(format!("{title}: {}", health::text(result, true)?)))
        .collect();
    if invalid.is_empty() {
        section.text("No run of any scenario is invalid.");
    }
    for text in invalid {
        section.text(&text);
    }
    section.text(
        "± MC: half of the 95% Monte Carlo interval of a mean, or of a difference of means; it says nothing \
         of how good the assumptions are.",
    );
    section
}

fn reproduce(comparison: &Comparison, again: &Again) -> Section {
    let mut section = Section::new("reproduce", "How to reproduce it");
    let info = &comparison.scenarios[0].info;
    section.text(match again.typed_in {
        TypedIn::Page => {
            "The folder of this page holds the scenarios after all layers and settings. To compare them, in \
             this folder:"
        }
        TypedIn::Results => "In the parent folder of that of this page, with the results as they were:",
        TypedIn::Scenario => "In the folder of the scenario, with the files as they were:",
    });
    section.command(&again.command);
    section.text(
        "This gives the same figures, pictures and page to the last byte, on any number of threads. All \
         figures are in comparison.csv, the pictures in plots/.",
    );
    section.facts(&[
        ("Program", format!("corridor {}, random streams {STREAM_VERSION}", env!("CARGO_PKG_VERSION"))),
        ("Seed", info.seed.to_string()),
        ("Runs", count(info.runs)),
    ]);
    let mut hashes = Table::new("Input files").words(&["file"]).prose(&["SHA-256"]).unsorted();
    for FileHash { path, sha256 } in &again.files {
        hashes.row(vec![Cell::words(path), Cell::words(sha256)]);
    }
    section.table(hashes);
    section
}
