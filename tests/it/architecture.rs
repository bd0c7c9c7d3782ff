//! The rules of the source, checked in the source: which modules may use which, the length of files, and what
//! only outer modules may do.
//!
//! The rules are documented in `src/guide/architecture.md`. To change a rule, change it in both files, with a
//! reason.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The rows, from the basic modules at the bottom to the command line at the top. A module uses rows below
/// its own.
const ROWS: &[&[&str]] = &[
    &["units", "time", "batch", "diag", "kernel"],
    &["rng", "dist", "stats", "plot"],
    &["sample"],
    &["plan"],
    &["model", "results"],
    &["run", "sensitivity"],
    &["attribution", "compare", "yardstick"],
    &["scenario", "report"],
    &["study"],
    &["cli"],
];

/// Modules in no row: the crate's front page, the program, pages of text.
const OUTSIDE: &[&str] = &["lib", "main", "guide"];

/// Uses within a row that are allowed, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    // The nearest known unit is suggested for an unknown one; `nearest` depends on words alone.
    ("units", "diag"),
];

/// The maximum number of lines of a file; a longer one must be split.
const MOST_LINES: usize = 600;

/// A comment that is wider is read in two halves.
const MOST_COLUMNS: usize = 110;

/// Functions whose last bits differ between processors and versions of libm; `crate::kernel` and `libm` are
/// the same everywhere. `sqrt`, `abs`, `floor` and their like are exact by IEEE 754 and so allowed.
const PLATFORM_MATHS: &[&str] = &[
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "sin", "cos", "tan",
    "asin", "acos", "atan", "atan2", "sin_cos", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt",
    "hypot", "mul_add", "gamma", "ln_gamma",
];

#[test]
fn every_module_stands_in_exactly_one_row() {
    let mut problems = String::new();
    for module in files().iter().map(|file| file.module.clone()).collect::<std::collections::BTreeSet<_>>() {
        let rows = ROWS.iter().filter(|row| row.contains(&module.as_str())).count();
        if rows != 1 && !OUTSIDE.contains(&module.as_str()) {
            let _ = writeln!(
                problems,
                "src/{module} stands in {rows} rows; give it one in ROWS and in src/guide/architecture.md"
            );
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn modules_use_only_rows_below_their_own() {
    let mut problems = String::new();
    for file in files().iter().filter(|file| !OUTSIDE.contains(&file.module.as_str())) {
        for (line, used) in paths(&file.code, "crate") {
            let pair = (file.module.as_str(), used.as_str());
            let (Some(own), Some(other)) = (row(pair.0), row(pair.1)) else { continue };
            if pair.0 != pair.1 && other >= own && !EXCEPTIONS.contains(&pair) {
                let way = if other == own { "its own row" } else { "a row above" };
                let _ = writeln!(
                    problems,
                    "{}:{line}: `{}` uses `{}`, {way}",
                    file.path.display(),
                    pair.0,
                    pair.1
                );
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}tests that need an upper row belong into tests/it");
}

#[test]
fn every_exception_is_still_needed() {
    for &(module, other) in EXCEPTIONS {
        let needed = files().iter().any(|file| {
            file.module == module && paths(&file.code, "crate").iter().any(|(_, used)| used == other)
        });
        assert!(needed, "`{module}` doesn't use `{other}` any more: take it out of EXCEPTIONS");
    }
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let mut problems = String::new();
    for file in files() {
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            let _ = writeln!(problems, "{}: {lines} lines", file.path.display());
        }
    }
    assert!(problems.is_empty(), "\n{problems}the most is {MOST_LINES}");
}

/// `rustfmt` keeps the width of code and leaves comments as they are.
#[test]
fn no_comment_is_wider_than_a_hundred_and_ten_columns() {
    let mut problems = String::new();
    for file in files() {
        for (number, line) in numbered(&file.text) {
            if line.trim_start().starts_with("//") && line.chars().count() > MOST_COLUMNS {
                let _ =
                    writeln!(problems, "{}:{number}: {} columns", file.path.display(), line.chars().count());
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}the most is {MOST_COLUMNS}");
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let mut problems = String::new();
    for file in files() {
        let first = file.text.lines().next().unwrap_or_default();
        if first.strip_prefix("//! ").is_none_or(|words| words.trim().len() < 10) {
            let _ = writeln!(problems, "{}:1: starts with `{first}`", file.path.display());
        }
    }
    assert!(problems.is_empty(), "\n{problems}a file starts with `//! ` and what it is for");
}

/// Pictures may differ in a bit of a pixel; numbers may not. So `plot` and `report` may, and tests that only
/// compare within a tolerance may. No result comes from `yardstick`, and its twin has to share no arithmetic
/// with the model.
#[test]
fn numbers_are_made_without_the_platforms_mathematics() {
    let mut problems = String::new();
    for file in files().iter().filter(|file| !["plot", "report", "yardstick"].contains(&file.module.as_str()))
    {
        for (number, line) in numbered(&file.production()) {
            for function in PLATFORM_MATHS {
                let called = line.contains(&format!(".{function}("));
                let named = ["f64", "f32"].iter().any(|float| has_path(line, float, function));
                if called || named {
                    let _ =
                        writeln!(problems, "{}:{number}: `{function}`: {}", file.path.display(), line.trim());
                }
            }
        }
    }
    assert!(
        problems.is_empty(),
        "\n{problems}use `crate::kernel` or `libm`: they give the same bits everywhere"
    );
}

#[test]
fn files_are_touched_by_the_store_and_the_loader_only() {
    let may =
        |path: &Path| path.starts_with("src/results/store") || path == Path::new("src/scenario/files.rs");
    refuse(&["fs"], &[], may, "files are read by scenario::files and written by results::store");
}

#[test]
fn the_environment_and_the_clock_are_read_at_the_edge_only() {
    let edge = |path: &Path| path.starts_with("src/cli");
    refuse(&["env", "process", "net"], &[], edge, "only `cli` may: results depend on nothing else");
    let clock = |path: &Path| path == Path::new("src/study/clock.rs");
    let why = "only study::Clock may: how long things took is reported beside results";
    refuse(&[], &["Instant", "SystemTime"], clock, why);
}

/// The drawing in the guide is the one that is checked here.
#[test]
fn the_table_of_layers_in_the_docs_is_the_one_that_holds() {
    let page = text(Path::new("src/guide/architecture.md"));
    let drawn: Vec<(usize, Vec<String>)> = page
        .lines()
        .filter_map(|line| line.trim().split_once("  "))
        .filter_map(|(number, names)| Some((number.parse().ok()?, names)))
        .map(|(number, names)| {
            let names = names.split_whitespace().take_while(|word| row(word).is_some());
            (number, names.map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(drawn.len(), ROWS.len(), "the page shows the rows as lines like `5  cli`: {drawn:?}");
    let existing = |name: &&str| files().iter().any(|file| file.module == **name);
    for (number, mut names) in drawn {
        let mut expected: Vec<&str> = ROWS[number].iter().copied().filter(existing).collect();
        names.sort();
        expected.sort_unstable();
        assert_eq!(names, expected, "row {number} of the table in src/guide/architecture.md");
    }
}

/// Fails where code outside tests uses parts of `std`, or names, that only some files may use.
fn refuse(parts: &[&str], names: &[&str], may: impl Fn(&Path) -> bool, why: &str) {
    let mut problems = String::new();
    for file in files().iter().filter(|file| !may(&file.path)) {
        let code = file.production();
        for (line, part) in paths(&code, "std").iter().filter(|(_, part)| parts.contains(&part.as_str())) {
            let is_exit_code = part == "process" && file.module == "main";
            if !is_exit_code {
                let _ = writeln!(problems, "{}:{line}: std::{part}", file.path.display());
            }
        }
        for (number, line) in numbered(&code) {
            for name in names.iter().filter(|name| words(line).any(|word| word == **name)) {
                let _ = writeln!(problems, "{}:{number}: {name}", file.path.display());
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}{why}");
}

/// A source file.
struct File {
    path: PathBuf,
    /// Its top-level module.
    module: String,
    text: String,
    /// The text with comments and the insides of strings blanked, line by line.
    code: String,
}

impl File {
    /// The code without tests.
    fn production(&self) -> String {
        if self.path.ends_with("tests.rs") { String::new() } else { without_tests(&self.code) }
    }
}

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn files() -> Vec<File> {
    let (mut found, mut folders) = (Vec::new(), vec![PathBuf::from("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("tests run in the package's folder") {
            let path = entry.expect("the source can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = text(&path);
                let code = code_of(&text);
                found.push(File { module: module_of(&path), path, text, code });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn module_of(path: &Path) -> String {
    let top = path.components().nth(1).expect("every file lies in src");
    Path::new(top.as_os_str()).file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

#[expect(clippy::disallowed_methods, reason = "the source is what is tested")]
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the source can be read")
}

fn numbered(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().map(|(index, line)| (index + 1, line))
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}

fn has_path(line: &str, first: &str, second: &str) -> bool {
    let path = format!("{first}::{second}");
    line.match_indices(&path)
        .any(|(at, _)| !line[at + path.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The first names behind `root::`, with their lines; `root::{a::b, c}` names `a` and `c`.
fn paths(code: &str, root: &str) -> Vec<(usize, String)> {
    let start = format!("{root}::");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&start) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + start.len()..];
        let first_name = |part: &str| words(part.trim_start()).next().unwrap_or_default().to_owned();
        match rest.strip_prefix('{') {
            Some(group) => {
                found.extend(parts_of_group(group).into_iter().map(|part| (line, first_name(part))));
            }
            None => found.push((line, first_name(rest))),
        }
    }
    found
}

/// The parts of a group of imports, up to its closing bracket.
fn parts_of_group(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                parts.push(&group[start..at]);
                break;
            }
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The code with its test modules blanked: what follows `#[cfg(test)]`, up to a bracket in the first column.
fn without_tests(code: &str) -> String {
    let (mut plain, mut awaited, mut inside) = (String::new(), false, false);
    for line in code.lines() {
        inside |= awaited && line.starts_with("mod ") && line.ends_with('{');
        awaited = line.trim() == "#[cfg(test)]";
        plain.push_str(if inside { "" } else { line });
        plain.push('\n');
        inside &= line != "}";
    }
    plain
}

/// The text without comments and without the contents of quotes; line numbers are unchanged.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            'r' if rest.starts_with("r\"") || rest.starts_with("r#") => raw(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..skipped].matches('\n'));
            rest = &rest[skipped..];
        }
    }
    code
}

/// The length of a string in quotes.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let is_end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// The length of a raw string; 0 when it is a raw name.
fn raw(text: &str) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[2 + hashes..].find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len())
}

/// The length of a character in quotes; 0 when it is a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            text[2..].char_indices().skip(1).find(|&(_, c)| c == '\'').map_or(0, |(at, _)| at + 3)
        }
        Some(_) => chars.next().filter(|&(_, c)| c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

#[test]
fn the_readers_of_this_file_see_what_is_code_and_what_is_not() {
    let source = "use crate::{a::{b, c}, d};\n// crate::e\nlet x = \"crate::f \\\" crate::g\"; 'l: crate::h\n\
                  r#\"crate::i\"#; '\"'; crate::j; '\\''; /* crate::k\n */ x.exp(); macrocrate::l\n";
    let found: Vec<(usize, String)> = paths(&code_of(source), "crate");
    let expected = [(1, "a"), (1, "d"), (3, "h"), (4, "j")].map(|(line, name)| (line, name.to_owned()));
    assert_eq!(found, expected, "{}", code_of(source));
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\n    b\n}\nc\n"), "a\n#[cfg(test)]\n\n\n\nc\n");
}
