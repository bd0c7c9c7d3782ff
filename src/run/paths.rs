//! The values of noise and random paths in every run, year by year: from their streams alone, without the
//! corridor.

use super::occurrences::{BLOCK, LANES, index};
use crate::batch::Lanes;
use crate::kernel;
use crate::plan::Plan;
use crate::sample::{Layout, Process, SeriesSpec};
use rayon::prelude::*;
use std::ops::Range;

/// This many years get a column each; all earlier ones share the first.
const MOST_YEARS: usize = 6;

/// A monthly noise or a random path in each run, as far as a year depends on it.
#[derive(Debug, Clone, PartialEq)]
pub struct YearlyPath {
    /// The index of its series in the plan.
    pub series: usize,
    /// Columns with one value for each run: the path's mean over the months of each year up to the given
    /// year, which is the last; with more than six years the first column is the mean over all earlier months
    /// too. For uniforms, which cause something when they are small, the smallest value.
    pub columns: Vec<Vec<f64>>,
}

/// The noise and the paths of a plan until the end of a year, given by its index in the horizon, in these
/// runs (ascending).
///
/// Everything that the plan draws is drawn; nothing of the corridor is computed.
pub fn yearly_paths(plan: &Plan, year: usize, runs: &[u64]) -> Vec<YearlyPath> {
    let series: Vec<usize> = (0..plan.series.len()).filter(|&index| is_path(&plan.series[index])).collect();
    let Some(&last) = runs.last().filter(|_| !series.is_empty()) else { return Vec::new() };
    let (layout, spans) = (plan.layout(), spans(plan, year));
    let blocks: Vec<Vec<Vec<f64>>> = (0..=last / BLOCK)
        .into_par_iter()
        .map(|block| columns(plan, &layout, &spans, block * BLOCK..(block + 1) * BLOCK))
        .collect();
    let column = |column: usize| -> Vec<f64> {
        runs.iter().map(|&run| blocks[index(run / BLOCK)][column][index(run % BLOCK)]).collect()
    };
    let of = |(index, &series): (usize, &usize)| YearlyPath {
        series,
        columns: (0..spans.len()).map(|span| column(index * spans.len() + span)).collect(),
    };
    series.iter().enumerate().map(of).collect()
}

fn is_path(series: &SeriesSpec) -> bool {
    !matches!(series.process, Process::Recurrence(_))
}

/// The months of each column: of each of the last years up to this one; the first also has all earlier
/// months.
fn spans(plan: &Plan, year: usize) -> Vec<Range<usize>> {
    let horizon = plan.info.horizon;
    let years = horizon.years();
    let before = |year: i32| horizon.iter().filter(|month| month.year() < year).count();
    let of = |index: usize| before(years[index])..before(years[index] + 1);
    let first = (year + 1).saturating_sub(MOST_YEARS);
    let mut spans: Vec<Range<usize>> = (first..=year).map(of).collect();
    if let Some(all_before) = spans.first_mut() {
        all_before.start = 0;
    }
    spans
}

/// The columns of all paths for these runs: for each path one for every span.
fn columns(plan: &Plan, layout: &Layout, spans: &[Range<usize>], runs: Range<u64>) -> Vec<Vec<f64>> {
    let paths = plan.series.iter().filter(|series| is_path(series)).count();
    let mut columns = vec![Vec::with_capacity(index(BLOCK)); paths * spans.len()];
    let mut sampler = plan.sampler::<LANES>(layout);
    for first in runs.step_by(LANES) {
        sampler.begin(first);
        let mut means = vec![Lanes::ZERO; columns.len()];
        for (span, months) in spans.iter().enumerate() {
            for month in months.clone() {
                let levels = levels(plan, &sampler.step().monthly);
                for (path, (process, level)) in levels.into_iter().enumerate() {
                    let mean = &mut means[path * spans.len() + span];
                    *mean = match process {
                        Process::Uniform if month > months.start => mean.min(level),
                        Process::Uniform => level,
                        _ => *mean + level * (1.0 / months.len() as f64),
                    };
                }
            }
        }
        for (column, mean) in columns.iter_mut().zip(&means) {
            column.extend(mean.0);
        }
    }
    columns
}

/// The factor of every path in a month, and its process.
fn levels<'p>(plan: &'p Plan, values: &[Lanes<LANES>]) -> Vec<(&'p Process, Lanes<LANES>)> {
    let mut first = 0;
    let mut levels = Vec::new();
    for series in &plan.series {
        let own = &values[first..first + series.width()];
        first += series.width();
        let level = match series.process {
            Process::Noise(_) => own[0].map(kernel::exp),
            Process::Wander(_) => (own[0] - own[1] * 0.5).map(kernel::exp),
            Process::Uniform => own[0],
            Process::Recurrence(_) => continue,
        };
        levels.push((&series.process, level));
    }
    levels
}
