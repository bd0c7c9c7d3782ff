//! What drives a figure: known shares are estimated correctly, and the command reports them.

use crate::support::{SHIPPED, head, plan, shipped};
use assert_cmd::Command;
use corridor::attribution::{Basis, Driver, Drivers, Kind, by_redrawing, drivers, figures};
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::run::{Draws, Silent, Streams, YearlyFigure, draws, redraws, yearly_paths};
use corridor::sensitivity::{Index, PickFreeze};
use std::io::Write as _;

/// What drives the total volume in the year with this index.
fn explained(plan: &Plan, year: usize) -> Drivers {
    let corridor = Corridor::new(plan.corridor.clone());
    let metric = &corridor.metrics.list()[volume(plan, year).metric];
    let year_of = plan.info.horizon.years()[year];
    drivers(plan, &drawn(plan, year), metric, year_of).expect("there are runs enough")
}

/// The same by additional runs for every group.
fn explained_by_redrawing(plan: &Plan, year: usize) -> Drivers {
    let corridor = Corridor::new(plan.corridor.clone());
    let metric = &corridor.metrics.list()[volume(plan, year).metric];
    let year_of = plan.info.horizon.years()[year];
    let figure = (volume(plan, year), plan.info.runs);
    by_redrawing(plan, &drawn(plan, year), (metric, year_of), figure, &Silent).expect("nobody stops it")
}

fn volume(plan: &Plan, year: usize) -> YearlyFigure {
    let metrics = plan.metrics();
    YearlyFigure { metric: metrics.position("volume").expect("there is always a total"), year }
}

fn drawn(plan: &Plan, year: usize) -> Draws {
    let corridor = Corridor::new(plan.corridor.clone());
    let figures = figures(plan, corridor.metrics.list(), volume(plan, year).metric, year);
    draws(plan, &figures, &Silent).expect("nobody stops it")
}

fn row<'d>(found: &'d Drivers, path: &str) -> &'d Driver {
    found.list.iter().find(|driver| driver.path == path).unwrap_or_else(|| panic!("{path}: {:?}", found.list))
}

/// Whether a share is the true one within a number of standard errors and a tolerance.
fn assert_share(found: Index, truth: f64, slack: f64) {
    let tolerance = 4.0 * found.standard_error() + slack;
    assert!((found.raw() - truth).abs() < tolerance, "{found:?} is not {truth} ± {tolerance}");
}

const RAIL: &str = "[routes.rail]\ncapacity = \"1 Mt/month\"\n";

#[test]
fn a_sum_is_explained_by_the_variances_of_its_parts() {
    // Variances 4² and 2² of uniforms: 16 : 4, and nothing remains.
    let text = head("2025-01", "2025-12", 10_000)
        + "[products.flour]\nvolume = \"uniform(80, 120) kt/year\"\n[products.sugar]\n\
            volume = \"uniform(90, 110) kt/year\"\n"
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
    // Both are without a source, and the deterministic case equals the mean.
    assert!(found.list.iter().all(|driver| driver.basis == Basis::Unsourced && driver.kind == Kind::Number));
    assert!((found.central - 200_000.0).abs() < 1e-6, "{}", found.central);
    // There are no interactions and nothing remains, within four standard errors.
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
    // Noise of 12 independent months of 0.31 each: (8.9 kt)² at full demand, beside the shock's (14 kt)² and
    // the volume's (1.7 kt)².
    let (shock, noise) = (found.list[0].share.raw(), row(&found, "products.flour.noise").share.raw());
    assert!(shock > 0.5 && noise > 0.1 && shock + noise > 0.9, "{shock} {noise}");
    // The interaction of noise and drought remains: about a hundredth.
    assert!(found.remainder.raw().abs() < 0.02, "{:?}", found.remainder);
    // Where it was on, there is less.
    let ends = found.list[0].swing.expect("it was on in some runs");
    assert!(ends.difference() < -10_000.0 && ends.low.count() + ends.high.count() == 10_000, "{ends:?}");
}

/// A gift of a drawn size: its share comes from its size and its month, which are known only from its
/// streams.
#[test]
fn what_a_shock_explains_is_what_drawing_it_again_says() {
    let text = head("2025-01", "2027-12", 8_192)
        + "[products.flour]\nvolume = \"uniform(60, 140) kt/year\"\nnoise = { sd_log = 0.3 }\n\
           [products.aid]\nvolume = \"1 kt/year\"\n\
           [shocks.gift]\nrate = \"1 /year\"\nduration = \"2 months\"\n\
           effects.more = { on = \"products.aid.demand\", multiply = \"uniform(1, 400)\" }\n\
           [shocks.drought]\nrate = \"0.4 /year\"\nduration = \"9 months\"\n\
           effects.less = { on = \"products.flour.demand\", multiply = \"uniform(0.2, 1)\" }\n"
        + RAIL;
    let plan = plan(&text);
    let (by_data, truth) = (explained(&plan, 2), explained_by_redrawing(&plan, 2));
    for path in ["shocks.gift", "shocks.drought", "products.flour.volume"] {
        let truth = row(&truth, path);
        assert!(truth.share.raw() > 0.05, "{path}: {truth:?}");
        // The fits understate the share by a tenth at most.
        let slack = 4.0 * truth.share.standard_error() + 0.1 * truth.share.raw();
        assert_share(row(&by_data, path).share, truth.share.raw(), slack);
    }
    // Within a year noise has slightly more effect than its mean, because a drought halves some of the
    // months.
    let noise = row(&truth, "products.flour.noise").share;
    let slack = 4.0 * noise.standard_error() + 0.1 * noise.raw();
    assert_share(row(&by_data, "products.flour.noise").share, noise.raw(), slack);
    assert!(by_data.remainder.raw() < 0.08, "{:?}", by_data.remainder);
}

#[test]
fn redrawing_tells_first_and_total_shares_of_a_sum_and_they_add_up() {
    let text = head("2025-01", "2025-12", 4_096)
        + "[products.flour]\nvolume = \"uniform(80, 120) kt/year\"\n[products.sugar]\n\
            volume = \"uniform(90, 110) kt/year\"\n"
        + RAIL;
    let found = explained_by_redrawing(&plan(&text), 0);
    for (path, share) in [("products.flour.volume", 0.8), ("products.sugar.volume", 0.2)] {
        assert_share(row(&found, path).share, share, 0.0);
        assert_share(row(&found, path).total.expect("it has one"), share, 0.0);
    }
    assert_share(found.interactions, 0.0, 0.0);
    let sum: f64 = found.list.iter().map(|driver| driver.share.raw()).sum();
    assert!((sum + found.interactions.raw() - 1.0).abs() < 1e-9);
}

/// Uniforms of sd 11.5 and 5.8 with a rank correlation of 0.8, and a third that is independent: the dependent
/// ones count as one, and its parts are about those of normals (by symmetry the common part is halved).
#[test]
fn what_depends_on_one_another_counts_as_one_and_is_told_apart_by_shapley_effects() {
    let text = head("2025-01", "2025-12", 8_192)
        + "[products.flour]\nvolume = \"uniform(80, 120) kt/year\"\n[products.sugar]\n\
           volume = \"uniform(90, 110) kt/year\"\n\
           [products.rice]\nvolume = \"uniform(85, 115) kt/year\"\n\
           [correlations]\n\"products.flour.volume ~ products.sugar.volume\" = 0.8\n"
        + RAIL;
    let plan = plan(&text);
    for found in [explained(&plan, 0), explained_by_redrawing(&plan, 0)] {
        let both = row(&found, "products.flour.volume ~ products.sugar.volume");
        // Variances 400/3 and 100/3, twice the covariance 2·0.8·(20·10/3), and 225/3.
        let together = (400.0 + 100.0 + 320.0) / (400.0 + 100.0 + 320.0 + 225.0);
        assert_share(both.share, together, 0.01);
        assert_eq!((both.kind, both.members.len()), (Kind::Together, 2));
        let parts: f64 = both.members.iter().map(|(_, part)| part.raw()).sum();
        assert!((parts - together).abs() < 0.04 && both.members[0].1.raw() > both.members[1].1.raw());
        let all: f64 = found.list.iter().map(|driver| driver.share.raw()).sum();
        assert!((all - 1.0).abs() < 0.05, "{all}");
    }
}

#[test]
fn streams_that_are_not_drawn_again_give_the_same_runs() {
    let mut plan = shipped("bridge.toml");
    plan.info.runs = 600;
    let found = redraws(&plan, 600, volume(&plan, 5), &[Streams::default(), Streams::all(&plan)], &Silent);
    let columns = found.expect("nobody stops it");
    assert_eq!(columns[0], columns[1]);
    assert!(columns[0].iter().zip(&columns[2]).all(|(y, again)| y != again));
    assert_eq!(drawn(&plan, 5).figures[0], columns[0], "the plan draws at random, so these are its own runs");
}

/// The shares of shocks of a shipped scenario agree with those from redrawing each shock, within four
/// standard errors of both and a fiftieth.
#[test]
fn shocks_of_the_bridge_explain_what_drawing_them_again_says() {
    let mut plan = shipped("bridge.toml");
    plan.info.runs = 4_096;
    let found = explained(&plan, 5);
    let names = ["aid-cargo", "closure", "political-break"].map(|name| format!("shocks.{name}"));
    let of = |path: &String| {
        let is_of = |other: &str| other == path || other.starts_with(&format!("{path}."));
        let inputs = (0..plan.inputs.len()).filter(|&place| is_of(&plan.inputs[place].path)).collect();
        let series = (0..plan.series.len()).filter(|&place| is_of(&plan.series[place].path)).collect();
        Streams { inputs, series }
    };
    let again: Vec<Streams> = std::iter::once(Streams::all(&plan)).chain(names.iter().map(of)).collect();
    let columns = redraws(&plan, 4_096, volume(&plan, 5), &again, &Silent).expect("nobody stops it");
    let design = PickFreeze::new(&columns[0], &columns[1]);
    for (name, mixed) in names.iter().zip(&columns[2..]) {
        let truth = design.first(mixed);
        assert_share(row(&found, name).share, truth.raw(), 4.0 * truth.standard_error() + 0.02);
    }
    assert!(
        row(&found, "shocks.aid-cargo").share.raw() > 0.07
            && row(&found, "shocks.closure").share.raw() > 0.06
    );
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
        let marked = found.list.iter().filter(|driver| driver.is_judgement);
        assert!(marked.clone().all(|driver| driver.share.raw() >= 0.01), "{name}");
    }
}

#[test]
fn drawn_figures_are_those_of_the_result() {
    let mut plan = shipped("bridge.toml");
    plan.info.runs = 1_100;
    let drawn = drawn(&plan, 5);
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
        command
            .arg("sensitivity")
            .arg(&file)
            .args(["--set", "run.runs=2000"])
            .args(more)
            .output()
            .expect("it runs")
    };
    let text = String::from_utf8(simulate(&[]).stdout).expect("text");
    assert!(
        text.contains("share")
            && text.contains("finance.growth")
            && text.contains("unexplained (residual)")
            && text.contains("rank")
            && text.contains("its median")
    );
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let json: serde_json::Value =
        serde_json::from_slice(&simulate(&["--json", "--year", "2027"]).stdout).expect("one document");
    assert_eq!((json["year"].as_i64(), json["runs"].as_u64()), (Some(2027), Some(2000)));
    for wrong in [["--metric", "volum"], ["--year", "1999"], ["--set", "run.runs=1"]] {
        let output = simulate(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn what_is_the_same_in_every_run_is_said_to_be_so() {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a file");
    let text = "scenario.name = \"certain\"\n".to_owned()
        + &head("2025-01", "2025-12", 100)
        + "[products.flour]\nvolume = \"12 kt/year\"\n"
        + RAIL;
    file.write_all(text.as_bytes()).expect("writes");
    let mut command = Command::cargo_bin("simulate").expect("it is built");
    let output = command.arg("sensitivity").arg(file.path()).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("12 kt in each of 100 runs") && !text.contains("share"), "{text}");
}

/// The shares of a result are those of its scenario: the runs are the same.
#[test]
fn a_result_is_explained_from_its_own_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bridge.toml");
    let simulate = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("simulate").expect("it is built");
        command.current_dir(folder.path()).args(arguments).output().expect("it runs")
    };
    let file = file.to_str().expect("text");
    let made = simulate(&["run", file, "--runs", "1500", "--out", ".", "--no-plots"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let stored = simulate(&["sensitivity", "bridge"]);
    let fresh = simulate(&["sensitivity", file, "--runs", "1500"]);
    assert_eq!(String::from_utf8_lossy(&stored.stdout), String::from_utf8_lossy(&fresh.stdout));
    let refused = simulate(&["sensitivity", "bridge", "--seed", "3"]);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
}

#[test]
fn paths_are_those_of_the_runs_and_their_last_column_is_the_year_asked_for() {
    let text = head("2025-07", "2026-12", 600)
        + "[products.x]\nvolume = \"12 kt/year\"\nnoise = { sd_log = 0.3 }\n"
        + RAIL;
    let plan = plan(&text);
    let found = yearly_paths(&plan, 1, &[0, 3, 599]);
    assert_eq!((found.len(), found[0].columns.len()), (1, 2));
    for (place, run) in [0, 3, 599].into_iter().enumerate() {
        // A kilotonne a month times the noise: demand is proportional to the path.
        let wanted = corridor::run::replay(&plan, run).yearly("wanted").expect("it is observed");
        let of = |span: usize| found[0].columns[span][place];
        assert!((of(0) - wanted[0] / 6_000.0).abs() < 1e-9 && (of(1) - wanted[1] / 12_000.0).abs() < 1e-9);
    }
}

/// Two products follow a driver with a half-life of two years; its share agrees with that from redrawing it,
/// within four standard errors of both and a tenth.
#[test]
fn a_shared_random_path_has_a_row_of_its_own_with_the_share_that_drawing_it_again_says() {
    let text = head("2025-01", "2027-12", 4_096)
        + "[drivers.oil]\nhalf_life = \"2 years\"\nsd_log = 0.3\n\
           [products.flour]\nvolume = \"uniform(90, 110) kt/year\"\ndriven_by = { oil = 1 }\n\
           [products.sugar]\nvolume = \"100 kt/year\"\nnoise = { sd_log = 0.3 }\ndriven_by = { oil = 0.5 }\n"
        + RAIL;
    let plan = plan(&text);
    let (by_data, truth) = (explained(&plan, 2), explained_by_redrawing(&plan, 2));
    for path in ["drivers.oil", "products.sugar.noise"] {
        let share = row(&truth, path).share;
        assert_share(
            row(&by_data, path).share,
            share.raw(),
            4.0 * share.standard_error() + 0.1 * share.raw(),
        );
        assert_eq!(row(&by_data, path).kind, Kind::Path);
    }
    assert_eq!(by_data.list[0].path, "drivers.oil");
    assert!(by_data.list[0].share.raw() > 0.5 && by_data.remainder.raw() < 0.1, "{by_data:?}");
    assert!(by_data.list[0].swing.expect("it has a mean of the year").difference() > 0.0);
}

/// The page of a run and the command explain the same runs by the same rows.
#[test]
#[expect(clippy::disallowed_methods, reason = "what the program has written is read")]
fn the_page_of_a_run_and_the_command_give_the_same_shares() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bridge.toml");
    let simulate = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("simulate").expect("it is built");
        let output = command.current_dir(folder.path()).args(arguments).output().expect("it runs");
        String::from_utf8(output.stdout).expect("text")
    };
    let file = file.to_str().expect("text");
    simulate(&["run", file, "--runs", "5000", "--out", ".", "--format", "svg"]);
    let document: serde_json::Value =
        serde_json::from_str(&simulate(&["sensitivity", "bridge", "--json", "--no-plots"]))
            .expect("one document");
    assert_eq!(document["runs"].as_u64(), Some(4_096));
    let page = std::fs::read_to_string(folder.path().join("bridge/report.html")).expect("it is written");
    let (_, table) = page.split_once("What exports in 2030 depend on").expect("there is a table");
    let (table, _) = table.split_once("</table>").expect("it ends");
    let mut rest = table;
    for driver in document["drivers"].as_array().expect("a list").iter().take(12) {
        let path = driver["path"].as_str().expect("a name");
        let share = corridor::units::format::chance(
            driver["share"]["share"].as_f64().expect("a number").clamp(0.0, 1.0),
        );
        let (_, after) = rest.split_once(path).unwrap_or_else(|| panic!("{path} stands next on the page"));
        let cell = after.get(..400).unwrap_or(after).replace("&lt;", "<").replace("&#60;", "<");
        assert!(cell.contains(&share), "{path} {share}: {cell}");
        rest = after;
    }
}
