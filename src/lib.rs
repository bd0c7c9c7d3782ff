//! A scenario forecasting simulator for trade corridors.
#![doc = ""]

pub mod batch;
pub mod cli;
pub mod diag;
pub mod dist;
pub mod kernel;
pub mod model;
pub mod plot;
pub mod report;
pub mod results;
pub mod rng;
pub mod run;
pub mod sample;
pub mod scenario;
pub mod stats;
pub mod time;
pub mod units;
/// Guides.
pub mod guide {
    /// The model.
    pub mod model {}
}
