//! Runs side by side: the types through which the sampler passes inputs to the model.
//!
//! [`Lanes`] holds one number for each of `N` runs; a [`Number`] is a constant or an index of an input;
//! [`Inputs`] are the inputs of one batch of runs. This module samples nothing and depends on no model.

mod inputs;
mod lanes;

pub use inputs::{InputId, Inputs, Number, SeriesId};
pub use lanes::Lanes;
