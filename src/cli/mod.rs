//! The command line: arguments become requests to `study`, what they find is printed, and how they end is an exit code.

mod app;
mod args;
mod command;
mod console;
mod host;
mod interrupt;
mod machine;
mod written;

pub use app::main;
