//! One run alone, with all of its figures: to examine a number of the result, or why a run is invalid.

use super::fault::{Figure, invalid_figure};
use crate::batch::Inputs;
use crate::model::{Corridor, Ledger, World};
use crate::plan::Metric;
use crate::plan::Period;
use crate::plan::Plan;
use crate::results::{Fault, SINGLE_RUNS, SingleRun};
use crate::sample::{InputSpec, Sampler};

/// One run of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Its number, counted from 0.
    pub run: u64,
    /// The inputs drawn for it, in the order of the plan.
    pub inputs: Vec<DrawnInput>,
    /// The metrics, in the order of the figures.
    pub metrics: Vec<Metric>,
    /// The months.
    pub months: Vec<Period>,
    /// The years.
    pub years: Vec<Period>,
    /// The first invalid figure, if there is one: the run is then left out of every result.
    pub fault: Option<Fault>,
    /// By period, months first, the figures of all metrics.
    figures: Vec<Vec<f64>>,
}

/// A number that was drawn for a run.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnInput {
    /// Its path in the scenario.
    pub path: String,
    /// Its value, in its unit.
    pub value: f64,
    /// The median of all runs, in the same unit.
    pub median: f64,
    /// The unit in which the scenario states it.
    pub unit: String,
    /// The share of all runs whose value is lower; half of those with the same value are counted as lower.
    pub rank: f64,
}

impl Replay {
    /// A metric month by month, in base units.
    pub fn monthly(&self, path: &str) -> Option<Vec<f64>> {
        let metric = self.index(path)?;
        Some(self.figures[..self.months.len()].iter().map(|figures| figures[metric]).collect())
    }

    /// A metric year by year, in base units.
    pub fn yearly(&self, path: &str) -> Option<Vec<f64>> {
        let metric = self.index(path)?;
        Some(self.figures[self.months.len()..].iter().map(|figures| figures[metric]).collect())
    }

    /// The inputs, farthest from their medians first, by rank.
    pub fn by_distance_from_median(&self) -> Vec<&DrawnInput> {
        let mut inputs: Vec<&DrawnInput> = self.inputs.iter().collect();
        inputs.sort_by(|a, b| (b.rank - 0.5).abs().total_cmp(&(a.rank - 0.5).abs()));
        inputs
    }

    fn index(&self, path: &str) -> Option<usize> {
        self.metrics.iter().position(|metric| metric.path == path)
    }
}

/// Computes one run of a plan, with the same bits as among all others. Its number may exceed the plan's
/// number of runs.
pub fn replay(plan: &Plan, run: u64) -> Replay {
    let corridor = Corridor::new(plan.corridor.clone());
    let layout = plan.layout();
    let mut sampler = plan.sampler::<1>(&layout);
    let inputs = drawn(plan, sampler.begin(run));
    let figures = figures_of(run, &corridor, &mut sampler);
    let (months, years) = (Period::months(plan.info.horizon), Period::years(plan.info.horizon));
    let metrics = corridor.metrics.list().to_vec();
    let fault = first_fault(run, &metrics, &months, &years, &figures);
    Replay { run, inputs, metrics, months, years, fault, figures }
}

/// The first valid runs. Each is recomputed, which costs less than to keep the figures of all runs.
pub(super) fn singles(plan: &Plan, runs: u64) -> Vec<SingleRun> {
    let corridor = Corridor::new(plan.corridor.clone());
    let layout = plan.layout();
    let mut sampler = plan.sampler::<1>(&layout);
    let metrics = corridor.metrics.list();
    let (months, years) = (Period::months(plan.info.horizon), Period::years(plan.info.horizon));
    let volume = corridor.metrics.position("volume");
    let single = |run: u64| {
        let figures = figures_of(run, &corridor, &mut sampler);
        if first_fault(run, metrics, &months, &years, &figures).is_some() {
            return None;
        }
        let (monthly, yearly) = figures.split_at(months.len());
        let volumes = |periods: &[Vec<f64>]| {
            volume.map_or_else(Vec::new, |volume| periods.iter().map(|figures| figures[volume]).collect())
        };
        Some(SingleRun { run, monthly: volumes(monthly), yearly: volumes(yearly) })
    };
    (0..runs.min(4 * SINGLE_RUNS as u64)).filter_map(single).take(SINGLE_RUNS).collect()
}

/// The figures of a run, as [`figures`].
fn figures_of(run: u64, corridor: &Corridor, sampler: &mut Sampler<'_, 1>) -> Vec<Vec<f64>> {
    let mut world = World::<1>::new(corridor);
    world.begin(sampler.begin(run));
    figures(corridor, world, || sampler.step().clone())
}

/// The figures of every month and then of every year of a run that has begun, and whose months' inputs
/// `sample` returns one by one.
pub(super) fn figures(
    corridor: &Corridor,
    mut world: World<'_, 1>,
    mut sample: impl FnMut() -> Inputs<1>,
) -> Vec<Vec<f64>> {
    let horizon = corridor.spec.horizon;
    let (mut month, mut year) = (Ledger::new(&corridor.metrics), Ledger::new(&corridor.metrics));
    let (mut months, mut years) = (Vec::new(), Vec::new());
    for step in 0..horizon.months {
        world.step(&sample(), &mut month);
        months.push(of_run(&month));
        year.add_month(&month, &corridor.metrics);
        let next = horizon.month(step + 1);
        if step + 1 == horizon.months || next.year() != horizon.month(step).year() {
            year.close_year(&month, &corridor.metrics);
            years.push(of_run(&year));
            year.begin_year();
        }
    }
    months.extend(years);
    months
}

fn of_run(ledger: &Ledger<1>) -> Vec<f64> {
    ledger.values().iter().map(|value| value.0[0]).collect()
}

fn drawn(plan: &Plan, inputs: &Inputs<1>) -> Vec<DrawnInput> {
    let values = inputs.per_run.iter().map(|value| value.0[0]);
    plan.inputs.iter().zip(values).map(|(input, value)| drawn_input(plan, input, value)).collect()
}

fn drawn_input(plan: &Plan, input: &InputSpec, value: f64) -> DrawnInput {
    let unit = plan.stated_unit(&input.path);
    let distribution = &input.distribution;
    let below = distribution.probability_outside(value, f64::INFINITY);
    DrawnInput {
        path: input.path.clone(),
        value: value / unit.factor,
        median: distribution.median() / unit.factor,
        rank: f64::midpoint(below, distribution.cdf(value)),
        unit: unit.text,
    }
}

/// The first invalid figure in the order of time; a year comes after its last month.
fn first_fault(
    run: u64,
    metrics: &[Metric],
    months: &[Period],
    years: &[Period],
    figures: &[Vec<f64>],
) -> Option<Fault> {
    let periods = [months, years].concat();
    let mut by_end: Vec<usize> = (0..periods.len()).collect();
    // The sort is stable: of a year and its last month, the month comes first.
    by_end.sort_by_key(|&period| periods[period].last());
    by_end.into_iter().find_map(|period| {
        let (metric, value) = invalid_figure(metrics, &figures[period].iter().copied())?;
        Some(Figure { period, metric, value }.of_run(run, metrics, &periods))
    })
}
