//! Dimensions and units: what a number measures, how it is written and how it is shown.
//!
//! Inside the program every quantity is kept in base units: tonnes, US dollars and months (rates are per
//! month). Files and people use other units; the factor between the two is exact here and nowhere else.
//! This module knows no scenario, no model and no distribution.
//!
//! Read [`Dimension`] first, then [`Unit::parse`], then `format`.

mod dimension;
pub mod format;
pub mod typography;
mod unit;

pub use dimension::Dimension;
pub use unit::{Unit, UnitError};
