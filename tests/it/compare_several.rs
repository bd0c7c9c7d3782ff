//! Several scenarios in one pass, weights, and the statements of a comparison in special cases.

use crate::compare_cli::{BASE, Scenarios, number, read, stdout, write};
use serde_json::Value;

#[test]
fn one_pass_leaves_the_same_bytes_as_single_runs() {
    for sampling in ["random", "latin-hypercube", "sobol"] {
        let here = Scenarios::new();
        let text = BASE.replace("seed = 3", &format!("seed = 3, sampling = \"{sampling}\""));
        write(&here.file("base"), &text);
        stdout(
            here.simulate().args(["money.toml", "base.toml", "road.toml", "--baseline", "base"]).args(QUIET),
        );
        let compared = here.out().join("base-vs-money-road/comparison.csv");
        assert!(compared.is_file(), "{sampling}");
        for name in ["base", "road", "money"] {
            stdout(here.simulate().arg(here.file(name).file_name().expect("a name")).args([
                "--no-plots",
                "--out",
                "alone",
            ]));
            let alone = here.out().with_file_name("alone").join(name);
            for file in ["summary.csv", "targets.csv", "assumptions.csv", "resolved.toml", "draws.parquet"] {
                assert!(
                    bytes(&alone.join(file)) == bytes(&here.out().join(name).join(file)),
                    "{sampling} {name} {file}"
                );
            }
        }
    }
}

#[test]
fn one_pass_compares_without_single_runs_and_with_many() {
    let here = Scenarios::new();
    let mut command = here.simulate();
    command.args(["base.toml", "road.toml", "--runs", "25000", "--no-draws", "--weights", "1,3"]).args(QUIET);
    let text = stdout(&mut command);
    for part in [
        "25,000 futures of each",
        "Weights, which are judgement: base 25%, road 75%.",
        "2 scenarios of 25,000 runs",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(!here.out().join("road/draws.parquet").exists());
    let mixed = read(&here.out().join("base-vs-road/mixed.csv"));
    assert!(mixed.contains("\nvolume,t,2027,") && mixed.contains("\nvalue,USD,2027,"), "{mixed}");
}

#[test]
fn weights_stay_with_their_scenarios_whichever_is_the_yardstick() {
    let here = Scenarios::new();
    let args = ["base.toml", "road.toml", "--weights", "1,3", "--baseline", "road"];
    let text = here.compare(&args);
    assert!(text.contains("Weights, which are judgement: road 75%, base 25%."), "{text}");
    assert!(text.contains("All products: exports, kt") && text.contains("USD\n"), "{text}");
}

#[test]
fn a_scenario_does_not_take_the_weight_of_what_it_extends() {
    let here = Scenarios::new();
    write(&here.file("base"), &format!("scenario.weight = 0.3\n{BASE}"));
    let assert = here.command(&["base.toml", "road.toml"]).assert().code(0);
    let warning = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(
        warning.contains("no forecast of them all") && warning.contains("without one: road"),
        "{warning}"
    );
    write(&here.file("base"), &format!("scenario.weight = -1\n{BASE}"));
    let message = here.refused(&["base.toml", "road.toml"]);
    assert!(message.contains("`scenario.weight` is a number of zero or more"), "{message}");
}

#[test]
fn differences_that_are_no_numbers_are_shown() {
    let here = Scenarios::new();
    let event = "[events.bridge]\nplanned = \"2026-06\"\nopens = [\"ferry\"]\n";
    write(&here.file("base"), &(BASE.to_owned() + event));
    write(
        &here.file("road"),
        "extends = \"base.toml\"\nscenario.title = \"Closed\"\nevents.bridge.opens = []\n",
    );
    let text = here.compare(&["base.toml", "road.toml"]);
    for part in ["events.bridge.opens", "base  [ferry]  — (base.toml)", "road  []       — (road.toml)"] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    // Results on disk contain it as well, with its file.
    stdout(here.simulate().args(["base.toml", "road.toml"]).args(QUIET));
    let text = here.compare(&["o/base", "o/road", "--name", "again"]);
    assert!(text.contains("road  []       — (road.toml)"), "{text}");
}

#[test]
fn figures_that_were_asked_for_are_printed() {
    let here = Scenarios::new();
    let text = here.compare(&["base.toml", "road.toml", "--metric", "routes.ferry.utilisation"]);
    assert!(text.contains("(routes.ferry.utilisation), %"), "{text}");
    let args = [
        "base.toml",
        "road.toml",
        "--precision",
        "400 t/year",
        "--precision-of",
        "products.grain.volume@2027",
    ];
    let text = here.compare(&args);
    assert!(text.contains("(products.grain.volume), kt"), "{text}");
    assert!(
        text.contains(
            "400 t/year precision of the differences in products.grain.volume in 2027 needed 2,048 runs."
        ),
        "{text}"
    );
}

#[test]
fn one_run_claims_nothing_and_equal_scenarios_are_said_to_be_so() {
    let here = Scenarios::new();
    let text = here.compare(&["base.toml", "road.toml", "--runs", "1"]);
    assert!(text.contains("One future of each") && text.contains("in this one future"), "{text}");
    assert!(!text.contains("NaN") && !text.contains("significant"), "{text}");
    let text = here.compare(&["base.toml", "base.toml"]);
    assert!(text.contains("In 2027 base-2 exports the same as base, in every run."), "{text}");
}

#[test]
fn what_is_missing_or_was_changed_is_said_plainly() {
    let here = Scenarios::new();
    stdout(here.simulate().args(["base.toml", "road.toml"]).args(QUIET));
    let message = here.refused(&["o/base", "nonexist"]);
    assert!(message.contains("there is no folder or file nonexist"), "{message}");
    let message = here.refused(&["--on", "base.toml", "--parts", "road.toml", "./road.toml"]);
    assert!(message.contains("the part ./road.toml is given twice"), "{message}");
    let assert = here.command(&["base.toml", "road.toml", "--name", "base"]).assert().code(2);
    let message = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(message.contains("o/base holds the result of a run; it is left as it is"), "{message}");
    let manifest = here.out().join("road/manifest.json");
    write(&manifest, &read(&manifest).replace("\"seed\": 3", "\"seed\": 5"));
    let message = here.refused(&["o/base", "o/road"]);
    assert!(message.contains("manifest.json was changed or lost after the run"), "{message}");
}

#[test]
fn results_of_other_seeds_are_compared_and_the_screen_says_why_and_which() {
    let here = Scenarios::new();
    stdout(here.simulate().args(["base.toml", "road.toml"]).args(QUIET));
    stdout(here.simulate().args(["money.toml", "--seed", "9"]).args(QUIET));
    let text = here.compare(&["o/base", "o/road", "o/money"]).replace('\n', " ");
    let why = "Compared as independent samples, because the runs of base and money are not paired: their seeds differ (3 and 9); without money the others are";
    assert!(text.contains(why), "{text}");
    assert!(text.contains("— (base.toml)") && text.contains("Exports a year, kt"), "{text}");
}

#[test]
fn years_that_not_all_cover_are_left_out_and_that_is_said() {
    let here = Scenarios::new();
    write(&here.file("base"), &BASE.replace("2027-12", "2029-12"));
    write(&here.file("road"), &BASE.replace("Base", "Short"));
    let text = here.compare(&["base.toml", "road.toml"]);
    assert!(
        text.contains("Left out: 2028 to 2029, of which not every scenario covers the same months."),
        "{text}"
    );
    let table = read(&here.out().join("base-vs-road/comparison.csv"));
    assert!(table.contains(",2027,") && !table.contains(",2028,"), "{table}");
}

#[test]
fn dates_are_those_of_the_targets_in_every_form() {
    let here = Scenarios::new();
    let both = "extends = \"base.toml\"\nscenario.title = \"Both\"\nfinance.cash = \"9 MUSD/year\"\n\
        routes.ferry.capacity = \"40 kt/year\"\n";
    write(&here.file("both"), both);
    let text = here.compare(&["base.toml", "both.toml"]);
    assert!(text.contains("≥ 50% / ≥ 90% first in"), "{text}");
    let document: Value =
        serde_json::from_str(&here.compare(&["base.toml", "both.toml", "--json"])).expect("one document");
    let target = &document["targets"][0];
    assert_eq!((&target["name"], &target["year"]), (&"thirteen".into(), &2027.into()));
    let table = read(&here.out().join("base-vs-both/targets.csv"));
    for name in ["base", "both"] {
        let chance = number(&target["chances"][name]["chance"]);
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!("thirteen,{name},2027,{chance},")))
            .expect("is there");
        let by = target["chances"][name]["half_from"].as_str().unwrap_or_default();
        assert!(row.contains(&format!(",{by},")), "{row} {target}");
    }
}

/// More runs take more time and no more memory.
#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_runs() {
    let here = Scenarios::new();
    let most = |runs: &str| {
        let program = assert_cmd::cargo::cargo_bin("simulate");
        let mut command = std::process::Command::new(program);
        let args = [
            "base.toml",
            "road.toml",
            "money.toml",
            "--no-draws",
            "--no-plots",
            "--quiet",
            "--threads",
            "2",
            "--out",
            "o",
            "--runs",
        ];
        let mut child = command
            .current_dir(here.out().parent().expect("a folder"))
            .args(args)
            .arg(runs)
            .spawn()
            .expect("starts");
        let status = format!("/proc/{}/status", child.id());
        let mut most = 0_u64;
        while child.try_wait().expect("is a child").is_none() {
            let text = std::fs::read(&status).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
            most = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(most);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        most
    };
    let (few, many) = (most("10000"), most("100000"));
    assert!(many < few + 16_384, "{few} kB and {many} kB");
}

const QUIET: [&str; 3] = ["--no-plots", "--out", "o"];

fn bytes(path: &std::path::Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
