//! The command line: arguments become requests to `study`, results are printed, and outcomes become exit
//! codes.

mod app;
mod args;
mod command;
mod console;
mod host;
mod interrupt;
mod machine;
mod written;

pub use app::main;
