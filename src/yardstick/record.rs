//! The measurements of a benchmark, as they are stored: times of repeated work, without any derived figures.

use super::estimate::{Estimate, spread};
use crate::results::{is_sealed, sealed};
use serde::{Deserialize, Serialize};

/// The version of the stored format; other versions can't be read.
pub const FORMAT: u32 = 3;

/// The benchmarks of one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of the program.
    pub version: String,
    /// One for every scenario.
    pub scenarios: Vec<Measured>,
}

/// The measurements of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of the resolved scenario without its number of runs: equal hashes mean equal work.
    pub sha256: String,
    /// The number of months.
    pub months: u64,
    /// The number of metrics.
    pub metrics: u64,
    /// The number of runs that the scenario states.
    pub stated_runs: u64,
    /// The number of threads of the machine.
    pub cores: u64,
    /// The number of running or waiting processes at the start, averaged over a minute; `None` if the system
    /// doesn't report it.
    pub load: Option<f64>,
    /// The engine, by number of threads, fewest first.
    pub threads: Vec<OnThreads>,
    /// The engine on all threads, by number of runs, fewest first.
    pub sizes: Vec<OfSize>,
    /// [`super::bound::draws`] on one thread.
    pub draws: Repeated,
    /// [`super::stages::draws_and_model`] on one thread.
    pub draws_and_model: Repeated,
    /// [`super::scalar::scalar_runs`] on one thread.
    pub scalar_twin: Repeated,
    /// [`super::first_written::first_written`] on one thread.
    pub first_written: Repeated,
    /// Pictures, tables and report of the stated number of runs, on one thread.
    pub output: Repeated,
}

/// Repeated work.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Repeated {
    /// The number of runs in it.
    pub runs: u64,
    /// The time it took, for each repetition.
    pub seconds: Vec<f64>,
}

impl Repeated {
    /// Nanoseconds for each run, for each repetition.
    pub fn ns_per_run(&self) -> Vec<f64> {
        self.seconds.iter().map(|seconds| seconds * 1e9 / self.runs.max(1) as f64).collect()
    }
}

/// The engine on a number of threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnThreads {
    /// The number of threads.
    pub threads: u64,
    /// The time for few runs, a chunk on each thread: mostly the fixed cost.
    pub few: Repeated,
    /// The time for more runs, measured in the same turns.
    pub work: Repeated,
}

impl OnThreads {
    /// Nanoseconds for each of `runs` runs, for each repetition: the marginal cost of a run plus its share of
    /// the fixed cost.
    pub fn ns_per_run(&self, runs: u64) -> Vec<f64> {
        let share = |(once, one_more): (f64, f64)| (one_more + once / runs.max(1) as f64) * 1e9;
        self.parts().map(share).collect()
    }

    /// The fixed cost in seconds, for each repetition.
    pub fn once(&self) -> Vec<f64> {
        self.parts().map(|(once, _)| once).collect()
    }

    /// The fixed cost, and the marginal cost of a run, in seconds, for each repetition.
    ///
    /// # Formula
    /// With t(F) for few runs and t(W) for more, the marginal cost is b = (t(W) − t(F))/(W − F), and t(F) −
    /// F·b is the fixed cost: memory for all statistics is allocated and touched for the first time, and the
    /// result is computed. Measurements that are repeated often must be short, and must not include in full a
    /// fixed cost that many runs share.
    fn parts(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (few, more) = (self.few.runs as f64, self.work.runs.saturating_sub(self.few.runs).max(1) as f64);
        self.few.seconds.iter().zip(&self.work.seconds).map(move |(short, long)| {
            let one_more = (long - short).max(0.0) / more;
            ((short - few * one_more).max(0.0), one_more)
        })
    }
}

/// The engine with a number of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfSize {
    /// The number of runs.
    pub runs: u64,
    /// The time it took; `None` if it was not measured because it would take too long.
    pub seconds: Option<f64>,
    /// The expected time, if it was not measured.
    pub expected_seconds: Option<f64>,
    /// The peak memory of the process so far, in KiB; `None` if the system doesn't report it.
    pub peak_kib: Option<u64>,
}

/// Shares of the time of one run of the program on one thread, for the stated number of runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Drawing random numbers.
    pub draws: f64,
    /// Computing the figures of months and years.
    pub model: f64,
    /// Moments, histograms, targets, and what is computed from them.
    pub statistics: f64,
    /// Writing pictures, tables and report.
    pub output: f64,
    /// The total time.
    pub seconds: f64,
}

impl Measured {
    /// Nanoseconds for each of the stated number of runs in the engine on one thread, for each repetition.
    pub fn engine(&self) -> Vec<f64> {
        self.threads.first().map_or_else(Vec::new, |on| on.ns_per_run(self.stated_runs))
    }

    /// The fixed cost in seconds, on one thread.
    pub fn once(&self) -> Option<Estimate> {
        Estimate::of(&self.threads.first()?.once())
    }

    /// The ratio of the time per run of a reference implementation to that of the engine, both on one thread.
    pub fn times_the_engine(&self, reference: &Repeated) -> Option<Estimate> {
        Estimate::of_pairs(&reference.ns_per_run(), &self.engine())
    }

    /// The ratio of the time per run of the engine to the lower bound, both on one thread.
    pub fn times_the_bound(&self) -> Option<Estimate> {
        Estimate::of_pairs(&self.engine(), &self.draws.ns_per_run())
    }

    /// The speed-up relative to one thread.
    pub fn gain(&self, on: &OnThreads) -> Option<Estimate> {
        Estimate::of_pairs(&self.engine(), &on.ns_per_run(self.stated_runs))
    }

    /// The variation of repeated measurements of the same work on one thread.
    pub fn noise(&self) -> Option<f64> {
        spread(&self.threads.first()?.work.seconds)
    }

    /// The shares of the stages in the time. The time of a stage is the difference between its median and
    /// that of the stage before; negative differences, which are noise, count as zero.
    pub fn shares(&self) -> Option<Shares> {
        let ns = |ns: &[f64]| Estimate::of(ns).map(|ns| ns.median);
        let (draws, staged) = (ns(&self.draws.ns_per_run())?, ns(&self.draws_and_model.ns_per_run())?);
        let all = ns(&self.engine())?;
        let runs = self.stated_runs as f64 / 1e9;
        let output = Estimate::of(&self.output.seconds)?.median;
        let (model, statistics) = ((staged - draws).max(0.0) * runs, (all - staged).max(0.0) * runs);
        let draws = draws * runs;
        let seconds = draws + model + statistics + output;
        let share = |part: f64| part / seconds;
        Some(Shares {
            draws: share(draws),
            model: share(model),
            statistics: share(statistics),
            output: share(output),
            seconds,
        })
    }
}

/// The reason why a stored benchmark can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It isn't such a record, or part of it is missing.
    #[error("it is not a benchmark of this program, or it is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// It was changed after it was written.
    #[error("it is damaged: it was changed after it was saved; measure and save it again")]
    Changed,
    /// It was written by another version.
    #[error("it has format {found}, and this version reads format {FORMAT}: measure and save it again")]
    Format {
        /// The format found.
        found: u32,
    },
}

impl Record {
    /// A record of these benchmarks.
    pub fn new(scenarios: Vec<Measured>) -> Self {
        Self { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), scenarios }
    }

    /// The text of the record.
    pub fn text(&self) -> String {
        sealed(self)
    }

    /// Reads a record from its text.
    ///
    /// # Errors
    /// If it isn't a record, or is one of another format.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let record: serde_json::Value = serde_json::from_str(text)?;
        let format = record["format"].as_u64().and_then(|format| u32::try_from(format).ok());
        match format {
            Some(found) if found != FORMAT => Err(RecordError::Format { found }),
            Some(_) if !is_sealed(text) => Err(RecordError::Changed),
            _ => Ok(serde_json::from_value(record)?),
        }
    }

    /// The measurements of a scenario.
    pub fn of(&self, scenario: &str) -> Option<&Measured> {
        self.scenarios.iter().find(|measured| measured.scenario == scenario)
    }
}
