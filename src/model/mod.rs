//! The corridor: what one run computes, month by month.
//!
//! [`CorridorSpec`](crate::plan::CorridorSpec) describes the corridor (numbers may differ from run to run),
//! [`Corridor`] adds everything that can be computed before a run, [`World`] steps `N` runs through the
//! horizon and writes each month's figures to a [`Ledger`]. The equations are in [the
//! guide](crate::guide::model); each mechanism is one file here, in the order of a month: `timeline` and
//! `progress` (dates and shocks), `effect`, `path`, `price`, `route`, `landed`, `demand`, `finance` and
//! `credit`, `allocate`, `project`.
//!
//! `model` depends on no TOML, randomness, files or threads; a step neither allocates memory nor looks
//! anything up in a map.

mod allocate;
mod corridor;
mod credit;
mod demand;
mod effect;
mod finance;
mod landed;
mod ledger;
mod path;
mod price;
mod progress;
mod project;
mod route;
mod timeline;
mod world;

pub use corridor::Corridor;
pub use credit::level_payment;
pub use ledger::Ledger;
pub use world::World;
