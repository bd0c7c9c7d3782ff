//! Sensitivity analysis: the variance of a figure attributed to assumptions.

use super::clock::Clock;
use super::compare::open;
use super::load::{Layers, load_one};
use super::manifest::manifest;
use super::output::{Output, SCRATCH, Written, commit};
use super::pictures::draw;
use super::{Error, Host};
use crate::attribution::{self, Drivers, EXPLAINED_RUNS};
use crate::compare::Side;
use crate::diag::nearest;
use crate::plan::{Metric, Period, Plan};
use crate::report::charts::driver_pictures;
use crate::report::drivers::drivers_csv;
use crate::report::json;
use crate::results::store::{DRIVERS, DrawsError, Kind, RESOLVED, Staging};
use crate::results::{FileHash, Health, Manifest, Question, Timing};
use crate::run::{Draws, YearlyFigure, draws, read_draws};
use crate::scenario::{Files, RunSettings, recorded_path};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Runs of each resampled plan, unless the request says otherwise: the error of a share of 10% is then about
/// 1%.
const RUNS_AGAIN: u64 = 2_048;

/// A request to explain a figure.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    /// The scenario, or the folder of a result: its runs are taken as they are.
    pub file: PathBuf,
    /// The path of the metric.
    pub metric: String,
    /// The calendar year: by default the last whole one.
    pub year: Option<i32>,
    /// How shares are estimated.
    pub method: Method,
    /// What is laid on the scenario.
    pub layers: Layers,
    /// The number of runs: by default that of the scenario, 4,096 at most; of each plan of [`Method::Sobol`]
    /// 2,048.
    pub runs: Option<u64>,
    /// The seed, if not that of the scenario; below 2^63.
    pub seed: Option<u64>,
    /// Folder and formats of pictures; nothing is written without pictures.
    pub output: Output,
}

/// How shares of the variance are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// From the runs that are made anyway.
    Data,
    /// From further runs in which one group of inputs is resampled at a time: pick and freeze.
    Sobol,
}

impl Method {
    /// As it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Sobol => "sobol",
        }
    }
}

/// A figure that is explained.
#[derive(Debug)]
pub struct Explained {
    /// What drives it.
    pub drivers: Drivers,
    /// The plan of the runs.
    pub plan: Plan,
    /// The scenario's warnings.
    pub warnings: Vec<Value>,
    /// The files that were written, if any.
    pub written: Option<Written>,
}

/// Where the runs come from.
struct Origin {
    stored: Option<Side>,
    plan: Plan,
    /// The scenario after all layers; empty of a result.
    resolved: String,
    inputs: Vec<FileHash>,
    warnings: Vec<Value>,
}

impl Sensitivity {
    /// A request about total exports in the last whole year of a scenario.
    pub fn of(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            metric: "volume".to_owned(),
            year: None,
            method: Method::Data,
            layers: Layers::default(),
            runs: None,
            seed: None,
            output: Output::default(),
        }
    }

    /// Explains the figure, and with pictures writes `<scenario>-drivers/`.
    ///
    /// # Errors
    /// If the scenario has errors, the figure is unknown, the runs are too few or were not kept, the folder
    /// can't be written, or the host requests a stop.
    pub fn execute(&self, host: &dyn Host) -> Result<Explained, Error> {
        let origin = if self.file.is_dir() { self.open()? } else { self.load(host)? };
        let clock = Clock::start();
        let drivers = self.find(&origin, host)?;
        let written = self.write(&origin, &drivers, clock.seconds(), host)?;
        Ok(Explained { drivers, plan: origin.plan, warnings: origin.warnings, written })
    }

    fn find(&self, origin: &Origin, host: &dyn Host) -> Result<Drivers, Error> {
        let plan = &origin.plan;
        let metrics = plan.metrics();
        let metric = index_of(&self.metric, metrics.list())?;
        let (index, year) = self.covered_year(plan)?;
        let figures = attribution::figures(plan, metrics.list(), metric, index);
        let draws = match &origin.stored {
            Some(side) => read(side, metrics.list(), &figures)?,
            None => self.compute(plan, &figures, host)?,
        };
        let draws = draws.first(self.runs_explained(plan));
        let figure = YearlyFigure { metric, year: index };
        self.explain(plan, &draws, (&metrics.list()[metric], year, figure), host)
    }

    fn load(&self, host: &dyn Host) -> Result<Origin, Error> {
        let run = RunSettings { runs: self.runs, seed: self.seed, sampling: None };
        let loaded = load_one(&self.file, (&self.layers, run), &Files::default(), false, host)?;
        let warnings = json::warnings(&loaded.diagnostics, &loaded.sources);
        match loaded.plan {
            Some(plan) => {
                Ok(Origin { stored: None, plan, resolved: loaded.resolved, inputs: loaded.inputs, warnings })
            }
            None => Err(Error::Unsound(Box::new(loaded))),
        }
    }

    /// A stored result, whose runs can't be changed: options that would do so are refused.
    fn open(&self) -> Result<Origin, Error> {
        if self.seed.is_some() || !self.layers.is_empty() {
            return Err(Error::refused(
                "a stored result can't be run again with other settings; give the scenario file",
            ));
        }
        let side = open(&self.file)?;
        let (mut plan, inputs) = (side.plan.clone(), side.stored.manifest().inputs.clone());
        plan.info.runs = side.stored.manifest().runs;
        Ok(Origin { stored: Some(side), plan, resolved: String::new(), inputs, warnings: Vec::new() })
    }

    fn compute(&self, plan: &Plan, figures: &[YearlyFigure], host: &dyn Host) -> Result<Draws, Error> {
        let mut plan = plan.clone();
        plan.info.runs = self.runs_explained(&plan);
        let observer = host.observe(plan.info.runs, &plan.info.title);
        Ok(draws(&plan, figures, &*observer)?)
    }

    /// The number of runs from which the figure is explained: as many as on the page of a run, unless the
    /// request says otherwise.
    fn runs_explained(&self, plan: &Plan) -> u64 {
        let asked = self.runs.filter(|_| self.method == Method::Data);
        asked.unwrap_or(EXPLAINED_RUNS).min(plan.info.runs)
    }

    fn explain(
        &self,
        plan: &Plan,
        draws: &Draws,
        (metric, year, figure): (&Metric, i32, YearlyFigure),
        host: &dyn Host,
    ) -> Result<Drivers, Error> {
        let too_few = || Error::refused("too few runs to estimate what drives a figure; try --runs 10000");
        if draws.runs() < 2 {
            return Err(too_few());
        }
        match self.method {
            Method::Sobol => {
                let runs = self.runs.unwrap_or(RUNS_AGAIN.min(plan.info.runs));
                let observer = host.observe(runs, &plan.info.title);
                Ok(attribution::by_redrawing(plan, draws, (metric, year), (figure, runs), &*observer)?)
            }
            Method::Data => attribution::drivers(plan, draws, metric, year).ok_or_else(too_few),
        }
    }

    /// The index of a year and the year: the requested one, else the last whole one, else the last.
    fn covered_year(&self, plan: &Plan) -> Result<(usize, i32), Error> {
        let horizon = plan.info.horizon;
        let years = horizon.years();
        let usual = || Period::last_year(&Period::years(horizon)).unwrap_or(0);
        let index = match self.year {
            None => Some(usual()),
            Some(year) => years.iter().position(|&covered| covered == year),
        };
        let index = index.ok_or_else(|| {
            let (first, last) = (years[0], years[years.len() - 1]);
            Error::refused(format!("the run covers {first} to {last} only"))
        })?;
        Ok((index, years[index]))
    }

    fn write(
        &self,
        origin: &Origin,
        drivers: &Drivers,
        runs_s: f64,
        host: &dyn Host,
    ) -> Result<Option<Written>, Error> {
        if self.output.formats.is_empty() {
            return Ok(None);
        }
        let clock = Clock::start();
        let info = &origin.plan.info;
        let name = format!("{}-drivers", info.name);
        let folder = format!("{}-drivers", self.output.name(&info.name, &self.file, &self.layers));
        let (staging, pictures) = self.stage(origin, drivers, &folder, host)?;
        let timing =
            Timing { load_s: 0.0, runs_s, output_s: clock.seconds(), threads: rayon::current_num_threads() };
        let manifest = Manifest {
            scenario: name,
            title: format!("What drives {}", info.title),
            question: Some(self.question(origin, drivers)),
            ..manifest(info, origin.inputs.clone(), Health::default())
        };
        commit(staging, manifest, timing, (vec![DRIVERS.to_owned()], pictures), host).map(Some)
    }

    /// Writes the files, which are not in their place yet; gives the number of pictures.
    fn stage(
        &self,
        origin: &Origin,
        drivers: &Drivers,
        folder: &str,
        host: &dyn Host,
    ) -> Result<(Staging, usize), Error> {
        let info = &origin.plan.info;
        let mut staging = self.output.begin(folder, Kind::Drivers, &[DRIVERS, RESOLVED], host)?;
        staging.write(DRIVERS, &drivers_csv(drivers))?;
        if !origin.resolved.is_empty() {
            staging.write(RESOLVED, origin.resolved.as_bytes())?;
        }
        let title = (info.title.clone(), info.name.clone());
        let pictures = draw(&driver_pictures(info, drivers), &self.output.formats, &[title], host)?;
        for (path, bytes) in &pictures {
            staging.write(path, bytes)?;
        }
        Ok((staging, pictures.len()))
    }

    /// What was asked, for the manifest.
    fn question(&self, origin: &Origin, drivers: &Drivers) -> Question {
        let here = self.output.folder().join("x");
        let result = origin
            .stored
            .as_ref()
            .and_then(|side| Some(recorded_path(&here, side.stored.resolved().parent()?)));
        Question::Explain {
            result,
            metric: self.metric.clone(),
            year: drivers.year.start.year(),
            method: self.method.name().to_owned(),
            runs: self.runs,
        }
    }
}

/// The files that an explanation has now, asked the same of the same scenario or result; with the pictures
/// that it has. Nothing of them is kept.
pub(super) fn files_again(
    folder: &Path,
    question: &Question,
    output: Output,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let Question::Explain { result, metric, year, method, runs } = question else {
        return Err(Error::refused("it is no explanation"));
    };
    let file = match result {
        None => folder.join(RESOLVED),
        Some(result) => folder.parent().unwrap_or(Path::new("")).join(result),
    };
    let request = Sensitivity {
        metric: metric.clone(),
        year: Some(*year),
        method: if method == Method::Sobol.name() { Method::Sobol } else { Method::Data },
        runs: *runs,
        output,
        ..Sensitivity::of(file)
    };
    let origin = if request.file.is_dir() { request.open()? } else { request.load(host)? };
    let drivers = request.find(&origin, host)?;
    let (staging, _) = request.stage(&origin, &drivers, SCRATCH, host)?;
    Ok(staging.files().to_vec())
}

/// The runs that a result keeps.
fn read(side: &Side, metrics: &[Metric], figures: &[YearlyFigure]) -> Result<Draws, Error> {
    let years = side.plan.info.horizon.years();
    let name = |figure: &YearlyFigure| format!("{}@{}", metrics[figure.metric].path, years[figure.year]);
    let names: Vec<String> = figures.iter().map(name).collect();
    let Some(reader) = side.stored.draws().transpose()? else {
        return Err(Error::refused(
            "this result has no single runs (draws.parquet); give the scenario file instead",
        ));
    };
    match read_draws(&side.plan, &reader, &names) {
        Err(DrawsError::NoColumn(column)) => Err(Error::refused(format!(
            "this result has no `{column}` of single runs; run the scenario with --draws all, or give the \
             scenario file"
        ))),
        other => Ok(other?),
    }
}

fn index_of(path: &str, metrics: &[Metric]) -> Result<usize, Error> {
    let known = || metrics.iter().map(|metric| metric.path.as_str());
    metrics
        .iter()
        .position(|metric| metric.path == path)
        .ok_or_else(|| Error::unknown(format!("there is no metric `{path}`"), nearest(path, known())))
}
