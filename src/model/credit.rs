//! Credit: what is lent, charged, due, repaid and lost.

use super::corridor::Corridor;
use super::effect::apply;
use super::path::MOST;
use super::progress::Progress;
use crate::batch::{Inputs, Lanes};
use crate::kernel;
use crate::plan::{CreditSpec, DefaultSpec};
use crate::stats::without_rounding;

/// A smaller amount, USD, is not due: it is the rounding error of a loan that has been paid back.
const LEAST_DUE_USD: f64 = 0.01;

/// The ratio of debt service to cash is capped here: without cash it would be infinite, and a hazard of zero
/// times infinity is NaN.
const MOST_BURDEN: f64 = 1e6;

/// The level payment that settles a loan of 1 in `months` monthly payments, the first a month after the loan.
///
/// # Formula
/// r / (1 − (1 + r)^(−n)), and 1/n without interest.
///
/// # Examples
/// ```
/// let payment = 1000.0 * corridor::model::level_payment(0.005, 60.0);
/// assert!((payment - 19.332_801_53).abs() < 1e-8);
/// ```
pub fn level_payment(interest: f64, months: f64) -> f64 {
    let discounted = -libm::expm1(-months * libm::log1p(interest));
    if discounted > 0.0 { interest / discounted } else { 1.0 / months }
}

/// The credit of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Credit<const N: usize> {
    terms: Terms<N>,
    /// By month: the principal that is paid back from the next month on, USD.
    loans: Vec<Lanes<N>>,
    /// The sum of the principals that are being paid back.
    principal: Lanes<N>,
    /// Loans of earlier months were cancelled by a default.
    first_loan: Lanes<N>,
    /// Nothing is lent, charged or due before this month.
    suspended_until: Lanes<N>,
    /// Value of a dollar of this month at the start of the run.
    discount: Lanes<N>,
    /// Present value of all payments to and from the lender so far.
    paid_value: Lanes<N>,
    /// The present value of the absolute amounts of all these payments: the scale by which the rounding error
    /// of `npv` is judged.
    moved_value: Lanes<N>,
    pub(super) month: CreditMonth<N>,
}

/// The terms of credit in a batch of runs.
#[derive(Debug, Clone, Copy)]
struct Terms<const N: usize> {
    /// Per month.
    interest: Lanes<N>,
    /// Months; 0 where nothing is ever due.
    maturity: Lanes<N>,
    /// The monthly payment for a loan of 1.
    payment: Lanes<N>,
    recovery: Lanes<N>,
    suspension: Lanes<N>,
    /// Value at the start of a month of a dollar paid one month later.
    discount: Lanes<N>,
}

/// The figures of a month, USD.
#[derive(Debug, Clone, Copy)]
pub(super) struct CreditMonth<const N: usize> {
    /// What may still be drawn this month.
    pub(super) left: Lanes<N>,
    pub(super) drawn: Lanes<N>,
    pub(super) interest: Lanes<N>,
    pub(super) due: Lanes<N>,
    pub(super) repaid: Lanes<N>,
    pub(super) exposure: Lanes<N>,
    pub(super) written_off: Lanes<N>,
    pub(super) debt: Lanes<N>,
    pub(super) arrears: Lanes<N>,
    /// 1 once the borrower has defaulted.
    pub(super) defaulted: Lanes<N>,
    /// Net present value for the lender, with outstanding debt at its face value.
    pub(super) npv: Lanes<N>,
}

impl<const N: usize> CreditMonth<N> {
    const NOTHING: Self = Self {
        left: Lanes::ZERO,
        drawn: Lanes::ZERO,
        interest: Lanes::ZERO,
        due: Lanes::ZERO,
        repaid: Lanes::ZERO,
        exposure: Lanes::ZERO,
        written_off: Lanes::ZERO,
        debt: Lanes::ZERO,
        arrears: Lanes::ZERO,
        defaulted: Lanes::ZERO,
        npv: Lanes::ZERO,
    };

    /// What carries over from one month to the next.
    #[inline(always)]
    fn stocks(&self) -> Self {
        Self { debt: self.debt, arrears: self.arrears, defaulted: self.defaulted, ..Self::NOTHING }
    }
}

impl<const N: usize> Credit<N> {
    pub(super) fn new(months: usize) -> Self {
        let zero = Lanes::ZERO;
        let terms = Terms {
            interest: zero,
            maturity: zero,
            payment: zero,
            recovery: zero,
            suspension: zero,
            discount: zero,
        };
        Self {
            terms,
            loans: vec![zero; months],
            principal: zero,
            first_loan: zero,
            suspended_until: zero,
            discount: Lanes::ONE,
            paid_value: zero,
            moved_value: zero,
            month: CreditMonth::NOTHING,
        }
    }

    /// Starts a new batch of runs on these terms.
    pub(super) fn begin(&mut self, spec: &CreditSpec, inputs: &Inputs<N>) {
        self.terms = Terms::of(spec, inputs);
    }

    /// Resets to the start of a run: nothing is owed or was ever paid.
    pub(super) fn forget(&mut self) {
        self.loans.fill(Lanes::ZERO);
        (self.principal, self.first_loan, self.suspended_until) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        (self.discount, self.paid_value, self.moved_value) = (Lanes::ONE, Lanes::ZERO, Lanes::ZERO);
        self.month = CreditMonth::NOTHING;
    }

    /// Charges interest, decides on default, pays what is due from `payable`, and returns what was repaid, in
    /// the month `step`.
    ///
    /// # Formula
    /// due = min(debt, level payments + arrears with interest); repaid = min(due, payable).
    #[inline(always)]
    pub(super) fn serve(
        &mut self,
        spec: &CreditSpec,
        inputs: &Inputs<N>,
        cash: Lanes<N>,
        payable: Lanes<N>,
        step: usize,
    ) -> Lanes<N> {
        self.month = self.month.stocks();
        if step > 0 {
            self.discount = self.discount * self.terms.discount;
        }
        self.roll_loans(step);
        let growth = self.terms.interest + 1.0;
        let owed = self.month.debt * growth;
        let due = owed.min(self.principal * self.terms.payment + self.month.arrears * growth);
        let due = due.map(|due| if due < LEAST_DUE_USD { 0.0 } else { due }) * self.is_open(step);
        if let Some(default) = &spec.default {
            self.default(defaults(default, due, cash, inputs), step);
        }
        let open = self.is_open(step);
        let month = &mut self.month;
        month.interest = month.debt * self.terms.interest * open;
        month.due = due * open;
        month.repaid = month.due.min(payable);
        month.arrears = (month.due - month.repaid).max(Lanes::ZERO);
        month.debt = (month.debt + month.interest - month.repaid).max(Lanes::ZERO).min(Lanes::splat(MOST));
        month.repaid
    }

    /// Computes the credit that can be drawn this month: min(limit − debt, drawdown cap), times the share of
    /// payments that gets through.
    #[inline(always)]
    pub(super) fn open(
        &mut self,
        spec: &CreditSpec,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        progress: &Progress<N>,
        payments: Lanes<N>,
        step: usize,
    ) {
        let effects = &corridor.effects;
        let limit = apply(&effects.credit_limit, inputs.value(spec.limit_usd), progress, inputs);
        let headroom = (limit - self.month.debt).max(Lanes::ZERO);
        let headroom = match spec.drawdown_usd {
            None => headroom,
            Some(cap) => headroom.min(apply(&effects.credit_drawdown, inputs.value(cap), progress, inputs)),
        };
        self.month.left = (headroom * payments * self.is_open(step)).min(Lanes::splat(MOST));
    }

    /// Draws an amount.
    #[inline(always)]
    pub(super) fn draw(&mut self, amount: Lanes<N>) {
        let month = &mut self.month;
        // An excess over the available credit (often none) is only rounding, and must not become debt.
        let drawn = amount.min(month.left);
        month.left = (month.left - drawn).max(Lanes::ZERO);
        month.drawn += drawn;
        month.debt += drawn;
    }

    /// Ends the month `step`: what was drawn becomes a loan, and the lender's present value is updated.
    #[inline(always)]
    pub(super) fn close(&mut self, step: usize) {
        let month = &mut self.month;
        self.loans[step] += month.drawn;
        self.paid_value += (month.repaid - month.drawn) * self.discount;
        self.moved_value += (month.repaid + month.drawn) * self.discount;
        month.npv = (self.paid_value + month.debt * self.discount).zip(self.moved_value, without_rounding);
    }

    /// 1 where the line isn't suspended.
    #[inline(always)]
    fn is_open(&self, step: usize) -> Lanes<N> {
        Lanes::splat(step as f64).at_least(self.suspended_until)
    }

    /// Adds last month's loans and removes those whose last payment was then.
    #[inline(always)]
    fn roll_loans(&mut self, step: usize) {
        if step == 0 {
            return;
        }
        self.principal += self.loans[step - 1];
        let settled = -self.terms.maturity + (step as f64 - 1.0);
        if settled.at_least(self.first_loan).is_zero() {
            return;
        }
        for run in 0..N {
            let (settled, months) = (settled.0[run], self.terms.maturity.0[run]);
            if settled >= self.first_loan.0[run] && months > 0.0 {
                self.principal.0[run] = (self.principal.0[run] - self.loan(settled, run)).max(0.0);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a month of the run")]
    #[inline(always)]
    fn loan(&self, month: f64, run: usize) -> f64 {
        self.loans[month as usize].0[run]
    }

    /// Applies default in some runs: a part of the debt is written off, and the rest becomes a loan of the
    /// last suspended month.
    fn default(&mut self, defaults: Lanes<N>, step: usize) {
        for run in (0..N).filter(|&run| defaults.0[run] > 0.5) {
            let month = &mut self.month;
            let debt = month.debt.0[run];
            let kept = debt * self.terms.recovery.0[run];
            (month.exposure.0[run], month.written_off.0[run]) = (debt, debt - kept);
            (month.debt.0[run], month.arrears.0[run], month.defaulted.0[run]) = (kept, 0.0, 1.0);
            (self.principal.0[run], self.first_loan.0[run]) = (0.0, step as f64);
            let until = step as f64 + self.terms.suspension.0[run];
            self.suspended_until.0[run] = until;
            self.restructure(kept, until - 1.0, run);
        }
    }

    /// Records the remaining debt as a loan, unless its month is beyond the horizon.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a month, and saturating")]
    fn restructure(&mut self, debt: f64, month: f64, run: usize) {
        if let Some(loans) = self.loans.get_mut(month as usize) {
            loans.0[run] += debt;
        }
    }
}

impl<const N: usize> Terms<N> {
    fn of(spec: &CreditSpec, inputs: &Inputs<N>) -> Self {
        let interest = inputs.value(spec.interest);
        let rounded = |months: f64| libm::floor(months + 0.5).max(1.0);
        let maturity = spec.maturity_months.map(|maturity| inputs.value(maturity).map(rounded));
        let payment = maturity.map(|maturity| interest.zip(maturity, level_payment));
        Self {
            interest,
            maturity: maturity.unwrap_or(Lanes::ZERO),
            payment: payment.unwrap_or(Lanes::ZERO),
            recovery: inputs.value(spec.recovery),
            suspension: inputs.value(spec.suspension_months).map(rounded),
            discount: inputs.value(spec.discount).map(|rate| 1.0 / (1.0 + rate)),
        }
    }
}

/// The runs in which the borrower defaults.
///
/// # Formula
/// u < 1 − exp(−h·(due / cash / burden)^power).
#[inline(always)]
fn defaults<const N: usize>(
    spec: &DefaultSpec,
    due: Lanes<N>,
    cash: Lanes<N>,
    inputs: &Inputs<N>,
) -> Lanes<N> {
    let DefaultSpec { hazard, burden, power, uniform } = *spec;
    let (hazard, burden, power) = (inputs.value(hazard), inputs.value(burden), inputs.value(power));
    if due.is_zero() {
        return Lanes::ZERO;
    }
    let u = inputs.shock(uniform);
    let mut defaults = Lanes::ZERO;
    for run in 0..N {
        let owes = due.0[run] > 0.0;
        // Where nothing is due the ratio is replaced by 1, because the logarithm of 0 is infinite. All runs
        // take the same steps, so that the processor can compute several at once.
        let ratio = (due.0[run] / cash.0[run]).min(MOST_BURDEN) / burden.0[run];
        let ratio = if owes { ratio } else { 1.0 };
        let rate = hazard.0[run] * kernel::exp(power.0[run] * kernel::ln(ratio));
        defaults.0[run] = f64::from(u8::from(owes && u.0[run] < 1.0 - kernel::exp(-rate)));
    }
    defaults
}
