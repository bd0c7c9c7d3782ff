//! The manifest: how a result was made and what its files must hash to.

use super::store::DrawColumn;
use super::{Health, Precision};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The format of manifests and timings; those of another one aren't read.
pub const MANIFEST_FORMAT: u64 = 2;

/// A file and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Its path: of a result's file, relative to the result's folder.
    pub path: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// How long a run took, in seconds of wall time. It stands in a file of its own, the only one of a result
/// that differs when it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Reading and checking the scenario.
    pub load_s: f64,
    /// The runs.
    pub runs_s: f64,
    /// Tables and pictures.
    pub output_s: f64,
    /// Threads that worked on the runs.
    pub threads: usize,
}

/// A target and how many runs met it in its year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetHits {
    /// Its key in the scenario.
    pub name: String,
    /// Runs, of those that are sound.
    pub hits: u64,
    /// The chance that they make: that of the target in its year, or by the end of it.
    #[serde(default)]
    pub chance: f64,
    /// The 95% Monte Carlo interval of the chance that they make.
    #[serde(default = "anything")]
    pub interval: (f64, f64),
}

/// What a result that doesn't tell an interval knows of a chance: nothing.
fn anything() -> (f64, f64) {
    (0.0, 1.0)
}

/// Everything needed to make a result again and to see whether it has been touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `corridor`: says what kind of folder this is.
    pub program: String,
    /// [`MANIFEST_FORMAT`].
    pub format: u64,
    /// The version of the program.
    pub version: String,
    /// The version of the streams: results pair run by run only if it is the same.
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
    /// How many runs.
    pub runs: u64,
    /// The precision that decided how many, if one was asked for.
    #[serde(default)]
    pub precision: Option<Precision>,
    /// The runs that went wrong, which all figures leave out.
    #[serde(default)]
    pub health: Health,
    /// The columns of the table of single runs, behind the count of runs; none without such a table.
    #[serde(default)]
    pub draws: Vec<DrawColumn>,
    /// How many runs met each target in its year.
    #[serde(default)]
    pub targets: Vec<TargetHits>,
    /// Every file and setting that the scenario was made of, in the order of the layers.
    pub inputs: Vec<FileHash>,
    /// Every file of the result but this one and `timings.json`, each of which carries a seal of its own.
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
