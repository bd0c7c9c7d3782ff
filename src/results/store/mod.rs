//! The folder of a result: written beside the old one, which it then replaces in one step.
//!
//! A reader never sees an incomplete result, and whatever interrupts a run leaves the last complete one
//! unchanged. Only files listed in a manifest of ours are ever replaced or removed, and no link is followed:
//! everything else in the folder stays there. A result is read only if no bit of it has changed.

mod carry;
mod draws;
mod error;
mod exchange;
mod folder;
mod hidden;
mod input;
mod lock;
mod manifest;
mod name;
mod ours;
mod pages;
mod read;
mod stream;
mod tables;
mod target;
mod text;
mod verify;

pub use carry::Note;
pub use draws::{COLUMNS_KEY, DrawColumn, DrawsError, DrawsReader, DrawsWriter, RUN_COLUMN, Role};
pub use error::{NAME_RULE, StoreError};
pub use folder::{Committed, Kind, Staging};
pub use input::{open_file, read_to_end};
pub use manifest::{MANIFEST, TIMINGS};
pub use name::{is_folder_name, shortened};
pub use pages::{PLOTS, REPORT};
pub use read::{MetricRows, RESOLVED, ReadError, StoredResult, TargetRows};
pub use stream::StreamedFile;
pub use tables::{
    DISTRIBUTION, assumptions_csv, base_unit, csv_table, distribution_csv, targets_csv, write_summary,
};
use target::what_it_is;
pub use text::{read_text, write_text};
pub use verify::{Inspection, inspect};

/// The name of the table of single runs in a result's folder.
pub const DRAWS: &str = "draws.parquet";

/// The name of the table of figures in a comparison's folder.
pub const COMPARISON: &str = "comparison.csv";
/// The name of the table that only an analysis of what drives a figure contains.
pub const DRIVERS: &str = "drivers.csv";
