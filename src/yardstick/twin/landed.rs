//! The twin's landed prices: what last month's tonnes would pay on the routes of this month.

use super::Twin;
use super::figures::{Figures, Trade, Traffic};
use super::money::Purse;
use super::trade::Market;
use crate::plan::{GroupId, ProductSpec, Start};

impl Twin<'_> {
    /// The freight at the start: the average cost of the trade of the start on the routes of the start,
    /// whoever pays for it.
    pub(super) fn begin_landed(&mut self) {
        let mut start = Figures::default();
        let mut freights = Vec::new();
        for route in &self.spec.routes {
            let built = self.value(route.capacity_t) * self.value(route.availability);
            let capacity = if route.opened_by.is_empty() { built } else { 0.0 };
            start.routes.push(Traffic { moved: 0.0, capacity });
            freights.push(self.value(route.freight_usd_per_t));
        }
        start.products = vec![Trade::default(); self.spec.products.len()];
        let capacities: Vec<f64> = start.routes.iter().map(|route| route.capacity).collect();
        let mut market = Market::new(vec![0.0; self.spec.products.len()], freights, &capacities);
        market.sought = (0..self.spec.products.len()).map(|p| self.traded_at_start(p)).collect();
        let mut priorities: Vec<u32> = self.spec.products.iter().map(|product| product.priority).collect();
        priorities.sort_unstable();
        priorities.dedup();
        for priority in priorities {
            for index in 0..market.open.len() {
                self.ship(&mut start, &mut market, &mut Purse::unlimited(), priority, index);
            }
        }
        self.moved.clone_from(&market.moved);
        for p in 0..self.spec.products.len() {
            let group = self.spec.products[p].group;
            let paid = self.paid(p, &start, &market).unwrap_or_else(|| self.freight_at_start(group));
            self.landed.push(paid);
        }
        self.landed_at_start.clone_from(&self.landed);
    }

    fn traded_at_start(&self, p: usize) -> f64 {
        let product: &ProductSpec = &self.spec.products[p];
        let is_traded = match product.start {
            Start::Base => true,
            Start::Month(month) => month <= 0,
            Start::Milestone(_) => false,
        };
        if !is_traded {
            return 0.0;
        }
        let offered = product.supply.map_or(f64::INFINITY, |supply| self.value(supply.level_t));
        offered.min(self.potential[p] * self.value(product.permitted).min(1.0))
    }

    /// Moves the freight of landed prices towards what tonnes pay.
    pub(super) fn land(&mut self, month: &Figures, market: &Market) {
        for (p, product) in self.spec.products.iter().enumerate() {
            let (Some(elasticity), Some(paid)) = (product.elasticity, self.paid(p, month, market)) else {
                continue;
            };
            let dearest = self.open_to(product, market).map(|r| market.freights[r]).fold(0.0, f64::max);
            let response = -self.value(elasticity) * f64::max(dearest - paid, 0.0);
            let price = market.prices[p] + paid.max(self.landed[p]);
            if price > 0.0 {
                self.landed[p] += (paid - self.landed[p]) / (2.0 + response / price);
            }
        }
    }

    fn open_to<'m>(
        &self,
        product: &ProductSpec,
        market: &'m Market,
    ) -> impl Iterator<Item = usize> + use<'m, '_> {
        let GroupId(group) = product.group;
        let routes = &self.spec.routes;
        market.open.iter().copied().filter(move |&r| routes[r].accepts[group])
    }

    /// The average freight that last month's tonnes of a product pay on these routes; `None` where no open
    /// route accepts it.
    fn paid(&self, p: usize, month: &Figures, market: &Market) -> Option<f64> {
        let product = &self.spec.products[p];
        let all: f64 = self.moved[p].iter().sum();
        let has_moved = all > 1e-9 * self.potential[p];
        let sought = if has_moved { all } else { self.potential[p] };
        let mut looking = sought;
        let (mut tonnes, mut usd) = (0.0, 0.0);
        let mut traffic = Vec::new();
        for r in 0..self.spec.routes.len() {
            let before: f64 = self.moved.iter().map(|moved| moved[r]).sum();
            traffic.push(before);
            let capacity = month.routes[r].capacity;
            if has_moved && self.moved[p][r] > 0.0 {
                let stays = self.moved[p][r] * f64::min(1.0, capacity / before);
                tonnes += stays;
                usd += stays * market.freights[r];
                looking -= stays;
            }
        }
        for r in self.open_to(product, market) {
            let takes = f64::clamp(looking, 0.0, f64::max(month.routes[r].capacity - traffic[r], 0.0));
            tonnes += takes;
            usd += takes * market.freights[r];
            looking -= takes;
        }
        let cheapest = self.open_to(product, market).next().map(|r| market.freights[r]);
        if tonnes > 1e-9 * sought { Some(usd / tonnes) } else { cheapest }
    }

    /// The freight at the start where nothing can be carried: that of the cheapest route that is open from
    /// the start, or else of the cheapest of all.
    fn freight_at_start(&self, GroupId(group): GroupId) -> f64 {
        let accepting = || self.spec.routes.iter().filter(|route| route.accepts[group]);
        let from_the_start = accepting().filter(|route| route.opened_by.is_empty());
        let cheapest = |freights: &mut dyn Iterator<Item = f64>| freights.reduce(f64::min);
        cheapest(&mut from_the_start.map(|route| self.value(route.freight_usd_per_t)))
            .or(cheapest(&mut accepting().map(|route| self.value(route.freight_usd_per_t))))
            .unwrap_or(0.0)
    }
}
