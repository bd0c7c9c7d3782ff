//! `[events.NAME]` and `[projects.NAME]`.

use super::about::Timing;
use super::product::{priority, title_from};
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::dist::Distribution;
use crate::plan::{ChanceSpec, EventSpec, ProjectSpec, WaitSpec};
use crate::scenario::reader::{Context, Reader};

pub(super) fn event(
    name: String,
    reader: &Reader<'_>,
    timing: Timing,
    context: &mut Context<'_>,
) -> EventSpec {
    if !["planned", "after", "rate", "delay"].iter().any(|key| reader.has(key)) {
        let problem =
            Diagnostic::error(reader.span_of("planned"), format!("`{}` has no date", reader.path)).gap();
        context.report(problem.help(
            "state when with `planned = \"2026-12\"`, after what with `after = \"…\"`, how often with \
             `rate = \"0.5 /year\"`, or how long after the start of the run with `delay = \"6 months\"`",
        ));
    }
    EventSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        planned: planned(reader, timing, context),
        after: reader.milestones("after", context),
        delay_months: reader.number("delay", context).unwrap_or(Number::Fixed(0.0)),
        wait: wait(reader, context),
        chance: chance(reader, context),
        ramp_months: reader.number("ramp", context).unwrap_or(Number::Fixed(0.0)),
        lasts_months: reader.number("lasts", context),
        name,
    }
}

pub(super) fn project(
    name: String,
    reader: &Reader<'_>,
    root: &Reader<'_>,
    timing: Timing,
    context: &mut Context<'_>,
) -> ProjectSpec {
    let grant = reader.flag("grant", context);
    ProjectSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        planned: planned(reader, timing, context),
        needs: reader.milestones("needs", context),
        delay_months: reader.number("delay", context).unwrap_or(Number::Fixed(0.0)),
        chance: chance(reader, context),
        cost_usd: reader.number("cost", context).unwrap_or(Number::Fixed(0.0)),
        overrun: reader.number("overrun", context).unwrap_or(Number::Fixed(1.0)),
        build_months: reader.number("build_time", context).unwrap_or(Number::Fixed(1.0)),
        ramp_months: reader.number("ramp", context).unwrap_or(Number::Fixed(0.0)),
        priority: priority(reader, context),
        grant,
        credit_only: credit_only(reader, grant, root, context),
        name,
    }
}

/// Reads `credit_only`; reports a problem if there is no credit, or if the project is also a grant.
fn credit_only(reader: &Reader<'_>, grant: bool, root: &Reader<'_>, context: &mut Context<'_>) -> bool {
    let is_so = reader.flag("credit_only", context);
    let has_credit = root.table.table("finance").is_some_and(|finance| finance.get("credit").is_some());
    if is_so && !has_credit {
        let message = format!("only credit pays for `{}`, and there is no [finance.credit]", reader.path);
        let problem = Diagnostic::error(reader.span_of("credit_only"), message);
        context.report(problem.help("add [finance.credit] with a `limit`, or remove `credit_only`"));
    }
    if is_so && grant {
        let message = format!("`{}` is a `grant` and `credit_only`", reader.path);
        let problem = Diagnostic::error(reader.span_of("credit_only"), message);
        context
            .report(problem.see(reader.span_of("grant"), "a third party pays").help("keep one of the two"));
    }
    is_so
}

fn planned(reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> Option<i32> {
    reader.assumed_month("planned", context).and_then(|month| timing.since_start(month))
}

/// The probability that it occurs, and the uniform that decides. The uniform has a name of its own, so that
/// making the probability uncertain changes no other draw.
fn chance(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<ChanceSpec> {
    let probability = reader.number("probability", context)?;
    if probability == Number::Fixed(1.0) {
        return None;
    }
    let uniform = context.add_input(&reader.path_of("occurs"), Distribution::unit_uniform());
    Some(ChanceSpec { probability, uniform })
}

fn wait(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<WaitSpec> {
    let rate = reader.number("rate", context)?;
    let uniform = context.add_input(&reader.path_of("wait"), Distribution::unit_uniform());
    Some(WaitSpec { rate, uniform })
}
