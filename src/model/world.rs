//! One batch of runs, stepped through the horizon: the one place that knows the order of the phases.

use super::allocate::Allocation;
use super::corridor::Corridor;
use super::demand::{Demand, Surroundings};
use super::finance::Finance;
use super::ledger::{Ledger, Page};
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

    /// Computes the next month with that month's shocks, and writes its figures into a ledger, where these runs stand from `first`
    /// on. [`Ledger::close_month`], once after all that share the ledger, then gives what adds up from them.
    #[inline(always)]
    pub fn step(&mut self, inputs: &Inputs<N>, month: &mut Ledger, first: usize) {
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
        self.observe(inputs, &mut month.page(first));
        self.next_step += 1;
    }

    #[inline(always)]
    fn observe(&self, inputs: &Inputs<N>, page: &mut Page<'_, N>) {
        for p in 0..self.corridor.spec.products.len() {
            self.observe_product(p, page);
        }
        self.observe_routes(page);
        self.observe_money(page);
        self.observe_credit(page);
        self.observe_events(page);
        self.observe_projects(page);
        self.observe_shocks(inputs, page);
    }

    #[inline(always)]
    fn observe_product(&self, p: usize, page: &mut Page<'_, N>) {
        let at = self.corridor.metrics.products + p * trade::PRODUCT_LEN;
        let (demand, allocation) = (&self.demand, &self.allocation);
        let (not_shipped, has_route) = (allocation.not_shipped[p], allocation.has_route[p]);
        let at_border = not_shipped * (-has_route + 1.0);
        let by_money = allocation.not_paid[p].min(not_shipped) * has_route;
        let by_room = (not_shipped - by_money - at_border).max(Lanes::ZERO);
        let (by_policy, by_supply) = (demand.not_permitted[p], demand.not_supplied[p]);
        page.set(at + trade::WANTED, demand.wanted[p]);
        page.set(at + trade::VOLUME, allocation.volume[p]);
        page.set(at + trade::VALUE, allocation.volume[p] * self.prices.price[p]);
        page.set(at + trade::UNMET, by_supply + by_policy + not_shipped);
        for (cause, lost) in [by_supply, by_policy, by_room, by_money, at_border].into_iter().enumerate() {
            page.set(at + trade::CAUSES + cause, lost);
        }
        page.set(at + trade::PRICE, self.prices.price[p]);
    }

    #[inline(always)]
    fn observe_routes(&self, page: &mut Page<'_, N>) {
        for r in 0..self.corridor.spec.routes.len() {
            let at = self.corridor.metrics.routes + r * route::LEN;
            page.set(at + route::THROUGHPUT, self.allocation.throughput[r]);
            page.set(at + route::CAPACITY, self.routes.capacity[r]);
        }
    }

    #[inline(always)]
    fn observe_money(&self, page: &mut Page<'_, N>) {
        for (i, &income) in self.finance.income.iter().enumerate() {
            page.set(self.corridor.metrics.earnings + i, income);
        }
        let Some(at) = self.corridor.metrics.finance else { return };
        page.set(at + money::CASH, self.finance.cash);
        page.set(at + money::SPENT, self.finance.spent);
        page.set(at + money::KEPT, self.finance.kept);
    }

    #[inline(always)]
    fn observe_credit(&self, page: &mut Page<'_, N>) {
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
            page.set(at + place, figure);
        }
    }

    #[inline(always)]
    fn observe_events(&self, page: &mut Page<'_, N>) {
        for (e, dates) in self.timeline.events.iter().enumerate() {
            let at = self.corridor.metrics.events + e * event::LEN;
            page.set(at + event::STARTED, has_begun(dates.start, self.next_step));
            page.set(at + event::PROGRESS, self.progress.share[e]);
        }
    }

    #[inline(always)]
    fn observe_projects(&self, page: &mut Page<'_, N>) {
        for (p, site) in self.projects.sites.iter().enumerate() {
            let at = self.corridor.metrics.projects + p * project::LEN;
            page.set(at + project::SPENT, site.spent);
            page.set(at + project::UNFUNDED, site.pace - site.spent);
            let finished = has_ended(self.timeline.projects[p].end, self.next_step);
            page.set(at + project::PROGRESS, site.progress(finished));
            page.set(at + project::FINISHED, finished);
        }
    }

    #[inline(always)]
    fn observe_shocks(&self, inputs: &Inputs<N>, page: &mut Page<'_, N>) {
        for (s, shock) in self.corridor.spec.shocks.iter().enumerate() {
            page.set(self.corridor.metrics.shocks + s, inputs.shock(shock.on));
        }
    }
}
