//! `[earnings.NAME]`, `[finance]` and `[finance.credit]`: the buyer's money.

use super::product::title_from;
use super::route::groups;
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::plan::{CreditSpec, DefaultSpec, EarningsSpec, FinanceSpec};
use crate::sample::Process;
use crate::scenario::reader::{Context, Reader};

/// Reads `[earnings.NAME]` and `[finance]`; `None` if there is no `[finance]`, in which case money is
/// unlimited.
pub(in crate::scenario) fn finance(root: &Reader<'_>, context: &mut Context<'_>) -> Option<FinanceSpec> {
    let tables = root.tables("earnings", context);
    let earnings: Vec<EarningsSpec> =
        tables.into_iter().map(|(name, reader)| earnings(name, &reader, context)).collect();
    if !earnings.is_empty() && !root.has("finance") {
        let problem =
            Diagnostic::error(root.span_of("earnings"), "there are earnings and no [finance] to spend them");
        context.report(problem.gap().help(
            "without [finance] money limits nothing; an empty [finance] section is \
                enough",
        ));
    }
    let reader = root.table("finance", context)?;
    if earnings.is_empty() && !reader.has("cash") {
        reader.report_missing("cash", context);
    }
    Some(FinanceSpec {
        cash: cash(&reader, context),
        earnings,
        payments: reader.number("payments", context).unwrap_or(Number::Fixed(1.0)),
        keep: reader.number("keep", context).unwrap_or(Number::Fixed(0.0)),
        credit: reader.table("credit", context).map(|reader| credit(&reader, context)),
    })
}

fn earnings(name: String, reader: &Reader<'_>, context: &mut Context<'_>) -> EarningsSpec {
    let title = reader.text("title", context).unwrap_or_else(|| title_from(&name));
    let whole = stream(name, title, "amount", reader, context);
    EarningsSpec { share: reader.number("share", context).unwrap_or(whole.share), ..whole }
}

/// The cash for these goods: a stream that is available to them in full.
fn cash(reader: &Reader<'_>, context: &mut Context<'_>) -> EarningsSpec {
    stream("cash".to_owned(), "Cash for these goods".to_owned(), "cash", reader, context)
}

fn stream(
    name: String,
    title: String,
    level: &str,
    reader: &Reader<'_>,
    context: &mut Context<'_>,
) -> EarningsSpec {
    EarningsSpec {
        name,
        title,
        level_usd: reader.number(level, context).unwrap_or(Number::Fixed(0.0)),
        growth: reader.number("growth", context).unwrap_or(Number::Fixed(0.0)),
        noise: reader.noise("noise", context),
        drivers: reader.loadings("driven_by", context),
        share: Number::Fixed(1.0),
    }
}

fn credit(reader: &Reader<'_>, context: &mut Context<'_>) -> CreditSpec {
    // With only one of the two lists, credit pays for nothing but that.
    let tied = reader.has("groups") || reader.has("projects");
    let groups = match (tied, reader.has("groups")) {
        (true, false) => vec![false; context.names("groups").len()],
        _ => groups(reader, "groups", context),
    };
    CreditSpec {
        limit_usd: reader.number("limit", context).unwrap_or(Number::Fixed(0.0)),
        drawdown_usd: reader.number("drawdown", context),
        groups,
        projects: projects(reader, tied, context),
        interest: reader.number("interest", context).unwrap_or(Number::Fixed(0.0)),
        maturity_months: reader.number("maturity", context),
        default: default(reader, context),
        recovery: reader.number("recovery", context).unwrap_or(Number::Fixed(1.0)),
        suspension_months: reader.number("suspension", context).unwrap_or(Number::Fixed(0.0)),
        discount: reader.number("discount", context).unwrap_or(Number::Fixed(0.0)),
    }
}

fn projects(reader: &Reader<'_>, tied: bool, context: &mut Context<'_>) -> Vec<bool> {
    let named = reader.name_list("projects", context).unwrap_or_default();
    (0..context.names("projects").len()).map(|project| !tied || named.contains(&project)).collect()
}

fn default(credit: &Reader<'_>, context: &mut Context<'_>) -> Option<DefaultSpec> {
    let reader = credit.table("default", context)?;
    if !credit.has("maturity") {
        let message = format!("`{}` needs a `maturity`: without one nothing is ever due", reader.path);
        let problem = Diagnostic::error(credit.span_of("default"), message).gap();
        context.report(problem.help("for example: maturity = \"10 years\""));
    }
    Some(DefaultSpec {
        hazard: reader.number("hazard", context).unwrap_or(Number::Fixed(0.0)),
        burden: reader.number("burden", context).unwrap_or(Number::Fixed(0.1)),
        power: reader.number("power", context).unwrap_or(Number::Fixed(1.0)),
        uniform: context.add_series(reader.path, Process::Uniform),
    })
}
