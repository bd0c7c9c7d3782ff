//! `--precision`: as many runs as it takes.

use super::app::Failure;
use super::args::{CompareArgs, RunArgs, YearlyFigure};
use super::console;
use crate::diag::nearest;
use crate::plan::Plan;
use crate::results::{RunResult, Wanted};
use crate::run::{Goal, GoalError};
use crate::scenario::{LoadError, Loaded, load, parse_quantity};
use std::borrow::Cow;
use std::str::FromStr;

/// Runs at the most where nobody says how many.
pub(super) const MOST_RUNS: u64 = 10_000_000;

/// How exact a figure is to be, as typed: `1%` of itself, or an amount like `500 t/year`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exactness(Wanted);

impl FromStr for Exactness {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Err(SYNTAX.to_owned());
        }
        let quantity = parse_quantity(text).map_err(|error| match error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message,
        })?;
        let value = quantity.distribution.is_constant().filter(|value| *value > 0.0);
        match (value, quantity.unit.text.as_str()) {
            (Some(share), "") if quantity.percent && share <= 1.0 => Ok(Self(Wanted::Share(share))),
            // A bare number could mean a share, per cent, or an amount of anything.
            (None, _) | (_, "" | "%") => Err(SYNTAX.to_owned()),
            (Some(value), _) => Ok(Self(Wanted::Amount { value, unit: quantity.unit })),
        }
    }
}

const SYNTAX: &str = "a share is written like 1% or 0.5%, an amount like '500 t/year'";

/// The goal of a scenario's runs, if one was typed; says why it can't be one.
pub(super) fn goal(args: &RunArgs, plan: &Plan) -> Result<Option<Goal>, Failure> {
    let Some(wanted) = &args.precision else { return Ok(None) };
    goal_of(wanted, args.precision_of.as_ref(), plan).map(Some).map_err(|error| refused(&error))
}

/// The goal of the differences between scenarios, as the first has it that can; says why none can.
pub(super) fn goal_of_differences(args: &CompareArgs, plans: &[Plan]) -> Result<Option<Goal>, Failure> {
    let Some(wanted) = &args.precision else { return Ok(None) };
    let goals = plans.iter().map(|plan| goal_of(wanted, args.precision_of.as_ref(), plan));
    let mut first_error = None;
    for goal in goals {
        match goal {
            Ok(goal) => return Ok(Some(goal)),
            Err(error) => _ = first_error.get_or_insert(error),
        }
    }
    first_error.map_or(Ok(None), |error| Err(refused(&error)))
}

fn goal_of(wanted: &Exactness, of: Option<&YearlyFigure>, plan: &Plan) -> Result<Goal, GoalError> {
    let (metric, year) = match of {
        None => ("volume", None),
        Some(figure) => (figure.metric.as_str(), Some(figure.year)),
    };
    Goal::new(plan, metric, year, wanted.0.clone())
}

fn refused(error: &GoalError) -> Failure {
    let near = match error {
        GoalError::NoMetric { metric, known } => nearest(metric, known.iter().map(String::as_str)),
        _ => None,
    };
    console::error_with_guess(&error.to_string(), near.map(|near| format!("`{near}`")).as_deref());
    Failure::Input
}

/// The scenario as if `--runs` had been given with the number that it took, so that the result is that of a plain run to the
/// last byte. Its files are not read again: whatever has become of them, the result is of what they were.
pub(super) fn as_plain_run<'s>(
    scenario: &'s Loaded,
    result: &RunResult,
) -> Result<Cow<'s, Loaded>, LoadError> {
    let runs = result.info.runs;
    match &scenario.plan {
        Some(plan) if plan.info.runs != runs => load(&scenario.request.with_runs(runs)).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(scenario)),
    }
}
