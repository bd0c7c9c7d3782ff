//! Which files of a folder are ours: those listed in its manifest, or in the list of a result that is being
//! written. Nothing else is ever replaced or removed.

use super::manifest::{Listing, MANIFEST, TIMINGS};
use super::read::hash_file;
use crate::results::{hash_hex, is_sealed};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The list in the hidden folder of a result that is being written: the paths of its files, each added before
/// its file is created. It is locked while the process lives.
pub(super) const LIST: &str = ".files";

/// The first line of [`LIST`].
pub(super) const LIST_HEAD: &str = "corridor\n";

/// The files that are ours, by their paths within the folder, with their expected hash; `None` while they are
/// being written.
#[derive(Debug, Default)]
pub(super) struct Ours(BTreeMap<PathBuf, Option<String>>);

/// The contents of a folder. Subfolders are read only if they may contain a file of ours; links are never
/// followed.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Our files, unchanged.
    pub(super) ours: Vec<PathBuf>,
    /// Entries with the name of a file of ours that differ from what we wrote.
    pub(super) changed: Vec<PathBuf>,
    /// Entries that aren't ours; for a folder without any file of ours only its own path.
    pub(super) foreign: Vec<PathBuf>,
    /// Folders that may contain a file of ours, the innermost last.
    pub(super) folders: Vec<PathBuf>,
}

impl Ours {
    /// The files in the list of a folder, or else in its manifest; `None` if it has neither.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        Self::of_list(folder).or_else(|| Self::of_manifest(folder))
    }

    fn of_manifest(folder: &Path) -> Option<Self> {
        let text = super::manifest::text(&folder.join(MANIFEST)).ok()?;
        let listing = Listing::parse(&text)?;
        let named = listing.files.iter().map(|file| (PathBuf::from(&file.path), Some(file.sha256.clone())));
        let mut files: BTreeMap<_, _> = named.filter(|(path, _)| is_inside(path)).collect();
        // An older manifest has no seal, and is accepted without one.
        let is_whole = listing.format.is_none() || is_sealed(&text);
        let hash =
            |text: &str, is_whole: bool| if is_whole { hash_hex(text.as_bytes()) } else { String::new() };
        files.insert(MANIFEST.into(), Some(hash(&text, is_whole)));
        if let (Some(_), Ok(timings)) = (listing.format, super::manifest::text(&folder.join(TIMINGS))) {
            files.insert(TIMINGS.into(), Some(hash(&timings, is_sealed(&timings))));
        }
        Some(Self(files))
    }

    fn of_list(folder: &Path) -> Option<Self> {
        let text = super::manifest::text(&folder.join(LIST)).ok()?;
        let paths = text.strip_prefix(LIST_HEAD)?.lines().map(PathBuf::from);
        let own = [LIST, MANIFEST, TIMINGS].map(PathBuf::from);
        Some(Self(paths.chain(own).filter(|path| is_inside(path)).map(|path| (path, None)).collect()))
    }

    /// Whether this path, or one below it, is ours.
    pub(super) fn names(&self, path: &Path) -> bool {
        self.0.keys().any(|named| named.starts_with(path))
    }

    /// The paths of our files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    fn is_as_written(&self, folder: &Path, path: &Path) -> bool {
        match self.0.get(path) {
            Some(Some(hash)) => hash_file(&folder.join(path)).is_ok_and(|found| found == *hash),
            Some(None) => true,
            None => false,
        }
    }

    /// The contents of the folder.
    pub(super) fn contents(&self, folder: &Path) -> io::Result<Contents> {
        let mut contents = Contents::default();
        self.look_into(folder, Path::new(""), &mut contents)?;
        Ok(contents)
    }

    fn look_into(&self, folder: &Path, inside: &Path, contents: &mut Contents) -> io::Result<()> {
        for entry in fs::read_dir(folder.join(inside))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() && !self.0.contains_key(&path) && self.names(&path) {
                contents.folders.push(path.clone());
                self.look_into(folder, &path, contents)?;
            } else if !self.0.contains_key(&path) {
                contents.foreign.push(path);
            } else if kind.is_file() && self.is_as_written(folder, &path) {
                contents.ours.push(path);
            } else {
                contents.changed.push(path);
            }
        }
        Ok(())
    }
}

/// Whether a path stays within its starting folder: no root, no `..`.
pub(super) fn is_inside(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}
