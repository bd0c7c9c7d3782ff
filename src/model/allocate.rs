//! Who gets capacity and money: by priority, the cheapest route first, with equal shares within a class.
//!
//! For each class of equal priority, and for each route from the cheapest on: money pays the same share of
//! what every product still seeks, and the route takes the same share of what is paid. What stays unserved is
//! attributed to money and logistics as they limited it on the last route that accepts the product, or to the
//! border when no open route does.

use super::corridor::{Class, Corridor};
use super::finance::{Finance, MoneyShares, whole_or};
use super::project::Projects;
use super::route::Routes;
use crate::batch::Lanes;

/// What was shipped in `N` runs this month, and what limited it.
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
    /// By product: what money couldn't pay on the last route that accepts it, t.
    pub(super) not_paid: Vec<Lanes<N>>,
    /// By product, then position in the order of freight: shipped there, t; recorded only for products whose
    /// demand responds to prices.
    pub(super) shipped: Vec<Vec<Lanes<N>>>,
    /// By product: what is still sought at the current position, t.
    sought_here: Vec<Lanes<N>>,
    /// By position in the order of freight: capacity left, t.
    pub(super) capacity_left: Vec<Lanes<N>>,
    /// By position: moved, t.
    pub(super) moved: Vec<Lanes<N>>,
    /// By position: freight, USD a tonne.
    pub(super) freight: Vec<Lanes<N>>,
    /// By position, then group: 1 where the route at this position is open and accepts the group.
    pub(super) accepts: Vec<Vec<Lanes<N>>>,
}

impl<const N: usize> Allocation<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let (products, routes) = (corridor.spec.products.len(), corridor.spec.routes.len());
        let zeros = |count| vec![Lanes::ZERO; count];
        Self {
            volume: zeros(products),
            not_shipped: zeros(products),
            throughput: zeros(routes),
            has_route: zeros(products),
            not_paid: zeros(products),
            shipped: corridor.elasticity.iter().map(|e| zeros(e.map_or(0, |_| routes))).collect(),
            sought_here: zeros(products),
            capacity_left: zeros(routes),
            moved: zeros(routes),
            freight: zeros(routes),
            accepts: vec![zeros(corridor.spec.groups.len()); routes],
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
        self.open_month(corridor, sought);
        for class in &corridor.classes {
            for position in 0..self.capacity_left.len() {
                self.ship(corridor, class, position, prices, finance);
            }
            if !class.projects.is_empty() {
                projects.build(corridor, &class.projects, finance);
            }
        }
        self.close_month(routes);
    }

    /// Ships what is sought at the start of the run, where money doesn't limit anything and no projects
    /// exist.
    pub(super) fn start(&mut self, corridor: &Corridor, (sought, prices): (&[Lanes<N>], &[Lanes<N>])) {
        self.open_month(corridor, sought);
        for class in &corridor.classes {
            for position in 0..self.capacity_left.len() {
                if self.is_sought(corridor, class, position) {
                    self.load(corridor, class, position, prices, MoneyShares::ALL);
                }
            }
        }
    }

    /// Brings last month's tonnes into this month's order of the routes; needed only where demand responds to
    /// prices.
    #[inline(always)]
    pub(super) fn reorder(&mut self, corridor: &Corridor, routes: &Routes<N>) {
        if routes.is_reordered && corridor.is_elastic() {
            let shipped = self.shipped.iter_mut().filter(|shipped| !shipped.is_empty());
            shipped.chain([&mut self.moved]).for_each(|by| routes.reorder(by, &mut self.throughput));
        }
    }

    /// Puts the routes into the order of their freight.
    #[inline(always)]
    pub(super) fn lay_out(&mut self, corridor: &Corridor, routes: &Routes<N>) {
        for position in 0..self.capacity_left.len() {
            self.capacity_left[position] = routes.at(position, |r| routes.capacity[r]);
            self.freight[position] = routes.at(position, |r| routes.freight[r]);
            let open = self.capacity_left[position].above(Lanes::ZERO);
            for (group, &same_as) in corridor.same_as.iter().enumerate() {
                let accepts =
                    |r: usize| Lanes::splat(f64::from(u8::from(corridor.spec.routes[r].accepts[group])));
                self.accepts[position][group] = if same_as < group {
                    self.accepts[position][same_as]
                } else {
                    routes.at(position, accepts) * open
                };
            }
        }
    }

    /// Resets the month: nothing is shipped yet.
    #[inline(always)]
    fn open_month(&mut self, corridor: &Corridor, sought: &[Lanes<N>]) {
        self.moved.fill(Lanes::ZERO);
        self.shipped.iter_mut().for_each(|shipped| shipped.fill(Lanes::ZERO));
        for (p, product) in corridor.spec.products.iter().enumerate() {
            self.not_shipped[p] = sought[p];
            self.volume[p] = Lanes::ZERO;
            self.not_paid[p] = Lanes::ZERO;
            self.has_route[p] =
                self.accepts.iter().fold(Lanes::ZERO, |has, accepts| has.max(accepts[product.group.0]));
        }
    }

    /// Throughput of the routes, from the tonnes moved at each position.
    #[inline(always)]
    fn close_month(&mut self, routes: &Routes<N>) {
        self.throughput.fill(Lanes::ZERO);
        for (position, &moved) in self.moved.iter().enumerate() {
            for (r, throughput) in self.throughput.iter_mut().enumerate() {
                *throughput += routes.is_at[position][r] * moved;
            }
        }
    }

    /// Ships what a class seeks on one route, and pays for it.
    #[inline(always)]
    fn ship(
        &mut self,
        corridor: &Corridor,
        class: &Class,
        position: usize,
        prices: &[Lanes<N>],
        finance: &mut Finance<N>,
    ) {
        if !self.is_sought(corridor, class, position) {
            return;
        }
        let shares = self.money_shares(corridor, class, position, prices, finance);
        finance.pay(self.load(corridor, class, position, prices, shares));
    }

    /// Loads what a class seeks on one route and money can pay. Returns its cost.
    ///
    /// # Formula
    /// Of the tonnes w that a product seeks there, money pays the share g, and the route takes the share f =
    /// min(1, capacity left / Σ w·g) of what is paid: w·g·f is shipped. Of the rest, w·(1 − g) is attributed
    /// to lack of money.
    #[inline(always)]
    fn load(
        &mut self,
        corridor: &Corridor,
        class: &Class,
        position: usize,
        prices: &[Lanes<N>],
        shares: MoneyShares<N>,
    ) -> Lanes<N> {
        let share_of = |p: usize| match (corridor.spec.products[p].grant, corridor.creditable[p]) {
            (true, _) => Lanes::ONE,
            (false, true) => shares.creditable,
            (false, false) => shares.other,
        };
        let mut paid = Lanes::ZERO;
        for &p in &class.products {
            paid += self.sought_here[p] * share_of(p);
        }
        let fits = self.capacity_left[position].zip(paid, whole_or);
        let (mut moved, mut bill) = (Lanes::ZERO, Lanes::ZERO);
        for &p in &class.products {
            let accepts = self.accepts[position][corridor.spec.products[p].group.0];
            let (sought, share) = (self.sought_here[p], share_of(p));
            let tonnes = sought * share * fits;
            self.not_paid[p] = Lanes::select(accepts, sought - sought * share, self.not_paid[p]);
            self.not_shipped[p] = (self.not_shipped[p] - tonnes).max(Lanes::ZERO);
            self.volume[p] += tonnes;
            if let Some(shipped) = self.shipped[p].get_mut(position) {
                *shipped = tonnes;
            }
            moved += tonnes;
            if !corridor.spec.products[p].grant {
                bill += tonnes * (prices[p] + self.freight[position]);
            }
        }
        self.moved[position] += moved;
        self.capacity_left[position] = (self.capacity_left[position] - moved).max(Lanes::ZERO);
        bill
    }

    /// Updates what of a class's products is still sought at a position, and returns whether any of it is in
    /// any run. More than half of the time nothing is: the route isn't open yet, or a cheaper one had enough
    /// capacity.
    #[inline(always)]
    fn is_sought(&mut self, corridor: &Corridor, class: &Class, position: usize) -> bool {
        let mut is_sought = false;
        for &p in &class.products {
            let here = self.not_shipped[p] * self.accepts[position][corridor.spec.products[p].group.0];
            self.sought_here[p] = here;
            is_sought |= !here.is_zero();
        }
        is_sought
    }

    /// The shares that money can pay of what a class seeks on one route, at its prices with freight.
    #[inline(always)]
    fn money_shares(
        &self,
        corridor: &Corridor,
        class: &Class,
        position: usize,
        prices: &[Lanes<N>],
        finance: &Finance<N>,
    ) -> MoneyShares<N> {
        let (mut creditable, mut other) = (Lanes::ZERO, Lanes::ZERO);
        for &p in class.products.iter().filter(|&&p| !corridor.spec.products[p].grant) {
            let cost = self.sought_here[p] * (prices[p] + self.freight[position]);
            if corridor.creditable[p] {
                creditable += cost;
            } else {
                other += cost;
            }
        }
        finance.shares(creditable, other)
    }
}
