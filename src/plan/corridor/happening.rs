//! Events, projects, shocks, and their effects.

use super::{EarningsId, EventId, ProductId, ProjectId, RouteId, ShockId};
use crate::batch::{Number, SeriesId};

/// A date that others can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// An event: its start opens routes and products; it is over when it ends or, if it doesn't end, when it
    /// starts.
    Event(EventId),
    /// A project: the moment in which it is finished.
    Project(ProjectId),
}

/// An event with a date: it happens once or never.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Planned month, counted from the first (may be negative); `None` when only `after` sets the date, or
    /// when nothing does.
    pub planned: Option<i32>,
    /// It can't start before all of these are over.
    pub after: Vec<Milestone>,
    /// Delay after the later of the two, in months.
    pub delay_months: Number,
    /// A wait of random length after the delay.
    pub wait: Option<WaitSpec>,
    /// Whether it happens at all; `None` when it always does.
    pub chance: Option<ChanceSpec>,
    /// Months from the start to the full effect.
    pub ramp_months: Number,
    /// Months until it ends; `None` when it stays.
    pub lasts_months: Option<Number>,
}

/// Whether something happens at all: it does when u < p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceSpec {
    /// p.
    pub probability: Number,
    /// u, uniform from 0 to 1.
    pub uniform: Number,
}

/// A wait with a constant rate: −ln(1 − u)/rate months, exponentially distributed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaitSpec {
    /// Starts per month while waiting; 0 for never.
    pub rate: Number,
    /// u, uniform from 0 to 1.
    pub uniform: Number,
}

/// A project: built with money, at a limited pace.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Month in which work is planned to start, counted from the first; `None` for as soon as its `needs` are
    /// met.
    pub planned: Option<i32>,
    /// Work can't start before all of these are over.
    pub needs: Vec<Milestone>,
    /// Delay after the later of the two, in months.
    pub delay_months: Number,
    /// Whether it is ever begun; `None` when it always is.
    pub chance: Option<ChanceSpec>,
    /// What it was planned to cost, USD.
    pub cost_usd: Number,
    /// The factor by which the cost exceeds the planned one.
    pub overrun: Number,
    /// Months that it takes when it costs what was planned and money suffices: at most cost / build time is
    /// spent in a month.
    pub build_months: Number,
    /// Months from the end of building to the full effect.
    pub ramp_months: Number,
    /// Lower is paid earlier; after the goods of the same priority.
    pub priority: u32,
    /// Whether a third party pays: the buyer's money doesn't limit it.
    pub grant: bool,
    /// Whether only credit pays for it, never the buyer's cash.
    pub credit_only: bool,
}

/// A recurring event that starts and ends any number of times.
#[derive(Debug, Clone, PartialEq)]
pub struct ShockSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The share of this month in which it is on.
    pub on: SeriesId,
    /// The share of one whole occurrence that falls into this month: months on / its duration.
    pub spread: SeriesId,
}

/// A parameter that effects can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// What a product's buyers want in a month, t.
    Demand(ProductId),
    /// A product's ceiling, t a month.
    Ceiling(ProductId),
    /// A product's price, USD a tonne.
    Price(ProductId),
    /// What the seller can offer of a product, t a month.
    Supply(ProductId),
    /// The share of a product that policy permits.
    Permitted(ProductId),
    /// A route's capacity, t a month.
    Capacity(RouteId),
    /// A route's freight, USD a tonne.
    Freight(RouteId),
    /// Cash, USD a month.
    Cash,
    /// A stream of earnings, USD a month.
    Earnings(EarningsId),
    /// The share of the money that can be paid out.
    Payments,
    /// The most that may be owed, USD.
    CreditLimit,
    /// The most that may be drawn, USD a month.
    CreditDrawdown,
}

/// What the size of an effect follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// An event's progress.
    Event(EventId),
    /// A project's progress after it is finished.
    Project(ProjectId),
    /// A project's pace while it is built: last month's spending, as a share of the most that can be spent.
    Building(ProjectId),
    /// The share of the month in which a shock is on.
    Shock(ShockId),
}

/// How a parameter x changes with a progress s from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// x·(1 + s·(m − 1))
    Multiply(Number),
    /// x + s·a
    Add(Number),
    /// x + s·(v − x)
    Set(Number),
    /// x + d·a, where d is the share of the whole that falls into this month: of an event that lasts, of its
    /// duration; of one that stays, all in the month of its start; of a shock, [`ShockSpec::spread`]; of a
    /// project, all in the month after it is finished; of building, the share of the cost that was spent last
    /// month.
    Pulse(Number),
}

/// One effect, on one or more parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectSpec {
    /// What it follows.
    pub trigger: Trigger,
    /// What it changes.
    pub targets: Vec<Target>,
    /// How. The number of a shock's effect may differ from month to month, because it is drawn for each
    /// occurrence.
    pub change: Change,
}
