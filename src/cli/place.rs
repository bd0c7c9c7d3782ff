//! Where a result goes: which folder, and under which name.

use super::args::LayerArgs;
use super::console;
use crate::diag::printable;
use crate::results::hash_hex;
use crate::results::store::{Committed, Note, shortened};
use crate::scenario::recorded_path;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Longer names are hard to read in a list of folders.
const MOST_CHARACTERS: usize = 80;
/// Names of several scenarios together; the store takes up to 200 bytes.
const MOST_OF_ALL: usize = 160;

/// `--out`.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Out {
    /// Folder in which each result gets a folder of its own [default: output, and with --set or --with a name that says what
    /// was changed]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Out {
    /// The folder of results.
    pub(super) fn folder(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("output"))
    }

    /// What the folder of a result is called: after the scenario, and after what the command line changes in it, so that a what-if
    /// doesn't take the place of the scenario's own result. Whoever gives `--out` has chosen a place already.
    pub(super) fn name(&self, base: &str, scenario: &Path, layers: &LayerArgs) -> String {
        let changes = if self.out.is_some() { String::new() } else { changes(scenario, layers) };
        shortened(&(base.to_owned() + &changes), MOST_OF_ALL)
    }
}

/// `+financing-limits`, `-with-finance.cash=1-MUSD-year~0a1b2c`: the layers in their order, then the settings that hold, by path.
/// Where the name can't say it all, the beginning of its SHA-256 tells it from others.
fn changes(scenario: &Path, layers: &LayerArgs) -> String {
    let files: Vec<String> = layers.with.iter().map(|file| recorded_path(scenario, file)).collect();
    let by_path: BTreeMap<&str, &str> = layers.set.iter().map(|setting| path_and_value(setting)).collect();
    let settings: Vec<String> = by_path.iter().map(|(path, value)| format!("{path}={value}")).collect();
    let stem = |file: &String| file.strip_suffix(".toml").unwrap_or(file).to_owned();
    let exact = changed(&files.iter().map(stem).collect::<Vec<_>>(), &settings);
    let stems: Vec<String> = layers.with.iter().map(|file| plain(&stem_of(file))).collect();
    let shown = changed(&stems, &settings.iter().map(|setting| plain(setting)).collect::<Vec<_>>());
    if shown == exact {
        return shortened(&shown, MOST_CHARACTERS);
    }
    let hash: String = hash_hex(exact.as_bytes()).chars().take(6).collect();
    let shown: String = shown.chars().take(MOST_CHARACTERS).collect();
    format!("{}~{hash}", shown.trim_end_matches(['-', '.', '=']))
}

fn changed(files: &[String], settings: &[String]) -> String {
    let files = files.iter().fold(String::new(), |names, file| names + "+" + file);
    if settings.is_empty() { files } else { format!("{files}-with-{}", settings.join("-")) }
}

fn path_and_value(setting: &str) -> (&str, &str) {
    let (path, value) = setting.split_once('=').unwrap_or((setting, ""));
    (path.trim(), value.trim())
}

fn stem_of(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// With hyphens in place of what a shell or a file system would take amiss.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "._=%+".contains(c)));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// Says what was found where a result was put: what was kept in any case, what was left alone where text is read.
pub(super) fn say_notes(committed: &Committed, is_text: bool) {
    let folder = committed.folder.display();
    for note in &committed.notes {
        if is_text || matches!(note, Note::Kept { .. }) {
            console::print_error(&format!("{}\n", printable(&format!("note: in {folder}: {note}"))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(with: &[&str], set: &[&str]) -> String {
        let layers = LayerArgs {
            with: with.iter().map(PathBuf::from).collect(),
            set: set.iter().map(|&setting| setting.to_owned()).collect(),
        };
        Out::default().name("bridge", Path::new("scenarios/bridge.toml"), &layers)
    }

    #[test]
    fn a_what_if_has_a_readable_name_of_its_own() {
        assert_eq!(name(&[], &[]), "bridge");
        assert_eq!(name(&["scenarios/financing-limits.toml"], &[]), "bridge+financing-limits");
        assert_eq!(name(&["./scenarios/../scenarios/financing-limits.toml"], &[]), "bridge+financing-limits");
        assert_eq!(name(&[], &["a.planned=2028"]), "bridge-with-a.planned=2028");
        assert!(
            name(&[], &["finance.cash=1 MUSD/year"]).starts_with("bridge-with-finance.cash=1-MUSD-year~")
        );
    }

    #[test]
    fn settings_in_another_order_give_the_same_name_and_other_values_another() {
        assert_eq!(name(&[], &["a=1", "b=2", "a = 3"]), name(&[], &["a=3", "b=2"]));
        assert_ne!(name(&[], &["a=1 /year"]), name(&[], &["a=1-year"]));
        assert_ne!(name(&["scenarios/x.toml"], &[]), name(&["other/x.toml"], &[]));
        let long = "x".repeat(300);
        assert_ne!(name(&[], &[&format!("a={long}1")]), name(&[], &[&format!("a={long}2")]));
    }

    #[test]
    fn whoever_gives_a_folder_gets_the_plain_name() {
        let layers = LayerArgs { with: Vec::new(), set: vec!["a=1".to_owned()] };
        assert_eq!(Out { out: Some("x".into()) }.name("bridge", Path::new("bridge.toml"), &layers), "bridge");
    }
}
