//! Projects: the share of their cost that is spent, which is how far they are built.

use super::{dates, end_of, event_color, in_title, last_month, new_chart};
use crate::plot::{Band, Chart, Color, Label, Layer, Line, Panel, Strength, Weight, YAxis};
use crate::results::{EventInfo, EventKind, MetricResult, RunResult, Summary};
use crate::units::format::chance;

/// The most fans in one plot: where tints overlap, their projects can't be distinguished.
const MOST_FANS: usize = 1;

/// The mean progress of every project by month; `None` without projects.
pub(super) fn progress(result: &RunResult) -> Option<Chart> {
    // By their indices among all events, so that a project has the same colour in the picture of dates.
    let all = result.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::Project);
    let with_metric = |(index, project): (usize, &'_ EventInfo)| {
        let metric = result.metric(&format!("projects.{}.progress", project.name))?;
        Some((&result.events[index], event_color(result, index), metric))
    };
    let projects: Vec<(&EventInfo, Color, &MetricResult)> = all.filter_map(with_metric).collect();
    let mut chart = new_chart(
        title(result, &projects)?,
        "Mean share of each project's cost that is spent by the end of the month, with 50% interval and 90% \
         interval",
        result,
        dates(result),
        YAxis::share("share of the cost"),
    );
    if projects.len() > MOST_FANS {
        let panel = |(project, color, metric): &(&EventInfo, Color, &MetricResult)| Panel {
            title: project.title.clone(),
            value: chance(spent(metric)),
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

/// The mean share of a project's cost that is spent by the end of the last month.
fn spent(metric: &MetricResult) -> f64 {
    metric.monthly.last().map_or(0.0, |summary| summary.mean)
}

/// `Mean share of cost spent by Dec 2030: highest for Port (95%), lowest for Rail links (46%)`.
fn title(result: &RunResult, projects: &[(&EventInfo, Color, &MetricResult)]) -> Option<String> {
    let by_share = |a: &&(&EventInfo, Color, &MetricResult), b: &&(&EventInfo, Color, &MetricResult)| {
        spent(a.2).total_cmp(&spent(b.2)).then(b.0.name.cmp(&a.0.name))
    };
    let (most, least) = (projects.iter().max_by(by_share)?, projects.iter().min_by(by_share)?);
    let (name, end, share) = (in_title(&most.0.title), last_month(result), chance(spent(most.2)));
    if let [_] = projects {
        return Some(format!("{name}: {share} of the cost is spent on average by {end}"));
    }
    let (other, least) = (in_title(&least.0.title), chance(spent(least.2)));
    Some(format!(
        "Mean share of cost spent by {end}: highest for {name} ({share}), lowest for {other} ({least})"
    ))
}
