//! `simulate verify FOLDER…`: whether results are as they were written, and whether this version makes them again.

use super::run::files_again;
use crate::cli::app::Failure;
use crate::cli::args::VerifyArgs;
use crate::cli::{console, interrupt};
use crate::diag::printable;
use crate::results::store::{Inspection, Kind, RESOLVED, inspect};
use crate::results::{FileHash, Manifest};
use crate::scenario::{Request, load};
use serde_json::{Value, json};
use std::path::Path;

/// How a folder turned out, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Whole,
    Damaged,
    NoResult,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Damaged => "damaged",
            Self::NoResult => "not a result",
        }
    }
}

/// What is said of a folder.
struct Verdict {
    status: Status,
    kind: Option<Kind>,
    files: usize,
    /// `None` where it wasn't tried.
    same_again: Option<bool>,
    problems: Vec<String>,
    others: Vec<String>,
}

pub(in crate::cli) fn execute(args: &VerifyArgs) -> Result<(), Failure> {
    let mut worst = Status::Whole;
    let mut documents = Vec::new();
    for folder in &args.folders {
        if interrupt::requested() {
            return Err(Failure::Stopped);
        }
        let verdict = judge(folder, args.recompute)?;
        worst = worst.max(verdict.status);
        say(args, folder, &verdict);
        documents.push(document(folder, &verdict));
    }
    if args.print.json {
        console::print_json(documents);
    }
    match worst {
        Status::Whole => Ok(()),
        Status::Damaged => Err(Failure::Found),
        Status::NoResult => Err(Failure::Input),
    }
}

fn judge(folder: &Path, recompute: bool) -> Result<Verdict, Failure> {
    let found = match inspect(folder) {
        Ok(found) => found,
        Err(error) => return Ok(Verdict::of_no_result(error.to_string())),
    };
    let mut verdict = Verdict::of(&found);
    if let (true, Status::Whole, Some(manifest)) = (recompute, verdict.status, &found.manifest) {
        verdict.compare_again(folder, manifest)?;
    }
    Ok(verdict)
}

impl Verdict {
    fn of_no_result(problem: String) -> Self {
        let (problems, others) = (vec![problem], Vec::new());
        Self { status: Status::NoResult, kind: None, files: 0, same_again: None, problems, others }
    }

    fn of(found: &Inspection) -> Self {
        Self {
            status: if found.problems.is_empty() { Status::Whole } else { Status::Damaged },
            kind: found.kind,
            // With the manifest and the timings.
            files: found.manifest.as_ref().map_or(0, |manifest| manifest.files.len() + 2),
            same_again: None,
            problems: found.problems.iter().map(ToString::to_string).collect(),
            others: found.others.iter().map(|path| path.display().to_string()).collect(),
        }
    }

    /// Runs the scenario again and compares what comes out.
    fn compare_again(&mut self, folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
        if self.kind != Some(Kind::Run) {
            let problem = "only the result of a run can be computed again from its own folder".to_owned();
            *self = Self { kind: self.kind, ..Self::of_no_result(problem) };
            return Ok(());
        }
        let file = folder.join(RESOLVED);
        let loaded = load(&Request { file: file.clone(), ..Request::default() })?;
        let problems = match &loaded.plan {
            None => vec![unreadable(manifest)],
            Some(_) => differences(manifest, &files_again(&loaded, manifest, &file)?),
        };
        self.same_again = Some(problems.is_empty());
        self.status = if problems.is_empty() { Status::Whole } else { Status::Damaged };
        self.problems = problems;
        Ok(())
    }
}

fn unreadable(manifest: &Manifest) -> String {
    format!("{RESOLVED} was written by version {} and is not a sound scenario for this one", manifest.version)
}

/// What comes out otherwise than the manifest says.
fn differences(manifest: &Manifest, again: &[FileHash]) -> Vec<String> {
    let missing = manifest.files.iter().filter(|file| !again.contains(file));
    let more = again.iter().filter(|file| manifest.files.iter().all(|listed| listed.path != file.path));
    let missing = missing.map(|file| format!("{} does not come out the same again", file.path));
    missing.chain(more.map(|file| format!("{} comes out as well now", file.path))).collect()
}

fn say(args: &VerifyArgs, folder: &Path, verdict: &Verdict) {
    let folder = printable(&folder.display().to_string());
    let is_whole = verdict.status == Status::Whole;
    if args.print.text() {
        let kind = verdict.kind.map_or_else(String::new, |kind| format!(" ({kind})"));
        let files = if is_whole { format!(", {} files", verdict.files) } else { String::new() };
        let again = if verdict.same_again == Some(true) { ", the same bytes again" } else { "" };
        console::print(&format!("{folder}: {}{kind}{files}{again}\n", verdict.status.word()));
        for other in &verdict.others {
            console::print(&format!("  not part of it: {}\n", printable(other)));
        }
    }
    if !args.print.json {
        let problems = verdict.problems.iter();
        problems.for_each(|problem| console::error(problem));
    }
}

fn document(folder: &Path, verdict: &Verdict) -> Value {
    json!({
        "folder": folder.to_string_lossy(),
        "status": verdict.status.word(),
        "kind": verdict.kind.map(|kind| kind.to_string()),
        "files": verdict.files,
        "same_again": verdict.same_again,
        "problems": verdict.problems,
        "not_part_of_it": verdict.others,
    })
}
