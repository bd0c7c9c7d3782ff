//! `simulate bench FILE…`: the speed of the engine on this machine, compared with reference implementations.

mod measure;

use crate::cli::app::Failure;
use crate::cli::args::{BenchArgs, SavedName, Seed};
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::diag::printable;
use crate::plan::Plan;
use crate::report::bench as report;
use crate::results::store::{read_text, write_text};
use crate::scenario::{Loaded, RunSettings};
use crate::study::load_scenarios;
use crate::yardstick::against::Against;
use crate::yardstick::protocol::Effort;
use crate::yardstick::record::{Measured, Record};
use std::path::PathBuf;

pub(in crate::cli) fn execute(args: &BenchArgs) -> Result<(), Failure> {
    let earlier = args.against.as_ref().map(|name| read(args, name)).transpose()?;
    let loaded = load(args)?;
    if let (Some(earlier), Some(name)) = (&earlier, &args.against) {
        loaded.iter().try_for_each(|(_, plan)| check_scenario(earlier, name, &plan.info.name))?;
    }
    let effort = if args.quick { Effort::QUICK } else { Effort::USUAL };
    let (mut measured, mut documents) = (Vec::new(), Vec::new());
    for (scenario, plan) in &loaded {
        let now = measure::measure(scenario, plan, effort)?;
        let before = earlier.as_ref().and_then(|earlier| earlier.of(&now.scenario));
        let against = before.map(|before| Against::new(&now, before));
        if args.json {
            documents.push(report::json(&now, against.as_ref()));
        } else {
            let gap = if measured.is_empty() { "" } else { "\n" };
            console::print(gap);
            console::print(&report::text(&now, against.as_ref(), console::screen()));
        }
        measured.push(now);
    }
    if args.json {
        console::print_json(documents);
    }
    save(args, measured)
}

fn load(args: &BenchArgs) -> Result<Vec<(Loaded, Plan)>, Failure> {
    let run = RunSettings { seed: args.seed.map(Seed::value), ..RunSettings::default() };
    let loaded = load_scenarios(&args.files, (&args.layers.layers(), run), &Terminal { quiet: true })?;
    Ok(loaded
        .into_iter()
        .filter_map(|mut scenario| scenario.plan.take().map(|plan| (scenario, plan)))
        .collect())
}

fn path(args: &BenchArgs, name: &SavedName) -> PathBuf {
    args.out.join(".bench").join(format!("{}.json", name.0))
}

/// The benchmark of this name. If it doesn't exist or can't be read, the command line is wrong.
fn read(args: &BenchArgs, name: &SavedName) -> Result<Record, Failure> {
    let path = path(args, name);
    let refuse = |why: String| {
        console::error(&format!("no benchmark `{}` to compare with: {why}", name.0));
        Failure::Refused
    };
    let text = read_text(&path).map_err(|error| refuse(error.to_string()))?;
    Record::parse(&text).map_err(|error| refuse(format!("{}: {error}", path.display())))
}

fn check_scenario(earlier: &Record, name: &SavedName, scenario: &str) -> Result<(), Failure> {
    if earlier.of(scenario).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = earlier.scenarios.iter().map(|measured| measured.scenario.as_str()).collect();
    let message =
        format!("the benchmark `{}` has no scenario `{scenario}`, only {}", name.0, known.join(", "));
    console::error(&message);
    Err(Failure::Refused)
}

fn save(args: &BenchArgs, measured: Vec<Measured>) -> Result<(), Failure> {
    let Some(name) = &args.save else { return Ok(()) };
    let path = path(args, name);
    write_text(&path, &Record::new(measured).text())?;
    if !args.json {
        let saved = format!("Saved as {}; compare with --against {}", path.display(), name.0);
        console::print(&format!("\n{}\n", console::screen().wrap(&printable(&saved))));
    }
    Ok(())
}
