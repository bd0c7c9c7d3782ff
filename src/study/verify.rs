//! Verifying that results are as they were written, and that this version reproduces them.

use super::{Error, Host, Output, compare, run, sensitivity};
use crate::results::store::{Inspection, Kind, RESOLVED, inspect};
use crate::results::{FileHash, Manifest};
use crate::scenario::{Request, load};
use std::path::Path;

/// The state of a folder, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every file is as it was written.
    Whole,
    /// A file is changed or missing, or isn't reproduced.
    Damaged,
    /// Every file is as it was written, but it can't be computed again from what is there.
    NotRecomputed,
    /// It isn't a result that this version can read.
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

/// The outcome of verifying a folder.
#[derive(Debug)]
pub struct Verdict {
    /// Its state.
    pub status: Status,
    /// The kind of result.
    pub kind: Option<Kind>,
    /// How many files it has.
    pub files: usize,
    /// Whether recomputing it gives the same bytes; `None` where it wasn't recomputed.
    pub same_again: Option<bool>,
    /// The problems found.
    pub problems: Vec<String>,
    /// Files that are not part of it.
    pub others: Vec<String>,
}

/// Verifies a result, and with a `scratch` folder also that this version reproduces every byte; files in that
/// folder are removed afterwards.
///
/// # Errors
/// If recomputing fails for a reason other than the result, or the host requests a stop.
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
            // The manifest and the timings aren't listed in the manifest.
            files: found.manifest.as_ref().map_or(0, |manifest| manifest.files.len() + 2),
            same_again: None,
            problems: found.problems.iter().map(ToString::to_string).collect(),
            others: found.others.iter().map(|path| path.display().to_string()).collect(),
        }
    }

    /// Runs the scenario again and compares the files.
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

/// The differences between recomputed files and the manifest.
fn differences(manifest: &Manifest, again: &[FileHash]) -> Vec<String> {
    let missing = manifest.files.iter().filter(|file| !again.contains(file));
    let more = again.iter().filter(|file| manifest.files.iter().all(|listed| listed.path != file.path));
    let missing = missing.map(|file| format!("{} is not reproduced", file.path));
    missing.chain(more.map(|file| format!("{} is written now, but not in the manifest", file.path))).collect()
}
