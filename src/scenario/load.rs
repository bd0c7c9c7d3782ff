//! Loading: reads files and the layers that they name, applies settings of the command line, and makes the
//! plan.

use super::columns::Columns;
use super::field::NAMED_SECTIONS;
use super::files::{self, Files, Folder, LoadError, STANDARD_INPUT};
use super::reader::Context;
use super::tree::{self, Node, Table, Value};
use super::{alternatives, lower, overlay, resolved, settings};
use crate::diag::{Diagnostic, FileId, Sources, Span};
use crate::plan::Plan;
use crate::results::{FileHash, hash_hex};
use crate::sample::Design;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The maximum length of a chain of files that extend one another, including the scenario itself.
const LONGEST_CHAIN: usize = 64;

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The scenario; `-` is standard input.
    pub file: PathBuf,
    /// More layers on top of it.
    pub with: Vec<PathBuf>,
    /// Settings on top of those: `path=value`.
    pub set: Vec<String>,
    /// How it runs, on top of all: what is set here replaces what the scenario says.
    pub run: RunSettings,
    /// The texts of files read so far: requests that share it see the same texts.
    pub files: Files,
}

impl Request {
    /// The same scenario with another number of runs.
    #[must_use]
    pub fn with_runs(&self, runs: u64) -> Self {
        Self { run: RunSettings { runs: Some(runs), ..self.run }, ..self.clone() }
    }
}

/// How a scenario runs, where it is to run otherwise than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunSettings {
    /// How many runs.
    pub runs: Option<u64>,
    /// The seed of all draws, below 2^63: scenario files hold whole numbers of 64 bits with a sign.
    pub seed: Option<u64>,
    /// The design of the inputs.
    pub sampling: Option<Design>,
}

/// The result of loading: problems with the texts they refer to and, if none of them is an error, a plan.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The texts that the problems refer to.
    pub sources: Sources,
    /// Errors and warnings, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
    /// The plan, if there was no error.
    pub plan: Option<Plan>,
    /// The scenario after all layers, as TOML that loads to the same plan.
    pub resolved: String,
    /// Every text that it was made from: layers in their order, settings, then data files.
    pub inputs: Vec<FileHash>,
    /// The request, which holds the texts of all files: loading it again reads no file.
    pub request: Request,
}

/// Loads a scenario with its layers.
///
/// # Errors
/// When the file itself can't be read. Every problem with its content, including layers that can't be read,
/// is in the diagnostics.
pub fn load(request: &Request) -> Result<Loaded, LoadError> {
    let text = request.files.read_scenario(&request.file)?;
    Ok(load_layers(request, &text))
}

/// Loads a scenario from text instead of a file. Paths in it are relative to the folder of `name`.
///
/// # Examples
/// See the crate's front page.
pub fn load_text(name: &str, text: &str) -> Loaded {
    let request = Request { file: PathBuf::from(name), ..Request::default() };
    request.files.know(&request.file, text);
    load_layers(&request, text)
}

fn load_layers(request: &Request, text: &str) -> Loaded {
    let mut loader = Loader::default();
    loader.columns.files = request.files.clone();
    loader.add_file(&request.file, text, None);
    loader.first_laid_on = loader.layers.len();
    for path in &request.with {
        match read_layer(path, &request.files) {
            Ok(text) => loader.add_file(path, &text, None),
            Err(why) => loader.refuse_argument("--with", &path.display().to_string(), &why),
        }
    }
    // If a file can't be read completely, much of what the others refer to is missing.
    loader.incomplete = crate::diag::has_errors(&loader.diagnostics);
    let mut tree = loader.merge();
    for setting in &request.set {
        loader.apply_setting(&mut tree, setting);
    }
    loader.apply_run_settings(&mut tree, request.run);
    settings::note_changes(&mut tree, request);
    loader.finish(tree, request)
}

/// The text of a layer of the command line. It must be a file: only the scenario itself may come from
/// standard input.
fn read_layer(path: &Path, files: &Files) -> Result<Arc<str>, String> {
    if path == Path::new(STANDARD_INPUT) {
        return Err(
            "only the scenario itself can come from standard input; save the layer as a file".to_owned()
        );
    }
    files.read(path).map_err(|error| error.to_string())
}

/// A file that has been parsed and not yet merged into the tree.
struct Layer {
    path: PathBuf,
    table: Table,
}

#[derive(Default)]
pub(super) struct Loader {
    pub(super) sources: Sources,
    /// The file of the scenario, once it is known.
    scenario: Option<PathBuf>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// In the order in which they are applied: what a file extends comes before the file.
    layers: Vec<Layer>,
    pub(super) inputs: Vec<FileHash>,
    /// The files that are being read, each extended by the one before.
    chain: Vec<PathBuf>,
    /// The index of the first layer added by the command line.
    first_laid_on: usize,
    /// Whether some part of the layers could not be read.
    incomplete: bool,
    columns: Columns,
    /// The keys that stay in force although a higher layer sets an alternative.
    pub(super) left: Vec<alternatives::Left>,
    /// The paths that layers and settings remove, with the location of the `remove`.
    pub(super) removed: BTreeMap<String, Span>,
}

impl Loader {
    /// Parses a file and, before it, everything that it extends. A file that is reached twice counts once, at
    /// its first position.
    fn add_file(&mut self, path: &Path, text: &str, because: Option<(Span, &str)>) {
        let known = self.columns.files.canonical(path);
        if let Some(at) = self.chain.iter().position(|open| *open == known) {
            let mut cycle: Vec<String> = self.chain[at..].iter().map(|path| files::name_of(path)).collect();
            cycle.push(files::name_of(&known));
            let message = format!("scenarios extend one another in a cycle: {}", cycle.join(" → "));
            self.diagnostics.extend(because.map(|(span, _)| Diagnostic::error(span, message)));
            return;
        }
        if self.layers.iter().any(|layer| layer.path == known) {
            return;
        }
        if let (Some((span, _)), true) = (because, self.chain.len() >= LONGEST_CHAIN) {
            let message = format!("more than {LONGEST_CHAIN} files extend one another in a row");
            let problem = Diagnostic::error(span, message);
            self.diagnostics
                .push(problem.help("let one file name several: extends = [\"a.toml\", \"b.toml\"]"));
            return;
        }
        let (folder, recorded) = match because {
            Some((span, written)) => {
                let from = self.columns.folder(span.file);
                (from.follow(path, written), from.recorded(written))
            }
            None => self.named_on_command_line(path),
        };
        let file = self.sources.add_as(files::shown(path), recorded.clone(), text);
        self.columns.folders.insert(file, folder);
        let table = tree::parse(file, text, &mut self.diagnostics);
        self.chain.push(known.clone());
        if let Some(entry) = table.get("extends") {
            self.follow(&entry.node.clone());
        }
        self.chain.pop();
        self.inputs.push(FileHash { path: recorded, sha256: hash_hex(text.as_bytes()) });
        self.layers.push(Layer { path: known, table });
    }

    /// Refuses an argument of the command line.
    fn refuse_argument(&mut self, option: &str, argument: &str, why: &str) {
        let span = Span::new(self.sources.add(option, argument), 0..argument.len());
        self.diagnostics.push(Diagnostic::error(span, why));
    }

    /// The folder and the recorded path of the scenario itself or of a layer named on the command line.
    fn named_on_command_line(&mut self, path: &Path) -> (Folder, String) {
        let scenario = self.scenario.get_or_insert_with(|| path.to_owned()).clone();
        let folder = Folder::of_layer(path, &scenario, &self.columns.files);
        (folder, files::recorded_path(&scenario, path))
    }

    fn follow(&mut self, extends: &Node) {
        let items = match &extends.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(extends),
        };
        for item in items {
            match &item.value {
                Value::Text(path) => self.follow_one(path, item.span),
                other => self.diagnostics.push(
                    Diagnostic::error(
                        item.span,
                        format!("`extends` is a file or a list of files, not {}", other.kind()),
                    )
                    .help("write it like this: extends = \"baseline.toml\""),
                ),
            }
        }
    }

    fn follow_one(&mut self, path: &str, span: Span) {
        let Some(target) = self.columns.folder(span.file).find(path, &self.columns.files) else {
            let problem = Diagnostic::error(span, format!("`{path}` lies outside the scenario's folder"));
            self.diagnostics
                .push(problem.help("a scenario builds on files beside or below it; copy the file there"));
            return;
        };
        match self.columns.files.read(&target) {
            Ok(text) => self.add_file(&target, &text, Some((span, path))),
            Err(error) => {
                let near = files::neighbours(&target, path, "toml");
                let problem = Diagnostic::error(span, format!("can't read `{path}`: {}", error.source));
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
            // The scenario itself comes after what it extends and before the layers of the command line.
            if number + 1 != self.first_laid_on {
                settings::forget_own(&mut table);
            }
            table.remove("extends");
            if let Some(paths) = table.remove("remove") {
                self.removed.extend(overlay::remove(&mut tree, &paths.node, &mut self.diagnostics));
            }
            self.left.extend(alternatives::left_in_force(&tree, &table));
            overlay::merge(&mut tree, table);
        }
        tree
    }

    fn finish(mut self, mut tree: Table, request: &Request) -> Loaded {
        let stem = files::stem(&request.file);
        // With broken syntax many keys are missing; reporting them would bury the real problem.
        if crate::diag::has_errors(&self.diagnostics) && tree.entries.is_empty() {
            return self.loaded(None, String::new(), request);
        }
        let left = std::mem::take(&mut self.left);
        self.diagnostics.extend(left.into_iter().filter_map(|left| left.warning(&tree)));
        let mut unmerged = tree.clone();
        overlay::apply_defaults(&mut tree, NAMED_SECTIONS, &mut self.diagnostics);
        let span = Span::new(FileId(0), 0..0);
        let context = Context::new(&mut self.sources, &mut self.columns, &self.removed);
        let (plan, problems) = lower::lower(&tree, span, &stem, context);
        let keep = |d: &Diagnostic| !(self.incomplete && d.is_gap);
        self.diagnostics.extend(problems.into_iter().filter(keep));
        report_once(&mut self.diagnostics);
        let plan = plan.filter(|_| !crate::diag::has_errors(&self.diagnostics));
        self.columns.inline(&mut unmerged);
        let text = plan.as_ref().map(|plan| resolved::write(&unmerged, plan)).unwrap_or_default();
        if text.len() <= files::LARGEST_FILE {
            return self.loaded(plan, text, request);
        }
        let message =
            "with all its layers and samples the scenario is larger than 1 MiB, the most that is read";
        self.diagnostics.push(Diagnostic::error(span, message).help("leave values out of the samples"));
        self.loaded(None, String::new(), request)
    }

    fn loaded(mut self, plan: Option<Plan>, resolved: String, request: &Request) -> Loaded {
        self.inputs.append(&mut self.columns.read);
        Loaded {
            sources: self.sources,
            diagnostics: self.diagnostics,
            plan,
            resolved,
            inputs: self.inputs,
            request: request.clone(),
        }
    }
}

/// A mistake in the defaults is found in every entry that takes them: this keeps only the report for the
/// first entry.
fn report_once(diagnostics: &mut Vec<Diagnostic>) {
    let mut reported = Vec::new();
    diagnostics.retain(|diagnostic| {
        // The text in back quotes differs, since it names the entry; the rest of the sentence is the same.
        let sentence: String = diagnostic.message.split('`').step_by(2).collect();
        let key = (diagnostic.labels.first().map(|label| label.span), sentence, diagnostic.help.clone());
        let new = !reported.contains(&key);
        reported.push(key);
        new
    });
}
