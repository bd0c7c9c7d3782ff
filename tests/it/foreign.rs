//! Texts of all scripts, and texts with hidden characters, go through every command: each is shown unchanged,
//! or with replacement characters, and none stops a run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Ordinary texts whose first, middle and last characters are not ASCII.
const LEGITIMATE: [&str; 6] = [
    "ФТС России, таможня",
    "다리가 열린다",
    "الجسر مفتوح، می\u{200c}خواهم",
    "👩\u{200d}🚀 rocket 🏳\u{fe0f}\u{200d}🌈",
    "e\u{301}te\u{301}, n\u{303}",
    "– 葛\u{e0100}城 »",
];

/// Texts that hide something, or that could be mistaken for something else.
const HOSTILE: [&str; 4] = [
    "\u{9b}31mred\u{9b}",
    "\u{202e}txt.exe\u{2066}",
    "\u{200b}a\u{feff}b\u{e0041}\u{e007f}",
    "=1+cmd|'/c calc'!A0",
];

/// Characters that must not reach any output for people.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

#[test]
fn texts_of_every_script_go_through_every_command_as_they_are() {
    for text in LEGITIMATE {
        let place = Place::new(text, text);
        place.every_command();
        let assumptions = place.read("output/scenario/assumptions.csv");
        assert!(assumptions.contains(&format!("{text} – {text}")), "{text:?} in {assumptions}");
        assert!(place.read("output/scenario/report.html").contains(text), "{text:?}");
        assert_eq!(place.json("output/scenario/manifest.json")["title"], format!("{text} – {text}"));
    }
}

#[test]
fn texts_that_hide_something_are_shown_as_what_stands_for_it_and_kept_in_json() {
    for text in HOSTILE {
        let place = Place::new(text, "plain");
        place.every_command();
        assert_eq!(place.json("output/scenario/manifest.json")["title"], format!("{text} – {text}"));
        let resolved: toml::Table = place.read("output/scenario/resolved.toml").parse().expect("is TOML");
        assert_eq!(resolved["scenario"]["title"].as_str(), Some(format!("{text} – {text}").as_str()));
    }
}

#[test]
fn a_benchmark_and_its_record_take_any_text() {
    let place = Place::new(&LEGITIMATE.concat(), "plain");
    place.run(&["bench", "scenario.toml", "--quick", "--save", "x", "--json"]);
    place.harmless();
}

#[test]
fn no_cell_of_any_table_is_taken_for_a_formula() {
    let place = Place::new("=1+1", "plain");
    place.every_command();
    let tables: Vec<PathBuf> = files_below(&place.folder.path().join("output"), "csv");
    assert!(tables.len() > 8, "{tables:?}");
    for table in tables {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&table).expect("is there");
        for row in reader.records().map(|row| row.expect("is a row")) {
            let formula = row
                .iter()
                .find(|cell| cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err());
            assert_eq!(formula, None, "{}", table.display());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_runs_like_any_other() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::new("x", "plain");
    let name = std::ffi::OsStr::from_bytes(b"\xffna\xc3me\xfe.toml");
    std::fs::copy(place.folder.path().join("scenario.toml"), place.folder.path().join(name))
        .expect("is copied");
    for command in ["run", "check"] {
        let mut started = simulate(place.folder.path());
        let output = started.arg(command).arg(name).arg("--json").output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A folder with a scenario full of a text.
struct Place {
    folder: TempDir,
    /// The name of files and folders.
    name: String,
    text: String,
}

impl Place {
    fn new(text: &str, name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let place = Self { folder, name: name.to_owned(), text: text.to_owned() };
        std::fs::create_dir(place.folder.path().join(name)).expect("a folder can be made");
        place.write(&format!("{name}/{name}.csv"), &format!("\"{name}\",b\n12,1\n14,2\n17,3\n"));
        place.write("scenario.toml", &place.scenario());
        place.write(
            &format!("{name}.toml"),
            "extends = \"scenario.toml\"\nroutes.rail.capacity = \"2 kt/month\"\n",
        );
        place
    }

    fn scenario(&self) -> String {
        let text = quoted(&format!("{0} – {0}", self.text));
        let sample = quoted(&format!("sample('{0}/{0}.csv', column='{0}') kt/year", self.name));
        format!(
            "[scenario]\ntitle = {text}\ndescription = {text}\n\
             [run]\nstart = \"2025-01\"\nend = \"2026-12\"\nruns = 64\nseed = 7\n\
             [products.corn]\ntitle = {text}\n\
             volume = {{ value = {sample}, source = {text}, note = {text} }}\n\
             growth = {{ value = \"normal(5%, 3%) /year\", source = {text} }}\n\
             [routes.rail]\ntitle = {text}\ncapacity = {{ value = \"1 kt/month\", source = {text} }}\n\
             [events.gate]\ntitle = {text}\nplanned = \"2025-06\"\n\
             [events.gate.effects.more]\non = \"routes.rail.capacity\"\nmultiply = 1.5\n\
             [targets.ten]\ntitle = {text}\nmetric = \"volume\"\nyear = 2026\nat_least = \"14 kt/year\"\n"
        )
    }

    fn write(&self, path: &str, text: &str) {
        #[expect(clippy::disallowed_methods, reason = "a test writes its own files")]
        std::fs::write(self.folder.path().join(path), text).expect("it can be written");
    }

    fn read(&self, path: &str) -> String {
        super::diagnostics::read(&self.folder.path().join(path))
    }

    fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(path)).expect("is JSON")
    }

    /// Runs every command except `bench`, and checks all files and messages.
    fn every_command(&self) {
        let layer = format!("{}.toml", self.name);
        let set = format!("routes.rail.title={}", self.text);
        let (with, note) = (["--with", layer.as_str()], ["--set", set.as_str()]);
        let twins = ["scenario.toml", layer.as_str()];
        self.run(&[&["run"][..], &twins[..1], &["--json", "--threads", "1"]].concat());
        self.run(
            &[&["run"][..], &twins[..1], &with, &note, &["--no-plots", "--out", self.name.as_str()]].concat(),
        );
        self.run(&[&["check"][..], &twins[..], &["--json"]].concat());
        self.run(&[&["check"][..], &twins[..1], &with, &note].concat());
        self.run(&[&["compare"][..], &twins[..], &["--name", self.name.as_str()]].concat());
        self.run(&["compare", "--on", "scenario.toml", "--parts", &layer, "--no-plots", "--json"]);
        self.run(&["sensitivity", "scenario.toml"]);
        self.run(&["replay", "scenario.toml", "--run", "3"]);
        self.run(&["replay", "scenario.toml", "--run", "3", "--json"]);
        self.harmless();
        // A mistake repeats what was typed.
        self.fails(&["check", "scenario.toml", "--set", &format!("products.corn.volume={}", self.text)]);
        self.fails(&["replay", "scenario.toml", "--run", "3", "--metric", &self.text]);
        self.fails(&["check", &format!("{}-is-not-there.toml", self.text)]);
        self.fails(&["check", "scenario.toml", &format!("--{}", self.text)]);
    }

    fn run(&self, words: &[&str]) {
        let output = self.output(words);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn fails(&self, words: &[&str]) {
        assert_eq!(self.output(words).status.code(), Some(2), "{words:?}");
    }

    /// The output of a command, checked for hidden characters.
    fn output(&self, words: &[&str]) -> Output {
        let output = simulate(self.folder.path()).args(words).output().expect("it starts");
        for stream in [&output.stdout, &output.stderr] {
            let said = String::from_utf8(stream.clone()).expect("is text");
            assert_eq!(said.chars().find(|&c| is_hidden(c)), None, "{words:?}: {said:?}");
        }
        output
    }

    /// Checks that no written text has hidden characters.
    fn harmless(&self) {
        for kind in ["csv", "html", "svg", "json", "toml"] {
            for file in files_below(&self.folder.path().join("output"), kind) {
                let text = super::diagnostics::read(&file);
                assert_eq!(text.chars().find(|&c| is_hidden(c)), None, "{}", file.display());
            }
        }
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn simulate(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("simulate"));
    command.current_dir(folder);
    command
}

fn files_below(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let found = entries.flat_map(|path| if path.is_dir() { files_below(&path, kind) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|found| found == kind)).collect()
}
