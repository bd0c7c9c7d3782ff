//! Products and routes.

use super::{GroupId, LoadingSpec, Milestone, Path};
use crate::batch::{Number, SeriesId};

/// When a product is first wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Start {
    /// It was traded in the base year.
    Base,
    /// From the start of this month, counted from the first; negative for months before the run.
    Month(i32),
    /// From the moment an event starts or a project is finished.
    Milestone(Milestone),
}

/// A product.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its group.
    pub group: GroupId,
    /// Lower is served earlier; products of equal priority are cut by the same share.
    pub priority: u32,
    /// When it is first wanted.
    pub start: Start,
    /// Potential demand at the start (base year or first month wanted), t a month.
    pub level_t: Number,
    /// Growth of potential demand, per month.
    pub growth: Number,
    /// The level at which growth ends, t a month; `None` for no such level.
    pub ceiling_t: Option<Number>,
    /// Factors by calendar month (January first), with mean one.
    pub season: [f64; 12],
    /// Logarithm of the monthly noise of demand, whose mean is one.
    pub noise: Option<SeriesId>,
    /// The drivers that its demand follows.
    pub drivers: Vec<LoadingSpec>,
    /// Its price.
    pub price: PriceSpec,
    /// Elasticity of demand to the landed price, zero or less.
    pub elasticity: Option<Number>,
    /// The most that the seller offers, t a month; `None` for no such limit.
    pub supply: Option<SupplySpec>,
    /// The share that policy permits.
    pub permitted: Number,
    /// Whether it is a gift: it needs capacity on a route, but no money.
    pub grant: bool,
    /// The share of a month's unmet demand that is still wanted in the next.
    pub carry: Option<Number>,
}

/// A price without freight.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceSpec {
    /// In the base year, USD a tonne.
    pub level_usd_per_t: Number,
    /// Growth of its mean, per month.
    pub growth: Number,
    /// Its own random path.
    pub path: Option<Path>,
    /// The drivers that it follows besides.
    pub drivers: Vec<LoadingSpec>,
}

/// What the seller can offer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SupplySpec {
    /// t a month.
    pub level_t: Number,
    /// Logarithm of its monthly noise, whose mean is one.
    pub noise: Option<SeriesId>,
}

/// A route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Which groups it carries, by [`GroupId`].
    pub accepts: Vec<bool>,
    /// Most that it moves, t a month.
    pub capacity_t: Number,
    /// Freight, USD a tonne.
    pub freight_usd_per_t: Number,
    /// The factor of the capacity that is available.
    pub availability: Number,
    /// Factors of the capacity by calendar month, with mean one.
    pub season: [f64; 12],
    /// What opens it: it is as open as the most advanced of them; empty if it is open from the start.
    pub opened_by: Vec<Milestone>,
}
