//! Reference implementations: the same runs computed in other ways, and what is measured with them.
//!
//! A speed is only meaningful in comparison. [`bound::draws`] only samples the random numbers that the runs
//! need: nothing that needs them can be faster. [`stages::draws_and_model`] computes every figure but no
//! statistics. [`scalar::scalar_runs`] is the plain [`twin`] of the model on the engine's own draws, and
//! [`first_written::first_written`] the naive implementation: one run at a time, all results stored and
//! sorted. [`made::scenario_text`] writes scenarios of any size.
//!
//! [`record::Measured`] contains the repeatedly measured times of each of them; [`estimate`] computes medians
//! and intervals of such times, and [`against`] whether two of them differ. No function here reads a clock,
//! prints, or produces a result: times are passed in by the caller, who has the clock.

pub mod against;
pub mod bound;
mod deal;
pub mod estimate;
pub mod first_written;
pub mod made;
pub mod protocol;
pub mod record;
pub mod scalar;
pub mod stages;
pub mod twin;

/// The work that a reference implementation has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// The number of computed runs: the requested number, rounded up to whole batches where the
    /// implementation works in batches.
    pub runs: u64,
    /// A checksum of the output, the same for any number of threads: because of it the compiler can't remove
    /// the work as unused.
    pub checksum: u64,
}

/// The sum of the bits of some numbers; it doesn't depend on their order.
fn checksum<'n>(numbers: impl IntoIterator<Item = &'n f64>) -> u64 {
    numbers.into_iter().fold(0, |sum, number| sum.wrapping_add(number.to_bits()))
}
