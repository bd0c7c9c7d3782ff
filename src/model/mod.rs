//! The corridor: what one run computes, month by month.
//!
//! [`CorridorSpec`] says what there is (numbers may differ from run to run), [`Corridor`] has everything
//! resolved that can be resolved before a run, [`World`] steps `N` runs through the horizon and leaves each month's
//! figures in a [`Ledger`]. The equations stand in [the guide](crate::guide::model); one mechanism is one file
//! here: `event`, `effect`, `demand`, `route`, `finance`, `allocate`.
//!
//! `model` knows no TOML, no randomness, no files and no threads; a step neither allocates nor looks up a map.

mod allocate;
mod corridor;
mod demand;
mod effect;
mod event;
mod finance;
mod ledger;
mod metric;
mod route;
mod spec;
mod world;

pub use corridor::Corridor;
pub use ledger::Ledger;
pub use metric::{CAUSES, Kind, Metric, Metrics};
pub use spec::{
    Change, CorridorSpec, CreditSpec, EffectSpec, EventId, EventSpec, FinanceSpec, GroupId, GroupSpec,
    ProductId, ProductSpec, RouteId, RouteSpec, Start, Target,
};
pub use world::World;
