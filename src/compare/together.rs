//! Comparing scenarios by running them together.

use super::figure::{figures, kept};
use super::outcome::{Comparison, Pairs};
use super::pairing::{Aim, Pairing};
use super::shares::{Shares, Subsets};
use crate::results::relative_error;
use crate::run::{Detail, Kept, Observer, Plan, Stopped, Task, run_together};

/// What is asked of a comparison.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    /// Metrics to compare beside the main ones, by path.
    pub more: Vec<String>,
    /// The difference that is to be exact, if one is: the runs then go on in rounds until it is, up to those of the plans.
    pub precise: Option<Precise>,
}

/// How exact the difference of a metric in a year is to be, of every scenario against the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Precise {
    /// The path of the metric.
    pub metric: String,
    /// The calendar year.
    pub year: i32,
    /// Half of the 95% interval of the mean difference, as a share of it.
    pub wanted: f64,
}

/// Why plans can't be run together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Apart {
    /// They begin in different months.
    #[error("they start in different months ({first} and {other}), so their months don't line up")]
    Start {
        /// Of the first.
        first: String,
        /// Of another.
        other: String,
    },
    /// They have no year in common.
    #[error("they have no year in common")]
    Years,
    /// What is to be exact isn't compared.
    #[error("{0} is not among the figures that are compared")]
    NoFigure(String),
}

/// Why there is no comparison.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// Somebody stopped it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The plans don't fit.
    #[error(transparent)]
    Apart(#[from] Apart),
}

/// Runs plans with one seed, one design and as many runs each in one pass, and compares each with the first.
///
/// # Errors
/// If their months don't line up, or when the observer stopped it.
pub fn compare(plans: &[Plan], question: &Question, observer: &dyn Observer) -> Result<Comparison, Failed> {
    let mut round = Round::new(plans, question, Pairing::against_the_first(plans.len()))?;
    let scenarios = run_together(&round.tasks, None, &mut round.pairing, observer)?;
    let pairing = &round.pairing;
    Ok(Comparison::new(scenarios, Pairs::Paired { runs: pairing.runs() }, pairing.compared()))
}

/// What some parts add to a scenario, alone and together.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributions {
    /// Every combination of the parts, in the order of [`Subsets`], compared with the one without any.
    pub combinations: Comparison,
    /// For every figure of it, the shares of the parts.
    pub shares: Vec<Shares>,
}

/// Runs all combinations of some parts in one pass: `plans` in the order of [`Subsets`].
///
/// # Errors
/// If their months don't line up, or when the observer stopped it.
pub fn contributions(
    plans: &[Plan],
    parts: usize,
    question: &Question,
    observer: &dyn Observer,
) -> Result<Contributions, Failed> {
    let subsets = Subsets::of(parts);
    let against = Pairing::against_the_first(plans.len());
    let mut round = Round::new(plans, question, [against, subsets.contrasts()].concat())?;
    let scenarios = run_together(&round.tasks, None, &mut round.pairing, observer)?;
    let pairing = &round.pairing;
    let first = plans.len() - 1;
    let shares =
        (0..pairing.figures().len()).map(|figure| Shares::of(pairing, subsets, figure, first)).collect();
    let pairs = Pairs::Paired { runs: pairing.runs() };
    Ok(Contributions { combinations: Comparison::new(scenarios, pairs, pairing.compared()), shares })
}

/// Plans that are about to run together.
struct Round<'p> {
    tasks: Vec<Task<'p>>,
    pairing: Pairing,
}

impl<'p> Round<'p> {
    fn new(plans: &'p [Plan], question: &Question, contrasts: Vec<Vec<f64>>) -> Result<Self, Apart> {
        line_up(plans)?;
        let kept: Vec<Kept> = plans.iter().map(|plan| kept(plan, &question.more)).collect();
        let figures = figures(&plans.iter().zip(&kept).collect::<Vec<_>>());
        let aim = question.precise.as_ref().map(|precise| aim(precise, &figures)).transpose()?;
        let tasks = plans.iter().zip(kept).map(|(plan, kept)| Task { plan, detail: Detail::Years, kept });
        Ok(Self { tasks: tasks.collect(), pairing: Pairing::new(figures, &plans[0], contrasts, aim) })
    }
}

fn aim(precise: &Precise, figures: &[super::Figure]) -> Result<Aim, Apart> {
    let is_meant = |figure: &super::Figure| figure.path == precise.metric && figure.year == precise.year;
    let place = figures.iter().position(is_meant);
    let figure = place.ok_or_else(|| Apart::NoFigure(format!("{}@{}", precise.metric, precise.year)))?;
    Ok(Aim { figure, wanted: precise.wanted })
}

fn line_up(plans: &[Plan]) -> Result<(), Apart> {
    let first = plans[0].info.horizon;
    for other in plans[1..].iter().map(|plan| plan.info.horizon) {
        if other.start != first.start {
            return Err(Apart::Start { first: first.start.to_string(), other: other.start.to_string() });
        }
    }
    Ok(())
}

impl Comparison {
    /// The precision that the worst of the differences of a figure has; `None` where it has none.
    pub fn precision(&self, precise: &Precise) -> Option<f64> {
        let figure = self.figure(&precise.metric, precise.year)?;
        let errors = figure.differences.iter().map(|d| relative_error(d.mean, d.standard_error));
        errors.collect::<Option<Vec<f64>>>().map(|errors| errors.into_iter().fold(0.0, f64::max))
    }
}
