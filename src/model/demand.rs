//! Demand: potential that grows to a ceiling, what buyers want of it, and how much of that policy permits and
//! the seller offers.

use super::corridor::Corridor;
use super::effect::apply;
use super::landed::Landed;
use super::path::{MOST, log_of_drivers};
use super::price::Prices;
use super::progress::Progress;
use super::timeline::Timeline;
use crate::batch::{Inputs, Lanes};
use crate::kernel;
use crate::plan::{ProductSpec, Start, SupplySpec};

/// A lower ceiling, in tonnes a month, is raised to this: the formula divides by it.
const LEAST_CEILING_T: f64 = 1e-9;

/// A lower ratio of the landed price to that at the start is raised to this: demand for a free product must
/// stay finite.
const LEAST_PRICE: f64 = 1e-3;

/// What the demand of a month depends on besides its own state.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a, const N: usize> {
    pub(super) corridor: &'a Corridor,
    pub(super) inputs: &'a Inputs<N>,
    pub(super) timeline: &'a Timeline<N>,
    pub(super) progress: &'a Progress<N>,
    pub(super) prices: &'a Prices<N>,
    pub(super) landed: &'a Landed<N>,
    pub(super) step: usize,
}

/// The demand of `N` runs, by product.
#[derive(Debug, Clone)]
pub(super) struct Demand<const N: usize> {
    /// Potential demand this month, t.
    pub(super) potential: Vec<Lanes<N>>,
    /// exp(−growth) of one month.
    decay: Vec<Lanes<N>>,
    /// What is still wanted of what was not served so far, t: at the end of the month; nothing before the
    /// first.
    pub(super) waiting: Vec<Lanes<N>>,
    /// What buyers newly want this month, t.
    pub(super) wanted: Vec<Lanes<N>>,
    /// Newly wanted and waiting, t.
    to_serve: Vec<Lanes<N>>,
    /// What of it policy doesn't permit, t.
    pub(super) not_permitted: Vec<Lanes<N>>,
    /// What of the rest the seller can't offer, t.
    pub(super) not_supplied: Vec<Lanes<N>>,
    /// What is left, t: it seeks capacity and money.
    pub(super) sought: Vec<Lanes<N>>,
}

impl<const N: usize> Demand<N> {
    pub(super) fn new(count: usize) -> Self {
        let zeros = || vec![Lanes::ZERO; count];
        Self {
            potential: zeros(),
            decay: zeros(),
            waiting: zeros(),
            wanted: zeros(),
            to_serve: zeros(),
            not_permitted: zeros(),
            not_supplied: zeros(),
            sought: zeros(),
        }
    }

    /// Sets the levels of a new batch of runs: those of the base year, grown to the first month.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let growth = inputs.value(product.growth);
            let age = match product.start {
                Start::Base => corridor.spec.base_age_months,
                Start::Month(month) => f64::from(-month).max(0.0),
                Start::Milestone(_) => 0.0,
            };
            self.decay[p] = (-growth).map(kernel::exp);
            let aged = (growth * -age).map(kernel::exp);
            let level = inputs.value(product.level_t);
            self.potential[p] = match product.ceiling_t {
                None => unbounded(level, aged),
                Some(ceiling) => logistic(level, inputs.value(ceiling), aged),
            };
            self.waiting[p] = Lanes::ZERO;
        }
    }

    /// Computes what is wanted at the start of the run of the products that are traded then, as far as policy
    /// permits and the seller offers it, without season, noise and effects.
    pub(super) fn start(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let is_traded = match product.start {
                Start::Base => true,
                Start::Month(month) => month <= 0,
                Start::Milestone(_) => false,
            };
            let allowed = self.potential[p] * inputs.value(product.permitted).min(Lanes::ONE);
            let offered = product.supply.map_or(allowed, |supply| allowed.min(inputs.value(supply.level_t)));
            self.sought[p] = if is_traded { offered } else { Lanes::ZERO };
        }
    }

    /// Computes what is wanted, permitted and offered this month.
    #[inline(always)]
    pub(super) fn step(&mut self, around: Surroundings<'_, N>) {
        let most = Lanes::splat(MOST);
        for (p, product) in around.corridor.spec.products.iter().enumerate() {
            let wanted = self.asked(p, product, around).min(most);
            (self.wanted[p], self.to_serve[p]) = (wanted, wanted);
            if product.carry.is_some() {
                self.wanted[p] = wanted.min(most - self.waiting[p]);
                self.to_serve[p] = self.wanted[p] + self.waiting[p];
            }
            self.seek(p, product, around);
        }
    }

    /// What is newly wanted.
    ///
    /// # Formula
    /// potential · season · noise · drivers · (landed price / that of the start)^elasticity, then effects,
    /// then · the share of the month since the start, which comes last so that no effect creates demand
    /// before it. Exponents are added up before one exponential is taken.
    #[inline(always)]
    fn asked(&self, p: usize, product: &ProductSpec, around: Surroundings<'_, N>) -> Lanes<N> {
        let Surroundings { corridor, inputs, timeline, progress, step, .. } = around;
        let mut asked = self.potential[p] * product.season[corridor.month_of_year(step)];
        let elasticity = corridor.elasticity[p];
        let moves = product.noise.is_some() || !product.drivers.is_empty() || elasticity.is_some();
        if moves {
            let mut log = log_of_drivers(&product.drivers, &corridor.spec.drivers, inputs);
            if let Some(noise) = product.noise {
                log += inputs.shock(noise);
            }
            if let Some(elasticity) = elasticity {
                log += inputs.value(elasticity) * log_price_ratio(p, product, around);
            }
            log = log.map(kernel::exp);
            asked = (asked * log).min(Lanes::splat(MOST));
        }
        asked = apply(&corridor.effects.demand[p], asked, progress, inputs);
        match active(product.start, timeline, step) {
            None => asked,
            Some(active) => asked * active,
        }
    }

    /// Computes what of the wanted amount, new or waiting, policy permits and the seller offers.
    ///
    /// # Formula
    /// not permitted = wanted·(1 − π); not supplied = max(0, wanted·π − S).
    #[inline(always)]
    fn seek(&mut self, p: usize, product: &ProductSpec, around: Surroundings<'_, N>) {
        let Surroundings { corridor, inputs, progress, .. } = around;
        let permitted = inputs.value(product.permitted);
        let permitted = apply(&corridor.effects.permitted[p], permitted, progress, inputs).min(Lanes::ONE);
        let allowed = self.to_serve[p] * permitted;
        self.not_permitted[p] = self.to_serve[p] - allowed;
        self.sought[p] = allowed;
        if let Some(SupplySpec { level_t, noise }) = product.supply {
            let mut supply = inputs.value(level_t);
            if let Some(noise) = noise {
                supply = (supply * inputs.shock(noise).map(kernel::exp)).min(Lanes::splat(MOST));
            }
            let supply = apply(&corridor.effects.supply[p], supply, progress, inputs);
            self.sought[p] = allowed.min(supply);
            self.not_supplied[p] = allowed - self.sought[p];
        }
    }

    /// Ends the month: potential of the products that have started grows, and what was not served waits or is
    /// lost.
    #[inline(always)]
    pub(super) fn advance(&mut self, around: Surroundings<'_, N>, not_shipped: &[Lanes<N>]) {
        let Surroundings { corridor, inputs, timeline, progress, step, .. } = around;
        for (p, product) in corridor.spec.products.iter().enumerate() {
            if let Some(carry) = product.carry {
                let not_served = self.not_permitted[p] + self.not_supplied[p] + not_shipped[p];
                self.waiting[p] = inputs.value(carry) * not_served;
            }
            let (level, decay) = (self.potential[p], self.decay[p]);
            let next = match product.ceiling_t {
                None => unbounded(level, decay),
                Some(ceiling) => {
                    let ceiling =
                        apply(&corridor.effects.ceiling[p], inputs.value(ceiling), progress, inputs);
                    logistic(level, ceiling, decay)
                }
            };
            self.potential[p] = match active(product.start, timeline, step) {
                None => next,
                Some(active) => Lanes::select(active.above(Lanes::ZERO), next, self.potential[p]),
            };
        }
    }
}

/// ln(landed price / landed price at the start); 0 where the latter is zero.
#[inline(always)]
fn log_price_ratio<const N: usize>(p: usize, product: &ProductSpec, around: Surroundings<'_, N>) -> Lanes<N> {
    let Surroundings { inputs, prices, landed, .. } = around;
    let now = prices.price[p] + landed.freight[p];
    let start = inputs.value(product.price.level_usd_per_t) + landed.start[p];
    now.zip(start, |now, start| if start > 0.0 { kernel::ln((now / start).max(LEAST_PRICE)) } else { 0.0 })
}

/// The share of the month in which the product is wanted; `None` if it is wanted in all months of all runs.
#[inline(always)]
fn active<const N: usize>(start: Start, timeline: &Timeline<N>, step: usize) -> Option<Lanes<N>> {
    match start {
        Start::Base => None,
        Start::Month(month) => Some(Lanes::splat(f64::from(u8::from(step as f64 >= f64::from(month))))),
        Start::Milestone(milestone) => Some(timeline.share_since(milestone, step)),
    }
}

/// Growth without a ceiling over some time: D' = D·e^(g·t); `decay` is e^(−g·t).
#[inline(always)]
fn unbounded<const N: usize>(level: Lanes<N>, decay: Lanes<N>) -> Lanes<N> {
    (level / decay).min(Lanes::splat(MOST))
}

/// Logistic growth over some time, exactly.
///
/// # Formula
/// D' = 1 / (1/K + (1/D − 1/K)·e^(−g·t)), the solution of dD/dt = g·D·(1 − D/K); `decay` is e^(−g·t). Above
/// its ceiling potential falls back to it at the rate |g|: with a negative g the equation would let it
/// explode there.
#[inline(always)]
fn logistic<const N: usize>(level: Lanes<N>, ceiling: Lanes<N>, decay: Lanes<N>) -> Lanes<N> {
    let mut next = level;
    for run in 0..N {
        let (d, k, e) = (level.0[run], ceiling.0[run].max(LEAST_CEILING_T), decay.0[run]);
        let e = if d > k && e > 1.0 { 1.0 / e } else { e };
        // The formula multiplied by D/D: for a level far above its ceiling the form of the doc comment would
        // lose digits by cancellation.
        next.0[run] = d / (d / k * (1.0 - e) + e);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_the_exact_logistic_curve() {
        // K 40, x₀ 18, r 0.10: x(6 years) = 23.94106031
        let decay = Lanes([libm::exp(-0.1 / 12.0)]);
        let mut x = Lanes([18.0]);
        for _ in 0..72 {
            x = logistic(x, Lanes([40.0]), decay);
        }
        assert!((x.0[0] - 23.941_060_31).abs() < 5e-9, "{}", x.0[0]);
    }

    #[test]
    fn nothing_stays_nothing_and_no_ceiling_is_exponential() {
        let decay = Lanes([0.9]);
        assert_eq!(logistic(Lanes([0.0]), Lanes([5.0]), decay), Lanes([0.0]));
        assert_eq!(unbounded(Lanes([9.0]), decay), Lanes([10.0]));
    }

    #[test]
    fn above_its_ceiling_potential_falls_back_whatever_the_sign_of_growth() {
        for decay in [0.9, 1.1] {
            let mut x = Lanes([20.0]);
            for _ in 0..300 {
                let next = logistic(x, Lanes([10.0]), Lanes([decay]));
                assert!(next.0[0] < x.0[0] && next.0[0] >= 10.0 - 1e-9);
                x = next;
                if x.0[0] < 10.0 + 1e-6 {
                    break;
                }
            }
            assert!((x.0[0] - 10.0).abs() < 1e-5);
        }
    }
}
