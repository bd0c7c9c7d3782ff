//! `report.html`: a result as one page that needs nothing else.
//!
//! [`Page`] is a page as data: sections of text, pictures and tables, which a run and a comparison share. [`run_report`] fills one
//! from a run, [`comparison_report`] from a comparison. Templates, one stylesheet, one script and the fonts stand beside this file and go into the page; a content security
//! policy shuts out everything else. Foreign text is made printable on its way in and escaped on its way out. The page can
//! be read without the script, which only sorts and filters tables and shows the values below the pointer.

mod assets;
mod assumptions;
mod compared;
mod comparison;
mod contrast;
mod driven;
mod figure;
mod figures;
mod page;
mod run;
mod story;
mod table;

use crate::plot::PlotError;
pub use comparison::{Again, TypedIn, comparison_report};
pub use figure::Figure;
pub use page::{Page, Section};
pub use run::run_report;
pub use table::{Cell, Table};

/// Why a page could not be made. Neither has been seen: both are made in memory.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] PlotError),
    /// The template could not be filled.
    #[error("the page could not be written")]
    Template(#[from] askama::Error),
}
