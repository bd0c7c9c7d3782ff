//! `[finance]` and `[finance.credit]`: the buyer's money.

use super::route::groups;
use crate::batch::Number;
use crate::model::{CreditSpec, FinanceSpec};
use crate::scenario::reader::{Context, Reader};

/// `[finance]`; `None` when there is no such section: money is unlimited then.
pub(in crate::scenario) fn finance(root: &Reader<'_>, context: &mut Context<'_>) -> Option<FinanceSpec> {
    let reader = root.table("finance", context)?;
    Some(FinanceSpec {
        cash_usd: reader.number("cash", context).unwrap_or(Number::Fixed(0.0)),
        growth: reader.number("growth", context).unwrap_or(Number::Fixed(0.0)),
        noise: reader.noise("noise", context),
        credit: reader.table("credit", context).map(|reader| credit(&reader, context)),
    })
}

fn credit(reader: &Reader<'_>, context: &mut Context<'_>) -> CreditSpec {
    CreditSpec {
        limit_usd: reader.number("limit", context).unwrap_or(Number::Fixed(0.0)),
        drawdown_usd: reader.number("drawdown", context),
        groups: groups(reader, "groups", context),
    }
}
