//! From names to draws: the inputs and monthly series that batches of runs are dealt.
//!
//! Each input takes exactly one uniform per run, each series one per run and month, whatever its value; what an
//! occurrence draws, it draws in the month of its start. So two scenarios share every draw of what they have in
//! common. Knows distributions and streams; knows no model and rejects no draw.

mod correlation;
mod noise;
mod recurrence;
mod sampler;
mod series;
mod spec;
#[cfg(test)]
mod tests;
mod wander;

pub use sampler::Sampler;
pub use spec::{
    CorrelationSpec, InputSpec, NoiseSpec, Process, RecurrenceSpec, SeriesSpec, Spread, WanderSpec,
};
