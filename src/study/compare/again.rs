//! How a comparison is reproduced: the command line, and the files that it reads.

use super::{Compare, Found};
use crate::compare::Side;
use crate::report::html::{Again, TypedIn};
use crate::results::store::{DRAWS, RESOLVED};
use crate::results::{FileHash, hash_hex};
use crate::scenario::recorded_path;
use crate::study::shell::quoted;
use std::path::{Path, PathBuf};

/// For scenarios that are beside the page, after all layers and settings: only metrics and weights have to be
/// given again.
pub(super) fn of_scenarios(request: &Compare, found: &Found) -> Again {
    let files: Vec<FileHash> = found.resolved.iter().map(beside).collect();
    let names = files.iter().map(|file| quoted(&file.path));
    let words = names.chain(metrics(request)).chain(weights(request, found));
    Again { command: command(words), files, typed_in: TypedIn::Page }
}

fn beside((name, text): &(String, String)) -> FileHash {
    FileHash { path: format!("scenarios/{name}.toml"), sha256: hash_hex(text.as_bytes()) }
}

/// For parts, which can only be laid on their scenario again: the command for its folder, and every file that
/// was read.
pub(super) fn of_parts(request: &Compare, (base, parts): (&Path, &[PathBuf]), found: &Found) -> Again {
    let path = |path: &Path| quoted(&recorded_path(base, path));
    let mut words = vec![format!("--on {}", path(base)), "--parts".to_owned()];
    words.extend(parts.iter().map(|part| path(part)));
    words.extend(request.layers.with.iter().map(|layer| format!("--with {}", path(layer))));
    words.extend(request.layers.set.iter().map(|setting| format!("--set {}", quoted(setting))));
    words.extend(request.runs.map(|runs| format!("--runs {runs}")));
    words.extend(request.seed.map(|seed| format!("--seed {seed}")));
    words.extend(metrics(request));
    let folder = base.parent().unwrap_or(Path::new(""));
    let files = found.inputs.iter().filter(|input| folder.join(&input.path).is_file()).cloned().collect();
    Again { command: command(words), files, typed_in: TypedIn::Scenario }
}

/// For results in folders, the baseline first.
pub(super) fn of_results(request: &Compare, stored: &[Side], found: &Found) -> Again {
    let folders: Vec<String> = stored.iter().map(|side| folder(request, side)).collect();
    let words = folders.iter().map(|folder| quoted(folder)).chain(weights(request, found));
    let files = stored.iter().zip(&folders).flat_map(|(side, folder)| hashes(side, folder)).collect();
    Again { command: command(words), files, typed_in: TypedIn::Results }
}

/// The folder of a result, relative to the folder of results.
fn folder(request: &Compare, side: &Side) -> String {
    let here = request.output.folder().join("x");
    side.stored.resolved().parent().map_or_else(String::new, |folder| recorded_path(&here, folder))
}

/// The files of a result that a comparison reads.
fn hashes<'a>(side: &'a Side, folder: &'a str) -> impl Iterator<Item = FileHash> + 'a {
    let files = side.stored.manifest().files.iter();
    let read = files.filter(|file| [RESOLVED, "summary.csv", DRAWS].contains(&file.path.as_str()));
    read.map(move |file| FileHash { path: format!("{folder}/{}", file.path), sha256: file.sha256.clone() })
}

fn command(words: impl IntoIterator<Item = String>) -> String {
    std::iter::once("simulate compare".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The requested metrics, and that of the precision, which was compared as well.
fn metrics(request: &Compare) -> Vec<String> {
    let aimed = request.precision_of.iter().map(|figure| &figure.metric);
    request.metrics.iter().chain(aimed).map(|path| format!("--metric {}", quoted(path))).collect()
}

/// The weights of the command line, in the order of the scenarios; other weights are in the files.
fn weights(request: &Compare, found: &Found) -> Option<String> {
    let sum: f64 = request.weights.iter().sum();
    let typed = |weight: &f64| request.weights.iter().find(|typed| **typed / sum == *weight);
    let (weights, _) = found.mixed.as_ref().filter(|_| !request.weights.is_empty())?;
    let weights: Vec<String> = weights.iter().filter_map(typed).map(f64::to_string).collect();
    Some(format!("--weights {}", weights.join(",")))
}
