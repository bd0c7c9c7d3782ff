//! What a corridor consists of: static, valid, plain data.
//!
//! Base units throughout: tonnes, US dollars, months; rates are per month. Every [`Number`] may be drawn anew for
//! each run. Whoever makes a spec has checked its names and its numbers' ranges.

use crate::batch::{Number, SeriesId};
use crate::time::Horizon;

/// The place of a product group in [`CorridorSpec::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// The place of a product in [`CorridorSpec::products`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductId(pub usize);

/// The place of a route in [`CorridorSpec::routes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteId(pub usize);

/// The place of an event in [`CorridorSpec::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(pub usize);

/// A whole corridor.
#[derive(Debug, Clone, PartialEq)]
pub struct CorridorSpec {
    /// The months that a run covers.
    pub horizon: Horizon,
    /// Months from the middle of the base year to the middle of the first month: levels of the base year have grown
    /// for that long when the run starts. 0 when levels are those of the first month.
    pub base_age_months: f64,
    /// Groups of products.
    pub groups: Vec<GroupSpec>,
    /// Products, in the order of the file.
    pub products: Vec<ProductSpec>,
    /// Routes, in the order of the file.
    pub routes: Vec<RouteSpec>,
    /// Events, in the order of the file.
    pub events: Vec<EventSpec>,
    /// What events change, in the order of the file.
    pub effects: Vec<EffectSpec>,
    /// Money; without it, money never binds.
    pub finance: Option<FinanceSpec>,
}

/// A group of products: what routes accept and credit is tied to.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
}

/// When a product is first wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Start {
    /// It was traded in the base year.
    Base,
    /// From the start of this month, counted from the first; negative for months before the run.
    Month(i32),
    /// From the moment an event starts.
    Event(EventId),
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
    /// Lower is served earlier; equals share alike.
    pub priority: u32,
    /// When it is first wanted.
    pub start: Start,
    /// Potential demand at the start (base year or first month wanted), t a month.
    pub level_t: Number,
    /// Growth of potential demand, per month.
    pub growth: Number,
    /// Where growth ends, t a month; `None` for nowhere.
    pub ceiling_t: Option<Number>,
    /// Price without freight, USD a tonne.
    pub price_usd_per_t: Number,
    /// Factors by calendar month (January first), with mean one.
    pub season: [f64; 12],
    /// Monthly noise with mean one.
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
    /// Share of the capacity that can be had.
    pub availability: Number,
    /// Factors of the capacity by calendar month, with mean one.
    pub season: [f64; 12],
    /// Events that open it: it is open as far as the furthest of them; empty if it is open from the start.
    pub opened_by: Vec<EventId>,
}

/// A dated event: it happens once or never.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Planned month, counted from the first (may be negative); `None` when only `after` sets the date.
    pub planned: Option<i32>,
    /// It can't start before this event has ended (or, if that one doesn't end, has started).
    pub after: Option<EventId>,
    /// Months later than that.
    pub delay_months: Number,
    /// Its chance, and the uniform that decides; `None` when it is certain.
    pub chance: Option<(Number, Number)>,
    /// Months from the start to the full effect.
    pub ramp_months: Number,
    /// Months until it ends; `None` when it stays.
    pub lasts_months: Option<Number>,
}

/// A parameter that events can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// What a product's buyers want in a month, t.
    Demand(ProductId),
    /// A product's ceiling, t a month.
    Ceiling(ProductId),
    /// A product's price, USD a tonne.
    Price(ProductId),
    /// A route's capacity, t a month.
    Capacity(RouteId),
    /// A route's freight, USD a tonne.
    Freight(RouteId),
    /// Cash, USD a month.
    Cash,
    /// The most that may be owed, USD.
    CreditLimit,
    /// The most that may be drawn, USD a month.
    CreditDrawdown,
}

/// How a parameter x changes with an event's progress s from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// x·(1 + s·(m − 1))
    Multiply(Number),
    /// x + s·a
    Add(Number),
    /// x + s·(v − x)
    Set(Number),
}

/// One effect of an event, on one or more parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectSpec {
    /// The event.
    pub event: EventId,
    /// What it changes.
    pub targets: Vec<Target>,
    /// How.
    pub change: Change,
}

/// The buyer's money.
#[derive(Debug, Clone, PartialEq)]
pub struct FinanceSpec {
    /// Cash for these goods in the base year, USD a month. What a month doesn't use is gone.
    pub cash_usd: Number,
    /// Its growth, per month.
    pub growth: Number,
    /// Its monthly noise, with mean one.
    pub noise: Option<SeriesId>,
    /// Credit.
    pub credit: Option<CreditSpec>,
}

/// A line of credit, drawn for what cash can't pay.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditSpec {
    /// Most that may be owed, USD.
    pub limit_usd: Number,
    /// Most that may be drawn, USD a month; `None` for no such cap.
    pub drawdown_usd: Option<Number>,
    /// Which groups it may be spent on, by [`GroupId`].
    pub groups: Vec<bool>,
}
