//! A replayed run equals the original run to the bit; and what is shown of it.

use crate::support::{SHIPPED, shipped, table};
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use corridor::model::Corridor;
use corridor::report::replay::text;
use corridor::report::summary::{self, Screen};
use corridor::run::{Silent, replay, run};

const SMALL: &str = "tests/bad/parts/small.toml";
const BAD: &str = "tests/bad/five-mistakes.toml";

#[test]
fn a_replayed_run_has_the_bits_that_it_has_in_a_batch() {
    for scenario in ["bridge.toml", "combined-tight.toml"] {
        let plan = shipped(scenario);
        let corridor = Corridor::new(plan.corridor.clone());
        let batch = table::<32>(&plan, &corridor, 8096);
        for lane in [0, 7, 31] {
            let alone = replay(&plan, 8096 + lane as u64);
            for (place, metric) in alone.metrics.iter().enumerate() {
                let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
                let of = |periods: &[Vec<corridor::batch::Lanes<32>>]| -> Vec<u64> {
                    bits(periods.iter().map(|period| period[place].0[lane]).collect())
                };
                let found = (alone.monthly(&metric.path).map(bits), alone.yearly(&metric.path).map(bits));
                assert_eq!(found, (Some(of(&batch.months)), Some(of(&batch.years))), "{}", metric.path);
            }
        }
    }
}

#[test]
fn drawn_inputs_tell_their_rank_in_the_unit_of_the_scenario() {
    let plan = shipped("bridge.toml");
    // Ranks of 400 runs are uniform: their mean lies within 5 standard errors, 5·0.29/20, of one half; one
    // time in two million by chance for each of some eighty inputs, and the seed is fixed. Values with few
    // steps have even less spread.
    let replays: Vec<_> = (0..400).map(|run| replay(&plan, run)).collect();
    for (place, input) in replays[0].inputs.iter().enumerate() {
        let ranks = replays.iter().map(|replay| replay.inputs[place].rank);
        assert!((ranks.sum::<f64>() / 400.0 - 0.5).abs() < 5.0 * 0.29 / 20.0, "{}", input.path);
        let assumption = plan.assumptions.iter().find(|assumption| assumption.path == input.path);
        if let Some(figures) = assumption.and_then(|assumption| assumption.figures) {
            let mean = replays.iter().map(|replay| replay.inputs[place].value).sum::<f64>() / 400.0;
            assert!(mean > figures.p05 && mean < figures.p95, "{}: {mean} of {figures:?}", input.path);
        }
    }
    let sorted = replays[0].by_distance_from_median();
    assert!(sorted.windows(2).all(|pair| (pair[0].rank - 0.5).abs() >= (pair[1].rank - 0.5).abs()));
}

#[test]
fn any_run_exists() {
    let plan = shipped("baseline.toml");
    for run in [0, plan.info.runs, u64::MAX / 2] {
        assert!(replay(&plan, run).fault.is_none(), "{run}");
    }
}

#[test]
fn what_is_shown_fits_eighty_columns() {
    let screen = Screen { width: 80, colour: false };
    for scenario in SHIPPED {
        let mut plan = shipped(scenario);
        plan.info.runs = 64;
        let result = run(&plan, &Silent).expect("nobody stops it");
        let future = replay(&plan, 8123);
        let metrics = ["products.flour.unmet.finance", "routes.rail.utilisation", "binds.finance"];
        for shown in [
            text(&plan.info, &future, &[], screen),
            text(&plan.info, &future, &metrics.map(str::to_owned), screen),
            summary::text(&result, screen),
        ] {
            let widest = shown.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
            assert!(widest.chars().count() <= 80, "{scenario}: {widest}");
        }
    }
}

/// Metrics that don't fit side by side are shown in several tables, each with its months.
#[test]
fn no_column_is_too_narrow_for_its_words() {
    let (plan, screen) = (shipped("combined.toml"), Screen { width: 80, colour: false });
    let future = replay(&plan, 42);
    let paths: Vec<String> = future.metrics.iter().map(|metric| metric.path.clone()).take(40).collect();
    let shown = text(&plan.info, &future, &paths, screen);
    let widest = shown.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
    assert!(widest.chars().count() <= 80, "{widest}");
    assert!(shown.matches("\nJan 2025 ").count() > 3, "{shown}");
    let words: Vec<&str> = shown.split_whitespace().collect();
    for word in paths.iter().flat_map(|path| path.split('.')) {
        assert!(words.iter().any(|shown| shown.trim_end_matches('.') == word), "{word} is broken");
    }
}

#[test]
fn a_debt_is_shown_where_something_is_owed_and_only_there() {
    let screen = Screen { width: 80, colour: false };
    let shown = |scenario: &str| {
        let plan = shipped(scenario);
        text(&plan.info, &replay(&plan, 42), &[], screen)
    };
    let (with, without) = (shown("combined.toml"), shown("baseline.toml"));
    assert!(with.contains(" debt ") && !without.contains(" debt "), "{without}");
    let occurs = "occurs: the event occurs if its chance is above the sampled share.";
    assert!(with.contains(".occurs") && with.contains(occurs) && !without.contains("occurs"), "{with}");
}

#[test]
fn a_replay_shows_one_future() {
    let screen = stdout(asked(&["scenarios/combined.toml", "--run", "123456"]).assert().code(0));
    for word in [
        "run 123456 of seed 2024",
        "rank",
        "main constraint",
        "events",
        "bridge begins",
        "Jan 2025",
        "Dec 2030",
        "\n2030 ",
    ] {
        assert!(screen.contains(word), "{word} is missing in {screen}");
    }
    let again = asked(&["scenarios/combined.toml", "--run", "123456"]).assert().code(0);
    assert_eq!(stdout(again), screen);
    let other = asked(&["scenarios/combined.toml", "--run", "123456", "--seed", "1"]).assert();
    assert_ne!(stdout(other.code(0)), screen);
}

#[test]
fn a_replay_shows_the_metrics_that_are_asked_for() {
    let metrics = ["--metric", "volume", "--metric", "routes.rail.utilisation"];
    let screen = stdout(asked(&[SMALL, "--run", "0"]).args(metrics).assert().code(0));
    assert!(screen.contains("utilisation") && !screen.contains("main constraint"), "{screen}");
    let document = json(&stdout(asked(&[SMALL, "--run", "0", "--json"]).args(metrics).assert().code(0)));
    assert_eq!(document["metrics"].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(document["metrics"]["volume"]["months"].as_array().map(Vec::len), Some(36));
    let error = stderr(asked(&[SMALL, "--run", "0", "--metric", "voume"]).assert().code(2).stdout(""));
    assert!(error.contains("did you mean `volume`?"), "{error}");
}

#[test]
fn a_replay_needs_a_run_that_can_be() {
    for arguments in [
        &[][..],
        &["--run", "-1"],
        &["--run", "first"],
        &["--run", "18446744073709551615"],
        &["--run", "1", "--seed", "x"],
    ] {
        let error = stderr(asked(&[SMALL]).args(arguments).assert().code(2).stdout(""));
        assert!(error.contains("error"), "{arguments:?}: {error}");
    }
    asked(&[BAD, "--run", "1"]).assert().code(2).stdout("");
}

/// `simulate replay` with these arguments.
fn asked(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.arg("replay").args(arguments);
    command
}

#[expect(clippy::needless_pass_by_value, reason = "an assertion stands at the end of a command")]
fn stdout(assert: Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("what is printed is UTF-8")
}

#[expect(clippy::needless_pass_by_value, reason = "an assertion stands at the end of a command")]
fn stderr(assert: Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("what is printed is UTF-8")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("one JSON document and nothing else")
}
