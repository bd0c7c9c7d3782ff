//! The hidden folders `.NAME.N.partial` beside a result, in which the next one is written, and the remains of
//! processes that died.

use super::carry::clear;
use super::error::failed;
use super::exchange::ASIDE;
use super::lock::{Lock, is_abandoned, no_links};
use super::ours::{LIST, LIST_HEAD};
use super::{MANIFEST, StoreError};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A hidden folder of this process, with the list of its files.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) path: PathBuf,
    /// Locked while the process lives, so that others leave the folder alone.
    list: Option<File>,
}

impl Hidden {
    /// Creates a hidden folder; only the holder of the result's lock may do so.
    pub(super) fn make(output: &Path, name: &str, _lock: &Lock) -> Result<Self, StoreError> {
        let mut number = 1_u64;
        let path = loop {
            let path = output.join(format!(".{name}.{number}.partial"));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(failed("create the folder", &path)(error)),
                Ok(()) => break path,
            }
        };
        let list = begin_list(&path).map_err(failed("start the list of files in", &path))?;
        Ok(Self { path, list: Some(list) })
    }

    /// Adds a file to the list, before anything is written to it.
    pub(super) fn announce(&self, path: &str) -> io::Result<()> {
        let Some(mut list) = self.list.as_ref() else { return Ok(()) };
        // In a single write, because files are created by several threads.
        list.write_all(format!("{path}\n").as_bytes())
    }

    /// Removes the list: from now on the manifest states what is ours.
    pub(super) fn close_list(&mut self) -> io::Result<()> {
        self.list = None;
        fs::remove_file(self.path.join(LIST))
    }
}

fn begin_list(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true);
    no_links(&mut options);
    let mut list = options.open(folder.join(LIST))?;
    // Where the file system doesn't support locks, no process considers the folder abandoned either.
    let _ = list.try_lock();
    list.write_all(LIST_HEAD.as_bytes())?;
    Ok(list)
}

/// Removes what dead processes have left beside `output/name`. What can't be removed is left for the next
/// run.
pub(super) fn clear_abandoned(output: &Path, name: &str, lock: &Lock) -> Result<(), StoreError> {
    if !lock.is_held() {
        return Ok(());
    }
    let target = output.join(name);
    let left: Vec<PathBuf> = hidden_folders(output, name).into_iter().filter(|path| is_left(path)).collect();
    // A process that died between the two steps of an exchange has left the old result under its temporary
    // name.
    let is_aside =
        |path: &&PathBuf| path.extension().is_some_and(|end| end == ASIDE) && path.join(MANIFEST).exists();
    if let (Err(_), Some(aside)) = (target.symlink_metadata(), left.iter().find(is_aside)) {
        fs::rename(aside, &target).map_err(failed("restore", &target))?;
    }
    for path in left.iter().filter(|path| path.exists()) {
        let _ = clear(path, &target);
    }
    Ok(())
}

fn is_left(path: &Path) -> bool {
    is_abandoned(&path.join(LIST))
}

/// The folders, excluding links, that have such a name.
fn hidden_folders(output: &Path, name: &str) -> Vec<PathBuf> {
    let number = |entry: &str| -> Option<u64> {
        let rest = entry.strip_prefix(&format!(".{name}."))?;
        let number = rest.strip_suffix(".partial").or_else(|| rest.strip_suffix(&format!(".{ASIDE}")))?;
        number.parse().ok()
    };
    let entries = fs::read_dir(output).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_folder && number(&entry.file_name().to_string_lossy()).is_some()
    });
    let mut paths: Vec<PathBuf> = ours.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
