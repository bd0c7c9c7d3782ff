//! From arguments to an exit code.

use super::args::{Cli, Command, RunArgs};
use super::command;
use super::console;
use crate::results::store::StoreError;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _};
use std::ffi::OsStr;
use std::process::ExitCode;

/// How a command can fail.
#[derive(Debug)]
pub(super) enum Failure {
    /// The scenario or the command line is wrong; what is to be said has been said.
    Input,
    /// The world is in the way.
    World(Box<dyn std::error::Error + Send + Sync>),
    /// What was to be found out isn't as it should be; it has been said.
    Found,
    /// Somebody pressed Ctrl-C.
    Stopped,
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::World(Box::new(error))
    }
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    super::interrupt::listen();
    let cli = match parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input) => ExitCode::from(2),
        Err(Failure::World(error)) => {
            console::print_error(&format!("error: {}\n", crate::diag::printable(&error.to_string())));
            let is_refusal = error.downcast_ref::<StoreError>().is_some_and(StoreError::is_refusal);
            if is_refusal { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
        Err(Failure::Found) => ExitCode::FAILURE,
        Err(Failure::Stopped) => {
            console::print_error("stopped; the last complete result is as it was\n");
            ExitCode::from(130)
        }
    }
}

/// Reads the arguments. What stands before a command belongs to running, so with a command it would be lost: it is refused.
fn parse() -> Result<Cli, clap::Error> {
    let matches = Cli::command().try_get_matches_from(std::env::args_os())?;
    let typed = |id: &clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    if let (Some(command), Some(id)) = (matches.subcommand_name(), matches.ids().find(|id| typed(id))) {
        let what = match id.as_str() {
            "files" => matches.get_raw("files").into_iter().flatten().map(OsStr::to_string_lossy).collect(),
            option => format!("--{}", option.replace('_', "-")),
        };
        let what = crate::diag::printable(&what);
        let message =
            format!("{what} stands before the command `{command}`; what belongs to a command goes behind it");
        return Err(Cli::command().error(ErrorKind::ArgumentConflict, message));
    }
    Cli::from_arg_matches(&matches)
}

/// Help and version go to standard output with code 0, mistakes to standard error with code 2.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        console::print_error(&text);
        ExitCode::from(2)
    } else {
        console::print(&text);
        ExitCode::SUCCESS
    }
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
            console::print(&crate::scenario::schema::schema_text());
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
        console::print_error("error: which scenario? For example: simulate scenarios/bridge.toml\n");
        return Err(Failure::Input);
    }
    command::run::execute(args)
}
