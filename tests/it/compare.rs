//! Comparing scenarios: paired differences, effects of parts, results on disk.

use crate::support::{head, plan, spoil};
use assert_cmd::Command;
use corridor::compare::{
    Comparison, Dominance, Pairs, Precise, Question, Side, Subsets, compare, compare_stored, contributions,
    mixture,
};
use corridor::plan::Plan;
use corridor::results::Wanted;
use corridor::results::store::{ReadError, StoredResult};
use corridor::run::Silent;
use corridor::scenario::{Request, load};
use std::path::{Path, PathBuf};

const RUNS: u64 = 4096;

#[test]
fn shared_random_numbers_cut_the_error_of_a_difference_to_a_fifteenth() {
    // B is 1.1 times A in every run; capacity and money are ample, so exports equal demand.
    let plans = [wanting("normal(100, 20)"), wanting("normal(110, 22)")];
    let found = compared(&plans);
    let volume = found.figure("volume", 2026).expect("is compared");
    let difference = volume.differences[0];
    let runs = RUNS as f64;
    let expected = 2000.0 / runs.sqrt();
    // The spread of 4,096 draws is known to 1.1%; five of these.
    assert!((difference.standard_error / expected - 1.0).abs() < 0.06, "{difference:?}");
    let unpaired = volume.values.iter().map(|value| value.standard_error.powi(2)).sum::<f64>().sqrt();
    // A has the same draws, so the ratio has hardly any error.
    assert!(
        (unpaired / difference.standard_error - 14.866).abs() < 0.01,
        "{}",
        unpaired / difference.standard_error
    );
    assert!((difference.mean / volume.values[0].mean - 0.1).abs() < 1e-9);
    assert_eq!((difference.above, difference.below, difference.dominance), (1.0, 0.0, Dominance::Above));
    assert_eq!(found.pairs, Pairs::Paired { runs: RUNS });
}

#[test]
fn designs_know_the_error_of_a_difference() {
    let error = |design: &str| {
        let of = |law: &str| plan(&text(law, &format!("sampling = \"{design}\"")));
        let found = compared(&[of("normal(100, 20)"), of("normal(110, 22)")]);
        found.figure("volume", 2026).expect("is compared").differences[0].standard_error
    };
    let [random, latin, sobol] = ["random", "latin-hypercube", "sobol"].map(error);
    // One input alone drives the difference: replicates of 64 strata leave a fifth of the error.
    assert!(latin < random / 4.0 && sobol < random / 4.0, "{random} {latin} {sobol}");
}

#[test]
fn a_scenario_differs_from_itself_by_nothing_at_all() {
    let plans = [rich(""), rich("")];
    let found = compared(&plans);
    assert!(found.figures.len() > 20, "{}", found.figures.len());
    for figure in &found.figures {
        let difference = figure.differences[0];
        let summary = difference.paired.expect("runs are pairs");
        assert_eq!((difference.mean, difference.standard_error, summary.sd), (0.0, 0.0, 0.0));
        assert_eq!(summary.quantiles, [0.0; 7]);
        assert_eq!((difference.above, difference.below, difference.dominance), (0.0, 0.0, Dominance::Equal));
    }
}

#[test]
fn what_has_no_effect_changes_nothing() {
    let plans = [
        rich(""),
        rich(
            "[events.idle]\nplanned = \"2026-01\"\ndelay = \"uniform(0, 12) months\"\n\
                probability = \"60%\"\n",
        ),
    ];
    let found = compared(&plans);
    let of_both = |path: &str| !path.starts_with("events.");
    for figure in found.figures.iter().filter(|figure| of_both(&figure.figure.path)) {
        assert_eq!(figure.differences[0].mean, 0.0, "{}", figure.figure.path);
        assert_eq!(figure.values[0], figure.values[1].clone(), "{}", figure.figure.path);
    }
    let idle = found.figure("events.idle.started", 2026).expect("one of them has it");
    assert_eq!(idle.values[0].mean, 0.0, "what isn't there counts as nothing");
    assert!(idle.values[1].mean > 0.5 && idle.differences[0].below == 0.0);
}

#[test]
fn the_order_of_scenarios_changes_nothing_but_the_order() {
    for design in ["random", "latin-hypercube", "sobol"] {
        let more = format!("sampling = \"{design}\"");
        let of = |extra: &str| plan(&(text("5 to 10", &more) + extra));
        let [a, b, c] = ["", ROAD, "[products.seeds]\nvolume = \"1 to 2 kt/year\"\n"].map(of);
        let one = compared(&[a.clone(), b.clone(), c.clone()]);
        let other = compared(&[a, c, b]);
        for figure in &one.figures {
            let same = other.figure(&figure.figure.path, figure.figure.year).expect("is compared there, too");
            assert_eq!(figure.differences[0], same.differences[1], "{design} {}", figure.figure.path);
            assert_eq!(figure.differences[1], same.differences[0], "{design} {}", figure.figure.path);
        }
    }
}

#[test]
fn a_run_that_goes_wrong_in_one_scenario_counts_in_none() {
    let noisy = "[products.flour.noise]\nsd_log = 0.2\npersistence = \"uniform(0.4, 0.6)\"\n";
    let mut plans = [plan(&(text("5 to 10", "") + noisy)), plan(&(text("5 to 10", "") + noisy + ROAD))];
    spoil(&mut plans[1], "products.flour.noise.persistence", &[(0.9, 0.5), (0.1, 2.0)]);
    let found = compared(&plans);
    let Pairs::Paired { runs } = found.pairs else { panic!("runs are pairs") };
    assert_eq!(runs, RUNS - found.scenarios[1].health.invalid);
    assert!(runs < RUNS && found.scenarios[0].health.invalid == 0);
    assert!(found.figures.iter().all(|figure| figure.differences[0].mean.is_finite()));
}

#[test]
fn runs_go_on_until_the_difference_is_exact_enough() {
    let long = text("5 to 10", "").replace("runs = 4096", "runs = 1000000");
    let of = |room: &str| plan(&long.replace("1000 kt/year", room));
    let precise = Precise { metric: "volume".to_owned(), year: 2026, wanted: Wanted::Share(0.02) };
    let question = Question { precise: Some(precise.clone()), ..Question::default() };
    let found =
        compare(&[of("1000 kt/year"), of("4 to 9 kt/year")], &question, &Silent).expect("nobody stops it");
    let runs = found.scenarios[0].info.runs;
    assert!((2_048..200_000).contains(&runs), "{runs}");
    assert!(found.precision(&precise).is_some_and(|found| found <= 0.02));
    let nowhere = Precise { metric: "moon".to_owned(), ..precise };
    assert!(
        compare(&[rich(""), rich("")], &Question { precise: Some(nowhere), ..question }, &Silent).is_err()
    );
}

#[test]
fn scenarios_that_start_apart_are_refused() {
    let later = plan(&text("5 to 10", "").replace("2026-01", "2026-03"));
    let message =
        compare(&[rich(""), later], &Question::default(), &Silent).expect_err("they don't fit").to_string();
    assert!(message.contains("start in different months (2026-01 and 2026-03)"), "{message}");
}

#[test]
fn two_parts_share_what_they_do_together_by_the_formula_of_two() {
    // Money for 6 kt and capacity for 6 kt: each alone has little effect, both together much.
    let poor = text("10 to 14", "").replace("90 MUSD", "3 MUSD").replace("1000 kt/year", "6 kt/year");
    let money = |text: &str| text.replace("3 MUSD", "90 MUSD");
    let room = |text: &str| text.replace("6 kt/year", "1000 kt/year");
    let plans = [poor.clone(), money(&poor), room(&poor), money(&room(&poor))].map(|text| plan(&text));
    let found = contributions(&plans, 2, &Question::default(), &Silent).expect("nobody stops it");
    let place =
        found.combinations.figures.iter().position(|f| f.figure.name() == "volume@2026").expect("is there");
    let v: Vec<f64> = found.combinations.figures[place].values.iter().map(|value| value.mean).collect();
    let shares = &found.shares[place];
    // Sums of 4,096 values of some thousand tonnes in another order.
    let is = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-8, "{found}, not {expected}");
    is(shares.parts[0].share.summary.mean, f64::midpoint(v[1] - v[0], v[3] - v[2]));
    is(shares.parts[1].share.summary.mean, f64::midpoint(v[2] - v[0], v[3] - v[1]));
    is(shares.parts[0].alone.summary.mean, v[1] - v[0]);
    is(shares.parts[1].last.summary.mean, v[3] - v[1]);
    is(shares.together.summary.mean, v[3] - v[0]);
    is(shares.parts.iter().map(|part| part.share.summary.mean).sum(), v[3] - v[0]);
    is(shares.interaction.summary.mean, v[3] - v[1] - v[2] + v[0]);
    assert!(
        shares.interaction.summary.mean > 1000.0,
        "they need one another: {:?}",
        shares.interaction.summary
    );
    assert_eq!(Subsets::of(2).parts_of(3).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_mixture_lies_between_its_scenarios_and_spreads_wider() {
    let found = compared(&[wanting("normal(100, 5)"), wanting("normal(200, 5)")]);
    let mixed = mixture(&found, "volume", &[0.75, 0.25]);
    let last = mixed.last().expect("there are years");
    assert!((last.mean - 125_000.0).abs() < 500.0, "{last:?}");
    // Three quarters lie about 100 kt, one quarter about 200 kt. A bin is 0.8% wide.
    assert!(
        (last.quantiles[2] - 97_850.0).abs() < 1000.0,
        "the quartile is the third of the first: {last:?}"
    );
    assert!((last.quantiles[5] - 201_300.0).abs() < 1500.0, "{last:?}");
}

#[test]
fn results_on_disk_compare_as_if_they_had_run_together() {
    let out = tempfile::tempdir().expect("a folder");
    let [a, b] = [("a", ""), ("b", ROAD)]
        .map(|(name, more)| simulate(out.path(), name, &(text("5 to 10", "") + more), &[]));
    let stored = compare_stored(&[side(&a), side(&b)]).expect("can be read");
    let [a, b] = [side(&a).plan, side(&b).plan];
    let together = compared(&[a, b]);
    assert_eq!(stored.pairs, together.pairs);
    assert_eq!(stored.figures.len(), together.figures.len());
    for (stored, together) in stored.figures.iter().zip(&together.figures) {
        assert_eq!(stored, together);
    }
    for (stored, together) in stored.scenarios.iter().zip(&together.scenarios) {
        assert_eq!((&stored.targets, &stored.health), (&together.targets, &together.health));
        for (stored, together) in stored.metrics.iter().zip(&together.metrics) {
            assert_eq!(format!("{:?}", stored.yearly), format!("{:?}", together.yearly), "{}", stored.path);
        }
    }
}

#[test]
fn results_that_are_no_pairs_are_compared_as_independent_ones() {
    let out = tempfile::tempdir().expect("a folder");
    let text = text("normal(100, 20)", "");
    let a = simulate(out.path(), "a", &text, &["--seed", "1"]);
    let b = simulate(out.path(), "b", &text.replace("normal(100, 20)", "normal(110, 22)"), &["--seed", "2"]);
    let found = compare_stored(&[side(&a), side(&b)]).expect("can be read");
    let Pairs::Unpaired { reason } = &found.pairs else { panic!("they have two seeds") };
    assert!(reason.contains("seeds differ (1 and 2)"), "{reason}");
    let volume = found.figure("volume", 2026).expect("is compared");
    let difference = volume.differences[0];
    // √(20² + 22²) kt over the root of 4,096 runs, known to a per cent.
    assert!((difference.standard_error - 464.6).abs() < 25.0, "{difference:?}");
    // Φ(10/√(20² + 22²)) = 0.6317; its error with 4,096 runs is 0.008.
    assert!(difference.paired.is_none() && (difference.above - 0.6317).abs() < 0.035, "{difference:?}");
    let c = simulate(out.path(), "c", &text, &["--seed", "1", "--no-draws"]);
    let found = compare_stored(&[side(&a), side(&c)]).expect("can be read");
    assert!(matches!(&found.pairs, Pairs::Unpaired { reason } if reason.contains("c holds no single runs")));
    assert!(found.figure("volume", 2026).expect("is compared").differences[0].above.is_nan(), "nobody knows");
}

#[test]
fn a_result_whose_bytes_have_changed_is_refused() {
    let out = tempfile::tempdir().expect("a folder");
    let a = simulate(out.path(), "a", &text("5 to 10", ""), &[]);
    assert!(StoredResult::open(&a).is_ok());
    let mut table = read(&a.join("summary.csv"));
    table.push_str("volume,t,2031,year,12,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
    write(&a.join("summary.csv"), &table);
    assert!(
        matches!(StoredResult::open(&a), Err(ReadError::Changed { path }) if path.ends_with("summary.csv"))
    );
    assert!(matches!(StoredResult::open(out.path()), Err(ReadError::Foreign { .. })));
}

const ROAD: &str = "[routes.road]\ncapacity = \"2 to 6 kt/year\"\n";

fn text(volume: &str, run: &str) -> String {
    let head = head("2026-01", "2027-12", RUNS).replace("[run]\n", &format!("[run]\n{run}\n"));
    head + &format!(
        "[products.flour]\nvolume = \"{volume} kt/year\"\nprice = \"300 USD/t\"\n\
         [routes.rail]\ncapacity = \"1000 kt/year\"\n[finance]\ncash = \"90 MUSD/year\"\n\
         [targets.ten]\nmetric = \"volume\"\nyear = 2027\nat_least = \"8 kt/year\"\n"
    )
}

fn wanting(volume: &str) -> Plan {
    plan(&text(volume, ""))
}

/// Events, shocks, noise and credit beside one uncertain product.
fn rich(more: &str) -> Plan {
    let text = text("5 to 10", "")
        + "[products.sugar]\nvolume = \"1 to 3 kt/year\"\nprice = \"500 USD/t\"\n\
           noise = { sd_log = 0.3, persistence = 0.5 }\n\
           [events.bridge]\nplanned = \"2026-06\"\ndelay = \"uniform(0, 10) months\"\nopens = [\"road\"]\n\
           [shocks.flood]\nrate = \"0.5 /year\"\nduration = \"2 months\"\n[shocks.flood.effects.rail]\n\
           on = \"routes.rail.capacity\"\nmultiply = 0\n"
        + ROAD
        + more;
    plan(&text)
}

fn compared(plans: &[Plan]) -> Comparison {
    compare(plans, &Question::default(), &Silent).expect("they fit, and nobody stops it")
}

/// Runs a scenario and gives the folder of its result.
fn simulate(out: &Path, name: &str, text: &str, args: &[&str]) -> PathBuf {
    let file = out.join(format!("{name}.toml"));
    write(&file, text);
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.arg(&file).args(["--no-plots", "--quiet", "--out"]).arg(out).args(args).assert().code(0);
    out.join(name)
}

fn side(folder: &Path) -> Side {
    let stored = StoredResult::open(folder).expect("is a result");
    let loaded = load(&Request { file: stored.resolved(), ..Request::default() }).expect("can be read");
    Side { plan: loaded.plan.expect("is sound"), stored }
}

#[expect(clippy::disallowed_methods, reason = "tests write scenarios of their own, into temporary folders")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("writes");
}

fn read(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).expect("is there")).expect("is text")
}
