//! Pages: from results to charts and text.
//!
//! [`charts`] makes the pictures' data, [`summary`] the screen that a run ends with, [`register`] the register of
//! assumptions, [`health`] what is to be said of runs that went wrong, [`precision`] of runs that were to be exact, [`replay`] one
//! run month by month, [`drivers`] what a figure's spread comes from, [`comparison`] what difference scenarios make, [`mod@bench`] how fast all of it is, [`json`] the machine-readable document, [`html`]
//! the page that shows it all. All of it is data and text: nothing is printed or written here.

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
