//! `simulate replay FILE --run N`: one run, month by month.

use super::{load_and_report, request, seed_setting};
use crate::cli::app::Failure;
use crate::cli::args::{LayerArgs, ReplayArgs};
use crate::cli::console;
use crate::cli::shell::quoted;
use crate::diag::nearest;
use crate::plan::Plan;
use crate::report::{json, replay};
use crate::run::{Replay, replay as compute};
use crate::scenario::Files;
use std::path::Path;

pub(in crate::cli) fn execute(args: &ReplayArgs) -> Result<(), Failure> {
    let plan = if args.file.is_dir() { stored(args)? } else { load(args)? };
    let run = compute(&plan, args.run);
    check_metrics(&args.metric, &run)?;
    if args.json {
        console::print_json(vec![json::replay(&plan, &run, &args.metric)]);
    } else {
        console::print(&replay::text(&plan.info, &run, &args.metric, console::screen()));
    }
    Ok(())
}

fn load(args: &ReplayArgs) -> Result<Plan, Failure> {
    let settings: Vec<String> = seed_setting(args.seed).into_iter().collect();
    let request = request(&args.file, &args.layers, &settings, &Files::default());
    load_and_report(&request)?.plan.ok_or(Failure::Input)
}

/// The scenario of a result, as it was run.
fn stored(args: &ReplayArgs) -> Result<Plan, Failure> {
    if args.seed.is_some() || !args.layers.with.is_empty() || !args.layers.set.is_empty() {
        console::error("a result holds runs that are made already; give the scenario file to change them");
        return Err(Failure::Input);
    }
    Ok(super::compare::open(&args.file)?.plan)
}

/// Refuses paths that are no metric's.
fn check_metrics(paths: &[String], run: &Replay) -> Result<(), Failure> {
    let known = || run.metrics.iter().map(|metric| metric.path.as_str());
    let unknown: Vec<&String> = paths.iter().filter(|path| !known().any(|known| known == *path)).collect();
    for path in &unknown {
        let near = nearest(path, known()).map(|near| format!("`{near}`"));
        console::error_with_guess(&format!("there is no metric `{path}`"), near.as_deref());
    }
    if unknown.is_empty() { Ok(()) } else { Err(Failure::Input) }
}

/// The command that shows a run of a scenario with these layers, ready to be typed.
pub(super) fn command_line(file: &Path, layers: &LayerArgs, seed: Option<u64>, run: u64) -> String {
    let mut words = vec![quoted(&file.display().to_string()), format!("--run {run}")];
    words.extend(seed.map(|seed| format!("--seed {seed}")));
    words.extend(layers.with.iter().map(|layer| format!("--with {}", quoted(&layer.display().to_string()))));
    words.extend(layers.set.iter().map(|setting| format!("--set {}", quoted(setting))));
    format!("simulate replay {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_that_is_shown_can_be_typed() {
        let layers = LayerArgs {
            with: vec!["my layer.toml".into()],
            set: vec!["finance.cash=20 to 60 MUSD/year".to_owned(), "run.start=2025-01".to_owned()],
        };
        assert_eq!(
            command_line(Path::new("scenarios/bridge.toml"), &layers, Some(7), 8123),
            "simulate replay scenarios/bridge.toml --run 8123 --seed 7 --with 'my layer.toml' \
             --set 'finance.cash=20 to 60 MUSD/year' --set run.start=2025-01"
        );
    }
}
