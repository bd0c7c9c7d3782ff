//! Prices: a level that grows, a random path, drivers and effects.

use super::corridor::Corridor;
use super::effect::apply;
use super::path::{MOST, log_of, log_of_drivers};
use super::progress::Progress;
use crate::batch::{Inputs, Lanes, Number};
use crate::kernel;
use crate::plan::PriceSpec;

/// The prices of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Prices<const N: usize> {
    /// Without freight, USD a tonne, by product.
    pub(super) price: Vec<Lanes<N>>,
}

impl<const N: usize> Prices<N> {
    pub(super) fn new(count: usize) -> Self {
        Self { price: vec![Lanes::ZERO; count] }
    }

    /// Prices in the month `step`.
    ///
    /// # Formula
    /// price = P·e^(g·age)·path·drivers, then effects; the exponents are added up before one exponential is
    /// taken.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        progress: &Progress<N>,
        step: usize,
    ) {
        for (p, product) in corridor.spec.products.iter().enumerate() {
            let PriceSpec { level_usd_per_t, growth, path, drivers } = &product.price;
            let mut price = inputs.value(*level_usd_per_t);
            let moves = path.is_some() || !drivers.is_empty() || *growth != Number::Fixed(0.0);
            if moves {
                let mut log = inputs.value(*growth) * corridor.age_months(step)
                    + log_of_drivers(drivers, &corridor.spec.drivers, inputs);
                if let Some(path) = path {
                    log += log_of(*path, inputs);
                }
                log = log.map(kernel::exp);
                price = (price * log).min(Lanes::splat(MOST));
            }
            let price = apply(&corridor.effects.price[p], price, progress, inputs);
            self.price[p] = price.min(Lanes::splat(MOST));
        }
    }
}
