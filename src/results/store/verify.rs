//! Whether a result is whole, whatever its kind.

use super::ours::Ours;
use super::read::verify;
use super::{Kind, ReadError, manifest};
use crate::results::Manifest;
use std::path::{Path, PathBuf};

/// What was found in a folder that holds a result, or held one.
#[derive(Debug)]
pub struct Inspection {
    /// The manifest, where it is whole.
    pub manifest: Option<Manifest>,
    /// What it holds, as far as that can be told.
    pub kind: Option<Kind>,
    /// What has been changed or lost; none if all is as it was written.
    pub problems: Vec<ReadError>,
    /// What lies in the folder and isn't part of the result.
    pub others: Vec<PathBuf>,
}

/// Compares every file of a result with its manifest, and the manifest and the timings with their seals.
///
/// # Errors
/// If the folder holds no result, or one of a version whose results this one doesn't read.
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
