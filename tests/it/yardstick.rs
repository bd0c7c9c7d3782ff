//! The reference implementations do the same work as the engine: otherwise their times can't be compared.

use crate::support::{SHIPPED, plan, shipped};
use corridor::plan::Plan;
use corridor::results::{MetricResult, RunResult, Summary};
use corridor::run::{Silent, run};
use corridor::scenario::load_text;
use corridor::yardstick::bound::draws;
use corridor::yardstick::first_written::{Cell, FirstWritten, first_written};
use corridor::yardstick::made::{Size, scenario_text};
use corridor::yardstick::scalar::scalar_runs;
use corridor::yardstick::stages::draws_and_model;

/// The tolerance in standard errors: with about 12,000 normal figures, one exceeds it for one of 5,000 seeds.
const STANDARD_ERRORS: f64 = 5.6;

/// Correlated inputs, paths, shocks with sizes, waits, of which the shipped scenarios have few.
const EVERYTHING: &str = r#"
    scenario.title = "Everything that is drawn"
    run = { start = "2025-01", end = "2026-12", runs = 20000, seed = 3, copula = "t", copula_freedom = 4 }
    [drivers.oil]
    monthly_sd = 0.08
    [correlations]
    "products.flour.growth ~ products.flour.volume" = 0.6
    "products.flour.noise ~ drivers.oil" = 0.5
    [products.flour]
    volume = "80 to 120 t/month"
    growth = "normal(5%, 3%) /year"
    price = "200 to 400 USD/t"
    price_path = { sd_log = 0.2, half_life = "9 months" }
    noise = { sd_log = 0.4, persistence = 0.5 }
    [products.wheat]
    volume = "pert(50, 100, 300) t/month"
    price = "100 to 300 USD/t"
    noise = { sd_log = 0.2, persistence = 0.1 }
    driven_by = { oil = -0.5 }
    [routes.rail]
    capacity = "190 to 230 t/month"
    [shocks.flood]
    rate = "1.5 /year"
    duration = "uniform(0.2, 3) months"
    effects.less = { on = "routes.rail.capacity", multiply = "uniform(0.2, 0.6)" }
    [events.strike]
    planned = "2025-09"
    probability = 0.5
    lasts = "uniform(0, 5) months"
    effects.less = { on = "routes.rail.capacity", multiply = 0.3 }
    [finance]
    cash = "50 to 90 kUSD/month"
"#;

#[test]
fn the_first_written_style_and_the_engine_give_the_same_distributions() {
    for (mut plan, runs) in [(plan(EVERYTHING), 8000), (shipped("combined-tight.toml"), 800)] {
        plan.info.runs = if runs > 2000 { 20_000 } else { 2048 };
        let written = first_written(&plan, runs);
        let result = run(&plan, &Silent).expect("nobody stops it");
        compare(&plan, &written, &result);
    }
}

fn compare(plan: &Plan, written: &FirstWritten, result: &RunResult) {
    let (mut off, mut compared, metrics) = (Vec::new(), 0, written.paths.len());
    let months = plan.info.horizon.months;
    for (place, cell) in written.cells.iter().enumerate().skip(months * metrics) {
        let (year, path) = (place / metrics - months, &written.paths[place % metrics]);
        let metric: &MetricResult = result.metric(path).expect("the engine knows the path");
        compared += 4;
        let differences = differences(cell, &metric.yearly[year], plan.info.runs as f64);
        off.extend(differences.into_iter().map(|what| format!("{path}, year {year}: {what}")));
    }
    assert!(off.is_empty(), "{}: of {compared} figures\n{}", plan.info.name, off.join("\n"));
}

/// The mean and three quantiles, each within Monte Carlo error of both.
fn differences(cell: &Cell, engine: &Summary, engine_runs: f64) -> Vec<String> {
    let runs = cell.values.len() as f64;
    let mut found = Vec::new();
    // The mean of a figure that differs in only a few runs is far from normal, and so is its error.
    let unlike = cell.values.iter().filter(|value| **value != cell.quantiles[1]).count();
    let error = f64::max(engine.sd, sd(cell)) * f64::sqrt(1.0 / runs + 1.0 / engine_runs);
    let slack = STANDARD_ERRORS * error + 1e-9 * engine.mean.abs() + 1e-6;
    if unlike >= 50 && (cell.mean - engine.mean).abs() > slack {
        found.push(format!("mean {} for {}, error {error}", cell.mean, engine.mean));
    }
    for (level, quantile) in
        [(0.05, engine.quantiles[0]), (0.5, engine.median()), (0.95, engine.quantiles[6])]
    {
        // A histogram gives a year's quantile to 0.8%. Values that are equal in many runs may be on either
        // side.
        let width = 0.009 * quantile.abs() + 1e-6;
        let below = cell.values.partition_point(|value| *value < quantile - width) as f64 / runs;
        let not_above = cell.values.partition_point(|value| *value <= quantile + width) as f64 / runs;
        let slack = STANDARD_ERRORS * f64::sqrt(level * (1.0 - level) * (1.0 / runs + 1.0 / engine_runs))
            + 1.0 / runs;
        if below > level + slack || not_above < level - slack {
            found.push(format!("{below} to {not_above} lie below the quantile {level}, {quantile}"));
        }
    }
    found
}

fn sd(cell: &Cell) -> f64 {
    let squares: f64 = cell.values.iter().map(|x| (x - cell.mean) * (x - cell.mean)).sum();
    f64::sqrt(squares / (cell.values.len() as f64 - 1.0))
}

#[test]
fn a_yardstick_does_the_same_work_on_any_number_of_threads() {
    let plan = plan(EVERYTHING);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
        pool.install(|| {
            let written = first_written(&plan, 64).cells;
            ((draws(&plan, 64), draws_and_model(&plan, 64), scalar_runs(&plan, 64)), written)
        })
    };
    let (one, three) = (on(1), on(3));
    assert!(one == three);
    let (draws, model, twin) = one.0;
    assert!(draws.checksum != model.checksum && model.checksum != 0 && twin.checksum != 0);
}

#[test]
fn a_yardstick_computes_whole_batches_or_chunks() {
    let plan = shipped(SHIPPED[0]);
    assert_eq!(
        (draws(&plan, 33).runs, draws_and_model(&plan, 1).runs, scalar_runs(&plan, 3).runs),
        (64, 512, 3)
    );
}

#[test]
fn two_hundred_products_and_six_hundred_months_work() {
    let size = Size { products: 200, routes: 8, months: 600, noises: 200, runs: 32 };
    let loaded = load_text("large.toml", &scenario_text(size));
    let plan = loaded.plan.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let result = run(&plan, &Silent).expect("nobody stops it");
    assert_eq!((result.months.len(), result.years.len(), result.health.invalid), (600, 50, 0));
    let volume = result.year("volume", 2074).expect("it is covered");
    let capacity: f64 = (0..8)
        .map(|route| result.year(&format!("routes.r{route}.capacity"), 2074).expect("it is covered").mean)
        .sum();
    assert!(volume.mean > 0.0 && volume.mean <= capacity, "{} of {capacity}", volume.mean);
}
