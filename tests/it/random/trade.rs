//! Random products and routes.

use super::Maker;
use corridor::batch::Number;
use corridor::plan::{GroupId, PriceSpec, ProductSpec, RouteSpec, Start, SupplySpec};

impl Maker<'_> {
    pub(super) fn product(&mut self, p: usize, age_months: f64) -> ProductSpec {
        let name = format!("p{p}");
        let genes = &mut self.genes;
        let (group, priority) = (GroupId(genes.pick(self.counts.groups)), 1 + [0, 1, 2][genes.pick(3)]);
        let ceiling_t = genes.happens(0.5).then(|| Number::Fixed(genes.between(1.0, 3000.0)));
        ProductSpec {
            title: format!("P{p}"),
            group,
            priority,
            start: self.start(),
            level_t: self.number(&format!("{name}.level"), 0.0, 1000.0),
            growth: self.number(&format!("{name}.growth"), -0.1, 0.1),
            ceiling_t,
            season: self.genes.season(),
            noise: self.noise(&format!("{name}.noise")),
            drivers: self.loadings(&name),
            price: self.price(&name, age_months),
            elasticity: self.maybe(0.25, &format!("{name}.elasticity"), -2.0, 0.0),
            supply: self.genes.happens(0.25).then(|| self.supply(&name)),
            permitted: self.number_or(1.0, 0.2, &format!("{name}.permitted"), 0.0, 1.0),
            grant: self.genes.happens(0.1),
            carry: self.maybe(0.25, &format!("{name}.carry"), 0.0, 1.0),
            name,
        }
    }

    fn start(&mut self) -> Start {
        match self.genes.pick(4) {
            3 => self.milestone().map_or(Start::Base, Start::Milestone),
            2 => Start::Month(self.genes.whole(-4, 12)),
            _ => Start::Base,
        }
    }

    fn price(&mut self, name: &str, age_months: f64) -> PriceSpec {
        let path = format!("{name}.price_path");
        PriceSpec {
            level_usd_per_t: self.number(&format!("{name}.price"), 0.0, 2000.0),
            growth: self.number_or(0.0, 0.25, &format!("{path}.growth"), -0.05, 0.05),
            path: self.genes.happens(0.3).then(|| self.path(&path, age_months)),
            drivers: self.loadings(&path),
        }
    }

    fn supply(&mut self, name: &str) -> SupplySpec {
        SupplySpec {
            level_t: self.number(&format!("{name}.supply"), 0.0, 1500.0),
            noise: self.noise(&format!("{name}.supply_noise")),
        }
    }

    /// Mostly not given.
    pub(super) fn maybe(&mut self, chance: f64, path: &str, low: f64, high: f64) -> Option<Number> {
        self.genes.happens(chance).then(|| self.number(path, low, high))
    }

    pub(super) fn route(&mut self, r: usize) -> RouteSpec {
        let capacity_t = if self.genes.happens(0.1) {
            Number::Fixed(0.0)
        } else {
            self.number(&format!("r{r}.c"), 1.0, 2000.0)
        };
        let mut opened_by = Vec::new();
        for chance in [0.4, 0.15] {
            if self.genes.happens(chance) {
                opened_by.extend(self.milestone());
            }
        }
        opened_by.dedup();
        let genes = &mut self.genes;
        RouteSpec {
            name: format!("r{r}"),
            title: format!("R{r}"),
            accepts: (0..self.counts.groups).map(|_| !genes.happens(0.35)).collect(),
            capacity_t,
            // Whole steps of 50, so that two routes often have the same freight.
            freight_usd_per_t: Number::Fixed(50.0 * genes.pick(4) as f64),
            availability: Number::Fixed(1.0 - genes.between(0.0, 0.5)),
            season: genes.season(),
            opened_by,
        }
    }
}
