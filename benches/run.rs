//! How long the runs of every shipped scenario take, without reading and drawing.

use corridor::run::{Plan, Silent, run};
use corridor::scenario::{Request, load};

const SCENARIOS: [&str; 6] =
    ["baseline", "expansion", "bridge", "financing-limits", "combined", "combined-tight"];

fn main() {
    divan::main();
}

fn plan(name: &str, runs: u64) -> Plan {
    let request = Request {
        file: format!("scenarios/{name}.toml").into(),
        set: vec![format!("run.runs={runs}")],
        ..Request::default()
    };
    load(&request).expect("shipped scenarios can be read").plan.expect("shipped scenarios are sound")
}

/// 2,048 runs on one thread: divide by 2,048 for the cost of a run.
#[divan::bench(args = SCENARIOS, sample_count = 10)]
fn on_one_thread(bencher: divan::Bencher<'_, '_>, name: &str) {
    let plan = plan(name, 2048);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    bencher.bench_local(|| pool.install(|| run(&plan, &Silent)));
}
