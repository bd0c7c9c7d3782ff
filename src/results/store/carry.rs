//! Files that a user has added to a result, or changed in it, are kept when the result is replaced.
//!
//! A file is linked into the new folder before the exchange, so that the folder of the result has it at every
//! moment. What can't be linked (folders, symbolic links) is moved. If the process dies in between, the next
//! run moves it back.

use super::error::failed;
use super::lock::is_same;
use super::ours::{Contents, LIST, Ours};
use super::{MANIFEST, StoreError, what_it_is};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that isn't part of the result, and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Not written by this program: it was left as it is.
    Left(PathBuf),
    /// A file of the old result had been changed; it is kept under another name.
    Kept {
        /// Its old name.
        path: PathBuf,
        /// Its new name.
        now: PathBuf,
    },
}

impl std::fmt::Display for Note {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Left(path) => {
                write!(out, "{} was not written by simulate; it is left as it is", path.display())
            }
            Self::Kept { path, now } => write!(
                out,
                "{} had been changed after it was written; the changed file is kept as {}",
                path.display(),
                now.display()
            ),
        }
    }
}

/// Moves everything that isn't ours from the old folder to the new one.
///
/// # Errors
/// If something has a name that the new result needs, or can't be moved. What was already moved is returned
/// by [`clear`].
pub(super) fn carry(contents: &Contents, old: &Path, new: &Path) -> Result<Vec<Note>, StoreError> {
    let mut notes = Vec::new();
    for path in &contents.foreign {
        refuse_taken(old, new, path)?;
        bring(&old.join(path), &new.join(path)).map_err(failed("keep", &old.join(path)))?;
        notes.push(Note::Left(path.clone()));
    }
    for path in &contents.changed {
        let now = free_name(path, |name| new.join(name).symlink_metadata().is_ok());
        bring(&old.join(path), &new.join(&now)).map_err(failed("keep", &old.join(path)))?;
        notes.push(Note::Kept { path: path.clone(), now });
    }
    Ok(notes)
}

/// Fails if the new result needs this name for one of its own files or folders.
fn refuse_taken(old: &Path, new: &Path, path: &Path) -> Result<(), StoreError> {
    if new.join(path).symlink_metadata().is_err() {
        return Ok(());
    }
    let full = old.join(path);
    let found = full.symlink_metadata().map_err(failed("examine", &full))?;
    Err(StoreError::InTheWay { path: full, what: what_it_is(&found) })
}

/// Links a file, or moves what can't be linked.
fn bring(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let is_file = from.symlink_metadata()?.is_file();
    // On other systems there is no way to see afterwards that two names belong to one file.
    if cfg!(unix) && is_file && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::rename(from, to)
}

/// `plots/a.kept-1.svg` for `plots/a.svg`: the first such name that isn't taken.
fn free_name(path: &Path, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let names = (1_u64..).map(|number| kept_name(path, number));
    names.into_iter().find(|name| !is_taken(name)).expect("numbers don't run out")
}

fn kept_name(path: &Path, number: u64) -> PathBuf {
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy()));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.kept-{number}{}", extension.unwrap_or_default()))
}

/// Removes a hidden folder of ours with our files in it, and returns everything else to the result. What
/// can't be returned stays there, and so does the folder.
pub(super) fn clear(hidden: &Path, target: &Path) -> io::Result<()> {
    let Some(ours) = Ours::of(hidden) else {
        // Nothing shows that anything in it is ours; removing an empty folder loses nothing.
        return fs::remove_dir(hidden);
    };
    let contents = ours.contents(hidden)?;
    clear_contents(&contents, hidden, target)
}

/// [`clear`] for a folder whose contents are known already.
pub(super) fn clear_contents(contents: &Contents, hidden: &Path, target: &Path) -> io::Result<()> {
    for path in contents.foreign.iter().chain(&contents.changed) {
        give_back(hidden, target, path)?;
    }
    // The files that list what is ours are removed last, so that another process can continue if this one is
    // interrupted.
    let is_list = |path: &&PathBuf| [MANIFEST, LIST].iter().any(|name| path.as_path() == Path::new(name));
    for path in contents.ours.iter().filter(|path| !is_list(path)) {
        fs::remove_file(hidden.join(path))?;
    }
    for path in contents.folders.iter().rev() {
        fs::remove_dir(hidden.join(path))?;
    }
    for path in contents.ours.iter().filter(is_list) {
        fs::remove_file(hidden.join(path))?;
    }
    fs::remove_dir(hidden)
}

/// Returns one entry to the result: under its name, under a free one if the name is taken, or not at all if
/// the result has the same file already.
fn give_back(hidden: &Path, target: &Path, path: &Path) -> io::Result<()> {
    let from = hidden.join(path);
    let Ok(found) = from.symlink_metadata() else { return Ok(()) };
    if !target.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotFound));
    }
    let names = std::iter::once(path.to_owned()).chain((1..).map(|number| kept_name(path, number)));
    for name in names {
        let to = target.join(name);
        match to.symlink_metadata() {
            Ok(there) if is_same(&there, &found) => return fs::remove_file(&from),
            Ok(_) => {}
            Err(_) => {
                fs::create_dir_all(to.parent().unwrap_or(target))?;
                return fs::rename(&from, &to);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_gets_the_first_free_name_with_its_ending() {
        let taken = [Path::new("plots/a.kept-1.svg")];
        let name = free_name(Path::new("plots/a.svg"), |name| taken.contains(&name));
        assert_eq!(name, Path::new("plots/a.kept-2.svg"));
        assert_eq!(kept_name(Path::new("notes"), 1), Path::new("notes.kept-1"));
    }
}
