//! `simulate FILE…`: the main job.

mod again;
mod together;

pub(super) use again::files_again;

use super::{compare, load_strictly, refuse_twice_standard_input, replay, request, seed_setting};
use crate::attribution::Drivers;
use crate::cli::app::Failure;
use crate::cli::args::RunArgs;
use crate::cli::draws::{self, DrawsFile};
use crate::cli::explained::Explained;
use crate::cli::precision::{self, MOST_RUNS};
use crate::cli::work::{Clock, Watch, draw};
use crate::cli::{console, interrupt, place};
use crate::compare::run_alike;
use crate::diag::printable;
use crate::kernel;
use crate::plan::Plan;
use crate::report;
use crate::report::charts::{Picture, driver_pictures};
use crate::report::html::run_report;
use crate::report::letters::stand_ins;
use crate::report::{charts, health, json, summary};
use crate::results::store::{
    DISTRIBUTION, DRAWS, Kind, MANIFEST, PLOTS, REPORT, RESOLVED, Staging, TIMINGS, assumptions_csv,
    distribution_csv, targets_csv, write_summary,
};
use crate::results::{
    FileHash, MANIFEST_FORMAT, Manifest, Precision, RunResult, TargetHits, TargetResult, Timing, hash_hex,
};
use crate::rng::STREAM_VERSION;
use crate::run::{Goal, Kept, run_keeping};
use crate::scenario::{Files, Loaded};
use crate::units::format::count;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub(in crate::cli) fn execute(args: &RunArgs) -> Result<(), Failure> {
    if let Some(most) = args.instructions {
        kernel::allow(most.into());
    }
    let settings = settings(args);
    refuse_twice_standard_input(&args.files)?;
    let files = Files::default();
    let mut loaded = Vec::new();
    let mut failed = false;
    for file in &args.files {
        let clock = Clock::start();
        match load_strictly(&request(file, &args.layers, &settings, &files), args.strict) {
            Ok(scenario) => loaded.push((scenario, clock.seconds())),
            Err(Failure::Input) => failed = true,
            Err(other) => return Err(other),
        }
    }
    if failed || has_twins(&loaded) {
        return Err(Failure::Input);
    }
    let goals = goals(args, &loaded)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, usize::from)).build()?;
    let documents = pool.install(|| match &loaded[..] {
        [_] => one_by_one(args, &loaded, &goals),
        _ => several(args, &loaded, &goals),
    })?;
    if args.print.json {
        console::print_json(documents);
    }
    Ok(())
}

/// Scenarios that are loaded, with the seconds that it took.
type Timed = (Loaded, f64);

fn one_by_one(args: &RunArgs, loaded: &[Timed], goals: &[Option<Goal>]) -> Result<Vec<Value>, Failure> {
    if !args.weights.is_empty() || args.baseline.is_some() {
        console::error("--baseline and --weights are for several scenarios; there is one");
        return Err(Failure::Input);
    }
    run_each(args, loaded, goals)
}

fn run_each(args: &RunArgs, loaded: &[Timed], goals: &[Option<Goal>]) -> Result<Vec<Value>, Failure> {
    let mut documents = Vec::new();
    for (number, ((file, timed), goal)) in args.files.iter().zip(loaded).zip(goals).enumerate() {
        if number > 0 && args.print.text() {
            console::print("\n");
        }
        documents.push(execute_one(args, file, (&timed.0, goal.as_ref()), timed.1)?);
    }
    Ok(documents)
}

/// Several scenarios: in one pass where each comes out as it would alone, else one after the other; then what differs.
fn several(args: &RunArgs, loaded: &[Timed], goals: &[Option<Goal>]) -> Result<Vec<Value>, Failure> {
    let plans: Vec<&Plan> = loaded.iter().filter_map(|(scenario, _)| scenario.plan.as_ref()).collect();
    let order = compare::order(args, &plans)?;
    if goals.iter().all(Option::is_none) && run_alike(&plans) {
        order.say();
        return together::execute(args, loaded, order);
    }
    let mut documents = run_each(args, loaded, goals)?;
    documents.extend(compare_all(args, &plans)?);
    Ok(documents)
}

/// Compares the results of several scenarios, which are there now; nothing where their single runs were not kept.
fn compare_all(args: &RunArgs, plans: &[&Plan]) -> Result<Option<Value>, Failure> {
    let name = |(file, plan): (&PathBuf, &&Plan)| args.out.name(&plan.info.name, file, &args.layers);
    let names = args.files.iter().zip(plans).map(name);
    let folders: Vec<PathBuf> = names.map(|name| args.out.folder().join(name)).collect();
    let say = |text: &str| {
        if args.print.text() {
            console::print(&console::screen().wrap(text));
        }
    };
    if !folders.iter().all(|folder| folder.join(DRAWS).exists()) {
        say(
            "\nNot compared: they don't run alike (seed, runs, sampling or first month differ), and then it takes every single \
             run (--draws main). simulate compare runs them alike.\n",
        );
        return Ok(None);
    }
    say("\n");
    compare::results(folders, args).map(Some)
}

/// `--runs` and `--seed` are settings like any other, so that the resolved scenario holds them.
fn settings(args: &RunArgs) -> Vec<String> {
    let runs =
        args.runs.or(args.precision.as_ref().map(|_| MOST_RUNS)).map(|runs| format!("run.runs={runs}"));
    runs.into_iter().chain(seed_setting(args.seed)).collect()
}

/// What the runs of each scenario are to reach: known before anything runs.
fn goals(args: &RunArgs, loaded: &[(Loaded, f64)]) -> Result<Vec<Option<Goal>>, Failure> {
    let goal = |plan: Option<&Plan>| plan.map_or(Ok(None), |plan| precision::goal(args, plan));
    loaded.iter().map(|(scenario, _)| goal(scenario.plan.as_ref())).collect()
}

/// Two scenarios of one name would write to one folder.
fn has_twins(loaded: &[(Loaded, f64)]) -> bool {
    let mut names: Vec<&str> =
        loaded.iter().filter_map(|(l, _)| l.plan.as_ref()).map(|p| p.info.name.as_str()).collect();
    // Some systems take two names that differ in capital letters only for one.
    let folder = |name: &str| {
        if cfg!(any(windows, target_os = "macos")) { name.to_lowercase() } else { name.to_owned() }
    };
    names.sort_unstable_by_key(|name| folder(name));
    let twin =
        names.windows(2).find(|pair| folder(pair[0]) == folder(pair[1])).map(|pair| pair[0].to_owned());
    if let Some(name) = &twin {
        console::error(&format!(
            "two of the scenarios are called `{name}` and would share a folder; run one after the other with \
             different --out, or give one of them another `name` in [scenario]"
        ));
    }
    twin.is_some()
}

/// Runs a scenario and writes its result; gives the document that `--json` prints.
fn execute_one(
    args: &RunArgs,
    file: &Path,
    (scenario, goal): (&Loaded, Option<&Goal>),
    load_s: f64,
) -> Result<Value, Failure> {
    let plan = scenario.plan.as_ref().ok_or(Failure::Input)?;
    let clock = Clock::start();
    let mut job = Job::begin(args, file, scenario)?;
    let result = run_with_progress(plan, goal, &job.kept, &mut job.explained, args.print.quiet)?;
    let done = Done { result: &result, precision: goal.map(|goal| goal.judge(&result)), is_alone: true };
    job.finish(args, done, (load_s, clock.seconds()))
}

/// A scenario that runs, and what will become its result.
struct Job<'l> {
    file: &'l Path,
    scenario: &'l Loaded,
    kept: Kept,
    explained: Explained,
    staging: Staging,
}

/// Refuses before anything runs where the result can't be put.
fn begin_result(args: &RunArgs, folder: &Path, name: &str) -> Result<Staging, Failure> {
    interrupt::stop_in_order();
    let mut staging = Staging::open(folder, name, Kind::Run)?;
    staging.reserve(&[SUMMARY, "assumptions.csv", RESOLVED, MANIFEST, TIMINGS])?;
    if args.no_plots {
        staging.keep_pages();
    } else {
        staging.reserve(&[REPORT, PLOTS])?;
    }
    Ok(staging)
}

/// What its runs have given.
struct Done<'r> {
    result: &'r RunResult,
    precision: Option<Precision>,
    /// Whether nothing else ran at the same time: only then its runs have a speed.
    is_alone: bool,
}

impl<'l> Job<'l> {
    fn begin(args: &RunArgs, file: &'l Path, scenario: &'l Loaded) -> Result<Self, Failure> {
        let plan = scenario.plan.as_ref().ok_or(Failure::Input)?;
        let name = args.out.name(&plan.info.name, file, &args.layers);
        Self::begin_in(args, file, scenario, (args.out.folder(), &name))
    }

    /// With a result of this name in this folder.
    fn begin_in(
        args: &RunArgs,
        file: &'l Path,
        scenario: &'l Loaded,
        (folder, name): (&Path, &str),
    ) -> Result<Self, Failure> {
        let plan = scenario.plan.as_ref().ok_or(Failure::Input)?;
        let staging = begin_result(args, folder, name)?;
        let kept = draws::kept(args, plan);
        let single_runs = DrawsFile::create(args, plan, &kept, &staging)?;
        let is_wanted = !args.no_plots || args.print.text();
        let (explained, kept) = Explained::beside(single_runs, &kept, plan, is_wanted);
        Ok(Self { file, scenario, kept, explained, staging })
    }

    /// Writes the result and prints what is to be read; gives the document that `--json` prints.
    fn finish(self, args: &RunArgs, done: Done<'_>, (load_s, runs_s): (f64, f64)) -> Result<Value, Failure> {
        let Self { file, scenario, explained, mut staging, .. } = self;
        let Done { result, precision, is_alone } = done;
        let (single_runs, drivers) = explained.finish(scenario.plan.as_ref().ok_or(Failure::Input)?);
        let draws = single_runs.finish(&mut staging)?;
        let is_result = result.health.invalid == 0 || (!args.strict && result.sound_runs() > 0);
        let wrong = Wrong::of(result, is_result, file, args);
        if let (false, Some(wrong)) = (is_result, &wrong) {
            return Err(wrong.clone().into());
        }
        let clock = Clock::start();
        let as_plain = precision::as_plain_run(scenario, result)?;
        let mut files = write_files(args, &as_plain, (result, drivers.as_ref()), &mut staging)?;
        files.tables.extend((!draws.is_empty()).then_some(DRAWS));
        if interrupt::requested() {
            return Err(Failure::Stopped);
        }
        let timing =
            Timing { load_s, runs_s, output_s: clock.seconds(), threads: rayon::current_num_threads() };
        let manifest = Manifest { precision: precision.clone(), draws, ..manifest(&as_plain, result) };
        let committed = staging.commit(manifest, &timing)?;
        let folder = &committed.folder;
        say(args, (result, drivers.as_ref()), wrong.as_ref());
        if args.print.text() {
            console::print(&precision.as_ref().map_or_else(String::new, cost));
            console::print(&closing(folder, &files));
            console::print(&if is_alone { speed(result, timing) } else { String::new() });
        }
        place::say_notes(&committed, args.print.text());
        Ok(args.print.document(|| {
            let mut document = json::run(result, precision.as_ref(), folder.to_str());
            document["warnings"] = json::warnings(&scenario.diagnostics, &scenario.sources).into();
            document
        }))
    }
}

/// Some runs went wrong. No result, if all did, or if none was allowed to.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{text} To see it: {command}")]
struct Wrong {
    text: String,
    command: String,
}

impl Wrong {
    fn of(result: &RunResult, left_out: bool, file: &Path, args: &RunArgs) -> Option<Self> {
        let first = result.health.located.first()?;
        let seed = args.seed.map(|_| result.info.seed);
        let command = replay::command_line(file, &args.layers, seed, first.run);
        Some(Self { text: health::text(result, left_out)?, command })
    }
}

/// The summary, and what went wrong: that is said even when nothing else is.
fn say(args: &RunArgs, (result, drivers): (&RunResult, Option<&Drivers>), wrong: Option<&Wrong>) {
    let screen = console::screen();
    let told = |wrong: &Wrong| {
        format!("{}\nTo see it: {}\n", screen.wrap(&printable(&wrong.text)), printable(&wrong.command))
    };
    let wrong = wrong.map(told).unwrap_or_default();
    if args.print.text() {
        console::print(&summary::text(result, screen));
        console::print(&drivers.map_or_else(String::new, |drivers| summary::drivers(drivers, screen)));
        console::print(&wrong);
    } else {
        console::print_error(&wrong);
    }
}

fn cost(precision: &Precision) -> String {
    console::screen().wrap(&report::precision::text(precision)) + "\n"
}

fn run_with_progress(
    plan: &Plan,
    goal: Option<&Goal>,
    kept: &Kept,
    collector: &mut Explained,
    quiet: bool,
) -> Result<RunResult, Failure> {
    let watch = Watch::new(plan.info.runs, &plan.info.title, quiet);
    run_keeping(plan, goal, kept, collector, &watch).map_err(|_| Failure::Stopped)
}

/// What a result's folder holds besides its manifest.
pub(super) struct Written {
    tables: Vec<&'static str>,
    pictures: usize,
}

/// Writes tables and pictures.
pub(super) fn write_files(
    args: &RunArgs,
    scenario: &Loaded,
    (result, drivers): (&RunResult, Option<&Drivers>),
    staging: &mut Staging,
) -> Result<Written, Failure> {
    let charts = if args.no_plots { Vec::new() } else { all_pictures(result, drivers) };
    let ((summary, tables), (pictures, page)) = rayon::join(
        || (staging.stream(SUMMARY, |file| write_summary(result, file)), tables(result)),
        || {
            rayon::join(
                || draw(&charts, &args.format, &stand_ins(result)),
                || report(args, scenario, (result, drivers), &charts),
            )
        },
    );
    staging.keep(summary?);
    for (path, bytes) in &tables {
        staging.write(path, bytes)?;
    }
    staging.write(RESOLVED, scenario.resolved.as_bytes())?;
    let pictures = pictures?;
    for (path, bytes) in &pictures {
        staging.write(path, bytes)?;
    }
    if let Some(page) = page? {
        staging.write(REPORT, page.as_bytes())?;
    }
    let names = std::iter::once(SUMMARY).chain(tables.iter().map(|(path, _)| *path));
    Ok(Written { tables: names.collect(), pictures: pictures.len() })
}

/// Those of what drives the result stand at the end.
fn all_pictures(result: &RunResult, drivers: Option<&Drivers>) -> Vec<Picture> {
    let mut all = charts::pictures(result);
    all.extend(drivers.map_or_else(Vec::new, |drivers| driver_pictures(&result.info, drivers)));
    all
}

/// The page that shows it all; it is made of pictures, so there is none without them.
fn report(
    args: &RunArgs,
    scenario: &Loaded,
    (result, drivers): (&RunResult, Option<&Drivers>),
    charts: &[Picture],
) -> Result<Option<String>, Failure> {
    if args.no_plots {
        return Ok(None);
    }
    let resolved = FileHash { path: RESOLVED.to_owned(), sha256: hash_hex(scenario.resolved.as_bytes()) };
    Ok(Some(run_report(result, charts, drivers, &resolved)?))
}

const SUMMARY: &str = "summary.csv";

/// The other tables of a result, by the names of their files.
fn tables(result: &RunResult) -> Vec<(&'static str, Vec<u8>)> {
    let mut tables = Vec::new();
    if !result.targets.is_empty() {
        tables.push(("targets.csv", targets_csv(result)));
    }
    if !result.last_year.list().is_empty() {
        tables.push((DISTRIBUTION, distribution_csv(result)));
    }
    tables.push(("assumptions.csv", assumptions_csv(result)));
    tables
}

fn manifest(scenario: &Loaded, result: &RunResult) -> Manifest {
    let info = &result.info;
    Manifest {
        program: "corridor".to_owned(),
        format: MANIFEST_FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stream_version: STREAM_VERSION,
        scenario: info.name.clone(),
        title: info.title.clone(),
        start: info.horizon.start.to_string(),
        end: result.months.last().map_or_else(String::new, |period| period.start.to_string()),
        seed: info.seed,
        runs: info.runs,
        precision: None,
        draws: Vec::new(),
        targets: result.targets.iter().map(hits).collect(),
        health: result.health.clone(),
        inputs: scenario.inputs.clone(),
        files: Vec::new(),
    }
}

fn hits(target: &TargetResult) -> TargetHits {
    TargetHits {
        name: target.spec.name.clone(),
        hits: target.hits,
        chance: target.chance(),
        interval: target.interval,
    }
}

/// Where everything is.
fn closing(folder: &Path, written: &Written) -> String {
    let folder = printable(&folder.display().to_string());
    let tables = written.tables.join(", ");
    let pictures = match written.pictures {
        0 => String::new(),
        count => format!(", {count} pictures in plots/; {REPORT} shows it all"),
    };
    let files = format!("Written to {folder}/: {tables}, resolved.toml, manifest.json{pictures}");
    console::screen().wrap(&files) + "\n"
}

/// How long it took.
fn speed(result: &RunResult, timing: Timing) -> String {
    let per_second = result.info.runs as f64 / timing.runs_s.max(1e-9);
    let speed = format!(
        "{} run{} in {:.2} s on {} threads ({} runs/s); everything took {:.2} s",
        count(result.info.runs),
        if result.info.runs == 1 { "" } else { "s" },
        timing.runs_s,
        timing.threads,
        crate::units::format::number(per_second),
        timing.load_s + timing.runs_s + timing.output_s,
    );
    console::screen().wrap(&speed) + "\n"
}
