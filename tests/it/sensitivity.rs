//! What drives a figure: known shares come out, and the command says them.

use crate::support::{SHIPPED, head, plan, shipped};
use assert_cmd::Command;
use corridor::model::Corridor;
use corridor::report::drivers::{Drivers, drivers, figures};
use corridor::run::{Plan, Silent, draws};

/// What drives the total's volume in the year at a place.
fn explained(plan: &Plan, year: usize) -> Drivers {
    let corridor = Corridor::new(plan.corridor.clone());
    let metrics = corridor.metrics.list();
    let volume = corridor.metrics.position("volume").expect("there is always a total");
    let found = draws(plan, &figures(plan, metrics, volume, year), &Silent).expect("nobody stops it");
    drivers(plan, &found, &metrics[volume], 2025).expect("there are runs enough")
}

const RAIL: &str = "[routes.rail]\ncapacity = \"1 Mt/month\"\n";

#[test]
fn a_sum_is_explained_by_the_variances_of_its_parts() {
    // Variances 4² and 2² of uniforms: 16 : 4, and nothing is left.
    let text = head("2025-01", "2025-12", 10_000)
        + "[products.flour]\nvolume = \"uniform(80, 120) kt/year\"\n[products.sugar]\nvolume = \"uniform(90, 110) kt/year\"\n"
        + RAIL;
    let found = explained(&plan(&text), 0);
    let paths: Vec<&str> = found.list.iter().map(|driver| driver.path.as_str()).collect();
    assert_eq!(paths, ["products.flour.volume", "products.sugar.volume"]);
    for (driver, share) in found.list.iter().zip([0.8, 0.2]) {
        // A share of 10,000 runs is known to about 0.01: four of them.
        assert!((driver.share.raw() - share).abs() < 0.03, "{}: {:?}", driver.path, driver.share);
    }
    // The mean where flour is in its highest tenth (118 kt) less that where it is in its lowest (82 kt).
    let swing = found.list[0].swing.expect("flour varies").difference();
    assert!((swing / 1000.0 - 36.0).abs() < 1.0, "{swing}");
    assert!(found.list[0].correlation.expect("a single input").value > 0.85);
    // Nothing interacts and nothing is left: within four standard errors.
    for part in [found.interactions, found.remainder] {
        assert!(part.raw().abs() < 4.0 * part.standard_error(), "{part:?}");
    }
}

#[test]
fn what_months_and_shocks_do_is_told_apart_from_what_is_assumed() {
    // A shock that halves demand while it is on, and noise; the volume itself is known to a few percent.
    let text = head("2025-01", "2025-12", 10_000)
        + "[products.flour]\nvolume = \"uniform(97, 103) kt/year\"\nnoise = { sd_log = 0.3 }\n\
           [shocks.drought]\nrate = \"0.7 /year\"\nduration = \"6 months\"\n\
           effects.less = { on = \"products.flour.demand\", multiply = 0.5 }\n"
        + RAIL;
    let found = explained(&plan(&text), 0);
    assert_eq!(found.list[0].path, "shocks.drought");
    // Noise of 12 independent months of 0.31 each: (8.9 kt)² at full demand, beside the shock's (14 kt)² and the volume's (1.7 kt)².
    let (shock, rest) = (found.list[0].share.raw(), found.remainder.raw());
    assert!(shock > 0.5 && rest > 0.1 && shock + rest > 0.9, "{shock} {rest}");
}

#[test]
fn every_shipped_scenario_is_explained_and_its_shares_add_up() {
    for name in SHIPPED {
        let mut plan = shipped(name);
        plan.info.runs = 2_000;
        let found = explained(&plan, 5);
        let shares: f64 = found.list.iter().map(|driver| driver.share.raw()).sum();
        let all = shares + found.interactions.raw() + found.remainder.raw();
        assert!((all - 1.0).abs() < 1e-9, "{name}: {all}");
        assert_eq!(found.figure.count(), 2_000, "{name}");
    }
}

#[test]
fn drawn_figures_are_those_of_the_result() {
    let mut plan = shipped("bridge.toml");
    plan.info.runs = 1_100;
    let corridor = Corridor::new(plan.corridor.clone());
    let volume = corridor.metrics.position("volume").expect("there is always a total");
    let drawn =
        draws(&plan, &figures(&plan, corridor.metrics.list(), volume, 5), &Silent).expect("nobody stops it");
    let result = corridor::run::run(&plan, &corridor::run::Silent).expect("nobody stops it");
    let mean = drawn.figures[0].iter().sum::<f64>() / 1_100.0;
    let expected = result.year("volume", 2030).expect("2030 is covered").mean;
    assert!((mean / expected - 1.0).abs() < 1e-12, "{mean} {expected}");
}

#[test]
fn the_command_answers_in_words_and_as_json_and_refuses_what_is_not_there() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bridge.toml");
    let simulate = |more: &[&str]| {
        let mut command = Command::cargo_bin("simulate").expect("it is built");
        command.arg("sensitivity").arg(&file).args(["--runs", "2000"]).args(more).output().expect("it runs")
    };
    let text = String::from_utf8(simulate(&[]).stdout).expect("text");
    assert!(
        text.contains("share") && text.contains("finance.growth") && text.contains("noise of the months")
    );
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let json: serde_json::Value =
        serde_json::from_slice(&simulate(&["--json", "--year", "2027"]).stdout).expect("one document");
    assert_eq!((json["year"].as_i64(), json["runs"].as_u64()), (Some(2027), Some(2000)));
    for wrong in [["--metric", "volum"], ["--year", "1999"]] {
        let output = simulate(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
