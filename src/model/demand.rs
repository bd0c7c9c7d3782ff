//! Demand: potential that grows to a ceiling, times season, noise and effects.

use super::corridor::Corridor;
use super::effect::apply;
use super::event::Events;
use super::spec::Start;
use crate::batch::{Inputs, Lanes};
use crate::kernel;

/// A ceiling below this many tonnes a month is taken as this: growth towards nothing isn't defined.
const LEAST_CEILING_T: f64 = 1e-9;

/// The most that is ever wanted in a month, t: growth without an end must not leave what numbers can hold.
const MOST_T: f64 = 1e30;

/// The demand of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Demand<const N: usize> {
    /// Potential demand this month, t.
    potential: Vec<Lanes<N>>,
    /// exp(−growth) of one month.
    decay: Vec<Lanes<N>>,
    /// What buyers want this month, t.
    pub(super) wanted: Vec<Lanes<N>>,
}

impl<const N: usize> Demand<N> {
    pub(super) fn new(count: usize) -> Self {
        let room = || vec![Lanes::ZERO; count];
        Self { potential: room(), decay: room(), wanted: room() }
    }

    /// Levels of a new batch of runs: those of the base year, grown to the first month.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let growth = inputs.value(product.growth);
            let age = match product.start {
                Start::Base => corridor.spec.base_age_months,
                Start::Month(month) => f64::from(-month).max(0.0),
                Start::Event(_) => 0.0,
            };
            let ceiling = product.ceiling_t.map(|ceiling| inputs.value(ceiling));
            self.decay[p] = (-growth).map(kernel::exp);
            let aged = (growth * -age).map(kernel::exp);
            self.potential[p] = logistic(inputs.value(product.level_t), ceiling, aged);
        }
    }

    /// What is wanted in the month `step`.
    ///
    /// # Formula
    /// wanted = potential · season · noise, then effects, then · the share of the month since the start: no effect makes
    /// anybody want what isn't known yet.
    pub(super) fn step(&mut self, corridor: &Corridor, inputs: &Inputs<N>, events: &Events<N>, step: usize) {
        let season = corridor.month_of_year(step);
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let mut wanted = self.potential[p] * product.season[season];
            if let Some(noise) = product.noise {
                wanted = wanted * inputs.shock(noise);
            }
            wanted = apply(&corridor.effects().demand[p], wanted, &events.progress, inputs);
            if let Some(active) = active(product.start, events, step) {
                wanted = wanted * active;
            }
            self.wanted[p] = wanted.min(Lanes::splat(MOST_T));
        }
    }

    /// Moves potential demand on by a month, for the products that have started.
    pub(super) fn advance(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        events: &Events<N>,
        step: usize,
    ) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let ceiling = product.ceiling_t.map(|ceiling| {
                apply(&corridor.effects().ceiling[p], inputs.value(ceiling), &events.progress, inputs)
            });
            let next = logistic(self.potential[p], ceiling, self.decay[p]);
            self.potential[p] = match active(product.start, events, step) {
                None => next,
                Some(active) => Lanes::select(active.above(Lanes::ZERO), next, self.potential[p]),
            };
        }
    }
}

/// The share of the month in which the product is wanted; `None` for always.
fn active<const N: usize>(start: Start, events: &Events<N>, step: usize) -> Option<Lanes<N>> {
    match start {
        Start::Base => None,
        Start::Month(month) => Some(Lanes::splat(f64::from(u8::from(step as f64 >= f64::from(month))))),
        Start::Event(event) => Some(events.share_since_start(event, step)),
    }
}

/// Logistic growth over some time, exactly.
///
/// # Formula
/// D' = 1 / (1/K + (1/D − 1/K)·e^(−g·t)), the solution of dD/dt = g·D·(1 − D/K); `decay` is e^(−g·t). Without a
/// ceiling D' = D·e^(g·t). Above its ceiling potential falls back to it at the rate |g|: the equation would let it
/// explode there when g is negative.
#[inline]
fn logistic<const N: usize>(level: Lanes<N>, ceiling: Option<Lanes<N>>, decay: Lanes<N>) -> Lanes<N> {
    let Some(ceiling) = ceiling else { return (level / decay).min(Lanes::splat(MOST_T)) };
    let mut next = level;
    for run in 0..N {
        let (d, k, e) = (level.0[run], ceiling.0[run].max(LEAST_CEILING_T), decay.0[run]);
        let e = if d > k && e > 1.0 { 1.0 / e } else { e };
        // The formula times d/d: a level of many times its ceiling would cancel in the other form.
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
            x = logistic(x, Some(Lanes([40.0])), decay);
        }
        assert!((x.0[0] - 23.941_060_31).abs() < 5e-9, "{}", x.0[0]);
    }

    #[test]
    fn nothing_stays_nothing_and_no_ceiling_is_exponential() {
        let decay = Lanes([0.9]);
        assert_eq!(logistic(Lanes([0.0]), Some(Lanes([5.0])), decay), Lanes([0.0]));
        assert_eq!(logistic(Lanes([9.0]), None, decay), Lanes([10.0]));
    }

    #[test]
    fn above_its_ceiling_potential_falls_back_whatever_the_sign_of_growth() {
        for decay in [0.9, 1.1] {
            let mut x = Lanes([20.0]);
            for _ in 0..300 {
                let next = logistic(x, Some(Lanes([10.0])), Lanes([decay]));
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
