//! The accuracy of figures, and runs until a precision is reached: intervals have their stated coverage,
//! stopping changes no byte, and the deterministic case is the one that arithmetic gives.

use crate::support::{assert_is, head, plan};
use assert_cmd::Command;
use corridor::kernel::{exp, standard_normal};
use corridor::plan::Plan;
use corridor::plan::TargetSpec;
use corridor::results::{QUANTILES, RunResult, Wanted};
use corridor::rng::Stream;
use corridor::run::{
    Detail, Goal, GoalError, Kept, Nothing, Silent, Task, central_run, run, run_to_goal, run_together,
};
use corridor::sample::Design;
use corridor::stats::estimate::{Z_95, chance_interval};
use corridor::stats::{Histograms, Moments};
use corridor::units::Unit;
use std::path::{Path, PathBuf};

/// Lognormal with a log-sd of one half, by 2,000 draws: their mean, 90% quantile and count below the 2%
/// quantile.
struct Sample {
    moments: Moments,
    histogram: Histograms,
    rare: u64,
}

impl Sample {
    fn of(seed: u64) -> Self {
        let mut uniforms = vec![0.0; 2_000];
        Stream::new(seed, "x").fill(0, 0, &mut uniforms);
        let rare = uniforms.iter().filter(|&&u| u < 0.02).count() as u64;
        let values: Vec<f64> = uniforms.into_iter().map(|u| exp(0.5 * standard_normal(u))).collect();
        let moments = Moments::of(&values);
        let mut histogram = Histograms::new(8, 1);
        histogram.push(0, &values, moments.extremes().expect("there are values"));
        Self { moments, histogram, rare }
    }
}

/// In 1,000 samples an interval with a coverage of 95% covers 93% to 97% of them; otherwise the test fails
/// wrongly, with a probability of 0.3% (0.6% for the interval of a chance, which covers 95.5% here). The
/// seeds are fixed, so this risk is taken only once.
#[test]
fn intervals_of_means_quantiles_and_chances_cover_the_truth_as_often_as_they_say() {
    let (mean, quantile) = (exp(0.125), exp(0.5 * standard_normal(0.9)));
    let mut covered = [0; 3];
    for seed in 0..1_000 {
        let Sample { moments, histogram, rare } = Sample::of(seed);
        let extremes = moments.extremes().expect("there are values");
        let ([found], [error]) =
            (histogram.of(0).quantiles([0.9], extremes), histogram.of(0).quantile_errors([0.9], extremes));
        let (low, high) = chance_interval(rare, 2_000);
        let hits = [
            (moments.mean() - mean).abs() <= Z_95 * moments.mean_error().for_intervals(),
            (found - quantile).abs() <= Z_95 * error,
            (low..=high).contains(&0.02),
        ];
        for (count, hit) in covered.iter_mut().zip(hits) {
            *count += u32::from(hit);
        }
    }
    assert!(covered.iter().all(|count| (930..=970).contains(count)), "mean, quantile, chance: {covered:?}");
}

/// One month of one product, whose mean is that of what is drawn.
fn one_month() -> Plan {
    plan(
        &(head("2025-01", "2025-01", 100_000)
            + "[products.flour]\nvolume = \"10 to 20 kt/year\"\n[routes.rail]\n\
                capacity = \"100 kt/month\"\n"),
    )
}

/// A target of this many tonnes in a year of one month, whose figure is that of the month.
fn at_least(threshold: f64) -> TargetSpec {
    TargetSpec {
        name: "rare".to_owned(),
        title: "Rare".to_owned(),
        metric: "volume".to_owned(),
        year: 2025,
        at_least: true,
        threshold,
    }
}

/// 1,000 intervals with a coverage of 95% cover 93% to 97% of the true values: the binomial is outside this
/// band with a probability of 0.3%, and the seeds are fixed. The goal is such that about half of the runs
/// stop after their first round, which is where stopping at a lucky error does the most harm.
#[test]
fn intervals_keep_their_coverage_when_a_goal_stops_the_run() {
    assert_eq!(QUANTILES[NINE_TENTHS], 0.9);
    let mut plan = one_month();
    let volume = plan.inputs[0].distribution.clone();
    plan.targets = vec![at_least(volume.quantile(0.98))];
    let wanted = Z_95 * volume.sd() / volume.mean() / f64::sqrt(2_048.0);
    let goal = Goal::new(&plan, "volume", None, wanted).expect("there is a volume");
    let (mut covered, mut early) = ([0; 3], 0);
    for seed in 0..1_000 {
        plan.info.seed = seed;
        let result = run_to_goal(&plan, &goal, &Silent).expect("nobody stops it");
        assert!(goal.judge(&result).is_reached() && result.info.runs <= 8_192);
        early += u32::from(result.info.runs == 2_048);
        let found = result.year("volume", 2025).expect("2025 is covered");
        let (low, high) = result.targets[0].interval;
        let hits = [
            (found.mean - volume.mean()).abs() <= Z_95 * found.standard_error,
            (found.quantiles[NINE_TENTHS] - volume.quantile(0.9)).abs()
                <= Z_95 * found.quantile_errors[NINE_TENTHS],
            (low..=high).contains(&0.02),
        ];
        for (count, hit) in covered.iter_mut().zip(hits) {
            *count += u32::from(hit);
        }
    }
    assert!(
        covered.iter().all(|count| (930..=970).contains(count)) && (250..=750).contains(&early),
        "mean, quantile, chance: {covered:?}; {early} early"
    );
}

/// The same for designs whose errors come from a few replicates: of a mean, a 90% quantile and a chance of
/// 2%, with six replicates of a Latin hypercube and of Sobol points.
#[test]
fn intervals_told_by_few_replicates_cover_the_truth_as_often_as_they_say() {
    for design in [Design::LatinHypercube, Design::Sobol] {
        let plan = Plan { design, ..two_products(3_000) };
        let covered = two_products_covered(plan, |plan| years_of(plan, None));
        assert!(covered.iter().all(|count| (930..=970).contains(count)), "{design:?}: {covered:?}");
    }
}

/// And where a goal stops the run after one of the first rounds: about half of them after the first.
#[test]
fn intervals_of_every_design_keep_their_coverage_when_a_goal_stops_the_run() {
    // Half of the width of an interval that meets the goal in the first round about every other time: the
    // noise contributes most of a design's error, whose sd is that of the flour, and the first replicates,
    // too short to balance the inputs, make it 5% wider.
    let (first, wider) = (2_048, 1.05);
    let sd = f64::sqrt((15.0 * 15.0 + 100.0 / 12.0) * (exp(0.04) - 1.0));
    for design in [Design::LatinHypercube, Design::Sobol] {
        let plan = Plan { design, ..two_products(65_536) };
        let wanted = Z_95 * wider * sd / 30.0 / f64::sqrt(first as f64);
        let goal = Goal::new(&plan, "volume", None, wanted).expect("there is a volume");
        let mut early = 0;
        let covered = two_products_covered(plan, |plan| {
            let result = years_of(plan, Some(&goal));
            assert!(goal.judge(&result).is_reached());
            early += u32::from(result.info.runs == first);
            result
        });
        assert!(
            covered.iter().all(|count| (930..=970).contains(count)) && (100..=900).contains(&early),
            "{design:?}: mean, quantile, chance: {covered:?}; {early} early"
        );
    }
}

/// The yearly figures of a plan, which take half of the work of a whole result.
fn years_of(plan: &Plan, goal: Option<&Goal>) -> RunResult {
    let task = Task { plan, detail: Detail::Years, kept: Kept::default() };
    run_together(&[task], goal, &mut Nothing, &Silent).expect("nobody stops it").remove(0)
}

/// One month of two products, one of which has noise, so that no design fixes the total.
fn two_products(runs: u64) -> Plan {
    let products = "[products.flour]\nvolume = \"uniform(10, 20) kt/year\"\nnoise = { sd_log = 0.2 }\n\
                    [products.rice]\nvolume = \"uniform(5, 25) kt/year\"\n[routes.rail]\n\
                    capacity = \"500 kt/month\"\n";
    let mut plan = plan(&(head("2025-01", "2025-01", runs) + products));
    plan.targets = vec![at_least(two_products_quantile(0.98))];
    plan
}

/// Of 1,000 seeds, how many intervals of the mean, the 90% quantile and the chance of 2% cover the true
/// value. Noise has a mean of one, so that of the total is 15 and 15 kt a year, for a month.
fn two_products_covered(mut plan: Plan, mut of: impl FnMut(&Plan) -> RunResult) -> [u32; 3] {
    let (mean, quantile) = (30_000.0 / 12.0, two_products_quantile(0.9));
    let mut covered = [0; 3];
    for seed in 0..1_000 {
        plan.info.seed = seed;
        let result = of(&plan);
        let found = result.year("volume", 2025).expect("2025 is covered");
        let (low, high) = result.targets[0].interval;
        let hits = [
            (found.mean - mean).abs() <= Z_95 * found.standard_error,
            (found.quantiles[NINE_TENTHS] - quantile).abs() <= Z_95 * found.quantile_errors[NINE_TENTHS],
            (low..=high).contains(&0.02),
        ];
        covered.iter_mut().zip(hits).for_each(|(count, hit)| *count += u32::from(hit));
    }
    covered
}

/// The quantile of the total, in tonnes of the month, by bisection of its distribution.
fn two_products_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if two_products_cdf(middle) < p { low = middle } else { high = middle }
    }
    low * 1_000.0 / 12.0
}

/// The probability of at most this many kt a year: the sum of flour, uniform from 10n to 20n with the noise
/// n, and rice from 5 to 25 is a trapezoid; then the mean over 4,000 equally likely n.
fn two_products_cdf(total: f64) -> f64 {
    let above = |x: f64| 0.5 * x.max(0.0) * x.max(0.0);
    let with_noise = |place: i32| {
        let n = exp(0.2 * standard_normal((f64::from(place) + 0.5) / 4_000.0) - 0.02);
        let corners = [(10.0, 5.0, 1.0), (20.0, 5.0, -1.0), (10.0, 25.0, -1.0), (20.0, 25.0, 1.0)];
        let area: f64 =
            corners.iter().map(|&(flour, rice, sign)| sign * above(total - flour * n - rice)).sum();
        area / (10.0 * n * 20.0)
    };
    (0..4_000).map(with_noise).sum::<f64>() / 4_000.0
}

/// The index of the 90% quantile among those that are stored.
const NINE_TENTHS: usize = 5;

/// Two products and a route that is full at times.
fn two_years(design: Design) -> Plan {
    let text = head("2025-01", "2026-12", 40_000)
        + "[products.flour]\nvolume = \"10 to 30 kt/year\"\ngrowth = \"normal(10%, 10%) /year\"\n\
           noise = { sd_log = 0.3, persistence = 0.5 }\n[products.rice]\nvolume = \"5 to 9 kt/year\"\n\
           [routes.rail]\ncapacity = \"2.5 kt/month\"\n\
           [targets.more]\nmetric = \"volume\"\nyear = 2026\nat_least = \"25 kt/year\"\n";
    Plan { design, ..plan(&text) }
}

fn on_threads(threads: usize, plan: &Plan, goal: Option<&Goal>) -> RunResult {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made");
    let compute = || goal.map_or_else(|| run(plan, &Silent), |goal| run_to_goal(plan, goal, &Silent));
    pool.install(compute).expect("nobody stops it")
}

#[test]
fn a_goal_gives_what_a_plain_run_of_so_many_gives_on_any_number_of_threads() {
    for (design, wanted) in
        [(Design::Random, 0.006), (Design::LatinHypercube, 0.0009), (Design::Sobol, 0.0008)]
    {
        let mut plan = two_years(design);
        let goal = Goal::new(&plan, "volume", Some(2026), wanted).expect("it is covered");
        let stopped = on_threads(1, &plan, Some(&goal));
        assert!(
            stopped.info.runs < 40_000 && goal.judge(&stopped).is_reached(),
            "{design:?}: {}",
            stopped.info.runs
        );
        assert!(stopped.info.runs > 2_048, "{design:?}: one round says little: {:?}", goal.judge(&stopped));
        assert!(stopped == on_threads(3, &plan, Some(&goal)), "{design:?}: threads");
        plan.info.runs = stopped.info.runs;
        assert!(stopped == on_threads(2, &plan, None), "{design:?}: a plain run");
    }
}

#[test]
fn a_goal_out_of_reach_ends_with_the_most_runs_and_says_so() {
    let mut plan = two_years(Design::Random);
    plan.info.runs = 3_000;
    let goal = Goal::new(&plan, "volume", None, 1e-6).expect("it is covered");
    let result = run_to_goal(&plan, &goal, &Silent).expect("nobody stops it");
    let precision = goal.judge(&result);
    assert!(!precision.is_reached() && precision.runs == 3_000 && precision.year == 2026, "{precision:?}");
    assert!(result == run(&plan, &Silent).expect("nobody stops it"));
}

/// 100 t a year of some 30 kt are a third of a per cent: both goals stop after the same runs.
#[test]
fn an_amount_is_reached_when_the_share_is_that_it_makes_of_the_mean() {
    let plan = two_years(Design::Random);
    let reached = |wanted: Wanted| {
        let goal = Goal::new(&plan, "volume", Some(2026), wanted).expect("it is covered");
        let result = run_to_goal(&plan, &goal, &Silent).expect("nobody stops it");
        let volume = result.year("volume", 2026).expect("it is covered");
        (goal.judge(&result), *volume)
    };
    let unit = Unit::parse("kt/year").expect("a unit");
    let (amount, volume) = reached(Wanted::Amount { value: 0.1, unit });
    let (share, _) = reached(Wanted::Share(100.0 / volume.mean));
    assert!(amount.is_reached() && amount.runs == share.runs && amount.runs > 2_048, "{amount:?}, {share:?}");
    assert_eq!((amount.wanted, amount.unit.as_str()), (0.1, "kt/year"));
    let found = amount.found.expect("the error is known");
    assert!((found * 1_000.0 / (Z_95 * volume.standard_error) - 1.0).abs() < 1e-12, "{found} kt/year");
}

#[test]
fn a_goal_names_a_metric_and_a_year_that_there_are() {
    let plan = two_years(Design::Random);
    assert!(matches!(Goal::new(&plan, "volumes", None, 0.01), Err(GoalError::NoMetric { .. })));
    assert!(matches!(
        Goal::new(&plan, "volume", Some(2027), 0.01),
        Err(GoalError::NoYear { last: 2026, .. })
    ));
}

#[test]
fn without_uncertainty_inputs_are_at_their_medians_noise_at_its_mean_and_shocks_never_occur() {
    // A demand whose median is 12 kt a year and whose mean is more, with a noise whose mean is one; a flood
    // that would halve it, and an event more likely than not that adds a half from the second year on.
    let text = head("2025-01", "2026-12", 100)
        + "[products.flour]\nvolume = \"lognormal(median=12, sd_log=0.5) kt/year\"\n\
           noise = { sd_log = 0.4, persistence = 0.5 }\n[routes.rail]\ncapacity = \"100 kt/month\"\n\
           [shocks.flood]\nrate = \"1.2 /year\"\nduration = \"3 months\"\n\
           [shocks.flood.effects.less]\non = \"products.flour.demand\"\nmultiply = 0.5\n\
           [events.fair]\nplanned = \"2026-01\"\nprobability = \"60%\"\n\
           [events.fair.effects.more]\non = \"products.flour.demand\"\nmultiply = 1.5\n\
           [events.storm]\nplanned = \"2026-01\"\nprobability = \"40%\"\n\
           [events.storm.effects.less]\non = \"products.flour.demand\"\nmultiply = 0.1\n";
    let plan = plan(&text);
    let figures = central_run(&plan);
    let result = run(&plan, &Silent).expect("nobody stops it");
    let volume = result.metrics.iter().position(|metric| metric.path == "volume").expect("it is there");
    for (year, factor) in [(0, 1.0), (1, 1.5)] {
        assert_is(figures[24 + year][volume], 12_000.0 * factor, "a year");
        assert_eq!(result.metrics[volume].yearly[year].central, figures[24 + year][volume]);
    }
    assert_is(figures[0][volume], 1_000.0, "a month");
}

#[test]
fn where_nothing_is_uncertain_the_future_of_medians_is_the_only_one() {
    let text = head("2025-01", "2026-12", 1)
        + "[products.flour]\nvolume = \"12 kt/year\"\ngrowth = \"5%/year\"\n[routes.rail]\n\
            capacity = \"100 kt/month\"\n";
    let result = run(&plan(&text), &Silent).expect("nobody stops it");
    for metric in &result.metrics {
        assert!(
            metric.monthly.iter().chain(&metric.yearly).all(|summary| summary.central == summary.mean),
            "{}",
            metric.path
        );
    }
}

/// A scenario in a file, in a folder.
fn scenario_file(dir: &Path) -> PathBuf {
    let file = dir.join("ferry.toml");
    let text = head("2025-01", "2027-12", 64)
        + "[products.flour]\nvolume = \"10 to 20 kt/year\"\n[routes.ferry]\ncapacity = \"1.5 kt/month\"\n";
    write(&file, &text);
    file
}

/// Runs the program without pictures into a folder; returns what it prints.
fn simulate(file: &Path, out: &Path, more: &[&str]) -> String {
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.arg(file).args(["--no-plots", "--seed", "5", "--out"]).arg(out).args(more);
    let assert = command.assert().code(0);
    String::from_utf8(assert.get_output().stdout.clone()).expect("what is printed is UTF-8")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("one JSON document")
}

#[expect(clippy::disallowed_methods, reason = "a scenario of its own, in a temporary folder")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the file can be written");
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what the program wrote")]
fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is there")
}

#[test]
fn the_program_says_what_a_precision_cost_and_leaves_the_files_of_a_plain_run() {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let file = scenario_file(dir.path());
    let (goal, plain) = (dir.path().join("goal"), dir.path().join("plain"));
    let screen = simulate(&file, &goal, &["--precision", "0.5%", "--precision-of", "wanted@2026"]);
    let manifest = json(&text_of(&goal.join("ferry/manifest.json")));
    let runs = manifest["runs"].as_u64().expect("a number");
    let told =
        format!("0.5% precision of wanted in 2026 needed {} runs.", corridor::units::format::count(runs));
    assert!(
        screen.contains(&told) && screen.contains("In the deterministic case") && runs == 8_192,
        "{screen}"
    );
    let precision = &manifest["precision"];
    assert_eq!(
        (&precision["metric"], &precision["year"], &precision["wanted"]),
        (&"wanted".into(), &2026.into(), &0.005.into())
    );
    assert!(
        precision["found"].as_f64().is_some_and(|found| found <= 0.005)
            && precision["runs"] == manifest["runs"]
    );
    simulate(&file, &plain, &["--runs", &runs.to_string(), "--threads", "1"]);
    for file in ["summary.csv", "assumptions.csv", "resolved.toml"] {
        assert!(
            text_of(&goal.join("ferry").join(file)) == text_of(&plain.join("ferry").join(file)),
            "{file}"
        );
    }
    let manifest_of_plain = json(&text_of(&plain.join("ferry/manifest.json")));
    assert_eq!(manifest["inputs"], manifest_of_plain["inputs"]);
    assert!(manifest_of_plain["precision"].is_null());
    let document = simulate(
        &file,
        &goal,
        &["--precision", "0.001%", "--precision-of", "wanted@2026", "--runs", "3000", "--json"],
    );
    let precision = &json(&document)["precision"];
    assert!(precision["runs"] == 3_000 && precision["metric"] == "wanted", "{precision}");
}

#[test]
fn a_precision_that_makes_no_sense_gives_code_two_and_writes_nothing() {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let (file, out) = (scenario_file(dir.path()), dir.path().join("out"));
    for (arguments, told) in [
        (&["--precision", "1"][..], "a share is written like 1%"),
        (&["--precision", "0%"], "a share is written like 1%"),
        (&["--precision", "101%"], "a share is written like 1%"),
        (&["--precision=-5 t/year"], "an amount like '500 t/year'"),
        (&["--precision", "exact"], "an amount like '500 t/year'"),
        (&["--precision", "5 to 10 t/year"], "an amount like '500 t/year'"),
        (&["--precision", "500 t/yaer"], "did you mean `year`?"),
        (
            &["--precision", "500 t"],
            "a share of it like 1%, or an amount like '500 t/year'; `t` does not fit",
        ),
        (
            &["--precision", "1 kUSD", "--precision-of", "routes.ferry.utilisation@2026"],
            "a share of it like 1%; `kUSD`",
        ),
        (&["--precision-of", "volume@2026"], "--precision"),
        (&["--precision", "1%", "--precision-of", "volume"], "a figure is written like volume@2030"),
        (&["--precision", "1%", "--precision-of", "volum@2026"], "did you mean `volume`"),
        (
            &["--precision", "1%", "--precision-of", "volume@2199"],
            "the scenario covers 2025 to 2027, not 2199",
        ),
    ] {
        let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
        let assert = command.arg(&file).args(arguments).arg("--out").arg(&out).assert().code(2);
        let error = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(error.contains(told) && !out.exists(), "{arguments:?}: {error}");
    }
}
