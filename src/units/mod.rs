//! Dimensions and units of numbers, and how numbers are displayed.
//!
//! Inside the program every quantity is in base units: tonnes, US dollars and months (rates are per month).
//! Files and people use other units; all conversion factors are defined here. This module is independent of
//! scenarios, the model and distributions.
//!
//! Read [`Dimension`] first, then [`Unit::parse`], then `format`.

mod dimension;
pub mod format;
pub mod typography;
mod unit;

pub use dimension::Dimension;
pub use unit::{Unit, UnitError};
