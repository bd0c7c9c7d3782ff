//! What a user is told about mistakes: `tests/bad` holds a file for each kind of mistake and, beside it, the words.
//!
//! `CORRIDOR_BLESS=1 cargo test --test it diagnostics` writes the words anew; read the difference before keeping it.
//! Lines that start with `# $` in a bad file are settings of the command line: `# $ --set run.runs=0`.

use corridor::diag::{Diagnostic, Severity, Style, has_errors, render};
use corridor::run::{Silent, run};
use corridor::scenario::{Loaded, Request, load, load_text};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const PLAIN: Style = Style { colour: false, width: 100 };
const FOLDER: &str = "tests/bad";

#[test]
fn every_mistake_is_explained_in_the_words_on_file() {
    let mut different = String::new();
    for file in bad_files() {
        let words = words(&load_bad(&file));
        let stored = file.with_extension("stderr");
        if bless() {
            write(&stored, &words);
        } else if read(&stored) != words {
            let _ = write!(different, "── {} now says ──\n{words}\n", file.display());
        }
    }
    assert!(different.is_empty(), "if these words are better, keep them with CORRIDOR_BLESS=1\n{different}");
}

#[test]
fn every_bad_file_has_its_words_and_no_words_are_without_a_file() {
    let of = |extension: &str| -> Vec<PathBuf> {
        files_with(extension).into_iter().map(|path| path.with_extension("")).collect()
    };
    assert_eq!(of("toml"), of("stderr"));
}

#[test]
fn a_bad_file_gives_errors_and_no_plan_and_a_doubtful_one_gives_both_a_warning_and_a_plan() {
    for file in bad_files() {
        let loaded = load_bad(&file);
        let only_doubtful = name(&file).starts_with("warning-");
        assert!(!loaded.diagnostics.is_empty(), "{} passes without a word", file.display());
        assert_eq!(has_errors(&loaded.diagnostics), !only_doubtful, "{}", file.display());
        assert_eq!(loaded.plan.is_some(), only_doubtful, "{}", file.display());
    }
}

#[test]
fn the_parts_that_bad_files_build_on_have_no_mistake_of_their_own() {
    let small = load_bad(Path::new("tests/bad/parts/small.toml"));
    assert_eq!(small.diagnostics, []);
    assert!(small.plan.is_some());
}

#[test]
fn nothing_that_could_steer_a_terminal_is_shown_raw() {
    for file in bad_files() {
        let words = words(&load_bad(&file));
        let steers = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        };
        assert!(!words.contains(steers), "{}: {words:?}", file.display());
    }
}

#[test]
fn no_problem_is_told_twice() {
    for file in bad_files() {
        let loaded = load_bad(&file);
        for (index, problem) in loaded.diagnostics.iter().enumerate() {
            let twin = loaded.diagnostics[..index].iter().find(|other| same_place_and_words(other, problem));
            assert_eq!(twin, None, "{}", file.display());
        }
    }
}

/// A mistake in the defaults (`"*"`) is one mistake, however many products take them.
#[test]
fn a_mistake_in_the_defaults_is_told_once() {
    let loaded = load_bad(Path::new("tests/bad/defaults.toml"));
    let mut lines: Vec<usize> =
        loaded.diagnostics.iter().map(|d| loaded.sources.line_and_column(d.labels[0].place).0).collect();
    lines.sort_unstable();
    // Line 8 says `"*" = 5`: defaults that are no table.
    assert_eq!(lines, [4, 5, 8], "{}", words(&loaded));
}

#[test]
fn mistakes_in_targets_are_told_together_with_all_others() {
    let loaded = load_bad(Path::new("tests/bad/target-beside-others.toml"));
    for line in [4, 7, 8, 9, 11] {
        let told = loaded.diagnostics.iter().any(|problem| {
            problem.labels.iter().any(|label| loaded.sources.line_and_column(label.place).0 == line)
        });
        // The threshold's dimension can't be known without its metric.
        assert!(told || line == 9, "nothing is said about line {line}\n{}", words(&loaded));
    }
}

#[test]
fn an_extends_on_the_command_line_is_refused_since_nothing_would_follow_it() {
    let loaded = load_bad(Path::new("tests/bad/set-extends.toml"));
    assert!(has_errors(&loaded.diagnostics), "resolved.toml now says\n{}", loaded.resolved);
}

#[test]
fn advice_about_a_backwards_interval_can_be_followed() {
    for (written, right) in
        [("20% to 5% /year", "`5% to 20%`"), ("20 to 5% /year", "`5 to 20%`"), ("20 to 5 /year", "`5 to 20`")]
    {
        let error = corridor::scenario::parse_quantity(written).expect_err("it runs backwards");
        assert!(error.help.as_deref().is_some_and(|help| help.contains(right)), "{written}: {error:?}");
    }
    let error = corridor::scenario::parse_quantity("100 to 100 kt").expect_err("no interval");
    assert!(error.help.is_some_and(|help| !help.contains("100 to 100")), "that is what was written");
}

fn same_place_and_words(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.message == other.message
        && one.labels.first().map(|label| label.place) == other.labels.first().map(|label| label.place)
}

/// Five mistakes of five kinds in one file: all are told at once, each where it is.
#[test]
fn five_mistakes_are_told_in_five_places() {
    let loaded = load_bad(Path::new("tests/bad/five-mistakes.toml"));
    let expected = [
        ((4, 1), "titel", "unknown key"),
        ((7, 11), "20 to 12", "backwards"),
        ((10, 20), "yaer", "is no unit"),
        ((11, 21), "\"inptus\"", "there is no group"),
        ((14, 11), "\"2026-14\"", "is no month"),
    ];
    let mut told: Vec<&Diagnostic> = loaded.diagnostics.iter().collect();
    told.sort_by_key(|problem| problem.labels[0].place);
    assert_eq!(told.len(), expected.len(), "{}", words(&loaded));
    for (problem, (place, underlined, message)) in told.into_iter().zip(expected) {
        let label = &problem.labels[0];
        assert_eq!(loaded.sources.line_and_column(label.place), place, "{}", problem.message);
        assert_eq!(loaded.sources.at(label.place), underlined);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert_eq!(problem.severity, Severity::Error);
    }
}

#[test]
fn a_mistake_in_a_base_file_is_shown_in_that_file() {
    let loaded = load_bad(Path::new("tests/bad/error-in-base.toml"));
    let [problem] = loaded.diagnostics.as_slice() else { panic!("{}", words(&loaded)) };
    let place = problem.labels[0].place;
    assert!(loaded.sources.file(place.file).name.ends_with("with-a-mistake.toml"), "{}", words(&loaded));
    assert_eq!((loaded.sources.line_and_column(place), loaded.sources.at(place)), ((4, 13), "parsec"));
}

#[test]
fn a_file_over_one_mebibyte_is_refused_wherever_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let large = folder.path().join("large.toml");
    let small = folder.path().join("small.toml");
    write(&large, &"# a comment that goes on\n".repeat(1024 * 1024 / 25 + 1));
    write(&small, "extends = \"large.toml\"\n");
    let alone = load(&Request { file: large.clone(), ..Request::default() });
    assert!(alone.is_err_and(|error| error.to_string().contains("1 MiB")));
    for request in [
        Request { file: small.clone(), ..Request::default() },
        Request { file: "tests/bad/parts/small.toml".into(), with: vec![large], set: Vec::new() },
    ] {
        let loaded = load(&request).expect("the file itself can be read");
        assert!(words(&loaded).contains("larger than 1 MiB"), "{}", words(&loaded));
        assert!(loaded.plan.is_none());
    }
}

#[test]
fn a_scenario_that_is_not_there_is_an_error_with_its_path() {
    let missing = load(&Request { file: "tests/bad/no-such.toml".into(), ..Request::default() });
    let message = missing.map(|_| ()).expect_err("there is no such file").to_string();
    assert!(message.contains("tests/bad/no-such.toml"), "{message}");
}

/// A `%` on one side and none on the other is a factor of a hundred, wherever the two stand.
#[test]
fn percent_and_none_are_not_mixed_inside_distributions_either() {
    for mixed in [
        "mixture(50%: uniform(0, 9%), 50%: uniform(9, 24)) /year",
        "truncate(normal(8%, 5%), min=0, max=30) /year",
        "truncate(normal(80%, 5%), min=0.5)",
        "discrete(5%, 1)",
        "discrete(50%: 5%, 50%: 0.5)",
    ] {
        assert!(corridor::scenario::parse_quantity(mixed).is_err(), "{mixed}");
    }
    for right in
        ["mixture(50%: uniform(0, 9), 0.5: 9 to 24) months", "truncate(normal(8%, 5%), min=0, max=30%)"]
    {
        assert!(corridor::scenario::parse_quantity(right).is_ok(), "{right}");
    }
}

/// Whatever is done to a shipped scenario: it gives messages that can be shown or figures that are finite, never a panic.
#[test]
fn no_slip_of_the_keys_makes_the_program_panic() {
    let survived = mutate_all(64, 24);
    assert!(survived > 20, "only {survived} mutations still load: they test little");
}

/// For minutes that are left: `cargo test --release --test it -- --ignored ten_thousands`.
#[test]
#[ignore = "takes minutes"]
fn no_slip_of_the_keys_makes_the_program_panic_in_ten_thousands_of_tries() {
    mutate_all(4000, 32);
}

/// As large, as small, as long and as wild as numbers can be: each gives finite figures, or an error that says why not.
#[test]
fn extreme_numbers_give_finite_figures_or_an_error() {
    let mut harmed = String::new();
    let base = read(Path::new("tests/bad/parts/small.toml"));
    for (what, layer) in [
        ("large", "products.flour.volume = \"1e30 t/year\"\nproducts.flour.price = \"1e30 USD/t\""),
        ("growing", "products.flour.growth = \"1e30 /year\"\nproducts.seeds.growth = \"-1e30 /year\""),
        ("growing at random", "products.flour.growth = \"normal(0, 1e30) /year\""),
        (
            "growing to a ceiling",
            "products.flour.growth = \"1e30 /year\"\nproducts.flour.ceiling = \"1e-30 kt/year\"",
        ),
        (
            "far above its ceiling",
            "products.flour.volume = \"1e30 t/year\"\nproducts.flour.ceiling = \"100 kt/year\"",
        ),
        ("without demand", "products.flour.volume = \"0 t/year\"\nproducts.seeds.volume = \"0 t/year\""),
        ("without capacity", "routes.rail.capacity = \"0 t/year\"\nroutes.road.capacity = \"0 t/year\""),
        ("without money", "finance.cash = \"0 USD/year\"\nproducts.flour.price = \"313 USD/t\""),
        ("noisy", "products.flour.noise = { sd_log = 20, persistence = 0.999 }"),
        ("noisier", "products.flour.noise = { sd_log = 1e30 }"),
        ("never open", "events.bridge.probability = 0"),
        ("late", "events.bridge.delay = \"1e30 months\"\nevents.bridge.ramp = \"1e30 months\""),
        ("long ago", "events.bridge.planned = \"0000-01\""),
        ("far away", "events.bridge.planned = \"9999-12\""),
        ("wild", "products.flour.volume = \"lognormal(median=1, sd_log=20) kt/year\""),
        ("in debt", "finance.credit = { limit = \"1e30 USD\", drawdown = \"1e30 USD/year\" }"),
        ("one month", "run.end = \"2025-01\""),
        ("twelve hundred months", "run.end = \"2124-12\""),
        ("one run", "run.runs = 1"),
    ] {
        let text = with_keys(&base, layer);
        match std::panic::catch_unwind(|| try_out("extreme.toml", &text, 40)) {
            Ok(Ok(_)) => {}
            Ok(Err(problem)) => drop(writeln!(harmed, "{what}: {problem}")),
            Err(_) => drop(writeln!(harmed, "{what}: it panics")),
        }
    }
    assert!(harmed.is_empty(), "{harmed}");
}

/// The text with other values: `a.b = 1` on lines of their own replace or add `b` under `[a]`.
fn with_keys(base: &str, layer: &str) -> String {
    layer.lines().fold(base.to_owned(), |text, line| {
        let (path, value) = line.split_once(" = ").expect("key = value");
        let (table, key) = path.rsplit_once('.').expect("a key inside a table");
        let header = format!("[{table}]\n");
        let Some(at) = text.find(&header).map(|at| at + header.len()) else {
            return format!("{text}\n{line}\n");
        };
        let end = text[at..].find("\n[").map_or(text.len(), |end| at + end);
        let rest =
            text[at..end].lines().filter(|other| other.split_once('=').is_none_or(|(k, _)| k.trim() != key));
        let rest: Vec<&str> = rest.collect();
        format!("{}{key} = {value}\n{}\n{}", &text[..at], rest.join("\n"), &text[end..])
    })
}

/// Mutates every shipped scenario so many times; gives how many of the mutations still made a plan.
fn mutate_all(times: u64, runs: u64) -> usize {
    let (mut harmed, mut survived) = (String::new(), 0);
    for name in ["baseline", "bridge", "combined", "combined-tight", "expansion", "financing-limits"] {
        let file = format!("scenarios/{name}.toml");
        let text = read(Path::new(&file));
        for number in 0..times {
            let mutated = mutated(&text, number);
            let problem = match std::panic::catch_unwind(|| try_out(&file, &mutated, runs)) {
                Ok(Ok(made_a_plan)) => {
                    survived += usize::from(made_a_plan);
                    continue;
                }
                Ok(Err(problem)) => problem,
                Err(_) => "it panics".to_owned(),
            };
            let _ = writeln!(harmed, "{file}, mutation {number}: {problem}\n{}", difference(&text, &mutated));
        }
    }
    assert!(harmed.is_empty(), "{harmed}");
    survived
}

/// Loads a text, shows its problems, and if there is a plan, runs it and loads what it resolves to.
fn try_out(name: &str, text: &str, runs: u64) -> Result<bool, String> {
    let loaded = load_text(name, text);
    let words = words(&loaded);
    if words.contains(|c: char| c.is_control() && c != '\n') {
        return Err(format!("control characters are shown: {words:?}"));
    }
    let Some(mut plan) = loaded.plan else {
        let told = has_errors(&loaded.diagnostics);
        return if told { Ok(false) } else { Err("no plan and not a word why".to_owned()) };
    };
    let again = load_text("scenarios/resolved.toml", &loaded.resolved);
    if again.plan.as_ref() != Some(&plan) {
        return Err(format!("resolved, it loads to another plan\n{}", self::words(&again)));
    }
    plan.info.runs = runs;
    let result = run(&plan, &Silent).expect("nobody stops it");
    for metric in &result.metrics {
        for summary in metric.monthly.iter().chain(&metric.yearly) {
            let figures = [summary.mean, summary.sd, summary.standard_error];
            if !figures.iter().chain(&summary.quantiles).all(|figure| figure.is_finite() && *figure >= 0.0) {
                return Err(format!("{} is negative or not finite: {summary:?}", metric.path));
            }
        }
    }
    Ok(true)
}

/// What a hand, a merge gone wrong or an enemy may put behind an equals sign.
const NASTY: &[&str] = &[
    "",
    r#""""#,
    "-1",
    "0",
    "1",
    "1e400",
    "nan",
    "-inf",
    "[]",
    "{}",
    r#""\u0000""#,
    r#""\u001b[2J""#,
    "true",
    "2025-01-01",
    "99999999999999999999",
    "-9223372036854775808",
    "0x7fffffffffffffff",
    r#""1e30 t/year""#,
    r#""0 t/year""#,
    r#""1e-300 to 1e30 t/year""#,
    r#""lognormal(median=1, sd_log=20) kt/year""#,
    r#""normal(0, 1e30) /year""#,
    r#""-1e30 /year""#,
    r#""1e30 /year""#,
    r#""0.000001 to 1e6 MUSD/year""#,
    r#""1e30 MUSD""#,
    r#""1e30 USD/t""#,
    r#""0 USD/t""#,
    r#""1e9 months""#,
    r#""uniform(0, 1e30) months""#,
    r#""0 to 1""#,
    "1.0",
    r#""100%""#,
    r#""0%""#,
    r#""beta(0.001, 0.001)""#,
    "\"é ü 漢字 \u{202e}\"",
    r#""truncate(truncate(truncate(normal(0, 1), min=0), min=0), min=0)""#,
    r#""mixture(1: 5, 1e30: 6)""#,
    "'''",
    r#"""""#,
    "{ value = 1 }",
    "{ value = {} }",
    r#"{ value = "5 to 10 kt/year", confidence = "low" }"#,
    "[[[[[[[[[]]]]]]]]]",
    "[1, 2, 3]",
    "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e5]",
    "[1e-300, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    r#""food""#,
    r#""bridge""#,
    r#"["food"]"#,
    r#""2025-01""#,
    r#""9999-12""#,
    r#""0000-01""#,
    r#""products.*.demand""#,
    r#""*""#,
    r#""finance.cash""#,
    r#""volume""#,
    r#""events.bridge.started""#,
];

/// What a slip puts in the middle of a line.
const STRAY: &[&str] =
    &["\"", "]", "[", ".", "\u{0}", "\u{1b}", "=", "é", " ", "{", "9", "-", "#", "%", "\\"];

/// The mutation of this number: the same for all time, so that a number in a report can be tried again.
fn mutated(text: &str, number: u64) -> String {
    // SplitMix64: some numbers without a pattern are all that is needed.
    let pick = |salt: u64, below: usize| {
        let mut z = (number * 8 + salt).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).expect("it is below a usize")
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (place, other) = (pick(1, lines.len()), pick(2, lines.len()));
    match number % 8 {
        0 => return text[..text.floor_char_boundary(pick(3, text.len()))].to_owned(),
        1 => drop(lines.remove(place)),
        2 => lines.insert(other, lines[place].clone()),
        3 => lines.swap(place, other),
        4 => {
            let at = lines[place].floor_char_boundary(pick(3, lines[place].len() + 1));
            lines[place].insert_str(at, STRAY[pick(4, STRAY.len())]);
        }
        5 if number.is_multiple_of(5) => lines[place] = "very long ".repeat(5000),
        // Most lines are notes; the first line from here on that has a value gets another one.
        _ => {
            let skipped = lines.iter().skip(place).position(|line| line.contains(" = ")).unwrap_or(0);
            let line = &mut lines[place + skipped];
            if let Some((key, _)) = line.split_once(" = ") {
                *line = format!("{key} = {}", NASTY[pick(5, NASTY.len())]);
            }
        }
    }
    lines.join("\n")
}

/// The first lines that the mutation changed.
fn difference(text: &str, mutated: &str) -> String {
    let old: Vec<&str> = text.lines().collect();
    let new = mutated.lines().enumerate().filter(|(place, line)| old.get(*place) != Some(line));
    new.take(3).fold(String::new(), |mut shown, (place, line)| {
        let _ = writeln!(shown, "{:>4} {}", place + 1, &line[..line.floor_char_boundary(200)]);
        shown
    })
}

/// Loads a bad file with the settings that its comments name.
fn load_bad(file: &Path) -> Loaded {
    let mut request = Request { file: file.to_owned(), ..Request::default() };
    for line in read(file).lines().filter_map(|line| line.strip_prefix("# $ ")) {
        match line.split_once(' ') {
            Some(("--set", setting)) => request.set.push(setting.to_owned()),
            Some(("--with", layer)) => request.with.push(layer.into()),
            _ => panic!("{}: `{line}` is neither --set nor --with", file.display()),
        }
    }
    load(&request).expect("the bad files can be read")
}

fn words(loaded: &Loaded) -> String {
    render(&loaded.diagnostics, &loaded.sources, PLAIN)
}

fn bad_files() -> Vec<PathBuf> {
    files_with("toml")
}

fn files_with(extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(FOLDER).expect("tests run in the package's folder");
    let mut files: Vec<PathBuf> = entries
        // With `/` on every system, since the paths are shown.
        .map(|entry| format!("{FOLDER}/{}", entry.expect("the folder can be read").file_name().display()))
        .map(PathBuf::from)
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file has a name").to_string_lossy().into_owned()
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "blessing writes the words anew; other writes go to a temporary folder"
)]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the file can be written");
}

#[expect(clippy::disallowed_methods, reason = "blessing is asked for by an environment variable")]
fn bless() -> bool {
    std::env::var("CORRIDOR_BLESS").is_ok_and(|value| value == "1")
}
