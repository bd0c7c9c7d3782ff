//! The program from the user's view: arguments, files, exit codes, and output.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SMALL: &str = "tests/bad/parts/small.toml";
const BAD: &str = "tests/bad/five-mistakes.toml";

#[test]
fn help_shows_examples_and_version_shows_a_number() {
    let help = stdout(simulate().arg("--help").assert().code(0));
    assert!(help.contains("Examples:") && help.contains("simulate scenarios/bridge.toml"), "{help}");
    let short = stdout(simulate().arg("-h").assert().code(0));
    assert!(short.contains("Examples:"), "{short}");
    let version = stdout(simulate().arg("--version").assert().code(0));
    assert!(version.starts_with("simulate ") && version.contains(env!("CARGO_PKG_VERSION")), "{version}");
    for command in ["run", "check", "replay", "schema", "completions"] {
        assert!(help.contains(command), "{command} is missing in {help}");
        simulate().args([command, "--help"]).assert().code(0);
    }
}

#[test]
fn without_arguments_the_help_comes_with_code_two() {
    let assert = simulate().assert().code(2);
    let error = stderr(assert);
    assert!(error.contains("Usage:") && error.contains("Examples:"), "{error}");
    // A command reports missing arguments.
    simulate().arg("run").assert().code(2);
    simulate().arg("check").assert().code(2);
    simulate().arg("--quiet").assert().code(2);
}

#[test]
fn a_run_writes_the_promised_files_and_says_where() {
    let out = folder();
    let text = stdout(small(&out).assert().code(0));
    let result = out.path().join("small");
    for file in ["summary.csv", "assumptions.csv", "resolved.toml", "manifest.json"] {
        assert!(text.contains(file), "{file} isn't named in {text}");
        assert!(!bytes(&result.join(file)).is_empty(), "{file}");
    }
    assert!(text.contains(&*result.to_string_lossy()), "{text}");
    assert!(text_of(&result.join("summary.csv")).starts_with(
        "metric,unit,period,kind,months,mean,sd,p05,p10,p25,p50,p75,p90,p95,\
         mc_error,mc_error_p05,mc_error_p10,mc_error_p25,\
         mc_error_p50,mc_error_p75,mc_error_p90,mc_error_p95,central\nwanted,t,2025-01,month,1,"
    ));
    assert!(
        text_of(&result.join("assumptions.csv"))
            .starts_with("path,written,unit,mean,p05,p95,uncertain,source,")
    );
    let resolved = text_of(&result.join("resolved.toml"));
    assert!(resolved.contains("name = \"small\"") && resolved.contains("runs = 64"), "{resolved}");
    let pictures = names(&result.join("plots"));
    assert!(has(&pictures, "png") && has(&pictures, "svg"), "{pictures:?}");
    assert_eq!(names(out.path()), ["small"], "nothing else is left");
}

#[test]
fn the_manifest_names_every_file_with_its_hash() {
    let out = folder();
    small(&out).arg("--seed").arg("5").assert().code(0);
    let result = out.path().join("small");
    let manifest = json(&text_of(&result.join("manifest.json")));
    assert_eq!((&manifest["program"], &manifest["scenario"]), (&"corridor".into(), &"small".into()));
    assert_eq!((&manifest["seed"], &manifest["runs"]), (&5.into(), &64.into()));
    let mut named: Vec<String> = Vec::new();
    for file in manifest["files"].as_array().expect("a list of files") {
        let path = file["path"].as_str().expect("a path");
        assert_eq!(file["sha256"], corridor::results::hash_hex(&bytes(&result.join(path))), "{path}");
        named.push(path.to_owned());
    }
    named.extend(["manifest.json", "timings.json"].map(str::to_owned));
    named.sort();
    assert_eq!(named, files_below(&result));
}

#[test]
fn json_is_one_document_and_nothing_else() {
    let out = folder();
    let assert = small(&out).arg("--json").assert().code(0);
    let document = json(&stdout(assert));
    assert_eq!(document["scenario"], "small");
    assert_eq!(document["years"], serde_json::json!(["2025", "2026", "2027"]));
    assert!(document["metrics"]["volume"][0]["p50"].is_number(), "{document}");
    assert!(Path::new(document["folder"].as_str().expect("a folder")).join("summary.csv").is_file());
    let register = stdout(simulate().args(["check", SMALL, "--json"]).assert().code(0));
    assert!(json(&register)["assumptions"].is_array());
}

#[test]
fn targets_come_with_their_chances_by_month_and_the_month_of_an_even_chance() {
    let out = folder();
    let file = out.path().join("aims.toml");
    let targets = "[targets.opened]\nmetric = \"events.bridge.started\"\nyear = 2027\nat_least = \"1\"\n\
                   [targets.much]\nmetric = \"volume\"\nyear = 2027\nat_least = \"1 Mt/year\"\n";
    write(&file, &(text_of(Path::new(SMALL)) + targets));
    let run = |more: &[&str]| {
        let mut command = simulate();
        command.arg(&file).args(["--runs", "64", "--out"]).arg(out.path().join("o")).args(more);
        stdout(command.assert().code(0))
    };
    let screen = run(&[]);
    assert!(screen.contains("targets.csv") && screen.contains("≥ 50% first in"), "{screen}");
    assert!(screen.lines().any(|line| line.starts_with("Opened") && line.ends_with("Dec 2026")), "{screen}");
    assert!(screen.lines().any(|line| line.starts_with("Much") && line.ends_with('—')), "{screen}");
    let table = text_of(&out.path().join("o/aims/targets.csv"));
    assert!(table.starts_with("target,period,kind,months,chance,"), "{table}");
    assert!(
        table.contains("\nopened,2026-12,month,1,1,") && table.lines().count() == 1 + 2 * (36 + 3),
        "{table}"
    );
    assert!(out.path().join("o/aims/plots/targets-by-date.svg").is_file());
    let document = json(&run(&["--json", "--no-plots"]));
    assert_eq!(
        (&document["targets"][0]["half_from"], &document["targets"][1]["half_from"]),
        (&"2026-12".into(), &serde_json::Value::Null)
    );
    assert_eq!(document["targets"][0]["chance_at_least_once_by_month"].as_array().map(Vec::len), Some(36));
}

#[test]
fn runs_that_go_wrong_are_left_out_and_told_with_the_command_that_shows_the_first() {
    let out = folder();
    let file = sometimes_wrong(&out);
    let results = out.path().join("o");
    let mut command = simulate();
    command.arg(&file).args(["--runs", "2000", "--no-plots", "--out"]).arg(&results);
    let screen = stdout(command.assert().code(0));
    let manifest = json(&text_of(&results.join("wrong/manifest.json")));
    let (health, first) = (&manifest["health"], &manifest["health"]["located"][0]);
    assert!(health["located"].as_array().is_some_and(|list| list.len() == 10), "{health}");
    assert_eq!((&first["metric"], &first["value"]), (&"routes.rail.capacity".into(), &"inf".into()));
    let told = format!(
        "{} of 2,000 runs are invalid and left out; the first is run {}:",
        health["invalid"], first["run"]
    );
    let line: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        line.contains(&told) && line.contains("routes.rail.capacity is infinite in Mar 2026."),
        "{screen}"
    );
    let replay =
        screen.lines().find_map(|line| line.strip_prefix("To see it: simulate ")).expect("it is told how");
    let replayed = stdout(simulate().args(replay.split(' ')).assert().code(0));
    assert!(replayed.contains("This run is invalid"), "{replayed}");
    // No summary is printed, but invalid runs are still reported.
    for mode in ["--quiet", "--json"] {
        let mut command = simulate();
        command.arg(&file).args(["--runs", "2000", "--no-plots", mode, "--out"]).arg(&results);
        assert!(stderr(command.assert().code(0)).contains("are invalid and left out"), "{mode}");
    }
}

#[test]
fn strict_runs_and_those_that_all_go_wrong_leave_nothing_and_give_code_one() {
    let out = folder();
    let file = sometimes_wrong(&out);
    let results = out.path().join("o");
    for (arguments, told) in [
        (&["--runs", "2000", "--strict"][..], "of 2,000 runs are invalid; the first"),
        (
            &["--runs", "200", "--set", "events.flood.probability=1"],
            "all 200 runs are invalid; the first is run 0:",
        ),
        (&["--runs", "1", "--set", "events.flood.probability=1"], "the only run is invalid"),
    ] {
        let mut command = simulate();
        command.arg(&file).args(arguments).arg("--out").arg(&results);
        let error = stderr(command.assert().code(1).stdout(""));
        assert!(error.contains(told) && error.contains("simulate replay"), "{error}");
        assert!(names(&results).is_empty(), "{:?}", names(&results));
    }
    small(&out).arg("--strict").assert().code(0);
}

/// Two documents one after another are not a JSON document.
#[test]
fn json_of_two_scenarios_is_still_one_document() {
    let out = folder();
    let (file, _) = long_scenario(&out);
    let assert = small(&out).arg(&file).args(["--json", "--no-plots"]).assert().code(0);
    json(&stdout(assert));
    let assert = simulate().args(["check", "--json", SMALL]).arg(&file).assert().code(0);
    json(&stdout(assert));
}

#[test]
fn quiet_prints_nothing_and_problems_all_the_same() {
    let out = folder();
    small(&out).arg("--quiet").assert().code(0).stdout("").stderr("");
    simulate().args(["check", "--quiet", SMALL]).assert().code(0).stdout("").stderr("");
    let error = stderr(simulate().args(["check", "-q", BAD]).assert().code(2).stdout(""));
    assert!(error.contains("5 errors"), "{error}");
}

#[test]
fn pictures_are_drawn_in_the_kinds_asked_for() {
    for (arguments, png, svg) in [
        (&["--format", "svg"][..], false, true),
        (&["--format", "png"], true, false),
        (&["--format", "svg,png"], true, true),
        (&["--no-plots"], false, false),
    ] {
        let out = folder();
        small(&out).args(arguments).assert().code(0);
        let files = files_below(&out.path().join("small"));
        assert_eq!((has(&files, "png"), has(&files, "svg")), (png, svg), "{arguments:?}: {files:?}");
    }
    small(&folder()).args(["--format", "pdf"]).assert().code(2);
}

#[test]
fn old_pictures_go_when_other_figures_come_without_any_and_a_users_own_file_stays() {
    let out = folder();
    let result = out.path().join("small");
    small(&out).assert().code(0);
    write(&result.join("notes.txt"), "mine");
    write(&result.join("plots/mine.txt"), "mine too");
    small(&out).args(["--no-plots", "--seed", "9"]).assert().code(0);
    let files = files_below(&result);
    assert!(!has(&files, "png") && !has(&files, "svg"), "{files:?}");
    assert!(
        files.contains(&"notes.txt".to_owned()) && files.contains(&"plots/mine.txt".to_owned()),
        "{files:?}"
    );
}

#[test]
fn bad_input_gives_code_two_and_touches_nothing() {
    let out = folder();
    let fresh = out.path().join("fresh");
    for arguments in [
        &[BAD][..],
        &["tests/bad/no-such.toml"],
        &["tests/bad"],
        &["tests/bad/syntax.toml"],
        &[SMALL, BAD],
        &[SMALL, "--set", "products.flour.volume=much"],
        &[SMALL, "--set", "nonsense"],
        &[SMALL, "--with", "no-such.toml"],
        &[SMALL, "--runs", "0"],
        &[SMALL, "--runs", "many"],
        &[SMALL, "--seed", "-1"],
        &[SMALL, "--threads", "0"],
        &[SMALL, "--no-such-option"],
    ] {
        let error = stderr(simulate().args(arguments).arg("--out").arg(&fresh).assert().code(2).stdout(""));
        assert!(error.contains("error"), "{arguments:?}: {error}");
        assert!(!fresh.exists(), "{arguments:?} leaves a folder");
    }
}

#[test]
fn bad_input_leaves_an_older_result_as_it_is() {
    let out = folder();
    let file = out.path().join("mine.toml");
    write(&file, &text_of(Path::new(SMALL)));
    simulate()
        .arg(&file)
        .args(["--runs", "64", "--no-plots", "--out"])
        .arg(out.path().join("o"))
        .assert()
        .code(0);
    let before = contents(&out.path().join("o"));
    write(&file, "[scenario]\n");
    simulate().arg(&file).arg("--out").arg(out.path().join("o")).assert().code(2);
    assert!(before == contents(&out.path().join("o")));
}

#[test]
fn what_is_in_the_way_of_a_result_is_left_alone_and_the_run_is_refused() {
    let out = folder();
    let file = out.path().join("file");
    write(&file, "not a folder");
    let error =
        stderr(simulate().arg(SMALL).args(["--runs", "64", "--out"]).arg(&file).assert().code(2).stdout(""));
    assert!(
        error.contains("results go into a folder") && error.contains(&*file.to_string_lossy()),
        "{error}"
    );
    assert_eq!(text_of(&file), "not a folder");

    // A folder of the result's name that holds something else is not ours to replace.
    let foreign = out.path().join("out/small");
    std::fs::create_dir_all(&foreign).expect("a folder for the test");
    write(&foreign.join("thesis.txt"), "years of work");
    simulate().arg(SMALL).args(["--runs", "64", "--out"]).arg(out.path().join("out")).assert().code(2);
    assert_eq!(files_below(&out.path().join("out")), ["small/thesis.txt"]);
}

#[test]
fn a_scenario_before_a_command_is_refused() {
    simulate().args([SMALL, "check"]).assert().code(2).stdout("");
    for command in ["check", "run"] {
        let error = stderr(simulate().args([SMALL, command, SMALL]).assert().code(2).stdout(""));
        assert!(error.contains("small.toml is before the command"), "{error}");
    }
    simulate().args([SMALL, "schema"]).assert().code(2).stdout("");
}

/// A changed scenario keeps its title, so whoever reads the result must see what was changed.
#[test]
fn what_the_command_line_changes_is_said_on_the_screen_and_in_the_result() {
    let out = folder();
    let run = simulate()
        .arg(SMALL)
        .args(["--set", "finance.cash=1 MUSD/year", "--runs", "64", "--out"])
        .arg(out.path())
        .assert();
    let output = run.success().get_output().stdout.clone();
    let screen = String::from_utf8(output).expect("plain text");
    assert!(screen.contains("\nwith finance.cash=1 MUSD/year\n") && !screen.contains("run.runs"), "{screen}");
    let resolved = std::fs::read(out.path().join("small/resolved.toml")).expect("it was written");
    let resolved = String::from_utf8(resolved).expect("plain text");
    assert!(resolved.contains("changes = [\"finance.cash=1 MUSD/year\"]"), "{resolved}");
}

/// Options before a command would belong to a run, which doesn't take place, so they are refused rather than
/// ignored.
#[test]
fn an_option_before_a_command_is_refused() {
    let out = folder();
    let elsewhere = out.path().join("elsewhere");
    let assert = simulate().args(["--runs", "64", "--out"]).arg(&elsewhere).args(["check", SMALL]).assert();
    assert.code(2);
}

#[test]
fn a_scenario_named_like_a_command_runs_with_its_path() {
    let out = folder();
    write(&out.path().join("check"), &text_of(Path::new(SMALL)));
    simulate().current_dir(out.path()).args(["./check", "--runs", "64", "--no-plots"]).assert().code(0);
    assert!(out.path().join("output/check/summary.csv").is_file(), "{:?}", files_below(out.path()));
}

#[test]
fn the_schema_in_the_folder_of_scenarios_is_the_one_that_is_printed() {
    let printed = stdout(simulate().arg("schema").assert().code(0));
    json(&printed);
    let stored = text_of(Path::new("scenarios/scenario.schema.json"));
    assert!(stored == printed, "write it anew: simulate schema > scenarios/scenario.schema.json");
}

#[test]
fn completions_are_there_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(simulate().args(["completions", shell]).assert().code(0));
        assert!(script.contains("simulate") && script.contains("no-plots"), "{shell}");
    }
}

#[test]
fn a_pipe_gets_no_escape_codes_whatever_is_said() {
    let out = folder();
    for no_colour in [false, true] {
        for arguments in [&["check", BAD][..], &["check", SMALL], &["--help"], &["--no-such-option"]] {
            let mut command = simulate();
            if no_colour {
                command.env("NO_COLOR", "1");
            }
            let output = command.args(arguments).assert().get_output().clone();
            assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{arguments:?}");
        }
    }
    let output = small(&out).assert().code(0).get_output().clone();
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b));
}

#[test]
fn hostile_titles_reach_no_terminal_raw() {
    let out = folder();
    let file = out.path().join("hostile.toml");
    let text = text_of(Path::new(SMALL)).replace("title = \"Small\"", "title = \"red \\u001B[31m\\u202E\"");
    write(&file, &text);
    let output =
        simulate().arg(&file).args(["--runs", "64", "--out"]).arg(out.path().join("o")).assert().code(0);
    let text = stdout(output);
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    let output = simulate().arg("check").arg(&file).assert().code(0);
    assert!(!stdout(output).contains(['\u{1b}', '\u{202e}']));
    for svg in files_below(&out.path().join("o")).iter().filter(|name| is_of(name, "svg")) {
        assert!(!text_of(&out.path().join("o").join(svg)).contains(['\u{1b}', '\u{202e}']), "{svg}");
    }
}

#[test]
fn two_scenarios_in_one_call_get_a_folder_each() {
    let out = folder();
    let (file, _) = long_scenario(&out);
    let results = out.path().join("o");
    simulate()
        .args([SMALL, "--runs", "64", "--no-plots"])
        .arg(&file)
        .arg("--out")
        .arg(&results)
        .assert()
        .code(0);
    assert_eq!(names(&results), ["long", "small", "small-vs-long"]);
}

#[test]
fn two_scenarios_of_one_name_are_refused_before_anything_runs() {
    let out = folder();
    let twin = out.path().join("small.toml");
    write(&twin, &text_of(Path::new(SMALL)));
    let results = out.path().join("o");
    let assert = simulate().arg(SMALL).arg(&twin).args(["--runs", "64", "--out"]).arg(&results).assert();
    assert!(stderr(assert.code(2).stdout("")).contains("`small`"));
    assert!(!results.exists());
}

#[test]
fn warnings_do_not_stop_a_run() {
    let out = folder();
    let mut command = simulate();
    command
        .arg("tests/bad/warning-stranded.toml")
        .args(["--runs", "64", "--no-plots", "--out"])
        .arg(out.path());
    let error = stderr(command.assert().code(0));
    assert!(error.contains("warning: no route accepts the group"), "{error}");
}

#[test]
fn with_strict_a_warning_is_an_error_of_check_run_and_compare() {
    let out = folder();
    let doubtful = "tests/bad/warning-stranded.toml";
    for arguments in [&["check", doubtful][..], &["run", doubtful], &["compare", doubtful, SMALL]] {
        let mut command = simulate();
        command.args(arguments).arg("--strict").current_dir(env!("CARGO_MANIFEST_DIR"));
        if arguments[0] != "check" {
            command.arg("--out").arg(out.path());
        }
        let error = stderr(command.assert().code(2));
        assert!(error.contains("with --strict a warning is an error"), "{arguments:?}: {error}");
    }
    assert!(names(out.path()).is_empty(), "nothing is written");
}

#[test]
fn warnings_have_their_place_in_the_document_of_check() {
    let text =
        stdout(simulate().args(["check", "--json", "tests/bad/warning-stranded.toml"]).assert().code(0));
    let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let warning = &document["warnings"][0];
    assert!(
        warning["message"].as_str().is_some_and(|message| message.contains("no route accepts")),
        "{text}"
    );
    assert!(warning["line"].is_u64() && warning["column"].is_u64() && warning["file"].is_string(), "{text}");
}

#[cfg(unix)]
mod unix {
    use super::{SMALL, contents, files_below, folder, long_scenario, names, simulate, stderr};
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    #[test]
    fn arguments_that_are_not_utf_8_are_no_reason_to_panic() {
        let odd = OsStr::from_bytes(b"od\xffd.toml");
        let error = stderr(simulate().arg(odd).assert().code(2));
        assert!(!error.contains("panicked"), "{error}");
        simulate().arg("--set").arg(odd).arg(SMALL).assert().code(2);
        let out = folder();
        std::fs::copy(SMALL, out.path().join(odd)).expect("the file system takes any name");
        let mut command = simulate();
        command
            .arg(out.path().join(odd))
            .args(["--runs", "64", "--no-plots", "--out"])
            .arg(out.path().join(odd).join("o"));
        // The output folder is below a file here, which is an error of the environment and must be reported.
        command.assert().code(1);
        let mut command = simulate();
        command.arg(out.path().join(odd)).args(["--runs", "64", "--json", "--out"]).arg(out.path().join("o"));
        command.assert().code(0);
    }

    #[test]
    fn a_reader_that_goes_away_is_no_reason_to_panic() {
        let out = folder();
        let program = assert_cmd::cargo::cargo_bin("simulate");
        let run = format!("scenarios/baseline.toml --runs 64 --no-plots --out '{}'", out.path().display());
        for arguments in
            ["schema", "--help", "completions bash", "check scenarios/baseline.toml", run.as_str()]
        {
            let line = format!("'{}' {arguments} | head -1", program.display());
            let output = Command::new("sh").args(["-c", &line]).output().expect("there is a shell");
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(!error.contains("panicked"), "{line}: {error}");
        }
        assert!(
            out.path().join("baseline/summary.csv").is_file(),
            "the result is there though nobody reads on"
        );
    }

    #[test]
    fn ctrl_c_stops_a_run_and_leaves_the_older_result_and_nothing_else() {
        let out = folder();
        let (file, results) = long_scenario(&out);
        simulate().arg(&file).args(["--runs", "64", "--no-plots", "--out"]).arg(&results).assert().code(0);
        let before = contents(&results);
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("simulate"))
            .arg(&file)
            .args(["--runs", "100000000", "--out"])
            .arg(&results)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It runs once its hidden folder is there. A minute is far more than any machine needs.
        let waits = (0..600).take_while(|_| {
            std::thread::sleep(Duration::from_millis(100));
            names(&results).len() < 2
        });
        assert!(waits.count() < 600, "the run never starts: {:?}", names(&results));
        let killed =
            Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("there is a kill");
        assert!(killed.success());
        let status = child.wait().expect("the program ends");
        assert_eq!(status.code(), Some(130));
        assert!(before == contents(&results), "{:?}", files_below(&results));
        assert_eq!(names(&results), ["long"], "nothing is left over");
    }
}

fn simulate() -> Command {
    Command::cargo_bin("simulate").expect("the program is built with its tests")
}

/// A short run of the small scenario into a folder.
fn small(out: &TempDir) -> Command {
    let mut command = simulate();
    command.args([SMALL, "--runs", "64", "--out"]).arg(out.path());
    command
}

/// A scenario with an invalid run in one future of twenty: capacities have no upper limit, so many factors
/// make one infinite.
fn sometimes_wrong(out: &TempDir) -> PathBuf {
    let file = out.path().join("wrong.toml");
    let factor =
        |number| format!("[events.flood.effects.e{number}]\non = \"routes.rail.capacity\"\nmultiply = 15\n");
    let flood = "[events.flood]\nplanned = \"2026-03\"\nprobability = \"5%\"\n".to_owned();
    write(&file, &(text_of(Path::new(SMALL)) + &flood + &(0..280).map(factor).collect::<String>()));
    file
}

/// A scenario called `long` in a folder for results, and that folder.
fn long_scenario(out: &TempDir) -> (PathBuf, PathBuf) {
    let file = out.path().join("long.toml");
    write(&file, &text_of(Path::new(SMALL)));
    (file, out.path().join("results"))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[expect(clippy::needless_pass_by_value, reason = "an assertion stands at the end of a command")]
fn stdout(assert: assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("what is printed is UTF-8")
}

#[expect(clippy::needless_pass_by_value, reason = "an assertion stands at the end of a command")]
fn stderr(assert: assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("what is printed is UTF-8")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("one JSON document and nothing else")
}

#[expect(clippy::disallowed_methods, reason = "tests write scenarios of their own, into temporary folders")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the file can be written");
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text_of(path: &Path) -> String {
    String::from_utf8(bytes(path)).expect("the file is UTF-8")
}

/// The contents of a folder, including hidden entries.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// All files below a folder, with `/` between their names.
fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for name in names(folder) {
        if folder.join(&name).is_dir() {
            files.extend(files_below(&folder.join(&name)).iter().map(|file| format!("{name}/{file}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    files
}

/// Whether one of the files is of this kind: `png`, `svg`.
fn has(files: &[String], kind: &str) -> bool {
    files.iter().any(|name| is_of(name, kind))
}

fn is_of(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == kind)
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files_below(folder).into_iter().map(|file| (file.clone(), bytes(&folder.join(file)))).collect()
}
