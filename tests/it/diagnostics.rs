//! The messages about mistakes: `tests/bad` has a file for each kind of mistake and, beside it, the expected
//! text.
//!
//! `CORRIDOR_BLESS=1 cargo test --test it diagnostics` rewrites the texts; read the difference before
//! committing it. Lines that start with `# $` in a bad file are settings of the command line: `# $ --set
//! run.runs=0`.

use corridor::diag::{Diagnostic, Severity, Style, has_errors, render};
use corridor::scenario::{Loaded, Request, load};
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

/// Lines of a file keep their length; words are broken at blanks before the terminal breaks them anywhere.
#[test]
fn words_fit_into_eighty_columns() {
    for file in bad_files() {
        let loaded = load_bad(&file);
        let words = render(&loaded.diagnostics, &loaded.sources, Style { colour: false, width: 80 });
        let is_of_a_file =
            |line: &str| line.split_once(" |").is_some_and(|(number, _)| is_blank_or_number(number));
        let long = words.lines().find(|line| !is_of_a_file(line) && line.chars().count() > 80);
        assert_eq!(long, None, "{}", file.display());
    }
}

fn is_blank_or_number(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c.is_ascii_digit())
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
        loaded.diagnostics.iter().map(|d| loaded.sources.line_and_column(d.labels[0].span).0).collect();
    lines.sort_unstable();
    // Line 8 has `"*" = 5`: defaults that are not a table.
    assert_eq!(lines, [4, 5, 8], "{}", words(&loaded));
}

#[test]
fn mistakes_in_targets_are_told_together_with_all_others() {
    let loaded = load_bad(Path::new("tests/bad/target-beside-others.toml"));
    for line in [4, 7, 8, 9, 11] {
        let told = loaded.diagnostics.iter().any(|problem| {
            problem.labels.iter().any(|label| loaded.sources.line_and_column(label.span).0 == line)
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
        && one.labels.first().map(|label| label.span) == other.labels.first().map(|label| label.span)
}

/// Five mistakes of five kinds in one file: all are reported at once, each with its location.
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
    told.sort_by_key(|problem| problem.labels[0].span);
    assert_eq!(told.len(), expected.len(), "{}", words(&loaded));
    for (problem, (place, underlined, message)) in told.into_iter().zip(expected) {
        let label = &problem.labels[0];
        assert_eq!(loaded.sources.line_and_column(label.span), place, "{}", problem.message);
        assert_eq!(loaded.sources.at(label.span), underlined);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert_eq!(problem.severity, Severity::Error);
    }
}

#[test]
fn a_mistake_in_a_base_file_is_shown_in_that_file() {
    let loaded = load_bad(Path::new("tests/bad/error-in-base.toml"));
    let [problem] = loaded.diagnostics.as_slice() else { panic!("{}", words(&loaded)) };
    let place = problem.labels[0].span;
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
        Request { file: "tests/bad/parts/small.toml".into(), with: vec![large], ..Request::default() },
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

/// A scenario with a price from a file, and the file, in a folder of their own.
fn with_prices(price: &str, prices: &str) -> (tempfile::TempDir, Loaded) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let scenario = folder.path().join("prices.toml");
    let base = read(Path::new("tests/bad/parts/small.toml"));
    write(
        &scenario,
        &format!("{base}\n[products.oil]\ngroup = \"food\"\nvolume = \"1 kt/year\"\nprice = \"{price}\"\n"),
    );
    write(&folder.path().join("prices.csv"), prices);
    let loaded = load(&Request { file: scenario, ..Request::default() }).expect("it was just written");
    (folder, loaded)
}

/// The distribution of the price of the oil, in USD/t.
fn price_of(loaded: &Loaded) -> corridor::dist::Distribution {
    let plan = loaded.plan.as_ref().unwrap_or_else(|| panic!("{}", words(loaded)));
    let input = plan.inputs.iter().find(|input| input.path == "products.oil.price");
    input.expect("the price is uncertain").distribution.clone()
}

#[test]
fn a_sample_from_a_file_is_the_list_of_its_values() {
    let listed = with_prices("sample(31.5, 28, 40) USD/t", "").1;
    let by_name = "sample('prices.csv', column='price') USD/t";
    for (price, prices) in [
        (by_name, "month,price\n2024-01,31.5\n2024-02,28\n2024-03,40\n"),
        (by_name, "\u{feff}price,month\r\n 31.5 ,1\r\n28,2\r\n40,\r\n\r\n"),
        (by_name, "\"month, first\",\"price\"\n\"a\nb\",\"31.5\"\nc,2.8e1\nd,+40"),
        ("sample('prices.csv') USD/t", "price\n31.5\n28\n40\n"),
        ("sample('prices.csv') USD/t", "31.5\n28\n40"),
        ("sample(file='./prices.csv') kUSD/t", "0.0315\n0.028\n0.040\n"),
    ] {
        let (_folder, loaded) = with_prices(price, prices);
        let (drawn, expected) = (price_of(&loaded), price_of(&listed));
        for u in [0.1, 0.5, 0.9] {
            // The conversion of units may change the last bit.
            let difference = (drawn.quantile(u) / expected.quantile(u) - 1.0).abs();
            assert!(difference < 1e-15, "{prices}: {}", drawn.quantile(u));
        }
    }
}

/// The file may no longer exist then: the resolved scenario has its values, and the register still names
/// their source.
#[test]
fn a_resolved_scenario_needs_no_file() {
    let (folder, loaded) = with_prices(
        "sample('prices.csv', column='price') USD/t",
        "price\n31.5\n0.1\n1e-9\n123456789.125\n31.5\n",
    );
    let again = corridor::scenario::load_text("elsewhere/prices.toml", &loaded.resolved);
    drop(folder);
    assert!(loaded.plan.is_some() && again.plan == loaded.plan, "{}", words(&again));
    assert_eq!(again.resolved, loaded.resolved);
    let plan = again.plan.expect("it was just compared");
    let stated = plan.assumptions.iter().find(|assumption| assumption.path == "products.oil.price");
    let written = stated.map(|assumption| assumption.written.as_str());
    assert_eq!(written, Some("sample('prices.csv', column='price') USD/t"));
    assert_eq!(again.inputs.len(), 1, "nothing but the scenario itself was read");
}

#[test]
fn a_file_of_numbers_is_among_the_inputs_once_and_its_hash_tells_of_a_change() {
    let price = "truncate(mixture(50%: sample('prices.csv'), 50%: sample('./prices.csv')), min=0) USD/t";
    let hash = |prices: &str| {
        let (_folder, loaded) = with_prices(price, prices);
        let files: Vec<_> = loaded.inputs.iter().filter(|input| input.path.ends_with("prices.csv")).collect();
        let [file] = files[..] else { panic!("{:?}", loaded.inputs) };
        assert_eq!(file.path, "prices.csv", "paths are recorded as seen from the scenario");
        file.sha256.clone()
    };
    assert_eq!(hash("31.5\n28\n"), hash("31.5\n28\n"));
    assert_ne!(hash("31.5\n28\n"), hash("31.5\n28\n\n"));
}

/// A decimal comma makes an additional cell, which must not be dropped silently.
#[test]
fn rows_of_another_shape_are_refused_with_their_line() {
    let by_name = "sample('prices.csv', column='price') USD/t";
    for (prices, told) in [
        ("month,price\n1,31\n2,1,313\n", "line 3 of `prices.csv` has 3 cells, and the first line has 2"),
        ("month,price\n1,31\n2\n", "line 3 of `prices.csv` has 1 cell, and the first line has 2"),
        ("month,price\n1,31\n\n2,28\n", "line 3 of `prices.csv` is blank"),
        ("month,price\n1,\n", "line 2 of `prices.csv` has nothing where a number belongs"),
        ("month;price\n1;31\n", "line 1 of `prices.csv` has something else than commas"),
        ("price,price\n1,31\n", "line 1 of `prices.csv` names two columns `price`"),
        ("month,price\n1,\"31\n2,28\n", "line 2 of `prices.csv` opens a quotation mark"),
        ("month,price\n1,3\"1\n", "line 2 of `prices.csv` has a quotation mark inside a cell"),
        ("month,price\n1,3\u{0}1\n", "line 2 of `prices.csv` holds a control character"),
    ] {
        let (_folder, loaded) = with_prices(by_name, prices);
        let found = loaded.diagnostics.iter().any(|problem| problem.message.contains(told));
        assert!(found && loaded.plan.is_none(), "{prices:?}: {}", words(&loaded));
    }
}

#[test]
fn samples_that_are_too_large_are_refused_with_the_limit() {
    let price = "sample('prices.csv') USD/t";
    for (prices, limit) in [
        ("31\n".repeat(10_001), "at most 10,000 values; these are 10001"),
        ("31\n".repeat(1024 * 1024 / 3 + 1), "larger than 1 MiB"),
    ] {
        let (_folder, loaded) = with_prices(price, &prices);
        assert!(words(&loaded).contains(limit) && loaded.plan.is_none(), "{}", words(&loaded));
    }
    assert!(with_prices(price, &"31\n28\n".repeat(5000)).1.plan.is_some());
}

/// Each sample is small enough, but together they make a scenario that is too large to be read again.
#[test]
fn a_scenario_that_samples_make_too_large_is_refused() {
    let values: Vec<String> = (0..10_000).map(|value| (f64::from(value) / 7.0 + 0.1).to_string()).collect();
    let parts = ["1: sample('prices.csv')"; 8].join(", ");
    let (_folder, loaded) = with_prices(&format!("mixture({parts}) USD/t"), &values.join("\n"));
    assert!(words(&loaded).contains("larger than 1 MiB") && loaded.plan.is_none(), "{}", words(&loaded));
}

/// Rules for layers hold for files of numbers: a link out of the folder is outside as well.
#[cfg(unix)]
#[test]
fn no_way_leads_out_of_the_folder_to_numbers_elsewhere() {
    let (folder, _) = with_prices("1 USD/t", "");
    let elsewhere = tempfile::NamedTempFile::new().expect("a file for the test");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("link.csv")).expect("a link can be made");
    for path in ["link.csv", "../prices.csv", "/etc/hostname", "a/../../prices.csv"] {
        let request = Request {
            file: folder.path().join("prices.toml"),
            set: vec![format!("products.oil.price=sample('{path}') USD/t")],
            ..Request::default()
        };
        let loaded = load(&request).expect("it was just written");
        assert!(words(&loaded).contains("lies outside the scenario's folder"), "{path}: {}", words(&loaded));
    }
}

/// A `%` on only one of two numbers is a factor of a hundred, wherever they are.
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
        ["mixture(50%: uniform(0, 9), 50%: 9 to 24) months", "truncate(normal(8%, 5%), min=0, max=30%)"]
    {
        assert!(corridor::scenario::parse_quantity(right).is_ok(), "{right}");
    }
}

/// All examples of the guide, as layers of a small scenario, make a plan without warnings.
#[test]
fn the_examples_of_the_guide_can_be_written_as_they_stand() {
    let guide = include_str!("../../src/guide/scenario-format.md");
    let examples = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let folder = tempfile::tempdir().expect("a folder for the test");
    write(&folder.path().join("baseline.toml"), GUIDE_BASE);
    let prices = guide.split("```text\n").find(|block| block.starts_with("month,price\n"));
    let prices =
        prices.and_then(|block| block.split("```").next()).expect("the guide shows a file of numbers");
    write(&folder.path().join("prices.csv"), prices);
    let mut layers = vec!["\"baseline.toml\"".to_owned()];
    for (number, example) in examples.enumerate() {
        write(&folder.path().join(format!("{number}.toml")), example);
        layers.push(format!("\"{number}.toml\""));
    }
    assert!(layers.len() > 8, "the guide has an example for every kind of thing: {layers:?}");
    let all = folder.path().join("all.toml");
    write(&all, &format!("extends = [{}]\n", layers.join(", ")));
    let loaded = load(&Request { file: all, ..Request::default() }).expect("it was just written");
    assert_eq!(loaded.diagnostics, [], "{}", words(&loaded));
    assert!(loaded.plan.is_some());
}

/// The scenario that the guide's examples build on.
const GUIDE_BASE: &str = r#"
scenario.title = "What the guide builds on"
run = { start = "2025-01", end = "2029-12", base_year = 2024 }
groups = { food = {}, inputs = {} }
products.corn = { group = "food", volume = "30 kt/year" }
routes.rail = { capacity = "300 kt/year" }
"#;

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

pub(super) fn words(loaded: &Loaded) -> String {
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
pub(super) fn read(path: &Path) -> String {
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
