//! How long a scenario takes to read, check and lower to a plan; and its pictures to draw, and its report to write.

use corridor::compare::{Question, compare};
use corridor::plot;
use corridor::report::charts::{compared, pictures};
use corridor::report::html::{Again, comparison_report, run_report};
use corridor::results::FileHash;
use corridor::run::{Silent, run};
use corridor::scenario::{Loaded, Request, load};

fn main() {
    divan::main();
}

fn scenario(name: &str) -> Loaded {
    let request = Request { file: format!("scenarios/{name}.toml").into(), ..Request::default() };
    load(&request).expect("shipped scenarios can be read")
}

#[divan::bench(args = ["baseline", "bridge", "combined-tight"])]
fn read_and_check(name: &str) -> Loaded {
    scenario(name)
}

#[divan::bench(args = ["png", "svg"], sample_count = 20)]
fn draw_all(bencher: divan::Bencher<'_, '_>, format: &str) {
    let mut plan = scenario("bridge").plan.expect("shipped scenarios are sound");
    plan.info.runs = 256;
    let result = run(&plan, &Silent).expect("nobody stops it");
    let charts = pictures(&result);
    bencher.bench_local(|| {
        for picture in &charts {
            if format == "png" {
                divan::black_box(plot::png(&picture.chart).expect("draws"));
            } else {
                divan::black_box(plot::svg(&picture.chart).expect("draws"));
            }
        }
    });
}

/// The report of the largest scenario, its pictures included: meant to take less than 300 ms on two cores.
#[divan::bench(sample_count = 20)]
fn write_report(bencher: divan::Bencher<'_, '_>) {
    let mut plan = scenario("combined").plan.expect("shipped scenarios are sound");
    plan.info.runs = 256;
    let result = run(&plan, &Silent).expect("nobody stops it");
    let charts = pictures(&result);
    let resolved = FileHash { path: "resolved.toml".to_owned(), sha256: String::new() };
    bencher.bench_local(|| run_report(&result, &charts, None, &resolved).expect("writes"));
}

/// The report of a comparison of three scenarios.
#[divan::bench(sample_count = 20)]
fn write_comparison_report(bencher: divan::Bencher<'_, '_>) {
    let plans = ["baseline", "bridge", "combined"].map(|name| {
        let mut plan = scenario(name).plan.expect("shipped scenarios are sound");
        plan.info.runs = 256;
        plan
    });
    let comparison = compare(&plans, &Question::default(), &Silent).expect("nobody stops it");
    let view = compared::View { comparison: &comparison, parts: None, mixed: None };
    let charts = compared::pictures(view);
    bencher.bench_local(|| comparison_report(view, &charts, &Again::default()).expect("writes"));
}
