//! Whether results are as they were written, and whether this version makes them again.

use super::{Error, Host, Output, compare, run, sensitivity};
use crate::results::store::{Inspection, Kind, RESOLVED, inspect};
use crate::results::{FileHash, Manifest};
use crate::scenario::{Request, load};
use std::path::Path;

/// How a folder turned out, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every file is as it was written.
    Whole,
    /// Something is changed or missing, or comes out otherwise.
    Damaged,
    /// Every file is as it was written, but it can't be computed again from what is there.
    NotRecomputed,
    /// It is no result that this version reads.
    NoResult,
}

impl Status {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Damaged => "damaged",
            Self::NotRecomputed => "whole, but not recomputed",
            Self::NoResult => "not a result",
        }
    }
}

/// What was found of a folder.
#[derive(Debug)]
pub struct Verdict {
    /// How it turned out.
    pub status: Status,
    /// What it is a result of.
    pub kind: Option<Kind>,
    /// How many files it has.
    pub files: usize,
    /// Whether it comes out the same again; `None` where it wasn't tried.
    pub same_again: Option<bool>,
    /// What is wrong.
    pub problems: Vec<String>,
    /// Files that are not part of it.
    pub others: Vec<String>,
}

/// Verifies a result, and with a `scratch` folder also whether this version makes the same bytes again: what is made there is
/// removed.
///
/// # Errors
/// If it can't be recomputed for a reason of the machine, or the host asks for a stop.
pub fn verify(folder: &Path, scratch: Option<&Path>, host: &dyn Host) -> Result<Verdict, Error> {
    let found = match inspect(folder) {
        Ok(found) => found,
        Err(error) => return Ok(Verdict::of_no_result(error.to_string())),
    };
    let mut verdict = Verdict::of(&found);
    if let (Some(scratch), Status::Whole, Some(manifest)) = (scratch, verdict.status, &found.manifest) {
        verdict.compare_again(folder, scratch, manifest, host)?;
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
    fn compare_again(
        &mut self,
        folder: &Path,
        scratch: &Path,
        manifest: &Manifest,
        host: &dyn Host,
    ) -> Result<(), Error> {
        let again = match again(folder, scratch, manifest, self.kind, host) {
            Ok(again) => again,
            Err(error) if error.is_refusal() => {
                self.status = Status::NotRecomputed;
                self.problems = vec![error.to_string()];
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let problems = differences(manifest, &again);
        self.same_again = Some(problems.is_empty());
        self.status = if problems.is_empty() { Status::Whole } else { Status::Damaged };
        self.problems = problems;
        Ok(())
    }
}

/// The files that the result has now.
fn again(
    folder: &Path,
    scratch: &Path,
    manifest: &Manifest,
    kind: Option<Kind>,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let output = Output::like(manifest, scratch);
    match (kind, &manifest.question) {
        (Some(Kind::Run), _) => run_again(folder, scratch, manifest, host),
        (Some(Kind::Comparison), Some(question)) => compare::files_again(folder, question, output, host),
        (Some(Kind::Drivers), Some(question)) => sensitivity::files_again(folder, question, output, host),
        _ => Err(Error::refused("it doesn't say what was asked")),
    }
}

fn run_again(
    folder: &Path,
    scratch: &Path,
    manifest: &Manifest,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let loaded = load(&Request { file: folder.join(RESOLVED), ..Request::default() })?;
    match &loaded.plan {
        Some(plan) => run::files_again(&loaded, plan, manifest, scratch, host),
        None => Err(Error::refused(format!(
            "{RESOLVED} was written by version {} and is not a sound scenario for this one",
            manifest.version
        ))),
    }
}

/// What comes out otherwise than the manifest says.
fn differences(manifest: &Manifest, again: &[FileHash]) -> Vec<String> {
    let missing = manifest.files.iter().filter(|file| !again.contains(file));
    let more = again.iter().filter(|file| manifest.files.iter().all(|listed| listed.path != file.path));
    let missing = missing.map(|file| format!("{} does not come out the same again", file.path));
    missing.chain(more.map(|file| format!("{} comes out as well now", file.path))).collect()
}
