//! One file for each section of a scenario: from tables to the specs of the model.

mod about;
mod event;
mod finance;
mod product;
mod route;
mod target;

pub(super) use about::{about, settings};
pub(super) use event::events;
pub(super) use finance::finance;
pub(super) use product::{groups, products};
pub(super) use route::routes;
pub(super) use target::{history, targets};

/// The group of all products where a scenario names no groups.
pub(super) const IMPLICIT_GROUP: &str = "goods";
