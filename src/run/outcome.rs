//! From merged statistics to a result.

use super::chunk::Job;
use super::plan::Plan;
use crate::model::{CorridorSpec, EventId, EventSpec, Metric};
use crate::results::{EventInfo, MetricResult, Period, QUANTILES, RunResult, Summary, TargetResult};
use crate::stats::{Histogram, Moments};

/// The result of a job whose chunks are all merged.
pub(super) fn collect(job: Job<'_>, moments: &[Moments], hits: &[u64]) -> RunResult {
    let (plan, corridor) = (job.plan, job.corridor);
    let targets = targets(plan, hits);
    let months = plan.info.horizon.months;
    let histograms = job.into_histograms();
    let metrics = corridor.metrics.list();
    let summary = |period: usize, place: usize| {
        summarise(&moments[period * metrics.len() + place], &histograms[period][place])
    };
    let metric = |(place, metric): (usize, &Metric)| MetricResult {
        path: metric.path.clone(),
        title: metric.title.clone(),
        dimension: metric.dimension,
        monthly: (0..months).map(|period| summary(period, place)).collect(),
        yearly: (months..histograms.len()).map(|period| summary(period, place)).collect(),
    };
    let spec = &plan.corridor;
    RunResult {
        info: plan.info.clone(),
        products: spec.products.iter().map(|p| (p.name.clone(), p.title.clone())).collect(),
        routes: spec.routes.iter().map(|r| (r.name.clone(), r.title.clone())).collect(),
        events: events(spec),
        months: Period::months(plan.info.horizon),
        years: Period::years(plan.info.horizon),
        metrics: metrics.iter().enumerate().map(metric).collect(),
        targets,
        history: plan.history.clone(),
        assumptions: plan.assumptions.clone(),
    }
}

fn events(spec: &CorridorSpec) -> Vec<EventInfo> {
    let info = |(place, event): (usize, &EventSpec)| EventInfo {
        name: event.name.clone(),
        title: event.title.clone(),
        planned: event.planned.map(|months| spec.horizon.start.plus(months)),
        opens_a_route: spec.routes.iter().any(|route| route.opened_by.contains(&EventId(place))),
    };
    spec.events.iter().enumerate().map(info).collect()
}

fn summarise(moments: &Moments, histogram: &Histogram) -> Summary {
    Summary {
        mean: moments.mean(),
        sd: moments.sd(),
        quantiles: histogram.quantiles(QUANTILES, moments.extremes().unwrap_or((0.0, 0.0))),
        standard_error: moments.standard_error(),
    }
}

fn targets(plan: &Plan, hits: &[u64]) -> Vec<TargetResult> {
    let runs = plan.info.runs;
    let targets = plan.targets.iter().zip(hits);
    targets.map(|(spec, &hits)| TargetResult { spec: spec.clone(), hits, runs }).collect()
}
