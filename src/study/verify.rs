//! Whether results are as they were written, and whether this version makes them again.

use super::run::files_again;
use super::{Error, Host};
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
    /// It is no result that this version reads.
    NoResult,
}

impl Status {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Damaged => "damaged",
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
        if self.kind != Some(Kind::Run) {
            let problem = "only the result of a run can be computed again from its own folder".to_owned();
            *self = Self { kind: self.kind, ..Self::of_no_result(problem) };
            return Ok(());
        }
        let loaded = load(&Request { file: folder.join(RESOLVED), ..Request::default() })?;
        let problems = match &loaded.plan {
            None => vec![unreadable(manifest)],
            Some(plan) => differences(manifest, &files_again(&loaded, plan, manifest, scratch, host)?),
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
