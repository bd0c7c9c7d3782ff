//! `--precision`: as many runs as it takes.

use super::app::Failure;
use super::args::RunArgs;
use super::console;
use crate::diag::{nearest, printable};
use crate::results::{RunInfo, RunResult};
use crate::run::{Goal, GoalError, Plan};
use crate::scenario::{Loaded, Request, load};
use std::borrow::Cow;
use std::path::Path;

/// Runs at the most where nobody says how many.
pub(super) const MOST_RUNS: u64 = 10_000_000;

/// The goal of a scenario's runs, if one was typed; says why it can't be one.
pub(super) fn goal(args: &RunArgs, plan: &Plan) -> Result<Option<Goal>, Failure> {
    let Some(wanted) = args.precision else { return Ok(None) };
    let (metric, year) = match &args.precision_of {
        None => ("volume", None),
        Some(figure) => (figure.metric.as_str(), Some(figure.year)),
    };
    Goal::new(plan, metric, year, wanted.0).map(Some).map_err(|error| {
        console::print_error(&format!("error: {}\n", printable(&error.to_string())));
        if let GoalError::NoMetric { metric, known } = &error
            && let Some(near) = nearest(metric, known.iter().map(String::as_str))
        {
            console::print_error(&format!("  did you mean `{near}`?\n"));
        }
        Failure::Input
    })
}

/// The files of a scenario were changed while it ran: they no longer say what was run.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the scenario was changed while it ran; nothing was written")]
struct Changed;

/// The scenario as if `--runs` had been given with the number that it took, so that the result is that of a plain run to the
/// last byte.
pub(super) fn as_plain_run<'s>(
    args: &RunArgs,
    file: &Path,
    scenario: &'s Loaded,
    result: &RunResult,
) -> Result<Cow<'s, Loaded>, Failure> {
    let runs = result.info.runs;
    match &scenario.plan {
        Some(plan) if plan.info.runs != runs => with_runs(args, file, plan, runs).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(scenario)),
    }
}

fn with_runs(args: &RunArgs, file: &Path, plan: &Plan, runs: u64) -> Result<Loaded, Failure> {
    let seed = args.seed.map(|_| format!("run.seed={}", plan.info.seed));
    let settings = [format!("run.runs={runs}")].into_iter().chain(seed);
    let set = args.layers.set.iter().cloned().chain(settings).collect();
    let loaded = load(&Request { file: file.to_owned(), with: args.layers.with.clone(), set })?;
    let expected = Plan { info: RunInfo { runs, ..plan.info.clone() }, ..plan.clone() };
    if loaded.plan.as_ref() == Some(&expected) { Ok(loaded) } else { Err(Changed.into()) }
}
