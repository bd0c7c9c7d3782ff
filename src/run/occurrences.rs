//! When shocks were on, and how large they were, in every run: from their streams alone, without the
//! corridor.

use crate::batch::{Lanes, Number};
use crate::dist::Distribution;
use crate::plan::Plan;
use crate::sample::{InputSpec, Layout, Process, RecurrenceSpec, SeriesSpec};
use rayon::prelude::*;
use std::ops::Range;

/// Runs side by side.
pub(super) const LANES: usize = 32;
/// Runs that one thread takes at a time.
pub(super) const BLOCK: u64 = 512;
/// The number of columns of every shock, and the number of further ones for each of its sizes.
const TIMES: usize = 3;
const OF_SIZE: usize = 2;

/// The occurrences of a shock in each run, as far as a year depends on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrences {
    /// The path of the shock.
    pub path: String,
    /// Columns with one value for each run: months on in the year, in the year before, and earlier; then for
    /// each of its sizes the sum over the year of size · share of the occurrence in a month, and of size ·
    /// share of the month.
    pub columns: Vec<Vec<f64>>,
}

/// The occurrences of a plan's shocks until the end of a year, given by its index in the horizon, in these
/// runs (ascending).
///
/// The cost is small: only the shocks are drawn, and the inputs that are their rates.
pub fn occurrences(plan: &Plan, year: usize, runs: &[u64]) -> Vec<Occurrences> {
    let shocks = only_shocks(plan);
    let Some(&last) = runs.last().filter(|_| !shocks.series.is_empty()) else { return Vec::new() };
    let layout = plan.layout();
    let years = Years::new(plan, year);
    let blocks: Vec<Vec<Vec<f64>>> = (0..=last / BLOCK)
        .into_par_iter()
        .map(|block| columns(&shocks, &layout, &years, block * BLOCK..(block + 1) * BLOCK))
        .collect();
    // All blocks have equally many runs, so a run's index in its block follows from its number.
    let value = |column: usize, run: u64| {
        let (block, offset) = (index(run / BLOCK), index(run % BLOCK));
        blocks[block][column][offset]
    };
    let mut next = 0;
    let mut column = || {
        let values = runs.iter().map(|&run| value(next, run)).collect();
        next += 1;
        values
    };
    let of = |series: &SeriesSpec| Occurrences {
        path: series.path.clone(),
        columns: (0..width(series)).map(|_| column()).collect(),
    };
    shocks.series.iter().map(of).collect()
}

pub(super) fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn width(series: &SeriesSpec) -> usize {
    TIMES + OF_SIZE * (series.width() - 2)
}

/// The plan with no series but shocks, without correlations, and with every input fixed that isn't the rate
/// of a shock.
fn only_shocks(plan: &Plan) -> Plan {
    let is_shock = |series: &&SeriesSpec| matches!(series.process, Process::Recurrence(_));
    let series: Vec<SeriesSpec> = plan.series.iter().filter(is_shock).cloned().collect();
    let is_rate = |index: usize| {
        series.iter().any(|series| match &series.process {
            Process::Recurrence(RecurrenceSpec { rate: Number::Drawn(input), .. }) => input.0 == index,
            _ => false,
        })
    };
    let input = |(index, input): (usize, &InputSpec)| {
        let path = input.path.clone();
        let fixed = || Distribution::constant(0.0);
        InputSpec { path, distribution: if is_rate(index) { input.distribution.clone() } else { fixed() } }
    };
    let inputs = plan.inputs.iter().enumerate().map(input).collect();
    Plan { inputs, series, correlations: Vec::new(), ..plan.clone() }
}

/// The months of a year, and of the one before.
struct Years {
    this: Range<usize>,
    before: Range<usize>,
}

impl Years {
    fn new(plan: &Plan, year: usize) -> Self {
        let horizon = plan.info.horizon;
        let years = horizon.years();
        let of = |year: i32| horizon.iter().filter(|month| month.year() < year).count();
        let (start, end) = (of(years[year]), of(years[year] + 1));
        Self { this: start..end, before: of(years[year] - 1)..start }
    }
}

/// The columns of all shocks for these runs.
fn columns(shocks: &Plan, layout: &Layout, years: &Years, runs: Range<u64>) -> Vec<Vec<f64>> {
    let width = shocks.series.iter().map(width).sum();
    let mut columns = vec![Vec::with_capacity(index(BLOCK)); width];
    let mut sampler = shocks.sampler::<LANES>(layout);
    for first in runs.step_by(LANES) {
        let mut sums = vec![Lanes::ZERO; width];
        sampler.begin(first);
        for month in 0..years.this.end {
            let inputs = sampler.step();
            add_month(&shocks.series, years, month, &inputs.monthly, &mut sums);
        }
        for (column, sum) in columns.iter_mut().zip(&sums) {
            column.extend(sum.0);
        }
    }
    columns
}

/// Adds a month to the sums of all shocks.
fn add_month(
    shocks: &[SeriesSpec],
    years: &Years,
    month: usize,
    mut values: &[Lanes<LANES>],
    mut sums: &mut [Lanes<LANES>],
) {
    for shock in shocks {
        let (own, others) = values.split_at(shock.width());
        let (own_sums, other_sums) = sums.split_at_mut(width(shock));
        let (shares, sizes) = own.split_at(2);
        let when = if years.this.contains(&month) {
            0
        } else if years.before.contains(&month) {
            1
        } else {
            2
        };
        own_sums[when] += shares[0];
        if when == 0 {
            for (sums, &size) in own_sums[TIMES..].chunks_exact_mut(OF_SIZE).zip(sizes) {
                sums[0] += size * shares[1];
                sums[1] += size * shares[0];
            }
        }
        (values, sums) = (others, other_sums);
    }
}
