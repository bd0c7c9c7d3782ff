//! From names to draws: the inputs and monthly shocks that batches of runs are dealt.
//!
//! Each input takes exactly one uniform per run, each series one per run and month, whatever its value: so
//! two scenarios share every draw of what they have in common. Knows distributions and streams; knows no
//! model and rejects no draw.

mod inputs;
mod process;

pub use inputs::{InputSpec, Sampler};
pub use process::{NoiseSpec, SeriesSpec};
