//! From arguments to an exit code.

use super::args::{Cli, Command, RunArgs};
use super::command;
use super::{console, interrupt};
use crate::diag::{escaped_json, message, nearest, render};
use crate::study::Error;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _};
use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

/// How a command can fail.
#[derive(Debug)]
pub(super) enum Failure {
    /// The request is wrong; the reason has been printed.
    Refused,
    /// A check has failed; the problems have been printed.
    Found,
    /// An error that has not been printed yet.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    interrupt::listen();
    let code = match parse() {
        Ok(cli) => code_of(dispatch(cli)),
        Err(error) => usage(&error),
    };
    match console::finish() {
        Some(error) => {
            console::error(&format!("can't write to standard output: {error}"));
            // An earlier failure is more important than this one.
            ExitCode::from(if code == DONE { FAILED } else { code })
        }
        None => ExitCode::from(code),
    }
}

const DONE: u8 = 0;
const FAILED: u8 = 1;
const REFUSED: u8 = 2;

/// The exit code of an outcome; prints an error that has not been printed yet.
fn code_of(outcome: Result<(), Failure>) -> u8 {
    match outcome {
        Ok(()) => DONE,
        Err(Failure::Refused) => REFUSED,
        Err(Failure::Found) => FAILED,
        Err(Failure::Error(Error::Stopped)) => {
            console::print_error(interrupt::STOPPED);
            interrupt::STOPPED_CODE
        }
        Err(Failure::Error(error)) => {
            print_error(&error);
            if error.is_refusal() { REFUSED } else { FAILED }
        }
    }
}

fn print_error(error: &Error) {
    match error {
        Error::Refused { message, meant } => console::error_with_guess(message, meant.as_deref()),
        Error::Unreadable(unreadable) => {
            let command = meant_command(&unreadable.path).map(|command| format!("the command `{command}`"));
            console::error_with_guess(&unreadable.to_string(), command.as_deref());
        }
        Error::Unsound(loaded) => {
            let style = console::diagnostic_style();
            console::print_error(&render(&loaded.diagnostics, &loaded.sources, style));
        }
        Error::Several(errors) => errors.iter().for_each(print_error),
        Error::Stopped | Error::Failed(_) => console::error(&error.to_string()),
    }
}

/// The command that was probably meant by a word that stands where a file is expected.
fn meant_command(file: &Path) -> Option<String> {
    let word = file.to_str().filter(|word| !word.contains('.'))?;
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    nearest(word, names).map(str::to_owned)
}

/// Reads the arguments. Arguments before a command would be those of `run` and would be ignored, so they are
/// refused.
fn parse() -> Result<Cli, clap::Error> {
    let matches = Cli::command().try_get_matches_from(std::env::args_os())?;
    let typed = |id: &clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    if let (Some(command), Some(id)) = (matches.subcommand_name(), matches.ids().find(|id| typed(id))) {
        let what = match id.as_str() {
            "files" => matches.get_raw("files").into_iter().flatten().map(OsStr::to_string_lossy).collect(),
            option => format!("--{}", option.replace('_', "-")),
        };
        let message =
            format!("{what} is before the command `{command}`; arguments of a command go behind it");
        return Err(Cli::command().error(ErrorKind::ArgumentConflict, message));
    }
    Cli::from_arg_matches(&matches)
}

/// Help and version go to standard output with code 0, mistakes to standard error with code 2.
fn usage(error: &clap::Error) -> u8 {
    if error.use_stderr() {
        console::print_error(&shown(error));
        REFUSED
    } else {
        console::print(&error.render().ansi().to_string());
        DONE
    }
}

/// The message of a mistake on the command line, which repeats what was typed: in colours, unless that has
/// hidden characters or is too long.
fn shown(error: &clap::Error) -> String {
    let plain = error.render().to_string();
    let lines: Vec<String> = plain.lines().map(message).collect();
    let harmless = lines.join("\n") + "\n";
    if harmless == plain { error.render().ansi().to_string() } else { harmless }
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        None => run(&cli.run),
        Some(Command::Run(args)) => run(&args),
        Some(Command::Check(args)) => command::check::execute(&args),
        Some(Command::Replay(args)) => command::replay::execute(&args),
        Some(Command::Compare(args)) => command::compare::execute(&args),
        Some(Command::Sensitivity(args)) => command::sensitivity::execute(&args),
        Some(Command::Bench(args)) => command::bench::execute(&args),
        Some(Command::Verify(args)) => command::verify::execute(&args),
        Some(Command::Schema) => {
            console::print(&escaped_json(&crate::scenario::schema::schema_text()));
            Ok(())
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "simulate", &mut script);
            console::print(&String::from_utf8_lossy(&script));
            Ok(())
        }
    }
}

fn run(args: &RunArgs) -> Result<(), Failure> {
    if args.files.is_empty() {
        console::error("which scenario? For example: simulate scenarios/bridge.toml");
        return Err(Failure::Refused);
    }
    command::run::execute(args)
}
