//! The registry of what can be observed: paths, units, and how months become years.

use super::path::{self, Factor};
use super::spec::{CorridorSpec, GroupSpec, ProductSpec};
use crate::units::Dimension;

/// Why demand stays unmet, in the order of the metrics.
pub const CAUSES: [&str; 5] = ["supply", "policy", "logistics", "finance", "border"];

/// How a year's value follows from its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The sum of the months.
    Flow,
    /// The value of the last month.
    Stock,
    /// The mean of the months.
    Mean,
    /// The same ratio of the year's own sums.
    Ratio {
        /// Place of the metric above the line.
        over: usize,
        /// Place of the metric below the line.
        under: usize,
    },
    /// 1 if this cause leaves the most lost or waiting, and more than a hundredth of what is wanted, new or from before; else 0.
    Binds {
        /// The cause's index in [`CAUSES`].
        cause: usize,
        /// Index of what waits in all, with its causes behind it; where anything can wait.
        waiting: Option<usize>,
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
    /// Whether it may be below zero.
    pub signed: bool,
}

impl Metric {
    /// How a year's figure is written, and what turns it into base units: a year's flow is written per year, which reads as it
    /// is meant; stocks and shares are written as they are.
    pub fn in_a_year(&self) -> (Dimension, f64) {
        match (self.kind, self.dimension) {
            (Kind::Flow, Dimension::MASS) => (Dimension::MASS_PER_TIME, 12.0),
            (Kind::Flow, Dimension::MONEY) => (Dimension::MONEY_PER_TIME, 12.0),
            (_, dimension) => (dimension, 1.0),
        }
    }
}

/// All metrics of a corridor, and where each block of them stands. The total's trade block comes first.
#[derive(Debug, Clone)]
pub struct Metrics {
    list: Vec<Metric>,
    /// Those whose year is made of the sum of its months.
    pub(super) sums: Vec<usize>,
    /// Those of them whose year is the mean of its months.
    pub(super) means: Vec<usize>,
    /// Those whose year is its last month.
    pub(super) stocks: Vec<usize>,
    /// Those that follow from others of the same period. They stand behind what they follow from.
    pub(super) derived: Vec<(usize, Kind)>,
    pub(super) groups: usize,
    pub(super) products: usize,
    pub(super) routes: usize,
    pub(super) earnings: usize,
    pub(super) finance: Option<usize>,
    pub(super) credit: Option<usize>,
    pub(super) events: usize,
    pub(super) projects: usize,
    pub(super) shocks: usize,
    /// Where any product has a `carry`.
    pub(super) waiting: Option<Waiting>,
    /// The first of the factors, and each of them.
    pub(super) factors: (usize, Vec<Factor>),
}

/// Where the stocks of unserved demand stand that is still wanted: of the total, with its causes behind it, and of the groups and
/// products of which any waits.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) total: usize,
    pub(super) groups: Vec<Option<usize>>,
    pub(super) products: Vec<Option<usize>>,
}

impl Waiting {
    /// The first of the causes.
    #[inline(always)]
    pub(super) fn causes(&self) -> usize {
        self.total + 1
    }

    /// All of them: each is a sum over products.
    #[inline(always)]
    pub(super) fn sums(&self) -> impl Iterator<Item = usize> {
        let parts = self.groups.iter().chain(&self.products).copied().flatten();
        (self.total..=self.total + CAUSES.len()).chain(parts)
    }
}

/// Places within the block of a total, a group or (with its price behind) a product.
pub(super) mod trade {
    pub(crate) const WANTED: usize = 0;
    pub(crate) const VOLUME: usize = 1;
    pub(crate) const VALUE: usize = 2;
    pub(crate) const UNMET: usize = 3;
    /// The first of [`super::CAUSES`].
    pub(crate) const CAUSES: usize = 4;
    pub(crate) const LEN: usize = 9;
    pub(crate) const PRICE: usize = LEN;
    pub(crate) const PRODUCT_LEN: usize = LEN + 1;
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
    pub(crate) const KEPT: usize = 2;
}

/// Places within the block of credit and its lender.
pub(super) mod credit {
    pub(crate) const DRAWN: usize = 0;
    pub(crate) const INTEREST: usize = 1;
    pub(crate) const DUE: usize = 2;
    pub(crate) const REPAID: usize = 3;
    pub(crate) const EXPOSURE: usize = 4;
    pub(crate) const WRITTEN_OFF: usize = 5;
    pub(crate) const DEBT: usize = 6;
    pub(crate) const ARREARS: usize = 7;
    pub(crate) const DEFAULTED: usize = 8;
    pub(crate) const FLOW: usize = 9;
    pub(crate) const NPV: usize = 10;
}

/// Places within an event's block.
pub(super) mod event {
    pub(crate) const STARTED: usize = 0;
    pub(crate) const PROGRESS: usize = 1;
    pub(crate) const LEN: usize = 2;
}

/// Places within a project's block.
pub(super) mod project {
    pub(crate) const SPENT: usize = 0;
    pub(crate) const UNFUNDED: usize = 1;
    pub(crate) const PROGRESS: usize = 2;
    pub(crate) const FINISHED: usize = 3;
    pub(crate) const LEN: usize = 4;
}

impl Metrics {
    /// The metrics of a corridor. Looks at names and titles only, so that the spec may still have holes.
    pub fn new(spec: &CorridorSpec) -> Self {
        let mut list = List(Vec::new());
        list.trade("", "All products", spec.products.iter().any(can_wait));
        let groups = list.next();
        for (g, group) in spec.groups.iter().enumerate() {
            let may_wait = spec.products.iter().any(|product| product.group.0 == g && can_wait(product));
            list.trade(&format!("groups.{}.", group.name), &group.title, may_wait);
        }
        let products = list.next();
        for product in &spec.products {
            list.product(product);
        }
        let routes = list.next();
        for route in &spec.routes {
            list.route(&route.name, &route.title);
        }
        let earnings = list.next();
        for stream in spec.finance.iter().flat_map(|finance| &finance.earnings) {
            let path = format!("earnings.{}.income", stream.name);
            list.push(path, format!("{}: earned", stream.title), Dimension::MONEY, Kind::Flow);
        }
        let finance = spec.finance.as_ref().map(|_| list.money());
        let has_credit = spec.finance.as_ref().is_some_and(|finance| finance.credit.is_some());
        let credit = has_credit.then(|| list.credit());
        let events = list.next();
        for event in &spec.events {
            list.event(&event.name, &event.title);
        }
        let projects = list.next();
        for project in &spec.projects {
            list.project(&project.name, &project.title);
        }
        let shocks = list.next();
        for shock in &spec.shocks {
            let path = format!("shocks.{}.on", shock.name);
            list.push(path, format!("{}: share of the time", shock.title), Dimension::SHARE, Kind::Mean);
        }
        let first = list.next();
        let mut factors = (first, Vec::new());
        for (path, title, factor) in path::factors(spec) {
            list.push(path, title, Dimension::SHARE, Kind::Mean);
            factors.1.push(factor);
        }
        let waiting = list.waiting(spec);
        list.binds(waiting.as_ref().map(|waiting| waiting.total));
        let kinds = || list.0.iter().map(|metric| metric.kind).enumerate();
        let is_derived = |kind: Kind| matches!(kind, Kind::Ratio { .. } | Kind::Binds { .. });
        let of_kind = |is_one: fn(Kind) -> bool| -> Vec<usize> {
            kinds().filter(|(_, kind)| is_one(*kind)).map(|(place, _)| place).collect()
        };
        Self {
            sums: of_kind(|kind| matches!(kind, Kind::Flow | Kind::Mean)),
            means: of_kind(|kind| kind == Kind::Mean),
            stocks: of_kind(|kind| kind == Kind::Stock),
            derived: kinds().filter(|(_, kind)| is_derived(*kind)).collect(),
            list: list.0,
            groups,
            products,
            routes,
            earnings,
            finance,
            credit,
            events,
            projects,
            shocks,
            waiting,
            factors,
        }
    }

    /// All metrics, in the order of a ledger.
    pub fn list(&self) -> &[Metric] {
        &self.list
    }

    /// The places of those that tell most of a single run: the totals and why they aren't larger, what is exported of each
    /// product and over each route, what is lent and what comes of it, what has happened and is built, where the drivers stand.
    pub fn main(&self) -> Vec<usize> {
        (0..self.list.len()).filter(|&place| is_main(&self.list[place].path)).collect()
    }

    /// The place of a path.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.list.iter().position(|metric| metric.path == path)
    }
}

/// Whether what a month can't serve may be wanted again.
fn can_wait(product: &ProductSpec) -> bool {
    product.carry.is_some()
}

fn is_main(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    matches!(
        parts[..],
        ["volume" | "value" | "unmet" | "waiting" | "lender", ..]
            | ["products", _, "volume"]
            | ["routes", _, "throughput"]
            | ["finance", "drawn" | "debt" | "defaulted"]
            | ["events", _, "started"]
            | ["projects", _, "finished"]
            | ["drivers", _, "level"]
    )
}

/// The list while it is made.
struct List(Vec<Metric>);

impl List {
    fn next(&self) -> usize {
        self.0.len()
    }

    fn push(&mut self, path: String, title: String, dimension: Dimension, kind: Kind) {
        self.0.push(Metric { path, title, dimension, kind, signed: false });
    }

    /// One metric for each (name, words, dimension, kind) under a path and a title.
    fn block(&mut self, path: &str, title: &str, metrics: &[(&str, &str, Dimension, Kind)]) -> usize {
        let first = self.next();
        for &(name, words, dimension, kind) in metrics {
            let title = if title.is_empty() { words.to_owned() } else { format!("{title}: {words}") };
            self.push(format!("{path}{name}"), title, dimension, kind);
        }
        first
    }

    fn trade(&mut self, path: &str, title: &str, may_wait: bool) {
        // Where nothing waits for a later month, all that isn't exported is lost.
        let unmet =
            if may_wait { "wanted, not exported and no longer wanted" } else { "wanted but not exported" };
        let what = if may_wait { "lost" } else { "not exported" };
        let metrics = [
            ("wanted", "wanted", Dimension::MASS, Kind::Flow),
            ("volume", "exported", Dimension::MASS, Kind::Flow),
            ("value", "value at the border", Dimension::MONEY, Kind::Flow),
            ("unmet", unmet, Dimension::MASS, Kind::Flow),
        ];
        self.block(path, title, &metrics);
        for cause in CAUSES {
            let words = format!("{title}: {what} for want of {}", wanting(cause));
            self.push(format!("{path}unmet.{cause}"), words, Dimension::MASS, Kind::Flow);
        }
    }

    fn product(&mut self, product: &ProductSpec) {
        let (path, title) = (format!("products.{}.", product.name), &product.title);
        self.trade(&path, title, can_wait(product));
        self.block(
            &path,
            title,
            &[("price", "price without freight", Dimension::MONEY_PER_MASS, Kind::Mean)],
        );
    }

    fn route(&mut self, name: &str, title: &str) {
        let (over, under) = (self.next() + route::THROUGHPUT, self.next() + route::CAPACITY);
        let metrics = [
            ("throughput", "moved", Dimension::MASS, Kind::Flow),
            ("capacity", "could have moved", Dimension::MASS, Kind::Flow),
            ("utilisation", "share of capacity used", Dimension::SHARE, Kind::Ratio { over, under }),
        ];
        self.block(&format!("routes.{name}."), title, &metrics);
    }

    fn money(&mut self) -> usize {
        let metrics = [
            ("cash", "Cash that came in", Dimension::MONEY, Kind::Flow),
            ("spent", "Spent on goods, freight and projects", Dimension::MONEY, Kind::Flow),
            ("kept", "Cash kept for the next month", Dimension::MONEY, Kind::Stock),
        ];
        self.block("finance.", "", &metrics)
    }

    fn credit(&mut self) -> usize {
        let (money, flow, stock) = (Dimension::MONEY, Kind::Flow, Kind::Stock);
        let borrower = [
            ("drawn", "Drawn from credit", money, flow),
            ("interest", "Interest charged", money, flow),
            ("due", "Debt service due", money, flow),
            ("repaid", "Debt service paid", money, flow),
            ("exposure", "Owed when the borrower defaulted", money, flow),
            ("written_off", "Written off", money, flow),
            ("debt", "Owed at the end of the period", money, stock),
            ("arrears", "Due and not paid", money, stock),
            ("defaulted", "The borrower has defaulted", Dimension::SHARE, stock),
        ];
        let lender = [
            ("flow", "Repaid to the lender, less what was lent", money, flow),
            ("npv", "Net present value of the lending so far", money, stock),
        ];
        let first = self.block("finance.", "", &borrower);
        let signed = self.block("lender.", "", &lender);
        for metric in &mut self.0[signed..] {
            metric.signed = true;
        }
        first
    }

    fn event(&mut self, name: &str, title: &str) {
        let metrics = [
            ("started", "has started", Dimension::SHARE, Kind::Stock),
            ("progress", "share of its full effect", Dimension::SHARE, Kind::Stock),
        ];
        self.block(&format!("events.{name}."), title, &metrics);
    }

    fn project(&mut self, name: &str, title: &str) {
        let metrics = [
            ("spent", "spent on it", Dimension::MONEY, Kind::Flow),
            ("unfunded", "not built for want of money", Dimension::MONEY, Kind::Flow),
            ("progress", "share of its cost that is spent", Dimension::SHARE, Kind::Stock),
            ("finished", "is finished", Dimension::SHARE, Kind::Stock),
        ];
        self.block(&format!("projects.{name}."), title, &metrics);
    }

    /// What waits, if anything can.
    fn waiting(&mut self, spec: &CorridorSpec) -> Option<Waiting> {
        if !spec.products.iter().any(can_wait) {
            return None;
        }
        let total = self.stock_of_waiting("", "All products");
        for cause in CAUSES {
            let words = format!("All products: waiting for want of {}", wanting(cause));
            self.push(format!("waiting.{cause}"), words, Dimension::MASS, Kind::Stock);
        }
        let waits = |g: usize| spec.products.iter().any(|product| product.group.0 == g && can_wait(product));
        let group = |(g, group): (usize, &GroupSpec)| {
            waits(g).then(|| self.stock_of_waiting(&format!("groups.{}.", group.name), &group.title))
        };
        let groups = spec.groups.iter().enumerate().map(group).collect();
        let product = |product: &ProductSpec| {
            let path = format!("products.{}.", product.name);
            can_wait(product).then(|| self.stock_of_waiting(&path, &product.title))
        };
        Some(Waiting { total, groups, products: spec.products.iter().map(product).collect() })
    }

    fn stock_of_waiting(&mut self, path: &str, title: &str) -> usize {
        let words = "not exported so far and still wanted";
        self.block(path, title, &[("waiting", words, Dimension::MASS, Kind::Stock)])
    }

    fn binds(&mut self, waiting: Option<usize>) {
        for (cause, name) in CAUSES.iter().enumerate() {
            let title = format!("{name} holds exports back most");
            self.push(format!("binds.{name}"), title, Dimension::SHARE, Kind::Binds { cause, waiting });
        }
    }
}

/// What is missing when a cause holds exports back.
fn wanting(cause: &str) -> &str {
    match cause {
        "policy" => "permission",
        "border" => "an open route",
        "finance" => "money",
        "logistics" => "room on a route",
        other => other,
    }
}
