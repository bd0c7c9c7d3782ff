//! The parts of a corridor: static, validated, plain data.
//!
//! Base units throughout: tonnes, US dollars, months; rates are per month. Every [`Number`] may differ from
//! run to run. Whoever makes a spec has checked its names and the ranges of its numbers.

mod happening;
mod money;
mod trade;

pub use happening::{
    ChanceSpec, Change, EffectSpec, EventSpec, Milestone, ProjectSpec, ShockSpec, Target, Trigger, WaitSpec,
};
pub use money::{CreditSpec, DefaultSpec, EarningsSpec, FinanceSpec};
pub use trade::{PriceSpec, ProductSpec, RouteSpec, Start, SupplySpec};

use crate::batch::{Number, SeriesId};
use crate::time::Horizon;

/// The index of a product group in [`CorridorSpec::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// The index of a product in [`CorridorSpec::products`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductId(pub usize);

/// The index of a route in [`CorridorSpec::routes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteId(pub usize);

/// The index of an event in [`CorridorSpec::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(pub usize);

/// The index of a driver in [`CorridorSpec::drivers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DriverId(pub usize);

/// The index of a project in [`CorridorSpec::projects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProjectId(pub usize);

/// The index of a shock in [`CorridorSpec::shocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShockId(pub usize);

/// The index of a stream of earnings in [`FinanceSpec::earnings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EarningsId(pub usize);

/// A whole corridor.
#[derive(Debug, Clone, PartialEq)]
pub struct CorridorSpec {
    /// The months that a run covers.
    pub horizon: Horizon,
    /// Months from the middle of the base year to the middle of the first month: levels of the base year have
    /// grown for that long when the run starts. 0 when levels are those of the first month.
    pub base_age_months: f64,
    /// Groups of products.
    pub groups: Vec<GroupSpec>,
    /// Random paths that products, prices and earnings share.
    pub drivers: Vec<DriverSpec>,
    /// Products, in the order of the file.
    pub products: Vec<ProductSpec>,
    /// Routes, in the order of the file.
    pub routes: Vec<RouteSpec>,
    /// Events, in the order of the file.
    pub events: Vec<EventSpec>,
    /// Projects, in the order of the file.
    pub projects: Vec<ProjectSpec>,
    /// Shocks, in the order of the file.
    pub shocks: Vec<ShockSpec>,
    /// What events, projects and shocks change, in the order of the file.
    pub effects: Vec<EffectSpec>,
    /// The buyer's money; without it, money never limits exports.
    pub finance: Option<FinanceSpec>,
}

/// A group of products: routes accept groups, and credit is tied to groups.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
}

/// A random path with mean one.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its logarithm.
    pub path: Path,
}

/// A random path x(t) of a logarithm, known (zero) in the base year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path {
    /// x this month.
    pub log: SeriesId,
    /// Its variance v over all runs with the same parameters: e^(x − v/2) has mean one.
    pub variance: SeriesId,
}

/// How strongly something follows a driver: by the factor e^(a·x − a²·v/2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoadingSpec {
    /// The driver.
    pub driver: DriverId,
    /// a.
    pub loading: Number,
}
