//! `report.html`: it is self-contained, untrusted text remains text, and it states the results.

mod markup;
mod readme;

use crate::support::{head, plan, shipped};
use assert_cmd::Command;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use corridor::attribution::{Drivers, drivers, figures};
use corridor::compare::{Question, compare};
use corridor::plan::Plan;
use corridor::report::charts::{compared, pictures};
use corridor::report::html::{Again, TypedIn, comparison_report, run_report};
use corridor::results::{FileHash, RunResult};
use corridor::run::{Silent, draws, run};
use markup::{Element, elements};
use sha2::{Digest as _, Sha256};

const HOSTILE: &str = r#"<img src=x onerror=alert(1)>\"\\u001b[31m\\u202e</script></title>&amp;"#;

fn result(plan: &Plan, runs: u64) -> RunResult {
    let mut plan = plan.clone();
    plan.info.runs = runs;
    run(&plan, &Silent).expect("nobody stops it")
}

fn page(result: &RunResult) -> String {
    page_with(result, None)
}

fn page_with(result: &RunResult, drivers: Option<&Drivers>) -> String {
    let resolved = FileHash { path: "resolved.toml".to_owned(), sha256: "ab".repeat(32) };
    run_report(result, &pictures(result), drivers, &resolved).expect("it is made in memory")
}

/// A page with every kind of content.
fn full() -> String {
    let plan = shipped("combined.toml");
    page_with(&result(&plan, 300), Some(&driven(&plan, 300)))
}

/// What drives total exports in the last year.
fn driven(plan: &Plan, runs: u64) -> Drivers {
    let mut plan = plan.clone();
    plan.info.runs = runs;
    let metrics = plan.metrics();
    let volume = metrics.position("volume").expect("there is a total");
    let years = plan.info.horizon.years();
    let asked = figures(&plan, metrics.list(), volume, years.len() - 1);
    let draws = draws(&plan, &asked, &Silent).expect("nobody stops it");
    drivers(&plan, &draws, &metrics.list()[volume], years[years.len() - 1]).expect("they are enough runs")
}

/// A page of two scenarios whose every word is hostile.
fn comparison() -> String {
    let more = hostile().replace("10 to 20 kt/year", "12 to 20 kt/year");
    let plans = [plan(&hostile()), plan(&more)];
    let comparison =
        compare(&plans, &Question::default(), &Silent).expect("nobody stops it, and the months are the same");
    let view = compared::View { comparison: &comparison, parts: None, mixed: None };
    let resolved = FileHash { path: format!("scenarios/{HOSTILE}.toml"), sha256: "ab".repeat(32) };
    let again = Again {
        command: format!("simulate compare '{HOSTILE}'"),
        files: vec![resolved],
        typed_in: TypedIn::Page,
    };
    comparison_report(view, &compared::pictures(view), &again).expect("it is made in memory")
}

/// The pages of a run with every kind of content, of a hostile one, and of a comparison.
fn pages() -> [String; 3] {
    [full(), page(&result(&plan(&hostile()), 100)), comparison()]
}

fn parts(page: &str) -> Vec<Element> {
    elements(page).unwrap_or_else(|problem| panic!("{problem}"))
}

/// A scenario whose every word is hostile.
fn hostile() -> String {
    let text = format!(
        r#"{head}
[scenario]
description = "{HOSTILE}"
[products.grain]
title = "{HOSTILE}"
volume = {{ value = "10 to 20 kt/year", source = "judgement, {HOSTILE} https://a.example/{HOSTILE}", note = "{HOSTILE}" }}
[routes.ferry]
title = "{HOSTILE}"
capacity = "1.5 kt/month"
[events.bridge]
title = "{HOSTILE}"
planned = "2025-06"
delay = "1 to 9 months"
[targets.more]
title = "{HOSTILE}"
metric = "volume"
year = 2025
at_least = "15 kt/year"
"#,
        head = head("2025-01", "2026-12", 100).replace("scenario.title = \"Test\"\n", "")
    );
    let text = text.replacen("[scenario]\n", &format!("[scenario]\ntitle = \"{HOSTILE}\"\n"), 1);
    text.replace("\\\\u", "\\u")
}

#[test]
fn a_page_is_well_formed() {
    for page in pages() {
        let elements = parts(&page);
        for name in ["h1", "main", "nav", "title", "footer"] {
            assert_eq!(elements.iter().filter(|element| element.name == name).count(), 1, "{name}");
        }
        let mut ids: Vec<&str> = elements.iter().filter_map(|element| element.attribute("id")).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id is there twice");
    }
}

#[test]
fn a_page_fetches_nothing() {
    for page in pages() {
        for element in parts(&page) {
            for (name, value) in &element.attributes {
                let is_address =
                    ["src", "href", "srcset", "data", "action", "poster"].contains(&name.as_str());
                let is_link = element.name == "a"
                    && ["#", "https://", "http://"].iter().any(|start| value.starts_with(start));
                assert!(!is_address || is_link, "<{} {name}={value:?}>", element.name);
            }
            assert!(!["link", "img", "iframe", "object", "embed"].contains(&element.name.as_str()));
            let urls = element.raw.matches("url(").count();
            assert_eq!(urls, element.raw.matches("url(data:").count());
            assert!(!element.raw.contains("@import") && !element.raw.contains("fetch("));
        }
    }
}

#[test]
fn the_policy_allows_the_pages_own_style_and_script_and_nothing_inline_besides() {
    let page = full();
    let elements = parts(&page);
    let policy = elements.iter().find(|element| element.attribute("http-equiv").is_some());
    let policy = policy.and_then(|meta| meta.attribute("content")).expect("there is a policy");
    assert!(
        policy.starts_with("default-src 'none';") && !policy.contains("unsafe") && !policy.contains("http")
    );
    let is_code = |element: &&Element| {
        element.name == "style" || (element.name == "script" && element.attribute("type").is_none())
    };
    let code: Vec<&Element> = elements.iter().filter(is_code).collect();
    assert_eq!(code.len(), 2);
    for element in code {
        let hash = STANDARD.encode(Sha256::digest(element.raw.as_bytes()));
        assert!(
            policy.contains(&format!("{}-src 'sha256-{hash}'", element.name)),
            "{}: {policy}",
            element.name
        );
    }
    // The policy would block these, with an error in the console.
    let mut attributes = elements.iter().flat_map(|element| &element.attributes);
    assert!(attributes.all(|(name, _)| name != "style" && !name.starts_with("on")));
}

#[test]
fn foreign_text_stays_text() {
    let [_, run, comparison] = pages();
    // Of the run: title, description, product, route, event, target, source and note, at least once each. Of
    // the comparison: title, description, the target, two sources, the command, and the name of a file.
    for (page, least) in [(run, 8), (comparison, 7)] {
        assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "control characters");
        assert!(!page.contains('\u{202e}'), "what turns a line around");
        assert!(parts(&page).iter().all(|element| element.name != "img"));
        assert!(page.matches("onerror=alert(1)").count() >= least, "it is still there to be read");
    }
}

#[test]
fn the_same_result_gives_the_same_bytes() {
    assert!(pages() == pages());
}

#[test]
fn the_largest_shipped_scenario_gives_less_than_three_megabytes() {
    assert!(full().len() < 3_000_000);
}

#[test]
fn a_comparison_of_all_shipped_scenarios_gives_less_than_three_megabytes_and_calls_each_by_its_title() {
    let plans = crate::support::SHIPPED.map(|name| {
        let mut plan = shipped(name);
        plan.info.runs = 200;
        plan
    });
    let comparison = compare(&plans, &Question::default(), &Silent).expect("nobody stops it");
    let view = compared::View { comparison: &comparison, parts: None, mixed: None };
    let page =
        comparison_report(view, &compared::pictures(view), &Again::default()).expect("it is made in memory");
    assert!(page.len() < 3_000_000);
    for words in ["How sure?", "What is compared", "class=\"patch\""] {
        assert!(page.contains(words), "no {words:?}");
    }
    for result in &comparison.scenarios {
        let (title, name) = (&result.info.title, &result.info.name);
        assert!(
            page.contains(&format!(">{title}</dt>")) || page.contains(&format!("than {title}")),
            "{title}"
        );
        // The name of the file is only in the table of scenarios.
        assert_eq!(page.matches(&format!(">{name}<")).count(), 1, "{name}");
    }
}

#[test]
fn a_page_says_what_was_found_and_how_to_make_it_again() {
    let found = result(&shipped("bridge.toml"), 300);
    let page = page(&found).replace('\u{a0}', " ");
    let year = found.year("volume", 2030).expect("2030 is covered");
    let median = format!("Median exports in 2030 are {}", kilotonnes(year.median()));
    for words in [
        &median,
        "Tumen River road bridge",
        "198 assumptions: 45 name a source, 153 are judgement",
        "All 300 runs are valid",
        "simulate resolved.toml",
        &"ab".repeat(32),
        "In the deterministic case (every input at its median, noise and random paths at their means, no shocks)",
    ] {
        assert!(page.contains(words), "no {words:?}");
    }
    let rows =
        parts(&page).iter().filter(|element| element.attribute("data-mark") == Some("judgement")).count();
    assert_eq!(rows, found.assumptions.iter().filter(|assumption| assumption.is_judgement()).count());
    for picture in pictures(&found) {
        assert!(page.contains(&format!("id=\"chart-{}\"", picture.name)), "{}", picture.name);
    }
}

/// The page that the program writes: what drives the result is estimated from the runs of the result.
#[test]
#[expect(clippy::disallowed_methods, reason = "what the program has written is read")]
fn the_page_of_a_run_says_what_drives_it_and_how_much_nothing_explains() {
    let out = tempfile::tempdir().expect("there is room");
    let mut command = Command::cargo_bin("simulate").expect("the program is built with its tests");
    command.args(["scenarios/baseline.toml", "--runs", "4000", "--format", "svg", "--out"]).arg(out.path());
    let text = String::from_utf8_lossy(&command.assert().code(0).get_output().stdout).into_owned();
    let page = std::fs::read_to_string(out.path().join("baseline/report.html")).expect("it is written");
    let page = page.replace('\u{a0}', " ");
    let plan = shipped("baseline.toml");
    let found = driven(&plan, 4000);
    let first = &found.list[0];
    let share = corridor::units::format::chance(first.share.value());
    let sentence = format!("Of the variance of exports in 2030 {} alone explains {share}", first.path);
    let (low, high) = found.remainder.interval_95();
    let [rest, low, high] = [found.remainder.value(), low, high].map(corridor::units::format::chance);
    for words in [
        "What drives it?",
        "What drives the result",
        "What would change it?",
        &sentence,
        &format!("{rest} ({low} to {high}) is unexplained (residual)"),
        &format!("Where {} is in its lowest tenth, exports average", first.path),
    ] {
        assert!(page.contains(words), "no {words:?}");
    }
    assert!(text.contains("What drives it\n") && text.replace('\n', " ").contains(&sentence), "{text}");
}

/// An amount of some tens of thousands of tonnes in the format of the page.
fn kilotonnes(tonnes: f64) -> String {
    format!("{} kt", corridor::units::format::number(tonnes / 1e3))
}

#[test]
fn little_or_nothing_still_gives_a_page() {
    let small = "products.grain.volume = \"0 t/year\"\nroutes.ferry.capacity = \"1 t/month\"\n";
    for (end, runs) in [("2025-01", 1), ("2025-03", 1), ("2026-12", 40)] {
        let page = page(&result(&plan(&format!("{}{small}", root_head(end))), runs));
        parts(&page);
        assert!(page.contains("Nothing is uncertain in this scenario."), "{end}");
        assert!(!page.contains("NaN"), "{end}");
    }
}

/// As dotted keys, which may precede others.
fn root_head(end: &str) -> String {
    format!(
        "scenario.title = \"Nothing\"\nrun = {{ start = \"2025-01\", end = \"{end}\", runs = 1, seed = 7 }}\n"
    )
}
