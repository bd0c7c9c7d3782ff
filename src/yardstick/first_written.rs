//! The naive implementation: one run at a time on all threads, every result stored, and sorted for its
//! quantiles.

use super::deal::draw;
use super::twin::{TwinRun, twin_run};
use super::{Work, checksum};
use crate::plan::Plan;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use rayon::prelude::*;

/// All results of many runs.
#[derive(Debug, Clone)]
pub struct FirstWritten {
    /// The number of runs.
    pub runs: u64,
    /// The metrics, in the order of the cells.
    pub paths: Vec<String>,
    /// For every period, months first, and within it for every metric, the values of the runs.
    pub cells: Vec<Cell>,
}

/// A metric in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value of every run, sorted.
    pub values: Vec<f64>,
    /// Their mean.
    pub mean: f64,
    /// The values that 5%, 50% and 95% of the runs don't exceed.
    pub quantiles: [f64; 3],
}

/// Computes runs with rand's small generator, the normals and exponentials of `rand_distr`, the inputs'
/// quantile functions and the arithmetic of the [twin](super::twin), on the threads of the current rayon
/// pool. Memory: 16 bytes for each run, period and metric.
///
/// The distributions are those of the plan, but the draws differ from the engine's: results agree with the
/// engine within Monte Carlo error. Inputs are independent from run to run, whatever the plan's design.
pub fn first_written(plan: &Plan, runs: u64) -> FirstWritten {
    let all: Vec<Vec<f64>> = (0..runs).into_par_iter().map(|run| figures(plan, run)).collect();
    let cells = all.first().map_or(0, Vec::len);
    let cells = (0..cells).into_par_iter().map(|cell| Cell::of(all.iter().map(|run| run[cell]).collect()));
    FirstWritten { runs, cells: cells.collect(), paths: paths(plan) }
}

/// The work of [`first_written`], for measuring its time.
pub fn first_written_work(plan: &Plan, runs: u64) -> Work {
    let written = first_written(plan, runs);
    Work { runs, checksum: checksum(written.cells.iter().flat_map(|cell| &cell.quantiles)) }
}

/// The bytes of memory that a run takes in [`first_written`].
pub fn bytes_per_run(plan: &Plan, metrics: usize) -> u64 {
    let horizon = plan.info.horizon;
    16 * metrics as u64 * (horizon.months + horizon.years().len()) as u64
}

fn one(plan: &Plan, run: u64) -> TwinRun {
    let mut random = SmallRng::seed_from_u64(plan.info.seed.wrapping_add(run));
    twin_run(&plan.corridor, &draw(plan, &mut random))
}

fn figures(plan: &Plan, run: u64) -> Vec<f64> {
    let mut figures = Vec::new();
    let TwinRun { months, years } = one(plan, run);
    for period in months.iter().chain(&years) {
        period.tell(&plan.corridor, |_, value| figures.push(value));
    }
    figures
}

fn paths(plan: &Plan) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(year) = one(plan, 0).years.first() {
        year.tell(&plan.corridor, |path, _| paths.push(path.to_string()));
    }
    paths
}

impl Cell {
    fn of(mut values: Vec<f64>) -> Self {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.sort_unstable_by(f64::total_cmp);
        // The index of the quantile p of n runs is ⌈n·p⌉ − 1.
        let quantile = |twentieths: usize| values[(values.len() * twentieths).div_ceil(20).max(1) - 1];
        let quantiles = [1, 10, 19].map(quantile);
        Self { values, mean, quantiles }
    }
}
