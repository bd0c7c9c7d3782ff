//! `simulate compare`: what difference scenarios make.

mod again;
mod names;
mod order;
mod output;
mod sides;

pub(in crate::cli) use order::Order;
pub(super) use sides::open;

use crate::cli::app::Failure;
use crate::cli::args::{CompareArgs, RunArgs};
use crate::cli::console;
use crate::cli::work::{Clock, Watch};
use crate::compare::{
    Apart, Comparison, Contributions, Failed, Mixed, Precise, Question, compare, compare_stored,
    contributions, mixtures,
};
use crate::diag::nearest;
use crate::plan::Plan;
use crate::report::health;
use crate::report::html::Again;
use crate::results::FileHash;
use crate::results::store::shortened;
use crate::scenario;
use serde_json::Value;
use std::path::PathBuf;

/// What was found, and of what it was made.
struct Found {
    comparison: Comparison,
    parts: Option<(Contributions, Vec<String>)>,
    mixed: Option<(Vec<f64>, Vec<Mixed>)>,
    precise: Option<Precise>,
    /// The resolved scenarios, by their names.
    resolved: Vec<(String, String)>,
    inputs: Vec<FileHash>,
    /// What the scenarios' authors should look at.
    warnings: Vec<Value>,
    /// How it is made again.
    again: Again,
    /// What the folder is called unless somebody says otherwise.
    name: String,
    load_s: f64,
    runs_s: f64,
}

pub(in crate::cli) fn execute(args: &CompareArgs) -> Result<(), Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, usize::from)).build()?;
    let document = pool.install(|| {
        let found = find(args)?;
        refuse_invalid_runs(args, &found)?;
        output::put_out(args, &found)
    })?;
    if args.print.json {
        console::print_json(vec![document]);
    }
    Ok(())
}

/// Invalid runs, where none is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Invalid(String);

fn refuse_invalid_runs(args: &CompareArgs, found: &Found) -> Result<(), Failure> {
    let invalid = found.comparison.scenarios.iter().find(|result| result.health.invalid > 0);
    match invalid.filter(|_| args.strict).and_then(|result| health::text(result, false)) {
        Some(text) => Err(Invalid(text).into()),
        None => Ok(()),
    }
}

/// Compares the results that a run of several scenarios has just written; gives the document that `--json` prints.
pub(in crate::cli) fn results(folders: Vec<PathBuf>, run: &RunArgs) -> Result<Value, Failure> {
    let args = CompareArgs::of_runs(folders, run);
    output::put_out(&args, &find_stored(&args)?)
}

/// The order of scenarios that are about to run; refuses a yardstick and weights that they can't have.
pub(in crate::cli) fn order(run: &RunArgs, plans: &[&Plan]) -> Result<Order, Failure> {
    Order::of(&CompareArgs::of_runs(run.files.clone(), run), plans)
}

/// Puts out the comparison of scenarios that ran together, each with a result of its own; gives the document that `--json` prints.
pub(in crate::cli) fn of_runs(
    run: &RunArgs,
    all: Vec<scenario::Loaded>,
    (comparison, weights): (Comparison, Option<Vec<f64>>),
    (load_s, runs_s): (f64, f64),
) -> Result<Value, Failure> {
    let loaded: Vec<sides::Loaded> = all.into_iter().filter_map(sides::Loaded::of).collect();
    let mut found = Found {
        mixed: weights.map(|weights| mix(&comparison, weights)),
        name: named(run, &loaded),
        resolved: sides::resolved(&loaded),
        inputs: sides::inputs(&loaded),
        warnings: sides::warnings(&loaded),
        comparison,
        parts: None,
        precise: None,
        again: Again::default(),
        load_s,
        runs_s,
    };
    let args = CompareArgs::of_runs(run.files.clone(), run);
    found.again = again::of_scenarios(&args, &found);
    output::put_out(&args, &found)
}

/// What the folder of a comparison of scenarios that ran together is called.
fn named(run: &RunArgs, loaded: &[sides::Loaded]) -> String {
    let name = sides::name_of(&loaded.iter().map(|side| &side.plan).collect::<Vec<_>>());
    run.out.name(&name, &run.files[0], &run.layers)
}

fn find(args: &CompareArgs) -> Result<Found, Failure> {
    match (&args.on, sides::are_results(&args.files)?) {
        (Some(base), _) => find_parts(args, base),
        (None, true) => find_stored(args),
        (None, false) => find_together(args),
    }
}

/// Scenario files, run in one pass.
fn find_together(args: &CompareArgs) -> Result<Found, Failure> {
    let clock = Clock::start();
    let mut loaded = sides::load_all(args, &args.files)?;
    tell_apart(loaded.iter_mut().map(|side| &mut side.plan).collect(), &args.files);
    let order = Order::of(args, &loaded.iter().map(|side| &side.plan).collect::<Vec<_>>())?;
    order.say();
    let loaded = order.sort(loaded);
    let plans: Vec<Plan> = loaded.iter().map(|side| side.plan.clone()).collect();
    let more = known_metrics(args, &plans)?;
    let precise = sides::precise(args, &plans)?;
    let load_s = clock.seconds();
    let clock = Clock::start();
    let question = Question { more, precise: precise.clone() };
    let watch = Watch::new(plans[0].info.runs, "Comparing", args.print.quiet);
    let comparison = compare(&plans, &question, &watch).map_err(told)?;
    drop(watch);
    let loaded = again::as_plain_runs(loaded, comparison.scenarios[0].info.runs);
    let mut found = Found {
        mixed: order.weights.map(|weights| mix(&comparison, weights)),
        name: args.out.name(&sides::name_of(&plans.iter().collect::<Vec<_>>()), &args.files[0], &args.layers),
        resolved: sides::resolved(&loaded),
        inputs: sides::inputs(&loaded),
        warnings: sides::warnings(&loaded),
        comparison,
        parts: None,
        precise,
        again: Again::default(),
        load_s,
        runs_s: clock.seconds(),
    };
    found.again = again::of_scenarios(args, &found);
    Ok(found)
}

/// Gives scenarios of one name names that tell them apart.
fn tell_apart(plans: Vec<&mut Plan>, files: &[PathBuf]) {
    let names: Vec<String> = plans.iter().map(|plan| plan.info.name.clone()).collect();
    for (plan, name) in plans.into_iter().zip(names::told_apart(&names, files)) {
        plan.info.name = name;
    }
}

/// Results in folders, as they are.
fn find_stored(args: &CompareArgs) -> Result<Found, Failure> {
    let clock = Clock::start();
    sides::refuse_what_runs(args)?;
    let mut stored = sides::open_all(&args.files)?;
    tell_apart(stored.iter_mut().map(|side| &mut side.plan).collect(), &args.files);
    let order = Order::of(args, &stored.iter().map(|side| &side.plan).collect::<Vec<_>>())?;
    order.say();
    let stored = order.sort(stored);
    let plans: Vec<&Plan> = stored.iter().map(|side| &side.plan).collect();
    let load_s = clock.seconds();
    let clock = Clock::start();
    let comparison = compare_stored(&stored)?;
    let mut found = Found {
        mixed: order.weights.map(|weights| mix(&comparison, weights)),
        name: shortened(&sides::name_of(&plans), 160),
        resolved: Vec::new(),
        inputs: stored.iter().flat_map(|side| side.stored.manifest().files.clone()).collect(),
        warnings: Vec::new(),
        comparison,
        parts: None,
        precise: None,
        again: Again::default(),
        load_s,
        runs_s: clock.seconds(),
    };
    found.again = again::of_results(args, &stored, &found);
    Ok(found)
}

/// All combinations of some parts, run in one pass.
fn find_parts(args: &CompareArgs, base: &std::path::Path) -> Result<Found, Failure> {
    let clock = Clock::start();
    let loaded = sides::load_combinations(args, base)?;
    let plans: Vec<Plan> = loaded.iter().map(|side| side.plan.clone()).collect();
    let names: Vec<String> = args.parts.iter().map(|file| scenario::stem(file)).collect();
    let load_s = clock.seconds();
    let clock = Clock::start();
    let question = Question { more: known_metrics(args, &plans)?, precise: None };
    let watch = Watch::new(plans[0].info.runs, "Combining", args.print.quiet);
    let found = contributions(&plans, names.len(), &question, &watch).map_err(told)?;
    drop(watch);
    let mut found = Found {
        comparison: sides::main_combinations(&found, names.len()),
        name: args.out.name(&format!("{}-parts-{}", plans[0].info.name, names.join("-")), base, &args.layers),
        parts: Some((found, names)),
        mixed: None,
        precise: None,
        resolved: sides::resolved(&loaded),
        inputs: sides::inputs(&loaded),
        warnings: sides::warnings(&loaded),
        again: Again::default(),
        load_s,
        runs_s: clock.seconds(),
    };
    found.again = again::of_parts(args, base, &found);
    Ok(found)
}

fn mix(comparison: &Comparison, weights: Vec<f64>) -> (Vec<f64>, Vec<Mixed>) {
    let mixed = mixtures(comparison, &weights);
    (weights, mixed)
}

/// The metrics that are asked for, each of which some scenario has.
fn known_metrics(args: &CompareArgs, plans: &[Plan]) -> Result<Vec<String>, Failure> {
    let known = sides::metrics(plans);
    for path in &args.metric {
        if !known.contains(path) {
            let near = nearest(path, known.iter().map(String::as_str)).map(|near| format!("`{near}`"));
            console::error_with_guess(&format!("no scenario has a metric `{path}`"), near.as_deref());
            return Err(Failure::Input);
        }
    }
    let aimed = args.precision_of.iter().map(|figure| figure.metric.clone());
    Ok(args.metric.iter().cloned().chain(aimed).collect())
}

pub(in crate::cli) fn told(failed: Failed) -> Failure {
    match failed {
        Failed::Stopped(_) => Failure::Stopped,
        Failed::Apart(apart) => {
            let why = match &apart {
                Apart::Start { .. } | Apart::Years => format!("these scenarios can't be compared: {apart}"),
                Apart::NoFigure(_) => apart.to_string(),
            };
            console::error(&why);
            Failure::Input
        }
    }
}
