//! A scenario forecasting simulator for trade corridors.
//!
//! A scenario in TOML says what is traded, on which routes, with what money, and what may happen; every number is a constant
//! or a distribution with its source. [`run::run`] computes tens of thousands of possible futures in parallel and gives the
//! distribution of every metric in every month and year. The command `simulate` wraps this library: what each of its commands does, [`study`] does from Rust, with the same files.
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
//! # The way the data goes
//! ```text
//! argv               cli::args           what was typed, as a request to a study
//! a request          study               loads, computes, writes a folder, gives what it found
//! scenarios/*.toml   scenario            files → trees with places → layers merged untyped → sections typed and checked
//!                    plan::Plan          immutable, plain, complete; which metrics can be observed
//!                    model::Corridor     names resolved, orders fixed; nothing left to decide
//! (seed, name, run)  sample::Sampler     uniforms → quantile functions → inputs; monthly noise, paths and shocks
//!                    batch::Inputs<N>    N runs side by side
//!                    model::World<N>     one batch stepped through the horizon
//!                    stats               mergeable: moments, histograms
//!                    results::RunResult  tables; the only thing that is stored or shown
//!                    run::replay         one run alone, with all its figures
//!                    compare             several scenarios run by run → differences, shares, mixtures
//!                    attribution         the variance of a figure → shares of its drivers
//!                    yardstick           the same runs in other ways, to measure the engine against
//!                    report              results → charts and text, as data
//!                    plot                charts → PNG, SVG
//! output/<scenario>/ results::store      CSV, TOML, JSON, pictures; sealed, and put in place in one step
//! ```
//!
//! # Layers
//! A module uses rows below its own; never its own row, never above. A test reads the source and keeps it so.
//! ```text
//! 9  cli
//! 8  study
//! 7  scenario  report
//! 6  attribution  compare  yardstick
//! 5  run  sensitivity
//! 4  model  results
//! 3  plan
//! 2  sample
//! 1  rng  dist  stats  plot
//! 0  units  time  batch  diag  kernel
//! ```
//!
//! # Where a change goes
//! | what | where |
//! |---|---|
//! | a distribution | one file in `dist/` and its entry in `dist/registry.rs` |
//! | a mechanism of the model | `model/x.rs`, a phase in `model/world.rs`, its section in `scenario/section/` |
//! | a key of a section | its entry in `scenario/field/` and the line in `scenario/section/` that reads it |
//! | a metric | its entry in `plan/block.rs` and the line in `model/world.rs` that observes it |
//! | a cause of unmet demand | its row in `plan/cause.rs`, and its amount in `model/world.rs` |
//! | a unit | its row in `units/unit.rs` |
//! | a picture | a function in `report/charts/`, named in `report/charts/mod.rs`; `plot::flaws` says what can't be read in it |
//! | what `report.html` says | a function in `report/html/run.rs` or `story.rs`; how it looks: the templates and the stylesheet beside it |
//! | a question about several scenarios | a file in `compare/`, shown by `report/comparison/` and `report/charts/compared.rs` |
//! | a question about what drives a figure | a file in `sensitivity/`, asked by `attribution/`, shown by `report/drivers/`, in sentences by `report/driven.rs` |
//! | a way to measure the engine | a file in `yardstick/`, timed by `cli/command/bench/`, shown by `report/bench/`; or a file in `benches/` |
//! | a use case | a request in `study/`; its command: one file in `cli/command/`, its variant in `cli/args.rs`, its request in `cli/args/requests.rs` |
//!
//! # Vocabulary
//! A *scenario* is a file and its layers; a *plan* is a scenario checked; a *run* is one possible future; a *batch* is some
//! runs side by side, a *lane* one of them; a *chunk* is what a worker computes at a time; a *series* is a monthly random path;
//! a *metric* is what can be observed; a *goal* is how exact a figure is to be, a *round* the runs between two looks at it; a run has *gone wrong* when a figure of it is no number, infinite, or below zero where none can be; a *period* is a month or a year; the *register* lists all assumptions.
//!
//! The guide: [the model](guide::model), [the scenario file](guide::scenario_format), [its reference](guide::reference),
//! [comparing scenarios](guide::comparison), [what drives a figure](guide::sensitivity), [results on disk](guide::results), [determinism and accuracy](guide::determinism),
//! [speed](guide::speed), [changes](guide::changes).

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
