//! The registry of what can be observed: paths, units, and how months become years.

use super::spec::CorridorSpec;
use crate::units::Dimension;

/// Why demand stays unmet, in the order of the metrics.
pub const CAUSES: [&str; 3] = ["logistics", "finance", "border"];

/// How a year's value follows from its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The sum of the months.
    Flow,
    /// The value of the last month.
    Stock,
    /// The same ratio of the year's own sums.
    Ratio {
        /// Place of the metric above the line.
        over: usize,
        /// Place of the metric below the line.
        under: usize,
    },
    /// 1 if this cause leaves the most unmet, and more than a hundredth of what is wanted; else 0.
    Binds {
        /// The cause's place in [`CAUSES`].
        cause: usize,
    },
}

/// One thing that can be observed in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Its path: `volume`, `products.flour.volume`, `routes.rail.utilisation`.
    pub path: String,
    /// In words.
    pub title: String,
    /// What it measures, for one period: a volume is a mass.
    pub dimension: Dimension,
    /// How months become years.
    pub kind: Kind,
}

/// All metrics of a corridor, and where each block of them stands.
#[derive(Debug, Clone)]
pub struct Metrics {
    list: Vec<Metric>,
    pub(super) products: usize,
    pub(super) groups: usize,
    pub(super) routes: usize,
    pub(super) finance: Option<usize>,
    pub(super) events: usize,
}

/// Places within a trade block (total, group or product).
pub(super) mod trade {
    pub(crate) const WANTED: usize = 0;
    pub(crate) const VOLUME: usize = 1;
    pub(crate) const VALUE: usize = 2;
    pub(crate) const UNMET: usize = 3;
    /// The first of [`super::CAUSES`].
    pub(crate) const CAUSES: usize = 4;
    pub(crate) const LEN: usize = 7;
}

/// Places within a route's block.
pub(super) mod route {
    pub(crate) const THROUGHPUT: usize = 0;
    pub(crate) const CAPACITY: usize = 1;
    pub(crate) const LEN: usize = 3;
}

/// Places within the money block.
pub(super) mod money {
    pub(crate) const CASH: usize = 0;
    pub(crate) const SPENT: usize = 1;
    pub(crate) const DRAWN: usize = 2;
    pub(crate) const DEBT: usize = 3;
}

/// Places within an event's block.
pub(super) mod event {
    pub(crate) const STARTED: usize = 0;
    pub(crate) const PROGRESS: usize = 1;
    pub(crate) const LEN: usize = 2;
}

impl Metrics {
    /// The metrics of a corridor. Looks at names and titles only, so that the spec may still have holes.
    pub fn new(spec: &CorridorSpec) -> Self {
        let mut list = Vec::new();
        push_trade(&mut list, "", "All products");
        let groups = list.len();
        for group in &spec.groups {
            push_trade(&mut list, &format!("groups.{}.", group.name), &group.title);
        }
        let products = list.len();
        for product in &spec.products {
            push_trade(&mut list, &format!("products.{}.", product.name), &product.title);
        }
        let routes = list.len();
        for route in &spec.routes {
            push_route(&mut list, &route.name, &route.title);
        }
        let finance = spec.finance.as_ref().map(|_| push_money(&mut list));
        let events = list.len();
        for event in &spec.events {
            push_event(&mut list, &event.name, &event.title);
        }
        for (cause, name) in CAUSES.iter().enumerate() {
            let title = format!("{name} holds exports back most");
            push(&mut list, format!("binds.{name}"), title, Dimension::SHARE, Kind::Binds { cause });
        }
        Self { list, products, groups, routes, finance, events }
    }

    /// All metrics, in the order of a ledger.
    pub fn list(&self) -> &[Metric] {
        &self.list
    }

    /// The place of a path.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.list.iter().position(|metric| metric.path == path)
    }
}

fn push(list: &mut Vec<Metric>, path: String, title: String, dimension: Dimension, kind: Kind) {
    list.push(Metric { path, title, dimension, kind });
}

fn push_trade(list: &mut Vec<Metric>, prefix: &str, title: &str) {
    let mut flow = |name: &str, what: &str, dimension| {
        push(list, format!("{prefix}{name}"), format!("{title}: {what}"), dimension, Kind::Flow);
    };
    flow("wanted", "wanted", Dimension::MASS);
    flow("volume", "exported", Dimension::MASS);
    flow("value", "value at the border", Dimension::MONEY);
    flow("unmet", "wanted but not exported", Dimension::MASS);
    for cause in CAUSES {
        flow(&format!("unmet.{cause}"), &format!("not exported for want of {cause}"), Dimension::MASS);
    }
}

fn push_route(list: &mut Vec<Metric>, name: &str, title: &str) {
    let over = list.len() + route::THROUGHPUT;
    let under = list.len() + route::CAPACITY;
    let mut add = |what: &str, words: &str, dimension, kind| {
        push(list, format!("routes.{name}.{what}"), format!("{title}: {words}"), dimension, kind);
    };
    add("throughput", "moved", Dimension::MASS, Kind::Flow);
    add("capacity", "could have moved", Dimension::MASS, Kind::Flow);
    add("utilisation", "share of capacity used", Dimension::SHARE, Kind::Ratio { over, under });
}

fn push_money(list: &mut Vec<Metric>) -> usize {
    let first = list.len();
    let mut add = |what: &str, words: &str, kind| {
        push(list, format!("finance.{what}"), words.to_owned(), Dimension::MONEY, kind);
    };
    add("cash", "Cash for these goods", Kind::Flow);
    add("spent", "Spent on goods and freight", Kind::Flow);
    add("drawn", "Drawn from credit", Kind::Flow);
    add("debt", "Owed at the end of the period", Kind::Stock);
    first
}

fn push_event(list: &mut Vec<Metric>, name: &str, title: &str) {
    let mut add = |what: &str, words: &str| {
        push(
            list,
            format!("events.{name}.{what}"),
            format!("{title}: {words}"),
            Dimension::SHARE,
            Kind::Stock,
        );
    };
    add("started", "has started");
    add("progress", "share of its full effect");
}
