//! Warnings about dates outside the run: after its end, or before its start.

use super::{place_at, quantile};
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::plan::{CorridorSpec, Start};
use crate::scenario::reader::{Context, Reader};
use crate::time::Horizon;

/// A probability below which a date counts as practically certain to be outside the run.
const NEARLY_NEVER: f64 = 0.001;

pub(super) fn warn(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    let horizon = corridor.horizon;
    for event in &corridor.events {
        let is_alone = event.after.is_empty() && event.wait.is_none();
        let path = format!("events.{}", event.name);
        warn_about(&path, event.planned, event.delay_months, is_alone, horizon, root, context);
    }
    for project in &corridor.projects {
        let path = format!("projects.{}", project.name);
        let is_alone = project.needs.is_empty();
        warn_about(&path, project.planned, project.delay_months, is_alone, horizon, root, context);
    }
    for product in &corridor.products {
        if let Start::Month(month) = product.start
            && month >= months(horizon)
        {
            let message =
                format!("`products.{}` is wanted only after the run ends ({})", product.name, last(horizon));
            let place = place_at(root, &format!("products.{}.from", product.name));
            context.report(Diagnostic::warning(place, message));
        }
    }
}

/// Warns about a planned month that, with its delay, is after the end of the run or before its start.
fn warn_about(
    path: &str,
    planned: Option<i32>,
    delay: Number,
    is_alone: bool,
    horizon: Horizon,
    root: &Reader<'_>,
    context: &mut Context<'_>,
) {
    let Some(planned) = planned else { return };
    let day = |p: f64| Some(f64::from(planned) + quantile(delay, p, context)?);
    let (Some(earliest), Some(latest)) = (day(NEARLY_NEVER), day(1.0 - NEARLY_NEVER)) else { return };
    let message = if earliest >= f64::from(months(horizon)) {
        format!("`{path}` comes after the run ends ({}): it never happens during the run", last(horizon))
    } else if is_alone && latest < 0.0 {
        format!(
            "`{path}` comes before the run starts ({}): it is in effect from the first month",
            horizon.start
        )
    } else {
        return;
    };
    let place = place_at(root, &format!("{path}.planned"));
    let run = if planned < 0 { "run.start" } else { "run.end" };
    context.report(Diagnostic::warning(place, message).see(place_at(root, run), "the run"));
}

fn months(horizon: Horizon) -> i32 {
    i32::try_from(horizon.months).unwrap_or(i32::MAX)
}

fn last(horizon: Horizon) -> String {
    horizon.month(horizon.months.saturating_sub(1)).to_string()
}
