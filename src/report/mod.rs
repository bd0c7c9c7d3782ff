//! Reports: from results to charts and text.
//!
//! [`charts`] makes the data of the pictures, [`summary`] the screen that a run ends with, [`register`] the
//! register of assumptions, [`health`] the sentence about invalid runs, [`precision`] that about a precision
//! that was asked for, [`replay`] one run month by month, [`drivers`] the attribution of a figure's variance,
//! [`comparison`] the differences between scenarios, [`mod@bench`] benchmarks, [`json`] the machine-readable
//! document, [`html`] the page with everything. All of it is data and text: nothing is printed or written
//! here.

pub mod bench;
pub mod charts;
pub mod comparison;
mod digits;
mod driven;
pub mod drivers;
mod findings;
pub mod health;
pub mod html;
pub mod json;
pub mod letters;
pub mod precision;
pub mod register;
pub mod replay;
pub mod summary;
mod table;
