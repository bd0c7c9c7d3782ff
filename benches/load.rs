//! The time to read and check scenarios and to make their plans; and that of the steps after a run:
//! quantiles, pictures, reports.

mod support;

use corridor::compare::{Question, compare};
use corridor::plot;
use corridor::report::charts::{compared, pictures};
use corridor::report::html::{Again, comparison_report, run_report};
use corridor::results::FileHash;
use corridor::run::{Silent, run};
use corridor::scenario::{Loaded, load_text};
use corridor::stats::{Histograms, Moments};
use corridor::yardstick::made::{Size, scenario_text};
use support::{scenario, shipped};

fn main() {
    divan::main();
}

#[divan::bench(args = ["baseline", "bridge", "combined-tight"])]
fn read_and_check(name: &str) -> Loaded {
    scenario(name)
}

#[divan::bench(args = [10, 60, 200])]
fn read_and_check_products(bencher: divan::Bencher<'_, '_>, products: usize) {
    let text = scenario_text(Size { products, ..Size::default() });
    bencher.bench_local(|| load_text("made.toml", &text));
}

/// Seven quantiles of 10,000 values in bins of a month (5) and of a year (8).
#[divan::bench(args = [5, 8])]
fn quantiles(bencher: divan::Bencher<'_, '_>, bits: u32) {
    let values: Vec<f64> = (1..=10_000).map(|i| 1e6 / f64::from(i)).collect();
    let extremes = Moments::of(&values).extremes().expect("there are values");
    let mut histogram = Histograms::new(bits, 1);
    histogram.push(0, &values, extremes);
    let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
    bencher.bench_local(|| divan::black_box(&histogram).of(0).quantiles(levels, extremes));
}

#[divan::bench(args = ["png", "svg"], sample_count = 10)]
fn draw_all(bencher: divan::Bencher<'_, '_>, format: &str) {
    let result = run(&shipped("bridge", 256), &Silent).expect("nobody stops it");
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

/// The report of the largest scenario, including its pictures; the goal is less than 300 ms on two cores.
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
