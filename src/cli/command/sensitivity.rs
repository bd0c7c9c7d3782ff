//! `simulate sensitivity FILE`: what drives a figure.

mod output;

use super::{load_and_report, request, seed_setting};
use crate::attribution::{self, Drivers, EXPLAINED_RUNS};
use crate::cli::app::Failure;
use crate::cli::args::{Method, SensitivityArgs};
use crate::cli::console;
use crate::cli::work::{Clock, Stop};
use crate::compare::Side;
use crate::diag::nearest;
use crate::model::Corridor;
use crate::plan::Metric;
use crate::plan::Period;
use crate::plan::Plan;
use crate::report::drivers;
use crate::report::json;
use crate::results::FileHash;
use crate::results::store::DrawsError;
use crate::run::{Draws, YearlyFigure, draws, read_draws};
use crate::scenario::Files;
use serde_json::Value;

/// Runs of each plan that is computed again, where the command line says nothing: the error of a share of 10% is about 1% then.
const RUNS_AGAIN: u64 = 2_048;

pub(in crate::cli) fn execute(args: &SensitivityArgs) -> Result<(), Failure> {
    let stored = if args.file.is_dir() { Some(open(args)?) } else { None };
    let (plan, inputs, warnings) = match &stored {
        Some(side) => (side.plan.clone(), side.stored.manifest().inputs.clone(), Vec::new()),
        None => load(args)?,
    };
    let clock = Clock::start();
    let corridor = Corridor::new(plan.corridor.clone());
    let metrics = corridor.metrics.list();
    let metric = find(&args.metric, metrics)?;
    let (place, year) = covered_year(args.year, &plan)?;
    let question = Question { metric: &metrics[metric], year, figure: YearlyFigure { metric, year: place } };
    let figures = attribution::figures(&plan, metrics, metric, place);
    let draws = match &stored {
        Some(side) => read(side, metrics, &figures)?,
        None => draws(&explained_plan(args, &plan), &figures, &Stop).map_err(|_| Failure::Stopped)?,
    };
    let draws = draws.first(runs_of(args, &plan));
    let found = explain(args, &plan, &draws, &question)?;
    if args.json {
        let mut document = drivers::json(&plan, &found);
        document["warnings"] = warnings.into();
        console::print_json(vec![document]);
    } else {
        console::print(&drivers::text(&plan, &found, console::screen()));
    }
    output::put_out(args, (&plan, inputs), &found, clock.seconds())
}

/// How many runs the figure is explained from: as many as the page of a run takes, unless the command line asks for a number.
fn runs_of(args: &SensitivityArgs, plan: &Plan) -> u64 {
    if args.runs.is_some() && args.method == Method::Data {
        plan.info.runs
    } else {
        plan.info.runs.min(EXPLAINED_RUNS)
    }
}

/// The plan with no more runs than that.
fn explained_plan(args: &SensitivityArgs, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.info.runs = runs_of(args, &plan);
    plan
}

/// The plan, the files that it was made of, and its warnings.
fn load(args: &SensitivityArgs) -> Result<(Plan, Vec<FileHash>, Vec<Value>), Failure> {
    let runs = args.runs.map(|runs| format!("run.runs={runs}"));
    let settings: Vec<String> = seed_setting(args.seed).into_iter().chain(runs).collect();
    let loaded = load_and_report(&request(&args.file, &args.layers, &settings, &Files::default()))?;
    let warnings = json::warnings(&loaded.diagnostics, &loaded.sources);
    Ok((loaded.plan.ok_or(Failure::Input)?, loaded.inputs, warnings))
}

/// A result that is there already: nothing that would change its runs makes sense.
fn open(args: &SensitivityArgs) -> Result<Side, Failure> {
    let SensitivityArgs { runs, seed, layers, .. } = args;
    let changes = seed.is_some() || !layers.with.is_empty() || !layers.set.is_empty();
    if changes || (runs.is_some() && args.method == Method::Data) {
        return refuse("a result holds runs that are made already; give the scenario file to change them");
    }
    let mut side = super::compare::open(&args.file)?;
    side.plan.info.runs = side.stored.manifest().runs;
    Ok(side)
}

/// The runs that a result keeps.
fn read(side: &Side, metrics: &[Metric], figures: &[YearlyFigure]) -> Result<Draws, Failure> {
    let years = side.plan.info.horizon.years();
    let name = |figure: &YearlyFigure| format!("{}@{}", metrics[figure.metric].path, years[figure.year]);
    let names: Vec<String> = figures.iter().map(name).collect();
    let Some(reader) = side.stored.draws().transpose()? else {
        return refuse("this result holds no single runs (draws.parquet); give the scenario file instead");
    };
    match read_draws(&side.plan, &reader, &names) {
        Err(DrawsError::NoColumn(column)) => refuse(&format!(
            "the runs of this result don't hold `{column}`; make them with --draws all, or give the scenario file"
        )),
        other => Ok(other?),
    }
}

fn refuse<T>(message: &str) -> Result<T, Failure> {
    console::error(message);
    Err(Failure::Input)
}

/// What is to be explained.
struct Question<'m> {
    metric: &'m Metric,
    year: i32,
    figure: YearlyFigure,
}

fn explain(
    args: &SensitivityArgs,
    plan: &Plan,
    draws: &Draws,
    question: &Question<'_>,
) -> Result<Drivers, Failure> {
    let &Question { metric, year, figure } = question;
    if draws.runs() < 2 {
        return too_few();
    }
    let runs = args.runs.unwrap_or(RUNS_AGAIN.min(plan.info.runs));
    match args.method {
        Method::Sobol => attribution::by_redrawing(plan, draws, (metric, year), (figure, runs), &Stop)
            .map_err(|_| Failure::Stopped),
        Method::Data => attribution::drivers(plan, draws, metric, year).map_or_else(too_few, Ok),
    }
}

fn too_few() -> Result<Drivers, Failure> {
    refuse("too few runs to tell what drives a figure; try --runs 10000")
}

fn find(path: &str, metrics: &[Metric]) -> Result<usize, Failure> {
    let known = || metrics.iter().map(|metric| metric.path.as_str());
    metrics.iter().position(|metric| metric.path == path).ok_or_else(|| {
        let near = nearest(path, known()).map(|near| format!("`{near}`"));
        console::error_with_guess(&format!("there is no metric `{path}`"), near.as_deref());
        Failure::Input
    })
}

/// The place of a year and the year: the one asked for, else the last whole one, else the last.
fn covered_year(asked: Option<i32>, plan: &Plan) -> Result<(usize, i32), Failure> {
    let horizon = plan.info.horizon;
    let years = horizon.years();
    let usual = || Period::last_year(&Period::years(horizon)).unwrap_or(0);
    let place = match asked {
        None => Some(usual()),
        Some(year) => years.iter().position(|&covered| covered == year),
    };
    let place = place.ok_or_else(|| {
        let (first, last) = (years[0], years[years.len() - 1]);
        console::error(&format!("the run covers {first} to {last} only"));
        Failure::Input
    })?;
    Ok((place, years[place]))
}
