//! The twin's trade: prices, routes, demand, and the allocation of capacity and money.

use super::figures::{Figures, Trade, Traffic, Work};
use super::money::Purse;
use super::{MOST, Twin};
use crate::plan::{ProductId, ProductSpec, ProjectSpec, RouteId, Start, Target};

/// The state of the market this month.
pub(super) struct Market {
    pub(super) prices: Vec<f64>,
    pub(super) freights: Vec<f64>,
    /// Routes with any capacity, the cheapest first; of equal ones the first in the file.
    pub(super) open: Vec<usize>,
    /// The most that can be spent on each project.
    pace: Vec<f64>,
    /// The amount of each product that is still sought.
    pub(super) sought: Vec<f64>,
    /// The tonnes of each product on each route.
    pub(super) moved: Vec<Vec<f64>>,
}

impl Market {
    /// Routes with these capacities at these freights.
    pub(super) fn new(prices: Vec<f64>, freights: Vec<f64>, capacities: &[f64]) -> Self {
        let mut open: Vec<usize> = (0..freights.len()).filter(|&r| capacities[r] > 0.0).collect();
        open.sort_by(|&a, &b| freights[a].total_cmp(&freights[b]));
        let moved = vec![vec![0.0; freights.len()]; prices.len()];
        Self { prices, freights, open, pace: Vec::new(), sought: Vec::new(), moved }
    }
}

impl Twin<'_> {
    /// The prices and routes of this month.
    pub(super) fn open_market(&self, month: &mut Figures) -> Market {
        let prices: Vec<f64> = (0..self.spec.products.len()).map(|p| self.price(p)).collect();
        let mut freights = Vec::new();
        for (r, route) in self.spec.routes.iter().enumerate() {
            month.routes.push(Traffic { moved: 0.0, capacity: self.capacity(r) });
            freights.push(self.changed(Target::Freight(RouteId(r)), self.value(route.freight_usd_per_t)));
        }
        let capacities: Vec<f64> = month.routes.iter().map(|route| route.capacity).collect();
        let mut market = Market::new(prices, freights, &capacities);
        market.pace = (0..self.spec.projects.len()).map(|p| self.pace(p)).collect();
        market
    }

    /// The demand of this month.
    pub(super) fn ask(&self, month: &mut Figures, market: &mut Market) {
        for p in 0..self.spec.products.len() {
            let (trade, sought) = self.demand(p, market);
            month.products.push(trade);
            market.sought.push(sought);
        }
    }

    fn price(&self, p: usize) -> f64 {
        let price = &self.spec.products[p].price;
        let trend = self.value(price.level_usd_per_t)
            * f64::exp(self.value(price.growth) * self.age_months())
            * price.path.map_or(1.0, |path| self.follow(path, 1.0))
            * self.driven(&price.drivers);
        self.changed(Target::Price(ProductId(p)), trend)
    }

    fn capacity(&self, r: usize) -> f64 {
        let route = &self.spec.routes[r];
        let built =
            self.value(route.capacity_t) * route.season[self.season()] * self.value(route.availability);
        self.changed(Target::Capacity(RouteId(r)), built) * self.opened_by(&route.opened_by)
    }

    /// The landed price relative to that at the start, to the power of the elasticity.
    fn price_response(&self, p: usize, market: &Market) -> f64 {
        let product = &self.spec.products[p];
        let Some(elasticity) = product.elasticity else { return 1.0 };
        let at_start = self.value(product.price.level_usd_per_t) + self.landed_at_start[p];
        if at_start == 0.0 {
            return 1.0;
        }
        let ratio = (market.prices[p] + self.landed[p]) / at_start;
        // The ratio is bounded, so that demand for a nearly free product stays finite.
        ratio.max(1e-3).powf(self.value(elasticity))
    }

    /// The demand for a product, and what policy and the seller leave of it.
    fn demand(&self, p: usize, market: &Market) -> (Trade, f64) {
        let product = &self.spec.products[p];
        let asked = self.potential[p]
            * product.season[self.season()]
            * self.noise(product.noise)
            * self.driven(&product.drivers)
            * self.price_response(p, market);
        let asked = self.changed(Target::Demand(ProductId(p)), asked.min(MOST)) * self.active(product);
        let new = asked.min(MOST - self.waiting[p]);
        let wanted = new + self.waiting[p];
        let permitted = self.changed(Target::Permitted(ProductId(p)), self.value(product.permitted));
        let offered = product.supply.map_or(f64::INFINITY, |supply| {
            self.changed(Target::Supply(ProductId(p)), self.value(supply.level_t) * self.noise(supply.noise))
        });
        let trade = Trade {
            price: market.prices[p],
            wanted: new,
            policy: wanted * (1.0 - permitted),
            supply: f64::max(0.0, wanted * permitted - offered),
            ..Trade::default()
        };
        (trade, f64::min(wanted * permitted, offered))
    }

    /// Allocates capacity and money to goods and projects, by priority; at equal priority, goods first.
    pub(super) fn allocate(&self, month: &mut Figures, market: &mut Market, purse: &mut Purse) {
        let of_goods = self.spec.products.iter().map(|product| product.priority);
        let of_projects = self.spec.projects.iter().map(|project| project.priority);
        let mut priorities: Vec<u32> = of_goods.chain(of_projects).collect();
        priorities.sort_unstable();
        priorities.dedup();
        month.projects = vec![Work::default(); self.spec.projects.len()];
        for priority in priorities {
            for index in 0..market.open.len() {
                self.ship(month, market, purse, priority, index);
            }
            self.build(month, market, purse, priority);
        }
        for (p, product) in self.spec.products.iter().enumerate() {
            let trade = &mut month.products[p];
            if !market.open.iter().any(|&r| self.spec.routes[r].accepts[product.group.0]) {
                trade.border = market.sought[p];
            }
        }
    }

    fn on_credit(&self, product: &ProductSpec) -> bool {
        let credit = self.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        credit.is_some_and(|credit| credit.groups[product.group.0])
    }

    /// Ships a class of goods on one open route.
    pub(super) fn ship(
        &self,
        month: &mut Figures,
        market: &mut Market,
        purse: &mut Purse,
        priority: u32,
        index: usize,
    ) {
        let r = market.open[index];
        let products = &self.spec.products;
        let accepts = &self.spec.routes[r].accepts;
        let served = |p: &usize| products[*p].priority == priority && accepts[products[*p].group.0];
        let served: Vec<usize> = (0..products.len()).filter(served).collect();
        let cost_of_one =
            |p: usize| if products[p].grant { 0.0 } else { market.prices[p] + market.freights[r] };
        let (mut cost_on_credit, mut cost_of_others) = (0.0, 0.0);
        for &p in &served {
            let cost = market.sought[p] * cost_of_one(p);
            if self.on_credit(&products[p]) { cost_on_credit += cost } else { cost_of_others += cost }
        }
        let (share_on_credit, share_of_others, most_drawn) = purse.shares(cost_on_credit, cost_of_others);
        let payable = |p: usize| match (products[p].grant, self.on_credit(&products[p])) {
            (true, _) => 1.0,
            (false, true) => share_on_credit,
            (false, false) => share_of_others,
        };
        let capacity_left = f64::max(month.routes[r].capacity - month.routes[r].moved, 0.0);
        let asking: f64 = served.iter().map(|&p| market.sought[p] * payable(p)).sum();
        let fits = if asking > capacity_left { capacity_left / asking } else { 1.0 };
        let mut bill = 0.0;
        for p in served {
            let (w, g, trade) = (market.sought[p], payable(p), &mut month.products[p]);
            let shipped = w * g * fits;
            trade.volume += shipped;
            trade.value += shipped * market.prices[p];
            month.routes[r].moved += shipped;
            market.moved[p][r] += shipped;
            bill += shipped * cost_of_one(p);
            // The last route determines the causes.
            trade.finance = w * (1.0 - g);
            trade.logistics = w * g * (1.0 - fits);
            market.sought[p] -= shipped;
        }
        month.money.spent += bill;
        month.money.drawn += purse.pay(bill, most_drawn);
    }

    /// Builds the projects of a class as far as money can pay: first those that only credit pays for, then
    /// the others.
    fn build(&self, month: &mut Figures, market: &Market, purse: &mut Purse, priority: u32) {
        let projects = &self.spec.projects;
        let class: Vec<usize> = (0..projects.len()).filter(|&p| projects[p].priority == priority).collect();
        let pace = |of: &dyn Fn(usize) -> bool| -> f64 {
            class.iter().filter(|&&p| of(p)).map(|&p| market.pace[p]).sum()
        };
        let lent = pace(&|p| projects[p].credit_only);
        let drawn = purse.pay_on_credit(lent);
        let share_of_lent = if lent > drawn { drawn / lent } else { 1.0 };
        let credit = self.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        let bought = |p: usize| !projects[p].grant && !projects[p].credit_only;
        let on_credit = |p: usize| credit.is_some_and(|credit| credit.projects[p]);
        let cost_on_credit = pace(&|p| bought(p) && on_credit(p));
        let cost_of_others = pace(&|p| bought(p) && !on_credit(p));
        let (share_on_credit, share_of_others, most_drawn) = purse.shares(cost_on_credit, cost_of_others);
        let bill = share_on_credit * cost_on_credit + share_of_others * cost_of_others;
        month.money.spent += drawn + bill;
        month.money.drawn += drawn + purse.pay(bill, most_drawn);
        for &p in &class {
            let share = match (projects[p].grant, projects[p].credit_only) {
                (true, _) => 1.0,
                (_, true) => share_of_lent,
                _ if on_credit(p) => share_on_credit,
                _ => share_of_others,
            };
            month.projects[p].spent = market.pace[p] * share;
            month.projects[p].unfunded = market.pace[p] * (1.0 - share);
        }
    }

    /// The cost of a project, including its overrun.
    pub(super) fn whole_cost(&self, p: usize) -> f64 {
        let project = &self.spec.projects[p];
        self.value(project.cost_usd) * self.value(project.overrun)
    }

    /// The most that can be spent on a project this month.
    fn pace(&self, p: usize) -> f64 {
        let ProjectSpec { cost_usd, build_months, .. } = &self.spec.projects[p];
        let planned = self.value(*cost_usd) / self.value(*build_months) * self.since(self.work_starts[p]);
        planned.min(f64::max(self.whole_cost(p) - self.spent[p], 0.0))
    }

    /// Advances the projects.
    pub(super) fn move_on(&mut self, month: &mut Figures) {
        let now = self.step as f64 + 1.0;
        for (p, work) in month.projects.iter_mut().enumerate() {
            let cost = self.whole_cost(p);
            self.spent[p] += work.spent;
            self.spent_last[p] = work.spent;
            // The last dollar may be lost to rounding.
            let all_spent = self.spent[p] >= cost * (1.0 - 1e-12);
            if all_spent && self.work_starts[p] < now {
                self.finished[p] = self.finished[p].min(now);
            }
            work.finished = if self.finished[p] <= now { 1.0 } else { 0.0 };
            work.progress = if cost > 0.0 { self.spent[p] / cost } else { work.finished };
        }
    }

    /// Potential demand at the start of the run, or in the first month in which a product is wanted.
    pub(super) fn first_potential(&self, product: &ProductSpec) -> f64 {
        let age_months = match product.start {
            Start::Base => self.spec.base_age_months,
            Start::Month(month) => f64::from(-month.min(0)),
            Start::Milestone(_) => 0.0,
        };
        let ceiling = product.ceiling_t.map(|ceiling| self.value(ceiling));
        grown(self.value(product.level_t), self.value(product.growth), age_months, ceiling)
    }

    /// Splits what was not served into what waits and what is lost.
    pub(super) fn wait(&mut self, month: &mut Figures) {
        for (p, product) in self.spec.products.iter().enumerate() {
            if let Some(carry) = product.carry {
                month.products[p].wait(self.value(carry));
                self.waiting[p] = month.products[p].waits();
            }
        }
    }

    /// Advances potential demand by a month, where the product is wanted.
    pub(super) fn grow(&mut self) {
        for (p, product) in self.spec.products.iter().enumerate() {
            if self.active(product) > 0.0 {
                let target = Target::Ceiling(ProductId(p));
                let ceiling = product.ceiling_t.map(|ceiling| self.changed(target, self.value(ceiling)));
                self.potential[p] = grown(self.potential[p], self.value(product.growth), 1.0, ceiling);
            }
        }
    }
}

/// Logistic growth over some months. Above the ceiling it falls, whatever the sign of the growth.
fn grown(level: f64, growth: f64, months: f64, ceiling: Option<f64>) -> f64 {
    let Some(ceiling) = ceiling else { return level * f64::exp(growth * months) };
    if level == 0.0 {
        return 0.0;
    }
    let ceiling = ceiling.max(1e-9);
    let growth = if level > ceiling && growth * months < 0.0 { -growth } else { growth };
    ceiling / (1.0 + (ceiling / level - 1.0) * f64::exp(-growth * months))
}
