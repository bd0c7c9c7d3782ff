//! The folder of a result: always complete, no user files lost, any changed bit detected.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SMALL: &str = "tests/bad/parts/small.toml";

/// The rounds in which several processes write the same result at the same time.
#[cfg(unix)]
#[test]
fn processes_that_write_one_result_at_once_leave_it_whole_and_nothing_beside_it() {
    let out = folder();
    for round in 0..15 {
        let start = |_| program(&out, &["--runs", "64", "--no-plots", "-q", "--threads", "1"]).spawn();
        let mut children: Vec<_> = (0..4).map(start).map(|child| child.expect("it starts")).collect();
        let ends: Vec<_> = children.iter_mut().map(|child| child.wait().expect("it ends").code()).collect();
        assert!(ends.iter().all(|code| *code == Some(0)), "round {round}: {ends:?}");
        verify(&out.path().join("small")).code(0);
        assert_eq!(names(out.path()), ["small"], "round {round}");
    }
}

#[test]
fn any_changed_byte_of_any_file_is_noticed_by_every_command_that_reads_the_folder() {
    let out = folder();
    run(&out, &["--format", "svg"]).code(0);
    let result = out.path().join("small");
    verify(&result).code(0);
    let other = out.path().join("other");
    run_into(&other, &["--no-plots"]).code(0);
    for (number, file) in files_below(&result).iter().enumerate() {
        let path = result.join(file);
        let bytes = std::fs::read(&path).expect("it is there");
        let mut changed = bytes.clone();
        changed[(number * 7919) % bytes.len()] ^= 1 << (number % 8);
        put(&path, &changed);
        let told = stderr(verify(&result).code(1));
        assert!(told.contains("was changed or lost"), "{file}: {told}");
        if number % 8 == 0 || file.rsplit_once('.').is_some_and(|(_, ending)| ending == "json") {
            let folder = result.to_str().expect("plain");
            let other = other.join("small");
            simulate().args(["compare", folder]).arg(&other).arg("--out").arg(out.path()).assert().code(2);
            simulate().args(["sensitivity", folder, "--no-plots"]).assert().code(2);
            simulate().args(["replay", folder, "--run", "3"]).assert().code(2);
        }
        put(&path, &bytes);
    }
    simulate().arg("replay").arg(&result).args(["--run", "3"]).assert().code(0);
    std::fs::remove_file(result.join("summary.csv")).expect("removes");
    verify(&result).code(1);
}

#[test]
fn a_result_can_be_verified_and_computed_again_and_other_folders_are_no_results() {
    let out = folder();
    run(&out, &["--format", "svg"]).code(0);
    let result = out.path().join("small");
    let mut again = simulate();
    let screen = stdout(again.args(["verify", "--recompute"]).arg(&result).assert().code(0));
    assert!(
        screen.contains("whole (the result of a run)") && screen.contains("reproduced to the last byte"),
        "{screen}"
    );
    let mut document = simulate();
    let document = stdout(document.args(["verify", "--json"]).arg(&result).assert().code(0));
    let document: serde_json::Value = serde_json::from_str(&document).expect("one document");
    assert_eq!((&document["status"], &document["kind"]), (&"whole".into(), &"the result of a run".into()));
    verify(Path::new("scenarios")).code(2);
    verify(&out.path().join("missing")).code(2);
}

#[test]
fn comparisons_and_explanations_are_computed_again_from_what_is_beside_them() {
    let out = folder();
    let scenarios = ["scenarios/baseline.toml", "scenarios/bridge.toml"];
    let small = ["--runs", "256", "--format", "svg", "--out"];
    let done = |words: &[&str]| {
        simulate().args(words).args(small).arg(out.path()).assert().code(0);
    };
    done(&[&["run", "-q"][..], &scenarios].concat());
    done(
        &[&["compare", "-q", "--name", "files", "--weights", "1,3", "--baseline", "bridge"][..], &scenarios]
            .concat(),
    );
    done(&["sensitivity", scenarios[1], "--metric", "value"]);
    let result = |name: &str| out.path().join(name);
    simulate()
        .args(["compare", "-q", "--name", "folders", "--format", "svg", "--weights", "1,3", "--out"])
        .args([out.path(), &result("bridge"), &result("baseline")])
        .assert()
        .code(0);
    for name in ["files", "folders", "bridge-drivers", "bridge-vs-baseline"] {
        let mut again = simulate();
        let name = if result(name).exists() { name } else { "baseline-vs-bridge" };
        let screen = stdout(again.args(["verify", "--recompute"]).arg(result(name)).assert().code(0));
        assert!(screen.contains("reproduced to the last byte"), "{name}: {screen}");
    }
    done(&[
        "compare",
        "-q",
        "--name",
        "parts",
        "--on",
        scenarios[0],
        "--parts",
        scenarios[1],
        "scenarios/expansion.toml",
    ]);
    let told = stderr(simulate().args(["verify", "--recompute"]).arg(result("parts")).assert().code(2));
    assert!(told.contains("in the folder of their scenario: simulate compare --on baseline.toml"), "{told}");
}

#[test]
fn results_of_an_earlier_format_are_refused_with_the_version_that_wrote_them() {
    let out = folder();
    run(&out, &["--no-plots"]).code(0);
    let result = out.path().join("small");
    let manifest = result.join("manifest.json");
    let mut document: serde_json::Value = serde_json::from_str(&text(&manifest)).expect("is JSON");
    for key in ["seal", "format"] {
        document.as_object_mut().expect("an object").remove(key);
    }
    put(&manifest, format!("{document:#}\n").as_bytes());
    std::fs::remove_file(result.join("timings.json")).expect("that format had none");
    let told = stderr(verify(&result).code(2));
    assert!(told.contains("was written by version") && told.contains("run the scenario again"), "{told}");
    // A new run replaces it nevertheless.
    run(&out, &["--no-plots"]).code(0);
    verify(&result).code(0);
}

#[test]
fn a_manifest_that_leads_out_of_its_folder_is_not_followed() {
    let out = folder();
    run(&out, &["--no-plots"]).code(0);
    let result = out.path().join("small");
    let secret = out.path().join("secret.txt");
    put(&secret, b"mine");
    let manifest = result.join("manifest.json");
    let mut document: serde_json::Value = serde_json::from_str(&text(&manifest)).expect("is JSON");
    document.as_object_mut().expect("an object").remove("seal");
    let hash = corridor::results::hash_hex(b"mine");
    let files = document["files"].as_array_mut().expect("a list");
    files.push(serde_json::json!({ "path": "../secret.txt", "sha256": hash }));
    put(&manifest, corridor::results::sealed(&document).as_bytes());
    let told = stderr(verify(&result).code(1));
    assert!(told.contains("is not in this folder"), "{told}");
    run(&out, &["--no-plots"]).code(0);
    assert_eq!(text(&secret), "mine");
}

#[test]
fn what_the_user_put_into_a_result_stays_and_a_changed_file_is_kept_under_another_name() {
    let out = folder();
    run(&out, &["--no-plots"]).code(0);
    let result = out.path().join("small");
    std::fs::create_dir_all(result.join("own/deep")).expect("makes");
    put(&result.join("own/deep/a.txt"), b"a");
    put(&result.join("notes.txt"), b"notes");
    put(&result.join("summary.csv"), b"edited");
    let told = stderr(run(&out, &["--no-plots"]).code(0));
    assert!(told.contains("notes.txt was not written by simulate; it is left as it is"), "{told}");
    assert!(told.contains("the changed file is kept as summary.kept-1.csv"), "{told}");
    assert_eq!(text(&result.join("own/deep/a.txt")), "a");
    assert_eq!(text(&result.join("notes.txt")), "notes");
    assert_eq!(text(&result.join("summary.kept-1.csv")), "edited");
    let screen = stdout(verify(&result).code(0));
    assert!(screen.contains("not part of it: own"), "{screen}");
    assert_eq!(names(out.path()), ["small"]);
}

#[test]
fn a_users_file_with_a_name_that_the_result_needs_refuses_the_run_before_it_starts() {
    let out = folder();
    run(&out, &["--no-plots"]).code(0);
    let result = out.path().join("small");
    for name in ["report.html", "plots"] {
        put(&result.join(name), b"my own");
        let told = stderr(run(&out, &["--format", "svg"]).code(2));
        assert!(told.contains(name) && told.contains("move it away"), "{told}");
        assert_eq!(text(&result.join(name)), "my own");
        std::fs::remove_file(result.join(name)).expect("removes");
    }
    run(&out, &["--format", "svg"]).code(0);
}

#[test]
fn a_folder_that_lost_its_manifest_is_not_touched_and_the_message_says_what_it_holds() {
    let out = folder();
    run(&out, &["--no-plots", "--no-draws"]).code(0);
    let result = out.path().join("small");
    for name in ["manifest.json", "timings.json"] {
        std::fs::remove_file(result.join(name)).expect("removes");
    }
    let told = stderr(run(&out, &["--no-plots"]).code(2));
    assert!(told.contains("move it away") && told.contains("summary.csv"), "{told}");
    assert!(result.join("summary.csv").is_file());
}

#[test]
fn pages_of_the_same_scenario_stay_without_plots_and_those_of_another_go() {
    let out = folder();
    run(&out, &["--format", "svg"]).code(0);
    let result = out.path().join("small");
    run(&out, &["--no-plots"]).code(0);
    assert!(result.join("report.html").is_file() && result.join("plots").is_dir());
    verify(&result).code(0);
    run(&out, &["--no-plots", "--seed", "9"]).code(0);
    assert!(!result.join("report.html").exists() && !result.join("plots").exists());
    verify(&result).code(0);
}

#[test]
fn a_what_if_gets_a_folder_of_its_own_and_the_same_one_each_time() {
    let out = folder();
    let file = out.path().join("small.toml");
    std::fs::copy(SMALL, &file).expect("copies");
    let call = |more: &[&str]| {
        let mut command = simulate();
        command.current_dir(out.path()).args(["small.toml", "--runs", "64", "--no-plots"]).args(more);
        stdout(command.assert().code(0))
    };
    call(&[]);
    let screen = call(&["--set", "finance.cash=1 MUSD/year"]);
    call(&["--set", "finance.cash = 1 MUSD/year"]);
    let found = names(&out.path().join("output"));
    assert!(found.len() == 2 && found[0] == "small", "{found:?}");
    assert!(found[1].starts_with("small-with-finance.cash=1-MUSD-year~"), "{found:?}");
    assert!(screen.split_whitespace().collect::<String>().contains(&found[1]), "{screen}");
}

#[test]
fn a_result_is_the_same_however_and_from_wherever_its_scenario_was_typed() {
    let here = folder();
    std::fs::create_dir(here.path().join("d")).expect("makes");
    let file = here.path().join("d/small.toml");
    std::fs::copy(SMALL, &file).expect("copies");
    put(&here.path().join("d/more.toml"), b"finance.cash = \"2 MUSD/year\"\n");
    let absolute = file.to_str().expect("plain").to_owned();
    let from = |cwd: &Path, typed: &str, layer: &str| {
        let out = folder();
        let mut command = simulate();
        command
            .current_dir(cwd)
            .args([typed, "--with", layer, "--runs", "64", "--format", "svg", "-q", "--out"]);
        command.arg(out.path()).assert().code(0);
        let result = out.path().join("small");
        let files = files_below(&result).into_iter().filter(|file| file != "timings.json");
        files.map(|file| (file.clone(), std::fs::read(result.join(file)).expect("reads"))).collect::<Vec<_>>()
    };
    let first = from(here.path(), "d/small.toml", "d/more.toml");
    assert!(first.iter().any(|(file, _)| file == "manifest.json"));
    assert!(first == from(here.path(), "./d/../d/small.toml", "./d/more.toml"));
    assert!(first == from(&here.path().join("d"), "small.toml", "../d/more.toml"));
    assert!(first == from(Path::new("."), &absolute, absolute.replace("small", "more").as_str()));
}

#[test]
fn a_comparison_is_never_written_outside_the_folder_of_results() {
    let out = folder();
    for name in ["../x", "a/b", ".hidden", ""] {
        let mut command = simulate();
        command
            .args(["compare", SMALL, "scenarios/bridge.toml", "--name", name, "--out"])
            .arg(out.path().join("o"));
        command.assert().code(2);
    }
    assert!(names(out.path()).is_empty());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_in_a_result_are_taken_along_and_never_followed() {
        let out = folder();
        run(&out, &["--no-plots"]).code(0);
        let own = out.path().join("own");
        std::fs::create_dir(&own).expect("makes");
        put(&own.join("precious.txt"), b"x");
        let result = out.path().join("small");
        symlink("../own", result.join("data")).expect("links");
        run(&out, &["--no-plots"]).code(0);
        assert_eq!(text(&own.join("precious.txt")), "x");
        assert!(result.join("data").symlink_metadata().is_ok_and(|found| found.is_symlink()));
        // A link where pictures belong, or where the result itself does, refuses the run.
        symlink("../own", result.join("plots")).expect("links");
        run(&out, &["--format", "svg"]).code(2);
        std::fs::remove_file(result.join("plots")).expect("removes");
        std::fs::rename(&result, out.path().join("moved")).expect("renames");
        symlink("moved", &result).expect("links");
        let told = stderr(run(&out, &["--no-plots"]).code(2));
        assert!(told.contains("is a link"), "{told}");
        assert_eq!(names(&own), ["precious.txt"]);
    }

    #[test]
    fn a_folder_with_the_name_of_a_hidden_one_that_is_not_ours_stays_as_it_is() {
        let out = folder();
        let own = out.path().join("own");
        std::fs::create_dir_all(out.path().join(".small.1.partial")).expect("makes");
        put(&out.path().join(".small.1.partial/mine.txt"), b"mine");
        std::fs::create_dir(&own).expect("makes");
        put(&own.join("precious.txt"), b"x");
        symlink("own", out.path().join(".small.2.partial")).expect("links");
        run(&out, &["--no-plots"]).code(0);
        assert_eq!(text(&out.path().join(".small.1.partial/mine.txt")), "mine");
        assert_eq!(text(&own.join("precious.txt")), "x");
        verify(&out.path().join("small")).code(0);
    }

    #[test]
    fn hard_links_to_files_of_a_result_keep_what_they_had() {
        let out = folder();
        run(&out, &["--no-plots"]).code(0);
        let [file, copy] = [out.path().join("small/summary.csv"), out.path().join("copy.csv")];
        std::fs::hard_link(&file, &copy).expect("links");
        let before = text(&copy);
        run(&out, &["--no-plots", "--set", "products.flour.volume=13 kt/year"]).code(0);
        assert!(text(&copy) == before && text(&file) != before);
    }

    /// A result is on the disk before it replaces another one.
    #[test]
    fn every_file_is_on_the_disk_before_the_result_is_put_in_place() {
        let out = folder();
        run(&out, &["--no-plots"]).code(0);
        let trace = out.path().join("trace");
        let program = assert_cmd::cargo::cargo_bin("simulate");
        let mut strace = std::process::Command::new("strace");
        strace.args(["-f", "-y", "-e", "trace=fsync,fdatasync,renameat2", "-o"]).arg(&trace).arg(program);
        strace.args([SMALL, "--runs", "64", "--no-plots", "-q", "--out"]).arg(out.path());
        // Without strace, or without the permission to trace, nothing can be checked.
        if !strace.status().is_ok_and(|status| status.success()) {
            return;
        }
        let trace = text(&trace);
        let exchange = trace.find("renameat2").expect("the folders are exchanged");
        let (before, after) = trace.split_at(exchange);
        for file in ["summary.csv", "resolved.toml", "draws.parquet", "timings.json", "manifest.json"] {
            assert!(before.contains(&format!("{file}>")), "{file}: {trace}");
        }
        assert!(before.contains(".partial>") && after.contains("fsync"), "{trace}");
    }

    /// Killed at every step that renames, links or removes, a run leaves a whole result and the user's file,
    /// or the next run does.
    #[test]
    fn a_run_that_is_killed_at_any_step_of_the_exchange_loses_nothing() {
        let out = folder();
        run(&out, &["--no-plots"]).code(0);
        let result = out.path().join("small");
        put(&result.join("mine.txt"), b"mine");
        std::fs::create_dir(result.join("own")).expect("makes");
        put(&result.join("own/deep.txt"), b"deep");
        let calls = "rename,renameat2,link,linkat,unlink,unlinkat,rmdir";
        for step in 1..=16 {
            let mut strace = std::process::Command::new("strace");
            strace.args(["-f", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e"]);
            strace.arg(format!("inject={calls}:signal=KILL:when={step}"));
            strace.arg(assert_cmd::cargo::cargo_bin("simulate"));
            strace
                .args([SMALL, "--runs", "64", "--no-plots", "-q", "--threads", "1", "--out"])
                .arg(out.path());
            if strace.status().is_err() {
                return;
            }
            verify(&result).code(0);
            run(&out, &["--no-plots"]).code(0);
            assert_eq!(text(&result.join("mine.txt")), "mine", "step {step}");
            assert_eq!(text(&result.join("own/deep.txt")), "deep", "step {step}");
            assert_eq!(names(out.path()), ["small"], "step {step}: nothing is left over");
        }
    }

    #[test]
    fn a_result_that_is_protected_against_writing_is_not_replaced() {
        use std::os::unix::fs::PermissionsExt as _;
        let out = folder();
        run(&out, &["--no-plots"]).code(0);
        let result = out.path().join("small");
        put(&result.join("mine.txt"), b"mine");
        let protect = |mode| std::fs::set_permissions(&result, std::fs::Permissions::from_mode(mode));
        protect(0o555).expect("sets");
        // The superuser may write everywhere.
        if std::fs::File::create(result.join("probe")).is_err() {
            let told = stderr(run(&out, &["--no-plots"]).code(2));
            assert!(told.contains("protected against writing"), "{told}");
        }
        protect(0o755).expect("sets");
        assert_eq!(text(&result.join("mine.txt")), "mine");
    }

    #[test]
    fn ctrl_c_stops_an_explanation_and_leaves_nothing() {
        let out = folder();
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("simulate"))
            .args(["sensitivity", "scenarios/bridge.toml", "--runs", "10000000", "--out"])
            .arg(out.path())
            .spawn()
            .expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(killed.expect("there is a kill").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert!(names(out.path()).is_empty(), "{:?}", names(out.path()));
    }
}

fn simulate() -> Command {
    Command::cargo_bin("simulate").expect("the program is built with its tests")
}

fn run(out: &TempDir, more: &[&str]) -> assert_cmd::assert::Assert {
    run_into(out.path(), more)
}

fn run_into(out: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
    simulate().args([SMALL, "--runs", "64", "--out"]).arg(out).args(more).assert()
}

#[cfg(unix)]
fn program(out: &TempDir, more: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("simulate"));
    command.arg(SMALL).args(more).arg("--out").arg(out.path());
    command
}

fn verify(folder: &Path) -> assert_cmd::assert::Assert {
    simulate().arg("verify").arg(folder).assert()
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

fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8(bytes).expect("is text")
}

#[expect(clippy::disallowed_methods, reason = "tests play the user, in temporary folders")]
fn put(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("writes");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("lists").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn files_below(folder: &Path) -> Vec<String> {
    let paths: Vec<(String, PathBuf)> =
        names(folder).into_iter().map(|name| (name.clone(), folder.join(name))).collect();
    let below = |(name, path): &(String, PathBuf)| {
        if path.is_dir() {
            files_below(path).iter().map(|file| format!("{name}/{file}")).collect()
        } else {
            vec![name.clone()]
        }
    };
    paths.iter().flat_map(below).collect()
}
