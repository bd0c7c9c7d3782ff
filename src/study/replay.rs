//! One run alone, month by month.

use super::compare::open;
use super::load::{Layers, load_one};
use super::{Error, Host};
use crate::diag::nearest;
use crate::plan::Plan;
use crate::run::{self, replay};
use crate::scenario::{Files, RunSettings};
use std::path::PathBuf;

/// A request to compute one run alone.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// The scenario, or the folder of a result.
    pub file: PathBuf,
    /// The number of the run, counted from 0; it may lie beyond the number of runs.
    pub run: u64,
    /// What is laid on the scenario.
    pub layers: Layers,
    /// The seed, if not that of the scenario; below 2^63.
    pub seed: Option<u64>,
    /// Metrics that will be shown, and so must exist.
    pub metrics: Vec<String>,
}

impl Replay {
    /// Computes the run, to the same bits as in any result that includes it. Nothing is written.
    ///
    /// # Errors
    /// If the scenario has errors or there is no such metric.
    pub fn execute(&self, host: &dyn Host) -> Result<(Plan, run::Replay), Error> {
        let plan = if self.file.is_dir() { self.open()? } else { self.load(host)? };
        let run = replay(&plan, self.run);
        self.check_metrics(&run)?;
        Ok((plan, run))
    }

    fn load(&self, host: &dyn Host) -> Result<Plan, Error> {
        let run = RunSettings { seed: self.seed, ..RunSettings::default() };
        let loaded = load_one(&self.file, (&self.layers, run), &Files::default(), false, host)?;
        loaded.plan.clone().ok_or_else(|| Error::Unsound(Box::new(loaded)))
    }

    /// The scenario of a result, as it was run.
    fn open(&self) -> Result<Plan, Error> {
        if self.seed.is_some() || !self.layers.is_empty() {
            return Err(Error::refused(
                "a stored result can't be run again with other settings; give the scenario file",
            ));
        }
        Ok(open(&self.file)?.plan)
    }

    /// Refuses paths that no metric has.
    fn check_metrics(&self, run: &run::Replay) -> Result<(), Error> {
        let known = || run.metrics.iter().map(|metric| metric.path.as_str());
        let unknown = self.metrics.iter().filter(|path| !known().any(|known| known == *path));
        let errors: Vec<Error> = unknown
            .map(|path| Error::unknown(format!("there is no metric `{path}`"), nearest(path, known())))
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Error::of_all(errors)) }
    }
}
