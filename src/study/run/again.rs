//! Recomputing a result from its resolved scenario, to compare every byte.

use super::job::Job;
use super::write::write_files;
use super::{Run, SingleRuns};
use crate::plan::Plan;
use crate::results::store::{DRAWS, Kind, Role};
use crate::results::{FileHash, Manifest, RunResult};
use crate::run::{Kept, run_keeping};
use crate::scenario::Loaded;
use crate::study::output::SCRATCH;
use crate::study::{Error, Host, Output};
use std::path::Path;

/// The hashes of the files that a run of this scenario writes now, with the options that the manifest
/// implies. The files themselves are removed.
pub(in crate::study) fn files_again(
    scenario: &Loaded,
    plan: &Plan,
    manifest: &Manifest,
    scratch: &Path,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let request = request_of(manifest, plan, scratch);
    let mut job = Job::begin_as(&request, (scratch, SCRATCH), scenario, host)?;
    let observer = host.observe(plan.info.runs, &plan.info.title);
    let result = run_keeping(plan, None, &job.kept, &mut job.explained, &*observer)?;
    let Job { explained, mut staging, .. } = job;
    let (single_runs, drivers) = explained.finish(plan);
    single_runs.finish(&mut staging)?;
    write_files(&request, scenario, (&result, drivers.as_ref()), &mut staging, host)?;
    Ok(staging.files().to_vec())
}

/// The request by which the listed files were written.
fn request_of(manifest: &Manifest, plan: &Plan, scratch: &Path) -> Run {
    let has_draws = manifest.files.iter().any(|file| file.path == DRAWS);
    Run {
        output: Output::like(manifest, scratch),
        single_runs: if has_draws { which_draws(manifest, plan) } else { SingleRuns::None },
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
