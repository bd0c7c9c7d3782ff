//! From arguments to an exit code.

use super::args::{Cli, Command, RunArgs};
use super::command;
use super::console;
use clap::{CommandFactory as _, Parser as _};
use std::process::ExitCode;

/// How a command can fail.
#[derive(Debug)]
pub(super) enum Failure {
    /// The scenario or the command line is wrong; what is to be said has been said.
    Input,
    /// The world is in the way.
    World(Box<dyn std::error::Error + Send + Sync>),
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
    let cli = match Cli::try_parse_from(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input) => ExitCode::from(2),
        Err(Failure::World(error)) => {
            console::print_error(&format!("error: {}\n", crate::diag::printable(&error.to_string())));
            ExitCode::FAILURE
        }
        Err(Failure::Stopped) => {
            console::print_error("stopped; the last complete result is as it was\n");
            ExitCode::from(130)
        }
    }
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
        Some(_) if !cli.run.files.is_empty() => {
            let files: Vec<String> = cli.run.files.iter().map(|file| file.display().to_string()).collect();
            let text =
                format!("error: {} stands before the command; a scenario goes behind it\n", files.join(" "));
            console::print_error(&crate::diag::printable(text.trim_end()));
            console::print_error("\n");
            Err(Failure::Input)
        }
        Some(Command::Run(args)) => run(&args),
        Some(Command::Check(args)) => command::check::execute(&args),
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
