//! One batch of runs, stepped through the horizon: the one place that knows the order of the phases.

use super::allocate::Allocation;
use super::corridor::Corridor;
use super::demand::Demand;
use super::event::Events;
use super::finance::Finance;
use super::ledger::Ledger;
use super::metric::{event, money, route, trade};
use super::route::Routes;
use crate::batch::{Inputs, Lanes};

/// The state of `N` runs of a corridor.
///
/// Made once and used for many batches: [`World::begin`] starts a batch, each [`World::step`] is a month.
#[derive(Debug, Clone)]
pub struct World<'a, const N: usize> {
    corridor: &'a Corridor,
    next_step: usize,
    events: Events<N>,
    demand: Demand<N>,
    routes: Routes<N>,
    finance: Finance<N>,
    allocation: Allocation<N>,
    month: Ledger<N>,
}

impl<'a, const N: usize> World<'a, N> {
    /// Room for a batch of runs.
    pub fn new(corridor: &'a Corridor) -> Self {
        let spec = &corridor.spec;
        Self {
            corridor,
            next_step: 0,
            events: Events::new(spec.events.len()),
            demand: Demand::new(spec.products.len()),
            routes: Routes::new(spec.routes.len()),
            finance: Finance::new(),
            allocation: Allocation::new(corridor),
            month: Ledger::new(&corridor.metrics),
        }
    }

    /// Starts new runs with the per-run inputs that they were dealt.
    pub fn begin(&mut self, inputs: &Inputs<N>) {
        self.next_step = 0;
        self.events.begin(self.corridor, inputs);
        self.demand.begin(self.corridor, inputs);
        self.finance.begin(self.corridor, inputs);
    }

    /// Computes the next month with that month's shocks, and gives its figures.
    pub fn step(&mut self, inputs: &Inputs<N>) -> &Ledger<N> {
        let (corridor, step) = (self.corridor, self.next_step);
        self.events.step(step);
        self.demand.step(corridor, inputs, &self.events, step);
        self.routes.step(corridor, inputs, &self.events, step);
        self.finance.step(corridor, inputs, &self.events);
        self.allocation.set_prices(corridor, inputs, &self.events.progress);
        self.allocation.step(corridor, &self.demand, &self.routes, &mut self.finance);
        self.observe();
        self.demand.advance(corridor, inputs, &self.events, step);
        self.next_step += 1;
        &self.month
    }

    fn observe(&mut self) {
        self.observe_trade();
        self.observe_routes();
        self.observe_money();
        self.observe_events();
        self.month.close(&self.corridor.metrics);
    }

    fn observe_trade(&mut self) {
        let metrics = &self.corridor.metrics;
        let groups = self.corridor.spec.groups.len();
        self.month.clear_trade(0);
        for group in 0..groups {
            self.month.clear_trade(metrics.groups + group * trade::LEN);
        }
        for (p, product) in self.corridor.spec.products.iter().enumerate() {
            let at = metrics.products + p * trade::LEN;
            self.observe_product(p, at);
            self.month.add_trade(at, metrics.groups + product.group.0 * trade::LEN);
            self.month.add_trade(at, 0);
        }
    }

    fn observe_product(&mut self, p: usize, at: usize) {
        let allocation = &self.allocation;
        let (unmet, has_route) = (allocation.unmet[p], allocation.has_route[p]);
        let by_money = unmet * has_route * allocation.short_of_money[p];
        let at_border = unmet * (-has_route + 1.0);
        self.month.set(at + trade::WANTED, self.demand.wanted[p]);
        self.month.set(at + trade::VOLUME, allocation.volume[p]);
        self.month.set(at + trade::VALUE, allocation.volume[p] * allocation.price[p]);
        self.month.set(at + trade::UNMET, unmet);
        for (cause, lost) in [unmet - by_money - at_border, by_money, at_border].into_iter().enumerate() {
            self.month.set(at + trade::CAUSES + cause, lost);
        }
    }

    fn observe_routes(&mut self) {
        for r in 0..self.corridor.spec.routes.len() {
            let at = self.corridor.metrics.routes + r * route::LEN;
            self.month.set(at + route::THROUGHPUT, self.allocation.throughput[r]);
            self.month.set(at + route::CAPACITY, self.routes.capacity[r]);
        }
    }

    fn observe_money(&mut self) {
        let Some(at) = self.corridor.metrics.finance else { return };
        self.month.set(at + money::CASH, self.finance.cash);
        self.month.set(at + money::SPENT, self.finance.spent);
        self.month.set(at + money::DRAWN, self.finance.drawn);
        self.month.set(at + money::DEBT, self.finance.debt);
    }

    fn observe_events(&mut self) {
        for e in 0..self.corridor.spec.events.len() {
            let at = self.corridor.metrics.events + e * event::LEN;
            self.month.set(at + event::STARTED, self.events.started[e]);
            self.month.set(at + event::PROGRESS, self.events.progress[e]);
        }
    }

    /// The metric at a place, this month.
    pub fn metric(&self, place: usize) -> Lanes<N> {
        self.month.at(place)
    }
}
