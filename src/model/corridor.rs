//! A corridor, with everything computed that is the same in all runs.

use super::effect::EffectTable;
use crate::batch::Number;
use crate::plan::Metrics;
use crate::plan::{CorridorSpec, EventId, Milestone, ProjectId};

/// A spec, and what follows from it for all runs: the order of dates, classes of priority, lists of effects,
/// the metrics.
#[derive(Debug, Clone)]
pub struct Corridor {
    /// The parts of the corridor.
    pub spec: CorridorSpec,
    /// The metrics that can be observed.
    pub metrics: Metrics,
    /// Events and projects, each after those that it waits for.
    pub(super) order: Vec<Milestone>,
    /// Those of them whose dates depend on when a project is finished, in the same order.
    pub(super) late: Vec<Milestone>,
    /// Products and projects by priority; the first class is served first.
    pub(super) classes: Vec<Class>,
    /// By group: the first group that is accepted by the same routes, whose row of `accepts` can be copied.
    pub(super) same_as: Vec<usize>,
    /// By product: its elasticity, where demand responds to prices.
    pub(super) elasticity: Vec<Option<Number>>,
    /// By product: whether credit may pay for it.
    pub(super) creditable: Vec<bool>,
    /// The changes of all parameters.
    pub(super) effects: EffectTable,
}

/// Products and projects of equal priority, by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) products: Vec<usize>,
    pub(super) projects: Vec<usize>,
}

impl Corridor {
    /// Prepares a spec.
    ///
    /// # Panics
    /// If events or projects wait for one another in a cycle: whoever makes a spec has rejected that.
    pub fn new(spec: CorridorSpec) -> Self {
        let order = order(&spec);
        Self {
            metrics: Metrics::new(&spec),
            late: late(&spec, &order),
            order,
            classes: classes(&spec),
            same_as: (0..spec.groups.len()).map(|group| first_same(&spec, group)).collect(),
            elasticity: spec.products.iter().map(|product| elasticity(product.elasticity)).collect(),
            creditable: creditable(&spec),
            effects: EffectTable::new(&spec),
            spec,
        }
    }

    /// Whether any demand responds to prices.
    #[inline(always)]
    pub(super) fn is_elastic(&self) -> bool {
        self.elasticity.iter().any(Option::is_some)
    }

    /// The calendar month of a step, 0 for January.
    #[inline(always)]
    pub(super) fn month_of_year(&self, step: usize) -> usize {
        (self.spec.horizon.start.index_in_year() + step) % 12
    }

    /// Months from the middle of the base year to the middle of the month `step`.
    #[inline(always)]
    pub(super) fn age_months(&self, step: usize) -> f64 {
        self.spec.base_age_months + step as f64
    }
}

/// What an event or a project waits for.
fn waits_for(spec: &CorridorSpec, milestone: Milestone) -> &[Milestone] {
    match milestone {
        Milestone::Event(EventId(e)) => &spec.events[e].after,
        Milestone::Project(ProjectId(p)) => &spec.projects[p].needs,
    }
}

/// Events and projects, each after those that it waits for.
fn order(spec: &CorridorSpec) -> Vec<Milestone> {
    let events = (0..spec.events.len()).map(|e| Milestone::Event(EventId(e)));
    let mut waiting: Vec<Milestone> =
        events.chain((0..spec.projects.len()).map(|p| Milestone::Project(ProjectId(p)))).collect();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let before = order.len();
        waiting.retain(|&milestone| {
            let ready = waits_for(spec, milestone).iter().all(|after| order.contains(after));
            if ready {
                order.push(milestone);
            }
            !ready
        });
        assert!(order.len() > before, "nothing waits for itself: the front end rejects such cycles");
    }
    order
}

/// The dates that aren't known before the run, because they depend on when a project is finished.
fn late(spec: &CorridorSpec, order: &[Milestone]) -> Vec<Milestone> {
    let mut late: Vec<Milestone> = Vec::new();
    for &milestone in order {
        let is_late = |after: &Milestone| matches!(after, Milestone::Project(_)) || late.contains(after);
        if waits_for(spec, milestone).iter().any(is_late) {
            late.push(milestone);
        }
    }
    late
}

fn classes(spec: &CorridorSpec) -> Vec<Class> {
    let products = spec.products.iter().map(|product| product.priority);
    let mut priorities: Vec<u32> =
        products.chain(spec.projects.iter().map(|project| project.priority)).collect();
    priorities.sort_unstable();
    priorities.dedup();
    let of = |priority| Class {
        products: (0..spec.products.len()).filter(|&p| spec.products[p].priority == priority).collect(),
        projects: (0..spec.projects.len()).filter(|&p| spec.projects[p].priority == priority).collect(),
    };
    priorities.into_iter().map(of).collect()
}

fn first_same(spec: &CorridorSpec, group: usize) -> usize {
    let are_same =
        |&other: &usize| spec.routes.iter().all(|route| route.accepts[other] == route.accepts[group]);
    (0..group).find(are_same).unwrap_or(group)
}

/// The elasticity of demand; `None` where it is zero in all runs.
fn elasticity(elasticity: Option<Number>) -> Option<Number> {
    elasticity.filter(|&elasticity| elasticity != Number::Fixed(0.0))
}

fn creditable(spec: &CorridorSpec) -> Vec<bool> {
    let credit = spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
    spec.products.iter().map(|product| credit.is_some_and(|credit| credit.groups[product.group.0])).collect()
}
