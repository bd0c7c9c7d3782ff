//! The scenarios of a comparison: loaded, aligned, and combined.

use super::Compare;
use crate::compare::{Comparison, Contributions, Subsets};
use crate::diag::printable;
use crate::plan::Plan;
use crate::results::FileHash;
use crate::sample::Design;
use crate::scenario::{self, Files, Request, RunSettings, load, stem};
use crate::study::load::{Layers, load_each, load_one, load_request};
use crate::study::{Error, Host};
use crate::units::format::count;
use std::path::{Path, PathBuf};

/// A scenario that is loaded and sound.
pub(super) struct Side {
    pub(super) plan: Plan,
    resolved: String,
    inputs: Vec<FileHash>,
    /// Its warnings.
    warnings: Vec<serde_json::Value>,
    /// The request that loads it again, from the files as they were.
    request: Request,
}

impl Side {
    /// The side of a scenario without errors; `None` if it has no plan.
    pub(super) fn of(loaded: scenario::Loaded) -> Option<Self> {
        let warnings = crate::report::json::warnings(&loaded.diagnostics, &loaded.sources);
        let scenario::Loaded { plan, resolved, inputs, request, .. } = loaded;
        Some(Self { plan: plan?, resolved, inputs, warnings, request })
    }

    /// The scenario as if the number of runs that a precision took had been requested, so that its resolved
    /// file reproduces the result. Files that have changed meanwhile are not read again.
    pub(super) fn plainly_run(self, runs: u64) -> Self {
        if self.plan.info.runs == runs {
            return self;
        }
        let again = load(&self.request.with_runs(runs)).ok().and_then(Self::of);
        let Some(mut again) = again else { return self };
        // Scenarios of one name were given distinct names.
        again.plan.info.name.clone_from(&self.plan.info.name);
        again
    }
}

/// Loads scenarios so that all have the seed, the runs and the design of the first.
pub(super) fn load_all(request: &Compare, host: &dyn Host) -> Result<Vec<Side>, Error> {
    let files = &request.files;
    if files.len() < 2 {
        return Err(Error::refused("a comparison needs two scenarios or more"));
    }
    if files.iter().any(|file| file.is_dir()) {
        return Err(Error::refused(
            "scenario files and folders of results can't be mixed; compare one kind or the other",
        ));
    }
    let loaded = load_each(files, (&request.layers, request.settings()), request.strict, host)?;
    align(loaded.into_iter().filter_map(Side::of).collect(), request.strict, host)
}

/// The warnings of these scenarios, each once.
pub(super) fn warnings(loaded: &[Side]) -> Vec<serde_json::Value> {
    let mut all: Vec<serde_json::Value> = Vec::new();
    for warning in loaded.iter().flat_map(|side| &side.warnings) {
        if !all.contains(warning) {
            all.push(warning.clone());
        }
    }
    all
}

/// Seed, number of runs and design of a plan.
type Runs = (u64, u64, Design);

fn runs_of(plan: &Plan) -> Runs {
    (plan.info.seed, plan.info.runs, plan.design)
}

/// Loads those again whose seed, runs or design differ from the first, with its settings.
fn align(all: Vec<Side>, strict: bool, host: &dyn Host) -> Result<Vec<Side>, Error> {
    let first = runs_of(&all[0].plan);
    if all.iter().all(|side| runs_of(&side.plan) == first) {
        return Ok(all);
    }
    let (seed, runs, design) = first;
    let (name, all_runs) = (printable(&all[0].plan.info.name), count(runs));
    host.note(&format!(
        "note: all run as {name} does: {all_runs} runs, seed {seed}, sampling {}\n",
        design.name()
    ));
    let again = |mut side: Side| {
        if runs_of(&side.plan) == first {
            return Ok(side);
        }
        side.request.run = RunSettings { runs: Some(runs), seed: Some(seed), sampling: Some(design) };
        side_of(load_request(&side.request, strict, host)?)
    };
    all.into_iter().map(again).collect()
}

fn side_of(loaded: scenario::Loaded) -> Result<Side, Error> {
    match loaded.plan {
        Some(_) => Side::of(loaded).ok_or(Error::Stopped),
        None => Err(Error::Unsound(Box::new(loaded))),
    }
}

/// Every metric that some plan has.
pub(super) fn metrics(plans: &[Plan]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for plan in plans {
        let metrics = plan.metrics();
        all.extend(metrics.list().iter().map(|metric| metric.path.clone()));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Every combination of the parts, laid on the scenario, in the order of [`Subsets`], and named after its
/// parts.
pub(super) fn load_combinations(
    request: &Compare,
    base: &Path,
    parts: &[PathBuf],
    host: &dyn Host,
) -> Result<Vec<Side>, Error> {
    let number = parts.len();
    if number > Subsets::MOST_PARTS {
        let combinations = 1_u64 << number.min(63);
        return Err(Error::refused(format!(
            "{number} parts have {combinations} combinations; six parts are the most"
        )));
    }
    refuse_twins(parts)?;
    let texts = Files::default();
    let subsets = Subsets::of(number);
    let combination = |index: usize| {
        let chosen: Vec<&PathBuf> = subsets.parts_of(index).map(|part| &parts[part]).collect();
        let with = chosen.iter().copied().chain(&request.layers.with).cloned().collect();
        let layers = Layers { with, set: request.layers.set.clone() };
        let loaded = load_one(base, (&layers, request.settings()), &texts, request.strict, host)?;
        let mut side = side_of(loaded)?;
        side.rename(&chosen, number);
        // The name contains the parts already.
        side.plan.info.changes.clone_from(&request.layers.set);
        Ok(side)
    };
    let all: Vec<Side> = (0..subsets.count()).map(combination).collect::<Result<_, Error>>()?;
    let first = runs_of(&all[0].plan);
    if all.iter().any(|side| runs_of(&side.plan) != first) {
        return Err(Error::refused(
            "a part changes the seed, the runs or the sampling; give --seed and --runs, or take it out of \
             the part",
        ));
    }
    Ok(all)
}

impl Side {
    /// Names a combination after its parts.
    fn rename(&mut self, chosen: &[&PathBuf], of: usize) {
        let parts = if of > 2 && chosen.len() == of {
            vec!["all parts".to_owned()]
        } else {
            chosen.iter().map(|part| stem(part)).collect()
        };
        let name = std::iter::once(self.plan.info.name.clone()).chain(parts).collect::<Vec<_>>().join(" + ");
        self.plan.info.name.clone_from(&name);
        self.plan.info.title = name;
    }
}

/// Refuses the same part given twice: its effect would be split between the two.
fn refuse_twins(parts: &[PathBuf]) -> Result<(), Error> {
    let same = |a: &Path, b: &Path| {
        a == b || a.canonicalize().ok().is_some_and(|a| b.canonicalize().ok() == Some(a))
    };
    let twin =
        parts.iter().enumerate().find(|(index, part)| parts[..*index].iter().any(|other| same(other, part)));
    match twin {
        Some((_, part)) => Err(Error::refused(format!("the part {} is given twice", part.display()))),
        None => Ok(()),
    }
}

/// The scenario without any part, with each alone, and with all.
pub(super) fn main_combinations(found: &Contributions, parts: usize) -> Comparison {
    let mut indices: Vec<usize> = std::iter::once(0).chain((0..parts).map(|part| 1 << part)).collect();
    let all = found.combinations.scenarios.len() - 1;
    if !indices.contains(&all) {
        indices.push(all);
    }
    found.combinations.only(&indices)
}

/// The resolved scenarios by the names of their files.
pub(super) fn resolved(all: &[Side]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for loaded in all {
        let name = loaded.plan.info.name.replace(" + ", "+");
        files.push((name, loaded.resolved.clone()));
    }
    files
}

/// All input files of these scenarios, each once.
pub(super) fn inputs(all: &[Side]) -> Vec<FileHash> {
    let mut inputs: Vec<FileHash> = Vec::new();
    for file in all.iter().flat_map(|loaded| &loaded.inputs) {
        if !inputs.contains(file) {
            inputs.push(file.clone());
        }
    }
    inputs
}

/// `baseline-vs-bridge`; of many scenarios, how many there are.
pub(super) fn name_of(plans: &[&Plan]) -> String {
    let names: Vec<&str> = plans.iter().map(|plan| plan.info.name.as_str()).collect();
    match names.as_slice() {
        [first, rest @ ..] if rest.len() <= 2 => format!("{first}-vs-{}", rest.join("-")),
        [first, rest @ ..] => format!("{first}-vs-{}-others", rest.len()),
        [] => "comparison".to_owned(),
    }
}
