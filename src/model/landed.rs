//! Landed prices: the freight that demand responds to follows what the product's tonnes pay.

use super::allocate::Allocation;
use super::corridor::Corridor;
use super::finance::whole_or;
use super::price::Prices;
use super::route::starting_freight;
use crate::batch::{Inputs, Lanes};

/// A product of which less than this share of potential demand moved last month counts as not moved, and
/// routes that take less than this share of what seeks capacity count as full: rounding leaves such amounts.
const LEAST_MOVED: f64 = 1e-9;

/// The freight in the landed prices of `N` runs, USD a tonne.
#[derive(Debug, Clone)]
pub(super) struct Landed<const N: usize> {
    /// By product: this month.
    pub(super) freight: Vec<Lanes<N>>,
    /// By product: at the start.
    pub(super) start: Vec<Lanes<N>>,
    /// By position in the order of freight: the share of last month's traffic that the route can carry this
    /// month.
    fits: Vec<Lanes<N>>,
    /// By position: what it could carry beyond last month's traffic, t.
    spare: Vec<Lanes<N>>,
}

impl<const N: usize> Landed<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let (products, routes) = (corridor.spec.products.len(), corridor.spec.routes.len());
        let zeros = |count| vec![Lanes::ZERO; count];
        Self { freight: zeros(products), start: zeros(products), fits: zeros(routes), spare: zeros(routes) }
    }

    /// Sets the freight that the tonnes of the start pay on average on the routes of the start, both of which
    /// are in `allocation`.
    pub(super) fn begin(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        allocation: &Allocation<N>,
        potential: &[Lanes<N>],
    ) {
        self.compare_routes(allocation);
        for p in (0..potential.len()).filter(|&p| corridor.elasticity[p].is_some()) {
            let group = corridor.spec.products[p].group.0;
            let cheapest = starting_freight(group, &corridor.spec.routes, inputs);
            let paid = cheapest + self.away_from(cheapest, allocation, p, group, potential[p]);
            (self.start[p], self.freight[p]) = (paid, paid);
        }
    }

    /// Moves the freight of every product whose demand is elastic towards what its tonnes pay now.
    ///
    /// # Formula
    /// L' = L + (A − L) / (2 + |ε|·(dearest − A) / (price + max(L, A))), with A the freight that last month's
    /// tonnes pay on average on this month's routes, and `dearest` the freight of the dearest open route that
    /// accepts the product. Half-way where no route is dearer. The more elastic the demand, and the further
    /// freight could still rise, the smaller the step: half-way steps would make some corridors oscillate for
    /// ever between a cheap route that is too full and one that is too empty.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        allocation: &Allocation<N>,
        prices: &Prices<N>,
        potential: &[Lanes<N>],
    ) {
        if !corridor.is_elastic() {
            return;
        }
        self.compare_routes(allocation);
        for (p, elasticity) in corridor.elasticity.iter().enumerate() {
            let Some(elasticity) = elasticity else { continue };
            let (group, last) = (corridor.spec.products[p].group.0, self.freight[p]);
            let away = self.away_from(last, allocation, p, group, potential[p]);
            if away.is_zero() {
                continue;
            }
            let paid = last + away;
            let price = prices.price[p] + last.max(paid);
            let pushed = (dearest(allocation, group) - paid).max(Lanes::ZERO);
            let brake = price * 2.0 - inputs.value(*elasticity) * pushed;
            self.freight[p] = last + away * price.share_of(brake);
        }
    }

    /// Compares this month's routes with last month's traffic.
    #[inline(always)]
    fn compare_routes(&mut self, allocation: &Allocation<N>) {
        for (position, &moved) in allocation.moved.iter().enumerate() {
            let capacity = allocation.capacity_left[position];
            self.fits[position] = capacity.zip(moved, whole_or);
            self.spare[position] = (capacity - moved).max(Lanes::ZERO);
        }
    }

    /// The freight that a product's tonnes pay on average, less another freight: A − `from`.
    ///
    /// # Formula
    /// A = Σ w·F / Σ w. Of a product's tonnes of last month, the share min(1, capacity / traffic) stays on
    /// each route. What doesn't fit any more, or all of the potential demand where nothing moved, takes the
    /// spare capacity of the open routes that accept it, from the cheapest on. Where there is none, A is the
    /// freight of the cheapest open route; without an open route the result is zero.
    #[inline(always)]
    fn away_from(
        &self,
        from: Lanes<N>,
        allocation: &Allocation<N>,
        p: usize,
        group: usize,
        potential: Lanes<N>,
    ) -> Lanes<N> {
        let (mut total, mut weight, mut away) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        for (position, &tonnes) in allocation.shipped[p].iter().enumerate() {
            if tonnes.is_zero() {
                continue;
            }
            let stays = tonnes * self.fits[position];
            total += tonnes;
            weight += stays;
            away += stays * (allocation.freight[position] - from);
        }
        let has_moved = total.above(potential * LEAST_MOVED);
        (weight, away) = (weight * has_moved, away * has_moved);
        let all = Lanes::select(has_moved, total, potential);
        let mut looking = all - weight;
        if !looking.is_zero() {
            for (position, &spare) in self.spare.iter().enumerate() {
                let takes = looking.min(spare * allocation.accepts[position][group]);
                weight += takes;
                away += takes * (allocation.freight[position] - from);
                looking -= takes;
            }
        }
        let has_weight = weight.above(all * LEAST_MOVED);
        if has_weight.all(|has_weight| has_weight > 0.5) {
            return away / weight;
        }
        Lanes::select(has_weight, away.share_of(weight), cheapest(allocation, group, from) - from)
    }
}

/// The freight of the cheapest open route that accepts a group, and `otherwise` where none is open.
#[inline(always)]
fn cheapest<const N: usize>(allocation: &Allocation<N>, group: usize, otherwise: Lanes<N>) -> Lanes<N> {
    let open = allocation.accepts.iter().zip(&allocation.freight).rev();
    open.fold(otherwise, |cheapest, (accepts, &freight)| Lanes::select(accepts[group], freight, cheapest))
}

/// The freight of the dearest open route that accepts a group, and zero where none is open.
#[inline(always)]
fn dearest<const N: usize>(allocation: &Allocation<N>, group: usize) -> Lanes<N> {
    let open = allocation.accepts.iter().zip(&allocation.freight);
    open.fold(Lanes::ZERO, |dearest, (accepts, &freight)| Lanes::select(accepts[group], freight, dearest))
}
