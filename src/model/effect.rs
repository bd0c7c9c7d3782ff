//! What events, projects and shocks change: parameters are multiplied, added to, or set.

use super::progress::{self, Progress};
use crate::batch::{Inputs, Lanes};
use crate::kernel::for_every_processor;
use crate::plan::{Change, CorridorSpec, EarningsId, EffectSpec, ProductId, RouteId, Target};

/// One change of one parameter, ready to apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Effect {
    /// The index of its trigger in [`Progress`].
    trigger: usize,
    change: Change,
}

/// The changes of every parameter that has any: multiplications first, then additions, settings and pulses,
/// each in file order.
#[derive(Debug, Clone, Default)]
struct Effects {
    by_target: Vec<(Target, Vec<Effect>)>,
}

impl Effects {
    fn new(spec: &CorridorSpec) -> Self {
        let mut effects = Self::default();
        for EffectSpec { trigger, targets, change } in &spec.effects {
            let effect = Effect { trigger: progress::index(spec, *trigger), change: *change };
            for &target in targets {
                effects.of_mut(target).push(effect);
            }
        }
        for (_, list) in &mut effects.by_target {
            list.sort_by_key(|effect| rank(effect.change));
        }
        effects
    }

    fn of_mut(&mut self, target: Target) -> &mut Vec<Effect> {
        let index = self.by_target.iter().position(|(t, _)| *t == target).unwrap_or_else(|| {
            self.by_target.push((target, Vec::new()));
            self.by_target.len() - 1
        });
        &mut self.by_target[index].1
    }

    /// The changes of one parameter, looked up once before the runs.
    fn of(&self, target: Target) -> Vec<Effect> {
        self.by_target.iter().find(|(t, _)| *t == target).map(|(_, list)| list.clone()).unwrap_or_default()
    }
}

/// The order in which changes apply to one parameter.
fn rank(change: Change) -> u8 {
    match change {
        Change::Multiply(_) => 0,
        Change::Add(_) => 1,
        Change::Set(_) => 2,
        Change::Pulse(_) => 3,
    }
}

/// The parameter `x` after its changes; never below zero.
#[inline(always)]
pub(super) fn apply<const N: usize>(
    effects: &[Effect],
    x: Lanes<N>,
    progress: &Progress<N>,
    inputs: &Inputs<N>,
) -> Lanes<N> {
    if effects.is_empty() { x } else { changed(effects, x, progress, inputs) }
}

for_every_processor! {
    /// Most parameters have no changes. Inlined at every call, this function would be the larger part of the
    /// model's code and of its compile time, and save only 2% of a run: so it is a function of its own.
    fn changed<const N: usize>(
        effects: &[Effect],
        x: Lanes<N>,
        progress: &Progress<N>,
        inputs: &Inputs<N>,
    ) -> Lanes<N> {
        let mut x = x;
        for effect in effects {
            let is_pulse = matches!(effect.change, Change::Pulse(_));
            let of = if is_pulse { &progress.portion } else { &progress.share };
            let s = of[effect.trigger];
            if s.is_zero() {
                continue;
            }
            x = match effect.change {
                Change::Multiply(m) => x * (s * (inputs.value(m) - 1.0) + 1.0),
                Change::Add(a) | Change::Pulse(a) => x + s * inputs.value(a),
                Change::Set(v) => x + s * (inputs.value(v) - x),
            };
        }
        x.max(Lanes::ZERO)
    }
}

/// The lists of changes by parameter.
#[derive(Debug, Clone)]
pub(super) struct EffectTable {
    pub(super) demand: Vec<Vec<Effect>>,
    pub(super) ceiling: Vec<Vec<Effect>>,
    pub(super) price: Vec<Vec<Effect>>,
    pub(super) supply: Vec<Vec<Effect>>,
    pub(super) permitted: Vec<Vec<Effect>>,
    pub(super) capacity: Vec<Vec<Effect>>,
    pub(super) freight: Vec<Vec<Effect>>,
    pub(super) cash: Vec<Effect>,
    pub(super) earnings: Vec<Vec<Effect>>,
    pub(super) payments: Vec<Effect>,
    pub(super) credit_limit: Vec<Effect>,
    pub(super) credit_drawdown: Vec<Effect>,
}

impl EffectTable {
    pub(super) fn new(spec: &CorridorSpec) -> Self {
        let effects = Effects::new(spec);
        let products = |target: fn(ProductId) -> Target| {
            (0..spec.products.len()).map(|p| effects.of(target(ProductId(p)))).collect()
        };
        let routes = |target: fn(RouteId) -> Target| {
            (0..spec.routes.len()).map(|r| effects.of(target(RouteId(r)))).collect()
        };
        let streams = spec.finance.as_ref().map_or(0, |finance| finance.earnings.len());
        Self {
            demand: products(Target::Demand),
            ceiling: products(Target::Ceiling),
            price: products(Target::Price),
            supply: products(Target::Supply),
            permitted: products(Target::Permitted),
            capacity: routes(Target::Capacity),
            freight: routes(Target::Freight),
            cash: effects.of(Target::Cash),
            earnings: (0..streams).map(|i| effects.of(Target::Earnings(EarningsId(i)))).collect(),
            payments: effects.of(Target::Payments),
            credit_limit: effects.of(Target::CreditLimit),
            credit_drawdown: effects.of(Target::CreditDrawdown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Number::Fixed;

    fn after(changes: &[(usize, Change)], share: [f64; 3], portion: f64) -> f64 {
        let effect = |&(trigger, change): &(usize, Change)| Effect { trigger, change };
        let mut effects: Vec<Effect> = changes.iter().map(effect).collect();
        effects.sort_by_key(|effect| rank(effect.change));
        let progress = Progress::of(share.map(|s| Lanes([s])).to_vec(), vec![Lanes([portion]); 3]);
        apply(&effects, Lanes([10.0]), &progress, &Inputs::<1>::new(0, 0)).0[0]
    }

    #[test]
    fn multiplications_come_first_then_additions_then_settings() {
        let changes =
            [(0, Change::Set(Fixed(100.0))), (1, Change::Add(Fixed(5.0))), (2, Change::Multiply(Fixed(3.0)))];
        let after = |share| after(&changes, share, 0.0);
        assert_eq!(after([0.0, 0.0, 0.0]), 10.0);
        assert_eq!(after([0.0, 1.0, 0.5]), 25.0);
        assert_eq!(after([0.5, 1.0, 0.5]), 62.5);
        assert_eq!(after([1.0, 1.0, 1.0]), 100.0);
    }

    #[test]
    fn a_pulse_comes_last_and_counts_by_the_portion_of_the_month() {
        let changes = [(0, Change::Pulse(Fixed(60.0))), (1, Change::Set(Fixed(0.0)))];
        assert_eq!(after(&changes, [1.0, 1.0, 0.0], 0.25), 15.0);
    }
}
