//! Money: cash that comes in, how much of it can be spent, and who pays for what.

use super::corridor::Corridor;
use super::credit::Credit;
use super::effect::{Effect, apply};
use super::path::{MOST, log_of_drivers};
use super::progress::Progress;
use crate::batch::{Inputs, Lanes};
use crate::kernel;
use crate::plan::{EarningsSpec, FinanceSpec};

/// A bill counts as paid when at most this share of it is missing, because the shares that cash can pay are
/// rounded.
const ROUNDING: f64 = 1e-12;

/// The money of `N` runs, USD.
#[derive(Debug, Clone)]
pub(super) struct Finance<const N: usize> {
    /// What each stream of earnings brings this month, before `share` is applied.
    pub(super) income: Vec<Lanes<N>>,
    /// What comes in this month.
    pub(super) cash: Lanes<N>,
    /// What can still be paid in cash this month.
    pub(super) cash_left: Lanes<N>,
    /// What came in and was kept, less what was paid out in cash.
    purse: Lanes<N>,
    /// Kept for the next month.
    pub(super) kept: Lanes<N>,
    /// Paid for goods, freight and projects this month.
    pub(super) spent: Lanes<N>,
    pub(super) credit: Credit<N>,
}

/// The shares of the costs that money can pay.
#[derive(Debug, Clone, Copy)]
pub(super) struct MoneyShares<const N: usize> {
    /// Of the costs that credit may pay for.
    pub(super) creditable: Lanes<N>,
    /// Of the other costs.
    pub(super) other: Lanes<N>,
}

impl<const N: usize> MoneyShares<N> {
    /// Everything can be paid.
    pub(super) const ALL: Self = Self { creditable: Lanes::ONE, other: Lanes::ONE };
}

impl<const N: usize> Finance<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let zero = Lanes::ZERO;
        let streams = corridor.spec.finance.as_ref().map_or(0, |finance| finance.earnings.len());
        Self {
            income: vec![zero; streams],
            cash: zero,
            cash_left: zero,
            purse: zero,
            kept: zero,
            spent: zero,
            credit: Credit::new(corridor.spec.horizon.months),
        }
    }

    /// Starts a new batch of runs: nothing is kept, nothing is owed.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        self.kept = Lanes::ZERO;
        self.credit.forget();
        let credit = corridor.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        if let Some(credit) = credit {
            self.credit.begin(credit, inputs);
        }
    }

    /// Computes the month's money: cash comes in, debt is served, credit opens. Without a finance section
    /// money is unlimited.
    ///
    /// # Formula
    /// payable = φ·(cash + kept), less what debt service takes.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        progress: &Progress<N>,
        step: usize,
    ) {
        self.spent = Lanes::ZERO;
        let Some(finance) = &corridor.spec.finance else {
            self.cash_left = Lanes::NEVER;
            return;
        };
        self.earn(finance, corridor, inputs, progress, step);
        self.purse = (self.cash + self.kept).min(Lanes::splat(MOST));
        let payments = apply(&corridor.effects.payments, inputs.value(finance.payments), progress, inputs);
        let payments = payments.min(Lanes::ONE);
        self.cash_left = self.purse * payments;
        if let Some(credit) = &finance.credit {
            let repaid = self.credit.serve(credit, inputs, self.cash, self.cash_left, step);
            self.take_cash(repaid);
            self.credit.open(credit, corridor, inputs, progress, payments, step);
        }
    }

    /// Adds up what the streams of earnings bring.
    #[inline(always)]
    fn earn(
        &mut self,
        finance: &FinanceSpec,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        progress: &Progress<N>,
        step: usize,
    ) {
        let around = (corridor, inputs, progress, step);
        self.cash = income(&finance.cash, &corridor.effects.cash, around) * inputs.value(finance.cash.share);
        for (i, stream) in finance.earnings.iter().enumerate() {
            self.income[i] = income(stream, &corridor.effects.earnings[i], around);
            self.cash += self.income[i] * inputs.value(stream.share);
        }
        self.cash = self.cash.min(Lanes::splat(MOST));
    }

    /// The shares of two costs that can be paid.
    ///
    ///
    /// # Formula
    /// Credit c is drawn only for what cash m can't pay, and only for creditable costs: c = min(credit,
    /// creditable, max(0, creditable + other − m)); cash then pays the share g = min(1, m / (creditable +
    /// other − c)) of the rest. If everything is creditable, the share is min(1, (m + credit) / cost).
    #[inline(always)]
    pub(super) fn shares(&self, creditable: Lanes<N>, other: Lanes<N>) -> MoneyShares<N> {
        let cost = creditable + other;
        let shortage = (cost - self.cash_left).max(Lanes::ZERO);
        let credit = self.credit.month.left.min(creditable).min(shortage);
        let cash_share = self.cash_left.zip(cost - credit, whole_or);
        let paid = credit + cash_share * (creditable - credit);
        MoneyShares { creditable: paid.zip(creditable, whole_or), other: cash_share }
    }

    /// Pays an amount: from cash as far as possible, the rest from credit, which becomes debt.
    #[inline(always)]
    pub(super) fn pay(&mut self, amount: Lanes<N>) {
        let from_cash = amount.min(self.cash_left);
        self.take_cash(from_cash);
        let missing =
            |amount: f64, paid: f64| if amount - paid > ROUNDING * amount { amount - paid } else { 0.0 };
        self.credit.draw(amount.zip(from_cash, missing));
        self.spent += amount;
    }

    /// The share of a cost that credit alone can pay.
    #[inline(always)]
    pub(super) fn credit_share(&self, cost: Lanes<N>) -> Lanes<N> {
        self.credit.month.left.zip(cost, whole_or)
    }

    /// Pays an amount from credit alone.
    #[inline(always)]
    pub(super) fn pay_on_credit(&mut self, amount: Lanes<N>) {
        self.credit.draw(amount);
        self.spent += amount;
    }

    #[inline(always)]
    fn take_cash(&mut self, amount: Lanes<N>) {
        self.cash_left = (self.cash_left - amount).max(Lanes::ZERO);
        self.purse = (self.purse - amount).max(Lanes::ZERO);
    }

    /// Ends the month: a share of what wasn't paid out is kept.
    #[inline(always)]
    pub(super) fn close(&mut self, corridor: &Corridor, inputs: &Inputs<N>, step: usize) {
        let Some(finance) = &corridor.spec.finance else { return };
        self.kept = self.purse * inputs.value(finance.keep);
        if finance.credit.is_some() {
            self.credit.close(step);
        }
    }
}

/// The available amount as a share of the needed one, and 1 where it is enough.
#[inline(always)]
pub(super) fn whole_or(have: f64, need: f64) -> f64 {
    if need > have { have / need } else { 1.0 }
}

/// What a stream of earnings brings in a month.
///
/// # Formula
/// level·e^(g·age)·noise·drivers, then effects; the exponents are added up before one exponential is taken.
#[inline(always)]
fn income<const N: usize>(
    stream: &EarningsSpec,
    effects: &[Effect],
    (corridor, inputs, progress, step): (&Corridor, &Inputs<N>, &Progress<N>, usize),
) -> Lanes<N> {
    let mut log = inputs.value(stream.growth) * corridor.age_months(step)
        + log_of_drivers(&stream.drivers, &corridor.spec.drivers, inputs);
    if let Some(noise) = stream.noise {
        log += inputs.shock(noise);
    }
    log = log.map(kernel::exp);
    let most = Lanes::splat(MOST);
    let income = (inputs.value(stream.level_usd) * log).min(most);
    apply(effects, income, progress, inputs).min(most)
}
