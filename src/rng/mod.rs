//! Randomness without state: every draw is a pure function of (seed, name, run, step).
//!
//! A [`Stream`] is the key of one named quantity. There is no generator state, so nothing has to be saved,
//! threads have no influence, any run can be replayed alone, and two scenarios share every draw of what they
//! have in common. `rng` depends on no distribution and no model.
//!
//! Reference: counter-based generators are described by Salmon et al., "Parallel random numbers: as easy as
//! 1, 2, 3", SC 2011.

mod stream;

pub use stream::{Row, STREAM_VERSION, Stream, StreamRng, uniform};
