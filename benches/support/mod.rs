//! Shared by the benchmarks: plans of shipped and of synthetic scenarios, and a pool of one thread.

#![allow(dead_code, reason = "each benchmark uses some of it")]

use corridor::plan::Plan;
use corridor::run::{Silent, run};
use corridor::scenario::{Loaded, Request, load, load_text};
use corridor::yardstick::made::{Size, scenario_text};

/// The shipped scenarios.
pub(crate) const SCENARIOS: [&str; 6] =
    ["baseline", "expansion", "bridge", "financing-limits", "combined", "combined-tight"];

/// A shipped scenario.
pub(crate) fn scenario(name: &str) -> Loaded {
    let file = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    load(&Request { file: file.into(), ..Request::default() }).expect("shipped scenarios can be read")
}

/// The plan of a shipped scenario, with this number of runs.
pub(crate) fn shipped(name: &str, runs: u64) -> Plan {
    with_runs(scenario(name), runs)
}

/// The plan of a scenario in a text.
pub(crate) fn plan(text: &str, runs: u64) -> Plan {
    with_runs(load_text("bench.toml", text), runs)
}

/// The plan of a synthetic scenario.
pub(crate) fn made(size: Size) -> Plan {
    plan(&scenario_text(size), size.runs)
}

fn with_runs(loaded: Loaded, runs: u64) -> Plan {
    let problems = loaded.diagnostics;
    let mut plan = loaded.plan.unwrap_or_else(|| panic!("the scenario is sound: {problems:?}"));
    plan.info.runs = runs;
    plan
}

/// A pool of one thread.
pub(crate) fn one_thread() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had")
}

/// Runs a plan on one thread repeatedly; reports the number of runs.
pub(crate) fn bench_run(bencher: divan::Bencher<'_, '_>, plan: &Plan) {
    let pool = one_thread();
    bencher
        .counter(divan::counter::ItemsCount::new(plan.info.runs))
        .bench_local(|| pool.install(|| run(plan, &Silent)));
}
