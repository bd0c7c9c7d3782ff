//! The lock of a result: held by one process at a time while it examines or exchanges the folder.
//!
//! It is a lock of the operating system on the empty file `.NAME.lock` beside the result. So it is released
//! when a process dies or a machine is disconnected, and a lock file that is left over or copied blocks
//! nobody. The process that holds the lock removes the file. Where a file system doesn't support locks,
//! simultaneous runs into the same folder aren't protected from one another.

use super::StoreError;
use super::error::failed;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An exchange takes milliseconds: a process that holds the lock for longer hangs.
const PATIENCE_S: u64 = 30;
const PAUSE_MS: u64 = 5;

/// The lock. It is released, and its file removed, when it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Whether the file system supports locks.
    is_held: bool,
    file: File,
}

impl Lock {
    /// Waits for the lock of `output/name`.
    pub(super) fn acquire(output: &Path, name: &str) -> Result<Self, StoreError> {
        let path = output.join(format!(".{name}.lock"));
        for _ in 0..PATIENCE_S * 1000 / PAUSE_MS {
            let file = open(&path)?;
            match file.try_lock() {
                Ok(()) if is_still(&file, &path) => return Ok(Self { path, is_held: true, file }),
                Err(TryLockError::Error(_)) => return Ok(Self { path, is_held: false, file }),
                // Held by another process, or released and removed by it between opening and locking.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
            }
            std::thread::sleep(Duration::from_millis(PAUSE_MS));
        }
        Err(StoreError::Busy { path: output.join(name), seconds: PATIENCE_S })
    }

    /// Whether other processes are really excluded.
    pub(super) fn is_held(&self) -> bool {
        self.is_held
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while the lock is still held: a process that waits for this file finds that it is no longer
        // the file of the path. On other systems the two can't be distinguished, and an empty file is left.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

/// Opens or creates the lock file; anything else with its name is left alone.
fn open(path: &Path) -> Result<File, StoreError> {
    if let Ok(found) = path.symlink_metadata()
        && (!found.is_file() || found.len() > 0)
    {
        return Err(StoreError::InTheWay { path: path.to_owned(), what: super::what_it_is(&found) });
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    no_links(&mut options);
    options.open(path).map_err(failed("lock", path))
}

/// Makes opening fail if the path is a link.
#[cfg(unix)]
pub(super) fn no_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0));
}

#[cfg(not(unix))]
pub(super) fn no_links(_: &mut OpenOptions) {}

/// Whether the path still refers to this file.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(file), Ok(path)) => is_same(&file, &path),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Whether two names belong to one file.
#[cfg(unix)]
pub(super) fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

/// Whether no living process uses the hidden folder of which this is the list. False where it can't be known.
pub(super) fn is_abandoned(list: &Path) -> bool {
    match File::open(list) {
        Ok(file) => file.try_lock().is_ok(),
        // Without a list it is a complete result that is being exchanged, which only the holder of the lock
        // does.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_that_a_dead_process_left_blocks_nobody_and_is_cleared_away() {
        let dir = tempfile::tempdir().expect("a folder");
        let left = dir.path().join(".x.lock");
        File::create(&left).expect("makes a file");
        drop(Lock::acquire(dir.path(), "x").expect("nobody holds it"));
        assert!(!left.exists() || cfg!(not(unix)));
    }

    #[test]
    fn one_at_a_time_holds_the_lock_and_the_next_waits() {
        let dir = tempfile::tempdir().expect("a folder");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _lock = Lock::acquire(dir.path(), "x").expect("it is free soon");
                        assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
    }

    #[test]
    fn a_file_of_somebody_else_with_the_name_of_the_lock_is_not_touched() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(".x.lock");
        super::super::write_text(&path, "mine").expect("writes");
        assert!(matches!(Lock::acquire(dir.path(), "x"), Err(StoreError::InTheWay { .. })));
        assert_eq!(super::super::read_text(&path).expect("is there"), "mine");
    }
}
