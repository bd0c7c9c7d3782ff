//! Routes: what each can carry this month, at what freight, and which is the cheapest.

use super::corridor::Corridor;
use super::effect::apply;
use super::progress::{self, Progress};
use super::spec::{Milestone, RouteSpec, Trigger};
use crate::batch::{Inputs, Lanes};

/// The routes of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Routes<const N: usize> {
    /// What each can carry this month, t.
    pub(super) capacity: Vec<Lanes<N>>,
    /// USD a tonne.
    pub(super) freight: Vec<Lanes<N>>,
    /// `is_at[place][route]`: 1 in the runs where the route is the `place`-th cheapest (0 first).
    pub(super) is_at: Vec<Vec<Lanes<N>>>,
    /// By group: freight that counts in its landed price at the start, USD a tonne.
    pub(super) starting_freight: Vec<Lanes<N>>,
    /// By group: freight that counts in its landed price this month, USD a tonne.
    pub(super) landing_freight: Vec<Lanes<N>>,
}

impl<const N: usize> Routes<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let count = corridor.spec.routes.len();
        let room = |count: usize| vec![Lanes::ZERO; count];
        Self {
            capacity: room(count),
            freight: room(count),
            is_at: vec![room(count); count],
            starting_freight: room(corridor.spec.groups.len()),
            landing_freight: room(corridor.spec.groups.len()),
        }
    }

    /// A new batch of runs.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (group, freight) in self.starting_freight.iter_mut().enumerate() {
            *freight = starting_freight(group, &corridor.spec.routes, inputs);
        }
    }

    /// Capacity, freight and order in the month `step`.
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
        self.land(corridor);
    }

    /// The freight of the cheapest open route that accepts each group; while none is open, that of the start.
    #[inline(always)]
    fn land(&mut self, corridor: &Corridor) {
        for (group, landing) in self.landing_freight.iter_mut().enumerate() {
            let mut cheapest = Lanes::NEVER;
            let accepts = |r: &usize| corridor.spec.routes[*r].accepts[group];
            for r in (0..corridor.spec.routes.len()).filter(accepts) {
                let open = self.capacity[r].above(Lanes::ZERO);
                cheapest = cheapest.min(Lanes::select(open, self.freight[r], Lanes::NEVER));
            }
            let start = self.starting_freight[group];
            *landing = cheapest.zip(start, |now, start| if now < f64::INFINITY { now } else { start });
        }
    }

    /// Orders the routes by freight in every run, without a branch: a route's place is the number of cheaper ones,
    /// and of equally cheap ones before it in the file.
    #[inline(always)]
    fn sort(&mut self) {
        let count = self.freight.len();
        for r in 0..count {
            let mut place = Lanes::ZERO;
            for q in (0..count).filter(|&q| q != r) {
                let cheaper = self.freight[r].above(self.freight[q]);
                let tie_goes_first = self.freight[r].at_least(self.freight[q]);
                place += if q < r { tie_goes_first } else { cheaper };
            }
            for k in 0..count {
                self.is_at[k][r] = place.map(|place| f64::from(u8::from((place - k as f64).abs() < 0.5)));
            }
        }
    }

    /// The value that the `place`-th cheapest route has, run by run.
    #[inline(always)]
    pub(super) fn at(&self, place: usize, of_route: impl Fn(usize) -> Lanes<N>) -> Lanes<N> {
        let mut value = Lanes::ZERO;
        for (r, &is_here) in self.is_at[place].iter().enumerate() {
            value += is_here * of_route(r);
        }
        value
    }
}

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
        open.max(progress.share[progress::place(&corridor.spec, trigger(milestone))])
    })
}

/// Freight of the cheapest route that accepts a group and is open from the start; of all that accept it, if none is; nothing if none accepts it.
fn starting_freight<const N: usize>(group: usize, routes: &[RouteSpec], inputs: &Inputs<N>) -> Lanes<N> {
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
        let room = || vec![Lanes::ZERO; 3];
        let mut routes = Routes::<2> {
            capacity: room(),
            freight: room(),
            is_at: vec![room(); 3],
            starting_freight: Vec::new(),
            landing_freight: Vec::new(),
        };
        routes.freight = vec![Lanes([50.0, 7.0]), Lanes([40.0, 7.0]), Lanes([60.0, 7.0])];
        routes.sort();
        let order = |run: usize| [0, 1, 2].map(|place| routes.at(place, |r| Lanes::splat(r as f64)).0[run]);
        assert_eq!((order(0), order(1)), ([1.0, 0.0, 2.0], [0.0, 1.0, 2.0]));
    }
}
