//! Results in folders as the sides of a comparison.

use super::Compare;
use crate::compare::Side;
use crate::results::store::StoredResult;
use crate::scenario::{Request, load};
use crate::study::Error;
use std::path::{Path, PathBuf};

/// Whether these are folders of results and not scenario files; an error if one of them doesn't exist.
pub(super) fn are_results(files: &[PathBuf]) -> Result<bool, Error> {
    let is_there = |file: &&PathBuf| file.exists();
    match files.iter().find(|file| !is_there(file)) {
        // Missing scenario files are reported later, with a suggestion.
        Some(missing) if files.iter().any(|file| file.is_dir()) => {
            Err(Error::refused(format!("there is no folder or file {}", missing.display())))
        }
        _ => Ok(!files.is_empty() && files.iter().all(|file| file.is_dir())),
    }
}

/// Opens results, each with the plan that its resolved scenario gives.
pub(super) fn open_all(folders: &[PathBuf]) -> Result<Vec<Side>, Error> {
    if folders.len() < 2 {
        return Err(Error::refused("a comparison needs two results or more"));
    }
    folders.iter().map(|folder| open(folder)).collect()
}

/// Opens a result with the plan that its resolved scenario gives.
pub(in crate::study) fn open(folder: &Path) -> Result<Side, Error> {
    let stored = StoredResult::open(folder).map_err(|error| Error::refused(error.to_string()))?;
    let loaded = load(&Request { file: stored.resolved(), ..Request::default() })?;
    match loaded.plan {
        Some(plan) => agreeing(Side { plan, stored }, folder),
        None => Err(Error::refused(format!(
            "{} was written by another version of the program and can't be read; run the scenario again",
            folder.display()
        ))),
    }
}

/// Refuses a result whose manifest disagrees with its resolved scenario: the manifest itself isn't covered by
/// a hash.
fn agreeing(side: Side, folder: &Path) -> Result<Side, Error> {
    let (manifest, info) = (side.stored.manifest(), &side.plan.info);
    let stated = [
        ("seed", manifest.seed.to_string(), info.seed.to_string()),
        ("runs", manifest.runs.to_string(), info.runs.to_string()),
        ("start", manifest.start.clone(), info.horizon.start.to_string()),
        ("scenario", manifest.scenario.clone(), info.name.clone()),
    ];
    let differing = stated.iter().find(|(_, in_manifest, in_scenario)| in_manifest != in_scenario);
    let Some((what, in_manifest, in_scenario)) = differing else { return Ok(side) };
    Err(Error::refused(format!(
        "{}: manifest.json says {what} {in_manifest}, resolved.toml {in_scenario}: it was changed after the \
         run",
        folder.display()
    )))
}

/// Refuses options that would change how the results were run.
pub(super) fn refuse_what_runs(request: &Compare) -> Result<(), Error> {
    let Compare { runs, seed, precision, metrics, layers, .. } = request;
    let asked = [
        ("--runs", runs.is_some()),
        ("--seed", seed.is_some()),
        ("--precision", precision.is_some()),
        ("--metric", !metrics.is_empty()),
        ("--with", !layers.with.is_empty()),
        ("--set", !layers.set.is_empty()),
    ];
    match asked.into_iter().find(|(_, is_asked)| *is_asked) {
        Some((option, _)) => Err(Error::refused(format!(
            "{option} changes how scenarios run; these are results. Compare the scenario files instead"
        ))),
        None => Ok(()),
    }
}
