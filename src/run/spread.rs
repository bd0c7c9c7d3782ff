//! How far the means of a design's replicates lie apart: from that follows the error of the mean of all runs.

use crate::sample::Design;
use crate::stats::{Moments, Replicates};
use std::collections::BTreeMap;

/// The replicates of all cells. Chunks are blocks of runs, each in one replicate, and come in their order. How many runs there
/// will be needn't be known: a run that is to be exact enough decides it on its way.
#[derive(Debug, Clone)]
pub struct Spread(Inner);

/// What the design needs.
#[derive(Debug, Clone)]
enum Inner {
    /// Every run is a replicate: the moments know the error.
    Runs,
    /// Every chunk is a replicate of its own. By length of the chunk, the moments of all cells' means: all chunks have one
    /// length but the last, and those in which runs went wrong.
    Chunks(BTreeMap<u64, Vec<Moments>>),
    /// A few replicates go on from chunk to chunk, each with the moments of all cells.
    Replicates(Vec<Vec<Moments>>),
}

impl Spread {
    /// Of so many runs at most.
    pub fn new(design: Design, most_runs: u64, cells: usize) -> Self {
        Self(match design {
            Design::Random => Inner::Runs,
            Design::LatinHypercube => Inner::Chunks(BTreeMap::new()),
            Design::Sobol => {
                let replicates = usize::try_from(design.replicates(most_runs)).unwrap_or(usize::MAX);
                Inner::Replicates(vec![vec![Moments::default(); cells]; replicates])
            }
        })
    }

    /// Takes in the cells of the next chunk.
    pub fn add(&mut self, chunk: u64, cells: &[Moments]) {
        match &mut self.0 {
            Inner::Runs => {}
            Inner::Chunks(means) => {
                // Runs that go wrong are left out of every cell, so all cells have the same number.
                let length = cells.first().map_or(0, Moments::count);
                let means = means.entry(length).or_insert_with(|| vec![Moments::default(); cells.len()]);
                for (means, cell) in means.iter_mut().zip(cells) {
                    means.merge(&Moments::of_one(cell.mean()));
                }
            }
            Inner::Replicates(replicates) => {
                let replicate = usize::try_from(chunk % replicates.len() as u64).unwrap_or(0);
                for (sum, cell) in replicates[replicate].iter_mut().zip(cells) {
                    sum.merge(cell);
                }
            }
        }
    }

    /// The error of the mean of a cell: 1.96 times it is half of the 95% interval. Of independent runs it is the standard error;
    /// where it is told by replicates, it is made larger for their number, as Student's t has it. With too few replicates to tell it is that of independent runs, which for
    /// these designs is hardly ever too small.
    pub fn standard_error(&self, cell: usize, all: &Moments) -> f64 {
        if all.are_equal() {
            return all.standard_error();
        }
        let mut replicates = Replicates::new(all.count());
        match &self.0 {
            Inner::Runs => return all.standard_error(),
            Inner::Chunks(means) => {
                for (&length, means) in means {
                    replicates.add_alike(length, &means[cell]);
                }
            }
            Inner::Replicates(moments) => {
                for cells in moments {
                    replicates.add(cells[cell].count(), cells[cell].mean());
                }
            }
        }
        let error = replicates.error_for_intervals();
        if error.is_nan() { all.standard_error() } else { error }
    }
}
