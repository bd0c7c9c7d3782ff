//! Designs: how the uniforms of per-run inputs are laid out over the runs.
//!
//! [`Design`] says which; [`Layout`] adds what it needs to know of all inputs together. `points.rs` gives one input its
//! uniforms, `latin.rs` and `sobol.rs` have the two designs that are more than a stream. Under every design a uniform is
//! a pure function of the seed, the input's name and the run (Sobol: and of the layout), each alone is uniform from 0 to
//! 1, and more runs only add to those there are.
//!
//! References: M. D. `McKay`, R. J. Beckman, W. J. Conover, Technometrics 21 (1979); A. B. Owen, "Scrambled net variance
//! for integrals of smooth functions", Annals of Statistics 25 (1997).

mod latin;
mod layout;
mod points;
mod sobol;
#[cfg(test)]
mod tests;

pub use layout::Layout;
pub(super) use points::Points;

use std::str::FromStr;

/// Runs in a block: the runs 0 to 511, 512 to 1023, … Whoever takes runs into statistics chunk by chunk has chunks of
/// this length, so that a chunk lies in one replicate.
pub const BLOCK_RUNS: u64 = 512;

/// Independent randomisations of a Sobol sequence: enough for a standard error with 15 degrees of freedom, and few, because
/// what the sequence gains grows with the points of each.
const SOBOL_REPLICATES: u64 = 16;

/// How the uniforms of per-run inputs are laid out over the runs. Monthly series are random under every design.
///
/// A figure's error follows from its replicates, which are independent of one another: see [`Design::replicate_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Design {
    /// Every uniform is independent of all others.
    #[default]
    Random,
    /// In each block of runs every input has exactly one uniform in each of 512 equal strata, in an order of its own:
    /// what an input does by itself hardly adds to the error of a mean. Blocks are independent.
    LatinHypercube,
    /// Owen-scrambled Sobol points: strata that halve with every doubling of the runs, and boxes of several inputs as well.
    /// 16 independent scramblings take turns, block by block.
    Sobol,
}

impl Design {
    /// All designs.
    pub const ALL: [Self; 3] = [Self::Random, Self::LatinHypercube, Self::Sobol];

    /// The name in a scenario.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::LatinHypercube => "latin-hypercube",
            Self::Sobol => "sobol",
        }
    }

    /// The replicate in which a run is; runs of different replicates are independent.
    ///
    /// # Formula
    /// Random: every run is one. Latin hypercube: r div 512. Sobol: (r div 512) mod 16, where the run is the point number
    /// (r div 8192)·512 + r mod 512.
    ///
    /// Every run is uniform by itself, so the mean of each replicate has the right expectation, also of one that isn't
    /// full; their spread gives the error of the mean of all runs: [`crate::stats::Replicates`]. With independent runs
    /// that error is sd/√n.
    pub fn replicate_of(self, run: u64) -> u64 {
        match self {
            Self::Random => run,
            Self::LatinHypercube => run / BLOCK_RUNS,
            Self::Sobol => run / BLOCK_RUNS % SOBOL_REPLICATES,
        }
    }

    /// How many replicates so many runs have.
    pub fn replicates(self, runs: u64) -> u64 {
        match self {
            Self::Random => runs,
            Self::LatinHypercube => runs.div_ceil(BLOCK_RUNS),
            Self::Sobol => runs.div_ceil(BLOCK_RUNS).min(SOBOL_REPLICATES),
        }
    }
}

/// A name that no design has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a design is `random`, `latin-hypercube` or `sobol`")]
pub struct UnknownDesign;

impl FromStr for Design {
    type Err = UnknownDesign;

    fn from_str(name: &str) -> Result<Self, UnknownDesign> {
        Self::ALL.into_iter().find(|design| design.name() == name).ok_or(UnknownDesign)
    }
}
