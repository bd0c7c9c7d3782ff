//! Displayed figures: rounding errors are not reported, digits suffice, and sentences state what they count.

#![expect(clippy::disallowed_methods, reason = "tests write scenarios and read what the program has written")]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

/// In every future exports equal the capacity of the only route, whatever the demand.
const BOUND: &str = "scenario.title = \"At the bound\"\n\
    run = { start = \"2025-01\", end = \"2026-12\", runs = 512, seed = 3 }\n\
    [products.a]\nvolume = \"192.53 kt/year\"\nprice = \"100 to 300 USD/t\"\n\
    growth = \"normal(8%, 5%) /year\"\n\
    [routes.rail]\ncapacity = \"100 kt/year\"\n\
    [targets.full]\ntitle = \"The railway is full\"\nmetric = \"volume\"\nyear = 2026\n\
    at_least = \"100 kt/year\"\n";
/// All money is spent: the volumes of the products differ between futures, their total value does not.
const MONEY: &str = "scenario.title = \"Money bound\"\n\
    run = { start = \"2025-01\", end = \"2026-12\", runs = 512, seed = 3 }\n\
    [products.flour]\nvolume = \"20 to 40 kt/year\"\nprice = \"300 USD/t\"\n\
    growth = \"normal(8%, 5%) /year\"\n\
    [products.sugar]\nvolume = \"20 to 40 kt/year\"\nprice = \"300 USD/t\"\n\
    [routes.rail]\ncapacity = \"1e6 kt/year\"\nfreight = \"50 USD/t\"\n[finance]\ncash = \"4 MUSD/year\"\n";
/// Exports of about 12 Mt that differ by some 50 kt.
const NARROW: &str = "scenario.title = \"Narrow\"\n\
    run = { start = \"2025-01\", end = \"2025-12\", runs = 512, seed = 3 }\n\
    [products.a]\nvolume = \"uniform(11.97, 12.03) Mt/year\"\n[routes.rail]\ncapacity = \"100 Mt/year\"\n";
/// Half a per cent more in every future, which is below the threshold of a difference that counts.
const LITTLE_MORE: &str = "extends = \"narrow.toml\"\nscenario.title = \"A little more\"\n\
    [products.b]\nvolume = \"60 kt/year\"\n";

struct Here(TempDir);

impl Here {
    fn new() -> Self {
        let here = tempfile::tempdir().expect("a folder for the test");
        let files = [
            ("bound.toml", BOUND),
            ("money.toml", MONEY),
            ("narrow.toml", NARROW),
            ("more.toml", LITTLE_MORE),
        ];
        for (name, text) in files {
            fs::write(here.path().join(name), text).expect("a file for the test");
        }
        Self(here)
    }

    fn screen(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simulate"));
        let done = command.args(arguments).current_dir(self.0.path()).env("NO_COLOR", "1").assert().success();
        let text = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn page(&self, folder: &str) -> String {
        fs::read_to_string(self.0.path().join("output").join(folder).join("report.html")).expect("a page")
    }
}

#[test]
fn where_a_bound_cuts_every_future_to_one_amount_there_is_no_spread_to_explain() {
    let here = Here::new();
    for file in ["bound.toml", "money.toml"] {
        let screen = here.screen(&["sensitivity", file]);
        assert!(screen.contains("There is no spread, so nothing to explain."), "{screen}");
        let screen = here.screen(&[file]);
        assert!(!screen.contains("What drives it") && !screen.contains("e−"), "{screen}");
    }
}

#[test]
fn a_target_at_the_bound_of_all_futures_is_met_in_all() {
    let screen = Here::new().screen(&["bound.toml"]);
    assert!(screen.contains("The railway is full ≥ 100 kt 2026 100%"), "{screen}");
}

#[test]
fn an_interval_is_shown_with_the_digits_that_its_width_needs() {
    let here = Here::new();
    let screen = here.screen(&["narrow.toml"]);
    let ends = screen.split("2025 1").nth(1).expect("the row of the year").to_owned();
    let ends: Vec<&str> = ends.split(' ').skip(1).take(3).collect();
    // A uniform from 11.97 to 12.03 is narrower than a bin of the quantiles, so the interval is within its
    // extremes.
    assert!(
        ends[0].starts_with("11.97") && ends[1] == "to" && ends[2].starts_with("12.0"),
        "{ends:?} in {screen}"
    );
    assert!(!here.page("narrow").contains("between 12 and 12"));
}

#[test]
fn more_counts_from_what_matters_and_the_sentence_says_so() {
    let here = Here::new();
    let screen = here.screen(&["compare", "narrow.toml", "more.toml"]);
    for part in [
        "more than narrow on average, 0.5% of narrow's mean; the median difference is +",
        "Exports are higher in 0% of futures and lower in 0%; differences under 0.12",
        "(1% of narrow's mean) are not counted.",
        "share of futures in which the scenario is higher by more than 1% of the first scenario's mean.",
    ] {
        assert!(screen.contains(part), "{part:?} is not in\n{screen}");
    }
    let page = here.page("narrow-vs-more");
    assert!(page.contains("The scenarios differ in one assumption"), "{page}");
}
