//! The folder of a result that is being written: filled under a hidden name, then exchanged for the old one.

use super::carry::{Note, carry, clear, clear_contents};
use super::error::failed;
use super::exchange::{exchange, sync_all, sync_folder};
use super::hidden::{Hidden, clear_abandoned};
use super::lock::Lock;
use super::ours::Ours;
use super::pages::earlier_pages;
use super::target::{examine, refuse_taken};
use super::{MANIFEST, StoreError, StreamedFile, TIMINGS, is_folder_name};
use crate::results::{FileHash, Manifest, Timing, hash_hex, sealed};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The kind of a result. A result never replaces one of another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The result of a run.
    Run,
    /// A comparison.
    Comparison,
    /// An analysis of what drives a figure.
    Drivers,
}

impl Kind {
    /// The kind of a result, by its list of files; `None` if no kind matches.
    pub fn of(files: &[FileHash]) -> Option<Self> {
        let has = |path: &str| files.iter().any(|file| file.path == path);
        let signs = [
            (super::COMPARISON, Self::Comparison),
            // The scenario lies beside it, as beside the result of a run.
            (super::DRIVERS, Self::Drivers),
            (super::RESOLVED, Self::Run),
        ];
        signs.into_iter().find(|(path, _)| has(path)).map(|(_, kind)| kind)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Run => "the result of a run",
            Self::Comparison => "a comparison",
            Self::Drivers => "an analysis of what drives a figure",
        })
    }
}

/// A result that has been written.
#[derive(Debug)]
pub struct Committed {
    /// Its folder.
    pub folder: PathBuf,
    /// What was found there that isn't part of the result.
    pub notes: Vec<Note>,
}

/// A result that is being written. Dropped before [`Staging::commit`], it leaves no trace. Several processes
/// may write the same result: each fills its own hidden folder, and these become the result one after the
/// other.
#[derive(Debug)]
pub struct Staging {
    output: PathBuf,
    name: String,
    target: PathBuf,
    kind: Kind,
    hidden: Hidden,
    files: Vec<FileHash>,
    keeps_pages: bool,
    committed: bool,
}

impl Staging {
    /// Creates a hidden folder beside `output/name`, and removes those of processes that died.
    ///
    /// # Errors
    /// If the folder can't be created, or if `output/name` isn't a result of this kind, is a link, or is
    /// protected against writing.
    pub fn open(output: &Path, name: &str, kind: Kind) -> Result<Self, StoreError> {
        if !is_folder_name(name) {
            return Err(StoreError::Name { name: name.to_owned() });
        }
        let target = output.join(name);
        // Checked first, so that no folder for results is created where the result can't be written.
        examine(&target, kind)?;
        fs::create_dir_all(output).map_err(failed("create the folder", output))?;
        let lock = Lock::acquire(output, name)?;
        clear_abandoned(output, name, &lock)?;
        examine(&target, kind)?;
        let hidden = Hidden::make(output, name, &lock)?;
        let (output, name) = (output.to_owned(), name.to_owned());
        Ok(Self {
            output,
            name,
            target,
            kind,
            hidden,
            files: Vec::new(),
            keeps_pages: false,
            committed: false,
        })
    }

    /// The folder of the result.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Declares the names that the result will need, so that a run whose result can't be written isn't
    /// computed.
    ///
    /// # Errors
    /// If something that isn't ours has one of them.
    pub fn reserve(&self, paths: &[&str]) -> Result<(), StoreError> {
        refuse_taken(&self.target, paths)
    }

    /// Keeps the pages and pictures of an older result with the same figures; the new one contains none of
    /// its own.
    pub fn keep_pages(&mut self) {
        self.keeps_pages = true;
    }

    /// Writes a file; `path` is relative to the result, with `/` between folders.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.put(path, bytes)?;
        self.files.push(FileHash { path: path.to_owned(), sha256: hash_hex(bytes) });
        Ok(())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let full = self.hidden.path.join(path);
        let put = || self.begin(path)?.write_all(bytes);
        put().map_err(failed("write", &full))
    }

    /// Creates a new file, after adding it to the list.
    fn begin(&self, path: &str) -> io::Result<File> {
        let full = self.hidden.path.join(path);
        self.hidden.announce(path)?;
        fs::create_dir_all(full.parent().unwrap_or(&full))?;
        OpenOptions::new().write(true).create_new(true).open(full)
    }

    /// Opens a file for writing in pieces; `path` as for [`Staging::write`]. It becomes part of the result
    /// when it is [kept](Staging::keep).
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn create(&self, path: &str) -> Result<StreamedFile, StoreError> {
        let file = self.begin(path).map_err(failed("create", &self.hidden.path.join(path)))?;
        Ok(StreamedFile::new(path, file))
    }

    /// Writes a file in pieces; `path` as for [`Staging::write`]. It becomes part of the result when it is
    /// [kept](Staging::keep).
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn stream(
        &self,
        path: &str,
        write: impl FnOnce(&mut StreamedFile) -> io::Result<()>,
    ) -> Result<StreamedFile, StoreError> {
        let mut file = self.create(path)?;
        write(&mut file).map_err(failed("write", &self.hidden.path.join(path)))?;
        Ok(file)
    }

    /// Adds a written file to the result.
    pub fn keep(&mut self, file: StreamedFile) {
        self.files.push(file.close());
    }

    /// The files written so far, with their hashes.
    pub fn files(&self) -> &[FileHash] {
        &self.files
    }

    /// Removes a file that was [created](Staging::create): it won't be part of the result.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn discard(&self, file: StreamedFile) -> Result<(), StoreError> {
        let full = self.hidden.path.join(file.close().path);
        fs::remove_file(&full).map_err(failed("remove", &full))
    }

    /// Writes the manifest, with the hashes of all files, and the timings, and replaces the old result once
    /// everything is on disk. Files that a user has added or changed are kept.
    ///
    /// # Errors
    /// If the file system refuses, or if a file of the user has a name that the result needs; the old result
    /// is then unchanged.
    pub fn commit(mut self, manifest: Manifest, timing: &Timing) -> Result<Committed, StoreError> {
        self.put(TIMINGS, sealed(timing).as_bytes())?;
        let mut paths: Vec<PathBuf> = self.files.iter().map(|file| PathBuf::from(&file.path)).collect();
        paths.push(TIMINGS.into());
        sync_all(&self.hidden.path, &paths).map_err(failed("write to disk", &self.hidden.path))?;
        let lock = Lock::acquire(&self.output, &self.name)?;
        examine(&self.target, self.kind)?;
        self.seal(manifest)?;
        let notes = self.put_in_place()?;
        drop(lock);
        Ok(Committed { folder: self.target.clone(), notes })
    }

    /// Writes the manifest. Only now it is known which pages of the older result are kept.
    fn seal(&mut self, mut manifest: Manifest) -> Result<(), StoreError> {
        manifest.files = std::mem::take(&mut self.files);
        if self.keeps_pages {
            for page in earlier_pages(&self.target, &manifest) {
                let from = self.target.join(&page.path);
                let bytes = fs::read(&from).map_err(failed("read", &from))?;
                if hash_hex(&bytes) == page.sha256 {
                    self.put(&page.path, &bytes)?;
                    manifest.files.push(page);
                }
            }
        }
        self.put(MANIFEST, sealed(&manifest).as_bytes())?;
        let paths: Vec<PathBuf> = manifest.files.iter().map(|file| PathBuf::from(&file.path)).collect();
        let new = if self.keeps_pages { paths } else { Vec::new() };
        sync_all(&self.hidden.path, &[new, vec![MANIFEST.into()]].concat())
            .map_err(failed("write to disk", &self.hidden.path))
    }

    fn put_in_place(&mut self) -> Result<Vec<Note>, StoreError> {
        let (new, target) = (&self.hidden.path.clone(), &self.target.clone());
        let replace = || failed("replace", target);
        self.hidden.close_list().map_err(replace())?;
        let mut notes = Vec::new();
        if target.exists() {
            let contents =
                Ours::of(target).unwrap_or_default().contents(target).map_err(failed("list", target))?;
            notes = carry(&contents, target, new)?;
            exchange(new, target).map_err(replace())?;
            // From here on the new result is in effect; the remains of the old one are removed now or by the
            // next run.
            self.committed = true;
            let _ = sync_folder(&self.output);
            let _ = clear_contents(&contents, new, target);
        } else {
            fs::rename(new, target).map_err(failed("create", target))?;
            self.committed = true;
            let _ = sync_folder(&self.output);
        }
        Ok(notes)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            // If this fails, the next run removes the folder.
            let _ = clear(&self.hidden.path, &self.target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest;
    use super::*;
    use crate::results::{Health, MANIFEST_FORMAT};

    fn some_manifest() -> Manifest {
        Manifest {
            program: "corridor".to_owned(),
            format: MANIFEST_FORMAT,
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
            question: None,
            targets: Vec::new(),
            inputs: Vec::new(),
            files: Vec::new(),
        }
    }

    const TIMING: Timing = Timing { load_s: 0.0, runs_s: 0.0, output_s: 0.0, threads: 1 };

    fn write(output: &Path, content: &str) -> PathBuf {
        let mut staging = Staging::open(output, "x", Kind::Run).expect("opens");
        staging.write("plots/a.svg", content.as_bytes()).expect("writes");
        staging.commit(some_manifest(), &TIMING).expect("commits").folder
    }

    fn read(path: &Path) -> String {
        String::from_utf8(fs::read(path).expect("is there")).expect("is text")
    }

    #[test]
    fn a_result_replaces_the_old_one_and_keeps_what_others_put_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = write(dir.path(), "one");
        fs::copy(target.join("plots/a.svg"), target.join("plots/note.txt")).expect("copies");
        write(dir.path(), "two");
        assert_eq!(
            (read(&target.join("plots/a.svg")), read(&target.join("plots/note.txt"))),
            ("two".into(), "one".into())
        );
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing is left beside the result");
    }

    #[test]
    fn a_file_written_piece_by_piece_is_in_the_manifest_with_its_hash() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        let mut file = staging.create("deep/draws").expect("creates");
        for piece in ["a", "b", "c"] {
            file.write_all(piece.as_bytes()).expect("writes");
        }
        staging.keep(file);
        let given_up = staging.create("given-up").expect("creates");
        staging.discard(given_up).expect("removes");
        let target = staging.commit(some_manifest(), &TIMING).expect("commits").folder;
        assert_eq!(read(&target.join("deep/draws")), "abc");
        assert!(!target.join("given-up").exists());
        let kept = manifest::read(&target).expect("is there").files;
        assert_eq!(kept, [FileHash { path: "deep/draws".into(), sha256: hash_hex(b"abc") }]);
    }

    #[test]
    fn what_the_old_result_wrote_and_the_new_one_does_not_is_gone() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = write(dir.path(), "one");
        let staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        staging.commit(some_manifest(), &TIMING).expect("commits");
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
    fn a_comparison_does_not_replace_a_run() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
        staging.write(super::super::RESOLVED, b"").expect("writes");
        staging.commit(some_manifest(), &TIMING).expect("commits");
        let refused = Staging::open(dir.path(), "x", Kind::Comparison);
        assert!(matches!(refused, Err(StoreError::OtherKind { held: Kind::Run, .. })), "{refused:?}");
        assert!(Staging::open(dir.path(), "x", Kind::Run).is_ok());
    }

    #[test]
    fn of_two_runs_at_once_each_puts_a_whole_result_in_place() {
        let dir = tempfile::tempdir().expect("a folder");
        let [first, second] = ["first", "second"].map(|content| {
            let mut staging = Staging::open(dir.path(), "x", Kind::Run).expect("opens");
            staging.write("plots/a.svg", content.as_bytes()).expect("writes");
            staging
        });
        second.commit(some_manifest(), &TIMING).expect("commits");
        let target = first.commit(some_manifest(), &TIMING).expect("commits").folder;
        assert_eq!(read(&target.join("plots/a.svg")), "first");
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing is left beside the result");
    }
}
