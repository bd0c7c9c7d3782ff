//! `simulate compare` and runs of several scenarios, as a user types them.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) const BASE: &str = "scenario.title = \"Base\"\n\
    run = { start = \"2026-01\", end = \"2027-12\", runs = 600, seed = 3 }\n\
    [products.grain]\nvolume = { value = \"10 to 20 kt/year\", source = \"judgement\" }\n\
    price = \"200 USD/t\"\n\
    [routes.ferry]\ncapacity = \"12 kt/year\"\n[finance]\ncash = \"2.5 MUSD/year\"\n\
    [targets.thirteen]\ntitle = \"Thirteen kilotonnes\"\nmetric = \"volume\"\nyear = 2027\n\
    at_least = \"13 kt/year\"\n";
const ROAD: &str = "extends = \"base.toml\"\nscenario.title = \"With a road\"\n[routes.road]\n\
    capacity = \"4 to 8 kt/year\"\n";
const MONEY: &str =
    "extends = \"base.toml\"\nscenario.title = \"With money\"\nfinance.cash = \"9 MUSD/year\"\n";

#[test]
fn the_screen_says_what_differs_and_by_how_much() {
    let here = Scenarios::new();
    let text = here.compare(&["base.toml", "road.toml", "money.toml"]);
    for part in [
        "road, money against base",
        "600 futures of each, from Jan 2026, seed 3. Run by run on the same random numbers",
        "Only in road: routes.road (1); from road.toml",
        "finance.cash\n  base, road  2.5 MUSD/year  — (base.toml)\n  money       9 MUSD/year    — (money.toml)",
        "Exports a year, kt",
        "In the deterministic case (every input at its median, noise and random paths at their means, no",
        "Thirteen kilotonnes",
        "Main constraint in 2027",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let folder = here.out().join("base-vs-road-money");
    for file in ["comparison.csv", "assumptions.csv", "targets.csv", "manifest.json", "scenarios/road.toml"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn parts_are_named_with_what_they_add_alone_and_together() {
    let here = Scenarios::new();
    let text = here.compare(&["--on", "base.toml", "--parts", "road.toml", "money.toml"]);
    for part in
        ["Shapley value", "all together", "beyond the sum of each alone", "They complement one another"]
    {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let table = read(&here.out().join("base-parts-road-money/contributions.csv"));
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let mean = |row: &csv::StringRecord| row[5].parse::<f64>().expect("a number");
    let volume: Vec<csv::StringRecord> = rows
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[0] == "volume" && &row[2] == "2027")
        .collect();
    let shares: f64 = volume.iter().filter(|row| &row[4] == "share").map(mean).sum();
    let together = volume.iter().find(|row| &row[4] == "together").map(mean).expect("is there");
    // Means of 600 values of some thousand tonnes.
    assert!((shares - together).abs() < 1e-8, "{shares} and {together}");
}

#[test]
fn the_document_holds_scenarios_figures_targets_and_mixture() {
    let here = Scenarios::new();
    let args =
        ["base.toml", "road.toml", "--weights", "1,3", "--json", "--metric", "routes.ferry.utilisation"];
    let document: Value = serde_json::from_str(&here.compare(&args)).expect("one document");
    assert_eq!(document["pairs"]["runs"], 600);
    assert_eq!(document["mixed"]["weights"], serde_json::json!([0.25, 0.75]));
    let figures = document["figures"].as_array().expect("a list");
    assert!(figures.iter().any(|figure| figure["metric"] == "routes.ferry.utilisation"));
    let volume = figures
        .iter()
        .find(|figure| figure["metric"] == "volume" && figure["year"] == 2027)
        .expect("is there");
    assert!(volume["differences"]["road"]["mean"].is_number() && volume["values"]["base"]["p95"].is_number());
    let mixed = &document["mixed"]["volume"][1]["mean"];
    let expected =
        0.25 * number(&volume["values"]["base"]["mean"]) + 0.75 * number(&volume["values"]["road"]["mean"]);
    assert!((number(mixed) - expected).abs() < 1e-9 * expected);
}

/// The command on the page, typed in the folder that the page states, reproduces the page for any options.
#[test]
fn the_line_on_the_page_gives_the_same_page() {
    let here = Scenarios::new();
    write(&here.file("it's more"), "finance.cash = \"3 MUSD/year\"\nscenario.title = \"More\"\n");
    let asked: [&[&str]; 6] = [
        &["base.toml", "road.toml", "--weights", "1,3", "--metric", "routes.ferry.utilisation"],
        &[
            "base.toml",
            "road.toml",
            "money.toml",
            "--baseline",
            "money",
            "--set",
            "finance.cash=4 to 5 MUSD/year",
        ],
        &["base.toml", "road.toml", "--with", "it's more.toml", "--seed", "random", "--runs", "300"],
        &["base.toml", "road.toml", "--precision", "20%", "--runs", "4000"],
        &["--on", "base.toml", "--parts", "road.toml", "it's more.toml", "--seed", "9"],
        &[
            "--on",
            "base.toml",
            "--parts",
            "money.toml",
            "--set",
            "products.grain.price=210 USD/t",
            "--seed",
            "random",
        ],
    ];
    for args in asked {
        let mut command = here.simulate();
        stdout(command.args(["compare", "--format", "svg", "--out", "o", "--name", "first"]).args(args));
        let first = here.out().join("first");
        let page = read(&first.join("report.html"));
        let from = if page.contains("The folder of this page holds the scenarios") {
            first.as_path()
        } else {
            here.0.path()
        };
        again(&line_on(&page), from, &here.out());
        assert!(page == read(&here.out().join("again/report.html")), "{args:?}: {}", line_on(&page));
    }
    for name in ["base", "road"] {
        stdout(here.simulate().args([&format!("{name}.toml"), "--no-plots", "--out", "o"]));
    }
    stdout(here.simulate().args([
        "compare",
        "o/base",
        "o/road",
        "--weights",
        "1,2",
        "--out",
        "o",
        "--name",
        "first",
    ]));
    let page = read(&here.out().join("first/report.html"));
    again(&line_on(&page), &here.out(), &here.out());
    assert!(page == read(&here.out().join("again/report.html")), "{}", line_on(&page));
}

/// The command of a page.
fn line_on(page: &str) -> String {
    let (_, line) = page.split_once("<code>").expect("there is a command");
    let (line, _) = line.split_once("</code>").expect("it ends");
    line.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

/// Types a line into a shell, with the program of this test for `simulate`, and the result in another folder.
fn again(line: &str, from: &Path, out: &Path) {
    let program = Command::cargo_bin("simulate").expect("the program is built with its tests");
    let program = program.get_program().to_string_lossy().into_owned();
    let line = line.replacen("simulate", &format!("'{program}'"), 1);
    let mut shell = Command::new("sh");
    shell
        .current_dir(from)
        .arg("-c")
        .arg(format!("{line} --format svg --name again --out '{}'", out.display()));
    shell.assert().code(0);
}

#[test]
fn nothing_is_broken_on_a_narrow_screen() {
    let here = Scenarios::new();
    let long = [
        ("financing-under-limits", "1 MUSD/year"),
        ("combined-and-tight", "lognormal(median=3, sd_log=0.5) MUSD/year"),
    ];
    for (name, cash) in long {
        write(
            &here.file(name),
            &format!("extends = \"base.toml\"\nscenario.title = \"{name}\"\nfinance.cash = \"{cash}\"\n"),
        );
    }
    let files =
        ["base.toml", "road.toml", "money.toml", "financing-under-limits.toml", "combined-and-tight.toml"];
    for (count, width) in [(2, "60"), (2, "80"), (5, "80"), (5, "100"), (5, "120")] {
        let mut command = here.command(&files[..count]);
        let text = stdout(command.env("COLUMNS", width));
        let most = width.parse::<usize>().expect("a number");
        assert!(
            text.lines().all(|line| line.chars().count() <= most || line.starts_with("Written")),
            "{text}"
        );
        for word in ["scenario", "difference", "higher in", "Thirteen kilotonnes"] {
            assert!(text.contains(word), "{word} is broken at {width}:\n{text}");
        }
        for file in &files[..count] {
            let name = file.trim_end_matches(".toml");
            assert!(text.matches(name).count() > 4, "{name} is broken at {width}:\n{text}");
        }
    }
}

#[test]
fn weights_may_stand_in_the_scenarios() {
    let here = Scenarios::new();
    for (name, weight) in [("base", 1), ("road", 4)] {
        let text = read(&here.file(name))
            .replace("scenario.title", &format!("scenario.weight = {weight}\nscenario.title"));
        write(&here.file(name), &text);
    }
    let text = here.compare(&["base.toml", "road.toml"]);
    assert!(text.contains("Weights, which are judgement: base 20%, road 80%."), "{text}");
}

#[test]
fn a_yardstick_can_be_chosen_by_name() {
    let here = Scenarios::new();
    let text = here.compare(&["base.toml", "road.toml", "--baseline", "road"]);
    assert!(text.contains("base against road") && text.contains("base exports"), "{text}");
    let message = here.refused(&["base.toml", "road.toml", "--baseline", "raod"]);
    assert!(
        message
            .contains("none of the scenarios is called `raod` (they are base, road); did you mean `road`?"),
        "{message}"
    );
}

#[test]
fn scenarios_that_run_otherwise_run_as_the_first_does() {
    let here = Scenarios::new();
    write(&here.file("road"), &(ROAD.to_owned() + "[run]\nseed = 9\nruns = 700\n"));
    let assert = here.command(&["base.toml", "road.toml"]).assert().code(0);
    let note = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(note.contains("note: all run as base does: 600 runs, seed 3, sampling random"), "{note}");
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert!(text.contains("600 futures of each"), "{text}");
}

#[test]
fn several_scenarios_in_one_run_are_compared_as_well() {
    let here = Scenarios::new();
    let mut command = here.simulate();
    command.args(["base.toml", "road.toml", "--no-plots", "--out", "o"]);
    let text = stdout(&mut command);
    assert!(text.contains("road against base") && here.out().join("road/summary.csv").is_file(), "{text}");
    let of_runs = read(&here.out().join("base-vs-road/comparison.csv"));
    here.compare(&["base.toml", "road.toml", "--name", "again"]);
    assert!(
        of_runs == read(&here.out().join("again/comparison.csv")),
        "one pass and results on disk say the same"
    );
    here.compare(&["o/base", "o/road", "--name", "folders"]);
    assert!(of_runs == read(&here.out().join("folders/comparison.csv")));
    let apart = BASE.replace("seed = 3", "seed = 4");
    write(&here.file("apart"), &apart);
    let without =
        stdout(here.simulate().args(["base.toml", "apart.toml", "--no-plots", "--no-draws", "--out", "p"]));
    assert!(without.contains("Not compared: seed, runs, sampling or first month"), "{without}");
}

#[test]
fn results_that_were_touched_are_refused() {
    let here = Scenarios::new();
    stdout(here.simulate().args(["base.toml", "road.toml", "--no-plots", "--out", "o"]));
    let table = here.out().join("road/targets.csv");
    write(&table, &read(&table).replace("thirteen", "fourteen"));
    let message = here.refused(&["o/base", "o/road"]);
    assert!(message.contains("targets.csv was changed or lost after the run"), "{message}");
    let message = here.refused(&["o/base", "o/base-vs-road"]);
    assert!(
        message.contains("o/base-vs-road is not the result of a run: it holds a comparison"),
        "{message}"
    );
}

#[test]
fn what_makes_no_sense_gives_code_two_and_writes_nothing() {
    let here = Scenarios::new();
    stdout(here.simulate().args(["base.toml", "road.toml", "--no-plots", "--out", "results"]));
    let wrong: [(&[&str], &str); 9] = [
        (&["base.toml"], "two scenarios or more"),
        (&["base.toml", "results/road"], "can't be mixed"),
        (&["results/base", "results/road", "--runs", "7"], "--runs changes how scenarios run"),
        (&["base.toml", "road.toml", "--weights", "1"], "1 weights for 2 scenarios"),
        (&["base.toml", "road.toml", "--weights", "0,0"], "not all of them zero"),
        (&["base.toml", "road.toml", "--metric", "volum"], "did you mean `volume`?"),
        (
            &["base.toml", "road.toml", "--precision", "1%", "--precision-of", "volume@2040"],
            "covers 2026 to 2027, not 2040",
        ),
        (&["--on", "base.toml", "--parts", "road.toml", "nowhere.toml"], "nowhere.toml"),
        (&["base.toml", "road.toml", "--on", "base.toml"], "cannot be used with"),
    ];
    for (args, part) in wrong {
        let message = here.refused(args);
        assert!(message.contains(part), "{args:?}: {part:?} is not in\n{message}");
    }
    assert!(!here.out().exists());
}

/// A folder with three scenarios.
pub(crate) struct Scenarios(TempDir);

impl Scenarios {
    pub(crate) fn new() -> Self {
        let here = Self(tempfile::tempdir().expect("a folder for the test"));
        for (name, text) in [("base", BASE), ("road", ROAD), ("money", MONEY)] {
            write(&here.file(name), text);
        }
        here
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(format!("{name}.toml"))
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.0.path().join("o")
    }

    pub(crate) fn simulate(&self) -> Command {
        let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
        command.current_dir(self.0.path());
        command
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.simulate();
        command.args(["compare", "--no-plots", "--out", "o"]).args(args);
        command
    }

    pub(crate) fn compare(&self, args: &[&str]) -> String {
        stdout(&mut self.command(args))
    }

    pub(crate) fn refused(&self, args: &[&str]) -> String {
        let assert = self.command(args).assert().code(2);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    }
}

pub(crate) fn stdout(command: &mut Command) -> String {
    String::from_utf8_lossy(&command.assert().code(0).get_output().stdout).into_owned()
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[expect(clippy::disallowed_methods, reason = "tests write scenarios of their own, into temporary folders")]
pub(crate) fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("writes");
}

pub(crate) fn read(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).expect("is there")).expect("is text")
}
