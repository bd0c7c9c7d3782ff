//! The buyer's money: cash, earnings, credit.

use super::LoadingSpec;
use crate::batch::{Number, SeriesId};

/// The buyer's money.
#[derive(Debug, Clone, PartialEq)]
pub struct FinanceSpec {
    /// Cash for these goods.
    pub cash: EarningsSpec,
    /// Other streams of earnings.
    pub earnings: Vec<EarningsSpec>,
    /// The share of the money that can be paid out in a month.
    pub payments: Number,
    /// The share of unspent cash that is kept for the next month.
    pub keep: Number,
    /// Credit.
    pub credit: Option<CreditSpec>,
}

/// A stream of money.
#[derive(Debug, Clone, PartialEq)]
pub struct EarningsSpec {
    /// Its key in the scenario.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// In the base year, USD a month.
    pub level_usd: Number,
    /// Its growth, per month.
    pub growth: Number,
    /// Logarithm of its monthly noise, whose mean is one.
    pub noise: Option<SeriesId>,
    /// The drivers that it follows.
    pub drivers: Vec<LoadingSpec>,
    /// The share of it that is available for these goods and projects.
    pub share: Number,
}

/// A line of credit, drawn for what cash can't pay.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditSpec {
    /// Most that may be owed, USD.
    pub limit_usd: Number,
    /// Most that may be drawn, USD a month; `None` for no such cap.
    pub drawdown_usd: Option<Number>,
    /// Which groups it may be spent on, by [`super::GroupId`].
    pub groups: Vec<bool>,
    /// Which projects it may be spent on, by [`super::ProjectId`].
    pub projects: Vec<bool>,
    /// Interest, per month.
    pub interest: Number,
    /// Months in which a loan is paid back in level payments, rounded to whole months; `None` for never.
    pub maturity_months: Option<Number>,
    /// When the borrower defaults; `None` for never.
    pub default: Option<DefaultSpec>,
    /// The share of the debt that is still owed after a default.
    pub recovery: Number,
    /// Months after a default in which nothing is lent, paid or charged, rounded to whole months.
    pub suspension_months: Number,
    /// The lender's discount rate, per month.
    pub discount: Number,
}

/// The borrower defaults in a month when u < 1 − exp(−hazard·(service due / cash in / burden)^power).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DefaultSpec {
    /// Defaults per month when the service due is exactly the share `burden` of the cash that comes in.
    pub hazard: Number,
    /// The share of the cash at which the hazard is `hazard`.
    pub burden: Number,
    /// How steeply the hazard rises with the share of the cash.
    pub power: Number,
    /// u, uniform from 0 to 1, for each month.
    pub uniform: SeriesId,
}
