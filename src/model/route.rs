//! Routes: what each can carry this month, at what freight, and which is the cheapest.

use super::corridor::Corridor;
use super::effect::apply;
use super::progress::{self, Progress};
use crate::batch::{Inputs, Lanes};
use crate::plan::{Milestone, RouteSpec, Trigger};

/// The routes of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Routes<const N: usize> {
    /// What each can carry this month, t.
    pub(super) capacity: Vec<Lanes<N>>,
    /// USD a tonne.
    pub(super) freight: Vec<Lanes<N>>,
    /// `is_at[position][route]`: 1 in the runs where the route is at this position in the order of freight (0
    /// is the cheapest).
    pub(super) is_at: Vec<Vec<Lanes<N>>>,
    /// The same for the month before; in the first month, for the start.
    pub(super) was_at: Vec<Vec<Lanes<N>>>,
    /// Whether the two differ in any run.
    pub(super) is_reordered: bool,
}

impl<const N: usize> Routes<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let count = corridor.spec.routes.len();
        let zeros = |count: usize| vec![Lanes::ZERO; count];
        Self {
            capacity: zeros(count),
            freight: zeros(count),
            is_at: vec![zeros(count); count],
            was_at: vec![zeros(count); count],
            is_reordered: false,
        }
    }

    /// Sets the routes of the start, without season and effects: those that nothing has to open.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (r, route) in corridor.spec.routes.iter().enumerate() {
            let capacity = inputs.value(route.capacity_t) * inputs.value(route.availability);
            self.capacity[r] = if route.opened_by.is_empty() { capacity } else { Lanes::ZERO };
            self.freight[r] = inputs.value(route.freight_usd_per_t);
        }
        self.sort();
    }

    /// Computes capacity, freight and order in the month `step`.
    ///
    /// # Formula
    /// capacity = C · season · availability, then effects, then · how far the route is open.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        progress: &Progress<N>,
        step: usize,
    ) {
        let season = corridor.month_of_year(step);
        for (r, route) in corridor.spec.routes.iter().enumerate() {
            let capacity =
                inputs.value(route.capacity_t) * inputs.value(route.availability) * route.season[season];
            let capacity = apply(&corridor.effects.capacity[r], capacity, progress, inputs);
            self.capacity[r] = capacity * openness(route, corridor, progress);
            let freight = inputs.value(route.freight_usd_per_t);
            self.freight[r] = apply(&corridor.effects.freight[r], freight, progress, inputs);
        }
        self.sort();
    }

    /// Orders the routes by freight in every run, without a branch: a route's position is the number of
    /// cheaper routes, plus that of equally cheap ones before it in the file.
    #[inline(always)]
    fn sort(&mut self) {
        let count = self.freight.len();
        std::mem::swap(&mut self.is_at, &mut self.was_at);
        for r in 0..count {
            let mut position = Lanes::ZERO;
            for q in (0..count).filter(|&q| q != r) {
                let cheaper = self.freight[r].above(self.freight[q]);
                let tie_goes_first = self.freight[r].at_least(self.freight[q]);
                position += if q < r { tie_goes_first } else { cheaper };
            }
            for k in 0..count {
                self.is_at[k][r] =
                    position.map(|position| f64::from(u8::from((position - k as f64).abs() < 0.5)));
            }
        }
        self.is_reordered = self.is_at != self.was_at;
    }

    /// Brings values from last month's order of the routes into this month's; `by_route` is a buffer for the
    /// values in the order of the file.
    #[inline(always)]
    pub(super) fn reorder(&self, by_position: &mut [Lanes<N>], by_route: &mut [Lanes<N>]) {
        by_route.fill(Lanes::ZERO);
        for (was_here, &value) in self.was_at.iter().zip(&*by_position) {
            for (route, &was_here) in by_route.iter_mut().zip(was_here) {
                *route += was_here * value;
            }
        }
        for (position, value) in by_position.iter_mut().enumerate() {
            *value = self.at(position, |r| by_route[r]);
        }
    }

    /// The value of the route at a position in the order of freight, run by run.
    #[inline(always)]
    pub(super) fn at(&self, position: usize, of_route: impl Fn(usize) -> Lanes<N>) -> Lanes<N> {
        let mut value = Lanes::ZERO;
        for (r, &is_here) in self.is_at[position].iter().enumerate() {
            value += is_here * of_route(r);
        }
        value
    }
}

/// How far the route is open: as far as the most advanced of what opens it.
#[inline(always)]
fn openness<const N: usize>(route: &RouteSpec, corridor: &Corridor, progress: &Progress<N>) -> Lanes<N> {
    if route.opened_by.is_empty() {
        return Lanes::ONE;
    }
    let trigger = |milestone| match milestone {
        Milestone::Event(event) => Trigger::Event(event),
        Milestone::Project(project) => Trigger::Project(project),
    };
    route.opened_by.iter().fold(Lanes::ZERO, |open, &milestone| {
        open.max(progress.share[progress::index(&corridor.spec, trigger(milestone))])
    })
}

/// The freight of the cheapest route that accepts a group and is open from the start; if none is, of the
/// cheapest that accepts it; zero if none does.
pub(super) fn starting_freight<const N: usize>(
    group: usize,
    routes: &[RouteSpec],
    inputs: &Inputs<N>,
) -> Lanes<N> {
    let accepting = || routes.iter().filter(|route| route.accepts[group]);
    let cheapest = |routes: &mut dyn Iterator<Item = &RouteSpec>| {
        routes.map(|route| inputs.value(route.freight_usd_per_t)).reduce(Lanes::min)
    };
    cheapest(&mut accepting().filter(|route| route.opened_by.is_empty()))
        .or_else(|| cheapest(&mut accepting()))
        .unwrap_or(Lanes::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_ordered_by_freight_and_ties_by_file_order() {
        let zeros = || vec![Lanes::ZERO; 3];
        let mut routes = Routes::<2> {
            capacity: zeros(),
            freight: zeros(),
            is_at: vec![zeros(); 3],
            was_at: vec![zeros(); 3],
            is_reordered: false,
        };
        routes.freight = vec![Lanes([50.0, 7.0]), Lanes([40.0, 7.0]), Lanes([60.0, 7.0])];
        routes.sort();
        let order =
            |run: usize| [0, 1, 2].map(|position| routes.at(position, |r| Lanes::splat(r as f64)).0[run]);
        assert_eq!((order(0), order(1)), ([1.0, 0.0, 2.0], [0.0, 1.0, 2.0]));
    }
}
