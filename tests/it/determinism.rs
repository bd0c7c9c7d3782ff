//! The same scenario and seed give the same bytes: on any number of threads, a second time, and from
//! `resolved.toml`.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Every file of a result, by its path inside the folder.
type Files = BTreeMap<String, Vec<u8>>;

/// The file of running times, which differs each time.
const TIMINGS: &str = "timings.json";

/// More than one chunk and no whole number of them, so that the order of merging and the last, short batch
/// count.
const RUNS: &str = "1000";

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    let one = simulate("scenarios/bridge.toml", &["--threads", "1"]);
    for threads in ["2", "8"] {
        assert_same(&one, &simulate("scenarios/bridge.toml", &["--threads", threads]));
    }
    assert!(one.keys().any(|path| path.starts_with("plots/")), "pictures are compared too");
}

#[test]
fn a_second_run_into_the_same_folder_leaves_the_same_bytes() {
    let out = folder();
    let first = simulate_into(&out, "scenarios/financing-limits.toml", &[]);
    let second = simulate_into(&out, "scenarios/financing-limits.toml", &[]);
    assert_same(&first, &second);
}

#[test]
fn another_seed_gives_other_figures() {
    let figures =
        |seed| simulate("scenarios/baseline.toml", &["--no-plots", "--seed", seed])["summary.csv"].clone();
    assert_ne!(figures("1"), figures("2"));
    assert_eq!(figures("2"), figures("2"));
}

#[test]
fn the_resolved_scenario_gives_the_same_bytes_again() {
    for scenario in ["scenarios/combined-tight.toml", "scenarios/bridge.toml"] {
        let out = folder();
        let settings = [
            "--set",
            "products.flour.growth=5 to 9% /year",
            "--set",
            "products.*.noise.persistence=0.5",
            "--seed",
            "7",
        ];
        let first = simulate_into(&out, scenario, &settings);
        let resolved = out.path().join("resolved.toml");
        write(&resolved, &first["resolved.toml"]);
        // It names itself, so neither the file's name nor `--runs` and `--seed` are needed again.
        let again = folder();
        let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
        command.arg(&resolved).arg("--quiet").arg("--out").arg(again.path()).assert().success();
        // The manifest names the files that a result was made of; all else is the same.
        let but_the_manifest = |mut files: Files| {
            files.remove("manifest.json");
            files
        };
        assert_same(&but_the_manifest(first), &but_the_manifest(files(&only_folder(again.path()))));
    }
}

/// Every quantity has a stream of its own, so additions to a scenario change no existing draw.
#[test]
fn a_product_that_nobody_buys_changes_no_other_product() {
    let out = folder();
    let base = simulate("scenarios/baseline.toml", &["--no-plots"]);
    let layer = out.path().join("more.toml");
    write(
        &layer,
        b"[products.ashes]\ngroup = \"food\"\nvolume = \"0 t/year\"\nprice = \"10 to 20 USD/t\"\n\
            growth = \"normal(8%, 5%) /year\"\n",
    );
    let layer = layer.to_str().expect("temporary folders have plain names");
    let more = simulate("scenarios/baseline.toml", &["--no-plots", "--with", layer]);
    let rows = |files: &Files| -> Vec<String> {
        let text = String::from_utf8(files["summary.csv"].clone()).expect("CSV is UTF-8");
        text.lines().filter(|line| !line.starts_with("products.ashes.")).map(str::to_owned).collect()
    };
    assert_eq!(rows(&base), rows(&more));
}

#[test]
fn the_order_of_products_changes_no_product() {
    let out = folder();
    let product = |name: &str| {
        format!("[products.{name}]\nvolume = \"5 to 10 kt/year\"\ngrowth = \"normal(5%, 9%) /year\"\n")
    };
    let scenario = |first: &str, second: &str| {
        format!(
            "[scenario]\ntitle = \"Order\"\nname = \"order\"\n[run]\nstart = \"2025-01\"\nend = \"2026-12\"\n\
             {}{}\
             [routes.rail]\ncapacity = \"300 kt/year\"\n",
            product(first),
            product(second)
        )
    };
    let rows = |first: &str, second: &str| -> Vec<String> {
        let file = out.path().join(format!("{first}.toml"));
        write(&file, scenario(first, second).as_bytes());
        let files = simulate(file.to_str().expect("temporary folders have plain names"), &["--no-plots"]);
        let text = String::from_utf8(files["summary.csv"].clone()).expect("CSV is UTF-8");
        let mut rows: Vec<String> =
            text.lines().filter(|line| line.starts_with("products.")).map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows("flour", "sugar"), rows("sugar", "flour"));
}

#[test]
fn settings_of_different_values_may_stand_in_any_order_and_of_one_value_the_last_holds() {
    let set = |settings: &[&str]| {
        let arguments: Vec<&str> =
            settings.iter().flat_map(|setting| ["--set", *setting]).chain(["--no-plots"]).collect();
        simulate("scenarios/bridge.toml", &arguments)
    };
    let (growth, delay) = ("products.flour.growth=3% /year", "events.bridge.delay=5 months");
    let one = set(&[growth, delay]);
    let other = set(&[delay, growth]);
    assert_eq!(one["summary.csv"], other["summary.csv"]);
    assert_eq!(one["resolved.toml"], other["resolved.toml"]);
    let twice = set(&["products.flour.growth=9% /year", growth, delay]);
    assert_eq!(one["summary.csv"], twice["summary.csv"]);
    assert_ne!(one["summary.csv"], set(&["products.flour.growth=9% /year", delay])["summary.csv"]);
}

#[test]
fn runs_are_a_prefix_of_more_runs_so_their_means_are_near() {
    let mean = |runs| {
        let files = simulate("scenarios/baseline.toml", &["--no-plots", "--runs", runs]);
        let text = String::from_utf8(files["summary.csv"].clone()).expect("CSV is UTF-8");
        let row = text.lines().find(|line| line.starts_with("volume,t,2025,year")).expect("the row is there");
        let cell = |place: usize| row.split(',').nth(place).and_then(|cell| cell.parse::<f64>().ok());
        (cell(5).expect("a mean"), cell(14).expect("its Monte Carlo error"))
    };
    let ((few, error), (many, _)) = (mean("1000"), mean("4000"));
    // Four standard errors: exceeded by chance once in sixteen thousand times, and the seed is fixed.
    assert!((few - many).abs() < 4.0 * error && few.to_bits() != many.to_bits(), "{few} ± {error}, {many}");
}

fn assert_same(one: &Files, other: &Files) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in one.iter().filter(|(path, _)| *path != TIMINGS) {
        let differs = other[path].iter().zip(bytes).position(|(a, b)| a != b);
        assert!(other[path] == *bytes, "{path} differs from byte {differs:?}");
    }
}

fn simulate(scenario: &str, arguments: &[&str]) -> Files {
    simulate_into(&folder(), scenario, arguments)
}

/// Runs a scenario into a folder; returns the files of its result.
fn simulate_into(out: &TempDir, scenario: &str, arguments: &[&str]) -> Files {
    let results = out.path().join("results");
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.arg(scenario).arg("--quiet").arg("--out").arg(&results);
    if !arguments.contains(&"--runs") {
        command.args(["--runs", RUNS]);
    }
    command.args(arguments).assert().success();
    files(&only_folder(&results))
}

fn only_folder(results: &Path) -> PathBuf {
    let mut entries =
        std::fs::read_dir(results).expect("there is a result").map(|entry| entry.expect("readable").path());
    let folder = entries.next().expect("there is a result");
    assert!(entries.next().is_none(), "nothing but the result is left in {}", results.display());
    folder
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(&inside).expect("the result can be read") {
            let path = entry.expect("the result can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("it lies inside").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).expect("the result can be read"));
            }
        }
    }
    found
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[expect(clippy::disallowed_methods, reason = "tests write scenarios of their own, into temporary folders")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("the file can be written");
}
