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
use crate::scenario::{Loaded, Request, load};
use clap::CommandFactory as _;
use std::path::Path;

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
fn load_strictly(file: &Path, layers: &LayerArgs, more: &[String], strict: bool) -> Result<Loaded, Failure> {
    let loaded = load_and_report(file, layers, more)?;
    if strict && diag::warnings(&loaded.diagnostics) > 0 {
        console::print_error("error: with --strict a warning is an error\n");
        return Err(Failure::Input);
    }
    Ok(loaded)
}

/// Loads a scenario and prints its problems; fails if one is an error.
fn load_and_report(file: &Path, layers: &LayerArgs, more: &[String]) -> Result<Loaded, Failure> {
    let set = layers.set.iter().chain(more).cloned().collect();
    let request = Request { file: file.to_owned(), with: layers.with.clone(), set };
    let loaded = load(&request).map_err(|error| {
        console::print_error(&format!("error: {}\n", diag::printable(&error.to_string())));
        if let Some(command) = meant_command(file) {
            console::print_error(&format!("  did you mean the command `{command}`?\n"));
        }
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
