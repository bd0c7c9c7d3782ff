//! What is run: name, title, horizon, number of runs, seed.

use crate::time::{Horizon, Month};

/// What was run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunInfo {
    /// The scenario's name: its folder under the output.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What story it tells.
    pub description: String,
    /// What the command line changed about it.
    pub changes: Vec<String>,
    /// How likely its author thinks it among the scenarios that it is compared with, if they say so.
    pub weight: Option<f64>,
    /// The month after which nothing known was used, if the scenario says so.
    pub as_of: Option<Month>,
    /// The months covered.
    pub horizon: Horizon,
    /// How many runs.
    pub runs: u64,
    /// The seed of all draws.
    pub seed: u64,
}

impl RunInfo {
    /// The title, and what was changed: a picture of a changed scenario must not pass for one of the
    /// scenario.
    pub fn title_with_changes(&self) -> String {
        match self.changes.as_slice() {
            [] => self.title.clone(),
            [one] => format!("{}, with {one}", self.title),
            [one, more @ ..] => format!("{}, with {one} and {} more", self.title, more.len()),
        }
    }
}
