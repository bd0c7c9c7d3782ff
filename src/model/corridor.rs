//! A corridor with everything resolved that can be resolved before a run.

use super::effect::EffectTable;
use super::metric::Metrics;
use super::spec::{CorridorSpec, EventId};

/// A spec, and what follows from it for all runs: orders, classes, lists of effects, the metrics.
#[derive(Debug, Clone)]
pub struct Corridor {
    /// What there is.
    pub spec: CorridorSpec,
    /// What can be observed.
    pub metrics: Metrics,
    /// Events, each after the one that it waits for.
    pub(super) event_order: Vec<EventId>,
    /// Products of equal priority, by place; the first class is served first.
    pub(super) classes: Vec<Vec<usize>>,
    /// By product: whether credit may pay for it.
    pub(super) creditable: Vec<bool>,
    pub(super) effect_table: EffectTable,
}

impl Corridor {
    /// Resolves a spec.
    ///
    /// # Panics
    /// If an event waits for itself in a round: whoever makes a spec has refused that.
    pub fn new(spec: CorridorSpec) -> Self {
        Self {
            metrics: Metrics::new(&spec),
            event_order: event_order(&spec),
            classes: classes(&spec),
            creditable: creditable(&spec),
            effect_table: EffectTable::new(&spec),
            spec,
        }
    }

    /// The calendar month of a step, 0 for January.
    #[inline]
    pub(super) fn month_of_year(&self, step: usize) -> usize {
        (self.spec.horizon.start.index_in_year() + step) % 12
    }
}

fn event_order(spec: &CorridorSpec) -> Vec<EventId> {
    let mut order: Vec<EventId> = Vec::new();
    while order.len() < spec.events.len() {
        let before = order.len();
        for (e, event) in spec.events.iter().enumerate() {
            let ready = event.after.is_none_or(|after| order.contains(&after));
            if ready && !order.contains(&EventId(e)) {
                order.push(EventId(e));
            }
        }
        assert!(order.len() > before, "no event waits for itself: the front end refuses such rounds");
    }
    order
}

fn classes(spec: &CorridorSpec) -> Vec<Vec<usize>> {
    let mut priorities: Vec<u32> = spec.products.iter().map(|product| product.priority).collect();
    priorities.sort_unstable();
    priorities.dedup();
    let of = |priority| (0..spec.products.len()).filter(|&p| spec.products[p].priority == priority).collect();
    priorities.into_iter().map(of).collect()
}

fn creditable(spec: &CorridorSpec) -> Vec<bool> {
    let credit = spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
    spec.products.iter().map(|product| credit.is_some_and(|credit| credit.groups[product.group.0])).collect()
}
