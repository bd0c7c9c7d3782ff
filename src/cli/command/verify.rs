//! `simulate verify FOLDER…`: whether results are as they were written, and whether this version reproduces
//! them.

use crate::cli::app::Failure;
use crate::cli::args::VerifyArgs;
use crate::cli::host::Terminal;
use crate::cli::{console, interrupt};
use crate::diag::{message, printable};
use crate::study::{Error, Status, Verdict, verify};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(in crate::cli) fn execute(args: &VerifyArgs) -> Result<(), Failure> {
    let scratch = args.recompute.then(scratch);
    let host = Terminal { quiet: args.print.quiet || args.print.json };
    let mut worst = Status::Whole;
    let mut documents = Vec::new();
    for folder in &args.folders {
        if interrupt::requested() {
            return Err(Error::Stopped.into());
        }
        let verdict = verify(folder, scratch.as_deref(), &host)?;
        worst = worst.max(verdict.status);
        report(args, folder, &verdict);
        documents.push(document(folder, &verdict));
    }
    if args.print.json {
        console::print_json(documents);
    }
    match worst {
        Status::Whole => Ok(()),
        Status::Damaged => Err(Failure::Found),
        Status::NotRecomputed | Status::NoResult => Err(Failure::Refused),
    }
}

/// The folder in which results are recomputed; they are removed afterwards.
fn scratch() -> PathBuf {
    std::env::temp_dir()
}

fn report(args: &VerifyArgs, folder: &Path, verdict: &Verdict) {
    let folder = message(&folder.display().to_string());
    let is_whole = matches!(verdict.status, Status::Whole | Status::NotRecomputed);
    if args.print.text() {
        let kind = verdict.kind.map_or_else(String::new, |kind| format!(" ({kind})"));
        let files = if is_whole { format!(", {} files", verdict.files) } else { String::new() };
        let again = if verdict.same_again == Some(true) { ", reproduced to the last byte" } else { "" };
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
