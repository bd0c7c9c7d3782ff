//! Attribution of a figure's variance: which assumptions its spread comes from.
//!
//! [`drivers`] tells it from runs that differ in everything at once. [`by_redrawing`] makes runs for the
//! question alone, and tells what each explains with all of its interactions, too. What depends on one
//! another counts as one, so that shares add up.
//!
//! A monthly noise and a random path are explained by their yearly means up to the year in question: the
//! combination of them that the figure follows best ([`crate::sensitivity::score`]) has a first-order share
//! like a number's. How the months of a year differ from their mean no row explains; that is in the
//! remainder.

mod basis;
mod group;
mod redrawn;

pub use basis::Basis;
pub use redrawn::by_redrawing;

use crate::plan::{Metric, Period, Plan};
use crate::run::{Draws, YearlyFigure, central_run};
use crate::sensitivity::{Correlation, Index, Swing, shapley_of_data, shares, spearman, swing};
use crate::stats::Moments;
use group::{Data, Group, groups};
use rayon::prelude::*;

/// What explains less of the variance isn't marked, whoever's word it rests on.
pub const MARKED_FROM: f64 = 0.01;

/// Where something has happened in fewer runs, or in all but so few, the figure with it and without isn't
/// told.
const FEWEST_THAT_TELL: u64 = 50;

/// So many rows are told apart.
pub const LARGEST: usize = 12;

/// So many runs a figure is explained from, unless somebody asks for more: on the page of a run and by
/// `simulate sensitivity` the same first ones, so that both say the same. Shares are known to a few per cent
/// by then, and it takes no longer than the runs do.
pub const EXPLAINED_RUNS: u64 = 4_096;

/// What the last rows are called, wherever they stand: interactions of the leading rows, and the residual.
pub const INTERACTIONS: &str = "interactions among the first";
/// See [`INTERACTIONS`].
pub const REMAINDER: &str = "unexplained (residual)";

/// Numbers that depend on one another are told apart if they are so few, by so many runs at most: each
/// further one doubles the time.
const MOST_MEMBERS: usize = 4;
const RUNS_FOR_MEMBERS: usize = 4_096;

/// What a figure's spread comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The metric.
    pub metric: Metric,
    /// The calendar year, or as much of it as the horizon covers.
    pub year: Period,
    /// The figure over all runs, in base units.
    pub figure: Moments,
    /// The figure without uncertainty, [`central_run`]; NaN if it isn't known.
    pub central: f64,
    /// How the shares were found.
    pub method: Method,
    /// Assumptions and groups of them, the largest share first.
    pub list: Vec<Driver>,
    /// What all rows but the largest explain, as the sum of their shares.
    pub small: Index,
    /// What the leading ones explain together beyond their sum; of [`Method::Sobol`], what all do.
    pub interactions: Index,
    /// What nothing above explains: how months differ from their year's mean, and interactions beyond the
    /// leading rows. Of
    /// [`Method::Sobol`] it is nothing.
    pub remainder: Index,
}

/// How shares are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// From runs that are there anyway.
    Data,
    /// From so many runs that are made again for every group, with other numbers for it: pick and freeze.
    Sobol {
        /// The runs of each.
        runs: u64,
        /// How many plans were computed so often.
        plans: usize,
    },
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A single number.
    Number,
    /// All that belongs to an event, a project or a shock.
    Happening,
    /// Numbers that depend on one another.
    Together,
    /// A monthly noise or a random path, or several whose shocks are correlated.
    Path,
}

/// An assumption, or all that belongs together.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Its path.
    pub path: String,
    /// What it stands for.
    pub kind: Kind,
    /// The share of the variance that it explains alone.
    pub share: Index,
    /// The share with all of its interactions; where it was asked for.
    pub total: Option<Index>,
    /// Whether the figure rises or falls with it; for single assumptions, and paths by their mean of the
    /// year.
    pub correlation: Option<Correlation>,
    /// The figure where it is low, and where it is high; of an event, a project and a shock, where it hasn't
    /// happened and where it has.
    pub swing: Option<Swing>,
    /// Whose word it rests on.
    pub basis: Basis,
    /// Whether it rests on nothing but judgement, and explains at least [`MARKED_FROM`].
    pub is_judgement: bool,
    /// Of what depends on one another: each one's part of the share (its Shapley effect).
    pub members: Vec<(String, Index)>,
}

/// The figures that have to be drawn to explain a metric in a year: itself, and whether events and projects
/// have happened by then.
pub fn figures(plan: &Plan, metrics: &[Metric], metric: usize, year: usize) -> Vec<YearlyFigure> {
    let place = |path: &str| metrics.iter().position(|metric| metric.path == path).unwrap_or(metric);
    let happened = group::milestones(plan).into_iter().map(|(_, path)| place(&path));
    std::iter::once(metric).chain(happened).map(|metric| YearlyFigure { metric, year }).collect()
}

/// Explains the first of the [`figures`] by the inputs and the shocks. `None` of too few runs.
pub fn drivers(plan: &Plan, draws: &Draws, metric: &Metric, year: i32) -> Option<Drivers> {
    let data = Data::new(plan, draws, year);
    let y = data.figure();
    let groups: Vec<Group> = groups(plan).into_iter().filter(|group| data.varies(group)).collect();
    let columns: Vec<Vec<&[f64]>> = groups.iter().map(|group| data.columns(group)).collect();
    let parts = shares(&columns, y, LARGEST)?;
    let list =
        groups.par_iter().zip(&parts.groups).map(|(group, &share)| data.driver(group, share)).collect();
    let mut found = Drivers {
        metric: metric.clone(),
        year: period(plan, year),
        figure: Moments::of(y),
        central: central(plan, metric, year),
        method: Method::Data,
        list,
        small: parts.small,
        interactions: parts.interactions,
        remainder: parts.remainder,
    };
    found.sort();
    Some(found)
}

impl Drivers {
    /// Whether all runs come to the same.
    pub fn is_certain(&self) -> bool {
        self.figure.sd() == 0.0
    }

    /// The rows that are told apart, the largest share first. All others are summed up in `small`.
    pub fn largest(&self) -> impl Iterator<Item = &Driver> + Clone {
        self.list.iter().take(LARGEST)
    }

    /// The sums below those rows with their names: what is not told apart, what only several do together, and
    /// what is left.
    pub fn sums(&self) -> Vec<(String, Index)> {
        let hidden = self.list.len().saturating_sub(LARGEST);
        let mut sums = vec![(INTERACTIONS.to_owned(), self.interactions)];
        if hidden > 0 {
            sums.insert(0, (format!("{hidden} others together"), self.small));
        }
        if self.method == Method::Data {
            sums.push((REMAINDER.to_owned(), self.remainder));
        }
        sums
    }

    fn sort(&mut self) {
        self.list.sort_by(|a, b| b.share.raw().total_cmp(&a.share.raw()));
    }
}

impl Driver {
    /// What is known of a group beside its share without looking at runs.
    fn without_data(plan: &Plan, group: &Group, share: Index) -> Self {
        let basis = Basis::of(&plan.assumptions, &group.names);
        Self {
            path: group.path(),
            kind: group.kind,
            share,
            total: None,
            correlation: None,
            swing: None,
            basis,
            is_judgement: basis == Basis::Judgement && share.raw() >= MARKED_FROM,
            members: Vec::new(),
        }
    }
}

impl Data<'_> {
    /// A group's row.
    fn driver(&self, group: &Group, share: Index) -> Driver {
        let y = self.figure();
        let single = match (group.kind, &group.streams.inputs[..]) {
            (Kind::Number, &[input]) => Some(self.input(input)),
            _ => self.level(group),
        };
        let happened = self.happened(group);
        Driver {
            correlation: single.map(|x| spearman(x, y)),
            swing: match single {
                Some(x) => swing(x, y),
                None => happened.and_then(|x| swing(&x, y)).filter(is_told_by_many),
            },
            members: self.members(group),
            ..Driver::without_data(self.plan, group, share)
        }
    }

    /// What each of a few numbers that depend on one another adds.
    fn members(&self, group: &Group) -> Vec<(String, Index)> {
        let inputs = &group.streams.inputs;
        if group.kind != Kind::Together || inputs.len() > MOST_MEMBERS {
            return Vec::new();
        }
        let some = |column: &'_ [f64]| column[..column.len().min(RUNS_FOR_MEMBERS)].to_vec();
        let columns: Vec<Vec<f64>> = inputs.iter().map(|&input| some(self.input(input))).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let effects = shapley_of_data(&columns, &some(self.figure())).unwrap_or_default();
        inputs
            .iter()
            .zip(effects)
            .map(|(&input, effect)| (self.plan.inputs[input].path.clone(), effect))
            .collect()
    }
}

/// A mean over a handful of runs in which something rare has happened tells more of those runs than of what
/// has happened.
fn is_told_by_many(swing: &Swing) -> bool {
    swing.low.count().min(swing.high.count()) >= FEWEST_THAT_TELL
}

/// A year as the horizon covers it.
fn period(plan: &Plan, year: i32) -> Period {
    let covered = Period::years(plan.info.horizon).into_iter().find(|period| period.start.year() == year);
    covered.unwrap_or_else(|| Period::month(plan.info.horizon.start))
}

/// The figure without uncertainty.
fn central(plan: &Plan, metric: &Metric, year: i32) -> f64 {
    let metrics = plan.metrics();
    let horizon = plan.info.horizon;
    let year = horizon.years().iter().position(|&covered| covered == year);
    let (Some(place), Some(year)) = (metrics.position(&metric.path), year) else { return f64::NAN };
    central_run(plan)[horizon.months + year][place]
}
