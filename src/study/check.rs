//! Reading and checking a scenario without running it.

use super::load::{Layers, load_one, refuse_standard_input_twice};
use super::{Error, Host};
use crate::diag::warnings;
use crate::report::register::without_source;
use crate::scenario::{Files, Loaded, RunSettings};
use std::path::{Path, PathBuf};

/// A request to check scenarios.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// The scenarios.
    pub files: Vec<PathBuf>,
    /// What is laid on each of them.
    pub layers: Layers,
    /// Whether a warning, or a number without a source, is an error.
    pub strict: bool,
}

/// A scenario without errors.
#[derive(Debug)]
pub struct Checked<'c> {
    /// Its file as it was named.
    pub file: &'c Path,
    /// The scenario, with its plan.
    pub scenario: Loaded,
    /// How many of its numbers name no source.
    pub without_source: usize,
}

impl Check {
    /// Checks the scenarios, and passes each that has no errors to `checked`.
    ///
    /// # Errors
    /// If one has errors, or with `strict` a warning or a number without a source.
    pub fn execute(&self, host: &dyn Host, checked: &mut dyn FnMut(Checked<'_>)) -> Result<(), Error> {
        refuse_standard_input_twice(&self.files)?;
        let texts = Files::default();
        let (mut errors, mut is_doubted) = (Vec::new(), false);
        for file in &self.files {
            match load_one(file, (&self.layers, RunSettings::default()), &texts, false, host) {
                Ok(scenario) => {
                    let numbers = scenario.plan.iter().flat_map(|plan| &plan.assumptions);
                    let without_source = without_source(numbers);
                    is_doubted |= without_source > 0 || warnings(&scenario.diagnostics) > 0;
                    checked(Checked { file, scenario, without_source });
                }
                Err(error) if error.is_refusal() => errors.push(error),
                Err(error) => return Err(error),
            }
        }
        match errors.is_empty() {
            false => Err(Error::of_all(errors)),
            true if self.strict && is_doubted => Err(Error::refused("with --strict a warning is an error")),
            true => Ok(()),
        }
    }
}
