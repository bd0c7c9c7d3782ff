//! The corridor: what one run computes, month by month.
//!
//! [`CorridorSpec`] says what there is (numbers may differ from run to run), [`Corridor`] has everything
//! resolved that can be resolved before a run, [`World`] steps `N` runs through the horizon and leaves each
//! month's figures in a [`Ledger`]. The equations stand in [the guide](crate::guide::model); one mechanism is
//! one file here, in the order of a month: `timeline` and `progress` (what happens), `effect`, `path`,
//! `price`, `route`, `landed`, `demand`, `finance` and `credit`, `allocate`, `project`.
//!
//! `model` knows no TOML, no randomness, no files and no threads; a step neither allocates nor looks up a
//! map.

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
