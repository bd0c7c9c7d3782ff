//! The metrics of a corridor: the declared blocks, laid out for its products, routes and so on.

use super::block::{self, Declared};
use super::factor::{self, Factor};
use super::{Cause, CorridorSpec, Kind, Metric, ProductSpec};
use crate::units::Dimension;

/// All metrics of a corridor, and the index of the first metric of each block. The trade block of the total
/// comes first.
#[derive(Debug, Clone)]
pub struct Metrics {
    list: Vec<Metric>,
    /// Those whose year is computed from the sum of the months.
    pub(crate) sums: Vec<usize>,
    /// Those of them whose year is the mean of the months.
    pub(crate) means: Vec<usize>,
    /// Those whose year is the value of the last month.
    pub(crate) stocks: Vec<usize>,
    /// Those that are computed from others of the same period. They come after the metrics that they depend
    /// on.
    pub(crate) derived: Vec<(usize, Kind)>,
    pub(crate) groups: usize,
    pub(crate) products: usize,
    pub(crate) routes: usize,
    pub(crate) earnings: usize,
    pub(crate) money: Option<usize>,
    pub(crate) credit: Option<usize>,
    pub(crate) events: usize,
    pub(crate) projects: usize,
    pub(crate) shocks: usize,
    /// `None` where no product has a `carry`.
    pub(crate) waiting: Option<Waiting>,
    /// The index of the first factor, and the factors.
    pub(crate) factors: (usize, Vec<Factor>),
}

/// The indices of the stocks of unserved demand that is still wanted: of the total, followed by its causes,
/// and of the groups and products of which any can wait.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) total: usize,
    pub(crate) groups: Vec<Option<usize>>,
    pub(crate) products: Vec<Option<usize>>,
}

impl Waiting {
    /// The index of what waits because of a cause.
    #[inline(always)]
    pub(crate) const fn of(total: usize, cause: Cause) -> usize {
        total + 1 + cause as usize
    }

    /// The indices of all that are sums over products.
    #[inline(always)]
    pub(crate) fn sums(&self) -> impl Iterator<Item = usize> {
        let parts = self.groups.iter().chain(&self.products).copied().flatten();
        (self.total..=self.total + Cause::ALL.len()).chain(parts)
    }
}

impl Metrics {
    /// The metrics of a corridor. It reads names and titles only, so the spec may still be incomplete.
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
            let path = format!("products.{}.", product.name);
            list.trade(&path, &product.title, can_wait(product));
            list.block(&path, &product.title, block::Product::ALL);
        }
        let routes = list.next();
        for route in &spec.routes {
            list.block(&format!("routes.{}.", route.name), &route.title, block::Route::ALL);
        }
        let earnings = list.next();
        for stream in spec.finance.iter().flat_map(|finance| &finance.earnings) {
            list.block(&format!("earnings.{}.", stream.name), &stream.title, block::Earnings::ALL);
        }
        let money = spec.finance.as_ref().map(|_| list.block("finance.", "", block::Money::ALL));
        let has_credit = spec.finance.as_ref().is_some_and(|finance| finance.credit.is_some());
        let credit = has_credit.then(|| list.block("finance.", "", block::Credit::ALL));
        if has_credit {
            list.block("lender.", "", block::Lender::ALL);
        }
        let events = list.next();
        for event in &spec.events {
            list.block(&format!("events.{}.", event.name), &event.title, block::Event::ALL);
        }
        let projects = list.next();
        for project in &spec.projects {
            list.block(&format!("projects.{}.", project.name), &project.title, block::Project::ALL);
        }
        let shocks = list.next();
        for shock in &spec.shocks {
            list.block(&format!("shocks.{}.", shock.name), &shock.title, block::Shock::ALL);
        }
        let factors = list.factors(spec);
        let waiting = list.waiting(spec);
        list.binds(waiting.as_ref().map(|waiting| waiting.total));
        let of_kind = |is_one: fn(Kind) -> bool| list.of_kind(is_one);
        Self {
            sums: of_kind(|kind| matches!(kind, Kind::Flow | Kind::Mean)),
            means: of_kind(|kind| kind == Kind::Mean),
            stocks: of_kind(|kind| kind == Kind::Stock),
            derived: list.derived(),
            list: list.0,
            groups,
            products,
            routes,
            earnings,
            money,
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

    /// The indices of the metrics that summarise a single run: the totals and what limits them, exports of
    /// each product and over each route, lending and its result, events that have started, projects that are
    /// finished, and the drivers' levels.
    pub fn main(&self) -> Vec<usize> {
        (0..self.list.len()).filter(|&index| is_main(&self.list[index].path)).collect()
    }

    /// The index of a path.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.list.iter().position(|metric| metric.path == path)
    }

    /// The metric with a path.
    pub fn find(&self, path: &str) -> Option<&Metric> {
        self.list.iter().find(|metric| metric.path == path)
    }
}

/// Whether demand that a month can't serve may still be wanted in the next.
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

/// The list while it is built.
struct List(Vec<Metric>);

impl List {
    /// The index of the next metric.
    fn next(&self) -> usize {
        self.0.len()
    }

    fn of_kind(&self, is_one: fn(Kind) -> bool) -> Vec<usize> {
        (0..self.0.len()).filter(|&index| is_one(self.0[index].kind)).collect()
    }

    fn derived(&self) -> Vec<(usize, Kind)> {
        let kinds = self.0.iter().map(|metric| metric.kind).enumerate();
        kinds.filter(|(_, kind)| matches!(kind, Kind::Ratio { .. } | Kind::Binds { .. })).collect()
    }

    fn push(&mut self, path: String, title: String, dimension: Dimension, kind: Kind) {
        self.0.push(Metric { path, title, dimension, kind, signed: false });
    }

    /// Adds the metrics of a block under a path and a title. Returns the index of the first.
    fn block(&mut self, path: &str, title: &str, metrics: &[Declared]) -> usize {
        let first = self.next();
        for declared in metrics {
            let words = declared.words;
            self.0.push(Metric {
                path: format!("{path}{}", declared.name),
                title: if title.is_empty() { words.to_owned() } else { format!("{title}: {words}") },
                dimension: declared.dimension,
                kind: declared.kind.after(first),
                signed: declared.signed,
            });
        }
        first
    }

    /// Adds the trade block, with what each cause leaves unmet. Where nothing can wait for a later month, all
    /// that isn't exported is lost.
    fn trade(&mut self, path: &str, title: &str, may_wait: bool) {
        let first = self.block(path, title, block::Trade::ALL);
        if may_wait {
            self.0[block::Trade::Unmet.after(first)].title = format!("{title}: unmet demand (lost)");
        }
        let what = if may_wait { "unmet demand (lost)" } else { "unmet demand" };
        for cause in Cause::ALL {
            let title = format!("{title}: {what}, cause: {}", cause.label());
            self.push(format!("{path}unmet.{}", cause.name()), title, Dimension::MASS, Kind::Flow);
        }
    }

    /// Adds noises and random paths, as factors.
    fn factors(&mut self, spec: &CorridorSpec) -> (usize, Vec<Factor>) {
        let first = self.next();
        let all = factor::factors(spec).into_iter().map(|(path, title, factor)| {
            self.push(path, title, Dimension::SHARE, Kind::Mean);
            factor
        });
        (first, all.collect())
    }

    /// Adds what waits, if anything can.
    fn waiting(&mut self, spec: &CorridorSpec) -> Option<Waiting> {
        if !spec.products.iter().any(can_wait) {
            return None;
        }
        let total = self.block("", "All products", block::Waiting::ALL);
        for cause in Cause::ALL {
            let title = format!("All products: backlog of demand, cause: {}", cause.label());
            self.push(format!("waiting.{}", cause.name()), title, Dimension::MASS, Kind::Stock);
        }
        let waits = |g: usize| spec.products.iter().any(|product| product.group.0 == g && can_wait(product));
        let mut stock = |waits: bool, path: String, title: &str| {
            waits.then(|| self.block(&path, title, block::Waiting::ALL))
        };
        let groups = spec.groups.iter().enumerate();
        let groups = groups
            .map(|(g, group)| stock(waits(g), format!("groups.{}.", group.name), &group.title))
            .collect();
        let products = spec.products.iter();
        let products = products
            .map(|product| stock(can_wait(product), format!("products.{}.", product.name), &product.title))
            .collect();
        Some(Waiting { total, groups, products })
    }

    fn binds(&mut self, waiting: Option<usize>) {
        for cause in Cause::ALL {
            let title = format!("Main constraint: {}", cause.label());
            self.push(cause.binds(), title, Dimension::SHARE, Kind::Binds { cause, waiting });
        }
    }
}
