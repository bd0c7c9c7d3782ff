//! The sections of a scenario, from tables to the specifications of the model.

mod about;
mod correlation;
mod effect;
mod event;
mod finance;
mod parameter;
mod product;
mod route;
mod shock;
mod target;
mod timeline;
mod together;
mod waiting;

pub(super) use about::{Timing, about, dependence, settings};
pub(super) use correlation::correlations;
pub(super) use finance::finance;
pub(super) use product::{drivers, groups, products};
pub(super) use route::routes;
pub(super) use target::{history, targets};
pub(super) use timeline::timeline;

/// The group of all products where a scenario names no groups.
pub(super) const IMPLICIT_GROUP: &str = "goods";
