//! How long a scenario takes to read, check and lower to a plan; and its pictures to draw.

use corridor::plot;
use corridor::report::charts::pictures;
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
