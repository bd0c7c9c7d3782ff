//! A result made again from its resolved scenario, to compare every byte.

use super::{Job, write_files};
use crate::cli::app::Failure;
use crate::cli::args::{DrawsOf, Format, RunArgs};
use crate::cli::work::Stop;
use crate::plan::Plan;
use crate::results::store::{DRAWS, REPORT, Role};
use crate::results::{FileHash, Manifest};
use crate::run::{Kept, run_keeping};
use crate::scenario::Loaded;
use std::path::Path;

/// The files that a run of this scenario writes now, with the kinds of files that the manifest lists. Nothing of them is kept.
pub(in crate::cli::command) fn files_again(
    scenario: &Loaded,
    manifest: &Manifest,
    file: &Path,
) -> Result<Vec<FileHash>, Failure> {
    let plan = scenario.plan.as_ref().ok_or(Failure::Input)?;
    let args = args_of(manifest, plan);
    let name = format!("corridor-verify-{}", std::process::id());
    let mut job = Job::begin_in(&args, file, scenario, (&std::env::temp_dir(), &name))?;
    let result =
        run_keeping(plan, None, &job.kept, &mut job.explained, &Stop).map_err(|_| Failure::Stopped)?;
    let Job { explained, mut staging, .. } = job;
    let (single_runs, drivers) = explained.finish(plan);
    single_runs.finish(&mut staging)?;
    write_files(&args, scenario, (&result, drivers.as_ref()), &mut staging)?;
    Ok(staging.files().to_vec())
}

/// The options with which the listed files are written.
fn args_of(manifest: &Manifest, plan: &Plan) -> RunArgs {
    let has = |path: &str| manifest.files.iter().any(|file| file.path == path);
    let of_kind = |kind: &Format| {
        let ending = format!(".{kind}");
        manifest.files.iter().any(|file| file.path.starts_with("plots/") && file.path.ends_with(&ending))
    };
    let has_draws = has(DRAWS);
    RunArgs {
        no_plots: !has(REPORT),
        format: [Format::Png, Format::Svg].into_iter().filter(of_kind).collect(),
        no_draws: !has_draws,
        draws: has_draws.then(|| which_draws(manifest, plan)),
        ..RunArgs::of_everything()
    }
}

fn which_draws(manifest: &Manifest, plan: &Plan) -> DrawsOf {
    let metrics = plan.metrics();
    let kept = manifest.draws.iter().filter(|column| column.role == Role::Metric).count();
    if Kept::main(plan, &metrics).figures.len() == kept { DrawsOf::Main } else { DrawsOf::All }
}
