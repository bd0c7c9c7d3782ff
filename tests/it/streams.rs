//! Standard streams, pipes and devices: write errors are reported, endless inputs are refused, and Ctrl-C
//! always works.
#![cfg(unix)]

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const SMALL: &str = "tests/bad/parts/small.toml";

/// Every command that prints, with little to do.
const PRINTING: [&[&str]; 12] = [
    &["schema"],
    &["completions", "bash"],
    &["--help"],
    &["--version"],
    &["check", "--help"],
    &["check", SMALL],
    &["check", SMALL, "--json"],
    &["replay", SMALL, "--run", "1"],
    &["replay", SMALL, "--run", "1", "--json"],
    &["sensitivity", SMALL, "--no-plots", "--runs", "64"],
    &["compare", SMALL, SMALL, "--runs", "64", "--no-plots"],
    &[SMALL, "--runs", "64", "--no-plots", "--json"],
];

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_is_full_is_said_and_ends_with_code_one() {
    for words in PRINTING {
        let output = started(words, Stdio::from(full()), Stdio::piped());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("can't write to standard output"), "{words:?}: {error}");
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    for words in PRINTING {
        let (reader, writer) = std::io::pipe().expect("there are pipes");
        drop(reader);
        let output = started(words, Stdio::from(writer), Stdio::piped());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            (output.status.code(), error.contains("can't write")),
            (Some(0), false),
            "{words:?}: {error}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_error_that_is_full_changes_no_exit_code() {
    for (words, code) in
        [(&["check", SMALL][..], 0), (&["check", "no-such.toml"][..], 2), (&["--no-such"][..], 2)]
    {
        assert_eq!(started(words, Stdio::null(), Stdio::from(full())).status.code(), Some(code), "{words:?}");
    }
}

#[test]
fn pipes_and_devices_are_refused_wherever_a_file_is_read() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("there is mkfifo").success());
    let extends = write(&folder, "extends.toml", "extends = \"pipe\"\n");
    let samples = write(&folder, "samples.toml", "products.flour.volume = \"sample('pipe') t/year\"\n");
    let pipe = pipe.display().to_string();
    for (words, what) in [
        (vec!["check", "/dev/zero"], "a device"),
        (vec!["check", &pipe], "a pipe"),
        (vec!["run", &pipe], "a pipe"),
        (vec!["check", SMALL, "--with", "/dev/zero"], "a device"),
        (vec!["check", SMALL, "--with", &pipe], "a pipe"),
        (vec!["check", &extends], "a pipe"),
        (vec!["check", &samples], "a pipe"),
        (vec!["compare", "--on", SMALL, "--parts", &pipe], "a pipe"),
        (vec!["replay", &pipe, "--run", "1"], "a pipe"),
        (vec!["sensitivity", &pipe], "a pipe"),
        (vec!["bench", &pipe], "a pipe"),
    ] {
        let output = started(&words, Stdio::null(), Stdio::piped());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {error}");
        assert!(
            error.contains(what) && error.contains("from standard input, written -"),
            "{words:?}: {error}"
        );
    }
}

#[test]
fn a_pipe_in_place_of_a_benchmark_or_of_a_result_is_refused() {
    let folder = folder();
    let bench = folder.path().join(".bench");
    std::fs::create_dir(&bench).expect("a folder can be made");
    for pipe in [bench.join("old.json"), folder.path().join("manifest.json")] {
        assert!(Command::new("mkfifo").arg(pipe).status().expect("there is mkfifo").success());
    }
    let out = folder.path().display().to_string();
    for words in [vec!["bench", SMALL, "--against", "old", "--out", &out], vec!["sensitivity", &out]] {
        assert_eq!(started(&words, Stdio::null(), Stdio::null()).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn standard_input_is_one_scenario_with_a_name_of_its_own() {
    let folder = folder();
    let text = super::diagnostics::read(Path::new(SMALL));
    let out = folder.path().display().to_string();
    let run = ["run", "-", "--runs", "64", "--no-plots", "-q", "--out", &out];
    assert_eq!(fed(&run, &text).status.code(), Some(0));
    let named = text.replacen("[scenario]", "[scenario]\nname = \"мост\"", 1);
    assert_eq!(fed(&run, &named).status.code(), Some(0));
    assert_eq!(names(&folder), ["stdin", "мост"]);
    // What it extends is in the working folder, which is that of the package here.
    assert_eq!(fed(&["check", "-"], &format!("extends = \"{SMALL}\"\n")).status.code(), Some(0));
    let twice = fed(&["check", "-", "-"], &text);
    assert_eq!(twice.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&twice.stderr).contains("one scenario only"));
    assert_eq!(fed(&["check", SMALL, "--with", "-"], &text).status.code(), Some(2));
    let outside = fed(&["check", "-"], "extends = \"../../etc/hostname\"\n");
    assert!(String::from_utf8_lossy(&outside.stderr).contains("lies outside"), "{outside:?}");
}

#[test]
fn standard_input_that_never_ends_is_refused_at_its_limit() {
    let mut child =
        simulate().args(["check", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut to = child.stdin.take().expect("is a pipe");
    let block = vec![b'#'; 1 << 16];
    while to.write_all(&block).is_ok() {}
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("larger than 1 MiB"));
}

#[test]
fn ctrl_c_works_while_standard_input_is_read_and_leaves_nothing() {
    let folder = folder();
    let out = folder.path().join("results");
    let mut child =
        simulate().args(["-", "--out"]).arg(&out).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.as_mut().expect("it starts");
    // Long enough to begin reading; earlier, the system ends the program by itself.
    std::thread::sleep(Duration::from_millis(500));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("there is kill").success());
    assert_eq!(ended(child), Some(130));
    assert!(!out.exists(), "something is left");
}

#[test]
fn files_are_read_once_so_that_a_run_is_of_what_they_were() {
    use corridor::results::hash_hex;
    use corridor::scenario::{Request, RunSettings, load};
    let folder = folder();
    let csv = "price\n300\n310\n320\n";
    write(&folder, "prices.csv", csv);
    let layer = super::diagnostics::read(Path::new(SMALL));
    write(&folder, "layer.toml", &layer);
    let own = "extends = \"layer.toml\"\nproducts.flour.price = \"sample('prices.csv') USD/t\"\n";
    let file = write(&folder, "own.toml", own);
    let run = RunSettings { runs: Some(1_000), ..RunSettings::default() };
    let first = load(&Request { file: file.clone().into(), run, ..Request::default() }).expect("is there");
    assert!(first.plan.is_some(), "{}", super::diagnostics::words(&first));
    for (name, text) in [("prices.csv", "price\n1\n"), ("layer.toml", "broken"), ("own.toml", "broken")] {
        write(&folder, name, text);
    }
    std::fs::remove_file(folder.path().join("prices.csv")).expect("is removed");
    let again = load(&first.request.with_runs(200)).expect("is known");
    let plan = again.plan.expect("is the same scenario");
    assert_eq!((plan.info.runs, &plan.inputs), (200, &first.plan.expect("is sound").inputs));
    let hashes: Vec<&str> = again.inputs.iter().map(|input| input.sha256.as_str()).collect();
    for text in [csv, &layer, own] {
        assert!(hashes.contains(&hash_hex(text.as_bytes()).as_str()), "{:?}", again.inputs);
    }
    let runs: Vec<&str> = again
        .inputs
        .iter()
        .map(|input| input.path.as_str())
        .filter(|path| path.starts_with("--set"))
        .collect();
    assert_eq!(runs, ["--set run.runs=200"]);
}

#[test]
fn a_precision_is_reached_with_a_scenario_from_standard_input() {
    let folder = folder();
    let text = super::diagnostics::read(Path::new(SMALL));
    let out = folder.path().display().to_string();
    let words = [
        "run",
        "-",
        "--set",
        "products.flour.volume=10 to 14 kt/year",
        "--precision",
        "5%",
        "--no-plots",
        "-q",
        "--out",
        &out,
    ];
    let output = fed(&words, &text);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names(&folder), ["stdin"]);
}

#[test]
fn a_long_chain_of_files_is_refused_where_it_is_too_long() {
    let folder = folder();
    for number in 0..200 {
        write(&folder, &format!("c{number}.toml"), &format!("extends = \"c{}.toml\"\n", number + 1));
    }
    write(&folder, "c200.toml", &super::diagnostics::read(Path::new(SMALL)));
    let check = |number: u32| {
        let file = folder.path().join(format!("c{number}.toml")).display().to_string();
        started(&["check", &file, "-q"], Stdio::null(), Stdio::piped())
    };
    assert_eq!(check(137).status.code(), Some(0), "64 files");
    let output = check(136);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("more than 64 files") && error.contains("c199.toml:1:11"), "{error}");
}

#[test]
fn names_and_weights_are_not_passed_on_to_what_builds_on_a_scenario() {
    let folder = folder();
    let named =
        super::diagnostics::read(Path::new(SMALL)).replacen("[scenario]", "[scenario]\nname = \"base\"", 1);
    write(&folder, "a.toml", &named);
    let file = write(&folder, "b.toml", "extends = \"a.toml\"\n");
    let request = corridor::scenario::Request { file: file.into(), ..Default::default() };
    let loaded = corridor::scenario::load(&request).expect("is there");
    assert_eq!(loaded.plan.expect("is sound").info.name, "b");
}

fn simulate() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("simulate"))
}

/// A device that accepts no data.
fn full() -> std::fs::File {
    OpenOptions::new().write(true).open("/dev/full").expect("there is one")
}

fn started(words: &[&str], stdout: Stdio, stderr: Stdio) -> Output {
    let folder = folder();
    let mut command = simulate();
    command.args(words).stdin(Stdio::null()).stdout(stdout).stderr(stderr);
    if words.contains(&"--runs") && !words.contains(&"sensitivity") {
        command.arg("--out").arg(folder.path());
    }
    command.spawn().and_then(Child::wait_with_output).expect("it starts")
}

fn fed(words: &[&str], text: &str) -> Output {
    let streams = |command: &mut Command| {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    };
    let mut child = streams(simulate().args(words)).expect("it starts");
    // The program may already have refused the input and closed the pipe.
    let _ = child.stdin.take().expect("is a pipe").write_all(text.as_bytes());
    child.wait_with_output().expect("it ends")
}

/// The exit code, within a minute.
fn ended(child: &mut Child) -> Option<i32> {
    for _ in 0..600 {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().expect("it can be ended");
    None
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).expect("is there").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Writes a file and returns its path.
fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    #[expect(clippy::disallowed_methods, reason = "a test writes its own files")]
    std::fs::write(&path, text).expect("it can be written");
    path.display().to_string()
}
