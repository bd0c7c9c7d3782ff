//! The cost of each mechanism of the model: a small corridor with one product and one route over 72 months,
//! without and with the mechanism. Draws and model, without statistics, on one thread; the items per second
//! are months of runs.

mod support;

use corridor::yardstick::bound::draws;
use corridor::yardstick::stages::draws_and_model;
use divan::counter::ItemsCount;
use std::hint::black_box;
use support::{one_thread, plan};

const RUNS: u64 = 512;
const MONTHS: u64 = 72;

const BASE: &str = r#"
    scenario.title = "One mechanism"
    run = { start = "2025-01", end = "2030-12", runs = 512, seed = 7 }
    [products.flour]
    volume = "80 to 120 t/month"
    price = "300 USD/t"
    [routes.rail]
    capacity = "110 t/month"
    freight = "20 USD/t"
"#;

const MECHANISMS: [(&str, &str); 14] = [
    ("nothing more", ""),
    ("growth and ceiling", "[products.flour]\ngrowth = \"5% /year\"\nceiling = \"3 kt/year\""),
    ("noise", "[products.flour]\nnoise = { sd_log = 0.3, persistence = 0.5 }"),
    ("price path", "[products.flour]\nprice_path = { sd_log = 0.3, half_life = \"9 months\" }"),
    ("elasticity", "[products.flour]\nelasticity = \"uniform(-0.8, -0.2)\""),
    ("carry", "[products.flour]\ncarry = 0.3"),
    ("driver", "[drivers.oil]\nmonthly_sd = 0.06\n[products.flour]\ndriven_by = { oil = 0.5 }"),
    ("supply", "[products.flour]\nsupply = \"70 to 110 t/month\"\npermitted = 0.9"),
    ("second route", "[routes.road]\ncapacity = \"40 t/month\"\nfreight = \"30 USD/t\""),
    (
        "event",
        "[events.e]\nplanned = \"2026-03\"\nprobability = 0.6\nlasts = \"24 \
         months\"\n[events.e.effects.x]\non = \"routes.rail.capacity\"\nmultiply = 0.5",
    ),
    (
        "shock",
        "[shocks.s]\nrate = \"0.5 /year\"\nduration = \"1 to 6 months\"\n[shocks.s.effects.x]\non = \
         \"routes.rail.capacity\"\nmultiply = \"uniform(0, 0.6)\"",
    ),
    ("cash", "[finance]\ncash = \"20 to 40 kUSD/month\""),
    (
        "credit and default",
        "[finance]\ncash = \"20 to 40 kUSD/month\"\n[finance.credit]\nlimit = \"1 MUSD\"\ninterest = \"4% \
         /year\"\nmaturity = \"5 years\"\n[finance.credit.default]\nhazard = \"2% /year\"\nburden = 0.1",
    ),
    (
        "project",
        "[finance]\ncash = \"40 kUSD/month\"\n[projects.p]\ncost = \"300 kUSD\"\nbuild_time = \"18 \
         months\"\n[projects.p.effects.x]\non = \"routes.rail.capacity\"\nmultiply = 1.5",
    ),
];

fn main() {
    divan::main();
}

fn names() -> impl Iterator<Item = &'static str> {
    MECHANISMS.iter().map(|(name, _)| *name)
}

fn text(name: &str) -> String {
    let (_, more) = MECHANISMS.iter().find(|(found, _)| *found == name).expect("it is one of the names");
    // Keys of the product go into its own table.
    match more.split_once("[products.flour]\n") {
        Some((before, own)) => BASE.replace("[routes.rail]\n", &format!("{own}\n[routes.rail]\n")) + before,
        None => format!("{BASE}\n{more}"),
    }
}

#[divan::bench(args = names(), sample_count = 20)]
fn one_month(bencher: divan::Bencher<'_, '_>, name: &str) {
    let (plan, pool) = (plan(&text(name), RUNS), one_thread());
    bencher
        .counter(ItemsCount::new(RUNS * MONTHS))
        .bench_local(|| pool.install(|| draws_and_model(black_box(&plan), RUNS)));
}

#[divan::bench(args = ["noise", "price path", "driver", "shock"], sample_count = 20)]
fn its_draws(bencher: divan::Bencher<'_, '_>, name: &str) {
    let (plan, pool) = (plan(&text(name), RUNS), one_thread());
    bencher
        .counter(ItemsCount::new(RUNS * MONTHS))
        .bench_local(|| pool.install(|| draws(black_box(&plan), RUNS)));
}
