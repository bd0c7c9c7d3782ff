//! The edge: arguments, clock, console, exit codes. It wires and prints, and computes nothing.

mod app;
mod args;
mod command;
mod console;
mod draws;
mod explained;
mod interrupt;
mod machine;
mod place;
mod precision;
mod shell;
mod work;

pub use app::main;
