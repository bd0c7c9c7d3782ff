//! Small texts that are stored beside results: written in one step, read up to a limit.

use super::error::failed;
use super::exchange::sync_folder;
use super::target::what_it_is;
use super::{StoreError, open_file, read_to_end};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The size limit of a text.
const MOST_BYTES: u64 = 16 << 20;

/// Writes a text, and creates the folder if necessary; an old text stays complete until the new one is on
/// disk.
///
/// # Errors
/// If the file system refuses, or if something that isn't a file has this name.
pub fn write_text(path: &Path, text: &str) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
    if let Some(found) = path.symlink_metadata().ok().filter(|found| !found.is_file()) {
        return Err(StoreError::InTheWay { path: path.to_owned(), what: what_it_is(&found) });
    }
    let (partial, mut file) = new_beside(path).map_err(failed("write", path))?;
    let write = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    let put = write.and_then(|()| fs::rename(&partial, path)).and_then(|()| sync_folder(folder));
    put.inspect_err(|_| drop(fs::remove_file(&partial))).map_err(failed("write", path))
}

/// Creates a new file beside this one, under an unused name.
fn new_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut number = 1_u64;
    loop {
        let partial = path.with_added_extension(format!("{number}.partial"));
        match OpenOptions::new().write(true).create_new(true).open(&partial) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            other => return other.map(|file| (partial, file)),
        }
    }
}

/// Reads a text.
///
/// # Errors
/// If it isn't a regular file, is not UTF-8, or is larger than 16 MiB.
pub fn read_text(path: &Path) -> Result<String, StoreError> {
    read_up_to_limit(path).map_err(failed("read", path))
}

pub(super) fn read_up_to_limit(path: &Path) -> io::Result<String> {
    read_to_end(open_file(path)?, MOST_BYTES)
}
