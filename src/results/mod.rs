//! The result of a run: tables of figures, how they were produced, and the folder that stores them.
//!
//! [`RunResult`] is plain data; everything that is shown or compared is computed from it only. [`store`]
//! writes it as files, with all digits.

mod health;
mod manifest;
mod outcome;
mod precision;
mod seal;
mod single;
pub mod store;
mod target;

pub use health::{Fault, Health, MOST_LOCATED};
pub use manifest::{FileHash, MANIFEST_FORMAT, Manifest, Question, TargetHits, Timing, hash_hex};
pub use outcome::{EventInfo, EventKind, MetricResult, QUANTILES, RunResult, Summary};
pub use precision::{Precision, Wanted, relative_error};
pub use seal::{is_sealed, sealed};
pub use single::{SINGLE_RUNS, SingleRun};
pub use target::{TargetResult, YearlyCount};
