//! Compares the model with its scalar twin, `corridor::yardstick::twin`, figure by figure.

use crate::random::check_random_plans;
use crate::support::{SHIPPED, Table, agrees, answers, assert_is, head, plan, rounding, shipped, table};
use corridor::model::Corridor;
use corridor::plan::CorridorSpec;
use corridor::plan::Plan;
use corridor::units::Dimension;
use corridor::yardstick::twin::{Figures, TwinRun, deal, twin_run};
use rayon::prelude::*;
use std::fmt::Write as _;

/// Reports where the model and the twin differ in some runs of a plan, by the indices of the twin's names.
fn difference<const N: usize>(plan: &Plan, corridor: &Corridor, first_run: u64) -> Result<(), String> {
    let model: Table<N> = table(plan, corridor, first_run);
    let metrics = corridor.metrics.list();
    let draws = deal::<N>(plan, first_run);
    let mut places = Vec::new();
    let TwinRun { months, .. } = twin_run(&corridor.spec, &draws[0]);
    months[0].tell(&corridor.spec, |path, _| places.push(corridor.metrics.position(&path.to_string())));
    let places: Vec<usize> =
        places.into_iter().map(|place| place.expect("the model knows the path")).collect();
    assert_eq!(places.len(), metrics.len(), "the twin tells every metric");
    let off_by: Vec<f64> = places.iter().map(|&place| rounding(metrics[place].dimension)).collect();
    let is_mass: Vec<bool> =
        places.iter().map(|&place| metrics[place].dimension == Dimension::MASS).collect();
    let wanted = corridor.metrics.position("wanted").expect("it is a metric");
    for (run, draws) in draws.iter().enumerate() {
        let TwinRun { months, years } = twin_run(&corridor.spec, draws);
        let periods = months.iter().zip(&model.months).chain(years.iter().zip(&model.years));
        for (period, (twin, model)) in periods.enumerate() {
            // Rounding errors are those of up to a million tonnes; demand for a nearly free product can be
            // billions of tonnes.
            let millions = f64::max(1.0, model[wanted].0[run] / 1e6);
            let (mut next, mut off) = (0, String::new());
            twin.tell(&corridor.spec, |path, expected| {
                let value = model[places[next]].0[run];
                let rounding = off_by[next] * if is_mass[next] { millions } else { 1.0 };
                if !agrees(value, expected, rounding) {
                    let _ = write!(off, "\n  {path}: {value:?}, twin {expected:?}");
                }
                next += 1;
            });
            if !off.is_empty() {
                return Err(format!("run {}, period {period}:{off}", first_run + run as u64));
            }
        }
    }
    Ok(())
}

/// Checks this number of batches of `N` runs, on all threads.
fn agree<const N: usize>(name: &str, batches: u64) {
    let plan = shipped(name);
    let corridor = Corridor::new(plan.corridor.clone());
    let check = |batch: u64| difference::<N>(&plan, &corridor, batch * N as u64);
    if let Err(off) = (0..batches).into_par_iter().map(check).collect::<Result<Vec<()>, String>>() {
        panic!("{name}: {off}");
    }
}

// 1,024 runs of every shipped scenario with the lanes that the program uses, 64 with each of the others:
// their equality to the bit is checked separately.

#[test]
fn the_model_is_its_scalar_twin_on_every_shipped_scenario() {
    for name in SHIPPED {
        agree::<32>(name, 32);
        agree::<8>(name, 8);
        agree::<1>(name, 64);
    }
}

#[test]
fn the_model_is_its_scalar_twin_on_random_corridors() {
    // Shipped scenarios are rarely short of capacity or at a closed border, random ones often are. 1,500
    // corridors, 8 runs each.
    check_random_plans(1500, |plan, corridor, _| difference::<8>(plan, corridor, 0));
}

#[test]
fn a_run_is_the_same_to_the_bit_alone_and_among_others() {
    for name in SHIPPED {
        let plan = shipped(name);
        let corridor = Corridor::new(plan.corridor.clone());
        let same = |batch: u64| {
            let first = batch * 32;
            let wide = bits(&table::<32>(&plan, &corridor, first));
            let narrow = (0..4).flat_map(|part| bits(&table::<8>(&plan, &corridor, first + part * 8)));
            let single = (0..32).flat_map(|run| bits(&table::<1>(&plan, &corridor, first + run)));
            assert!(wide == narrow.collect::<Vec<_>>(), "{name}: 8 lanes differ from 32");
            assert!(wide == single.collect::<Vec<_>>(), "{name}: 1 lane differs from 32");
        };
        (0..8).into_par_iter().for_each(same);
    }
}

/// Every figure of every run, as bits.
fn bits<const N: usize>(table: &Table<N>) -> Vec<Vec<u64>> {
    let periods = || table.months.iter().chain(&table.years).flatten();
    (0..N).map(|run| periods().map(|values| values.0[run].to_bits()).collect()).collect()
}

#[test]
fn a_result_is_the_mean_and_the_spread_of_the_twins_runs() {
    // 70 runs are two full batches and a part of one; the first and the last year are partial.
    let text = head("2025-05", "2026-08", 70)
        + r#"
        [products.flour]
        volume = "80 to 120 t/month"
        price = "300 USD/t"
        noise = { sd_log = 0.4, persistence = 0.5 }
        [routes.rail]
        capacity = "110 t/month"
        [events.strike]
        planned = "2025-09"
        probability = 0.5
        lasts = "uniform(0, 5) months"
        effects.less = { on = "routes.rail.capacity", multiply = 0.3 }
        [finance]
        cash = "30 kUSD/month"
        "#;
    let (plan, answers) = (plan(&text), answers(&text));
    let spec = &plan.corridor;
    let runs: Vec<TwinRun> =
        (0..70).flat_map(|run| deal::<1>(&plan, run)).map(|draws| twin_run(spec, &draws)).collect();
    let check = |path: &str| {
        for (place, year) in [2025, 2026].into_iter().enumerate() {
            let values: Vec<f64> = runs.iter().map(|run| figure(spec, &run.years[place], path)).collect();
            let mean = values.iter().sum::<f64>() / 70.0;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 69.0;
            let found = answers.year(path, year);
            assert_is(found.mean, mean, path);
            assert_is(found.sd, variance.sqrt(), path);
            // In units of the normal law's 1.96: t of 69 degrees of freedom, and more where the mean is
            // skewed.
            let usual = (variance / 70.0).sqrt();
            let least = usual * 1.9949 / 1.96 - 1e-3 * usual;
            assert!(found.standard_error >= least && found.standard_error <= 1.5 * usual, "{path}");
        }
    };
    for path in
        ["volume", "unmet.finance", "routes.rail.throughput", "finance.spent", "events.strike.progress"]
    {
        check(path);
    }
}

/// One of the figures of a period.
fn figure(spec: &CorridorSpec, figures: &Figures, wanted: &str) -> f64 {
    let mut found = None;
    figures.tell(spec, |path, value| {
        if path.to_string() == wanted {
            found = Some(value);
        }
    });
    found.expect("the twin knows the path")
}
