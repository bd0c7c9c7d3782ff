//! Who gets room and money: by priority, the cheapest route first, alike within a class.
//!
//! For each class of equal priority, for each route from the cheapest: everybody ships the same share of what is
//! still wanted, min(room, money). What stays unserved is put down to whichever of the two bound last, or to the
//! border when no open route accepts the product.

use super::corridor::Corridor;
use super::demand::Demand;
use super::finance::Finance;
use super::route::Routes;
use crate::batch::{Inputs, Lanes};

/// Shares this close are alike: room or money that is used up leaves a rounding error, not exactly nothing.
const ALIKE: f64 = 1e-9;

/// What was shipped in `N` runs this month, and why not more.
#[derive(Debug, Clone)]
pub(super) struct Allocation<const N: usize> {
    /// Shipped, t, by product.
    pub(super) volume: Vec<Lanes<N>>,
    /// Wanted and not shipped, t, by product.
    pub(super) unmet: Vec<Lanes<N>>,
    /// Moved, t, by route.
    pub(super) throughput: Vec<Lanes<N>>,
    /// By product: 1 where an open route accepts it.
    pub(super) has_route: Vec<Lanes<N>>,
    /// By product: 1 where money was the last thing to bind, 0 where room was.
    pub(super) short_of_money: Vec<Lanes<N>>,
    /// Prices this month, USD a tonne, by product.
    pub(super) price: Vec<Lanes<N>>,
    /// By place in the order of freight: room left, t.
    room: Vec<Lanes<N>>,
    /// By place: moved, t.
    moved: Vec<Lanes<N>>,
    /// By place: freight, USD a tonne.
    freight: Vec<Lanes<N>>,
    /// By place, then group: 1 where an open route stands there that accepts the group.
    accepts: Vec<Vec<Lanes<N>>>,
}

/// What a class asks of one route: tonnes, and dollars for goods that credit may and may not pay.
#[derive(Clone, Copy)]
struct Request<const N: usize> {
    tonnes: Lanes<N>,
    creditable: Lanes<N>,
    other: Lanes<N>,
}

/// The shares of a request that can be served: by room, and by money for creditable and other goods.
#[derive(Clone, Copy)]
struct Shares<const N: usize> {
    room: Lanes<N>,
    creditable: Lanes<N>,
    other: Lanes<N>,
}

impl<const N: usize> Allocation<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let (products, routes) = (corridor.spec.products.len(), corridor.spec.routes.len());
        let room = |count| vec![Lanes::ZERO; count];
        Self {
            volume: room(products),
            unmet: room(products),
            throughput: room(routes),
            has_route: room(products),
            short_of_money: room(products),
            price: room(products),
            room: room(routes),
            moved: room(routes),
            freight: room(routes),
            accepts: vec![room(corridor.spec.groups.len()); routes],
        }
    }

    /// Serves one month.
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        demand: &Demand<N>,
        routes: &Routes<N>,
        finance: &mut Finance<N>,
    ) {
        self.open_month(corridor, demand, routes);
        for class in &corridor.classes {
            for place in 0..self.room.len() {
                let request = self.request(corridor, class, place);
                let shares = self.shares(place, request, finance);
                self.ship(corridor, class, place, shares, finance);
            }
        }
        for (r, throughput) in self.throughput.iter_mut().enumerate() {
            *throughput = Lanes::ZERO;
            for (place, &moved) in self.moved.iter().enumerate() {
                *throughput += routes.is_at[place][r] * moved;
            }
        }
    }

    /// Prices of the month: a number and its changes.
    pub(super) fn set_prices(&mut self, corridor: &Corridor, inputs: &Inputs<N>, progress: &[Lanes<N>]) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let price = inputs.value(product.price_usd_per_t);
            self.price[p] = super::effect::apply(&corridor.effects().price[p], price, progress, inputs);
        }
    }

    /// Lays the routes out in the order of their freight; nothing is shipped yet.
    fn open_month(&mut self, corridor: &Corridor, demand: &Demand<N>, routes: &Routes<N>) {
        for place in 0..self.room.len() {
            self.room[place] = routes.at(place, |r| routes.capacity[r]);
            self.freight[place] = routes.at(place, |r| routes.freight[r]);
            self.moved[place] = Lanes::ZERO;
            let open = self.room[place].above(Lanes::ZERO);
            for group in 0..corridor.spec.groups.len() {
                let accepts =
                    |r: usize| Lanes::splat(f64::from(u8::from(corridor.spec.routes[r].accepts[group])));
                self.accepts[place][group] = routes.at(place, accepts) * open;
            }
        }
        for (p, product) in corridor.spec.products.iter().enumerate() {
            self.unmet[p] = demand.wanted[p];
            self.volume[p] = Lanes::ZERO;
            self.short_of_money[p] = Lanes::ZERO;
            self.has_route[p] =
                self.accepts.iter().fold(Lanes::ZERO, |has, accepts| has.max(accepts[product.group.0]));
        }
    }

    fn request(&self, corridor: &Corridor, class: &[usize], place: usize) -> Request<N> {
        let mut request = Request { tonnes: Lanes::ZERO, creditable: Lanes::ZERO, other: Lanes::ZERO };
        for &p in class {
            let tonnes = self.unmet[p] * self.accepts[place][corridor.spec.products[p].group.0];
            let usd = tonnes * (self.price[p] + self.freight[place]);
            request.tonnes += tonnes;
            if corridor.creditable[p] {
                request.creditable += usd;
            } else {
                request.other += usd;
            }
        }
        request
    }

    /// How much of a request can be served.
    ///
    /// # Formula
    /// Credit c is drawn only for what cash m can't pay, and only for creditable goods:
    /// c = min(credit, creditable, max(0, creditable + other − m)); cash then pays the share g = min(1, m / (creditable +
    /// other − c)) of the rest. With one purse for all goods both money shares are min(1, (m + credit) / cost).
    fn shares(&self, place: usize, request: Request<N>, finance: &Finance<N>) -> Shares<N> {
        let whole_or = |have: f64, need: f64| if need > have { have / need } else { 1.0 };
        let cost = request.creditable + request.other;
        let shortage = (cost - finance.cash_left).max(Lanes::ZERO);
        let credit = finance.credit_left.min(request.creditable).min(shortage);
        let cash_share = finance.cash_left.zip(cost - credit, whole_or);
        let paid = credit + cash_share * (request.creditable - credit);
        Shares {
            room: self.room[place].zip(request.tonnes, whole_or),
            creditable: paid.zip(request.creditable, whole_or),
            other: cash_share,
        }
    }

    fn ship(
        &mut self,
        corridor: &Corridor,
        class: &[usize],
        place: usize,
        shares: Shares<N>,
        finance: &mut Finance<N>,
    ) {
        let (mut moved, mut cost) = (Lanes::ZERO, Lanes::ZERO);
        for &p in class {
            let money = if corridor.creditable[p] { shares.creditable } else { shares.other };
            let accepts = self.accepts[place][corridor.spec.products[p].group.0];
            let tonnes = self.unmet[p] * accepts * shares.room.min(money);
            self.unmet[p] -= tonnes;
            self.volume[p] += tonnes;
            moved += tonnes;
            cost += tonnes * (self.price[p] + self.freight[place]);
            // Where both bind alike (nothing left of either, but for rounding) the earlier verdict stands.
            let by_money = accepts * shares.room.above(money + ALIKE);
            let by_room = accepts * money.above(shares.room + ALIKE);
            self.short_of_money[p] = (self.short_of_money[p] * (-by_room + 1.0)).max(by_money);
        }
        self.moved[place] += moved;
        self.room[place] = (self.room[place] - moved).max(Lanes::ZERO);
        finance.pay(cost);
    }
}
