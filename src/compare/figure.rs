//! What is compared: metrics by year that tell most, matched across scenarios by their paths.

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
    /// What it is called.
    pub title: String,
    /// What it measures.
    pub dimension: Dimension,
    /// The calendar year.
    pub year: i32,
    /// Its column among what is kept of each scenario's runs; `None` where a scenario doesn't have it. A
    /// scenario without a product exports nothing of it, and one without credit has no debt: what isn't there
    /// counts as zero.
    pub columns: Vec<Option<usize>>,
}

impl Figure {
    /// `volume@2030`, as the table of runs has it.
    pub fn name(&self) -> String {
        format!("{}@{}", self.path, self.year)
    }
}

/// What is kept of a plan's runs to compare it: the main figures, those of targets, and these metrics.
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

/// Of what is kept only totals, the metrics of targets and these: for so many plans at once that all would
/// take much memory.
pub(super) fn totals(plan: &Plan, kept: Kept, more: &[String]) -> Kept {
    let metrics = plan.metrics();
    let is_total = |figure: &YearlyFigure| {
        let path = &metrics.list()[figure.metric].path;
        let is_asked = more.contains(path) || plan.targets.iter().any(|target| target.metric == *path);
        is_asked || !["products.", "routes.", "events.", "projects."].iter().any(|one| path.starts_with(one))
    };
    Kept { figures: kept.figures.into_iter().filter(is_total).collect(), ..kept }
}

/// The figures of some plans, of each of which these are kept: every one that any of them has, in years of
/// which all cover the same months, in the order of the first plan and then of the others.
pub fn figures(plans: &[(&Plan, &Kept)]) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::new();
    for (scenario, (plan, kept)) in plans.iter().enumerate() {
        let metrics = plan.metrics();
        let years = Period::years(plan.info.horizon);
        for (column, figure) in kept.figures.iter().enumerate() {
            let (metric, year) = (&metrics.list()[figure.metric], &years[figure.year]);
            if plans.iter().all(|(plan, _)| Period::years(plan.info.horizon).contains(year)) {
                place(&mut all, metric, year.start.year(), plans.len()).columns[scenario] = Some(column);
            }
        }
    }
    all
}

/// The entry of a metric in a year; a new one stands behind the others.
fn place<'f>(all: &'f mut Vec<Figure>, metric: &Metric, year: i32, scenarios: usize) -> &'f mut Figure {
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
