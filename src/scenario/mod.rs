//! The front end: from scenario files to a checked plan, with every problem found on the way.
//!
//! Merge first, type later: files become trees that know their places (`tree`), layers are merged untyped
//! (`overlay`), then sections are read (`section`) by a reader that knows the fields (`field`) and
//! reports what nobody asked for. Problems are collected, never thrown: one pass shows them all.
//!
//! Start with [`load`].

mod alternatives;
mod choices;
mod columns;
mod doubts;
pub mod field;
mod files;
mod load;
mod lower;
mod overlay;
mod quantity;
mod range;
mod reader;
pub mod reference;
mod register;
mod resolved;
pub mod schema;
mod section;
mod settings;
mod sheet;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use files::{Files, LoadError, STANDARD_INPUT, recorded_path, stem};
pub use load::{Loaded, Request, RunSettings, load, load_text};
pub use quantity::{Quantity, QuantityError, parse as parse_quantity, readings_at};
