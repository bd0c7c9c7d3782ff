//! How a comparison is made again: the line to type, and the files that it reads.

use super::Found;
use super::sides::Loaded;
use crate::cli::args::{CompareArgs, Seed};
use crate::cli::shell::quoted;
use crate::compare::Side;
use crate::report::html::{Again, TypedIn};
use crate::results::store::{DRAWS, RESOLVED};
use crate::results::{FileHash, hash_hex};
use crate::scenario::recorded_path;
use std::path::Path;

/// Of scenarios that stand beside the page, after all layers and settings: what is left to be typed is what was asked of them.
pub(super) fn of_scenarios(args: &CompareArgs, found: &Found) -> Again {
    let files: Vec<FileHash> = found.resolved.iter().map(beside).collect();
    let names = files.iter().map(|file| quoted(&file.path));
    let words = names.chain(metrics(args)).chain(weights(args, found));
    Again { command: command(words), files, typed_in: TypedIn::Page }
}

fn beside((name, text): &(String, String)) -> FileHash {
    FileHash { path: format!("scenarios/{name}.toml"), sha256: hash_hex(text.as_bytes()) }
}

/// Of parts, which can only be laid on their scenario again: the line to type in its folder, and every file that was read.
pub(super) fn of_parts(args: &CompareArgs, base: &Path, found: &Found) -> Again {
    let path = |path: &Path| quoted(&recorded_path(base, path));
    let mut words = vec![format!("--on {}", path(base)), "--parts".to_owned()];
    words.extend(args.parts.iter().map(|part| path(part)));
    words.extend(args.layers.with.iter().map(|layer| format!("--with {}", path(layer))));
    words.extend(args.layers.set.iter().map(|setting| format!("--set {}", quoted(setting))));
    words.extend(args.runs.map(|runs| format!("--runs {runs}")));
    words.extend(args.seed.map(|seed| seed_that_was(seed, found)));
    words.extend(metrics(args));
    let folder = base.parent().unwrap_or(Path::new(""));
    let files = found.inputs.iter().filter(|input| folder.join(&input.path).is_file()).cloned().collect();
    Again { command: command(words), files, typed_in: TypedIn::Scenario }
}

/// Also of a seed that was picked at random.
fn seed_that_was(seed: Seed, found: &Found) -> String {
    match seed {
        Seed::Fixed(seed) => format!("--seed {seed}"),
        Seed::Random => format!("--seed {}", found.comparison.scenarios[0].info.seed),
    }
}

/// Of results in folders, the yardstick first.
pub(super) fn of_results(args: &CompareArgs, stored: &[Side], found: &Found) -> Again {
    let folders: Vec<String> = stored.iter().map(|side| folder(args, side)).collect();
    let words = folders.iter().map(|folder| quoted(folder)).chain(weights(args, found));
    let files = stored.iter().zip(&folders).flat_map(|(side, folder)| hashes(side, folder)).collect();
    Again { command: command(words), files, typed_in: TypedIn::Results }
}

/// The folder of a result as seen from that of results.
fn folder(args: &CompareArgs, side: &Side) -> String {
    let here = args.out.folder().join("x");
    side.stored.resolved().parent().map_or_else(String::new, |folder| recorded_path(&here, folder))
}

/// What a comparison reads of a result.
fn hashes<'a>(side: &'a Side, folder: &'a str) -> impl Iterator<Item = FileHash> + 'a {
    let files = side.stored.manifest().files.iter();
    let read = files.filter(|file| [RESOLVED, "summary.csv", DRAWS].contains(&file.path.as_str()));
    read.map(move |file| FileHash { path: format!("{folder}/{}", file.path), sha256: file.sha256.clone() })
}

fn command(words: impl IntoIterator<Item = String>) -> String {
    std::iter::once("simulate compare".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The metric that was to be exact was compared as well.
fn metrics(args: &CompareArgs) -> Vec<String> {
    let aimed = args.precision_of.iter().map(|figure| &figure.metric);
    args.metric.iter().chain(aimed).map(|path| format!("--metric {}", quoted(path))).collect()
}

/// The weights that were typed, in the order of the scenarios; those of the files are in the files.
fn weights(args: &CompareArgs, found: &Found) -> Option<String> {
    let sum: f64 = args.weights.iter().sum();
    let typed = |weight: &f64| args.weights.iter().find(|typed| **typed / sum == *weight);
    let (weights, _) = found.mixed.as_ref().filter(|_| !args.weights.is_empty())?;
    let weights: Vec<String> = weights.iter().filter_map(typed).map(f64::to_string).collect();
    Some(format!("--weights {}", weights.join(",")))
}

/// Scenarios as if `--runs` had been typed with the number that a precision took, so that what stands beside the page gives the
/// same again. A file that has changed meanwhile stays as it was.
pub(super) fn as_plain_runs(loaded: Vec<Loaded>, runs: u64) -> Vec<Loaded> {
    let again = |loaded: Loaded| if loaded.plan.info.runs == runs { loaded } else { loaded.with_runs(runs) };
    loaded.into_iter().map(again).collect()
}
