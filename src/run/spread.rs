//! The spread of the replicates of a design: the error of the mean of all runs follows from it.

use crate::sample::Design;
use crate::stats::{Moments, Replicates};

/// The replicates of all cells. The number of runs needn't be known in advance: a run with a goal for its
/// precision decides on it while it goes on.
#[derive(Debug, Clone)]
pub struct Spread(Option<Vec<Replicates>>);

impl Spread {
    /// For `cells` cells.
    pub fn new(design: Design, cells: usize) -> Self {
        // For independent runs the moments suffice.
        Self((design != Design::Random).then(|| vec![Replicates::default(); cells]))
    }

    /// Adds the replicates of the next chunk, cell by cell; for independent runs there are none.
    pub fn add(&mut self, cells: &[Replicates]) {
        for (sum, cell) in self.0.iter_mut().flatten().zip(cells) {
            sum.merge(cell);
        }
    }

    /// The standard error of the mean of a cell, given its moments: 1.96 times it is half of the 95%
    /// interval. NaN where it isn't known:
    /// [`MeanError::for_intervals`](crate::stats::estimate::MeanError::for_intervals).
    pub fn standard_error(&self, cell: usize, all: &Moments) -> f64 {
        if all.count() > 1 && all.are_equal() {
            return 0.0;
        }
        let error = self.0.as_ref().map_or_else(|| all.mean_error(), |cells| cells[cell].mean_error());
        error.for_intervals()
    }
}
