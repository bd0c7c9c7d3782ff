//! The folder of a result: written beside the old one and put in its place in one step.
//!
//! A reader never sees half a result, and whatever interrupts a run leaves the last complete one as it was. Files
//! that somebody else put into the folder stay there.

mod draws;
mod folder;
mod input;
mod read;
mod stream;
mod tables;
mod text;

pub use draws::{COLUMNS_KEY, DrawColumn, DrawsError, DrawsReader, DrawsWriter, RUN_COLUMN, Role};
pub use folder::{Kind, Staging, StoreError};
pub use input::{open_file, read_to_end};
pub use read::{MetricRows, RESOLVED, ReadError, StoredResult};
pub use stream::StreamedFile;
pub use tables::{
    DISTRIBUTION, assumptions_csv, base_unit, csv_table, distribution_csv, targets_csv, write_summary,
};
pub use text::{read_text, write_text};

/// The name of the table of single runs in a result's folder.
pub const DRAWS: &str = "draws.parquet";

/// The name of the table of figures in a comparison's folder.
pub const COMPARISON: &str = "comparison.csv";
/// What an explanation lists among its files, and no other result.
pub const DRIVERS: &str = "drivers.csv";

/// The name of the manifest in a result's folder.
pub const MANIFEST: &str = "manifest.json";
