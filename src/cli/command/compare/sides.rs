//! The scenarios of a comparison: loaded, or opened where they are results, and put in order.

use super::super::{load_strictly, refuse_twice_standard_input, request, seed_setting};
use crate::cli::app::Failure;
use crate::cli::args::{CompareArgs, LayerArgs};
use crate::cli::console;
use crate::cli::precision::{self, MOST_RUNS};
use crate::compare::{Comparison, Contributions, Precise, Side, Subsets};
use crate::diag::printable;
use crate::plan::Plan;
use crate::results::FileHash;
use crate::results::store::StoredResult;
use crate::sample::Design;
use crate::scenario::{self, Files, Request, load, stem};
use crate::units::format::count;
use std::path::{Path, PathBuf};

/// A scenario that is loaded and sound.
pub(super) struct Loaded {
    pub(super) plan: Plan,
    resolved: String,
    inputs: Vec<FileHash>,
    /// What its author should look at.
    warnings: Vec<serde_json::Value>,
    /// How to load it again, from the files as they were.
    request: Request,
}

impl Loaded {
    /// Of a scenario without errors.
    pub(super) fn of(loaded: scenario::Loaded) -> Option<Self> {
        let warnings = crate::report::json::warnings(&loaded.diagnostics, &loaded.sources);
        let scenario::Loaded { plan, resolved, inputs, request, .. } = loaded;
        Some(Self { plan: plan?, resolved, inputs, warnings, request })
    }

    /// The same with another number of runs.
    pub(super) fn with_runs(self, runs: u64) -> Self {
        let again = load(&self.request.with_runs(runs)).ok().and_then(Self::of);
        let Some(mut again) = again else { return self };
        // Scenarios of one name were told apart.
        again.plan.info.name.clone_from(&self.plan.info.name);
        again
    }
}

/// Whether these are folders of results and not scenario files; refuses what isn't there.
pub(super) fn are_results(files: &[PathBuf]) -> Result<bool, Failure> {
    let is_there = |file: &&PathBuf| file.exists();
    match files.iter().find(|file| !is_there(file)) {
        // Files that can't be read are told with what may have been meant.
        Some(missing) if files.iter().any(|file| file.is_dir()) => {
            refuse(&format!("there is no folder or file {}", missing.display()))
        }
        _ => Ok(!files.is_empty() && files.iter().all(|file| file.is_dir())),
    }
}

/// Loads scenarios so that all have the seed, the runs and the design of the first.
pub(super) fn load_all(args: &CompareArgs, files: &[PathBuf]) -> Result<Vec<Loaded>, Failure> {
    if files.len() < 2 {
        return refuse("a comparison needs two scenarios or more");
    }
    if files.iter().any(|file| file.is_dir()) {
        return refuse("scenario files and folders of results can't be mixed; compare one kind or the other");
    }
    refuse_twice_standard_input(files)?;
    let (settings, texts) = (settings(args), Files::default());
    let mut all = Vec::new();
    let mut failed = false;
    for file in files {
        match load_one(&request(file, &args.layers, &settings, &texts), args.strict) {
            Ok(loaded) => all.push(loaded),
            Err(Failure::Input) => failed = true,
            Err(other) => return Err(other),
        }
    }
    if failed { Err(Failure::Input) } else { align(all, args.strict) }
}

fn settings(args: &CompareArgs) -> Vec<String> {
    let runs =
        args.runs.or(args.precision.as_ref().map(|_| MOST_RUNS)).map(|runs| format!("run.runs={runs}"));
    runs.into_iter().chain(seed_setting(args.seed)).collect()
}

/// All that the authors of these scenarios should look at, once each.
pub(super) fn warnings(loaded: &[Loaded]) -> Vec<serde_json::Value> {
    let mut all: Vec<serde_json::Value> = Vec::new();
    for warning in loaded.iter().flat_map(|side| &side.warnings) {
        if !all.contains(warning) {
            all.push(warning.clone());
        }
    }
    all
}

fn load_one(request: &Request, strict: bool) -> Result<Loaded, Failure> {
    Loaded::of(load_strictly(request, strict)?).ok_or(Failure::Input)
}

/// How a plan's runs are laid out.
type Runs = (u64, u64, Design);

fn runs_of(plan: &Plan) -> Runs {
    (plan.info.seed, plan.info.runs, plan.design)
}

/// Loads those again that would run otherwise than the first, with its settings.
fn align(all: Vec<Loaded>, strict: bool) -> Result<Vec<Loaded>, Failure> {
    let first = runs_of(&all[0].plan);
    if all.iter().all(|loaded| runs_of(&loaded.plan) == first) {
        return Ok(all);
    }
    let (seed, runs, design) = (first.0, first.1, first.2.name());
    let name = printable(&all[0].plan.info.name);
    let note =
        format!("note: all run as {name} does: {} runs, seed {seed}, sampling {design}\n", count(runs));
    console::print_error(&note);
    let same = [format!("run.seed={seed}"), format!("run.runs={runs}"), format!("run.sampling={design}")];
    let again = |mut loaded: Loaded| {
        if runs_of(&loaded.plan) == first {
            return Ok(loaded);
        }
        loaded.request.set.extend(same.clone());
        load_one(&loaded.request, strict)
    };
    all.into_iter().map(again).collect()
}

/// Opens results, each with the plan that its resolved scenario gives.
pub(super) fn open_all(folders: &[PathBuf]) -> Result<Vec<Side>, Failure> {
    if folders.len() < 2 {
        return refuse("a comparison needs two results or more");
    }
    folders.iter().map(|folder| open(folder)).collect()
}

pub(in crate::cli::command) fn open(folder: &Path) -> Result<Side, Failure> {
    let stored = StoredResult::open(folder).or_else(|error| refuse(&error.to_string()))?;
    let loaded = load(&Request { file: stored.resolved(), ..Request::default() })?;
    match loaded.plan {
        Some(plan) => agreeing(Side { plan, stored }, folder),
        None => refuse(&format!(
            "{} was written by another version of the program and can't be read; run the scenario again",
            folder.display()
        )),
    }
}

/// The manifest says beside its hashes what was run, and nothing hashes that: it must be what the scenario says.
fn agreeing(side: Side, folder: &Path) -> Result<Side, Failure> {
    let (manifest, info) = (side.stored.manifest(), &side.plan.info);
    let said = [
        ("seed", manifest.seed.to_string(), info.seed.to_string()),
        ("runs", manifest.runs.to_string(), info.runs.to_string()),
        ("start", manifest.start.clone(), info.horizon.start.to_string()),
        ("scenario", manifest.scenario.clone(), info.name.clone()),
    ];
    let odd = said.iter().find(|(_, in_manifest, in_scenario)| in_manifest != in_scenario);
    let Some((what, in_manifest, in_scenario)) = odd else { return Ok(side) };
    refuse(&format!(
        "{}: manifest.json says {what} {in_manifest}, resolved.toml {in_scenario}: it was changed after the run",
        folder.display()
    ))
}

/// Results are there already: nothing that would change how they are made makes sense.
pub(super) fn refuse_what_runs(args: &CompareArgs) -> Result<(), Failure> {
    let CompareArgs { runs, seed, precision, metric, layers, .. } = args;
    let asked = [
        ("--runs", runs.is_some()),
        ("--seed", seed.is_some()),
        ("--precision", precision.is_some()),
        ("--metric", !metric.is_empty()),
        ("--with", !layers.with.is_empty()),
        ("--set", !layers.set.is_empty()),
    ];
    match asked.into_iter().find(|(_, is_asked)| *is_asked) {
        Some((option, _)) => refuse(&format!(
            "{option} changes how scenarios run; these are results. Compare the scenario files instead"
        )),
        None => Ok(()),
    }
}

/// What is to be exact, if something is.
pub(super) fn precise(args: &CompareArgs, plans: &[Plan]) -> Result<Option<Precise>, Failure> {
    let goal = precision::goal_of_differences(args, plans)?;
    Ok(goal.map(|goal| {
        let (metric, year, wanted) = goal.aim();
        Precise { metric: metric.to_owned(), year, wanted: wanted.clone() }
    }))
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

/// Every combination of the parts, laid on the scenario, in the order of [`Subsets`], and named after its parts.
pub(super) fn load_combinations(args: &CompareArgs, base: &Path) -> Result<Vec<Loaded>, Failure> {
    let parts = args.parts.len();
    if parts > Subsets::MOST_PARTS {
        return refuse(&format!(
            "{parts} parts have {} combinations; six parts are the most",
            1_u64 << parts.min(63)
        ));
    }
    refuse_twins(&args.parts)?;
    let (settings, texts) = (settings(args), Files::default());
    let subsets = Subsets::of(parts);
    let combination = |number: usize| {
        let files = subsets.parts_of(number).map(|part| args.parts[part].clone());
        let with = files.chain(args.layers.with.iter().cloned()).collect();
        let layers = LayerArgs { with, set: args.layers.set.clone() };
        let mut loaded = load_one(&request(base, &layers, &settings, &texts), args.strict)?;
        let names: Vec<String> = subsets.parts_of(number).map(|part| stem(&args.parts[part])).collect();
        let is_all = parts > 2 && names.len() == parts;
        let names = if is_all { vec!["all parts".to_owned()] } else { names };
        let name =
            std::iter::once(loaded.plan.info.name.clone()).chain(names).collect::<Vec<_>>().join(" + ");
        loaded.plan.info.name.clone_from(&name);
        loaded.plan.info.title = name;
        // The parts stand in the name already.
        loaded.plan.info.changes.clone_from(&args.layers.set);
        Ok(loaded)
    };
    let all: Vec<Loaded> = (0..subsets.count()).map(combination).collect::<Result<_, Failure>>()?;
    let first = runs_of(&all[0].plan);
    if all.iter().any(|loaded| runs_of(&loaded.plan) != first) {
        return refuse(
            "a part changes the seed, the runs or the sampling; give --seed and --runs, or take it out of the part",
        );
    }
    Ok(all)
}

/// The same part twice would share what it does with itself.
fn refuse_twins(parts: &[PathBuf]) -> Result<(), Failure> {
    let same = |a: &Path, b: &Path| {
        a == b || a.canonicalize().ok().is_some_and(|a| b.canonicalize().ok() == Some(a))
    };
    let twin =
        parts.iter().enumerate().find(|(place, part)| parts[..*place].iter().any(|other| same(other, part)));
    match twin {
        Some((_, part)) => refuse(&format!("the part {} stands there twice", part.display())),
        None => Ok(()),
    }
}

/// The scenario without any part, with each alone, and with all.
pub(super) fn main_combinations(found: &Contributions, parts: usize) -> Comparison {
    let mut places: Vec<usize> = std::iter::once(0).chain((0..parts).map(|part| 1 << part)).collect();
    let all = found.combinations.scenarios.len() - 1;
    if !places.contains(&all) {
        places.push(all);
    }
    found.combinations.only(&places)
}

/// The resolved scenarios by the names of their files.
pub(super) fn resolved(all: &[Loaded]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for loaded in all {
        let name = loaded.plan.info.name.replace(" + ", "+");
        files.push((name, loaded.resolved.clone()));
    }
    files
}

/// Every file that they were made of, each once.
pub(super) fn inputs(all: &[Loaded]) -> Vec<FileHash> {
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

pub(super) fn refuse<T>(why: &str) -> Result<T, Failure> {
    console::error(why);
    Err(Failure::Input)
}
