//! How a comparison is reproduced: the command line, and the files that it reads.

use super::{Compare, Found};
use crate::compare::Side;
use crate::report::html::{Again, TypedIn};
use crate::results::store::{DRAWS, RESOLVED};
use crate::results::{FileHash, Question, hash_hex};
use crate::scenario::{recorded_path, stem};
use crate::study::output::SCRATCH;
use crate::study::shell::quoted;
use crate::study::{Error, Host, Output};
use std::path::{Path, PathBuf};

/// How a comparison is made again: for its page, and for its manifest.
pub(super) struct Repeat {
    pub(super) again: Again,
    pub(super) question: Question,
}

/// Of scenarios that stand beside the page, after all layers and settings: what is left to be typed is what
/// was asked of them.
pub(super) fn of_scenarios(request: &Compare, found: &Found) -> Repeat {
    let files: Vec<FileHash> = found.resolved.iter().map(beside).collect();
    let question = Question::CompareScenarios {
        files: files.iter().map(|file| file.path.clone()).collect(),
        metrics: compared_as_well(request).cloned().collect(),
        weights: weights(request, found).unwrap_or_default(),
    };
    let names = files.iter().map(|file| quoted(&file.path));
    let words = names.chain(metrics(request)).chain(weights_option(request, found));
    Repeat { again: Again { command: command(words), files, typed_in: TypedIn::Page }, question }
}

fn beside((name, text): &(String, String)) -> FileHash {
    FileHash { path: format!("scenarios/{name}.toml"), sha256: hash_hex(text.as_bytes()) }
}

/// Of parts, which can only be laid on their scenario again: the line to type in its folder, and every file
/// that was read.
pub(super) fn of_parts(request: &Compare, (base, parts): (&Path, &[PathBuf]), found: &Found) -> Repeat {
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
    let command = command(words);
    let question = Question::CompareParts { command: command.clone() };
    Repeat { again: Again { command, files, typed_in: TypedIn::Scenario }, question }
}

/// Of results in folders, the baseline first.
pub(super) fn of_results(request: &Compare, stored: &[Side], found: &Found) -> Repeat {
    let folders: Vec<String> = stored.iter().map(|side| folder(request, side)).collect();
    let words = folders.iter().map(|folder| quoted(folder)).chain(weights_option(request, found));
    let question = Question::CompareResults {
        folders: folders.clone(),
        weights: weights(request, found).unwrap_or_default(),
    };
    let files = stored.iter().zip(&folders).flat_map(|(side, folder)| hashes(side, folder)).collect();
    Repeat { again: Again { command: command(words), files, typed_in: TypedIn::Results }, question }
}

/// The folder of a result, relative to the folder of results.
fn folder(request: &Compare, side: &Side) -> String {
    let here = request.seen_from.as_deref().unwrap_or(request.output.folder()).join("x");
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

/// Metrics beside the usual ones; the one that was to be exact is one of them.
fn compared_as_well(request: &Compare) -> impl Iterator<Item = &String> {
    request.metrics.iter().chain(request.precision_of.iter().map(|figure| &figure.metric))
}

fn metrics(request: &Compare) -> Vec<String> {
    compared_as_well(request).map(|path| format!("--metric {}", quoted(path))).collect()
}

/// The weights that were given, in the order of the scenarios; those of the files are in the files.
fn weights(request: &Compare, found: &Found) -> Option<Vec<f64>> {
    let sum: f64 = request.weights.iter().sum();
    let given = |weight: &f64| request.weights.iter().copied().find(|given| given / sum == *weight);
    let (weights, _) = found.mixed.as_ref().filter(|_| !request.weights.is_empty())?;
    Some(weights.iter().filter_map(given).collect())
}

fn weights_option(request: &Compare, found: &Found) -> Option<String> {
    let weights: Vec<String> = weights(request, found)?.iter().map(f64::to_string).collect();
    Some(format!("--weights {}", weights.join(",")))
}

/// The files that a comparison has now, asked the same of the same scenarios or results; with the pictures
/// that it has. Nothing of them is kept.
///
/// # Errors
/// If the scenarios or results can't be compared, or not from what is beside the comparison.
pub(in crate::study) fn files_again(
    folder: &Path,
    question: &Question,
    output: Output,
    host: &dyn Host,
) -> Result<Vec<FileHash>, Error> {
    let results = folder.parent().unwrap_or(Path::new(""));
    let (files, metrics, weights) = match question {
        Question::CompareScenarios { files, metrics, weights } => {
            (files.iter().map(|file| folder.join(file)).collect::<Vec<_>>(), metrics.clone(), weights.clone())
        }
        Question::CompareResults { folders, weights } => {
            (folders.iter().map(|other| results.join(other)).collect(), Vec::new(), weights.clone())
        }
        Question::CompareParts { command } => {
            return Err(Error::refused(format!(
                "what parts add can only be computed again in the folder of their scenario: {command}"
            )));
        }
        Question::Explain { .. } => return Err(Error::refused("it is no comparison")),
    };
    let stems = matches!(question, Question::CompareScenarios { .. })
        .then(|| files.iter().map(|file: &PathBuf| stem(file)).collect());
    let request = Compare {
        files,
        metrics,
        weights,
        output,
        names: stems,
        seen_from: Some(results.to_owned()),
        ..Compare::default()
    };
    let found = request.find(host)?;
    let (staging, ..) = request.stage(&found, SCRATCH, host)?;
    Ok(staging.files().to_vec())
}
