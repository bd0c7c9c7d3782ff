//! The basic numerical operations, on 1,024 numbers at a time: streams, kernels, quantile functions of all
//! families, moments, histograms. The items per second are numbers.

mod support;

use corridor::dist::{Distribution, families};
use corridor::kernel::{exp_in_place, ln_in_place, standard_normal_in_place};
use corridor::rng::Stream;
use corridor::scenario::parse_quantity;
use corridor::stats::{Histograms, Moments};
use divan::counter::ItemsCount;
use std::hint::black_box;

const COUNT: usize = 1024;

fn main() {
    divan::main();
}

fn uniforms() -> Vec<f64> {
    let mut uniforms = vec![0.0; COUNT];
    Stream::new(7, "bench").fill(0, 0, &mut uniforms);
    uniforms
}

#[divan::bench]
fn stream(bencher: divan::Bencher<'_, '_>) {
    let (stream, mut out) = (Stream::new(7, "bench"), vec![0.0; COUNT]);
    bencher.counter(ItemsCount::new(COUNT)).bench_local(|| stream.fill(black_box(0), 3, &mut out));
}

#[divan::bench(args = ["exp", "ln", "normal"])]
fn kernel(bencher: divan::Bencher<'_, '_>, name: &str) {
    let kernel = match name {
        "exp" => exp_in_place,
        "ln" => ln_in_place,
        _ => standard_normal_in_place,
    };
    let (uniforms, mut values) = (uniforms(), vec![0.0; COUNT]);
    bencher.counter(ItemsCount::new(COUNT)).bench_local(|| {
        values.copy_from_slice(black_box(&uniforms));
        kernel(&mut values);
    });
}

/// The first example of every family; and an interval.
fn distributions() -> Vec<(&'static str, Distribution)> {
    let examples = families().iter().filter_map(|family| Some((family.name, family.forms.first()?.example)));
    let others = [
        ("interval", "10 to 20"),
        ("discrete", "discrete(50%: 0, 30%: 6, 20%: 12)"),
        ("sample", "sample(31, 28.5, 40, 31)"),
        ("quantiles", "quantiles(p10=10, p50=20, p90=45)"),
        ("mixture", "mixture(70%: uniform(0, 9), 30%: 9 to 48)"),
        ("truncate", "truncate(normal(5, 3), min=0)"),
    ];
    let parsed = examples.chain(others).filter_map(|(name, text)| {
        // Some examples are not quantities by themselves and are skipped.
        parse_quantity(text).ok().map(|quantity| (name, quantity.distribution))
    });
    let mut found: Vec<(&'static str, Distribution)> = parsed.collect();
    found.dedup_by_key(|(name, _)| *name);
    found
}

fn names() -> Vec<&'static str> {
    distributions().into_iter().map(|(name, _)| name).collect()
}

#[divan::bench(args = names(), sample_count = 20)]
fn quantile(bencher: divan::Bencher<'_, '_>, name: &str) {
    let (_, distribution) =
        distributions().into_iter().find(|(found, _)| *found == name).expect("it is one of the names");
    let (uniforms, mut values) = (uniforms(), vec![0.0; COUNT]);
    bencher
        .counter(ItemsCount::new(COUNT))
        .bench_local(|| distribution.fill(black_box(&uniforms), &mut values));
}

#[divan::bench]
fn moments(bencher: divan::Bencher<'_, '_>) {
    let uniforms = uniforms();
    bencher.counter(ItemsCount::new(COUNT)).bench_local(|| Moments::of(black_box(&uniforms)));
}

#[divan::bench(args = [5, 8])]
fn histogram(bencher: divan::Bencher<'_, '_>, bits: u32) {
    let uniforms = uniforms();
    let extremes = Moments::of(&uniforms).extremes().expect("there are values");
    let mut histogram = Histograms::new(bits, 1);
    bencher.counter(ItemsCount::new(COUNT)).bench_local(|| histogram.push(0, black_box(&uniforms), extremes));
}
