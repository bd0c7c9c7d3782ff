//! Several scenarios in one pass on shared random numbers: a result of each, equal to the bit to that of
//! running it alone, and their comparison.

use super::job::{Computed, Job};
use super::{Done, Run};
use crate::compare::{Comparison, compare_keeping};
use crate::run::{Collector, Detail, KeptRuns, Task};
use crate::scenario::Loaded;
use crate::study::clock::Clock;
use crate::study::compare::{Compare, Compared, Order};
use crate::study::explained::Explained;
use crate::study::{Error, Host};
use std::path::PathBuf;

/// Runs the scenarios, and writes a result of each and their comparison.
pub(super) fn execute(
    request: &Run,
    loaded: &[Loaded],
    order: Order,
    load_s: f64,
    host: &dyn Host,
    done: &mut dyn FnMut(Done<'_>),
) -> Result<Compared, Error> {
    let clock = Clock::start();
    let named: Vec<(&PathBuf, &Loaded)> = request.files.iter().zip(loaded).collect();
    let scenarios = order.sort(named);
    let begun = scenarios.iter().map(|&(file, scenario)| Job::begin(request, file, scenario, host));
    let mut jobs: Vec<Job<'_>> = begun.collect::<Result<_, _>>()?;
    let comparison = run(&mut jobs, host)?;
    let runs_s = clock.seconds();
    let load_each = load_s / loaded.len() as f64;
    for (job, result) in jobs.into_iter().zip(&comparison.scenarios) {
        let computed = Computed { result, precision: None, is_alone: false, load_s: load_each, runs_s };
        job.finish(computed, done)?;
    }
    let loaded = scenarios.into_iter().map(|(_, scenario)| scenario.clone()).collect();
    Compare::of_run(request.files.clone(), request).write_runs(
        (loaded, &request.layers),
        (comparison, order.weights),
        (load_s, runs_s),
        host,
    )
}

fn run(jobs: &mut [Job<'_>], host: &dyn Host) -> Result<Comparison, Error> {
    let (mut tasks, mut files) = (Vec::new(), Vec::new());
    for Job { plan, kept, explained, .. } in jobs {
        tasks.push(Task { plan, detail: Detail::Months, kept: kept.clone() });
        files.push(explained);
    }
    let what = format!("{} scenarios", tasks.len());
    let observer = host.observe(tasks[0].plan.info.runs, &what);
    Ok(compare_keeping(&tasks, &mut Each(files), &*observer)?)
}

/// Passes the runs of each scenario on to its own file and its own attribution.
struct Each<'f>(Vec<&'f mut Explained>);

impl Collector for Each<'_> {
    fn take(&mut self, runs: &[KeptRuns]) {
        for (file, runs) in self.0.iter_mut().zip(runs) {
            file.take(std::slice::from_ref(runs));
        }
    }
}
