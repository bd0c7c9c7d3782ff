//! Levels near the quantiles of every series, below which runs are counted replicate by replicate.
//!
//! Where runs depend on one another, the error of a quantile follows from that of the share of runs below it. The quantile is
//! known when all runs are done, and its replicates then no longer; so runs are counted below what the first chunk takes for it.
//! How much a design gains hardly changes from one level to the next, so that does: what is told is the ratio of the share's error
//! to that of independent runs.

use super::chunk::{Found, Worker};
use super::job::{Detail, Job};
use super::kept::Kept;
use super::shares::Shares;
use crate::kernel::count_up_to;
use crate::results::QUANTILES;
use crate::sample::Design;

/// Runs of a chunk that lie up to each level of a series.
pub(super) type UpTo = [u64; QUANTILES.len()];

/// Of each series that is told of, the levels: none where the error of independent runs is right, or no quantile is told.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels(Vec<[f64; QUANTILES.len()]>);

impl Levels {
    /// Those that the first chunk of a job tells. It is computed for that alone: a twentieth of the time of 10,000 runs.
    pub(super) fn of(job: &Job<'_>) -> Self {
        if job.plan.design == Design::Random || job.detail == Detail::Moments {
            return Self::default();
        }
        let kept = Kept::default();
        let mut first = Job::new(job.plan, job.layout, job.detail, &kept);
        let Found { moments, .. } = Worker::new(&first).compute(0);
        let histograms = first.take_histograms();
        let told = histograms.iter().skip(job.told().start).flatten();
        let levels = told.zip(&moments).map(|(histogram, moments)| {
            histogram.quantiles(QUANTILES, moments.extremes().unwrap_or_default())
        });
        Self(levels.collect())
    }

    /// How many series of counts there are.
    pub(super) fn series(&self) -> usize {
        self.0.len() * QUANTILES.len()
    }

    /// Counts the values of a series; of a job without levels it does nothing.
    pub(super) fn count(&self, cell: usize, values: &[f64], up_to: &mut [UpTo]) {
        if let Some(levels) = self.0.get(cell) {
            up_to[cell] = levels.map(|level| count_up_to(values, level));
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
