//! Running scenarios: a result of each, and a comparison of several.

mod again;
mod job;
mod together;
mod write;

pub(super) use again::files_again;
pub use again::write_for_nothing;

use super::compare::{Compare, Compared, Order};
use super::load::{Layers, load_each};
use super::output::{Output, Written};
use super::precision::{self, Exactness, FigureOf, MOST_RUNS};
use super::{Error, Host};
use crate::attribution::Drivers;
use crate::compare::run_alike;
use crate::plan::Plan;
use crate::results::store::DRAWS;
use crate::results::{Precision, RunResult};
use crate::run::Goal;
use crate::scenario::{Loaded, RunSettings};
use job::Job;
use std::path::{Path, PathBuf};

/// A request to run scenarios.
#[derive(Debug, Clone)]
pub struct Run {
    /// The scenarios.
    pub files: Vec<PathBuf>,
    /// What is laid on each of them.
    pub layers: Layers,
    /// The number of runs, if not that of the scenario.
    pub runs: Option<u64>,
    /// The seed, if not that of the scenario; below 2^63.
    pub seed: Option<u64>,
    /// The precision that the mean of a figure is to reach; [`Run::runs`] is then the most.
    pub precision: Option<Exactness>,
    /// The figure of the precision: by default the volume in the last whole year.
    pub precision_of: Option<FigureOf>,
    /// The folder of results, and the formats of pictures.
    pub output: Output,
    /// Which figures of single runs are kept.
    pub single_runs: SingleRuns,
    /// Whether to compute the drivers of exports even without a page.
    pub explain: bool,
    /// Of several scenarios, the name of the one that the others are compared with: by default the first.
    pub baseline: Option<String>,
    /// Probability weights of several scenarios in the order of the files, for one forecast of them all.
    pub weights: Vec<f64>,
    /// Whether a warning or an invalid run is an error.
    pub strict: bool,
}

/// Which figures of single runs are kept in `draws.parquet`, beside the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SingleRuns {
    /// The main figures, of up to 20,000 runs.
    #[default]
    Usual,
    /// None.
    None,
    /// Totals, products, routes, credit, events, projects, and the metrics of targets.
    Main,
    /// Every metric.
    All,
}

/// A scenario that was run.
#[derive(Debug)]
pub struct Done<'r> {
    /// The figures.
    pub result: &'r RunResult,
    /// The drivers of exports, where they were computed.
    pub drivers: Option<Drivers>,
    /// The precision that the figure reached, where one was requested.
    pub precision: Option<Precision>,
    /// The scenario as it was run.
    pub scenario: &'r Loaded,
    /// Its file as it was named.
    pub file: &'r Path,
    /// Whether it was run alone: only then the timing is its own.
    pub is_alone: bool,
    /// The invalid runs, which all figures leave out, where there are any.
    pub invalid: Option<InvalidRuns>,
    /// The files that were written.
    pub written: Written,
}

/// Runs that are left out of all figures.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{text} To see it: {command}")]
pub struct InvalidRuns {
    /// How many there are, and what is wrong with the first of them.
    pub text: String,
    /// The command that shows the first of them.
    pub command: String,
}

/// The comparison of several scenarios that were run.
#[derive(Debug)]
pub enum Difference {
    /// There is one scenario.
    Alone,
    /// The comparison.
    Compared(Box<Compared>),
    /// Seed, runs, sampling or first month differ, and not all single runs were kept.
    NotCompared,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            layers: Layers::default(),
            runs: None,
            seed: None,
            precision: None,
            precision_of: None,
            output: Output::default(),
            single_runs: SingleRuns::Usual,
            explain: false,
            baseline: None,
            weights: Vec::new(),
            strict: false,
        }
    }
}

impl Run {
    /// A request to run a scenario with its own settings.
    pub fn of(file: impl Into<PathBuf>) -> Self {
        Self { files: vec![file.into()], ..Self::default() }
    }

    /// Runs the scenarios, writes a result of each, and compares them if there are several. Each result is
    /// passed to `done`, in the order of the comparison.
    ///
    /// # Errors
    /// If a scenario has errors, the request can't be met, a folder can't be written, or the host requests a
    /// stop.
    pub fn execute(&self, host: &dyn Host, done: &mut dyn FnMut(Done<'_>)) -> Result<Difference, Error> {
        let clock = super::clock::Clock::start();
        let loaded = load_each(&self.files, (&self.layers, self.settings()), self.strict, host)?;
        let load_s = clock.seconds();
        refuse_twins(&loaded)?;
        let goals: Vec<Option<Goal>> =
            loaded.iter().map(|scenario| self.goal(scenario)).collect::<Result<_, _>>()?;
        if loaded.len() < 2 {
            if !self.weights.is_empty() || self.baseline.is_some() {
                return Err(Error::refused(
                    "--baseline and --weights are for several scenarios; there is one",
                ));
            }
            self.one_by_one(&loaded, &goals, load_s, host, done)?;
            return Ok(Difference::Alone);
        }
        let plans: Vec<&Plan> = loaded.iter().filter_map(|scenario| scenario.plan.as_ref()).collect();
        let order = Order::of(self.baseline.as_deref(), &self.weights, &plans)?;
        if goals.iter().all(Option::is_none) && run_alike(&plans) {
            order.note(host);
            let found = together::execute(self, &loaded, order, load_s, host, done)?;
            return Ok(Difference::Compared(Box::new(found)));
        }
        self.one_by_one(&loaded, &goals, load_s, host, done)?;
        self.compare_results(&plans, host)
    }

    pub(super) fn settings(&self) -> RunSettings {
        let most = self.precision.as_ref().map(|_| MOST_RUNS);
        RunSettings { runs: self.runs.or(most), seed: self.seed, sampling: None }
    }

    /// The goal of a scenario's runs, checked before anything runs.
    fn goal(&self, scenario: &Loaded) -> Result<Option<Goal>, Error> {
        let Some((wanted, plan)) = self.precision.as_ref().zip(scenario.plan.as_ref()) else {
            return Ok(None);
        };
        precision::goal(wanted, self.precision_of.as_ref(), plan).map(Some)
    }

    fn one_by_one(
        &self,
        loaded: &[Loaded],
        goals: &[Option<Goal>],
        load_s: f64,
        host: &dyn Host,
        done: &mut dyn FnMut(Done<'_>),
    ) -> Result<(), Error> {
        let load_s = load_s / loaded.len() as f64;
        for ((file, scenario), goal) in self.files.iter().zip(loaded).zip(goals) {
            Job::begin(self, file, scenario, host)?.run_alone(goal.as_ref(), load_s, done)?;
        }
        Ok(())
    }

    /// Compares the stored results of several scenarios, if their single runs were kept.
    fn compare_results(&self, plans: &[&Plan], host: &dyn Host) -> Result<Difference, Error> {
        let name = |(file, plan): (&PathBuf, &&Plan)| self.output.name(&plan.info.name, file, &self.layers);
        let names = self.files.iter().zip(plans).map(name);
        let folders: Vec<PathBuf> = names.map(|name| self.output.folder().join(name)).collect();
        if !folders.iter().all(|folder| folder.join(DRAWS).exists()) {
            return Ok(Difference::NotCompared);
        }
        Compare::of_run(folders, self).execute(host).map(|found| Difference::Compared(Box::new(found)))
    }
}

/// Refuses two scenarios of the same name, which would share a folder.
fn refuse_twins(loaded: &[Loaded]) -> Result<(), Error> {
    let names = loaded.iter().filter_map(|scenario| scenario.plan.as_ref()).map(|plan| &plan.info.name);
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    // On some systems names that differ only in capital letters are the same.
    let folder = |name: &str| {
        if cfg!(any(windows, target_os = "macos")) { name.to_lowercase() } else { name.to_owned() }
    };
    names.sort_unstable_by_key(|name| folder(name));
    match names.windows(2).find(|pair| folder(pair[0]) == folder(pair[1])) {
        Some(pair) => Err(Error::refused(format!(
            "two of the scenarios are called `{}` and would share a folder; run one after the other with \
             different --out, or give one of them another `name` in [scenario]",
            pair[0]
        ))),
        None => Ok(()),
    }
}
