//! A result's folder on its way: filled out of sight, then exchanged for the old one.

use super::{MANIFEST, StreamedFile, read_text};
use crate::diag::escaped_json;
use crate::results::{FileHash, Manifest, hash_hex};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Why a result could not be written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error("can't {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is a folder of this name that holds something else.
    #[error("{} exists and is no result of this program; it is left as it is", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// There is a folder of this name that holds a result of another kind.
    #[error("{} holds {held}; it is left as it is. Choose another --name or --out, or remove it", path.display())]
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What is in there.
        held: Kind,
    },
    /// Somebody else is writing the same result.
    #[error("another run is writing {} at this moment", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

fn failed<'p>(action: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> StoreError + use<'p> {
    move |source| StoreError::Io { action, path: path.to_owned(), source }
}

/// What a folder holds. One kind never takes the place of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The result of a run.
    Run,
    /// A comparison.
    Comparison,
    /// What drives a figure.
    Drivers,
}

impl Kind {
    /// The kind of a result, by the files that it lists; none for one that lists neither.
    fn of(manifest: &Manifest) -> Option<Self> {
        let has = |path: &str| manifest.files.iter().any(|file| file.path == path);
        let signs = [
            (super::RESOLVED, Self::Run),
            (super::COMPARISON, Self::Comparison),
            (super::DRIVERS, Self::Drivers),
        ];
        signs.into_iter().find(|(path, _)| has(path)).map(|(_, kind)| kind)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Run => "the result of a run",
            Self::Comparison => "a comparison",
            Self::Drivers => "what drives a figure",
        })
    }
}

/// A result that is being written. Dropped before [`Staging::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    partial: PathBuf,
    files: Vec<FileHash>,
    committed: bool,
    /// Held while writing, so that two runs don't write the same result at once.
    _lock: Option<File>,
}

impl Staging {
    /// Opens a hidden folder beside `output/name`.
    ///
    /// # Errors
    /// If the folder can't be made, if another run is writing the same result, or if `output/name` holds something that
    /// isn't a result, or one of another kind.
    pub fn open(output: &Path, name: &str, kind: Kind) -> Result<Self, StoreError> {
        let target = output.join(name);
        refuse_foreign(&target)?;
        if let Some(held) = read_manifest(&target).as_ref().and_then(Kind::of).filter(|held| *held != kind) {
            return Err(StoreError::OtherKind { path: target, held });
        }
        fs::create_dir_all(output).map_err(failed("make the folder", output))?;
        let partial = output.join(format!(".{name}.partial"));
        fs::create_dir_all(&partial).map_err(failed("make the folder", &partial))?;
        let lock = lock(&partial, &target)?;
        // A run that was killed between two steps of exchanging has left the old result aside.
        if !target.exists() && aside(&partial).exists() {
            fs::rename(aside(&partial), &target).map_err(failed("put back", &target))?;
        }
        // Whatever is in there was left by a run that was killed: the lock says that nobody works on it.
        empty(&partial)?;
        Ok(Self { target, partial, files: Vec::new(), committed: false, _lock: lock })
    }

    /// Where the result will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file; `path` is relative to the result, with `/` between folders.
    ///
    /// # Errors
    /// If the file system refuses.
    #[expect(clippy::disallowed_methods, reason = "the store is where results are written")]
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let full = self.partial.join(path);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
        }
        fs::write(&full, bytes).map_err(failed("write", &full))?;
        self.files.push(FileHash { path: path.to_owned(), sha256: hash_hex(bytes) });
        Ok(())
    }

    /// Opens a file for writing piece by piece; `path` as for [`Staging::write`]. It belongs to the result once it is
    /// [kept](Staging::keep).
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn create(&self, path: &str) -> Result<StreamedFile, StoreError> {
        let full = self.partial.join(path);
        StreamedFile::create(path, &full).map_err(failed("create", &full))
    }

    /// Writes a file piece by piece; `path` as for [`Staging::write`]. It belongs to the result once it is [kept](Staging::keep).
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn stream(
        &self,
        path: &str,
        write: impl FnOnce(&mut StreamedFile) -> io::Result<()>,
    ) -> Result<StreamedFile, StoreError> {
        let mut file = self.create(path)?;
        write(&mut file).map_err(failed("write", &self.partial.join(path)))?;
        Ok(file)
    }

    /// Takes a file that is written into the result.
    pub fn keep(&mut self, file: StreamedFile) {
        self.files.push(file.close());
    }

    /// Takes back a file that was [created](Staging::create): the result will not have it.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn discard(&self, file: StreamedFile) -> Result<(), StoreError> {
        let full = self.partial.join(file.close().path);
        fs::remove_file(&full).map_err(failed("remove", &full))
    }

    /// Writes the manifest, with the hashes of all files, and puts the result in its place.
    ///
    /// # Errors
    /// If the file system refuses; the old result is then still there.
    pub fn commit(mut self, mut manifest: Manifest) -> Result<PathBuf, StoreError> {
        manifest.files = std::mem::take(&mut self.files);
        let mut text = escaped_json(&serde_json::to_string_pretty(&manifest).unwrap_or_default());
        text.push('\n');
        self.write(MANIFEST, text.as_bytes())?;
        if self.target.exists() {
            exchange(&self.partial, &self.target).map_err(failed("replace", &self.target))?;
            // From here on the new result stands; what is left is to clear the old one away.
            self.committed = true;
            keep_foreign_files(&self.partial, &self.target);
            // What can't be cleared away now is cleared away by the next run.
            let _ = fs::remove_dir_all(&self.partial);
        } else {
            fs::rename(&self.partial, &self.target).map_err(failed("put in place", &self.target))?;
            self.committed = true;
        }
        Ok(self.target.clone())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing more can be done about a failure here: the next run clears it away.
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

fn refuse_foreign(target: &Path) -> Result<(), StoreError> {
    let foreign = || StoreError::Foreign { path: target.to_owned() };
    match fs::read_dir(target) {
        Ok(mut entries) => {
            let is_ours = entries.next().is_none() || read_manifest(target).is_some();
            if is_ours { Ok(()) } else { Err(foreign()) }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(foreign()),
        Err(source) => Err(failed("look into", target)(source)),
    }
}

/// The manifest of a result's folder, if it is one.
pub(super) fn read_manifest(folder: &Path) -> Option<Manifest> {
    let text = read_text(&folder.join(MANIFEST)).ok()?;
    serde_json::from_str::<Manifest>(&text).ok().filter(|manifest| manifest.program == "corridor")
}

/// Locks the folder. Where folders can't be opened as files there is no lock, and two runs at once are at their own risk.
fn lock(partial: &Path, target: &Path) -> Result<Option<File>, StoreError> {
    let Ok(file) = File::open(partial) else { return Ok(None) };
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::Busy { path: target.to_owned() }),
        _ => Ok(Some(file)),
    }
}

fn empty(folder: &Path) -> Result<(), StoreError> {
    let entries = fs::read_dir(folder).map_err(failed("look into", folder))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(failed("clear away", &path))?;
    }
    Ok(())
}

/// Swaps two folders in one step where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems can't; then it takes two steps, with a moment between them in which there is no result.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => swap_in_two_steps(new, old),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    swap_in_two_steps(new, old)
}

/// Where the old result waits while the new one takes its place.
fn aside(partial: &Path) -> PathBuf {
    partial.with_added_extension("old")
}

fn swap_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = aside(new);
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Moves what the old result did not write itself into the new one. What can't be moved stays in the old folder's place
/// only as long as removing it fails, so a failure here is reported by the removal.
fn keep_foreign_files(old: &Path, new: &Path) {
    let ours: Vec<PathBuf> = read_manifest(old)
        .map(|manifest| manifest.files.iter().map(|file| PathBuf::from(&file.path)).collect())
        .unwrap_or_default();
    move_foreign(old, new, Path::new(""), &ours);
}

fn move_foreign(old: &Path, new: &Path, inside: &Path, ours: &[PathBuf]) {
    for entry in fs::read_dir(old.join(inside)).into_iter().flatten().flatten() {
        let relative = inside.join(entry.file_name());
        if entry.path().is_dir() {
            move_foreign(old, new, &relative, ours);
        } else if !ours.contains(&relative)
            && relative != Path::new(MANIFEST)
            && !new.join(&relative).exists()
        {
            let _ = fs::create_dir_all(new.join(inside));
            let _ = fs::rename(entry.path(), new.join(&relative));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Health, Timing};
    use std::io::Write as _;

    fn manifest() -> Manifest {
        Manifest {
            program: "corridor".to_owned(),
            version: "0".to_owned(),
            stream_version: 1,
            scenario: "x".to_owned(),
            title: "X".to_owned(),
            start: "2025-01".to_owned(),
            end: "2025-12".to_owned(),
            seed: 1,
            runs: 1,
            precision: None,
            health: Health::default(),
            draws: Vec::new(),
            targets: Vec::new(),
            inputs: Vec::new(),
            files: Vec::new(),
            timing: Timing { load_s: 0.0, runs_s: 0.0, output_s: 0.0, threads: 1 },
        }
    }

    fn write(output: &Path, content: &str) -> PathBuf {
        let mut staging = Staging::open(output, "x", Kind::Run).expect("opens");
        staging.write("plots/a.svg", content.as_bytes()).expect("writes");
        staging.commit(manifest()).expect("commits")
    }

    fn read(path: &Path) -> String {
        String::from_utf8(fs::read(path).expect("is there")).expect("is text")
    }

    #[test]
    fn a_result_replaces_the_old_one_and_keeps_what_others_put_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = write(dir.path(), "one");
        fs::rename(target.join("plots/a.svg"), target.join("plots/note.txt")).expect("moves");
        write(dir.path(), "two");
        assert_eq!(
            (read(&target.join("plots/a.svg")), read(&target.join("plots/note.txt"))),
            ("two".into(), "one".into())
        );
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing is left beside the result");
    }

    #[test]
    fn a_file_written_piece_by_piece_stands_in_the_manifest_with_its_hash() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        let mut file = staging.create("deep/draws").expect("creates");
        for piece in ["a", "b", "c"] {
            file.write_all(piece.as_bytes()).expect("writes");
        }
        staging.keep(file);
        let given_up = staging.create("given-up").expect("creates");
        staging.discard(given_up).expect("removes");
        let target = staging.commit(manifest()).expect("commits");
        assert_eq!(read(&target.join("deep/draws")), "abc");
        assert!(!target.join("given-up").exists());
        let kept = read_manifest(&target).expect("is there").files;
        assert_eq!(kept, [FileHash { path: "deep/draws".into(), sha256: hash_hex(b"abc") }]);
    }

    #[test]
    fn what_the_old_result_wrote_and_the_new_one_does_not_is_gone() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = write(dir.path(), "one");
        let staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        staging.commit(manifest()).expect("commits");
        assert!(target.join(MANIFEST).exists() && !target.join("plots").exists());
    }

    #[test]
    fn an_unfinished_result_leaves_the_old_one_and_no_trace() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = write(dir.path(), "one");
        let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        staging.write("plots/a.svg", b"half").expect("writes");
        drop(staging);
        assert_eq!(read(&target.join("plots/a.svg")), "one");
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1);
    }

    #[test]
    fn a_folder_that_is_no_result_is_never_touched() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(dir.path().join("x/precious")).expect("makes");
        assert!(matches!(Staging::open(dir.path(), "x", Kind::Run), Err(StoreError::Foreign { .. })));
        assert!(dir.path().join("x/precious").is_dir());
    }

    #[test]
    fn a_comparison_does_not_take_the_place_of_a_run() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        staging.write(super::super::RESOLVED, b"").expect("writes");
        staging.commit(manifest()).expect("commits");
        let refused = Staging::open(dir.path(), "x", Kind::Comparison);
        assert!(matches!(refused, Err(StoreError::OtherKind { held: Kind::Run, .. })), "{refused:?}");
        assert!(Staging::open(dir.path(), "x", Kind::Run).is_ok());
    }

    #[test]
    fn two_runs_do_not_write_the_same_result_at_once() {
        let dir = tempfile::tempdir().expect("a folder");
        let _first = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        assert!(matches!(Staging::open(dir.path(), "x", Kind::Run), Err(StoreError::Busy { .. })));
    }
}
