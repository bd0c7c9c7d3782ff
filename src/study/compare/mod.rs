//! Comparing scenarios run by run, results in folders, or what the parts of a scenario add.

mod again;
mod names;
mod order;
mod scenarios;
mod stored;
mod write;

pub(super) use again::files_again;
pub(super) use order::Order;
pub(super) use stored::open;

use super::clock::Clock;
use super::load::Layers;
use super::output::{Output, Written};
use super::precision::{self, Exactness, FigureOf, MOST_RUNS};
use super::run::Run;
use super::{Error, Host};
use crate::compare::{
    Comparison, Contributions, Mixed, Precise, Question, compare, compare_stored, contributions, mixtures,
};
use crate::diag::nearest;
use crate::plan::Plan;
use crate::report::health;
use crate::results::store::shortened;
use crate::results::{FileHash, Precision};
use crate::scenario::{self, RunSettings};
use again::Repeat;
use scenarios::Side;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A request to compare.
#[derive(Debug, Clone, Default)]
pub struct Compare {
    /// Scenario files, or folders of results.
    pub files: Vec<PathBuf>,
    /// Instead of them: the scenario on which every combination of these scenario files is laid, up to six.
    pub parts: Option<(PathBuf, Vec<PathBuf>)>,
    /// The name of the one that the others are compared with: by default the first.
    pub baseline: Option<String>,
    /// Metrics that are compared beside the usual ones.
    pub metrics: Vec<String>,
    /// Probability weights in the order of the files, for one forecast of them all.
    pub weights: Vec<f64>,
    /// What is laid on each scenario.
    pub layers: Layers,
    /// The number of runs, if not that of the first scenario.
    pub runs: Option<u64>,
    /// The seed, if not that of the first scenario; below 2^63.
    pub seed: Option<u64>,
    /// The precision that the mean of a difference is to reach for every scenario; [`Compare::runs`] is then
    /// the most.
    pub precision: Option<Exactness>,
    /// The figure of that difference: by default the volume in the last whole year.
    pub precision_of: Option<FigureOf>,
    /// The folder of results, and the formats of pictures.
    pub output: Output,
    /// The name of its folder: by default made of the scenarios' names.
    pub name: Option<String>,
    /// Whether a warning or an invalid run is an error.
    pub strict: bool,
    /// Names of the scenarios, in the order of the files: by default their own, with their folders where two
    /// are equal.
    pub names: Option<Vec<String>>,
    /// The folder from which the page sees results: by default that of the output.
    pub seen_from: Option<PathBuf>,
}

/// A comparison with everything that was computed for it.
#[derive(Debug)]
pub struct Compared {
    /// What differs.
    pub comparison: Comparison,
    /// What each part adds, with the names of the parts.
    pub parts: Option<(Contributions, Vec<String>)>,
    /// The weights, and the forecast of all scenarios.
    pub mixed: Option<(Vec<f64>, Vec<Mixed>)>,
    /// The precision that the difference reached, where one was requested.
    pub precision: Option<Precision>,
    /// The warnings of the scenarios, each once.
    pub warnings: Vec<Value>,
    /// The files that were written.
    pub written: Written,
    /// Whether the resolved scenarios are beside it; those of results are in their own folders.
    pub has_scenarios: bool,
}

/// A comparison that is not written yet.
struct Found {
    comparison: Comparison,
    parts: Option<(Contributions, Vec<String>)>,
    mixed: Option<(Vec<f64>, Vec<Mixed>)>,
    precise: Option<Precise>,
    resolved: Vec<(String, String)>,
    inputs: Vec<FileHash>,
    warnings: Vec<Value>,
    repeat: Option<Repeat>,
    /// The name of the folder, unless the request gives one.
    name: String,
    load_s: f64,
    runs_s: f64,
}

/// Invalid runs, where none is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Invalid(String);

impl Compare {
    /// A request to compare scenarios, or results in folders.
    pub fn of(files: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { files: files.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// A request to compare the scenarios of a run, or their results, with the output of that run.
    pub(super) fn of_run(files: Vec<PathBuf>, run: &Run) -> Self {
        Self {
            files,
            baseline: run.baseline.clone(),
            weights: run.weights.clone(),
            output: run.output.clone(),
            strict: run.strict,
            ..Self::default()
        }
    }

    /// Compares and writes the comparison.
    ///
    /// # Errors
    /// If a scenario has errors or a result is damaged, the request can't be met, the folder can't be
    /// written, or the host requests a stop.
    pub fn execute(&self, host: &dyn Host) -> Result<Compared, Error> {
        let found = self.find(host)?;
        let invalid = found.comparison.scenarios.iter().find(|result| result.health.invalid > 0);
        match invalid.filter(|_| self.strict).and_then(|result| health::text(result, false)) {
            Some(text) => Err(Error::Failed(Box::new(Invalid(text)))),
            None => self.write(found, host),
        }
    }

    /// Writes the comparison of scenarios that ran together, each with a result of its own.
    pub(super) fn write_runs(
        &self,
        (all, layers): (Vec<scenario::Loaded>, &Layers),
        (comparison, weights): (Comparison, Option<Vec<f64>>),
        (load_s, runs_s): (f64, f64),
        host: &dyn Host,
    ) -> Result<Compared, Error> {
        let loaded: Vec<Side> = all.into_iter().filter_map(Side::of).collect();
        let name = scenarios::name_of(&loaded.iter().map(|side| &side.plan).collect::<Vec<_>>());
        let name = self.output.name(&name, &self.files[0], layers);
        let mut found = Found { load_s, runs_s, ..Found::of_sides(&loaded, comparison, name) };
        found.mix(weights);
        found.repeat = Some(again::of_scenarios(self, &found));
        self.write(found, host)
    }

    fn find(&self, host: &dyn Host) -> Result<Found, Error> {
        match (&self.parts, stored::are_results(&self.files)?) {
            (Some((base, parts)), _) => self.find_parts(base, parts, host),
            (None, true) => self.find_stored(host),
            (None, false) => self.find_together(host),
        }
    }

    fn settings(&self) -> RunSettings {
        let most = self.precision.as_ref().map(|_| MOST_RUNS);
        RunSettings { runs: self.runs.or(most), seed: self.seed, sampling: None }
    }

    /// Scenario files, run in one pass.
    fn find_together(&self, host: &dyn Host) -> Result<Found, Error> {
        let clock = Clock::start();
        let mut loaded = scenarios::load_all(self, host)?;
        self.distinguish(loaded.iter_mut().map(|side| &mut side.plan).collect());
        let order = self.order(loaded.iter().map(|side| &side.plan), host)?;
        let loaded = order.sort(loaded);
        let plans: Vec<Plan> = loaded.iter().map(|side| side.plan.clone()).collect();
        let more = self.known_metrics(&plans)?;
        let precise = self.precise(&plans)?;
        let load_s = clock.seconds();
        let clock = Clock::start();
        let question = Question { more, precise: precise.clone() };
        let observer = host.observe(plans[0].info.runs, "Comparing");
        let comparison = compare(&plans, &question, &*observer)?;
        drop(observer);
        let runs = comparison.scenarios[0].info.runs;
        let loaded: Vec<Side> = loaded.into_iter().map(|side| side.plainly_run(runs)).collect();
        let name = scenarios::name_of(&plans.iter().collect::<Vec<_>>());
        let name = self.output.name(&name, &self.files[0], &self.layers);
        let mut found =
            Found { precise, load_s, runs_s: clock.seconds(), ..Found::of_sides(&loaded, comparison, name) };
        found.mix(order.weights);
        found.repeat = Some(again::of_scenarios(self, &found));
        Ok(found)
    }

    /// Results in folders, as they are.
    fn find_stored(&self, host: &dyn Host) -> Result<Found, Error> {
        let clock = Clock::start();
        stored::refuse_what_runs(self)?;
        let mut sides = stored::open_all(&self.files)?;
        self.distinguish(sides.iter_mut().map(|side| &mut side.plan).collect());
        let order = self.order(sides.iter().map(|side| &side.plan), host)?;
        let sides = order.sort(sides);
        let plans: Vec<&Plan> = sides.iter().map(|side| &side.plan).collect();
        let load_s = clock.seconds();
        let clock = Clock::start();
        let comparison = compare_stored(&sides)?;
        let name = shortened(&scenarios::name_of(&plans), 160);
        let mut found = Found {
            inputs: sides.iter().flat_map(|side| side.stored.manifest().files.clone()).collect(),
            load_s,
            runs_s: clock.seconds(),
            ..Found::of_sides(&[], comparison, name)
        };
        found.mix(order.weights);
        found.repeat = Some(again::of_results(self, &sides, &found));
        Ok(found)
    }

    /// All combinations of some parts, run in one pass.
    fn find_parts(&self, base: &Path, parts: &[PathBuf], host: &dyn Host) -> Result<Found, Error> {
        let clock = Clock::start();
        let loaded = scenarios::load_combinations(self, base, parts, host)?;
        let plans: Vec<Plan> = loaded.iter().map(|side| side.plan.clone()).collect();
        let names: Vec<String> = parts.iter().map(|file| scenario::stem(file)).collect();
        let load_s = clock.seconds();
        let clock = Clock::start();
        let question = Question { more: self.known_metrics(&plans)?, precise: None };
        let observer = host.observe(plans[0].info.runs, "Combining");
        let contributions = contributions(&plans, names.len(), &question, &*observer)?;
        drop(observer);
        let comparison = scenarios::main_combinations(&contributions, names.len());
        let name = format!("{}-parts-{}", plans[0].info.name, names.join("-"));
        let name = self.output.name(&name, base, &self.layers);
        let mut found = Found {
            parts: Some((contributions, names)),
            load_s,
            runs_s: clock.seconds(),
            ..Found::of_sides(&loaded, comparison, name)
        };
        found.repeat = Some(again::of_parts(self, (base, parts), &found));
        Ok(found)
    }

    /// The order of the scenarios and their weights.
    fn order<'p>(&self, plans: impl Iterator<Item = &'p Plan>, host: &dyn Host) -> Result<Order, Error> {
        let order = Order::of(self.baseline.as_deref(), &self.weights, &plans.collect::<Vec<_>>())?;
        order.note(host);
        Ok(order)
    }

    /// Gives scenarios of one name names that distinguish them.
    fn distinguish(&self, plans: Vec<&mut Plan>) {
        let own: Vec<String> = plans.iter().map(|plan| plan.info.name.clone()).collect();
        let names = self.names.clone().unwrap_or_else(|| names::distinct(&own, &self.files));
        for (plan, name) in plans.into_iter().zip(names) {
            plan.info.name = name;
        }
    }

    /// The requested precision, if any.
    fn precise(&self, plans: &[Plan]) -> Result<Option<Precise>, Error> {
        let Some(wanted) = &self.precision else { return Ok(None) };
        let goal = precision::goal_of_differences(wanted, self.precision_of.as_ref(), plans)?;
        let (metric, year, wanted) = goal.aim();
        Ok(Some(Precise { metric: metric.to_owned(), year, wanted: wanted.clone() }))
    }

    /// The requested metrics; an error if no scenario has one of them.
    fn known_metrics(&self, plans: &[Plan]) -> Result<Vec<String>, Error> {
        let known = scenarios::metrics(plans);
        if let Some(path) = self.metrics.iter().find(|path| !known.contains(path)) {
            let near = nearest(path, known.iter().map(String::as_str));
            return Err(Error::unknown(format!("no scenario has a metric `{path}`"), near));
        }
        let aimed = self.precision_of.iter().map(|figure| figure.metric.clone());
        Ok(self.metrics.iter().cloned().chain(aimed).collect())
    }
}

impl Found {
    /// A comparison of these scenarios, without parts and mixture.
    fn of_sides(sides: &[Side], comparison: Comparison, name: String) -> Self {
        Self {
            comparison,
            parts: None,
            mixed: None,
            precise: None,
            resolved: scenarios::resolved(sides),
            inputs: scenarios::inputs(sides),
            warnings: scenarios::warnings(sides),
            repeat: None,
            name,
            load_s: 0.0,
            runs_s: 0.0,
        }
    }

    fn mix(&mut self, weights: Option<Vec<f64>>) {
        self.mixed = weights.map(|weights| {
            let mixed = mixtures(&self.comparison, &weights);
            (weights, mixed)
        });
    }

    /// The comparison of all scenarios: with parts, of every combination of them.
    fn all(&self) -> &Comparison {
        all(&self.comparison, self.parts.as_ref())
    }
}

fn all<'c>(comparison: &'c Comparison, parts: Option<&'c (Contributions, Vec<String>)>) -> &'c Comparison {
    parts.map_or(comparison, |(parts, _)| &parts.combinations)
}

impl Compared {
    /// The comparison of all scenarios: with parts, of every combination of them.
    pub fn all(&self) -> &Comparison {
        all(&self.comparison, self.parts.as_ref())
    }
}
