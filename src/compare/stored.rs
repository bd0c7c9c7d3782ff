//! Comparing results that are on disk: run by run where their runs are paired, and otherwise as independent
//! samples.

use super::figure::{Figure, figures, kept};
use super::outcome::{Comparison, Difference, Dominance, FigureComparison, MATTERS_FROM, Pairs};
use super::pairing::Pairing;
use super::together::Question;
use crate::plan::Plan;
use crate::results::store::{DrawsError, DrawsReader, ReadError, Role, StoredResult};
use crate::results::{RunResult, Summary};
use crate::run::{Kept, restore};
use crate::sample::{BLOCK_RUNS, Design};
use crate::stats::{Bins, are_equal, without_rounding};
use crate::units::format::count;
use rayon::prelude::*;

/// A result on disk, with the plan of its resolved scenario.
#[derive(Debug)]
pub struct Side {
    /// The plan.
    pub plan: Plan,
    /// The folder.
    pub stored: StoredResult,
}

/// Why results can't be compared.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// A table doesn't have the expected form.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The single runs can't be read.
    #[error(transparent)]
    Draws(#[from] DrawsError),
}

/// Compares results, each with the first.
///
/// # Errors
/// If a table can't be read.
pub fn compare_stored(sides: &[Side]) -> Result<Comparison, StoredError> {
    let scenarios: Vec<RunResult> =
        sides.par_iter().map(|side| restore(&side.plan, &side.stored)).collect::<Result<_, _>>()?;
    let kept: Vec<Kept> = sides.iter().map(|side| kept(&side.plan, &[])).collect();
    let plans: Vec<(&Plan, &Kept)> = sides.iter().map(|side| &side.plan).zip(&kept).collect();
    let all = figures(&plans);
    match why_unpaired(sides)? {
        None => {
            let judges = sides.iter().map(judge).collect::<Result<Vec<_>, _>>()?;
            let compare = |figure: &Figure| paired(sides, &judges, figure);
            let found: Vec<(FigureComparison, u64)> =
                all.par_iter().map(compare).collect::<Result<_, _>>()?;
            let runs = found.first().map_or(0, |(_, runs)| *runs);
            let figures = found.into_iter().map(|(compared, _)| compared).collect();
            Ok(Comparison::new(scenarios, Pairs::Paired { runs }, figures, &Question::default()))
        }
        Some(reason) => {
            let compare = |figure: Figure| unpaired(sides, &scenarios, figure);
            let figures = all.into_par_iter().map(compare).collect::<Result<_, _>>()?;
            Ok(Comparison::new(scenarios, Pairs::Unpaired { reason }, figures, &Question::default()))
        }
    }
}

/// The reason why the runs of these results aren't paired; `None` if they are. It names the first result that
/// differs.
fn why_unpaired(sides: &[Side]) -> Result<Option<String>, StoredError> {
    let first = &sides[0];
    let odd = |other: &'_ Side| reason_unpaired(first, other);
    let mut all: Vec<(&str, String)> =
        sides[1..].iter().filter_map(|other| Some((name(other), odd(other)?))).collect();
    for side in sides {
        if draws(side)?.is_none() {
            all.push((name(side), format!("{} holds no single runs (draws.parquet)", name(side))));
        }
    }
    let Some((odd, reason)) = all.first() else { return Ok(None) };
    let alone = all.iter().all(|(name, _)| name == odd) && sides.len() > 2 && *odd != name(first);
    let reason = match (sides.len() > 2 && reason.starts_with("their"), alone) {
        (true, true) => {
            format!(
                "the runs of {} and {odd} are not paired: {reason}; without {odd} the others are",
                name(first)
            )
        }
        (true, false) => format!("the runs of {} and {odd} are not paired: {reason}", name(first)),
        (false, true) => format!("{reason}; without {odd} the runs of the others are paired"),
        (false, false) => reason.clone(),
    };
    Ok(Some(reason))
}

fn name(side: &Side) -> &str {
    &side.plan.info.name
}

/// The reason why the runs of two results aren't paired.
fn reason_unpaired(first: &Side, other: &Side) -> Option<String> {
    let (a, b) = (first.stored.manifest(), other.stored.manifest());
    let of_plans = |what: &str| Some(what.to_owned());
    if a.seed != b.seed {
        Some(format!("their seeds differ ({} and {})", a.seed, b.seed))
    } else if a.stream_version != b.stream_version {
        of_plans("they were computed by versions of the program with different random numbers")
    } else if a.runs != b.runs {
        Some(format!("{} has {} runs and {} has {}", name(first), count(a.runs), name(other), count(b.runs)))
    } else if first.plan.design != other.plan.design {
        of_plans("their sampling designs differ (`run.sampling`)")
    } else if first.plan.info.horizon.start != other.plan.info.horizon.start {
        of_plans("their first months differ")
    } else if first.plan.design == Design::Sobol && !share_dimensions(&first.plan, &other.plan) {
        of_plans(
            "under Sobol sampling an input that only one of them has changes the draws of both; \
             compare the scenario files instead",
        )
    } else {
        None
    }
}

/// Whether inputs with the same name have the same index, and so the same dimension.
fn share_dimensions(a: &Plan, b: &Plan) -> bool {
    let index = |plan: &Plan, path: &str| plan.inputs.iter().position(|input| input.path == path);
    a.inputs.iter().enumerate().all(|(at, input)| index(b, &input.path).is_none_or(|other| other == at))
}

fn draws(side: &Side) -> Result<Option<DrawsReader>, StoredError> {
    Ok(side.stored.draws().transpose()?)
}

/// The values of a figure in all runs; `None` if the scenario doesn't have it.
fn column(side: &Side, figure: &Figure, scenario: usize) -> Result<Option<Vec<f64>>, StoredError> {
    let name = figure.name();
    let Some(reader) = draws(side)? else { return Ok(None) };
    let is_there = reader.columns().iter().any(|column| column.role == Role::Metric && column.name == name);
    if figure.columns[scenario].is_none() || !is_there {
        return Ok(None);
    }
    Ok(Some(reader.read(&name)?))
}

/// A column that every scenario has, which shows the invalid runs.
fn judge(side: &Side) -> Result<Vec<f64>, StoredError> {
    let year = side.plan.info.horizon.start.year();
    let Some(reader) = draws(side)? else { return Ok(Vec::new()) };
    Ok(reader.read(&format!("volume@{year}"))?)
}

/// Compares one figure of all results, so that only few columns are in memory.
fn paired(
    sides: &[Side],
    judges: &[Vec<f64>],
    figure: &Figure,
) -> Result<(FigureComparison, u64), StoredError> {
    let columns: Vec<Option<Vec<f64>>> = sides
        .iter()
        .enumerate()
        .map(|(scenario, side)| column(side, figure, scenario))
        .collect::<Result<_, _>>()?;
    let alone = Figure {
        columns: columns.iter().map(|column| column.as_ref().map(|_| 1)).collect(),
        ..figure.clone()
    };
    let contrasts = Pairing::against_the_first(sides.len());
    let mut pairing = Pairing::new(vec![alone], &sides[0].plan, contrasts, None);
    let runs = judges.iter().map(Vec::len).min().unwrap_or(0);
    let chunk = usize::try_from(BLOCK_RUNS).unwrap_or(runs).max(1);
    for from in (0..runs).step_by(chunk) {
        let to = (from + chunk).min(runs);
        let part = |(judge, column): (&'_ Vec<f64>, &'_ Option<Vec<f64>>)| -> Vec<Vec<f64>> {
            std::iter::once(judge).chain(column).map(|column| column[from..to].to_vec()).collect()
        };
        let part: Vec<Vec<Vec<f64>>> = judges.iter().zip(&columns).map(part).collect();
        pairing.push(
            &part.iter().map(|columns| columns.iter().map(Vec::as_slice).collect()).collect::<Vec<_>>(),
        );
    }
    let compared = pairing.compared().remove(0);
    Ok((FigureComparison { figure: figure.clone(), ..compared }, pairing.runs()))
}

fn unpaired(
    sides: &[Side],
    scenarios: &[RunResult],
    figure: Figure,
) -> Result<FigureComparison, StoredError> {
    let of = |scenario: usize| -> Summary {
        let zero = Summary::of(&crate::stats::Moments::of(&[0.0, 0.0]), None);
        scenarios[scenario].year(&figure.path, figure.year).copied().unwrap_or(zero)
    };
    let values: Vec<Summary> = (0..sides.len()).map(of).collect();
    let bins_of = |(scenario, side): (usize, &Side)| -> Result<Bins, StoredError> {
        let column = column(side, &figure, scenario)?;
        Ok(column.map_or_else(Bins::default, |values| Bins::of(&values)))
    };
    let bins: Vec<Bins> = sides.iter().enumerate().map(bins_of).collect::<Result<_, _>>()?;
    let difference = |scenario: usize| {
        let (value, first) = (&values[scenario], &values[0]);
        let has_runs = !bins[scenario].list().is_empty() && !bins[0].list().is_empty();
        // Of two values in one bin either may be the larger, unless both are known to be equal.
        let is_same = value.sd == 0.0 && first.sd == 0.0 && are_equal(value.mean, first.mean);
        let least = MATTERS_FROM * first.mean.abs();
        let chance = |a: &Bins, b: &Bins| match (has_runs, is_same) {
            (false, _) => f64::NAN,
            (true, true) => 0.0,
            (true, false) => a.chance_above_by(b, least),
        };
        Difference {
            mean: without_rounding(value.mean - first.mean, value.mean.abs().max(first.mean.abs())),
            standard_error: libm::hypot(value.standard_error, first.standard_error),
            paired: None,
            is_same: false,
            above: chance(&bins[scenario], &bins[0]),
            below: chance(&bins[0], &bins[scenario]),
            dominance: match (has_runs, is_same) {
                (false, _) => Dominance::Neither,
                (true, true) => Dominance::Equal,
                (true, false) => Dominance::of(&bins[scenario], &bins[0]),
            },
        }
    };
    let differences = (1..sides.len()).map(difference).collect();
    Ok(FigureComparison { figure, values, bins, differences })
}
