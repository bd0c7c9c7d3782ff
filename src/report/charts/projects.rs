//! Projects: how far they are paid for, and so built.

use super::{dates, end_of, event_color, in_title, last_month, new_chart};
use crate::plot::{Band, Chart, Color, Label, Layer, Line, Panel, Strength, Weight, YAxis};
use crate::results::{EventInfo, EventKind, MetricResult, RunResult, Summary};
use crate::units::format::chance;

/// So many fans can be told apart in one plot: tints that lie on each other hide which project they belong to.
const MOST_FANS: usize = 1;

/// The mean progress of every project by month; `None` without projects.
pub(super) fn progress(result: &RunResult) -> Option<Chart> {
    // By their places among all events, so that a project has the same colour in the picture of dates.
    let all = result.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::Project);
    let with_metric = |(place, project): (usize, &'_ EventInfo)| {
        let metric = result.metric(&format!("projects.{}.progress", project.name))?;
        Some((&result.events[place], event_color(result, place), metric))
    };
    let projects: Vec<(&EventInfo, Color, &MetricResult)> = all.filter_map(with_metric).collect();
    let mut chart = new_chart(
        title(result, &projects)?,
        "Mean share of each project's cost that is spent by the end of the month; tints hold half, and nine in ten, of all futures",
        result,
        dates(result),
        YAxis::share("share of the cost"),
    );
    if projects.len() > MOST_FANS {
        let panel = |(project, color, metric): &(&EventInfo, Color, &MetricResult)| Panel {
            title: project.title.clone(),
            value: chance(metric.monthly.last().map_or(0.0, |summary| summary.mean)),
            layers: layers(result, *color, metric),
        };
        chart.push(Layer::Panels(projects.iter().map(panel).collect()));
        return Some(chart);
    }
    for (project, color, metric) in projects {
        let mut layers = layers(result, color, metric);
        if let Some(Layer::Line(line)) = layers.last_mut() {
            line.label = Some(Label::new(project.title.clone()).with_value());
        }
        for layer in layers {
            chart.push(layer);
        }
    }
    Some(chart)
}

fn layers(result: &RunResult, color: Color, metric: &MetricResult) -> Vec<Layer> {
    let ends = || result.months.iter().map(end_of);
    let band = |pick: fn(&Summary) -> (f64, f64), strength| {
        let points = ends().zip(metric.monthly.iter().map(pick)).map(|(x, (low, high))| (x, low, high));
        Band::new(points.collect(), color, strength)
    };
    let mean = ends().zip(metric.monthly.iter().map(|summary| summary.mean)).collect();
    let line = Line { weight: Weight::Strong, ..Line::new(mean, color) };
    vec![
        band(Summary::interval_90, Strength::NineInTen).into(),
        band(Summary::interval_50, Strength::Half).into(),
        line.into(),
    ]
}

/// `2 of 7 projects are likelier finished than not by Dec 2030: first Port, in 78% of all futures`.
fn title(result: &RunResult, projects: &[(&EventInfo, Color, &MetricResult)]) -> Option<String> {
    let finished = |project: &EventInfo| {
        let metric = result.metric(&format!("projects.{}.finished", project.name));
        metric.and_then(|metric| metric.monthly.last()).map_or(0.0, |summary| summary.mean)
    };
    let (first, _, metric) = projects
        .iter()
        .max_by(|a, b| finished(a.0).total_cmp(&finished(b.0)).then(b.0.name.cmp(&a.0.name)))?;
    let (name, last, share) = (in_title(&first.title), last_month(result), chance(finished(first)));
    if let [_] = projects {
        let built = metric.monthly.last().map_or(0.0, |summary| summary.mean);
        return Some(format!(
            "{name}: {} built on average by {last}, finished in {share} of all futures",
            chance(built)
        ));
    }
    let likely = projects.iter().filter(|project| finished(project.0) > 0.5).count();
    Some(match likely {
        0 => format!(
            "No project is likelier finished than not by {last}; the likeliest is {name}, in {share} of all futures"
        ),
        _ => format!(
            "{likely} of {} projects are likelier finished than not by {last}; the likeliest is {name}: {share}",
            projects.len()
        ),
    })
}
