//! Several scenarios in one pass, on shared random numbers: a result of each, to the bit that of its own run, and what differs.

use super::{Done, Job, Timed};
use crate::cli::app::Failure;
use crate::cli::args::RunArgs;
use crate::cli::command::compare::{self, Order};
use crate::cli::console;
use crate::cli::explained::Explained;
use crate::cli::work::{Clock, Watch};
use crate::compare::{Comparison, compare_keeping};
use crate::run::{Collector, Detail, KeptRuns, Task};
use serde_json::Value;
use std::path::PathBuf;

/// Runs them and writes a result of each and their comparison; gives the documents that `--json` prints.
pub(super) fn execute(args: &RunArgs, loaded: &[Timed], order: Order) -> Result<Vec<Value>, Failure> {
    let clock = Clock::start();
    let typed: Vec<(&PathBuf, &Timed)> = args.files.iter().zip(loaded).collect();
    let scenarios = order.sort(typed);
    let begun = scenarios.iter().map(|&(file, timed)| Job::begin(args, file, &timed.0));
    let mut jobs: Vec<Job<'_>> = begun.collect::<Result<_, Failure>>()?;
    let comparison = run(args, &mut jobs)?;
    let runs_s = clock.seconds();
    let mut documents = Vec::new();
    for ((job, result), (_, (_, load_s))) in jobs.into_iter().zip(&comparison.scenarios).zip(&scenarios) {
        let done = Done { result, precision: None, is_alone: false };
        documents.push(job.finish(args, done, (*load_s, runs_s))?);
        if args.print.text() {
            console::print("\n");
        }
    }
    let load_s = loaded.iter().map(|(_, load_s)| load_s).sum();
    let loaded = scenarios.iter().map(|(_, (scenario, _))| scenario.clone()).collect();
    documents.push(compare::of_runs(args, loaded, (comparison, order.weights), (load_s, runs_s))?);
    Ok(documents)
}

fn run(args: &RunArgs, jobs: &mut [Job<'_>]) -> Result<Comparison, Failure> {
    let mut tasks = Vec::new();
    let mut files = Vec::new();
    for job in jobs {
        let Job { scenario, kept, explained, .. } = job;
        let plan = scenario.plan.as_ref().ok_or(Failure::Input)?;
        tasks.push(Task { plan, detail: Detail::Months, kept: kept.clone() });
        files.push(explained);
    }
    let what = format!("{} scenarios", tasks.len());
    let watch = Watch::new(tasks[0].plan.info.runs, &what, args.print.quiet);
    compare_keeping(&tasks, &mut Each(files), &watch).map_err(compare::told)
}

/// Every scenario's single runs go to a file of their own, and what drives it is told from them.
struct Each<'f>(Vec<&'f mut Explained>);

impl Collector for Each<'_> {
    fn take(&mut self, runs: &[KeptRuns]) {
        for (file, runs) in self.0.iter_mut().zip(runs) {
            file.take(std::slice::from_ref(runs));
        }
    }
}
