//! What a comparison leaves: its folder, and what is printed.

use super::Found;
use crate::cli::app::Failure;
use crate::cli::args::CompareArgs;
use crate::cli::work::{Clock, draw};
use crate::cli::{console, interrupt, place};
use crate::compare::{Comparison, Mixed, Precise};
use crate::diag::printable;
use crate::report::charts::compared::{View, pictures};
use crate::report::comparison::{json, mixed, parts, tables, text};
use crate::report::html::comparison_report;
use crate::report::letters::stand_ins;
use crate::report::precision;
use crate::results::store::{COMPARISON, Kind, MANIFEST, PLOTS, REPORT, Staging, TIMINGS};
use crate::results::{MANIFEST_FORMAT, Manifest, Precision, Timing};
use crate::rng::STREAM_VERSION;
use crate::units::format::count;
use serde_json::Value;
use std::path::Path;

impl Found {
    fn view(&self) -> View<'_> {
        View {
            comparison: &self.comparison,
            parts: self.parts.as_ref().map(|(parts, names)| (parts, names.as_slice())),
            mixed: self.mixed.as_ref().map(|(_, mixed)| volumes(mixed)),
        }
    }

    /// All that was compared: with parts, every combination of them.
    fn all(&self) -> &Comparison {
        self.parts.as_ref().map_or(&self.comparison, |(parts, _)| &parts.combinations)
    }
}

/// The total volume stands first in a mixture.
fn volumes(mixed: &[Mixed]) -> &[Mixed] {
    let others = mixed.iter().position(|mixed| mixed.path != "volume");
    &mixed[..others.unwrap_or(mixed.len())]
}

/// Writes the folder and prints what is to be read; gives the document that `--json` prints.
pub(super) fn put_out(args: &CompareArgs, found: &Found) -> Result<Value, Failure> {
    let clock = Clock::start();
    let name = &args.name.as_ref().map_or_else(|| found.name.clone(), |name| name.0.clone());
    interrupt::stop_in_order();
    let mut staging = Staging::open(args.out.folder(), name, Kind::Comparison)?;
    staging.reserve(&[COMPARISON, "assumptions.csv", MANIFEST, TIMINGS])?;
    if args.no_plots {
        staging.keep_pages();
    } else {
        staging.reserve(&[REPORT, PLOTS])?;
    }
    let charts = if args.no_plots { Vec::new() } else { pictures(found.view()) };
    let stand_ins: Vec<_> = found.all().scenarios.iter().flat_map(stand_ins).collect();
    let (pictures, page) = rayon::join(
        || draw(&charts, &args.format, &stand_ins),
        || comparison_report(found.view(), &charts, &found.again),
    );
    let pictures = pictures?;
    if !args.no_plots {
        staging.write(REPORT, page?.as_bytes())?;
    }
    let tables = tables(found);
    for (path, bytes) in tables.iter().chain(&pictures) {
        staging.write(path, bytes)?;
    }
    for (name, text) in &found.resolved {
        staging.write(&format!("scenarios/{name}.toml"), text.as_bytes())?;
    }
    if interrupt::requested() {
        return Err(Failure::Stopped);
    }
    let timing = Timing {
        load_s: found.load_s,
        runs_s: found.runs_s,
        output_s: clock.seconds(),
        threads: rayon::current_num_threads(),
    };
    let precision = found.precise.as_ref().map(|precise| reached(found, precise));
    let committed = staging.commit(manifest(found, name, precision.clone()), &timing)?;
    place::say_notes(&committed, args.print.text());
    let folder = committed.folder;
    if args.print.text() {
        print(found, precision.as_ref());
        let tables: Vec<&str> = tables.iter().map(|(path, _)| path.as_str()).collect();
        console::print(&closing(&folder, &tables, pictures.len(), found, timing));
    }
    let parts = found.parts.as_ref().map(|(parts, names)| (parts, names.as_slice()));
    let mixed = found.mixed.as_ref().map(|(weights, mixed)| (weights.as_slice(), mixed.as_slice()));
    Ok(args.print.document(|| {
        let mut document = json::document(&found.comparison, parts, mixed, folder.to_str());
        document["warnings"] = found.warnings.clone().into();
        document
    }))
}

fn print(found: &Found, precision: Option<&Precision>) {
    let screen = console::screen();
    console::print(&text::text(&found.comparison, screen));
    if let Some((parts, names)) = &found.parts {
        let base = printable(&found.comparison.scenarios[0].info.name);
        console::print(&("\n".to_owned() + &parts::text(parts, &base, names, screen)));
    }
    if let Some((weights, mixed)) = &found.mixed {
        console::print(&("\n".to_owned() + &mixed::text(&found.comparison, weights, mixed, screen)));
    }
    if let Some(precision) = precision {
        console::print(&(screen.wrap(&precision::text(&of_differences(precision))) + "\n"));
    }
    console::print("\n");
}

fn of_differences(precision: &Precision) -> Precision {
    Precision { metric: format!("the differences in {}", precision.metric), ..precision.clone() }
}

fn tables(found: &Found) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![
        (COMPARISON, tables::comparison_csv(found.all())),
        ("assumptions.csv", tables::assumptions_csv(&found.comparison)),
    ];
    if found.comparison.scenarios.iter().any(|result| !result.targets.is_empty()) {
        all.push(("targets.csv", tables::targets_csv(&found.comparison)));
    }
    if let Some((parts, names)) = &found.parts {
        all.push(("contributions.csv", tables::contributions_csv(parts, names)));
    }
    if let Some((_, mixed)) = &found.mixed {
        all.push(("mixed.csv", tables::mixed_csv(&found.comparison, mixed)));
    }
    all.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect()
}

fn reached(found: &Found, precise: &Precise) -> Precision {
    Precision {
        metric: precise.metric.clone(),
        year: precise.year,
        wanted: precise.wanted.number(),
        found: found.comparison.precision(precise),
        unit: precise.wanted.unit().to_owned(),
        runs: found.comparison.scenarios[0].info.runs,
    }
}

fn manifest(found: &Found, name: &str, precision: Option<Precision>) -> Manifest {
    let info = &found.comparison.scenarios[0].info;
    let last = found.comparison.scenarios[0].months.last();
    Manifest {
        program: "corridor".to_owned(),
        format: MANIFEST_FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stream_version: STREAM_VERSION,
        scenario: name.to_owned(),
        title: format!("Comparison with {}", info.title),
        start: info.horizon.start.to_string(),
        end: last.map_or_else(String::new, |period| period.start.to_string()),
        seed: info.seed,
        runs: info.runs,
        precision,
        health: info_health(found),
        draws: Vec::new(),
        targets: Vec::new(),
        inputs: found.inputs.clone(),
        files: Vec::new(),
    }
}

/// The runs that went wrong in the scenario that has most of them.
fn info_health(found: &Found) -> crate::results::Health {
    let worst = found.comparison.scenarios.iter().max_by_key(|result| result.health.invalid);
    worst.map(|result| result.health.clone()).unwrap_or_default()
}

/// Where everything is, and how long it took.
fn closing(folder: &Path, tables: &[&str], pictures: usize, found: &Found, timing: Timing) -> String {
    let screen = console::screen();
    let folder = printable(&folder.display().to_string());
    let pictures = if pictures == 0 {
        String::new()
    } else {
        format!(", {pictures} pictures in plots/; {REPORT} shows it all")
    };
    let scenarios_beside = if found.resolved.is_empty() { "" } else { ", scenarios/" };
    let files =
        format!("Written to {folder}/: {}{scenarios_beside}, manifest.json{pictures}", tables.join(", "));
    let (scenarios, runs) = (found.all().scenarios.len(), found.comparison.scenarios[0].info.runs);
    let speed = format!(
        "{scenarios} scenarios of {} run{} in {:.2} s on {} threads; everything took {:.2} s",
        count(runs),
        if runs == 1 { "" } else { "s" },
        timing.runs_s,
        timing.threads,
        timing.load_s + timing.runs_s + timing.output_s,
    );
    format!("{}\n{}\n", screen.wrap(&files), screen.wrap(&speed))
}
