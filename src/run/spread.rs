//! How far apart the replicates of a design lie: from that follows the error of the mean of all runs.

use crate::sample::Design;
use crate::stats::{Moments, Replicates};

/// The replicates of all cells. How many runs there will be needn't be known: a run that is to be exact
/// enough decides it on its way.
#[derive(Debug, Clone)]
pub struct Spread(Option<Vec<Replicates>>);

impl Spread {
    /// Of so many cells.
    pub fn new(design: Design, cells: usize) -> Self {
        // Of independent runs the moments know the error.
        Self((design != Design::Random).then(|| vec![Replicates::default(); cells]))
    }

    /// Takes in the replicates of the next chunk, cell by cell; of independent runs there are none.
    pub fn add(&mut self, cells: &[Replicates]) {
        for (sum, cell) in self.0.iter_mut().flatten().zip(cells) {
            sum.merge(cell);
        }
    }

    /// The error of the mean of a cell, with these moments: 1.96 times it is half of the 95% interval. NaN
    /// where it isn't known: [`MeanError::for_intervals`](crate::stats::estimate::MeanError::for_intervals).
    pub fn standard_error(&self, cell: usize, all: &Moments) -> f64 {
        if all.count() > 1 && all.are_equal() {
            return 0.0;
        }
        let error = self.0.as_ref().map_or_else(|| all.mean_error(), |cells| cells[cell].mean_error());
        error.for_intervals()
    }
}
