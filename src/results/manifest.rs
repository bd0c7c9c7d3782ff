//! The manifest: how a result was produced, and the hashes of its files.

use super::store::DrawColumn;
use super::{Health, Precision};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The format of manifests and timings; those of another format aren't read.
pub const MANIFEST_FORMAT: u64 = 2;

/// A file and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Its path: for a file of a result, relative to the result's folder.
    pub path: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// How long a run took, in seconds of wall time. It is in a separate file, the only one of a result that
/// differs when it is recomputed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Reading and checking the scenario.
    pub load_s: f64,
    /// The runs.
    pub runs_s: f64,
    /// Tables and pictures.
    pub output_s: f64,
    /// The number of threads that computed the runs.
    pub threads: usize,
}

/// A target and the number of runs that met it in its year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetHits {
    /// Its key in the scenario.
    pub name: String,
    /// The number of valid runs that met it.
    pub hits: u64,
    /// Their share: the chance of the target in its year, or by the end of it.
    #[serde(default)]
    pub chance: f64,
    /// The 95% Monte Carlo interval of that chance.
    #[serde(default = "anything")]
    pub interval: (f64, f64),
}

/// The interval of a chance in a result that doesn't state one: nothing is known.
fn anything() -> (f64, f64) {
    (0.0, 1.0)
}

/// What was asked, so that a comparison or an explanation can be computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// A comparison of scenarios that are beside it, in this order.
    CompareScenarios {
        /// Their files, relative to its folder.
        files: Vec<String>,
        /// Metrics beside the usual ones.
        metrics: Vec<String>,
        /// Weights that were given, in the same order; empty where they are the scenarios' own.
        weights: Vec<f64>,
    },
    /// A comparison of results, in this order.
    CompareResults {
        /// Their folders, relative to the folder of results.
        folders: Vec<String>,
        /// Weights that were given, in the same order; empty where they are the scenarios' own.
        weights: Vec<f64>,
    },
    /// A comparison of parts: the line that makes it again, to be typed in the folder of their scenario.
    CompareParts {
        /// The line.
        command: String,
    },
    /// What drives a figure.
    Explain {
        /// The folder of the result whose runs it is of, relative to the folder of results; none for the
        /// scenario beside it.
        result: Option<String>,
        /// The metric.
        metric: String,
        /// The year.
        year: i32,
        /// The method: `data` or `sobol`.
        method: String,
        /// The number of runs, where one was given.
        runs: Option<u64>,
    },
}

/// Everything needed to make a result again and to see whether it has been touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `corridor`: it identifies the kind of folder.
    pub program: String,
    /// [`MANIFEST_FORMAT`].
    pub format: u64,
    /// The version of the program.
    pub version: String,
    /// The version of the streams: results can only be paired run by run if it is the same.
    pub stream_version: u32,
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's title.
    pub title: String,
    /// First month.
    pub start: String,
    /// Last month.
    pub end: String,
    /// The seed of all draws.
    pub seed: u64,
    /// The number of runs.
    pub runs: u64,
    /// The precision that determined the number of runs, if one was requested.
    #[serde(default)]
    pub precision: Option<Precision>,
    /// The invalid runs, which all figures leave out.
    #[serde(default)]
    pub health: Health,
    /// The columns of the table of single runs, after the column of run numbers; empty without such a table.
    #[serde(default)]
    pub draws: Vec<DrawColumn>,
    /// What was asked of the scenarios or results, beside their own settings; none of a run, whose scenario
    /// says it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// How many runs met each target in its year.
    #[serde(default)]
    pub targets: Vec<TargetHits>,
    /// Every file and setting of the scenario, in the order of the layers.
    pub inputs: Vec<FileHash>,
    /// Every file of the result except this one and `timings.json`, each of which has its own seal.
    pub files: Vec<FileHash>,
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn hash_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_sha_256() {
        assert_eq!(hash_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
