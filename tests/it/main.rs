//! The tests of the whole: what a user can do, and what must hold whatever they do.

mod architecture;
mod cli;
mod determinism;
mod diagnostics;
mod gallery;
mod laws;
mod oracle;
mod support;
mod twin;
