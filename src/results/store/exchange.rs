//! Replacing a folder by another, after everything in it has been written to disk.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The number of files that are synchronised in parallel, so that the disk writes them together.
const AT_ONCE: usize = 16;

/// Waits until these files, and the folders that contain them, are on disk. Many at once cost little more
/// than one.
///
/// # Errors
/// If the disk refuses: then nothing must be replaced.
pub(super) fn sync_all(folder: &Path, paths: &[PathBuf]) -> io::Result<()> {
    let each = paths.len().div_ceil(AT_ONCE).max(1);
    std::thread::scope(|scope| {
        let sync =
            |part: &[PathBuf]| part.iter().try_for_each(|path| File::open(folder.join(path))?.sync_all());
        let parts: Vec<_> = paths.chunks(each).map(|part| scope.spawn(move || sync(part))).collect();
        parts
            .into_iter()
            .try_for_each(|part| part.join().unwrap_or_else(|_| Err(io::Error::other("it failed"))))
    })?;
    let mut folders: Vec<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.iter().rev().try_for_each(|inside| sync_folder(&folder.join(inside)))
}

/// Waits until the entries of a folder are on disk. Only Unix can open folders as files; other systems do
/// this by themselves.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(here)?.sync_all() {
        // Some network drives don't support it.
        Err(error) if [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported].contains(&error.kind()) => {
            Ok(())
        }
        other => other,
    }
}

/// Swaps two folders in one step where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems don't support it; then it takes two steps, and there is no result for a moment
        // between them.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => swap_in_two_steps(new, old),
        Err(error) => Err(error.into()),
    }
}

/// Swaps two folders.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    swap_in_two_steps(new, old)
}

/// The ending of the hidden folder that contains the old result between the two steps.
pub(super) const ASIDE: &str = "old";

fn swap_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = new.with_extension(ASIDE);
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_are_swapped_in_two_steps_where_one_is_not_known() {
        let dir = tempfile::tempdir().expect("a folder");
        let [new, old] = [".x.1.partial", "x"].map(|name| dir.path().join(name));
        fs::create_dir_all(new.join("new")).expect("makes");
        fs::create_dir_all(old.join("old")).expect("makes");
        swap_in_two_steps(&new, &old).expect("swaps");
        assert!(old.join("new").is_dir() && new.join("old").is_dir());
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 2);
    }
}
