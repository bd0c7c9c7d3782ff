//! One file for each command.

pub(super) mod bench;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod replay;
pub(super) mod run;
pub(super) mod sensitivity;
pub(super) mod verify;

use super::app::Failure;
use super::args::{Cli, LayerArgs, Seed};
use super::console;
use crate::diag;
use crate::scenario::{Files, Loaded, Request, STANDARD_INPUT, load};
use clap::CommandFactory as _;
use std::path::{Path, PathBuf};

/// The command that a word in the place of a file was probably meant to be.
fn meant_command(file: &Path) -> Option<String> {
    let word = file.to_str().filter(|word| !word.contains('.'))?;
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    diag::nearest(word, names).map(str::to_owned)
}

/// A seed from the command line is a setting like any other, so that the resolved scenario holds it.
fn seed_setting(seed: Option<Seed>) -> Option<String> {
    let seed = match seed? {
        Seed::Fixed(seed) => seed,
        // Scenario files hold whole numbers of 63 bits.
        Seed::Random => rand::random::<u64>() >> 1,
    };
    Some(format!("run.seed={seed}"))
}

/// Loads a scenario as [`load_and_report`] does; fails if there is a warning as well.
fn load_strictly(request: &Request, strict: bool) -> Result<Loaded, Failure> {
    let loaded = load_and_report(request)?;
    if strict && diag::warnings(&loaded.diagnostics) > 0 {
        console::error("with --strict a warning is an error");
        return Err(Failure::Input);
    }
    Ok(loaded)
}

/// What to load: a scenario with the layers of the command line and more settings. Scenarios that share `files` see the same
/// files, each read once.
fn request(file: &Path, layers: &LayerArgs, more: &[String], files: &Files) -> Request {
    let set = layers.set.iter().chain(more).cloned().collect();
    Request { file: file.to_owned(), with: layers.with.clone(), set, files: files.clone() }
}

/// Standard input can be read once: refuses it as several scenarios.
fn refuse_twice_standard_input(files: &[PathBuf]) -> Result<(), Failure> {
    if files.iter().filter(|file| *file == Path::new(STANDARD_INPUT)).count() < 2 {
        return Ok(());
    }
    console::error("standard input (-) can be one scenario only; save the others as files");
    Err(Failure::Input)
}

/// Loads a scenario and prints its problems; fails if one is an error.
fn load_and_report(request: &Request) -> Result<Loaded, Failure> {
    let file = &request.file;
    let loaded = load(request).map_err(|error| {
        let command = meant_command(file).map(|command| format!("the command `{command}`"));
        console::error_with_guess(&error.to_string(), command.as_deref());
        Failure::Input
    })?;
    if !loaded.diagnostics.is_empty() {
        console::print_error(&diag::render(
            &loaded.diagnostics,
            &loaded.sources,
            console::diagnostic_style(),
        ));
    }
    if diag::has_errors(&loaded.diagnostics) { Err(Failure::Input) } else { Ok(loaded) }
}
