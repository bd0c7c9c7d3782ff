//! Projects: how far they are paid for, and so built.

use super::{end_of, last_month, new_chart};
use crate::plot::{Chart, Label, Line, XAxis, YAxis, theme};
use crate::results::{EventInfo, EventKind, RunResult};
use crate::units::format::chance;

/// The mean progress of every project by month; `None` without projects.
pub(super) fn progress(result: &RunResult) -> Option<Chart> {
    // By their places among all events, so that a project has the same colour in the picture of dates.
    let all = result.events.iter().enumerate();
    let projects: Vec<(usize, &EventInfo)> =
        all.filter(|(_, event)| event.kind == EventKind::Project).collect();
    let mut chart = new_chart(
        title(result, projects.first()?.1),
        "Mean share of each project's cost that is spent by the end of the month",
        result,
        XAxis::dates(),
        YAxis::share("share of the cost"),
    );
    for (number, project) in projects {
        let Some(metric) = result.metric(&format!("projects.{}.progress", project.name)) else { continue };
        let points = result.months.iter().map(end_of).zip(metric.monthly.iter().map(|summary| summary.mean));
        let line = Line::new(points.collect(), theme::palette(number));
        chart.push(line.labelled(Label::new(project.title.clone()).with_value()));
    }
    Some(chart)
}

/// `Port: 64% built on average by Dec 2030, finished in 41% of all futures`.
fn title(result: &RunResult, project: &EventInfo) -> String {
    let at_the_end = |what: &str| {
        let metric = result.metric(&format!("projects.{}.{what}", project.name));
        metric.and_then(|metric| metric.monthly.last()).map_or(0.0, |summary| summary.mean)
    };
    format!(
        "{}: {:.0}% built on average by {}, finished in {} of all futures",
        project.title,
        at_the_end("progress") * 100.0,
        last_month(result),
        chance(at_the_end("finished"))
    )
}
