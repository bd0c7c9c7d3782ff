//! Whether a result of any kind is unchanged.

use super::ours::Ours;
use super::read::verify;
use super::{Kind, ReadError, manifest};
use crate::results::Manifest;
use std::path::{Path, PathBuf};

/// What was found in the folder of a result.
#[derive(Debug)]
pub struct Inspection {
    /// The manifest, if it is unchanged.
    pub manifest: Option<Manifest>,
    /// The kind of the result, if it is known.
    pub kind: Option<Kind>,
    /// What has been changed or lost; empty if everything is as it was written.
    pub problems: Vec<ReadError>,
    /// Entries of the folder that aren't part of the result.
    pub others: Vec<PathBuf>,
}

/// Compares every file of a result with its manifest, and the manifest and the timings with their seals.
///
/// # Errors
/// If the folder isn't a result, or is one of a version that this one doesn't read.
pub fn inspect(folder: &Path) -> Result<Inspection, ReadError> {
    let manifest = match manifest::read(folder) {
        Ok(manifest) => manifest,
        Err(problem @ (ReadError::Changed { .. } | ReadError::Format { .. })) => {
            return Ok(Inspection {
                manifest: None,
                kind: None,
                problems: vec![problem],
                others: Vec::new(),
            });
        }
        Err(other) => return Err(other),
    };
    let timings = manifest::read_timings(folder).map(|_| ());
    let files = manifest.files.iter().map(|file| verify(folder, file));
    let problems = files.chain([timings]).filter_map(Result::err).collect();
    Ok(Inspection {
        kind: Kind::of(&manifest.files),
        manifest: Some(manifest),
        problems,
        others: others(folder),
    })
}

fn others(folder: &Path) -> Vec<PathBuf> {
    let contents = Ours::of(folder).and_then(|ours| ours.contents(folder).ok());
    let mut others = contents.map(|contents| contents.foreign).unwrap_or_default();
    others.sort();
    others
}
