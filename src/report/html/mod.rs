//! `report.html`: a result as one page that needs nothing else.
//!
//! [`Page`] is a page as data: sections of text, pictures and tables, which a run and a comparison share.
//! [`run_report`] fills one from a run, [`comparison_report`] from a comparison. Templates, one stylesheet,
//! one script and the fonts are beside this file and become part of the page; a content security policy
//! excludes everything else. Text from scenarios is made printable when it is added to a page, and escaped
//! when the page is written. The page can be read without the script, which only sorts and filters tables and
//! shows the values below the pointer.

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

/// Why a page could not be made. Neither is expected: both are made in memory.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] PlotError),
    /// The template could not be filled.
    #[error("the page could not be written")]
    Template(#[from] askama::Error),
}
