//! `simulate sensitivity FILE`: what drives a figure.

use super::{load_and_report, seed_setting};
use crate::cli::app::Failure;
use crate::cli::args::SensitivityArgs;
use crate::cli::console;
use crate::diag::{nearest, printable};
use crate::model::{Corridor, Metric};
use crate::report::drivers;
use crate::run::{Plan, Silent, draws};

pub(in crate::cli) fn execute(args: &SensitivityArgs) -> Result<(), Failure> {
    let runs = args.runs.map(|runs| format!("run.runs={runs}"));
    let settings: Vec<String> = seed_setting(args.seed).into_iter().chain(runs).collect();
    let loaded = load_and_report(&args.file, &args.layers, &settings)?;
    let plan = loaded.plan.ok_or(Failure::Input)?;
    let corridor = Corridor::new(plan.corridor.clone());
    let metrics = corridor.metrics.list();
    let metric = find(&args.metric, metrics)?;
    let (place, year) = covered_year(args.year, &plan)?;
    let figures = drivers::figures(&plan, metrics, metric, place);
    let found = drivers::drivers(
        &plan,
        &draws(&plan, &figures, &Silent).map_err(|_| Failure::Stopped)?,
        &metrics[metric],
        year,
    );
    let Some(found) = found else {
        console::print_error("error: too few runs to tell what drives a figure; try --runs 10000\n");
        return Err(Failure::Input);
    };
    if args.json {
        console::print_json(vec![drivers::json(&plan, &found)]);
    } else {
        console::print(&drivers::text(&plan, &found, console::screen()));
    }
    Ok(())
}

fn find(path: &str, metrics: &[Metric]) -> Result<usize, Failure> {
    let known = || metrics.iter().map(|metric| metric.path.as_str());
    metrics.iter().position(|metric| metric.path == path).ok_or_else(|| {
        console::print_error(&format!("error: there is no metric `{}`\n", printable(path)));
        if let Some(near) = nearest(path, known()) {
            console::print_error(&format!("  did you mean `{near}`?\n"));
        }
        Failure::Input
    })
}

/// The place of a year and the year: the one asked for, else the last whole one, else the last.
fn covered_year(asked: Option<i32>, plan: &Plan) -> Result<(usize, i32), Failure> {
    let horizon = plan.info.horizon;
    let years = horizon.years();
    let usual = || years.iter().rposition(|&year| horizon.covers_year(year)).unwrap_or(years.len() - 1);
    let place = match asked {
        None => Some(usual()),
        Some(year) => years.iter().position(|&covered| covered == year),
    };
    let place = place.ok_or_else(|| {
        let (first, last) = (years[0], years[years.len() - 1]);
        console::print_error(&format!("error: the run covers {first} to {last} only\n"));
        Failure::Input
    })?;
    Ok((place, years[place]))
}
