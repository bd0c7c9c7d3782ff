//! Running a scenario and writing its result.

use super::write::{TABLES_OF_ALL, tables_in, write_files};
use super::{Done, InvalidRuns, Run};
use crate::plan::Plan;
use crate::report::health;
use crate::results::store::{Kind, RESOLVED, Staging};
use crate::results::{Precision, RunResult, TargetHits, TargetResult, Timing};
use crate::run::{Goal, Kept, run_keeping};
use crate::scenario::Loaded;
use crate::study::clock::Clock;
use crate::study::draws::{self, DrawsFile};
use crate::study::explained::Explained;
use crate::study::manifest::manifest;
use crate::study::output::commit;
use crate::study::precision::as_plain_run;
use crate::study::shell::replay_command;
use crate::study::{Error, Host};
use std::path::Path;

/// A scenario that is run, and the folder of its result.
pub(super) struct Job<'j> {
    request: &'j Run,
    file: &'j Path,
    host: &'j dyn Host,
    pub(super) scenario: &'j Loaded,
    pub(super) plan: &'j Plan,
    pub(super) kept: Kept,
    pub(super) explained: Explained,
    pub(super) staging: Staging,
}

/// The outcome of the runs.
pub(super) struct Computed<'r> {
    pub(super) result: &'r RunResult,
    pub(super) precision: Option<Precision>,
    pub(super) is_alone: bool,
    pub(super) load_s: f64,
    pub(super) runs_s: f64,
}

impl<'j> Job<'j> {
    /// Begins a result; fails before anything runs if it can't be written.
    pub(super) fn begin(
        request: &'j Run,
        file: &'j Path,
        scenario: &'j Loaded,
        host: &'j dyn Host,
    ) -> Result<Self, Error> {
        let plan = sound(scenario)?;
        let name = request.output.name(&plan.info.name, file, &request.layers);
        Self::begin_as(request, (file, &name), scenario, host)
    }

    /// Begins a result with this name.
    pub(super) fn begin_as(
        request: &'j Run,
        (file, name): (&'j Path, &str),
        scenario: &'j Loaded,
        host: &'j dyn Host,
    ) -> Result<Self, Error> {
        let plan = sound(scenario)?;
        let files = [&TABLES_OF_ALL[..], &[RESOLVED]].concat();
        let staging = request.output.begin(name, Kind::Run, &files, host)?;
        let kept = draws::kept(request.single_runs, plan, request.precision.is_some());
        let single_runs = DrawsFile::create(request.single_runs, plan, &kept, &staging)?;
        let is_explained = request.explain || !request.output.formats.is_empty();
        let (explained, kept) = Explained::beside(single_runs, &kept, plan, is_explained);
        Ok(Self { request, file, host, scenario, plan, kept, explained, staging })
    }

    /// Runs the scenario by itself, and writes its result.
    pub(super) fn run_alone(
        mut self,
        goal: Option<&Goal>,
        load_s: f64,
        done: &mut dyn FnMut(Done<'_>),
    ) -> Result<(), Error> {
        let clock = Clock::start();
        let observer = self.host.observe(self.plan.info.runs, &self.plan.info.title);
        let result = run_keeping(self.plan, goal, &self.kept, &mut self.explained, &*observer)?;
        drop(observer);
        let precision = goal.map(|goal| goal.judge(&result));
        let runs_s = clock.seconds();
        self.finish(Computed { result: &result, precision, is_alone: true, load_s, runs_s }, done)
    }

    /// Writes the result and passes it on.
    pub(super) fn finish(self, computed: Computed<'_>, done: &mut dyn FnMut(Done<'_>)) -> Result<(), Error> {
        let Self { request, file, host, scenario, plan, explained, mut staging, .. } = self;
        let Computed { result, precision, is_alone, load_s, runs_s } = computed;
        let (single_runs, drivers) = explained.finish(plan);
        let draws = single_runs.finish(&mut staging)?;
        let is_result = result.health.invalid == 0 || (!request.strict && result.sound_runs() > 0);
        let invalid = invalid_runs(request, file, result, is_result);
        if let (false, Some(invalid)) = (is_result, &invalid) {
            return Err(Error::Failed(Box::new(invalid.clone())));
        }
        let clock = Clock::start();
        let as_plain = as_plain_run(scenario, result)?;
        let pictures = write_files(request, &as_plain, (result, drivers.as_ref()), &mut staging, host)?;
        let mut manifest = manifest(&result.info, as_plain.inputs.clone(), result.health.clone());
        manifest.precision.clone_from(&precision);
        manifest.targets = result.targets.iter().map(hits).collect();
        let tables = tables_in(result, !draws.is_empty());
        manifest.draws = draws;
        let timing =
            Timing { load_s, runs_s, output_s: clock.seconds(), threads: rayon::current_num_threads() };
        let written = commit(staging, manifest, timing, (tables, pictures), host)?;
        done(Done { result, drivers, precision, scenario, file, is_alone, invalid, written });
        Ok(())
    }
}

/// The plan of a scenario without errors.
fn sound(scenario: &Loaded) -> Result<&Plan, Error> {
    scenario.plan.as_ref().ok_or_else(|| Error::Unsound(Box::new(scenario.clone())))
}

fn invalid_runs(request: &Run, file: &Path, result: &RunResult, is_result: bool) -> Option<InvalidRuns> {
    let first = result.health.located.first()?;
    let seed = request.seed.map(|_| result.info.seed);
    let command = replay_command(file, &request.layers, seed, first.run);
    Some(InvalidRuns { text: health::text(result, is_result)?, command })
}

fn hits(target: &TargetResult) -> TargetHits {
    TargetHits {
        name: target.spec.name.clone(),
        hits: target.hits,
        chance: target.chance(),
        interval: target.interval,
    }
}
