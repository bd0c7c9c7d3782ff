//! The shipped scenarios: they load without messages, have sources, use nothing later than April 2025, and
//! give plausible figures.

use corridor::diag::{Style, render};
use corridor::plan::Plan;
use corridor::run::{Silent, run};
use corridor::scenario::{Loaded, Request, load};
use corridor::time::Month;
use std::path::{Path, PathBuf};

/// The shipped files, exactly those in the folder.
const SHIPPED: [&str; 6] =
    ["baseline", "bridge", "combined", "combined-tight", "expansion", "financing-limits"];

/// The last month whose information the scenarios may use.
const FROZEN: (u32, u32) = (2025, 4);

#[test]
fn the_folder_holds_the_shipped_scenarios_and_no_others() {
    let mut names: Vec<String> = std::fs::read_dir("scenarios")
        .expect("tests run in the package's folder")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, SHIPPED);
}

#[test]
fn every_shipped_scenario_loads_without_errors_or_warnings() {
    for name in SHIPPED {
        let loaded = shipped(name);
        let words = render(&loaded.diagnostics, &loaded.sources, Style { colour: false, width: 100 });
        assert!(loaded.diagnostics.is_empty(), "{words}");
        let plan = plan_of(loaded);
        assert_eq!(plan.info.name, name, "the folder of the result is named after the file");
        assert!(!plan.info.description.is_empty(), "{name} doesn't say what story it tells");
        assert_eq!(plan.info.as_of, "2025-04".parse().ok(), "{name}");
    }
}

#[test]
fn every_file_names_its_schema_in_its_first_line() {
    for name in SHIPPED {
        let text = text(&path(name));
        assert_eq!(text.lines().next(), Some("#:schema ./scenario.schema.json"), "{name}");
    }
}

#[test]
fn the_base_year_has_the_level_and_the_mix_of_the_record() {
    let plan = plan_of(shipped("baseline"));
    let mean = |product: &str| {
        let path = format!("products.{product}.volume");
        let stated =
            plan.assumptions.iter().find(|assumption| assumption.path == path).expect("it is stated");
        assert_eq!(stated.unit, "t/year", "{path}");
        stated.figures.as_ref().expect("a volume is a number").mean
    };
    let total: f64 = plan.corridor.products.iter().map(|product| mean(&product.name)).sum();
    // Half a per cent: the figures of the record are rounded to the kilotonne and to the per cent.
    let is_near = |value: f64, expected: f64| (value / expected - 1.0).abs() < 0.005;
    assert!(is_near(total, 22_000.0), "the products add up to {total} t");
    for (product, share) in [("flour", 0.69), ("sugar", 0.10), ("sunflower-oil", 0.06)] {
        assert!(is_near(mean(product), share * 22_000.0), "{product}: {} t", mean(product));
    }
}

#[test]
fn every_assumption_says_where_it_comes_from() {
    for name in SHIPPED {
        for assumption in plan_of(shipped(name)).assumptions {
            let path = &assumption.path;
            assert!(!assumption.lacks_source(), "{name}: {path} has no source");
            assert!(!assumption.confidence.is_empty(), "{name}: {path} has no confidence");
            // Judgement needs a note about its basis.
            assert!(!assumption.is_judgement() || !assumption.note.is_empty(), "{name}: {path} has no note");
        }
    }
}

/// Addresses bear their date as 2025/05 or 2025-05, sources as 2025-05-01. The scenarios' own months
/// (`planned`, `end`) are not citations and are in other keys.
#[test]
fn nothing_cited_is_younger_than_april_2025() {
    for name in SHIPPED {
        for assumption in plan_of(shipped(name)).assumptions {
            for cited in [&assumption.source, &assumption.note] {
                for (year, month) in months_in(cited) {
                    assert!(
                        (year, month) <= FROZEN,
                        "{name}: {} cites {year}-{month:02}: {cited}",
                        assumption.path
                    );
                }
            }
        }
        // Comments and the sources of histories are citations as well. The text before them on a line is a
        // value, which may be in the future.
        for line in text(&path(name)).lines() {
            let cited = ["#", "source", "note", "http"].iter().filter_map(|mark| line.find(mark)).min();
            for (year, month) in months_in(&line[cited.unwrap_or(line.len())..]) {
                assert!((year, month) <= FROZEN, "{name} cites {year}-{month:02}: {line}");
            }
        }
    }
}

#[test]
fn months_are_found_in_whatever_way_they_are_written() {
    for (text, expected) in [
        ("TASS, 2025-04-30, https://x.org/2025/05/01/a", vec![(2025, 4), (2025, 5)]),
        ("https://x.org/20250130/a and 2024-13 and 12025-05", vec![(2025, 1)]),
        ("the harvest of 2011/12, 2013-11-29", vec![(2011, 12), (2013, 11)]),
        ("3,000-12 and 1-2025", vec![]),
    ] {
        assert_eq!(months_in(text), expected, "{text}");
    }
}

#[test]
fn every_scenario_runs_to_sane_figures() {
    for name in SHIPPED {
        let mut plan = plan_of(shipped(name));
        plan.info.runs = 200;
        let result = run(&plan, &Silent).expect("nobody stops it");
        let median = result.year("volume", 2025).expect("2025 is in the horizon").median();
        assert!((10_000.0..=40_000.0).contains(&median), "{name}: {median} t in 2025");
        for metric in &result.metrics {
            // A lender may lose; no other figure can be negative.
            let least = if metric.path.starts_with("lender.") { f64::MIN } else { 0.0 };
            for summary in metric.monthly.iter().chain(&metric.yearly) {
                // The error of the mean may be unknown for what occurs in only a few of 200 runs.
                let error = summary.standard_error.max(0.0);
                let figures = [summary.mean, summary.sd, error];
                let sane = figures
                    .iter()
                    .chain(&summary.quantiles)
                    .all(|figure| figure.is_finite() && *figure >= least);
                assert!(sane, "{name}: {}: {summary:?}", metric.path);
            }
        }
        for target in &result.targets {
            assert!(
                result.metric(&target.spec.metric).is_some(),
                "{name}: {} asks for {}",
                target.spec.name,
                target.spec.metric
            );
            assert!(target.hits <= target.runs && target.runs == 200, "{name}: {target:?}");
            assert!(!target.spec.title.is_empty(), "{name}: {}", target.spec.name);
        }
        assert!(!result.targets.is_empty(), "{name} asks no question");
    }
}

#[test]
fn every_scenario_covers_the_same_months_so_that_they_can_be_compared() {
    let start: Month = "2025-01".parse().expect("a month");
    for name in SHIPPED {
        let plan = plan_of(shipped(name));
        assert_eq!((plan.info.horizon.start, plan.info.horizon.months), (start, 72), "{name}");
        assert_eq!(plan.info.seed, 2024, "{name}: pairs of runs share their draws only under one seed");
    }
}

fn path(name: &str) -> PathBuf {
    Path::new("scenarios").join(name).with_extension("toml")
}

fn shipped(name: &str) -> Loaded {
    load(&Request { file: path(name), ..Request::default() }).expect("the shipped files can be read")
}

fn plan_of(loaded: Loaded) -> Plan {
    loaded.plan.expect("the shipped scenarios have no errors")
}

#[expect(clippy::disallowed_methods, reason = "the files themselves are tested")]
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the shipped files can be read")
}

/// The months that a text names as 2025-05, 2025/05 or 20250501.
fn months_in(text: &str) -> Vec<(u32, u32)> {
    let bytes = text.as_bytes();
    let digits = |from: usize, len: usize| -> Option<u32> {
        let part = text.get(from..from + len)?;
        if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
    };
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for at in (0..bytes.len()).filter(|&at| at == 0 || !is_digit(at - 1)) {
        let Some(year) = digits(at, 4).filter(|year| (1900..2100).contains(year)) else { continue };
        let month = match bytes.get(at + 4) {
            Some(b'-' | b'/') if !is_digit(at + 7) => digits(at + 5, 2),
            Some(b'0'..=b'9') if digits(at, 8).is_some() && !is_digit(at + 8) => digits(at + 4, 2),
            _ => None,
        };
        found.extend(month.filter(|month| (1..=12).contains(month)).map(|month| (year, month)));
    }
    found
}
