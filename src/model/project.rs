//! Projects: built as fast as time and money allow.

use super::corridor::Corridor;
use super::finance::Finance;
use super::timeline::{Timeline, has_begun, share_of_month_after};
use crate::batch::{Inputs, Lanes};

/// A project counts as paid when at most this share of its cost is missing: the rounding error of a sum of
/// payments.
const PAID_BUT: f64 = 1e-12;
/// The shortest build time, months: the pace divides by it.
const LEAST_BUILD_MONTHS: f64 = 1e-9;

/// A smaller share of spending counts as zero: it is the rounding error of exhausted cash, and must have no
/// effects.
const LEAST_SHARE: f64 = 1e-9;

/// The projects of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Projects<const N: usize> {
    pub(super) sites: Vec<Site<N>>,
}

/// One project, USD.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<const N: usize> {
    /// Its cost with the overrun.
    cost: Lanes<N>,
    /// The most that can be spent in a full month.
    fastest: Lanes<N>,
    /// Spent so far.
    total: Lanes<N>,
    /// The most that could be spent this month.
    pub(super) pace: Lanes<N>,
    /// Spent this month.
    pub(super) spent: Lanes<N>,
}

impl<const N: usize> Site<N> {
    /// The share of the cost that is spent; for a project without cost, whether it is finished.
    #[inline(always)]
    pub(super) fn progress(&self, finished: Lanes<N>) -> Lanes<N> {
        let spent = self.total.share_of(self.cost).min(Lanes::ONE);
        Lanes::select(self.cost.above(Lanes::ZERO), spent, finished)
    }

    #[inline(always)]
    fn is_paid(&self) -> Lanes<N> {
        self.total.at_least(self.cost * (1.0 - PAID_BUT))
    }
}

impl<const N: usize> Projects<N> {
    pub(super) fn new(count: usize) -> Self {
        let zero = Lanes::ZERO;
        Self { sites: vec![Site { cost: zero, fastest: zero, total: zero, pace: zero, spent: zero }; count] }
    }

    /// Starts a new batch of runs: nothing is built.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (site, project) in self.sites.iter_mut().zip(&corridor.spec.projects) {
            let planned = inputs.value(project.cost_usd);
            let build = inputs.value(project.build_months).max(Lanes::splat(LEAST_BUILD_MONTHS));
            *site = Site {
                cost: planned * inputs.value(project.overrun),
                fastest: planned / build,
                total: Lanes::ZERO,
                pace: Lanes::ZERO,
                spent: Lanes::ZERO,
            };
        }
    }

    /// Last month's spending on a project as a share of the most that can be spent in a month.
    #[inline(always)]
    pub(super) fn last_pace(&self, project: usize) -> Lanes<N> {
        let site = &self.sites[project];
        if site.spent.is_zero() {
            return Lanes::ZERO;
        }
        site.spent.share_of(site.fastest).min(Lanes::ONE).map(without_remainder)
    }

    /// Last month's spending on a project as a share of its whole cost.
    #[inline(always)]
    pub(super) fn last_portion(&self, project: usize) -> Lanes<N> {
        let site = &self.sites[project];
        if site.spent.is_zero() {
            return Lanes::ZERO;
        }
        site.spent.share_of(site.cost).map(without_remainder)
    }

    /// Sets the most that can be spent in the month `step`; nothing is spent yet.
    #[inline(always)]
    pub(super) fn plan(&mut self, timeline: &Timeline<N>, step: usize) {
        for (site, dates) in self.sites.iter_mut().zip(&timeline.projects) {
            let left = (site.cost - site.total).max(Lanes::ZERO);
            site.pace = (site.fastest * share_of_month_after(dates.start, step)).min(left);
            site.spent = Lanes::ZERO;
        }
    }

    /// Pays for the projects of one class: first those that only credit pays for, then the others, with equal
    /// shares in each step. Those that a third party pays for are always built.
    #[inline(always)]
    pub(super) fn build(&mut self, corridor: &Corridor, class: &[usize], finance: &mut Finance<N>) {
        let projects = &corridor.spec.projects;
        if class.iter().fold(true, |idle, &p| idle & self.sites[p].pace.is_zero()) {
            return;
        }
        for &p in class.iter().filter(|&&p| projects[p].grant) {
            self.sites[p].spent = self.sites[p].pace;
        }
        self.build_on_credit(corridor, class, finance);
        let credit = corridor.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        let on_credit = |p: usize| credit.is_some_and(|credit| credit.projects[p]);
        let bought = || class.iter().copied().filter(|&p| !projects[p].grant && !projects[p].credit_only);
        let (mut creditable, mut other) = (Lanes::ZERO, Lanes::ZERO);
        for p in bought() {
            let cost = if on_credit(p) { &mut creditable } else { &mut other };
            *cost += self.sites[p].pace;
        }
        let shares = finance.shares(creditable, other);
        let mut bill = Lanes::ZERO;
        for p in bought() {
            let site = &mut self.sites[p];
            site.spent = site.pace * if on_credit(p) { shares.creditable } else { shares.other };
            bill += site.spent;
        }
        finance.pay(bill);
    }

    #[inline(always)]
    fn build_on_credit(&mut self, corridor: &Corridor, class: &[usize], finance: &mut Finance<N>) {
        let lent = || class.iter().copied().filter(|&p| corridor.spec.projects[p].credit_only);
        let cost = lent().fold(Lanes::ZERO, |cost, p| cost + self.sites[p].pace);
        let share = finance.credit_share(cost);
        let mut bill = Lanes::ZERO;
        for p in lent() {
            let site = &mut self.sites[p];
            site.spent = site.pace * share;
            bill += site.spent;
        }
        finance.pay_on_credit(bill);
    }

    /// Ends the month `step`: projects that are fully paid are finished, and get a date.
    #[inline(always)]
    pub(super) fn close(&mut self, timeline: &mut Timeline<N>, step: usize) {
        let end_of_month = Lanes::splat(step as f64 + 1.0);
        for (site, dates) in self.sites.iter_mut().zip(&mut timeline.projects) {
            site.total += site.spent;
            let finishes = has_begun(dates.start, step) * site.is_paid() * dates.end.above(end_of_month);
            dates.end = Lanes::select(finishes, end_of_month, dates.end);
        }
    }
}

/// A share, or 0 if it is only the rounding error of cash that others have used up.
#[inline(always)]
fn without_remainder(share: f64) -> f64 {
    if share < LEAST_SHARE { 0.0 } else { share }
}
