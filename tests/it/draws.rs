//! Single runs that are stored: `draws.parquet`, and the data that a collector receives.

use crate::support::{head, plan, spoil};
use assert_cmd::Command;
use corridor::plan::Plan;
use corridor::results::RunResult;
use corridor::results::store::{DrawsReader, Role};
use corridor::run::{Collector, Detail, Kept, KeptRuns, Silent, Task, run, run_keeping, run_together};
use std::path::Path;

/// All that a collector gets, of every plan column by column.
#[derive(Default)]
struct Everything(Vec<Vec<Vec<f64>>>);

impl Collector for Everything {
    fn take(&mut self, runs: &[KeptRuns]) {
        self.0.resize(runs.len(), Vec::new());
        for (all, part) in self.0.iter_mut().zip(runs) {
            assert_eq!(part.first_run(), all.first().map_or(0, Vec::len) as u64, "runs come in their order");
            all.resize(part.columns().count(), Vec::new());
            all.iter_mut().zip(part.columns()).for_each(|(column, more)| column.extend_from_slice(more));
        }
    }
}

#[test]
fn the_table_of_runs_holds_what_the_summary_sums_up() {
    let out = tempfile::tempdir().expect("a folder");
    simulate(out.path(), &["--runs", "1500", "--no-plots"]);
    let result = out.path().join("two");
    let reader = DrawsReader::open(&result.join("draws.parquet")).expect("is a table of runs");
    assert_eq!((reader.runs(), reader.note("corridor.design")), (1500, Some("random")));
    let means = yearly_means(&result);
    let figures: Vec<&str> = reader
        .columns()
        .iter()
        .filter(|column| column.role == Role::Metric)
        .map(|c| c.name.as_str())
        .collect();
    assert!(figures.contains(&"volume@2026") && figures.contains(&"unmet.finance@2026"), "{figures:?}");
    for name in figures {
        let values = reader.read(name).expect("is there");
        let mean = values.iter().sum::<f64>() / 1500.0;
        let expected = means[name];
        // Sums of 1,500 values in another order: 1e-12 of the largest, which is far below 100 times the mean.
        assert!((mean - expected).abs() <= 1e-10 * expected.abs().max(1e-6), "{name}: {mean} and {expected}");
    }
    assert!(reader.columns().iter().any(|column| column.role == Role::Input && column.unit == "kt/year"));
}

#[test]
fn the_manifest_says_which_columns_there_are() {
    let out = tempfile::tempdir().expect("a folder");
    simulate(out.path(), &["--runs", "64", "--no-plots", "--draws", "all"]);
    let result = out.path().join("two");
    let manifest = manifest(&result);
    let reader = DrawsReader::open(&result.join("draws.parquet")).expect("is a table of runs");
    let named: Vec<_> =
        manifest["draws"].as_array().expect("a list").iter().map(|column| column["name"].clone()).collect();
    let expected: Vec<_> = reader.columns().iter().map(|column| column.name.clone()).collect();
    assert_eq!(named, expected);
    assert_eq!(
        expected.iter().filter(|name| name.contains('@')).count(),
        yearly_means(&result).len(),
        "every metric of every year"
    );
}

#[test]
fn there_is_no_table_where_none_is_wanted_or_it_would_be_long() {
    let out = tempfile::tempdir().expect("a folder");
    let has_table = |args: &[&str]| {
        simulate(out.path(), &[&["--no-plots"], args].concat());
        let table = out.path().join("two/draws.parquet").exists();
        assert_eq!(manifest(&out.path().join("two"))["draws"] != serde_json::json!([]), table);
        table
    };
    assert!(has_table(&["--runs", "64"]));
    assert!(!has_table(&["--runs", "64", "--no-draws"]));
    assert!(!has_table(&["--runs", "20001"]));
    assert!(has_table(&["--runs", "20001", "--draws", "main"]));
    // With a precision goal, the table is kept if few runs are needed, and dropped if many.
    assert!(has_table(&["--precision", "50%"]));
    assert!(!has_table(&["--precision", "0.001%", "--runs", "30000"]));
}

#[test]
fn a_run_that_went_wrong_keeps_its_inputs_and_has_no_figures() {
    let plan = one_in_ten_goes_wrong();
    let mut all = Everything::default();
    let result = run_keeping(&plan, None, &volume(&plan), &mut all, &Silent).expect("nobody stops it");
    let (inputs, volume) = all.0[0].split_at(plan.inputs.len());
    let wrong = volume[0].iter().filter(|x| x.is_nan()).count() as u64;
    assert_eq!(wrong, result.health.invalid);
    // One in ten of 1,700; a binomial count outside 100 and 260 has a chance below 1e-9.
    assert!((100..260).contains(&wrong), "{wrong}");
    assert!(inputs.iter().flatten().all(|x| x.is_finite()));
    let first = usize::try_from(result.health.located[0].run).expect("a small number");
    assert!(volume.iter().all(|column| column[first].is_nan()));
    let sound: Vec<f64> = volume[0].iter().copied().filter(|x| !x.is_nan()).collect();
    let mean = sound.iter().sum::<f64>() / sound.len() as f64;
    let expected = result.metrics.iter().find(|m| m.path == "volume").expect("is there").yearly[0].mean;
    assert!((mean - expected).abs() < 1e-12 * expected, "{mean} and {expected}");
}

#[test]
fn plans_that_run_together_give_the_results_of_each_alone() {
    let plans = [two_products(""), two_products("[routes.road]\ncapacity = \"0.4 to 0.6 kt/month\"\n")];
    let tasks = plans.each_ref().map(|plan| Task { plan, detail: Detail::Months, kept: volume(plan) });
    let mut together = Everything::default();
    let results = run_together(&tasks, None, &mut together, &Silent).expect("nobody stops it");
    for ((plan, result), kept) in plans.iter().zip(&results).zip(&together.0) {
        assert_eq!(*result, run(plan, &Silent).expect("nobody stops it"));
        let mut alone = Everything::default();
        run_keeping(plan, None, &volume(plan), &mut alone, &Silent).expect("nobody stops it");
        assert_eq!(alone.0[0], *kept);
    }
}

#[test]
fn less_detail_changes_no_figure_that_is_left() {
    let plan = one_in_ten_goes_wrong();
    let whole = run(&plan, &Silent).expect("nobody stops it");
    let of = |detail| {
        let task = Task { plan: &plan, detail, kept: volume(&plan) };
        run_together(&[task], None, &mut Everything::default(), &Silent).expect("nobody stops it").remove(0)
    };
    let years = of(Detail::Years);
    assert!(years.metrics.iter().all(|metric| metric.monthly.is_empty()));
    // An unknown figure is NaN, which is not equal to itself.
    let told = |result: &RunResult| format!("{:?} {:?}", result.targets, result.health);
    assert_eq!(told(&years), told(&whole));
    let moments = of(Detail::Moments);
    for ((whole, years), moments) in whole.metrics.iter().zip(&years.metrics).zip(&moments.metrics) {
        assert_eq!(format!("{:?}", whole.yearly), format!("{:?}", years.yearly));
        for (whole, moments) in whole.yearly.iter().zip(&moments.yearly) {
            assert_eq!((whole.mean, whole.sd), (moments.mean, moments.sd));
            assert!(moments.median().is_nan(), "without counts there are no quantiles");
        }
    }
}

fn two_products(more: &str) -> Plan {
    plan(&(text() + more))
}

/// Three chunks of 512 and a short one.
fn text() -> String {
    head("2025-03", "2026-12", 1700)
        + "[products.flour]\nvolume = \"10 to 20 kt/year\"\nprice = \"250 to 350 USD/t\"\n\
           noise = { sd_log = 0.2, persistence = \"uniform(0.4, 0.6)\" }\n\
           [products.sugar]\nvolume = \"5 kt/year\"\nprice = \"500 USD/t\"\n\
           [routes.rail]\ncapacity = \"1.5 kt/month\"\n[finance]\ncash = \"6 MUSD/year\"\n\
           [targets.more]\nmetric = \"volume\"\nyear = 2026\nat_least = \"17 kt/year\"\n"
}

/// No such noise exists: the root of 1 - 2² is NaN.
fn one_in_ten_goes_wrong() -> Plan {
    let mut plan = two_products("");
    spoil(&mut plan, "products.flour.noise.persistence", &[(0.9, 0.5), (0.1, 2.0)]);
    plan
}

fn volume(plan: &Plan) -> Kept {
    let metrics = plan.metrics();
    let all = Kept::all(plan, &metrics);
    let volume = metrics.position("volume").expect("every corridor has one");
    Kept { figures: all.figures.into_iter().filter(|figure| figure.metric == volume).collect(), ..all }
}

#[expect(clippy::disallowed_methods, reason = "tests write scenarios of their own, into temporary folders")]
fn simulate(out: &Path, args: &[&str]) {
    let file = out.join("two.toml");
    std::fs::write(&file, text()).expect("writes");
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.arg(&file).args(["--quiet", "--out"]).arg(out).args(args).assert().code(0);
}

fn read(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).expect("is there")).expect("is text")
}

fn manifest(result: &Path) -> serde_json::Value {
    serde_json::from_str(&read(&result.join("manifest.json"))).expect("is JSON")
}

/// The means of all yearly figures, by `metric@year`.
fn yearly_means(result: &Path) -> std::collections::BTreeMap<String, f64> {
    let text = read(&result.join("summary.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("is a row"));
    let yearly = rows.filter(|row| &row[3] == "year");
    yearly.map(|row| (format!("{}@{}", &row[0], &row[2]), row[5].parse().expect("a number"))).collect()
}
