//! Random events, projects, shocks and their effects.

use super::{Maker, uniform};
use corridor::batch::{Number, SeriesId};
use corridor::dist::Distribution;
use corridor::plan::{
    ChanceSpec, Change, CorridorSpec, EarningsId, EffectSpec, EventId, EventSpec, Milestone, ProductId,
    ProjectId, ProjectSpec, RouteId, ShockId, ShockSpec, Target, Trigger, WaitSpec,
};
use corridor::sample::{Process, RecurrenceSpec, SeriesSpec};

impl Maker<'_> {
    pub(super) fn event(&mut self, e: usize) -> EventSpec {
        let after = self.waits_for(Milestone::Event(EventId(e)), 0.3);
        let dated = (after.is_empty() && self.genes.happens(0.9)) || self.genes.happens(0.5);
        let planned = dated.then(|| self.genes.whole(-3, 15));
        EventSpec {
            name: format!("e{e}"),
            title: format!("E{e}"),
            planned,
            after,
            delay_months: self.number(&format!("e{e}.delay"), 0.0, 8.0),
            wait: self.genes.happens(0.25).then(|| self.wait(&format!("e{e}"))),
            chance: self.chance(&format!("e{e}")),
            ramp_months: self.number(&format!("e{e}.ramp"), 0.0, 8.0),
            lasts_months: self.maybe(0.4, &format!("e{e}.lasts"), 0.1, 9.0),
        }
    }

    fn wait(&mut self, name: &str) -> WaitSpec {
        WaitSpec {
            rate: self.number(&format!("{name}.rate"), 0.0, 0.6),
            uniform: self.drawn(&format!("{name}.wait"), 0.0, 1.0),
        }
    }

    fn chance(&mut self, name: &str) -> Option<ChanceSpec> {
        self.genes.happens(0.3).then(|| ChanceSpec {
            probability: Number::Fixed(self.genes.next()),
            uniform: self.drawn(&format!("{name}.occurs"), 0.0, 1.0),
        })
    }

    pub(super) fn project(&mut self, j: usize) -> ProjectSpec {
        let grant = self.genes.happens(0.25);
        let cost_usd = if self.genes.happens(0.1) {
            Number::Fixed(0.0)
        } else {
            self.number(&format!("j{j}.cost"), 1e4, 3e6)
        };
        ProjectSpec {
            name: format!("j{j}"),
            title: format!("J{j}"),
            planned: self.genes.happens(0.5).then(|| self.genes.whole(-3, 12)),
            needs: self.waits_for(Milestone::Project(ProjectId(j)), 0.25),
            delay_months: self.number_or(0.0, 0.5, &format!("j{j}.delay"), 0.0, 5.0),
            chance: self.chance(&format!("j{j}")),
            cost_usd,
            overrun: self.number_or(1.0, 0.5, &format!("j{j}.overrun"), 0.5, 2.0),
            build_months: self.number(&format!("j{j}.build_time"), 0.3, 9.0),
            ramp_months: self.number_or(0.0, 0.5, &format!("j{j}.ramp"), 0.0, 6.0),
            priority: 1 + [0, 1, 2][self.genes.pick(3)],
            grant,
            credit_only: !grant && self.genes.happens(0.25) && self.counts.credit,
        }
    }

    /// A shock, with its effects.
    pub(super) fn shock(&mut self, k: usize, spec: &mut CorridorSpec) {
        let SeriesId(place) = self.place();
        let mut sizes = Vec::new();
        for _ in 0..self.genes.pick(4) {
            let mut effect = EffectSpec { trigger: Trigger::Shock(ShockId(k)), ..self.effect(spec) };
            let number = number_of(&mut effect.change);
            if self.genes.happens(0.5) {
                let (name, size) = (format!("k{k}.size{}", sizes.len()), *number);
                *number = Number::Monthly(SeriesId(place + 2 + sizes.len()));
                sizes.push((name, around(size)));
            }
            spec.effects.push(effect);
        }
        let recurrence = RecurrenceSpec {
            rate: self.number(&format!("k{k}.rate"), 0.02, 0.8),
            months: self.open_months(),
            first_month: spec.horizon.start.index_in_year(),
            duration_months: uniform(self.genes.between(0.05, 2.0), self.genes.between(2.1, 9.0)),
            sizes,
        };
        self.series.push(SeriesSpec { path: format!("k{k}"), process: Process::Recurrence(recurrence) });
        let (name, title) = (format!("k{k}"), format!("K{k}"));
        spec.shocks.push(ShockSpec { name, title, on: SeriesId(place), spread: SeriesId(place + 1) });
    }

    /// All months, or some of them.
    fn open_months(&mut self) -> [bool; 12] {
        if !self.genes.happens(0.4) {
            return [true; 12];
        }
        let mut months: [bool; 12] = std::array::from_fn(|_| self.genes.happens(0.4));
        months[self.genes.pick(12)] = true;
        months
    }

    /// Effects of events and projects, in the order of a file.
    pub(super) fn effects(&mut self, spec: &CorridorSpec) -> Vec<EffectSpec> {
        if spec.events.is_empty() && spec.projects.is_empty() {
            return Vec::new();
        }
        let count = self.genes.pick(8);
        let mut effects: Vec<EffectSpec> = (0..count).map(|_| self.effect(spec)).collect();
        effects.sort_by_key(|effect| match effect.trigger {
            Trigger::Event(EventId(e)) => (0, e),
            Trigger::Project(ProjectId(j)) | Trigger::Building(ProjectId(j)) => (1, j),
            Trigger::Shock(ShockId(k)) => (2, k),
        });
        effects
    }

    fn effect(&mut self, spec: &CorridorSpec) -> EffectSpec {
        let trigger = match self.milestone() {
            Some(Milestone::Event(event)) => Trigger::Event(event),
            Some(Milestone::Project(project)) if self.genes.happens(0.4) => Trigger::Building(project),
            Some(Milestone::Project(project)) => Trigger::Project(project),
            None => Trigger::Shock(ShockId(0)),
        };
        let (target, size) = self.target(spec);
        EffectSpec { trigger, targets: vec![target], change: self.change(target, size) }
    }

    /// The parameter that an effect changes, and its approximate size.
    fn target(&mut self, spec: &CorridorSpec) -> (Target, f64) {
        let p = self.genes.pick(spec.products.len());
        let product = ProductId(p);
        let route = RouteId(self.genes.pick(spec.routes.len()));
        let mut targets = vec![
            (Target::Demand(product), 500.0),
            (Target::Ceiling(product), 500.0),
            (Target::Price(product), 500.0),
            (Target::Capacity(route), 500.0),
            (Target::Freight(route), 100.0),
            (Target::Permitted(product), 0.5),
        ];
        targets.extend(spec.products[p].supply.map(|_| (Target::Supply(product), 500.0)));
        if let Some(finance) = &spec.finance {
            targets.extend([(Target::Cash, 3e5), (Target::Payments, 0.5)]);
            targets.extend((0..finance.earnings.len()).map(|k| (Target::Earnings(EarningsId(k)), 3e5)));
            if let Some(credit) = &finance.credit {
                targets.push((Target::CreditLimit, 3e5));
                targets.extend(credit.drawdown_usd.map(|_| (Target::CreditDrawdown, 3e4)));
            }
        }
        targets[self.genes.pick(targets.len())]
    }

    fn change(&mut self, target: Target, size: f64) -> Change {
        // A factor of zero is the simplest case, and must stop the last tonne.
        let stops = self.genes.happens(0.25);
        let pulses = matches!(target, Target::Demand(_) | Target::Cash | Target::Earnings(_));
        let genes = &mut self.genes;
        match genes.pick(if pulses { 4 } else { 3 }) {
            0 if stops => Change::Multiply(Number::Fixed(0.0)),
            2 if stops => Change::Set(Number::Fixed(0.0)),
            0 => Change::Multiply(Number::Fixed(genes.between(0.0, 3.0))),
            1 => Change::Add(Number::Fixed(genes.between(-size, size))),
            2 => Change::Set(Number::Fixed(genes.between(0.0, 2.0 * size))),
            _ => Change::Pulse(Number::Fixed(genes.between(-size, 4.0 * size))),
        }
    }
}

/// A number that is different each time.
fn around(size: Number) -> Distribution {
    let Number::Fixed(size) = size else { unreachable!("effects are made with fixed numbers") };
    if size == 0.0 {
        return Distribution::constant(0.0);
    }
    uniform(size.min(0.5 * size), size.max(0.5 * size))
}

/// The number of a change.
pub(crate) fn number_of(change: &mut Change) -> &mut Number {
    match change {
        Change::Multiply(number) | Change::Add(number) | Change::Set(number) | Change::Pulse(number) => {
            number
        }
    }
}
