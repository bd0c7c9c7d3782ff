//! Levels near the quantiles of every series, up to which runs are counted replicate by replicate.
//!
//! Where runs depend on one another, the error of a quantile follows from that of the share of runs below it.
//! The quantile is known only when all runs are done, and the values of the replicates are no longer kept
//! then; so runs are counted up to the estimate of the quantile from a few first runs. The design effect
//! hardly changes between neighbouring levels, so what is used is a ratio: the share's error to that of
//! independent runs.

use super::batches::ROOM;
use super::chunk::Worker;
use super::job::{Detail, Job};
use super::shares::{Count, Shares};
use crate::kernel::count_up_to;
use crate::results::QUANTILES;
use crate::sample::Design;

/// The number of a chunk's runs up to each level of a series.
pub(super) type UpTo = [Count; QUANTILES.len()];

/// Runs that are computed before all others to estimate the levels: precise enough, in 1% of the time of
/// 10,000 runs.
const FIRST_RUNS: u64 = 64;

/// The levels of each reported series: none where runs are independent, or where no quantile is reported.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels(Vec<[f64; QUANTILES.len()]>);

impl Levels {
    /// Estimates the levels of a job from its first runs, which are computed for that purpose only.
    pub(super) fn of(job: &Job<'_>) -> Self {
        let is_needed = job.plan.design != Design::Random && job.detail != Detail::Moments;
        if !is_needed || job.plan.info.runs <= FIRST_RUNS {
            return Self::default();
        }
        let mut levels = vec![[0.0; QUANTILES.len()]; job.cells()];
        let mut column = [0.0; ROOM];
        Worker::new(job).inspect(0..FIRST_RUNS, |period, columns| {
            for metric in 0..job.metrics() {
                if let Some(cell) = job.cell(period, metric) {
                    levels[cell] = levels_of(columns.of(metric, &mut column));
                }
            }
        });
        Self(levels)
    }

    /// The number of series of counts.
    pub(super) fn series(&self) -> usize {
        self.0.len() * QUANTILES.len()
    }

    /// Counts the values of a series up to its levels, given the lengths of the replicates; without levels it
    /// does nothing.
    pub(super) fn count(&self, cell: usize, values: &[f64], lengths: &[usize], up_to: &mut [UpTo]) {
        if let Some(levels) = self.0.get(cell) {
            up_to[cell] = levels.map(|level| Count::of(lengths, |runs| count_up_to(&values[runs], level)));
        }
    }

    /// Zero counts for a chunk.
    pub(super) fn zeros(&self) -> Vec<UpTo> {
        vec![UpTo::default(); self.0.len()]
    }

    /// The ratios of the errors of a series' quantiles to those of independent runs.
    pub(super) fn scale(&self, cell: usize, shares: &Shares, runs: u64) -> [f64; QUANTILES.len()] {
        if self.0.is_empty() {
            return [1.0; QUANTILES.len()];
        }
        let series = |quantile: usize| cell * QUANTILES.len() + quantile;
        std::array::from_fn(|quantile| libm::sqrt(runs as f64 / shares.worth(series(quantile))))
    }
}

/// The values at the ranks next to the quantiles.
fn levels_of(values: &[f64]) -> [f64; QUANTILES.len()] {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    QUANTILES.map(|p| sorted[rank(p, sorted.len())])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the values")]
fn rank(p: f64, count: usize) -> usize {
    libm::round(p * (count - 1) as f64) as usize
}
