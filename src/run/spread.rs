//! How far the means of a design's replicates lie apart: from that follows the error of the mean of all runs.

use crate::sample::Design;
use crate::stats::{Moments, Replicates as Means};

/// The replicates of all cells. Chunks are blocks of runs, each in one replicate, and come in their order.
pub(super) enum Spread {
    /// Every run is a replicate: the moments know the error.
    Runs,
    /// Every chunk is a replicate of its own, and is done with when it is added.
    Chunks(Vec<Means>),
    /// A few replicates go on from chunk to chunk, each with the moments of all cells.
    Replicates { runs: u64, moments: Vec<Vec<Moments>> },
}

impl Spread {
    pub(super) fn new(design: Design, runs: u64, cells: usize) -> Self {
        match design {
            Design::Random => Self::Runs,
            Design::LatinHypercube => Self::Chunks(vec![Means::new(runs); cells]),
            Design::Sobol => {
                let replicates = usize::try_from(design.replicates(runs)).unwrap_or(usize::MAX);
                Self::Replicates { runs, moments: vec![vec![Moments::default(); cells]; replicates] }
            }
        }
    }

    /// Takes in the cells of the next chunk.
    pub(super) fn add(&mut self, chunk: u64, cells: &[Moments]) {
        match self {
            Self::Runs => {}
            Self::Chunks(replicates) => {
                for (replicates, cell) in replicates.iter_mut().zip(cells) {
                    replicates.add(cell.count(), cell.mean());
                }
            }
            Self::Replicates { moments, .. } => {
                let replicate = usize::try_from(chunk % moments.len() as u64).unwrap_or(0);
                for (sum, cell) in moments[replicate].iter_mut().zip(cells) {
                    sum.merge(cell);
                }
            }
        }
    }

    /// The standard error of the mean of a cell. With too few replicates to tell it is that of independent runs, which for
    /// these designs is hardly ever too small.
    pub(super) fn standard_error(&self, cell: usize, all: &Moments) -> f64 {
        let error = match self {
            Self::Runs => f64::NAN,
            Self::Chunks(replicates) => replicates[cell].standard_error(),
            Self::Replicates { runs, moments } => {
                let mut replicates = Means::new(*runs);
                for cells in moments {
                    replicates.add(cells[cell].count(), cells[cell].mean());
                }
                replicates.standard_error()
            }
        };
        if error.is_nan() { all.standard_error() } else { error }
    }
}
