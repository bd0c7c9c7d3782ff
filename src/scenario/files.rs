//! Reading each file once, checking that it is in an allowed folder, and suggesting names for a missing file.

use crate::results::store::{open_file, read_to_end};
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, stdin};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The maximum size of a file in bytes. Larger files are refused before they are parsed, because parsing can
/// take a hundred times the size of the file in memory.
pub(super) const LARGEST_FILE: usize = 1024 * 1024;

/// The file argument that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// The texts of files, each read once: later requests get the text of the first reading, so that a scenario
/// that is loaded again is the same even if its files have changed. Clones share these texts.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    texts: BTreeMap<PathBuf, Arc<str>>,
    /// Canonical paths, by the path as written.
    canonical: BTreeMap<PathBuf, PathBuf>,
}

impl Files {
    fn known<T>(&self, act: impl FnOnce(&mut Known) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text of the scenario itself, which may come from standard input.
    pub(super) fn read_scenario(&self, path: &Path) -> Result<Arc<str>, LoadError> {
        if path == Path::new(STANDARD_INPUT) {
            self.read_with(path, || read_to_end(stdin().lock(), LARGEST_FILE as u64))
        } else {
            self.read(path)
        }
    }

    /// The text of a file.
    pub(super) fn read(&self, path: &Path) -> Result<Arc<str>, LoadError> {
        self.read_with(path, || read_to_end(open_file(path)?, LARGEST_FILE as u64))
    }

    fn read_with(
        &self,
        path: &Path,
        read: impl FnOnce() -> std::io::Result<String>,
    ) -> Result<Arc<str>, LoadError> {
        if let Some(text) = self.known(|known| known.texts.get(path).cloned()) {
            return Ok(text);
        }
        let text = read().map_err(|source| cannot_read(path, source))?;
        Ok(self.know(path, &text))
    }

    /// Records a text as the content of a file.
    pub(super) fn know(&self, path: &Path, text: &str) -> Arc<str> {
        let text: Arc<str> = text.into();
        self.known(|known| known.texts.insert(path.to_owned(), text.clone()));
        text
    }

    /// The canonical path of a file; the absolute path without dots if there is no such file.
    pub(super) fn canonical(&self, path: &Path) -> PathBuf {
        self.known(|known| known.canonical.entry(path.to_owned()).or_insert_with(|| canonical(path)).clone())
    }
}

fn cannot_read(path: &Path, source: Error) -> LoadError {
    let source = match source.kind() {
        ErrorKind::NotFound => Error::new(ErrorKind::NotFound, "there is no such file"),
        _ => source,
    };
    LoadError { path: path.to_owned(), source }
}

/// The file's name without its extension: the default name of its scenario.
pub fn stem(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) {
        return "stdin".to_owned();
    }
    path.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// A file that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("can't read {}: {source}", path.display())]
pub struct LoadError {
    /// The path of the file.
    pub path: PathBuf,
    /// Why it can't be read.
    pub source: Error,
}

/// The folder of a file, and the folder within which the paths that the file names must stay.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// The folder to which paths in the file are relative.
    here: PathBuf,
    /// The folder that such paths must not leave, so that a scenario from elsewhere can read only what came
    /// with it.
    root: PathBuf,
    /// This folder as results name it: relative to that of the scenario, with `/` between names.
    recorded: String,
}

impl Folder {
    /// The folder of a file that was named on the command line.
    pub(super) fn of(path: &Path, files: &Files) -> Self {
        let root = files.canonical(path).parent().map(Path::to_owned).unwrap_or_default();
        Self { here: beside(path), root, recorded: String::new() }
    }

    /// The folder of a layer that the command line adds to a scenario.
    pub(super) fn of_layer(path: &Path, scenario: &Path, files: &Files) -> Self {
        let recorded = recorded_path(scenario, path);
        Self { recorded: before_name(&recorded), ..Self::of(path, files) }
    }

    /// The path under which results record a file that is named by a file of this folder.
    pub(super) fn recorded(&self, path: &str) -> String {
        joined(&self.recorded, path)
    }

    /// The folder of a file that is named by a file of this folder.
    pub(super) fn follow(&self, path: &Path, written: &str) -> Self {
        Self { here: beside(path), root: self.root.clone(), recorded: before_name(&self.recorded(written)) }
    }

    /// The file that a path refers to; `None` if it is outside the root.
    pub(super) fn find(&self, path: &str, files: &Files) -> Option<PathBuf> {
        let target = self.here.join(path);
        files.canonical(&target).starts_with(&self.root).then_some(target)
    }
}

/// The path under which results record a file: relative to the folder of the scenario, with `/` between
/// names. It does not depend on how either path was typed, or from where. A file on another drive, which has
/// no relative path, is recorded by its name.
pub fn recorded_path(scenario: &Path, file: &Path) -> String {
    let folder = |path: &Path| canonical(Path::new(".").join(beside(path)).as_path());
    let (from, to) = (folder(scenario), folder(file));
    let shared = from.components().zip(to.components()).take_while(|(from, to)| from == to).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = if shared == 0 { Vec::new() } else { up.chain(down).collect() };
    parts.into_iter().chain([name_of(file)]).collect::<Vec<_>>().join("/")
}

fn before_name(recorded: &str) -> String {
    recorded.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
}

/// A path from a folder, with `.` and `..` taken literally as far as they lead anywhere.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']).filter(|part| !["", "."].contains(part)) {
        match (part, parts.last()) {
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn beside(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| without_dots(&absolute))
}

/// The path with `..` taken literally, for files that don't exist.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// How messages name a file.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) { stem(path) } else { path.display().to_string() }
}

pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) {
        return stem(path);
    }
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files with this extension in the folder of a missing file, each prefixed with the folder as `written`.
pub(super) fn neighbours(target: &Path, written: &str, extension: &str) -> Vec<String> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let before = written.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension)))
        .map(|name| format!("{before}{name}"))
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_call_a_file_by_its_path_from_the_scenario_however_it_was_typed() {
        let scenario = Path::new("scenarios/bridge.toml");
        let absolute = std::path::absolute("scenarios/road.toml").expect("there is a current folder");
        for typed in
            [Path::new("scenarios/road.toml"), Path::new("./scenarios/../scenarios/road.toml"), &absolute]
        {
            assert_eq!(recorded_path(scenario, typed), "road.toml");
        }
        assert_eq!(recorded_path(scenario, Path::new("tests/bad/x.toml")), "../tests/bad/x.toml");
        assert_eq!(joined("parts/deep", "../b.toml"), "parts/b.toml");
        assert_eq!(joined("", "./a/./b.csv"), "a/b.csv");
    }
}
