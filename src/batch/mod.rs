//! Runs side by side: the words in which the sampler and the model talk to each other.
//!
//! [`Lanes`] holds one number for each of `N` runs; a [`Number`] is a constant or a place in the drawn
//! inputs; [`Inputs`] is what one batch of runs was dealt. Nothing here draws and nothing here knows a model.

mod inputs;
mod lanes;

pub use inputs::{InputId, Inputs, Number, SeriesId};
pub use lanes::Lanes;
