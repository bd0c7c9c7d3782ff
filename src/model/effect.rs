//! What events change: parameters multiplied, added to, set.

use super::corridor::Corridor;
use super::spec::{Change, EventId, Target};
use crate::batch::{Inputs, Lanes};

/// One change of one parameter, ready to apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Effect {
    event: EventId,
    change: Change,
}

/// The changes of every parameter that has any: multiplications first, then additions, then settings, each in file order.
#[derive(Debug, Clone, Default)]
pub(super) struct Effects {
    by_target: Vec<(Target, Vec<Effect>)>,
}

impl Effects {
    pub(super) fn new(specs: &[super::EffectSpec]) -> Self {
        let mut effects = Self::default();
        for spec in specs {
            for &target in &spec.targets {
                effects.of_mut(target).push(Effect { event: spec.event, change: spec.change });
            }
        }
        for (_, list) in &mut effects.by_target {
            list.sort_by_key(|effect| rank(effect.change));
        }
        effects
    }

    fn of_mut(&mut self, target: Target) -> &mut Vec<Effect> {
        let place = self.by_target.iter().position(|(t, _)| *t == target).unwrap_or_else(|| {
            self.by_target.push((target, Vec::new()));
            self.by_target.len() - 1
        });
        &mut self.by_target[place].1
    }

    /// The changes of one parameter, looked up once before the runs.
    pub(super) fn of(&self, target: Target) -> Vec<Effect> {
        self.by_target.iter().find(|(t, _)| *t == target).map(|(_, list)| list.clone()).unwrap_or_default()
    }
}

fn rank(change: Change) -> u8 {
    match change {
        Change::Multiply(_) => 0,
        Change::Add(_) => 1,
        Change::Set(_) => 2,
    }
}

/// The parameter `x` after its changes, given the events' progress; never below zero.
#[inline]
pub(super) fn apply<const N: usize>(
    effects: &[Effect],
    mut x: Lanes<N>,
    progress: &[Lanes<N>],
    inputs: &Inputs<N>,
) -> Lanes<N> {
    if effects.is_empty() {
        return x;
    }
    for effect in effects {
        let s = progress[effect.event.0];
        x = match effect.change {
            Change::Multiply(m) => x * (s * (inputs.value(m) - 1.0) + 1.0),
            Change::Add(a) => x + s * inputs.value(a),
            Change::Set(v) => x + s * (inputs.value(v) - x),
        };
    }
    x.max(Lanes::ZERO)
}

/// The lists of changes by the place where they are used.
#[derive(Debug, Clone)]
pub(super) struct EffectTable {
    pub(super) demand: Vec<Vec<Effect>>,
    pub(super) ceiling: Vec<Vec<Effect>>,
    pub(super) price: Vec<Vec<Effect>>,
    pub(super) capacity: Vec<Vec<Effect>>,
    pub(super) freight: Vec<Vec<Effect>>,
    pub(super) cash: Vec<Effect>,
    pub(super) credit_limit: Vec<Effect>,
    pub(super) credit_drawdown: Vec<Effect>,
}

impl EffectTable {
    pub(super) fn new(spec: &super::CorridorSpec) -> Self {
        let effects = Effects::new(&spec.effects);
        let products = |target: fn(super::ProductId) -> Target| {
            (0..spec.products.len()).map(|p| effects.of(target(super::ProductId(p)))).collect()
        };
        let routes = |target: fn(super::RouteId) -> Target| {
            (0..spec.routes.len()).map(|r| effects.of(target(super::RouteId(r)))).collect()
        };
        Self {
            demand: products(Target::Demand),
            ceiling: products(Target::Ceiling),
            price: products(Target::Price),
            capacity: routes(Target::Capacity),
            freight: routes(Target::Freight),
            cash: effects.of(Target::Cash),
            credit_limit: effects.of(Target::CreditLimit),
            credit_drawdown: effects.of(Target::CreditDrawdown),
        }
    }
}

impl Corridor {
    /// The changes of all parameters.
    pub(super) fn effects(&self) -> &EffectTable {
        &self.effect_table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Number::Fixed;
    use crate::model::{EffectSpec, ProductId};

    #[test]
    fn multiplications_come_first_then_additions_then_settings() {
        let target = Target::Demand(ProductId(0));
        let spec = |event, change| EffectSpec { event: EventId(event), targets: vec![target], change };
        let effects = Effects::new(&[
            spec(0, Change::Set(Fixed(100.0))),
            spec(1, Change::Add(Fixed(5.0))),
            spec(2, Change::Multiply(Fixed(3.0))),
        ])
        .of(target);
        let inputs = Inputs::<1>::new(0, 0);
        let after = |s: [f64; 3]| apply(&effects, Lanes([10.0]), &s.map(|s| Lanes([s])), &inputs).0[0];
        assert_eq!(after([0.0, 0.0, 0.0]), 10.0);
        assert_eq!(after([0.0, 1.0, 0.5]), 25.0);
        assert_eq!(after([0.5, 1.0, 0.5]), 62.5);
        assert_eq!(after([1.0, 1.0, 1.0]), 100.0);
    }
}
