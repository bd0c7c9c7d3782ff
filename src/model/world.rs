//! One batch of runs, stepped through the horizon: the one place that knows the order of the phases.

use super::allocate::Allocation;
use super::corridor::Corridor;
use super::demand::{Demand, Surroundings};
use super::finance::Finance;
use super::ledger::Ledger;
use super::metric::{credit, event, money, project, route, trade};
use super::price::Prices;
use super::progress::Progress;
use super::project::Projects;
use super::route::Routes;
use super::timeline::{Timeline, has_begun, has_ended};
use crate::batch::{Inputs, Lanes};

/// The state of `N` runs of a corridor.
///
/// Made once and used for many batches: [`World::begin`] starts a batch, each [`World::step`] is a month.
#[derive(Debug, Clone)]
pub struct World<'a, const N: usize> {
    corridor: &'a Corridor,
    next_step: usize,
    timeline: Timeline<N>,
    progress: Progress<N>,
    prices: Prices<N>,
    routes: Routes<N>,
    demand: Demand<N>,
    finance: Finance<N>,
    projects: Projects<N>,
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
            timeline: Timeline::new(corridor),
            progress: Progress::new(spec),
            prices: Prices::new(spec.products.len()),
            routes: Routes::new(corridor),
            demand: Demand::new(spec.products.len()),
            finance: Finance::new(corridor),
            projects: Projects::new(spec.projects.len()),
            allocation: Allocation::new(corridor),
            month: Ledger::new(&corridor.metrics),
        }
    }

    /// Starts new runs with the per-run inputs that they were dealt.
    pub fn begin(&mut self, inputs: &Inputs<N>) {
        let corridor = self.corridor;
        self.next_step = 0;
        self.timeline.begin(corridor, inputs);
        self.progress.begin(corridor, inputs);
        self.routes.begin(corridor, inputs);
        self.demand.begin(corridor, inputs);
        self.finance.begin(corridor, inputs);
        self.projects.begin(corridor, inputs);
    }

    /// Computes the next month with that month's shocks, and gives its figures.
    pub fn step(&mut self, inputs: &Inputs<N>) -> &Ledger<N> {
        let (corridor, step) = (self.corridor, self.next_step);
        self.timeline.step(corridor, inputs);
        self.progress.step(corridor, inputs, &self.timeline, &self.projects, step);
        self.prices.step(corridor, inputs, &self.progress, step);
        self.routes.step(corridor, inputs, &self.progress, step);
        let around = Surroundings {
            corridor,
            inputs,
            timeline: &self.timeline,
            progress: &self.progress,
            prices: &self.prices,
            routes: &self.routes,
            step,
        };
        self.demand.step(around);
        self.finance.step(corridor, inputs, &self.progress, step);
        self.projects.plan(&self.timeline, step);
        let goods = (self.demand.sought.as_slice(), self.prices.price.as_slice());
        self.allocation.step(corridor, goods, &self.routes, &mut self.finance, &mut self.projects);
        self.demand.advance(around, &self.allocation.not_shipped);
        self.projects.close(&mut self.timeline, step);
        self.finance.close(corridor, inputs, step);
        self.observe(inputs);
        self.next_step += 1;
        &self.month
    }

    fn observe(&mut self, inputs: &Inputs<N>) {
        self.observe_trade();
        self.observe_routes();
        self.observe_money();
        self.observe_credit();
        self.observe_events();
        self.observe_projects();
        self.observe_shocks(inputs);
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
            let at = metrics.products + p * trade::PRODUCT_LEN;
            self.observe_product(p, at);
            self.month.add_trade(at, metrics.groups + product.group.0 * trade::LEN);
            self.month.add_trade(at, 0);
        }
    }

    fn observe_product(&mut self, p: usize, at: usize) {
        let (demand, allocation) = (&self.demand, &self.allocation);
        let (not_shipped, has_route) = (allocation.not_shipped[p], allocation.has_route[p]);
        let at_border = not_shipped * (-has_route + 1.0);
        let by_money = allocation.not_paid[p].min(not_shipped) * has_route;
        let by_room = (not_shipped - by_money - at_border).max(Lanes::ZERO);
        let (by_policy, by_supply) = (demand.not_permitted[p], demand.not_supplied[p]);
        self.month.set(at + trade::WANTED, demand.wanted[p]);
        self.month.set(at + trade::VOLUME, allocation.volume[p]);
        self.month.set(at + trade::VALUE, allocation.volume[p] * self.prices.price[p]);
        self.month.set(at + trade::UNMET, by_supply + by_policy + not_shipped);
        for (cause, lost) in [by_supply, by_policy, by_room, by_money, at_border].into_iter().enumerate() {
            self.month.set(at + trade::CAUSES + cause, lost);
        }
        self.month.set(at + trade::PRICE, self.prices.price[p]);
    }

    fn observe_routes(&mut self) {
        for r in 0..self.corridor.spec.routes.len() {
            let at = self.corridor.metrics.routes + r * route::LEN;
            self.month.set(at + route::THROUGHPUT, self.allocation.throughput[r]);
            self.month.set(at + route::CAPACITY, self.routes.capacity[r]);
        }
    }

    fn observe_money(&mut self) {
        for (i, &income) in self.finance.income.iter().enumerate() {
            self.month.set(self.corridor.metrics.earnings + i, income);
        }
        let Some(at) = self.corridor.metrics.finance else { return };
        self.month.set(at + money::CASH, self.finance.cash);
        self.month.set(at + money::SPENT, self.finance.spent);
        self.month.set(at + money::KEPT, self.finance.kept);
    }

    fn observe_credit(&mut self) {
        let Some(at) = self.corridor.metrics.credit else { return };
        let month = &self.finance.credit.month;
        let figures = [
            (credit::DRAWN, month.drawn),
            (credit::INTEREST, month.interest),
            (credit::DUE, month.due),
            (credit::REPAID, month.repaid),
            (credit::EXPOSURE, month.exposure),
            (credit::WRITTEN_OFF, month.written_off),
            (credit::DEBT, month.debt),
            (credit::ARREARS, month.arrears),
            (credit::DEFAULTED, month.defaulted),
            (credit::FLOW, month.repaid - month.drawn),
            (credit::NPV, month.npv),
        ];
        for (place, figure) in figures {
            self.month.set(at + place, figure);
        }
    }

    fn observe_events(&mut self) {
        for (e, dates) in self.timeline.events.iter().enumerate() {
            let at = self.corridor.metrics.events + e * event::LEN;
            self.month.set(at + event::STARTED, has_begun(dates.start, self.next_step));
            self.month.set(at + event::PROGRESS, self.progress.share[e]);
        }
    }

    fn observe_projects(&mut self) {
        for (p, site) in self.projects.sites.iter().enumerate() {
            let at = self.corridor.metrics.projects + p * project::LEN;
            self.month.set(at + project::SPENT, site.spent);
            self.month.set(at + project::UNFUNDED, site.pace - site.spent);
            let finished = has_ended(self.timeline.projects[p].end, self.next_step);
            self.month.set(at + project::PROGRESS, site.progress(finished));
            self.month.set(at + project::FINISHED, finished);
        }
    }

    fn observe_shocks(&mut self, inputs: &Inputs<N>) {
        for (s, shock) in self.corridor.spec.shocks.iter().enumerate() {
            self.month.set(self.corridor.metrics.shocks + s, inputs.shock(shock.on));
        }
    }

    /// The metric at a place, this month.
    pub fn metric(&self, place: usize) -> Lanes<N> {
        self.month.at(place)
    }
}
