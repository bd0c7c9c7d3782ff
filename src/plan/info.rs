//! What is run: name, title, horizon, number of runs, seed.

use crate::time::{Horizon, Month};

/// What is run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunInfo {
    /// The scenario's name: its folder under the output.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The author's description of it.
    pub description: String,
    /// Changes made on the command line.
    pub changes: Vec<String>,
    /// Its author's probability for it among the scenarios that it is compared with, if stated.
    pub weight: Option<f64>,
    /// The month after which no information was used, if stated.
    pub as_of: Option<Month>,
    /// The months covered.
    pub horizon: Horizon,
    /// How many runs.
    pub runs: u64,
    /// The seed of all draws.
    pub seed: u64,
}

impl RunInfo {
    /// The title, and what was changed: a picture of a changed scenario must not be taken for one of the
    /// scenario itself.
    pub fn title_with_changes(&self) -> String {
        match self.changes.as_slice() {
            [] => self.title.clone(),
            [one] => format!("{}, with {one}", self.title),
            [one, more @ ..] => format!("{}, with {one} and {} more", self.title, more.len()),
        }
    }
}
