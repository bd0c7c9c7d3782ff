//! Who gets room and money: by priority, the cheapest route first, alike within a class.
//!
//! For each class of equal priority, for each route from the cheapest: money pays the same share of what everybody still
//! seeks, room takes the same share of what is paid. What stays unserved is put down to the two as they bound on the
//! last route that accepts the product, or to the border when no open route does.

use super::corridor::{Class, Corridor};
use super::finance::{Finance, MoneyShares, whole_or};
use super::project::Projects;
use super::route::Routes;
use crate::batch::Lanes;

/// What was shipped in `N` runs this month, and why not more.
#[derive(Debug, Clone)]
pub(super) struct Allocation<const N: usize> {
    /// Shipped, t, by product.
    pub(super) volume: Vec<Lanes<N>>,
    /// Sought and not shipped, t, by product.
    pub(super) not_shipped: Vec<Lanes<N>>,
    /// Moved, t, by route.
    pub(super) throughput: Vec<Lanes<N>>,
    /// By product: 1 where an open route accepts it.
    pub(super) has_route: Vec<Lanes<N>>,
    /// By product: what money couldn't pay on the last route, t.
    pub(super) not_paid: Vec<Lanes<N>>,
    /// By product: what is still sought at the place that is served, t.
    sought_here: Vec<Lanes<N>>,
    /// By place in the order of freight: room left, t.
    room: Vec<Lanes<N>>,
    /// By place: moved, t.
    moved: Vec<Lanes<N>>,
    /// By place: freight, USD a tonne.
    freight: Vec<Lanes<N>>,
    /// By place, then group: 1 where an open route stands there that accepts the group.
    accepts: Vec<Vec<Lanes<N>>>,
}

impl<const N: usize> Allocation<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let (products, routes) = (corridor.spec.products.len(), corridor.spec.routes.len());
        let room = |count| vec![Lanes::ZERO; count];
        Self {
            volume: room(products),
            not_shipped: room(products),
            throughput: room(routes),
            has_route: room(products),
            not_paid: room(products),
            sought_here: room(products),
            room: room(routes),
            moved: room(routes),
            freight: room(routes),
            accepts: vec![room(corridor.spec.groups.len()); routes],
        }
    }

    /// Serves one month: what is sought at these prices, and the projects.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        (sought, prices): (&[Lanes<N>], &[Lanes<N>]),
        routes: &Routes<N>,
        finance: &mut Finance<N>,
        projects: &mut Projects<N>,
    ) {
        self.open_month(corridor, sought, routes);
        for class in &corridor.classes {
            for place in 0..self.room.len() {
                self.ship(corridor, class, place, prices, finance);
            }
            if !class.projects.is_empty() {
                projects.build(corridor, &class.projects, finance);
            }
        }
        self.close_month(routes);
    }

    /// Lays the routes out in the order of their freight; nothing is shipped yet.
    #[inline(always)]
    fn open_month(&mut self, corridor: &Corridor, sought: &[Lanes<N>], routes: &Routes<N>) {
        for place in 0..self.room.len() {
            self.room[place] = routes.at(place, |r| routes.capacity[r]);
            self.freight[place] = routes.at(place, |r| routes.freight[r]);
            self.moved[place] = Lanes::ZERO;
            let open = self.room[place].above(Lanes::ZERO);
            for (group, &alike) in corridor.alike.iter().enumerate() {
                let accepts =
                    |r: usize| Lanes::splat(f64::from(u8::from(corridor.spec.routes[r].accepts[group])));
                self.accepts[place][group] =
                    if alike < group { self.accepts[place][alike] } else { routes.at(place, accepts) * open };
            }
        }
        for (p, product) in corridor.spec.products.iter().enumerate() {
            self.not_shipped[p] = sought[p];
            self.volume[p] = Lanes::ZERO;
            self.not_paid[p] = Lanes::ZERO;
            self.has_route[p] =
                self.accepts.iter().fold(Lanes::ZERO, |has, accepts| has.max(accepts[product.group.0]));
        }
    }

    /// Throughput of the routes, from that of the places.
    #[inline(always)]
    fn close_month(&mut self, routes: &Routes<N>) {
        self.throughput.fill(Lanes::ZERO);
        for (place, &moved) in self.moved.iter().enumerate() {
            for (r, throughput) in self.throughput.iter_mut().enumerate() {
                *throughput += routes.is_at[place][r] * moved;
            }
        }
    }

    /// Ships what a class seeks on one route.
    ///
    /// # Formula
    /// Of the tonnes w that a product seeks there, money pays the share g, and the route takes the share f = min(1, room / Σ w·g) of
    /// what is paid: w·g·f is shipped. Of the rest, w·(1 − g) is for want of money.
    #[inline(always)]
    fn ship(
        &mut self,
        corridor: &Corridor,
        class: &Class,
        place: usize,
        prices: &[Lanes<N>],
        finance: &mut Finance<N>,
    ) {
        if !self.is_sought(corridor, class, place) {
            return;
        }
        let shares = self.money_shares(corridor, class, place, prices, finance);
        let share_of = |p: usize| match (corridor.spec.products[p].grant, corridor.creditable[p]) {
            (true, _) => Lanes::ONE,
            (false, true) => shares.creditable,
            (false, false) => shares.other,
        };
        let mut paid = Lanes::ZERO;
        for &p in &class.products {
            paid += self.sought_here[p] * share_of(p);
        }
        let fits = self.room[place].zip(paid, whole_or);
        let (mut moved, mut bill) = (Lanes::ZERO, Lanes::ZERO);
        for &p in &class.products {
            let accepts = self.accepts[place][corridor.spec.products[p].group.0];
            let (sought, share) = (self.sought_here[p], share_of(p));
            let tonnes = sought * share * fits;
            self.not_paid[p] = Lanes::select(accepts, sought - sought * share, self.not_paid[p]);
            self.not_shipped[p] = (self.not_shipped[p] - tonnes).max(Lanes::ZERO);
            self.volume[p] += tonnes;
            moved += tonnes;
            if !corridor.spec.products[p].grant {
                bill += tonnes * (prices[p] + self.freight[place]);
            }
        }
        self.moved[place] += moved;
        self.room[place] = (self.room[place] - moved).max(Lanes::ZERO);
        finance.pay(bill);
    }

    /// Looks what of a class's products is still sought at a place, and whether any of it is in any run. More than half of the time
    /// nothing is: the route isn't open yet, or there was room for all on a cheaper one.
    #[inline(always)]
    fn is_sought(&mut self, corridor: &Corridor, class: &Class, place: usize) -> bool {
        let mut is_sought = false;
        for &p in &class.products {
            let here = self.not_shipped[p] * self.accepts[place][corridor.spec.products[p].group.0];
            self.sought_here[p] = here;
            is_sought |= !here.is_zero();
        }
        is_sought
    }

    /// The shares that money can pay of what a class seeks on one route: its prices with freight.
    #[inline(always)]
    fn money_shares(
        &self,
        corridor: &Corridor,
        class: &Class,
        place: usize,
        prices: &[Lanes<N>],
        finance: &Finance<N>,
    ) -> MoneyShares<N> {
        let (mut creditable, mut other) = (Lanes::ZERO, Lanes::ZERO);
        for &p in class.products.iter().filter(|&&p| !corridor.spec.products[p].grant) {
            let cost = self.sought_here[p] * (prices[p] + self.freight[place]);
            if corridor.creditable[p] {
                creditable += cost;
            } else {
                other += cost;
            }
        }
        finance.shares(creditable, other)
    }
}
