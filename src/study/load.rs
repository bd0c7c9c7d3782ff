//! Loading the scenarios of a study.

use super::{Error, Host};
use crate::diag;
use crate::scenario::{Files, Loaded, Request, RunSettings, STANDARD_INPUT, load};
use std::path::{Path, PathBuf};

/// Layers and settings that are laid on a scenario before it is read.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Scenario files, the last on top.
    pub with: Vec<PathBuf>,
    /// Settings on top of those: `path=value`.
    pub set: Vec<String>,
}

impl Layers {
    /// Whether nothing is laid on the scenario.
    pub(super) fn is_empty(&self) -> bool {
        self.with.is_empty() && self.set.is_empty()
    }
}

/// Loads a scenario and passes its warnings to the host.
///
/// # Errors
/// If it can't be read or has errors; with `strict` also if it has warnings.
pub(super) fn load_one(
    file: &Path,
    (layers, run): (&Layers, RunSettings),
    files: &Files,
    strict: bool,
    host: &dyn Host,
) -> Result<Loaded, Error> {
    let Layers { with, set } = layers.clone();
    load_request(&Request { file: file.to_owned(), with, set, run, files: files.clone() }, strict, host)
}

/// Loads the scenario of a request, in the same way.
pub(super) fn load_request(request: &Request, strict: bool, host: &dyn Host) -> Result<Loaded, Error> {
    let loaded = load(request)?;
    if diag::has_errors(&loaded.diagnostics) {
        return Err(Error::Unsound(Box::new(loaded)));
    }
    host.warnings(&loaded.diagnostics, &loaded.sources);
    if strict && diag::warnings(&loaded.diagnostics) > 0 {
        return Err(Error::refused("with --strict a warning is an error"));
    }
    Ok(loaded)
}

/// Loads several scenarios, each file being read once. All errors of all scenarios are given.
pub(super) fn load_each(
    files: &[PathBuf],
    (layers, run): (&Layers, RunSettings),
    strict: bool,
    host: &dyn Host,
) -> Result<Vec<Loaded>, Error> {
    refuse_standard_input_twice(files)?;
    let texts = Files::default();
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for file in files {
        match load_one(file, (layers, run), &texts, strict, host) {
            Ok(loaded) => all.push(loaded),
            Err(error) if error.is_refusal() => errors.push(error),
            Err(error) => return Err(error),
        }
    }
    if errors.is_empty() { Ok(all) } else { Err(Error::of_all(errors)) }
}

/// Refuses standard input as more than one scenario, because it can be read only once.
pub(super) fn refuse_standard_input_twice(files: &[PathBuf]) -> Result<(), Error> {
    if files.iter().filter(|file| *file == Path::new(STANDARD_INPUT)).count() < 2 {
        return Ok(());
    }
    Err(Error::refused("standard input (-) can be one scenario only; save the others as files"))
}

/// Loads scenarios, each file being read once; their warnings go to the host.
///
/// # Errors
/// If one can't be read or has errors: all of them are given.
pub fn load_scenarios(
    files: &[PathBuf],
    (layers, run): (&Layers, RunSettings),
    host: &dyn Host,
) -> Result<Vec<Loaded>, Error> {
    load_each(files, (layers, run), false, host)
}
