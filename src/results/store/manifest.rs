//! Manifests and timings in a folder: complete, damaged, of another version, or of something else.

use super::{Kind, ReadError};
use crate::results::{FileHash, MANIFEST_FORMAT, Manifest, Timing, is_sealed};
use serde::Deserialize;
use std::io;
use std::path::Path;

/// The name of the manifest in a result's folder.
pub const MANIFEST: &str = "manifest.json";
/// The name of the file with the timings of a result: the only one that differs when it is recomputed.
pub const TIMINGS: &str = "timings.json";

/// The parts of a manifest of any version that are needed to decide which files of a folder are ours.
#[derive(Debug, Deserialize)]
pub(super) struct Listing {
    program: String,
    version: String,
    /// Older manifests have none.
    pub(super) format: Option<u64>,
    pub(super) files: Vec<FileHash>,
}

impl Listing {
    pub(super) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|listing| listing.program == "corridor")
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        Kind::of(&self.files)
    }
}

/// Reads a text file that isn't a link, up to the size limit of the store.
pub(super) fn text(path: &Path) -> io::Result<String> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    super::text::read_up_to_limit(path)
}

/// The manifest of a folder, if it is of this version and its seal is intact.
///
/// # Errors
/// If there is none, if it has been changed, or if another version wrote it.
pub(super) fn read(folder: &Path) -> Result<Manifest, ReadError> {
    let path = folder.join(MANIFEST);
    let text = match text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(ReadError::Changed { path }),
        Err(_) => return Err(without_manifest(folder)),
    };
    let Some(listing) = Listing::parse(&text) else {
        // A single changed bit leaves at least two of these words unchanged.
        let is_ours =
            ["\"corridor\"", "\"stream_version\"", "\"sha256\""].iter().filter(|word| text.contains(**word));
        return Err(if is_ours.count() > 1 { ReadError::Changed { path } } else { without_manifest(folder) });
    };
    let version = listing.version.clone();
    match listing.format {
        None if !text.contains("\"seal\"") => Err(ReadError::Older { folder: folder.to_owned(), version }),
        _ if is_sealed(&text) => match listing.format {
            Some(MANIFEST_FORMAT) => serde_json::from_str(&text)
                .map_err(|error| ReadError::Format { path, what: error.to_string() }),
            _ => Err(ReadError::Other { folder: folder.to_owned(), version }),
        },
        _ => Err(ReadError::Changed { path }),
    }
}

/// A folder without a manifest is a damaged result if its timings are ours; otherwise it isn't a result.
fn without_manifest(folder: &Path) -> ReadError {
    match text(&folder.join(TIMINGS)) {
        Ok(timings) if is_sealed(&timings) => ReadError::Changed { path: folder.join(MANIFEST) },
        _ => ReadError::Foreign { folder: folder.to_owned() },
    }
}

/// The timings of a result.
///
/// # Errors
/// If the file isn't there or has been changed.
pub(super) fn read_timings(folder: &Path) -> Result<Timing, ReadError> {
    let path = folder.join(TIMINGS);
    let timing =
        text(&path).ok().filter(|text| is_sealed(text)).and_then(|text| serde_json::from_str(&text).ok());
    timing.ok_or(ReadError::Changed { path })
}
