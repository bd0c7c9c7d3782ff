//! A scenario forecasting simulator for trade corridors.
//!
//! A scenario in TOML says what is traded, on which routes, with what money, and what may happen; every
//! number is a constant or a distribution with its source. [`run::run`] computes tens of thousands of
//! possible futures in parallel and gives the distribution of every metric in every month and year. The
//! command `simulate` wraps this library: what each of its commands does, [`study`] does from Rust, with the
//! same files.
//!
//! ```
//! use corridor::{run, scenario};
//!
//! let text = r#"
//!     scenario.title = "A ferry for grain"
//!     run = { start = "2025-01", end = "2026-12", runs = 1000, seed = 7 }
//!     products.grain = { volume = "10 to 20 kt/year", growth = "normal(5%, 3%) /year" }
//!     routes.ferry = { capacity = "1.5 kt/month" }
//! "#;
//! let loaded = scenario::load_text("ferry.toml", text);
//! let plan = loaded.plan.expect("the scenario is sound; loaded.diagnostics would say what is not");
//! let result = run::run(&plan, &run::Silent)?;
//!
//! let volume = result.year("volume", 2026).expect("2026 is covered");
//! let (low, high) = volume.interval_90();
//! // One future in twenty lies above: the ferry is full then, twelve months at 1.5 kt.
//! assert!(low > 9_000.0 && high == 18_000.0, "tonnes: {low} to {high}");
//! assert!(low < volume.median() && volume.median() < high);
//! # Ok::<(), run::Stopped>(())
//! ```
//!
//! # The parts
//! [`study`] has the use cases: run, compare, explain, replay, check, verify. [`scenario`] reads files,
//! [`plan`] is what they come to, [`run`] computes, [`compare`] and [`attribution`] answer questions about
//! the results, [`results`] stores them, [`report`] and [`plot`] show them. These are meant to be used, and
//! change with notice only; all other modules are internal.
//!
//! The guide: [the model](guide::model), [the scenario file](guide::scenario_format), [its
//! reference](guide::reference),
//! [comparing scenarios](guide::comparison), [what drives a figure](guide::sensitivity),
//! [results on disk](guide::results), [determinism and accuracy](guide::determinism), [speed](guide::speed),
//! [changes](guide::changes), and for contributors [the architecture](guide::architecture).

pub mod attribution;
pub mod batch;
pub mod cli;
pub mod compare;
pub mod diag;
pub mod dist;
pub mod guide;
pub mod kernel;
pub mod model;
pub mod plan;
pub mod plot;
pub mod report;
pub mod results;
pub mod rng;
pub mod run;
pub mod sample;
pub mod scenario;
pub mod sensitivity;
pub mod stats;
pub mod study;
pub mod time;
pub mod units;
pub mod yardstick;
