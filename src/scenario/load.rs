//! Loading: files, the layers that they name, settings of the command line; then the plan.

use super::field::NAMED_SECTIONS;
use super::tree::{self, Node, Table, Value};
use super::{lower, overlay, resolved, settings};
use crate::diag::{Diagnostic, FileId, Place, Sources};
use crate::results::{FileHash, hash_hex};
use crate::run::Plan;
use std::path::{Path, PathBuf};

/// Larger files are refused before they are parsed: parsing can take some hundred times the size in memory.
const LARGEST_FILE: u64 = 1024 * 1024;

/// What to load.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The scenario.
    pub file: PathBuf,
    /// More layers on top of it.
    pub with: Vec<PathBuf>,
    /// Settings on top of those: `path=value`.
    pub set: Vec<String>,
}

/// What loading gave: problems with their texts, and if none is an error, a plan.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The texts that the problems point into.
    pub sources: Sources,
    /// Errors and warnings, in no order.
    pub diagnostics: Vec<Diagnostic>,
    /// The plan, if there was no error.
    pub plan: Option<Plan>,
    /// The scenario after all layers, as TOML that loads to the same plan.
    pub resolved: String,
    /// Every text that it was made of, in the order of the layers.
    pub inputs: Vec<FileHash>,
}

/// A file that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("can't read {}: {source}", path.display())]
pub struct LoadError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// Loads a scenario with its layers.
///
/// # Errors
/// When the file itself can't be read. Anything wrong with what it says (layers that can't be read among it) is in
/// the diagnostics.
pub fn load(request: &Request) -> Result<Loaded, LoadError> {
    let text = read(&request.file)?;
    Ok(load_layers(request, &text))
}

/// Loads a scenario from text that stands in no file.
///
/// # Examples
/// See the crate's front page.
pub fn load_text(name: &str, text: &str) -> Loaded {
    load_layers(&Request { file: PathBuf::from(name), ..Request::default() }, text)
}

fn load_layers(request: &Request, text: &str) -> Loaded {
    let mut loader = Loader::default();
    loader.add_file(&request.file, text, None);
    loader.first_laid_on = loader.layers.len();
    for path in &request.with {
        match read(path) {
            Ok(text) => loader.add_file(path, &text, None),
            Err(error) => {
                let file = loader.sources.add("--with", path.display().to_string());
                let place = Place::new(file, 0..path.display().to_string().len());
                loader.diagnostics.push(Diagnostic::error(place, error.to_string()));
            }
        }
    }
    // A file that can't be read, or only in part: much of what the others refer to stood there.
    loader.incomplete = crate::diag::has_errors(&loader.diagnostics);
    let mut tree = loader.merge();
    for setting in &request.set {
        loader.apply_setting(&mut tree, setting);
    }
    settings::note_changes(&mut tree, request);
    loader.finish(tree, &request.file)
}

#[expect(clippy::disallowed_methods, reason = "the front end is where scenario files are read")]
fn read(path: &Path) -> Result<String, LoadError> {
    let failed = |source| LoadError { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(failed)?;
    if size.is_dir() {
        return Err(failed(std::io::Error::other("it is a folder, not a scenario file")));
    }
    if size.len() > LARGEST_FILE {
        return Err(failed(std::io::Error::other("it is larger than 1 MiB, too large for a scenario")));
    }
    std::fs::read_to_string(path).map_err(failed)
}

/// One file on its way into the tree.
struct Layer {
    path: PathBuf,
    table: Table,
}

#[derive(Default)]
pub(super) struct Loader {
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// In the order in which they are applied: what a file extends stands before it.
    layers: Vec<Layer>,
    pub(super) inputs: Vec<FileHash>,
    /// The files that are being read, each because of the one before.
    chain: Vec<PathBuf>,
    /// The first of the layers that the command line lays on top.
    first_laid_on: usize,
    /// Whether something that the layers say could not be read.
    incomplete: bool,
    /// The folder that layers must lie in.
    root: Option<PathBuf>,
}

impl Loader {
    /// Parses a file and, before it, everything that it extends. A file that is reached twice counts once, at
    /// its first place.
    fn add_file(&mut self, path: &Path, text: &str, because: Option<Place>) {
        let known = canonical(path);
        if let Some(at) = self.chain.iter().position(|open| *open == known) {
            let mut round: Vec<String> = self.chain[at..].iter().map(|path| name_of(path)).collect();
            round.push(name_of(&known));
            let message = format!("scenarios extend one another in a round: {}", round.join(" → "));
            self.diagnostics.extend(because.map(|place| Diagnostic::error(place, message)));
            return;
        }
        if self.layers.iter().any(|layer| layer.path == known) {
            return;
        }
        if self.chain.is_empty() {
            self.root = known.parent().map(Path::to_owned);
        }
        let name = path.display().to_string();
        let file = self.sources.add(name.clone(), text);
        let table = tree::parse(file, text, &mut self.diagnostics);
        self.chain.push(known.clone());
        if let Some(entry) = table.get("extends") {
            self.follow(&entry.node.clone(), path);
        }
        self.chain.pop();
        self.inputs.push(FileHash { path: name, sha256: hash_hex(text.as_bytes()) });
        self.layers.push(Layer { path: known, table });
    }

    fn follow(&mut self, extends: &Node, from: &Path) {
        let items = match &extends.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(extends),
        };
        for item in items {
            match &item.value {
                Value::Text(path) => self.follow_one(path, item.place, from),
                other => self.diagnostics.push(
                    Diagnostic::error(
                        item.place,
                        format!("`extends` is a file or a list of files, not {}", other.kind()),
                    )
                    .help("write it like this: extends = \"baseline.toml\""),
                ),
            }
        }
    }

    fn follow_one(&mut self, path: &str, place: Place, from: &Path) {
        let target = from.parent().unwrap_or(Path::new("")).join(path);
        let outside = self.root.as_ref().is_some_and(|root| !canonical(&target).starts_with(root));
        if outside {
            let problem = Diagnostic::error(place, format!("`{path}` lies outside the scenario's folder"));
            self.diagnostics
                .push(problem.help("a scenario builds on files beside or below it; copy the file there"));
            return;
        }
        match read(&target) {
            Ok(text) => self.add_file(&target, &text, Some(place)),
            Err(error) => {
                // Names as they would be written here, with the folder that was written.
                let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
                let near: Vec<String> =
                    neighbours(&target).iter().map(|name| format!("{folder}{name}")).collect();
                let problem = Diagnostic::error(place, format!("can't read `{path}`: {}", error.source));
                self.diagnostics.push(problem.suggest(path, near.iter().map(String::as_str)));
            }
        }
    }

    fn merge(&mut self) -> Table {
        let mut tree = Table::default();
        for (number, layer) in std::mem::take(&mut self.layers).into_iter().enumerate() {
            let mut table = layer.table;
            if number >= self.first_laid_on {
                settings::forget_title(&mut table);
            }
            table.remove("extends");
            if let Some(paths) = table.remove("remove") {
                overlay::remove(&mut tree, &paths.node, &mut self.diagnostics);
            }
            overlay::merge(&mut tree, table);
        }
        tree
    }

    fn finish(mut self, mut tree: Table, path: &Path) -> Loaded {
        let stem = path
            .file_stem()
            .map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
        // With broken syntax half of the keys are missing; complaining about that would bury the real problem.
        if crate::diag::has_errors(&self.diagnostics) && tree.entries.is_empty() {
            return self.loaded(None, String::new());
        }
        let unmerged = tree.clone();
        overlay::apply_defaults(&mut tree, NAMED_SECTIONS, &mut self.diagnostics);
        let place = Place::new(FileId(0), 0..0);
        let (plan, problems) = lower::lower(&tree, &self.sources, place, &stem);
        let keep = |d: &Diagnostic| !(self.incomplete && d.is_gap);
        self.diagnostics.extend(problems.into_iter().filter(keep));
        tell_once(&mut self.diagnostics);
        let plan = plan.filter(|_| !crate::diag::has_errors(&self.diagnostics));
        let text = plan.as_ref().map(|plan| resolved::write(&unmerged, plan)).unwrap_or_default();
        self.loaded(plan, text)
    }

    fn loaded(self, plan: Option<Plan>, resolved: String) -> Loaded {
        Loaded { sources: self.sources, diagnostics: self.diagnostics, plan, resolved, inputs: self.inputs }
    }
}

/// A mistake among the defaults is found again in every entry that takes them: it is told for the first.
fn tell_once(diagnostics: &mut Vec<Diagnostic>) {
    let mut told = Vec::new();
    diagnostics.retain(|diagnostic| {
        // What stands in back quotes is the entry's own name; the rest of the sentence is the same.
        let sentence: String = diagnostic.message.split('`').step_by(2).collect();
        let key = (diagnostic.labels.first().map(|label| label.place), sentence, diagnostic.help.clone());
        let new = !told.contains(&key);
        told.push(key);
        new
    });
}

/// The file itself, whatever way leads to it; the path as it is when there is no such file.
fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| without_dots(&absolute))
}

/// The path with `..` taken literally, for files that don't exist.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            std::path::Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The scenario files beside a file that isn't there.
fn neighbours(path: &Path) -> Vec<String> {
    let Some(folder) = path.parent() else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort();
    names
}
