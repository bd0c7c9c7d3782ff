//! What is compared: the main metrics by year, matched across scenarios by their paths.

use crate::plan::Metric;
use crate::plan::Period;
use crate::plan::Plan;
use crate::run::{Kept, YearlyFigure};
use crate::units::Dimension;

/// A metric in a calendar year, in whichever scenarios have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The path of the metric.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its dimension.
    pub dimension: Dimension,
    /// The calendar year.
    pub year: i32,
    /// Its column among what is kept of each scenario's runs; `None` where a scenario doesn't have it. It
    /// then counts as zero: a scenario without a product exports nothing of it, and one without credit has no
    /// debt.
    pub columns: Vec<Option<usize>>,
}

impl Figure {
    /// Its name in the table of runs: `volume@2030`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.path, self.year)
    }
}

/// What is kept of a plan's runs for a comparison: the main figures, those of targets, and these metrics.
pub fn kept(plan: &Plan, more: &[String]) -> Kept {
    let metrics = plan.metrics();
    let mut kept = Kept { inputs: false, ..Kept::main(plan, &metrics) };
    let years = plan.info.horizon.years().len();
    let asked = more.iter().filter_map(|path| metrics.position(path));
    for metric in asked {
        if !kept.figures.iter().any(|figure| figure.metric == metric) {
            kept.figures.extend((0..years).map(|year| YearlyFigure { metric, year }));
        }
    }
    kept
}

/// The part of it that consists of totals, metrics of targets and these metrics: used for so many plans at
/// once that all figures would take much memory.
pub(super) fn totals(plan: &Plan, kept: Kept, more: &[String]) -> Kept {
    let metrics = plan.metrics();
    let is_total = |figure: &YearlyFigure| {
        let path = &metrics.list()[figure.metric].path;
        let is_asked = more.contains(path) || plan.targets.iter().any(|target| target.metric == *path);
        is_asked || !["products.", "routes.", "events.", "projects."].iter().any(|one| path.starts_with(one))
    };
    Kept { figures: kept.figures.into_iter().filter(is_total).collect(), ..kept }
}

/// The figures of plans, given what is kept of each: every one that any of them has, in years of which all
/// plans cover the same months, in the order of the first plan and then of the others.
pub fn figures(plans: &[(&Plan, &Kept)]) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::new();
    for (scenario, (plan, kept)) in plans.iter().enumerate() {
        let metrics = plan.metrics();
        let years = Period::years(plan.info.horizon);
        for (column, figure) in kept.figures.iter().enumerate() {
            let (metric, year) = (&metrics.list()[figure.metric], &years[figure.year]);
            if plans.iter().all(|(plan, _)| Period::years(plan.info.horizon).contains(year)) {
                entry(&mut all, metric, year.start.year(), plans.len()).columns[scenario] = Some(column);
            }
        }
    }
    all
}

/// The entry of a metric in a year, which is appended if it is new.
fn entry<'f>(all: &'f mut Vec<Figure>, metric: &Metric, year: i32, scenarios: usize) -> &'f mut Figure {
    let at = all.iter().position(|figure| figure.year == year && figure.path == metric.path);
    let at = at.unwrap_or_else(|| {
        all.push(Figure {
            path: metric.path.clone(),
            title: metric.title.clone(),
            dimension: metric.dimension,
            year,
            columns: vec![None; scenarios],
        });
        all.len() - 1
    });
    &mut all[at]
}
