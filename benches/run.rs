//! The time of whole runs on one thread, without reading and drawing: the shipped scenarios, and synthetic
//! ones of growing numbers of products, of months and of runs. The items per second are runs.

mod support;

use corridor::yardstick::made::Size;
use support::{SCENARIOS, bench_run, made, shipped};

fn main() {
    divan::main();
}

#[divan::bench(args = SCENARIOS, sample_count = 10)]
fn shipped_scenario(bencher: divan::Bencher<'_, '_>, name: &str) {
    bench_run(bencher, &shipped(name, 2048));
}

#[divan::bench(args = [5, 10, 20, 40, 60], sample_count = 10)]
fn products(bencher: divan::Bencher<'_, '_>, products: usize) {
    bench_run(bencher, &made(Size { products, noises: products, ..Size::default() }));
}

#[divan::bench(args = [36, 72, 144, 288], sample_count = 10)]
fn months(bencher: divan::Bencher<'_, '_>, months: usize) {
    bench_run(bencher, &made(Size { months, ..Size::default() }));
}

#[divan::bench(args = [512, 2048, 8192, 32_768], sample_count = 5)]
fn runs(bencher: divan::Bencher<'_, '_>, runs: u64) {
    bench_run(bencher, &made(Size { runs, ..Size::default() }));
}
