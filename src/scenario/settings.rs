//! Settings of the command line: single values that override the files, and the record of what they changed.

use super::field::{NAMED_SECTIONS, ROOT, one_of};
use super::files::name_of;
use super::load::{Loader, Request, RunSettings};
use super::tree::{self, Entry, Node, Table, Value};
use super::{alternatives, overlay};
use crate::diag::{Diagnostic, Span};
use crate::results::{FileHash, hash_hex};
use std::collections::BTreeMap;

impl Loader {
    /// Applies `path=value` to the tree. The value is TOML, or text that needs no quotes here.
    pub(super) fn apply_setting(&mut self, tree: &mut Table, setting: &str) {
        let Some((path, value)) = setting.split_once('=') else {
            let file = self.sources.add("--set", setting);
            let problem =
                Diagnostic::error(Span::new(file, 0..setting.len()), "a setting is written path=value");
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
            let problem = Diagnostic::error(entry.key_span, "`extends` can't be set");
            self.diagnostics.push(problem.help("lay another file on top with --with FILE"));
        }
        if let Some(paths) = table.remove("remove") {
            self.removed.extend(overlay::remove(tree, &paths.node, &mut self.diagnostics));
        }
        self.refuse_new_names(tree, &mut table);
        self.left.extend(alternatives::left_in_force(tree, &table));
        overlay::merge(tree, table);
    }

    /// Lays how the scenario is to run over the tree.
    pub(super) fn apply_run_settings(&mut self, tree: &mut Table, run: RunSettings) {
        let number = |value: u64| {
            let value = i64::try_from(value).unwrap_or(i64::MAX);
            Value::Integer { value, text: value.to_string() }
        };
        let settings = [
            ("runs", run.runs.map(number)),
            ("seed", run.seed.map(number)),
            ("sampling", run.sampling.map(|design| Value::Text(design.name().to_owned()))),
        ];
        for (key, value) in settings.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            overlay::merge(tree, self.run_setting(key, value));
        }
    }

    /// A key of the section `run`, recorded among the inputs like one that was typed.
    fn run_setting(&mut self, key: &str, value: Value) -> Table {
        let words = match &value {
            Value::Integer { text, .. } | Value::Text(text) => text.clone(),
            other => other.kind().to_owned(),
        };
        let text = format!("run.{key} = {words}");
        self.inputs
            .push(FileHash { path: format!("--set run.{key}={words}"), sha256: hash_hex(text.as_bytes()) });
        let file = self.sources.add("--set", text.clone());
        let entry = |key: &str, value, span| Table {
            entries: vec![Entry { key: key.to_owned(), key_span: span, node: Node { value, span } }],
        };
        let own = entry(key, value, Span::new(file, 0..text.len()));
        entry("run", Value::Table(own), Span::new(file, 0.."run".len()))
    }

    /// Reports and drops names that don't exist: a setting changes existing entries, so an unknown product is
    /// a typing error rather than a new product. Dropping it prevents further problems with it.
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
                let one = one_of(section);
                let problem =
                    Diagnostic::error(entry.key_span, format!("there is no {one} `{}` to set", entry.key));
                self.diagnostics.push(problem.suggest(&entry.key, known.iter().copied()));
            }
            named.entries.retain(is_known);
        }
        let settable = |key: &&str| !["extends", "origin"].contains(key);
        let known: Vec<&str> = ROOT.iter().map(|field| field.key).filter(settable).collect();
        for entry in setting.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let problem =
                Diagnostic::error(entry.key_span, format!("there is no section `{}` to set", entry.key));
            self.diagnostics.push(problem.suggest(&entry.key, known.iter().copied()));
        }
        setting.entries.retain(|entry| known.contains(&entry.key.as_str()));
    }
}

/// Removes the title and the description from a layer of the command line: it changes a scenario but doesn't
/// rename it.
pub(super) fn forget_title(layer: &mut Table) {
    if let Some(Value::Table(scenario)) = layer.get_mut("scenario").map(|entry| &mut entry.node.value) {
        for key in ["title", "description"] {
            scenario.remove(key);
        }
    }
}

/// Removes the name and the weight, which belong to one scenario only: one that extends it, or that has it as
/// an additional layer, is another scenario.
pub(super) fn forget_own(layer: &mut Table) {
    if let Some(Value::Table(scenario)) = layer.get_mut("scenario").map(|entry| &mut entry.node.value) {
        scenario.remove("name");
        scenario.remove("weight");
    }
}

/// Records in the scenario what the command line changed, except for the number of runs, the seed and the
/// sampling design, which change no assumption.
pub(super) fn note_changes(tree: &mut Table, request: &Request) {
    let with = request.with.iter().map(|path| name_of(path));
    let changes: Vec<String> = with.chain(last_settings(&request.set)).collect();
    let Some(entry) = tree.get_mut("scenario") else { return };
    let span = entry.node.span;
    let Value::Table(scenario) = &mut entry.node.value else { return };
    // A resolved scenario that is changed again keeps its earlier changes. Anything but a list is left in the
    // tree, where the reader reports it.
    let mut items = match scenario.get("changes").map(|entry| &entry.node.value) {
        None => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(_) => return,
    };
    items.extend(changes.into_iter().map(|change| Node { value: Value::Text(change), span }));
    scenario.remove("changes");
    if !items.is_empty() {
        let node = Node { value: Value::Array(items), span };
        scenario.entries.push(Entry { key: "changes".to_owned(), key_span: span, node });
    }
}

/// The settings that take effect, by path: the last one for each path.
fn last_settings(settings: &[String]) -> Vec<String> {
    let by_path: BTreeMap<&str, &String> = settings
        .iter()
        .map(|setting| (setting.split('=').next().unwrap_or_default().trim(), setting))
        .collect();
    let is_change = |path: &str| !["run.runs", "run.seed", "run.sampling"].contains(&path);
    by_path.into_iter().filter(|(path, _)| is_change(path)).map(|(_, setting)| setting.clone()).collect()
}

/// A path as TOML keys: parts that are not bare keys in TOML (`*`) are quoted.
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
