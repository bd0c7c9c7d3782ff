//! What a benchmark has measured, as it is stored: times of repeated work, nothing worked out.

use super::estimate::{Estimate, spread};
use crate::results::{is_sealed, sealed};
use serde::{Deserialize, Serialize};

/// The version of the format below; another one can't be read.
pub const FORMAT: u32 = 3;

/// The benchmarks of one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`FORMAT`].
    pub format: u32,
    /// Of the program.
    pub version: String,
    /// One for every scenario.
    pub scenarios: Vec<Measured>,
}

/// What was measured of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of the resolved scenario without its number of runs: two with the same do the same work.
    pub sha256: String,
    /// How many months.
    pub months: u64,
    /// How many metrics.
    pub metrics: u64,
    /// The number of runs that it states.
    pub stated_runs: u64,
    /// Threads that the machine offers.
    pub cores: u64,
    /// Processes that were running or waiting at the start, averaged over a minute; where the system tells.
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

/// Work that was done again and again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Repeated {
    /// Runs in it.
    pub runs: u64,
    /// How long it took each time.
    pub seconds: Vec<f64>,
}

impl Repeated {
    /// Nanoseconds for each run, every time.
    pub fn ns_per_run(&self) -> Vec<f64> {
        self.seconds.iter().map(|seconds| seconds * 1e9 / self.runs.max(1) as f64).collect()
    }
}

/// The engine on so many threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnThreads {
    /// Threads.
    pub threads: u64,
    /// How long few runs took, a chunk on each thread: mostly what is done once for all runs.
    pub few: Repeated,
    /// How long more runs took, measured in the same turns.
    pub work: Repeated,
}

impl OnThreads {
    /// Nanoseconds for each of so many runs, every time: what one more run takes, and its share in what is
    /// done once.
    pub fn ns_per_run(&self, runs: u64) -> Vec<f64> {
        let share = |(once, one_more): (f64, f64)| (one_more + once / runs.max(1) as f64) * 1e9;
        self.parts().map(share).collect()
    }

    /// Seconds for what is done once for all runs, every time.
    pub fn once(&self) -> Vec<f64> {
        self.parts().map(|(once, _)| once).collect()
    }

    /// Every time, the seconds for what is done once, and those for one more run.
    ///
    /// # Formula
    /// With t(F) of few runs and t(W) of more, one more takes b = (t(W) − t(F))/(W − F), and t(F) − F·b is
    /// done once: room for all statistics is made and touched for the first time, and the result worked out.
    /// What is measured often must be short, and must not be charged with what many runs share.
    fn parts(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (few, more) = (self.few.runs as f64, self.work.runs.saturating_sub(self.few.runs).max(1) as f64);
        self.few.seconds.iter().zip(&self.work.seconds).map(move |(short, long)| {
            let one_more = (long - short).max(0.0) / more;
            ((short - few * one_more).max(0.0), one_more)
        })
    }
}

/// The engine with so many runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfSize {
    /// Runs.
    pub runs: u64,
    /// How long it took; none where that would have been too long.
    pub seconds: Option<f64>,
    /// How long it would probably take, where it was left out.
    pub expected_seconds: Option<f64>,
    /// The most memory that the process had used by then, in KiB; where the system tells.
    pub peak_kib: Option<u64>,
}

/// Shares of the time of one run of the program on one thread, for the stated number of runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Drawing random numbers.
    pub draws: f64,
    /// Computing the figures of months and years.
    pub model: f64,
    /// Moments, histograms, targets, and what follows from them.
    pub statistics: f64,
    /// Pictures, tables, report.
    pub output: f64,
    /// The time of it all.
    pub seconds: f64,
}

impl Measured {
    /// Nanoseconds that the engine takes on one thread for each of the stated number of runs, every time.
    pub fn engine(&self) -> Vec<f64> {
        self.threads.first().map_or_else(Vec::new, |on| on.ns_per_run(self.stated_runs))
    }

    /// Seconds for what is done once for all runs, on one thread.
    pub fn once(&self) -> Option<Estimate> {
        Estimate::of(&self.threads.first()?.once())
    }

    /// How many times as long as the engine a yardstick takes for a run, both on one thread.
    pub fn times_the_engine(&self, yardstick: &Repeated) -> Option<Estimate> {
        Estimate::of_pairs(&yardstick.ns_per_run(), &self.engine())
    }

    /// How many times as long as the bound the engine takes for a run, both on one thread.
    pub fn times_the_bound(&self) -> Option<Estimate> {
        Estimate::of_pairs(&self.engine(), &self.draws.ns_per_run())
    }

    /// How many times as many runs in the same time as on one thread.
    pub fn gain(&self, on: &OnThreads) -> Option<Estimate> {
        Estimate::of_pairs(&self.engine(), &on.ns_per_run(self.stated_runs))
    }

    /// How much repeated measurements of the same work on one thread differ.
    pub fn noise(&self) -> Option<f64> {
        spread(&self.threads.first()?.work.seconds)
    }

    /// Where the time goes. What a stage takes is the median of what it takes longer than the one before it;
    /// noise below nothing is nothing.
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

/// Why a stored benchmark can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It is no such record, or part of it is missing.
    #[error("it is no benchmark of this program, or it is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// It is not what was written.
    #[error("it is damaged: it was changed after it was saved; measure and save it again")]
    Changed,
    /// It was written by another version.
    #[error("it has format {found}, and this version reads format {FORMAT}: measure and save it again")]
    Format {
        /// What it has.
        found: u32,
    },
}

impl Record {
    /// Of these benchmarks.
    pub fn new(scenarios: Vec<Measured>) -> Self {
        Self { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), scenarios }
    }

    /// As text.
    pub fn text(&self) -> String {
        sealed(self)
    }

    /// From text.
    ///
    /// # Errors
    /// If it is no record, or one of another format.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let record: serde_json::Value = serde_json::from_str(text)?;
        let format = record["format"].as_u64().and_then(|format| u32::try_from(format).ok());
        match format {
            Some(found) if found != FORMAT => Err(RecordError::Format { found }),
            Some(_) if !is_sealed(text) => Err(RecordError::Changed),
            _ => Ok(serde_json::from_value(record)?),
        }
    }

    /// What was measured of a scenario.
    pub fn of(&self, scenario: &str) -> Option<&Measured> {
        self.scenarios.iter().find(|measured| measured.scenario == scenario)
    }
}
