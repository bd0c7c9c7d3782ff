//! Scenario files that were mutated at random, with a fixed seed, go through `check`: none makes it crash,
//! and every error states its location.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The number of mutations of each file.
const TIMES: u64 = 40;

/// Texts that are inserted at random positions.
const STRAY: [&str; 16] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    "#",
    "\n",
    "\\u",
    "é",
    "👩\u{200d}🚀",
    "\u{202e}",
    "\u{9b}",
    "((((((((",
];

#[test]
fn mutated_scenarios_end_with_code_zero_or_two_and_every_error_says_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let shipped = ["baseline", "bridge", "combined", "combined-tight", "expansion", "financing-limits"];
    let files: Vec<PathBuf> = shipped.iter().map(|name| format!("scenarios/{name}.toml").into()).collect();
    for file in &files {
        std::fs::copy(file, folder.path().join(file.file_name().expect("has a name"))).expect("is copied");
    }
    let (mut refused, mut sound) = (0, 0);
    for file in files.iter().map(PathBuf::as_path).chain([Path::new("tests/bad/parts/small.toml")]) {
        let text = super::diagnostics::read(file);
        for number in 0..TIMES {
            let mutant = folder.path().join("mutant.toml");
            write(&mutant, &mutated(&text, number));
            match check(&mutant) {
                (Some(0), _) => sound += 1,
                (Some(2), error) => {
                    refused += 1;
                    assert!(says_where(&error), "{}, mutation {number}: {error}", file.display());
                }
                (code, error) => panic!("{}, mutation {number}: {code:?} {error}", file.display()),
            }
        }
    }
    assert!(refused > 50 && sound > 50, "{refused} refused, {sound} sound: they test little");
}

fn check(file: &Path) -> (Option<i32>, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin("simulate"))
        .arg("check")
        .arg(file)
        .output()
        .expect("starts");
    (output.status.code(), String::from_utf8(output.stderr).expect("is text"))
}

/// Whether every error has a file, a line and a column; for a file that is not text, a line and a column.
fn says_where(error: &str) -> bool {
    let has_location = |part: &str| {
        let name = part.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let numbers = name.into_iter().flat_map(|name| name.rsplit(':').take(2));
        let is_number: Vec<bool> = numbers.map(|number| number.parse::<u32>().is_ok()).collect();
        is_number == [true, true]
    };
    let is_error = |part: &&str| part.starts_with("error");
    let mut errors = error.split("\n\n").filter(is_error).peekable();
    errors.peek().is_some() && errors.all(|part| has_location(part) || part.contains("UTF-8: see line "))
}

/// The mutation with this number, which never changes.
fn mutated(text: &str, number: u64) -> Vec<u8> {
    let mut state = number + 1;
    // SplitMix64, which is random enough for this purpose.
    let mut pick = |below: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).expect("it is below a usize")
    };
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=number % 3 {
        let at = pick(bytes.len());
        let end = (at + pick(40)).min(bytes.len());
        match pick(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes[at] ^= 1_u8 << pick(8),
            2 => drop(bytes.splice(at..at, STRAY[pick(STRAY.len())].bytes())),
            3 => {
                let again = bytes[at..end].repeat(1 + pick(50));
                drop(bytes.splice(at..at, again));
            }
            4 => bytes[at..end].reverse(),
            _ => bytes[at] = b"0123456789-%\"= \n"[pick(16)],
        }
    }
    bytes
}

fn write(path: &Path, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "a test writes its own files")]
    std::fs::write(path, bytes).expect("it can be written");
}
