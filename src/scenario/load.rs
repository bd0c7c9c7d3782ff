//! Loading: files, the layers that they name, settings of the command line; then the plan.

use super::field::{NAMED_SECTIONS, ROOT};
use super::tree::{self, Entry, Node, Table, Value};
use super::{lower, overlay, resolved};
use crate::diag::{Diagnostic, FileId, Place, Sources};
use crate::results::{FileHash, hash_hex};
use crate::run::Plan;
use std::collections::BTreeMap;
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
    note_changes(&mut tree, request);
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
struct Loader {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// In the order in which they are applied: what a file extends stands before it.
    layers: Vec<Layer>,
    inputs: Vec<FileHash>,
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
                forget_title(&mut table);
            }
            table.remove("extends");
            if let Some(paths) = table.remove("remove") {
                overlay::remove(&mut tree, &paths.node, &mut self.diagnostics);
            }
            overlay::merge(&mut tree, table);
        }
        tree
    }

    /// Lays `path=value` over the tree. The value is TOML, or words that need no quotes here.
    fn apply_setting(&mut self, tree: &mut Table, setting: &str) {
        let Some((path, value)) = setting.split_once('=') else {
            let file = self.sources.add("--set", setting);
            let problem =
                Diagnostic::error(Place::new(file, 0..setting.len()), "a setting is written path=value");
            self.diagnostics.push(problem.help("for example --set products.flour.growth=5%/year"));
            return;
        };
        let path = quoted_path(path.trim());
        let as_toml = format!("{path} = {}", value.trim());
        let as_text = format!("{path} = {}", toml::Value::String(value.trim().to_owned()));
        let parses = |text: &str| toml::de::DeTable::parse(text).is_ok();
        let text = if parses(&as_toml) { as_toml } else { as_text };
        self.inputs.push(FileHash { path: format!("--set {setting}"), sha256: hash_hex(text.as_bytes()) });
        let file = self.sources.add("--set", text.clone());
        let mut table = tree::parse(file, &text, &mut self.diagnostics);
        if let Some(entry) = table.remove("extends") {
            let problem = Diagnostic::error(entry.key_place, "`extends` can't be set");
            self.diagnostics.push(problem.help("lay another file on top with --with FILE"));
        }
        if let Some(paths) = table.remove("remove") {
            overlay::remove(tree, &paths.node, &mut self.diagnostics);
        }
        self.refuse_new_names(tree, &mut table);
        overlay::merge(tree, table);
    }

    /// A setting changes what is there. A product that isn't there is a slip, not a new product; it is told once and not
    /// laid over the tree.
    fn refuse_new_names(&mut self, tree: &Table, setting: &mut Table) {
        for section in NAMED_SECTIONS {
            let Some(Value::Table(named)) = setting.get_mut(section).map(|entry| &mut entry.node.value)
            else {
                continue;
            };
            let known: Vec<&str> =
                tree.table(section).map(|table| table.keys().collect()).unwrap_or_default();
            let is_known =
                |entry: &Entry| entry.key == overlay::DEFAULTS || known.contains(&entry.key.as_str());
            for entry in named.entries.iter().filter(|entry| !is_known(entry)) {
                let one = section.trim_end_matches('s');
                let problem =
                    Diagnostic::error(entry.key_place, format!("there is no {one} `{}` to set", entry.key));
                self.diagnostics.push(problem.suggest(&entry.key, known.iter().copied()));
            }
            named.entries.retain(is_known);
        }
        let settable = |key: &&str| !["extends", "origin"].contains(key);
        let known: Vec<&str> = ROOT.iter().map(|field| field.key).filter(settable).collect();
        for entry in setting.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let problem =
                Diagnostic::error(entry.key_place, format!("there is no section `{}` to set", entry.key));
            self.diagnostics.push(problem.suggest(&entry.key, known.iter().copied()));
        }
        setting.entries.retain(|entry| known.contains(&entry.key.as_str()));
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

/// A file that is laid on top changes a scenario; it doesn't give it another name.
fn forget_title(layer: &mut Table) {
    if let Some(Value::Table(scenario)) = layer.get_mut("scenario").map(|entry| &mut entry.node.value) {
        for key in ["title", "description", "name"] {
            scenario.remove(key);
        }
    }
}

/// Writes into the scenario what the command line changed, but for the number of runs and the seed, which change no assumption.
fn note_changes(tree: &mut Table, request: &Request) {
    let with = request.with.iter().map(|path| name_of(path));
    let changes: Vec<String> = with.chain(last_settings(&request.set)).collect();
    let Some(entry) = tree.get_mut("scenario") else { return };
    let place = entry.node.place;
    let Value::Table(scenario) = &mut entry.node.value else { return };
    let mut items = match scenario.remove("changes").map(|entry| entry.node.value) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    items.extend(changes.into_iter().map(|change| Node { value: Value::Text(change), place }));
    if !items.is_empty() {
        let node = Node { value: Value::Array(items), place };
        scenario.entries.push(Entry { key: "changes".to_owned(), key_place: place, node });
    }
}

/// The settings that hold, by path: of several for one path the last.
fn last_settings(settings: &[String]) -> Vec<String> {
    let by_path: BTreeMap<&str, &String> =
        settings.iter().map(|setting| (setting.split('=').next().unwrap_or_default(), setting)).collect();
    let is_change = |path: &str| !["run.runs", "run.seed"].contains(&path);
    by_path.into_iter().filter(|(path, _)| is_change(path)).map(|(_, setting)| setting.clone()).collect()
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

/// A path as TOML keys: parts that TOML would not take bare (`*`) are quoted.
fn quoted_path(path: &str) -> String {
    let bare = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    if path.contains('"') {
        return path.to_owned();
    }
    let quote = |part: &str| {
        if bare(part) { part.to_owned() } else { toml::Value::String(part.to_owned()).to_string() }
    };
    path.split('.').map(quote).collect::<Vec<_>>().join(".")
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

fn name_of(path: &Path) -> String {
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
