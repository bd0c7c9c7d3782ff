//! Comparing scenarios by running them together.

use super::figure::{figures, kept, totals};
use super::outcome::{Comparison, Pairs};
use super::pairing::{Aim, Pairing};
use super::shares::{Shares, Subsets};
use super::steps::Steps;
use crate::plan::Plan;
use crate::results::Wanted;
use crate::run::{Collector, Detail, Kept, KeptRuns, Observer, Stopped, Task, run_together};
use crate::sample::Design;

/// What a comparison is to compute.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    /// Metrics to compare in addition to the main ones, by path.
    pub more: Vec<String>,
    /// The difference for which a precision is requested, if any: the runs then continue in rounds until it
    /// is reached, up to the number of runs of the plans.
    pub precise: Option<Precise>,
}

/// A requested precision of the difference of a metric in a year, for every scenario compared with the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Precise {
    /// The path of the metric.
    pub metric: String,
    /// The calendar year.
    pub year: i32,
    /// Half of the 95% interval of the mean difference, as a share of it or as an amount.
    pub wanted: Wanted,
}

/// The reason why plans can't be run together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Apart {
    /// They begin in different months.
    #[error("they start in different months ({first} and {other}), so their months don't line up")]
    Start {
        /// The start of the first plan.
        first: String,
        /// The start of another plan.
        other: String,
    },
    /// There is no year of which all plans cover the same months.
    #[error("there is no year of which they cover the same months")]
    Years,
    /// The figure with the requested precision isn't compared.
    #[error("{0} is not among the figures that are compared")]
    NoFigure(String),
}

/// The reason why there is no comparison.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The observer stopped it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The plans can't be run together.
    #[error(transparent)]
    Apart(#[from] Apart),
}

/// Runs plans with the same seed, design and number of runs in one pass, and compares each with the first.
///
/// # Errors
/// If their months don't line up, or when the observer stopped it.
pub fn compare(plans: &[Plan], question: &Question, observer: &dyn Observer) -> Result<Comparison, Failed> {
    let distributed = vec![true; plans.len()];
    let contrasts = Pairing::against_the_first(plans.len());
    let mut round = Round::new(plans, question, (Detail::Years, &distributed), contrasts)?;
    let scenarios = run_together(&round.tasks, None, &mut round.pairing, observer)?;
    let pairing = &round.pairing;
    let pairs = Pairs::Paired { runs: pairing.runs() };
    Ok(Comparison::new(scenarios, pairs, pairing.compared(), question))
}

/// Whether the result of each plan in a common pass is to the bit that of a pass of its own: all have the
/// same seed, design, number of runs and first month. Under Sobol sampling they must also have the same
/// inputs, because an input that only one of them has would take a dimension that another input has in a
/// separate run.
pub fn run_alike(plans: &[&Plan]) -> bool {
    let runs = |plan: &Plan| (plan.info.seed, plan.info.runs, plan.design, plan.info.horizon.start);
    let inputs =
        |plan: &'_ Plan| -> Vec<String> { plan.inputs.iter().map(|input| input.path.clone()).collect() };
    let is_alike = |pair: &[&Plan]| {
        runs(pair[0]) == runs(pair[1])
            && (pair[0].design != Design::Sobol || inputs(pair[0]) == inputs(pair[1]))
    };
    plans.windows(2).all(is_alike)
}

/// Runs tasks in one pass, passes what each of them keeps to a collector, and compares each with the first.
/// For the collector, what a task keeps comes before what the comparison needs in addition.
///
/// # Errors
/// If their months don't line up, or when the observer stopped it.
pub fn compare_keeping(
    tasks: &[Task<'_>],
    collector: &mut dyn Collector,
    observer: &dyn Observer,
) -> Result<Comparison, Failed> {
    let question = Question::default();
    let compared: Vec<Kept> = tasks.iter().map(|task| kept(task.plan, &[])).collect();
    line_up(tasks.iter().map(|task| task.plan))?;
    let plans: Vec<(&Plan, &Kept)> = tasks.iter().map(|task| task.plan).zip(&compared).collect();
    let mut all = figures(&plans);
    let tasks: Vec<Task<'_>> =
        tasks.iter().zip(&compared).map(|(task, compared)| task.keeping(compared)).collect();
    for figure in &mut all {
        for ((column, task), compared) in figure.columns.iter_mut().zip(&tasks).zip(&compared) {
            *column = column.and_then(|column| task.kept.place(compared.figures[column]));
        }
    }
    let contrasts = Pairing::against_the_first(tasks.len());
    let mut both = Both { pairing: Pairing::new(all, tasks[0].plan, contrasts, None), other: collector };
    let scenarios = run_together(&tasks, None, &mut both, observer)?;
    let pairs = Pairs::Paired { runs: both.pairing.runs() };
    Ok(Comparison::new(scenarios, pairs, both.pairing.compared(), &question))
}

/// Two collectors that receive the same runs.
struct Both<'c> {
    pairing: Pairing,
    other: &'c mut dyn Collector,
}

impl Collector for Both<'_> {
    fn take(&mut self, runs: &[KeptRuns]) {
        self.pairing.take(runs);
        self.other.take(runs);
    }
}

/// The effects of some parts on a scenario, alone and together.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributions {
    /// Every combination of the parts, in the order of [`Subsets`], compared with the one without parts. The
    /// results in it have means only; the compared figures have quantiles.
    pub combinations: Comparison,
    /// For every compared figure, the shares of the parts.
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
    let distributed = subsets.distributed();
    let mut round = Round::new(plans, question, (Detail::Moments, &distributed), subsets.contrasts())?;
    let scenarios = run_together(&round.tasks, None, &mut round.pairing, observer)?;
    let pairing = &round.pairing;
    let shares: Vec<Shares> =
        (0..pairing.figures().len()).map(|figure| Shares::of(pairing, subsets, figure)).collect();
    let mut figures = pairing.compared();
    for (figure, shares) in figures.iter_mut().zip(&shares) {
        if let Some(all) = figure.differences.last_mut() {
            all.mean = shares.together.summary.mean;
            all.paired = Some(shares.together.summary);
        }
    }
    let pairs = Pairs::Paired { runs: pairing.runs() };
    let combinations = Comparison::new(scenarios, pairs, figures, question);
    Ok(Contributions { combinations, shares })
}

/// With more plans than this only totals are compared: the figures of 512 runs of all take 70 MB for 64
/// plans.
const MOST_WHOLE: usize = 16;

/// Plans prepared for a common pass.
struct Round<'p> {
    tasks: Vec<Task<'p>>,
    pairing: Pairing,
}

impl<'p> Round<'p> {
    /// Prepares plans, with whole distributions in the scenarios for which `distributed` is true.
    fn new(
        plans: &'p [Plan],
        question: &Question,
        (detail, distributed): (Detail, &[bool]),
        contrasts: Vec<Steps>,
    ) -> Result<Self, Apart> {
        line_up(plans.iter())?;
        let kept_of = |plan: &Plan| {
            let all = kept(plan, &question.more);
            if plans.len() > MOST_WHOLE { totals(plan, all, &question.more) } else { all }
        };
        let kept: Vec<Kept> = plans.iter().map(kept_of).collect();
        let figures = figures(&plans.iter().zip(&kept).collect::<Vec<_>>());
        if figures.is_empty() {
            return Err(Apart::Years);
        }
        let aim = question.precise.as_ref().map(|precise| aim(precise, &figures)).transpose()?;
        let task = |(plan, kept)| Task { plan, detail, kept };
        Ok(Self {
            tasks: plans.iter().zip(kept).map(task).collect(),
            pairing: Pairing::with_distributions(figures, &plans[0], distributed, contrasts, aim),
        })
    }
}

fn aim(precise: &Precise, figures: &[super::Figure]) -> Result<Aim, Apart> {
    let is_meant = |figure: &super::Figure| figure.path == precise.metric && figure.year == precise.year;
    let index = figures.iter().position(is_meant);
    let figure = index.ok_or_else(|| Apart::NoFigure(format!("{}@{}", precise.metric, precise.year)))?;
    Ok(Aim { figure, wanted: precise.wanted.clone() })
}

fn line_up<'p>(plans: impl Iterator<Item = &'p Plan>) -> Result<(), Apart> {
    let mut horizons = plans.map(|plan| plan.info.horizon);
    let Some(first) = horizons.next() else { return Ok(()) };
    for other in horizons {
        if other.start != first.start {
            return Err(Apart::Start { first: first.start.to_string(), other: other.start.to_string() });
        }
    }
    Ok(())
}

impl Comparison {
    /// The precision of the least precise difference of a figure; `None` where it isn't known.
    pub fn precision(&self, precise: &Precise) -> Option<f64> {
        let figure = self.figure(&precise.metric, precise.year)?;
        let errors = figure.differences.iter().map(|d| precise.wanted.found(d.mean, d.standard_error));
        errors.collect::<Option<Vec<f64>>>().map(|errors| errors.into_iter().fold(0.0, f64::max))
    }
}
