//! Small texts that are kept beside results: written in one step, read up to a limit.

use super::{StoreError, open_file, read_to_end};
use std::fs;
use std::io;
use std::path::Path;

/// Longer texts are none of ours.
const MOST_BYTES: u64 = 16 << 20;

fn failed(action: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { action, path: path.to_owned(), source }
}

/// Writes a text; the folder is made where there is none, and an old text stays whole until the new one is.
///
/// # Errors
/// If the file system refuses.
#[expect(clippy::disallowed_methods, reason = "the store is where results are written")]
pub fn write_text(path: &Path, text: &str) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, error))?;
    }
    let partial = path.with_added_extension("partial");
    fs::write(&partial, text).map_err(|error| failed("write", &partial, error))?;
    fs::rename(&partial, path).map_err(|error| failed("write", path, error))
}

/// Reads a text.
///
/// # Errors
/// If it isn't a regular file, is not UTF-8, or is larger than 16 MiB.
pub fn read_text(path: &Path) -> Result<String, StoreError> {
    let read = open_file(path).and_then(|file| read_to_end(file, MOST_BYTES));
    read.map_err(|error| failed("read", path, error))
}
