//! The use cases as a library: run scenarios, compare them, explain a figure, replay one run, check what a
//! scenario assumes, verify a result.
//!
//! Each is a request with public fields, which the command line fills in from its arguments and other
//! programs fill in themselves. It reads the scenarios, computes, writes a folder, and returns the results.
//! Its connection to the program that it runs in (who sees the progress, who can stop it) is a [`Host`].
//!
//! ```no_run
//! use corridor::study::{Quiet, Run};
//!
//! Run::of("scenarios/bridge.toml").execute(&Quiet, &mut |done| {
//!     println!("{} is in {}", done.result.info.title, done.written.folder.display());
//! })?;
//! # Ok::<(), corridor::study::Error>(())
//! ```

mod check;
mod clock;
mod compare;
mod draws;
mod error;
mod explained;
mod host;
mod load;
mod manifest;
mod output;
mod pictures;
mod precision;
mod replay;
mod run;
mod sensitivity;
mod shell;
mod verify;

pub use check::{Check, Checked};
pub use clock::Clock;
pub use compare::{Compare, Compared};
pub use error::Error;
pub use host::{Host, Quiet};
pub use load::{Layers, load_scenarios};
pub use output::{Output, Written};
pub use pictures::Format;
pub use precision::{Exactness, FigureOf, MOST_RUNS};
pub use replay::Replay;
pub use run::{Difference, Done, InvalidRuns, Run, SingleRuns, write_for_nothing};
pub use sensitivity::{Explained, Method, Sensitivity};
pub use verify::{Status, Verdict, verify};
