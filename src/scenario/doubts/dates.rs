//! Warnings about dates outside the run: after its end, or before its start.

use super::{quantile, span_at};
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::plan::{ChanceSpec, CorridorSpec, EventSpec, Start};
use crate::scenario::reader::{Context, Reader};
use crate::time::Horizon;

/// A probability below which a date counts as practically certain to be outside the run.
const NEARLY_NEVER: f64 = 0.001;

pub(super) fn warn(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    let horizon = corridor.horizon;
    for event in &corridor.events {
        let is_alone = event.after.is_empty() && event.wait.is_none();
        let path = format!("events.{}", event.name);
        let outcome = past_event(event, context);
        let dated =
            Dated { path: &path, planned: event.planned, delay: event.delay_months, is_alone, outcome };
        warn_about(&dated, horizon, root, context);
    }
    for project in &corridor.projects {
        let path = format!("projects.{}", project.name);
        let is_alone = project.needs.is_empty();
        let outcome = "work on it begins in the first month";
        let dated =
            Dated { path: &path, planned: project.planned, delay: project.delay_months, is_alone, outcome };
        warn_about(&dated, horizon, root, context);
    }
    for product in &corridor.products {
        if let Start::Month(month) = product.start
            && month >= months(horizon)
        {
            let message =
                format!("`products.{}` is wanted only after the run ends ({})", product.name, last(horizon));
            let span = span_at(root, &format!("products.{}.from", product.name));
            context.report(Diagnostic::warning(span, message));
        }
    }
}

/// Something that may have a planned month.
struct Dated<'d> {
    path: &'d str,
    planned: Option<i32>,
    delay: Number,
    /// Whether it waits for nothing else.
    is_alone: bool,
    /// What becomes of it when that month lies before the run.
    outcome: &'static str,
}

/// What an event has become by the first month, if it lies before it.
fn past_event(event: &EventSpec, context: &Context<'_>) -> &'static str {
    let lasts = event.lasts_months.and_then(|lasts| quantile(lasts, 1.0 - NEARLY_NEVER, context));
    let end = event.planned.zip(lasts).map(|(planned, lasts)| f64::from(planned) + lasts);
    let least = |chance: ChanceSpec| quantile(chance.probability, 0.0, context);
    let is_certain = event.chance.is_none_or(|chance| least(chance).is_some_and(|least| least >= 1.0));
    match (end.is_some_and(|end| end < 0.0), is_certain) {
        (true, _) => "it is over by the first month",
        (false, true) => "it has begun by the first month",
        (false, false) => "if it happens at all, it has begun by the first month",
    }
}

/// A planned month with its delay: too late for the run, or before it starts.
fn warn_about(dated: &Dated<'_>, horizon: Horizon, root: &Reader<'_>, context: &mut Context<'_>) {
    let &Dated { path, planned, delay, is_alone, outcome } = dated;
    let Some(planned) = planned else { return };
    let day = |p: f64| Some(f64::from(planned) + quantile(delay, p, context)?);
    let (Some(earliest), Some(latest)) = (day(NEARLY_NEVER), day(1.0 - NEARLY_NEVER)) else { return };
    let message = if earliest >= f64::from(months(horizon)) {
        format!("`{path}` comes after the run ends ({}): it never happens during the run", last(horizon))
    } else if is_alone && latest < 0.0 {
        format!("`{path}` comes before the run starts ({}): {outcome}", horizon.start)
    } else {
        return;
    };
    let span = span_at(root, &format!("{path}.planned"));
    let run = if planned < 0 { "run.start" } else { "run.end" };
    context.report(Diagnostic::warning(span, message).see(span_at(root, run), "the run"));
}

fn months(horizon: Horizon) -> i32 {
    i32::try_from(horizon.months).unwrap_or(i32::MAX)
}

fn last(horizon: Horizon) -> String {
    horizon.month(horizon.months.saturating_sub(1)).to_string()
}
