//! Recomputing a result from its resolved scenario, to compare every byte.

use super::job::Job;
use super::write::write_files;
use super::{Run, SingleRuns};
use crate::plan::Plan;
use crate::results::store::{DRAWS, Kind, REPORT, Role};
use crate::results::{FileHash, Manifest, RunResult};
use crate::run::{Kept, run_keeping};
use crate::scenario::Loaded;
use crate::study::{Error, Format, Host, Output};
use std::path::{Path, PathBuf};

/// The name of a result that is only written temporarily.
const SCRATCH: &str = "corridor-verify";

/// The hashes of the files that a run of this scenario writes now, with the options that the manifest
/// implies. The files themselves are removed.
pub(in crate::study) fn files_again(
    scenario: &Loaded,
    plan: &Plan,
    manifest: &Manifest,
    scratch: &Path,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let request = request_of(manifest, plan, scratch.to_owned());
    let mut job = Job::begin_as(&request, (scratch, SCRATCH), scenario, host)?;
    let observer = host.observe(plan.info.runs, &plan.info.title);
    let result = run_keeping(plan, None, &job.kept, &mut job.explained, &*observer)?;
    let Job { explained, mut staging, .. } = job;
    let (single_runs, drivers) = explained.finish(plan);
    single_runs.finish(&mut staging)?;
    write_files(&request, scenario, (&result, drivers.as_ref()), &mut staging, host)?;
    Ok(staging.files().to_vec())
}

/// The request that wrote the files of a manifest.
fn request_of(manifest: &Manifest, plan: &Plan, folder: PathBuf) -> Run {
    let has = |path: &str| manifest.files.iter().any(|file| file.path == path);
    let of_kind = |kind: &Format| {
        let ending = format!(".{kind}");
        manifest.files.iter().any(|file| file.path.starts_with("plots/") && file.path.ends_with(&ending))
    };
    let formats = Format::ALL.into_iter().filter(|kind| has(REPORT) && of_kind(kind)).collect();
    Run {
        output: Output { folder: Some(folder), formats },
        single_runs: if has(DRAWS) { which_draws(manifest, plan) } else { SingleRuns::None },
        ..Run::default()
    }
}

fn which_draws(manifest: &Manifest, plan: &Plan) -> SingleRuns {
    let metrics = plan.metrics();
    let kept = manifest.draws.iter().filter(|column| column.role == Role::Metric).count();
    if Kept::main(plan, &metrics).figures.len() == kept { SingleRuns::Main } else { SingleRuns::All }
}

/// Writes all files of a result, with every picture, and removes them: to measure how long that takes.
///
/// # Errors
/// If the folder can't be written.
pub fn write_for_nothing(
    scenario: &Loaded,
    result: &RunResult,
    scratch: &Path,
    host: &dyn Host,
) -> Result<(), Error> {
    let request =
        Run { output: Output { folder: Some(scratch.to_owned()), ..Output::default() }, ..Run::default() };
    let mut staging = request.output.begin(SCRATCH, Kind::Run, &[], host)?;
    write_files(&request, scenario, (result, None), &mut staging, host).map(|_| ())
}
