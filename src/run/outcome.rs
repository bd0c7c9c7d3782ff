//! From merged statistics to a result.

use super::central::central_run;
use super::engine::Sums;
use super::job::Job;
use super::replay::singles;
use super::shares::Shares;
use super::target::counts_from;
use crate::plan::Plan;
use crate::plan::{CorridorSpec, EventId, EventSpec, Metric, Milestone, ProjectId, ProjectSpec};
use crate::plan::{Period, RunInfo, TargetSpec};
use crate::results::{
    EventInfo, EventKind, Health, MetricResult, RunResult, SingleRun, Summary, TargetResult, YearlyCount,
};
use crate::stats::estimate::score_interval;
use crate::stats::{Bins, Histogram, Histograms, Ordered};
use rayon::prelude::*;
use std::ops::Range;

/// The result of a job after `runs` runs, which are all merged.
pub(super) fn collect(mut job: Job<'_>, runs: u64, sums: &Sums) -> RunResult {
    let histograms = job.take_histograms();
    let plan = job.plan;
    let metrics = job.corridor.metrics.list();
    let horizon = plan.info.horizon;
    let (months, years) = (Period::months(horizon), Period::years(horizon));
    let central = central_run(plan);
    let summary = |period: usize, metric: usize, values: &mut Ordered| {
        let cell = job.cell(period, metric)?;
        let (moments, histogram) = (&sums.moments[cell], histograms[period].get(metric));
        let scale = job.levels.scale(cell, &sums.levels, moments.count());
        Some(Summary {
            standard_error: sums.error(&job, cell),
            central: central[period][metric],
            ..Summary::of_dependent(moments, histogram.map(|histogram| values.read(histogram)), scale)
        })
    };
    let summaries = |periods: Range<usize>, metric: usize| {
        let (mut reported, mut values) = (Vec::with_capacity(periods.len()), Ordered::default());
        reported.extend(periods.filter_map(|period| summary(period, metric, &mut values)));
        reported
    };
    let metric = |(index, metric): (usize, &Metric)| MetricResult {
        path: metric.path.clone(),
        title: metric.title.clone(),
        dimension: metric.dimension,
        monthly: summaries(0..horizon.months, index),
        yearly: summaries(horizon.months..histograms.len(), index),
    };
    let (metric_results, singles) = rayon::join(
        || metrics.par_iter().enumerate().map(metric).collect(),
        || if job.cell(0, 0).is_some() { singles(plan, runs) } else { Vec::new() },
    );
    assemble(
        plan,
        Figures {
            info: RunInfo { runs, ..plan.info.clone() },
            health: health(sums, metrics, &[months.as_slice(), &years].concat()),
            metrics: metric_results,
            targets: targets(plan, metrics, &sums.chances, runs - sums.invalid),
            last_year: last_year(&job, &histograms, &years),
            singles,
        },
    )
}

/// The statistics of all runs.
pub(super) struct Figures {
    pub(super) info: RunInfo,
    pub(super) metrics: Vec<MetricResult>,
    pub(super) targets: Vec<TargetResult>,
    pub(super) health: Health,
    pub(super) last_year: Bins,
    pub(super) singles: Vec<SingleRun>,
}

/// A result from the statistics of its runs and the plan.
pub(super) fn assemble(plan: &Plan, found: Figures) -> RunResult {
    let spec = &plan.corridor;
    RunResult {
        info: found.info,
        products: spec.products.iter().map(|p| (p.name.clone(), p.title.clone())).collect(),
        routes: spec.routes.iter().map(|r| (r.name.clone(), r.title.clone())).collect(),
        events: events(spec),
        health: found.health,
        months: Period::months(plan.info.horizon),
        years: Period::years(plan.info.horizon),
        metrics: found.metrics,
        targets: found.targets,
        last_year: found.last_year,
        singles: found.singles,
        history: plan.history.clone(),
        assumptions: plan.assumptions.clone(),
        choices: plan.choices.clone(),
    }
}

/// The distribution of total exports in the last whole year, or in the last year if none is whole.
fn last_year(job: &Job<'_>, histograms: &[Histograms], years: &[Period]) -> Bins {
    let shown = Period::last_year(years).unwrap_or(0);
    let volume = job.corridor.metrics.position("volume");
    let histogram = volume.and_then(|volume| histograms.get(job.months() + shown)?.get(volume));
    histogram.map_or_else(Bins::default, Histogram::to_bins)
}

/// Events and then projects, in the order of the file.
fn events(spec: &CorridorSpec) -> Vec<EventInfo> {
    let opens = |what: Milestone| spec.routes.iter().any(|route| route.opened_by.contains(&what));
    let event = |(index, event): (usize, &EventSpec)| EventInfo {
        name: event.name.clone(),
        title: event.title.clone(),
        kind: EventKind::Event,
        planned: event.planned.map(|months| spec.horizon.start.plus(months)),
        opens_a_route: opens(Milestone::Event(EventId(index))),
    };
    let project = |(index, project): (usize, &ProjectSpec)| EventInfo {
        name: project.name.clone(),
        title: project.title.clone(),
        kind: EventKind::Project,
        // The planned month is that in which work begins, not the one in which it is finished.
        planned: None,
        opens_a_route: opens(Milestone::Project(ProjectId(index))),
    };
    let events = spec.events.iter().enumerate().map(event);
    events.chain(spec.projects.iter().enumerate().map(project)).collect()
}

fn targets(plan: &Plan, metrics: &[Metric], chances: &Shares, runs: u64) -> Vec<TargetResult> {
    let years = Period::years(plan.info.horizon);
    let series = years.len() + plan.info.horizon.months;
    let interval = |series: usize| match chances.count(series) {
        _ if runs == 0 => (0.0, 1.0),
        hits => score_interval(hits as f64 / runs as f64, chances.worth(series)),
    };
    let target = |(index, spec): (usize, &TargetSpec)| {
        let (by_year, by_month) = (index * series, index * series + years.len()..(index + 1) * series);
        let counts_from = whole_from(metrics, spec);
        let counted = |year: usize| YearlyCount {
            hits: chances.count(by_year + year),
            interval: interval(by_year + year),
        };
        let own = years.iter().position(|year| year.start.year() == spec.year);
        let own = counted(own.expect("a plan's years lie in its horizon"));
        TargetResult {
            spec: spec.clone(),
            hits: own.hits,
            interval: own.interval,
            yearly: (0..years.len())
                .map(|year| counts_in(&years[year], counts_from).then(|| counted(year)))
                .collect(),
            reached: by_month.clone().map(|series| chances.count(series)).collect(),
            intervals: by_month.map(interval).collect(),
            start: plan.info.horizon.start,
            counts_from,
            runs,
        }
    };
    plan.targets.iter().enumerate().map(target).collect()
}

/// Whether a year's own figure is compared with a threshold: a part of a year isn't compared with a threshold
/// for whole years.
pub(super) fn counts_in(year: &Period, counts_from: usize) -> bool {
    counts_from == 0 || !year.is_part_of_year()
}

/// The index of the first month by which a target can have been reached.
pub(super) fn whole_from(metrics: &[Metric], target: &TargetSpec) -> usize {
    metrics.iter().find(|metric| metric.path == target.metric).map_or(0, |metric| counts_from(metric.kind))
}

fn health(sums: &Sums, metrics: &[Metric], periods: &[Period]) -> Health {
    let located = sums.located.iter().map(|&(run, figure)| figure.of_run(run, metrics, periods));
    Health { invalid: sums.invalid, located: located.collect() }
}
