//! The manifest of what a study writes.

use crate::plan::RunInfo;
use crate::results::{FileHash, Health, MANIFEST_FORMAT, Manifest};
use crate::rng::STREAM_VERSION;

/// The manifest of a study with these runs and these input files. Each study fills in the rest.
pub(super) fn manifest(info: &RunInfo, inputs: Vec<FileHash>, health: Health) -> Manifest {
    Manifest {
        program: "corridor".to_owned(),
        format: MANIFEST_FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stream_version: STREAM_VERSION,
        scenario: info.name.clone(),
        title: info.title.clone(),
        start: info.horizon.start.to_string(),
        end: info.horizon.month(info.horizon.months - 1).to_string(),
        seed: info.seed,
        runs: info.runs,
        precision: None,
        draws: Vec::new(),
        question: None,
        targets: Vec::new(),
        health,
        inputs,
        files: Vec::new(),
    }
}
