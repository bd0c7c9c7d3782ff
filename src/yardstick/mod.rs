//! Yardsticks: the same runs computed in other ways, and what is measured with them.
//!
//! A speed means little by itself. [`bound::draws`] only draws the random numbers that the runs need: nothing
//! that draws them can be faster. [`stages::draws_and_model`] computes every figure and looks at none.
//! [`scalar::scalar_runs`] is the plain [`twin`] of the model on the engine's own draws, and
//! [`first_written::first_written`] what anybody would write first: one run at a time, all results stored and
//! sorted. [`made::scenario_text`] makes scenarios of any size.
//!
//! [`record::Measured`] holds how long each of them took, again and again; [`estimate`] says what can be told
//! of such times, and [`against`] whether two of them differ. Nothing here reads a clock, prints, or makes a
//! result: times come from whoever has a clock.

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

/// What a yardstick has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Runs that were computed: the number asked for, rounded up to whole batches where the yardstick works
    /// in batches.
    pub runs: u64,
    /// Of the bits of what came out, the same for any number of threads: so nothing can be left out as
    /// unused.
    pub checksum: u64,
}

/// The bits of some numbers, added up; the same in any order.
fn checksum<'n>(numbers: impl IntoIterator<Item = &'n f64>) -> u64 {
    numbers.into_iter().fold(0, |sum, number| sum.wrapping_add(number.to_bits()))
}
