//! One batch of runs, stepped through the horizon: the only file that determines the order of the phases.

use super::allocate::Allocation;
use super::corridor::Corridor;
use super::demand::{Demand, Surroundings};
use super::finance::Finance;
use super::landed::Landed;
use super::ledger::Ledger;
use super::path;
use super::price::Prices;
use super::progress::Progress;
use super::project::Projects;
use super::route::Routes;
use super::timeline::{Timeline, has_begun, has_ended};
use crate::batch::{Inputs, Lanes};
use crate::plan::{Cause, Waiting, block};
use crate::stats::without_rounding;

/// The state of `N` runs of a corridor.
///
/// Allocated once and used for many batches: [`World::begin`] starts a batch, each [`World::step`] is a
/// month.
#[derive(Debug, Clone)]
pub struct World<'a, const N: usize> {
    corridor: &'a Corridor,
    next_step: usize,
    timeline: Timeline<N>,
    progress: Progress<N>,
    prices: Prices<N>,
    routes: Routes<N>,
    landed: Landed<N>,
    demand: Demand<N>,
    finance: Finance<N>,
    projects: Projects<N>,
    allocation: Allocation<N>,
}

impl<'a, const N: usize> World<'a, N> {
    /// Allocates the state of a batch of runs.
    pub fn new(corridor: &'a Corridor) -> Self {
        let spec = &corridor.spec;
        Self {
            corridor,
            next_step: 0,
            timeline: Timeline::new(corridor),
            progress: Progress::new(spec),
            prices: Prices::new(spec.products.len()),
            routes: Routes::new(corridor),
            landed: Landed::new(corridor),
            demand: Demand::new(spec.products.len()),
            finance: Finance::new(corridor),
            projects: Projects::new(spec.projects.len()),
            allocation: Allocation::new(corridor),
        }
    }

    /// Starts new runs with the per-run inputs that were drawn for them.
    pub fn begin(&mut self, inputs: &Inputs<N>) {
        let corridor = self.corridor;
        self.next_step = 0;
        self.timeline.begin(corridor, inputs);
        self.progress.begin(corridor, inputs);
        self.demand.begin(corridor, inputs);
        self.finance.begin(corridor, inputs);
        self.projects.begin(corridor, inputs);
        if corridor.is_elastic() {
            self.begin_landed(inputs);
        }
    }

    /// Sets the freight paid at the start, from the allocation of what is then traded to the routes of the
    /// start.
    fn begin_landed(&mut self, inputs: &Inputs<N>) {
        let corridor = self.corridor;
        self.routes.begin(corridor, inputs);
        self.allocation.lay_out(corridor, &self.routes);
        self.demand.start(corridor, inputs);
        self.allocation.start(corridor, (&self.demand.sought, &self.prices.price));
        self.allocation.lay_out(corridor, &self.routes);
        self.landed.begin(corridor, inputs, &self.allocation, &self.demand.potential);
    }

    /// Computes the next month with that month's shocks, and writes its figures to a ledger.
    #[inline(always)]
    pub fn step(&mut self, inputs: &Inputs<N>, month: &mut Ledger<N>) {
        let (corridor, step) = (self.corridor, self.next_step);
        self.timeline.step(corridor, inputs);
        self.progress.step(corridor, inputs, &self.timeline, &self.projects, step);
        self.prices.step(corridor, inputs, &self.progress, step);
        self.routes.step(corridor, inputs, &self.progress, step);
        self.allocation.reorder(corridor, &self.routes);
        self.allocation.lay_out(corridor, &self.routes);
        let potential = &self.demand.potential;
        self.landed.step(corridor, inputs, &self.allocation, &self.prices, potential);
        let around = Surroundings {
            corridor,
            inputs,
            timeline: &self.timeline,
            progress: &self.progress,
            prices: &self.prices,
            landed: &self.landed,
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
        self.observe(inputs, month);
        month.close_month(&corridor.metrics);
        self.next_step += 1;
    }

    #[inline(always)]
    fn observe(&self, inputs: &Inputs<N>, month: &mut Ledger<N>) {
        self.observe_trade(inputs, month);
        self.observe_routes(month);
        self.observe_money(month);
        self.observe_credit(month);
        self.observe_events(month);
        self.observe_projects(month);
        self.observe_shocks(inputs, month);
        self.observe_factors(inputs, month);
    }

    /// Writes the figures of products, and their sums by group and in total.
    #[inline(always)]
    fn observe_trade(&self, inputs: &Inputs<N>, month: &mut Ledger<N>) {
        let metrics = &self.corridor.metrics;
        if let Some(waiting) = &metrics.waiting {
            waiting.sums().for_each(|metric| month.set(metric, Lanes::ZERO));
        }
        let groups = (0..self.corridor.spec.groups.len())
            .map(|group| metrics.groups + group * block::Trade::WITH_CAUSES);
        for block in groups.chain([0]) {
            (0..block::Trade::WITH_CAUSES).for_each(|offset| month.set(block + offset, Lanes::ZERO));
        }
        for (p, product) in self.corridor.spec.products.iter().enumerate() {
            let own = metrics.products + p * block::Product::WITH_TRADE;
            let group = metrics.groups + product.group.0 * block::Trade::WITH_CAUSES;
            self.observe_product(p, [own, group], inputs, month);
        }
    }

    /// Writes a product's block; sums are added to the blocks of its group and of the total. Of what was not
    /// served, the share `carry` waits and the rest is lost, whatever the cause.
    #[inline(always)]
    fn observe_product(&self, p: usize, [own, group]: [usize; 2], inputs: &Inputs<N>, month: &mut Ledger<N>) {
        let (demand, allocation) = (&self.demand, &self.allocation);
        // What remains of the amount sought may be only its rounding error: then nothing is unmet.
        let left = |amount: Lanes<N>| amount.zip(demand.sought[p], without_rounding);
        let (not_shipped, has_route) = (left(allocation.not_shipped[p]), allocation.has_route[p]);
        let at_border = not_shipped * (-has_route + 1.0);
        let by_money = left(allocation.not_paid[p].min(not_shipped)) * has_route;
        let by_logistics = left((not_shipped - by_money - at_border).max(Lanes::ZERO));
        let (by_policy, by_supply) = (demand.not_permitted[p], demand.not_supplied[p]);
        let mut not_served = by_supply + by_policy + not_shipped;
        let mut causes = [by_supply, by_policy, by_logistics, by_money, at_border];
        if let Some(carry) = self.corridor.spec.products[p].carry {
            let waits = inputs.value(carry);
            self.observe_waiting(p, causes.map(|cause| cause * waits), month);
            let is_lost = -waits + 1.0;
            (not_served, causes) = (not_served * is_lost, causes.map(|cause| cause * is_lost));
        }
        let mut observe = |metric: block::Trade, figure| {
            month.add_up([own, group, 0].map(|first| metric.after(first)), figure);
        };
        observe(block::Trade::Wanted, demand.wanted[p]);
        observe(block::Trade::Volume, allocation.volume[p]);
        observe(block::Trade::Value, allocation.volume[p] * self.prices.price[p]);
        observe(block::Trade::Unmet, not_served);
        for (cause, lost) in Cause::ALL.into_iter().zip(causes) {
            month.add_up([own, group, 0].map(|first| block::Trade::unmet(cause, first)), lost);
        }
        month.set(block::Product::Price.after(own + block::Trade::WITH_CAUSES), self.prices.price[p]);
    }

    /// Writes what of a product is still wanted in the next month, by the cause that kept it back.
    #[inline(always)]
    fn observe_waiting(&self, p: usize, causes: [Lanes<N>; 5], month: &mut Ledger<N>) {
        let Some(waiting) = &self.corridor.metrics.waiting else { return };
        let group = self.corridor.spec.products[p].group.0;
        for metric in [waiting.products[p], waiting.groups[group], Some(waiting.total)].into_iter().flatten()
        {
            month.add(metric, self.demand.waiting[p]);
        }
        for (cause, waits) in Cause::ALL.into_iter().zip(causes) {
            month.add(Waiting::of(waiting.total, cause), waits);
        }
    }

    #[inline(always)]
    fn observe_routes(&self, month: &mut Ledger<N>) {
        for r in 0..self.corridor.spec.routes.len() {
            let at = self.corridor.metrics.routes + r * block::Route::LEN;
            month.set(block::Route::Throughput.after(at), self.allocation.throughput[r]);
            month.set(block::Route::Capacity.after(at), self.routes.capacity[r]);
        }
    }

    #[inline(always)]
    fn observe_money(&self, month: &mut Ledger<N>) {
        for (i, &income) in self.finance.income.iter().enumerate() {
            let at = self.corridor.metrics.earnings + i * block::Earnings::LEN;
            month.set(block::Earnings::Income.after(at), income);
        }
        let Some(at) = self.corridor.metrics.money else { return };
        month.set(block::Money::Cash.after(at), self.finance.cash);
        month.set(block::Money::Spent.after(at), self.finance.spent);
        month.set(block::Money::Kept.after(at), self.finance.kept);
    }

    #[inline(always)]
    fn observe_credit(&self, month: &mut Ledger<N>) {
        let Some(at) = self.corridor.metrics.credit else { return };
        let done = &self.finance.credit.month;
        let figures = [
            (block::Credit::Drawn, done.drawn),
            (block::Credit::Interest, done.interest),
            (block::Credit::Due, done.due),
            (block::Credit::Repaid, done.repaid),
            (block::Credit::Exposure, done.exposure),
            (block::Credit::WrittenOff, done.written_off),
            (block::Credit::Debt, done.debt),
            (block::Credit::Arrears, done.arrears),
            (block::Credit::Defaulted, done.defaulted),
        ];
        for (metric, figure) in figures {
            month.set(metric.after(at), figure);
        }
        let at = at + block::Credit::LEN;
        month.set(block::Lender::Flow.after(at), done.repaid - done.drawn);
        month.set(block::Lender::Npv.after(at), done.npv);
    }

    #[inline(always)]
    fn observe_events(&self, month: &mut Ledger<N>) {
        for (e, dates) in self.timeline.events.iter().enumerate() {
            let at = self.corridor.metrics.events + e * block::Event::LEN;
            month.set(block::Event::Started.after(at), has_begun(dates.start, self.next_step));
            month.set(block::Event::Progress.after(at), self.progress.share[e]);
        }
    }

    #[inline(always)]
    fn observe_projects(&self, month: &mut Ledger<N>) {
        for (p, site) in self.projects.sites.iter().enumerate() {
            let at = self.corridor.metrics.projects + p * block::Project::LEN;
            month.set(block::Project::Spent.after(at), site.spent);
            month.set(block::Project::Unfunded.after(at), site.pace - site.spent);
            let finished = has_ended(self.timeline.projects[p].end, self.next_step);
            month.set(block::Project::Progress.after(at), site.progress(finished));
            month.set(block::Project::Finished.after(at), finished);
        }
    }

    #[inline(always)]
    fn observe_shocks(&self, inputs: &Inputs<N>, month: &mut Ledger<N>) {
        for (s, shock) in self.corridor.spec.shocks.iter().enumerate() {
            let at = self.corridor.metrics.shocks + s * block::Shock::LEN;
            month.set(block::Shock::On.after(at), inputs.shock(shock.on));
        }
    }

    /// Writes noises and random paths; without any, this costs nothing.
    #[inline(always)]
    fn observe_factors(&self, inputs: &Inputs<N>, month: &mut Ledger<N>) {
        let (first, factors) = &self.corridor.metrics.factors;
        for (index, factor) in factors.iter().enumerate() {
            month.set(first + index, path::factor(*factor, inputs));
        }
    }
}
