//! The twin's money: what comes in, what is owed, what can be paid.

use super::figures::Money;
use super::{MOST, Twin};
use crate::plan::{CreditSpec, DefaultSpec, EarningsId, EarningsSpec, Target};

/// The money that is left to spend this month.
pub(super) struct Purse {
    cash: f64,
    credit: f64,
}

impl Purse {
    /// Unlimited money.
    pub(super) fn unlimited() -> Self {
        Self { cash: f64::INFINITY, credit: 0.0 }
    }

    /// The shares that can be paid of the costs that credit may pay for, and of the others; and the most that
    /// may be drawn for them.
    pub(super) fn shares(&self, on_credit: f64, others: f64) -> (f64, f64, f64) {
        if on_credit + others <= self.cash {
            return (1.0, 1.0, 0.0);
        }
        let drawn = self.credit.min(on_credit).min(on_credit + others - self.cash);
        let in_cash = on_credit + others - drawn;
        let by_cash = if in_cash > self.cash { self.cash / in_cash } else { 1.0 };
        let paid = drawn + by_cash * (on_credit - drawn);
        (if on_credit > 0.0 { f64::min(1.0, paid / on_credit) } else { 1.0 }, by_cash, drawn)
    }

    /// Pays a bill from cash, and the rest, up to `most`, from credit; returns what was drawn.
    pub(super) fn pay(&mut self, bill: f64, most: f64) -> f64 {
        let drawn = f64::max(bill - self.cash, 0.0).min(most);
        self.cash = f64::max(self.cash - (bill - drawn), 0.0);
        self.credit = f64::max(self.credit - drawn, 0.0);
        drawn
    }

    /// Pays as much as possible of a bill that only credit may pay for; returns what was drawn.
    pub(super) fn pay_on_credit(&mut self, bill: f64) -> f64 {
        let drawn = bill.min(self.credit);
        self.credit -= drawn;
        drawn
    }
}

/// A loan: the month in which it was made, and its amount.
pub(super) struct Loan {
    month: usize,
    usd: f64,
}

impl Twin<'_> {
    /// A stream of money this month, before `share` is applied.
    fn stream(&self, stream: &EarningsSpec, target: Target) -> f64 {
        let trend = self.value(stream.level_usd) * f64::exp(self.value(stream.growth) * self.age_months());
        self.changed(target, trend * self.noise(stream.noise) * self.driven(&stream.drivers))
    }

    /// Cash comes in, debt is served, credit opens.
    pub(super) fn open_purse(&mut self, money: &mut Money, income: &mut Vec<f64>) -> Purse {
        let Some(finance) = &self.spec.finance else { return Purse::unlimited() };
        let mut cash = self.stream(&finance.cash, Target::Cash) * self.value(finance.cash.share);
        for (k, stream) in finance.earnings.iter().enumerate() {
            income.push(self.stream(stream, Target::Earnings(EarningsId(k))));
            cash += income[k] * self.value(stream.share);
        }
        money.cash = cash.min(MOST);
        let payments = self.changed(Target::Payments, self.value(finance.payments));
        let payable = (money.cash + self.kept).min(MOST) * payments;
        let Some(credit) = &finance.credit else { return Purse { cash: payable, credit: 0.0 } };
        self.serve(credit, payable, money);
        Purse { cash: payable - money.repaid, credit: self.open_credit(credit, payments) }
    }

    fn is_suspended(&self) -> bool {
        self.step < self.suspended_until
    }

    /// Applies interest, and either a default or debt service.
    fn serve(&mut self, credit: &CreditSpec, payable: f64, money: &mut Money) {
        if self.is_suspended() {
            return;
        }
        let interest = self.value(credit.interest) * self.debt;
        let due = self.due(credit, interest);
        if let Some(default) = &credit.default
            && due > 0.0
            && self.series(default.uniform) < self.chance(default, due, money.cash)
        {
            return self.default(credit, money);
        }
        money.interest = interest;
        money.due = due;
        money.repaid = due.min(payable);
        self.arrears = due - money.repaid;
        self.debt = (self.debt + interest - money.repaid).clamp(0.0, MOST);
    }

    fn due(&self, credit: &CreditSpec, interest: f64) -> f64 {
        let Some(maturity) = credit.maturity_months else { return 0.0 };
        let rate = self.value(credit.interest);
        let maturity = whole_months(self.value(maturity));
        let still_paid = |loan: &&Loan| loan.month < self.step && self.step <= loan.month + maturity;
        let loans: f64 = self.loans.iter().filter(still_paid).map(|loan| loan.usd).sum();
        // The present value of the payments for a loan of 1 per payment: each is discounted to the month in
        // which the loan was made.
        let worth: f64 = (1..=maturity).map(|month| (1.0 + rate).powf(-(month as f64))).sum();
        let due = f64::min(self.debt + interest, loans / worth + self.arrears * (1.0 + rate));
        // An amount below a cent is rounding.
        if due < 0.01 { 0.0 } else { due }
    }

    fn chance(&self, default: &DefaultSpec, due: f64, cash: f64) -> f64 {
        let burden = f64::min(due / cash, 1e6) / self.value(default.burden);
        1.0 - f64::exp(-self.value(default.hazard) * burden.powf(self.value(default.power)))
    }

    /// A part of the debt remains, as a loan made in the last month of the suspension.
    fn default(&mut self, credit: &CreditSpec, money: &mut Money) {
        money.exposure = self.debt;
        self.debt *= self.value(credit.recovery);
        money.written_off = money.exposure - self.debt;
        self.arrears = 0.0;
        self.suspended_until = self.step + whole_months(self.value(credit.suspension_months));
        self.loans = vec![Loan { month: self.suspended_until - 1, usd: self.debt }];
        self.defaulted = 1.0;
    }

    fn open_credit(&self, credit: &CreditSpec, payments: f64) -> f64 {
        if self.is_suspended() {
            return 0.0;
        }
        let limit = self.changed(Target::CreditLimit, self.value(credit.limit_usd));
        let mut open = f64::max(limit - self.debt, 0.0);
        if let Some(cap) = credit.drawdown_usd {
            open = open.min(self.changed(Target::CreditDrawdown, self.value(cap)));
        }
        open * payments
    }

    /// What was drawn is owed, and a share of the remaining cash is kept.
    pub(super) fn close_purse(&mut self, money: &mut Money) {
        let Some(finance) = &self.spec.finance else { return };
        let paid_out = money.repaid + (money.spent - money.drawn);
        let purse = (money.cash + self.kept).min(MOST);
        self.kept = self.value(finance.keep) * f64::max(purse - paid_out, 0.0);
        money.kept = self.kept;
        let Some(credit) = &finance.credit else { return };
        self.debt = (self.debt + money.drawn).min(MOST);
        self.loans.push(Loan { month: self.step, usd: money.drawn });
        money.flow = money.repaid - money.drawn;
        let discount = (1.0 + self.value(credit.discount)).powf(self.step as f64);
        self.flows_npv += money.flow / discount;
        money.npv = self.flows_npv + self.debt / discount;
        (money.debt, money.arrears, money.defaulted) = (self.debt, self.arrears, self.defaulted);
    }
}

/// Rounded to the nearest month, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months of a loan are few")]
fn whole_months(months: f64) -> usize {
    ((months + 0.5).floor() as usize).max(1)
}
