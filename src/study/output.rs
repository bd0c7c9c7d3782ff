//! The output of a study: its folder, its name, and the formats of its pictures.

use super::load::Layers;
use super::pictures::Format;
use super::{Error, Host};
use crate::results::hash_hex;
use crate::results::store::{Committed, Kind, MANIFEST, Note, PLOTS, REPORT, Staging, TIMINGS, shortened};
use crate::results::{Manifest, Timing};
use crate::scenario::recorded_path;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The most characters of the changes in a name: longer names are hard to read in a list of folders.
const MOST_CHARACTERS: usize = 80;
/// The most characters of the names of several scenarios together; the store accepts up to 200 bytes.
const MOST_OF_ALL: usize = 160;

/// The name of a result that is made to be compared with another, and never put in its place.
pub(super) const SCRATCH: &str = "corridor-verify";

/// The folder of results, and the formats of pictures.
#[derive(Debug, Clone)]
pub struct Output {
    /// The folder in which each result gets a folder of its own. `None` is `output`; a scenario that is
    /// changed by layers or settings then gets a folder whose name says so.
    pub folder: Option<PathBuf>,
    /// The formats of pictures. With none of them there is no page either, and page and pictures of an
    /// earlier result with the same figures are kept.
    pub formats: Vec<Format>,
}

impl Default for Output {
    fn default() -> Self {
        Self { folder: None, formats: Format::ALL.to_vec() }
    }
}

/// The files that were written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The folder.
    pub folder: PathBuf,
    /// Notes on files in the folder that this program did not write.
    pub notes: Vec<Note>,
    /// The tables, by the names of their files.
    pub tables: Vec<String>,
    /// How many pictures.
    pub pictures: usize,
    /// How long it took.
    pub timing: Timing,
}

impl Output {
    /// In another folder, with the kinds of pictures that a result has.
    pub(super) fn like(manifest: &Manifest, folder: &Path) -> Self {
        let of_kind = |kind: &Format| {
            let ending = format!(".{kind}");
            manifest.files.iter().any(|file| file.path.starts_with("plots/") && file.path.ends_with(&ending))
        };
        let formats = Format::ALL.into_iter().filter(of_kind).collect();
        Self { folder: Some(folder.to_owned()), formats }
    }

    /// The folder of results.
    pub fn folder(&self) -> &Path {
        self.folder.as_deref().unwrap_or(Path::new("output"))
    }

    /// The name of a result's folder: that of the scenario, followed by layers and settings, so that a
    /// what-if doesn't replace the scenario's own result; without them where the request names a folder.
    pub(super) fn name(&self, base: &str, scenario: &Path, layers: &Layers) -> String {
        let changes = if self.folder.is_some() { String::new() } else { changes(scenario, layers) };
        shortened(&(base.to_owned() + &changes), MOST_OF_ALL)
    }

    /// Begins a folder for these files, the page and the pictures; fails at once if it can't be written.
    pub(super) fn begin(
        &self,
        name: &str,
        kind: Kind,
        files: &[&str],
        host: &dyn Host,
    ) -> Result<Staging, Error> {
        let folder = self.folder();
        if folder.exists() && !folder.is_dir() {
            let folder = folder.display();
            return Err(Error::refused(format!(
                "results go into a folder, and {folder} is none: name another with --out"
            )));
        }
        host.begins_writing();
        let mut staging = Staging::open(self.folder(), name, kind)?;
        staging.reserve(&[files, &[MANIFEST, TIMINGS]].concat())?;
        match (self.formats.is_empty(), kind) {
            (true, _) => staging.keep_pages(),
            (false, Kind::Drivers) => staging.reserve(&[PLOTS])?,
            (false, Kind::Run | Kind::Comparison) => staging.reserve(&[REPORT, PLOTS])?,
        }
        Ok(staging)
    }
}

/// Moves a finished folder to its final path, unless a stop was requested.
pub(super) fn commit(
    staging: Staging,
    manifest: Manifest,
    timing: Timing,
    (tables, pictures): (Vec<String>, usize),
    host: &dyn Host,
) -> Result<Written, Error> {
    if host.wants_stop() {
        return Err(Error::Stopped);
    }
    let Committed { folder, notes } = staging.commit(manifest, &timing)?;
    Ok(Written { folder, notes, tables, pictures, timing })
}

/// `+financing-limits`, `-with-finance.cash=1-MUSD-year~0a1b2c`: the layers in their order, then the last
/// setting of each path. Where the name can't contain all characters, the beginning of their SHA-256 makes it
/// unique.
fn changes(scenario: &Path, layers: &Layers) -> String {
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

/// A text with hyphens in place of characters that are special to a shell or a file system.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "._=%+".contains(c)));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(with: &[&str], set: &[&str]) -> String {
        let layers = Layers {
            with: with.iter().map(PathBuf::from).collect(),
            set: set.iter().map(|&setting| setting.to_owned()).collect(),
        };
        Output::default().name("bridge", Path::new("scenarios/bridge.toml"), &layers)
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
        let layers = Layers { with: Vec::new(), set: vec!["a=1".to_owned()] };
        assert_eq!(
            Output { folder: Some("x".into()), ..Output::default() }.name(
                "bridge",
                Path::new("bridge.toml"),
                &layers
            ),
            "bridge"
        );
    }
}
