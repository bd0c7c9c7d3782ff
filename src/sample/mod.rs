//! From names to draws: the inputs and monthly series of batches of runs.
//!
//! Each input takes exactly one uniform per run, each series one per run and month, whatever its value; the
//! numbers of an occurrence are drawn in the month of its start. So two scenarios share every draw of what
//! they have in common. The inputs' uniforms are laid out over the runs by a [`Design`], and made dependent
//! by [`CopulaSpec`]. `sample` uses distributions and streams; it depends on no model and rejects no draw.

mod copula;
mod correlation;
mod design;
mod matrix;
mod noise;
mod recurrence;
mod sampler;
mod series;
mod spec;
#[cfg(test)]
mod tests;
mod wander;

pub use copula::parameter_of_rank_correlation;
pub use design::{BLOCK_RUNS, Design, Layout, UnknownDesign};
pub use matrix::{CorrelationMatrix, NotPositiveDefinite};
pub use sampler::Sampler;
pub use spec::{
    CopulaFamily, CopulaSpec, CorrelationSpec, InputSpec, NoiseSpec, Process, RecurrenceSpec, SeriesSpec,
    Spread, WanderSpec,
};
