//! The precision that the mean of a figure is to reach.

use super::Error;
use crate::diag::nearest;
use crate::plan::Plan;
use crate::results::{RunResult, Wanted};
use crate::run::{Goal, GoalError};
use crate::scenario::{LoadError, Loaded, load, parse_quantity, readings_at};
use std::borrow::Cow;
use std::str::FromStr;

/// The most runs for a precision, unless the request says otherwise.
pub const MOST_RUNS: u64 = 10_000_000;

/// A precision as typed: `1%` of the figure, or an amount like `500 t/year`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exactness(Wanted);

impl FromStr for Exactness {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Err(SYNTAX.to_owned());
        }
        if let Some((decimal, thousands)) = readings_at(text) {
            return Err(format!("this may mean {decimal} or {thousands}: write it as one of them"));
        }
        let quantity = parse_quantity(text).map_err(|error| match error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message,
        })?;
        let value = quantity.distribution.is_constant().filter(|value| *value > 0.0);
        match (value, quantity.unit.text.as_str()) {
            (Some(share), "") if quantity.percent && share <= 1.0 => Ok(Self(Wanted::Share(share))),
            // A number without a unit could mean a share, per cent, or an amount.
            (None, _) | (_, "" | "%") => Err(SYNTAX.to_owned()),
            (Some(value), _) => Ok(Self(Wanted::Amount { value, unit: quantity.unit })),
        }
    }
}

const SYNTAX: &str = "a share is written like 1% or 0.5%, an amount like '500 t/year'";

/// A metric in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureOf {
    /// The path of the metric.
    pub metric: String,
    /// The calendar year.
    pub year: i32,
}

impl FromStr for FigureOf {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.rsplit_once('@').and_then(|(metric, year)| Some((metric, year.parse().ok()?)));
        let figure = parts.filter(|(metric, _)| !metric.is_empty());
        figure
            .map(|(metric, year)| Self { metric: metric.to_owned(), year })
            .ok_or("a figure is written like volume@2030")
    }
}

/// The goal of runs until a figure has a precision: by default the volume in the last whole year.
pub(super) fn goal(wanted: &Exactness, of: Option<&FigureOf>, plan: &Plan) -> Result<Goal, Error> {
    let (metric, year) = match of {
        None => ("volume", None),
        Some(figure) => (figure.metric.as_str(), Some(figure.year)),
    };
    Goal::new(plan, metric, year, wanted.0.clone()).map_err(|error| refused(&error))
}

/// The goal of the differences between scenarios: that of the first scenario which has the figure, or the
/// error of the first if none has.
pub(super) fn goal_of_differences(
    wanted: &Exactness,
    of: Option<&FigureOf>,
    plans: &[Plan],
) -> Result<Goal, Error> {
    let mut goals: Vec<Result<Goal, Error>> = plans.iter().map(|plan| goal(wanted, of, plan)).collect();
    let possible = goals.iter().position(Result::is_ok).unwrap_or(0);
    goals.swap_remove(possible)
}

fn refused(error: &GoalError) -> Error {
    let near = match error {
        GoalError::NoMetric { metric, known } => nearest(metric, known.iter().map(String::as_str)),
        _ => None,
    };
    Error::unknown(error.to_string(), near)
}

/// The scenario as if `--runs` had been given with the number of runs that it took, so that the result equals
/// that of a plain run to the last byte. Its files are not read again, because they may have changed
/// meanwhile.
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
