//! `simulate bench`: the command, what it stores, and how two of its results are compared.

use assert_cmd::Command;
use corridor::report::bench::text;
use corridor::report::summary::Screen;
use corridor::yardstick::against::{Against, Change};
use corridor::yardstick::estimate::Verdict;
use corridor::yardstick::record::{Measured, OfSize, OnThreads, Record, Repeated};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

const SMALL: &str = "tests/bad/parts/small.toml";

fn bench(out: &TempDir) -> Command {
    let mut command = Command::cargo_bin("simulate").expect("cargo has built it");
    command.arg("bench").arg(SMALL).arg("--quick").arg("--out").arg(out.path());
    command
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a temporary folder")
}

fn stdout(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("the program prints UTF-8")
}

fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("the program prints UTF-8")
}

#[expect(clippy::disallowed_methods, reason = "the tests damage what was saved")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a temporary folder can be written to");
}

#[test]
fn a_benchmark_fits_on_a_screen_and_is_kept_and_compared() {
    let out = folder();
    let text = stdout(&bench(&out).args(["--save", "first"]).assert().code(0));
    for words in
        ["threads", "most memory so far", "naive implementation", "scalar twin", "bound", "statistics"]
    {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    let saved = out.path().join(".bench/first.json");
    assert!(saved.exists() && text.contains("--against first"), "{text}");
    let document = stdout(&bench(&out).args(["--json", "--against", "first"]).assert().code(0));
    let document: Value = serde_json::from_str(&document).expect("it is one JSON document");
    assert_eq!((&document["scenario"], &document["months"]), (&"small".into(), &36.into()));
    let first = &document["threads"][0];
    assert_eq!(first["threads"], 1);
    assert!(first["runs_per_second"].as_f64() > Some(0.0), "{document:#}");
    let ns = &first["ns_per_run_month"];
    assert!(ns["low"].as_f64() <= ns["median"].as_f64() && ns["median"].as_f64() <= ns["high"].as_f64());
    assert_eq!(document["sizes"].as_array().map(Vec::len), Some(4));
    assert_eq!(document["sizes"][0]["runs"], 1000);
    #[cfg(target_os = "linux")]
    assert!(document["sizes"][0]["peak_memory_kib"].as_u64() > Some(1000), "{document:#}");
    let shares: f64 = ["draws", "model", "statistics", "output"]
        .map(|part| document["shares"][part].as_f64().expect(part))
        .iter()
        .sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    for yardstick in ["first_written", "scalar_twin", "bound"] {
        assert!(
            document["yardsticks"][yardstick]["ratio"]["median"].as_f64() > Some(0.0),
            "{yardstick}: {document:#}"
        );
    }
    let against = &document["against"];
    assert_eq!(against["same_scenario"], true);
    assert_eq!(against["changes"][0]["what"], "1 thread");
    assert!(against["machine"]["times_as_long"]["low"].as_f64() > Some(0.0), "{document:#}");
}

#[test]
fn what_cant_be_compared_with_is_said_before_anything_is_measured() {
    let out = folder();
    let missing = stderr(&bench(&out).args(["--against", "missing"]).assert().code(2));
    assert!(missing.contains("no benchmark `missing`") && missing.contains("missing.json"), "{missing}");
    std::fs::create_dir(out.path().join(".bench")).expect("a folder can be made");
    let file = out.path().join(".bench/old.json");
    let against = |text: &str| {
        write(&file, text);
        stderr(&bench(&out).args(["--against", "old"]).assert().code(2))
    };
    let damaged = against("{\"format\": 1, \"version\": ");
    assert!(damaged.contains("damaged") && damaged.contains("old.json"), "{damaged}");
    assert!(against("{\"format\": 3}").contains("damaged"));
    assert!(against("[]").contains("damaged"));
    assert!(against("{\"format\": 99}").contains("format 99"));
    let others = against(&Record::new(vec![measured("bridge", 1.0)]).text());
    assert!(others.contains("`small`") && others.contains("bridge"), "{others}");
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    let out = folder();
    for name in ["../up", "", ".hidden", "a/b", "a b"] {
        let error = stderr(&bench(&out).args(["--save", name]).assert().code(2));
        assert!(error.contains("a name has"), "{name}: {error}");
    }
    let error = stderr(&bench(&out).args(["--set", "products.flour.volume=none"]).assert().code(2));
    assert!(error.contains("products.flour.volume"), "{error}");
}

/// Times that agree within two per cent, of an engine that takes this many microseconds for a run.
fn measured(scenario: &str, us_per_run: f64) -> Measured {
    let repeated = |us: f64| Repeated {
        runs: 1000,
        seconds: [1.0, 1.01, 0.99, 1.02, 0.995, 1.005].map(|noise| us * noise / 1e3).to_vec(),
    };
    // There is no one-time work: zero runs take no time.
    let few = || Repeated { runs: 0, seconds: vec![0.0; 6] };
    Measured {
        scenario: scenario.to_owned(),
        title: "Made up".to_owned(),
        sha256: "0".to_owned(),
        months: 72,
        metrics: 264,
        stated_runs: 10_000,
        cores: 2,
        load: None,
        threads: vec![
            OnThreads { threads: 1, few: few(), work: repeated(us_per_run) },
            OnThreads { threads: 2, few: few(), work: repeated(us_per_run / 2.0) },
        ],
        sizes: vec![
            OfSize { runs: 1000, seconds: Some(0.1), expected_seconds: None, peak_kib: None },
            OfSize { runs: 10_000, seconds: None, expected_seconds: Some(99.0), peak_kib: None },
        ],
        draws: repeated(us_per_run / 4.0),
        draws_and_model: repeated(us_per_run / 2.0),
        scalar_twin: repeated(800.0),
        first_written: repeated(1000.0),
        output: Repeated { runs: 10_000, seconds: vec![us_per_run / 100.0] },
    }
}

#[test]
fn what_follows_from_the_times_is_right() {
    let measured = measured("bridge", 100.0);
    let shares = measured.shares().expect("everything was measured");
    // A run takes 100 µs, of which a quarter and a half; 10,000 runs 1 s, and the output 1 s as well.
    for (share, expected) in
        [(shares.draws, 0.125), (shares.model, 0.125), (shares.statistics, 0.25), (shares.output, 0.5)]
    {
        assert!((share - expected).abs() < 0.01, "{shares:?}");
    }
    let ratio = |of| measured.times_the_engine(of).expect("it was measured").median;
    assert!(
        (ratio(&measured.first_written) - 10.0).abs() < 1e-9 && (ratio(&measured.draws) - 0.25).abs() < 1e-9
    );
    assert!((measured.times_the_bound().expect("it was measured").median - 4.0).abs() < 1e-9);
    assert!((measured.gain(&measured.threads[1]).expect("it was measured").median - 2.0).abs() < 1e-9);
}

#[test]
fn what_is_done_once_is_shared_by_the_runs_that_are_asked_for() {
    let few = Repeated { runs: 50, seconds: vec![0.25, 0.05] };
    let work = Repeated { runs: 150, seconds: vec![0.35, 0.25] };
    let on = OnThreads { threads: 1, few, work };
    // 0.1 s for 100 more runs: 1 ms each, and 0.05 s for the 50; 0.2 s once, or 20 µs for each of 10,000.
    assert!((on.ns_per_run(10_000)[0] - 1_020_000.0).abs() < 1e-3 && (on.once()[0] - 0.2).abs() < 1e-12);
    // The small number of runs was faster than possible: one-time work can't take negative time.
    assert!((on.ns_per_run(10_000)[1] - 2_000_000.0).abs() < 1e-3 && on.once()[1] == 0.0);
}

#[test]
fn twice_as_fast_is_told_and_nothing_is_told_of_a_thousandth() {
    let (before, same, now) =
        (measured("bridge", 100.0), measured("bridge", 100.1), measured("bridge", 50.0));
    let verdicts = |now: &Measured, before: &Measured| -> Vec<Verdict> {
        Against::new(now, before).changes.iter().take(4).map(Change::verdict).collect()
    };
    assert_eq!(verdicts(&now, &before), [Verdict::Faster; 4]);
    assert_eq!(verdicts(&before, &now), [Verdict::Slower; 4]);
    assert_eq!(verdicts(&same, &before), [Verdict::Unclear; 4]);
    // One measurement of the output is not enough for an interval.
    let against = Against::new(&now, &before);
    assert_eq!(against.changes.len(), 4);
    assert_eq!(against.machine.as_ref().map(Change::verdict), Some(Verdict::Unclear));
    let screen = text(&now, Some(&against), Screen { width: 80, colour: false });
    assert!(
        screen.contains("faster") && screen.contains("left out: some 99 s") && screen.contains("not known"),
        "{screen}"
    );
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    assert!(screen.lines().count() <= 40, "{screen}");
}

#[test]
fn another_scenario_and_another_machine_are_noticed() {
    let (before, mut now) = (measured("bridge", 100.0), measured("bridge", 100.0));
    now.sha256 = "1".to_owned();
    now.first_written.seconds.iter_mut().for_each(|seconds| *seconds *= 1.5);
    let screen = text(&now, Some(&Against::new(&now, &before)), Screen { width: 80, colour: false });
    assert!(
        screen.contains("The scenario has changed since then")
            && screen.contains("The machine is faster or slower"),
        "{screen}"
    );
}

#[test]
fn a_record_is_read_back_as_it_was() {
    let record = Record::new(vec![measured("bridge", 100.0), measured("combined", 3.0)]);
    assert_eq!(Record::parse(&record.text()).expect("it is whole"), record);
}
