//! Money: cash that comes in, credit that may be drawn, debt.

use super::corridor::Corridor;
use super::effect::apply;
use super::event::Events;
use crate::batch::{Inputs, Lanes};
use crate::kernel;

/// The most cash that ever comes in in a month, USD: growth without an end must not leave what numbers can hold.
const MOST_USD: f64 = 1e30;

/// The money of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Finance<const N: usize> {
    /// Trend of the cash, USD a month.
    trend: Lanes<N>,
    /// e^growth of one month.
    growth: Lanes<N>,
    /// Cash that comes in this month, USD.
    pub(super) cash: Lanes<N>,
    /// What is left of it.
    pub(super) cash_left: Lanes<N>,
    /// What may still be drawn this month, USD.
    pub(super) credit_left: Lanes<N>,
    /// Drawn this month, USD.
    pub(super) drawn: Lanes<N>,
    /// Paid for goods and freight this month, USD.
    pub(super) spent: Lanes<N>,
    /// Owed at the end of this month, USD.
    pub(super) debt: Lanes<N>,
}

impl<const N: usize> Finance<N> {
    pub(super) fn new() -> Self {
        let zero = Lanes::ZERO;
        Self {
            trend: zero,
            growth: zero,
            cash: zero,
            cash_left: zero,
            credit_left: zero,
            drawn: zero,
            spent: zero,
            debt: zero,
        }
    }

    /// A new batch of runs: no debt, the base year's cash grown to the first month.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        *self = Self::new();
        if let Some(finance) = &corridor.spec.finance {
            let growth = inputs.value(finance.growth);
            self.growth = growth.map(kernel::exp);
            let aged = (growth * corridor.spec.base_age_months).map(kernel::exp);
            self.trend = (inputs.value(finance.cash_usd) * aged).min(Lanes::splat(MOST_USD));
        }
    }

    /// The month's money. Without a finance section it is unlimited.
    ///
    /// # Formula
    /// cash = trend · noise, then effects; credit = min(limit − debt, drawdown cap), at least 0.
    pub(super) fn step(&mut self, corridor: &Corridor, inputs: &Inputs<N>, events: &Events<N>) {
        (self.drawn, self.spent) = (Lanes::ZERO, Lanes::ZERO);
        let Some(finance) = &corridor.spec.finance else {
            self.cash_left = Lanes::splat(f64::INFINITY);
            return;
        };
        let effects = corridor.effects();
        let mut cash = self.trend;
        if let Some(noise) = finance.noise {
            cash = cash * inputs.shock(noise);
        }
        self.cash = apply(&effects.cash, cash, &events.progress, inputs).min(Lanes::splat(MOST_USD));
        self.cash_left = self.cash;
        self.trend = (self.trend * self.growth).min(Lanes::splat(MOST_USD));
        if let Some(credit) = &finance.credit {
            let limit =
                apply(&effects.credit_limit, inputs.value(credit.limit_usd), &events.progress, inputs);
            let room = (limit - self.debt).max(Lanes::ZERO);
            self.credit_left = match credit.drawdown_usd {
                None => room,
                Some(cap) => {
                    room.min(apply(&effects.credit_drawdown, inputs.value(cap), &events.progress, inputs))
                }
            };
        }
    }

    /// Pays an amount: from cash as far as it goes, the rest from credit, which becomes debt.
    #[inline]
    pub(super) fn pay(&mut self, amount: Lanes<N>) {
        let from_cash = amount.min(self.cash_left);
        // What rounding asks for beyond the credit there is (none, often) is not a debt.
        let drawn = (amount - from_cash).min(self.credit_left);
        self.cash_left = (self.cash_left - from_cash).max(Lanes::ZERO);
        self.credit_left = (self.credit_left - drawn).max(Lanes::ZERO);
        self.spent += amount;
        self.drawn += drawn;
        self.debt += drawn;
    }
}
