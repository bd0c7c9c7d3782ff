//! Levels near the quantiles of every series, below which runs are counted replicate by replicate.
//!
//! Where runs depend on one another, the error of a quantile follows from that of the share of runs below it.
//! The quantile is known when all runs are done, and its replicates then no longer; so runs are counted below
//! what a few runs take for it. How much a design gains hardly changes from one level to the next, so that
//! does: what is told is the ratio of the share's error to that of independent runs.

use super::batches::ROOM;
use super::chunk::Worker;
use super::job::{Detail, Job};
use super::shares::{Count, Shares};
use crate::kernel::count_up_to;
use crate::results::QUANTILES;
use crate::sample::Design;

/// Runs of a chunk that lie up to each level of a series.
pub(super) type UpTo = [Count; QUANTILES.len()];

/// Runs that are looked at before all others: their quantiles are near enough, and take a hundredth of the
/// time of 10,000 runs.
const FIRST_RUNS: u64 = 64;

/// Of each series that is told of, the levels: none where the error of independent runs is right, or no
/// quantile is told.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels(Vec<[f64; QUANTILES.len()]>);

impl Levels {
    /// Those that the first runs of a job tell, which are computed for that alone.
    pub(super) fn of(job: &Job<'_>) -> Self {
        let is_told = job.plan.design != Design::Random && job.detail != Detail::Moments;
        if !is_told || job.plan.info.runs <= FIRST_RUNS {
            return Self::default();
        }
        let mut levels = vec![[0.0; QUANTILES.len()]; job.cells()];
        let mut column = [0.0; ROOM];
        Worker::new(job).look(0..FIRST_RUNS, |period, columns| {
            for metric in 0..job.metrics() {
                if let Some(cell) = job.cell(period, metric) {
                    levels[cell] = levels_of(columns.of(metric, &mut column));
                }
            }
        });
        Self(levels)
    }

    /// How many series of counts there are.
    pub(super) fn series(&self) -> usize {
        self.0.len() * QUANTILES.len()
    }

    /// Counts the values of a series, which are those of replicates of these lengths; of a job without levels
    /// it does nothing.
    pub(super) fn count(&self, cell: usize, values: &[f64], lengths: &[usize], up_to: &mut [UpTo]) {
        if let Some(levels) = self.0.get(cell) {
            up_to[cell] = levels.map(|level| Count::of(lengths, |runs| count_up_to(&values[runs], level)));
        }
    }

    /// Room for the counts of a chunk.
    pub(super) fn room(&self) -> Vec<UpTo> {
        vec![UpTo::default(); self.0.len()]
    }

    /// By how much the errors of a series' quantiles differ from those of independent runs: the ratios.
    pub(super) fn scale(&self, cell: usize, shares: &Shares, runs: u64) -> [f64; QUANTILES.len()] {
        if self.0.is_empty() {
            return [1.0; QUANTILES.len()];
        }
        let series = |place: usize| cell * QUANTILES.len() + place;
        std::array::from_fn(|place| libm::sqrt(runs as f64 / shares.worth(series(place))))
    }
}

/// The values of some at the ranks next to the quantiles.
fn levels_of(values: &[f64]) -> [f64; QUANTILES.len()] {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    QUANTILES.map(|p| sorted[rank(p, sorted.len())])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the values")]
fn rank(p: f64, count: usize) -> usize {
    libm::round(p * (count - 1) as f64) as usize
}
