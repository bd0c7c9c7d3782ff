//! Pages: from results to charts and text.
//!
//! [`charts`] makes the pictures' data, [`summary`] the screen that a run ends with, [`register`] the register of
//! assumptions, [`json`] the machine-readable document. All of it is data and text: nothing is printed or written here.

pub mod charts;
mod findings;
pub mod json;
pub mod register;
pub mod summary;
mod table;
