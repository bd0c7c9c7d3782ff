//! Warnings about levels that seem wrong by a factor of a thousand, compared with the past or with demand.

use super::{quantile, span_at};
use crate::diag::{Diagnostic, Span};
use crate::plan::{CorridorSpec, Start};
use crate::plan::{HistoryPoint, TargetSpec};
use crate::scenario::reader::{Context, Reader};
use crate::units::format::number;

/// A ratio of base-year demand to the last known year beyond which a unit is probably wrong: mistaking
/// kilotonnes for tonnes gives 1000, while the trade itself rarely changes more than this between years.
const UNLIKELY: f64 = 30.0;
/// What a capacity or a target is to what is wanted, where a unit was mistaken: between kilotonnes and tonnes
/// lies a thousand, but a target is rarely just what is wanted.
const ABSURD: f64 = 100.0;

/// Yearly demand of a product that is traded in the base year, t.
struct Wanted<'c> {
    name: &'c str,
    group: usize,
    tonnes: f64,
}

pub(super) fn warn(
    corridor: &CorridorSpec,
    history: &[HistoryPoint],
    targets: &[TargetSpec],
    root: &Reader<'_>,
    context: &mut Context<'_>,
) {
    let traded = corridor.products.iter().filter(|product| product.start == Start::Base);
    let wanted: Vec<Wanted<'_>> = traded
        .filter_map(|product| {
            let tonnes = 12.0 * quantile(product.level_t, 0.5, context)?;
            Some(Wanted { name: &product.name, group: product.group.0, tonnes })
        })
        .collect();
    let total: f64 = wanted.iter().map(|product| product.tonnes).sum();
    let mut reported = false;
    for product in &wanted {
        let path = format!("products.{}.volume", product.name);
        reported |= warn_about_history(&path, product.tonnes, span_at(root, &path), history, root, context);
    }
    let span = wanted.first().map(|first| span_at(root, &format!("products.{}.volume", first.name)));
    let groups = corridor.groups.iter().map(|group| format!("groups.{}.volume", group.name));
    for metric in groups.chain(["volume".to_owned()]) {
        let sum = wanted_of(&metric, &wanted, corridor);
        if !reported && let Some(sum) = sum {
            reported = warn_about_history(&metric, sum, span.unwrap_or(root.span), history, root, context);
        }
    }
    warn_about_capacity(corridor, total, root, context);
    warn_about_targets(targets, &|metric| wanted_of(metric, &wanted, corridor), root, context);
}

/// What is wanted a year of all products, of those of a group, or of one, by the path of the volume; nothing
/// of other metrics.
fn wanted_of(metric: &str, wanted: &[Wanted<'_>], corridor: &CorridorSpec) -> Option<f64> {
    let sum = |belongs: &dyn Fn(&Wanted<'_>) -> bool| {
        wanted.iter().filter(|product| belongs(product)).map(|product| product.tonnes).sum()
    };
    match metric.split('.').collect::<Vec<_>>()[..] {
        ["volume"] => Some(sum(&|_| true)),
        ["products", name, "volume"] => Some(sum(&|product| product.name == name)),
        ["groups", name, "volume"] => {
            Some(sum(&|product| corridor.groups.get(product.group).is_some_and(|group| group.name == name)))
        }
        _ => None,
    }
}

/// Compares the base year with the last known year. Returns whether it reported a warning.
fn warn_about_history(
    metric: &str,
    wanted: f64,
    span: Span,
    history: &[HistoryPoint],
    root: &Reader<'_>,
    context: &mut Context<'_>,
) -> bool {
    let known = history.iter().filter(|point| point.metric == metric && point.value > 0.0);
    let Some(last) = known.max_by_key(|point| point.year) else { return false };
    let ratio = wanted / last.value;
    if wanted <= 0.0 || (1.0 / UNLIKELY..=UNLIKELY).contains(&ratio) {
        return false;
    }
    let (base, past) = (number(wanted), number(last.value));
    let message =
        format!("`{metric}` is {base} t a year here and {past} t in {}: is a unit wrong?", last.year);
    context.report(Diagnostic::warning(span, message).see(span_of_year(last, root), "the past"));
    true
}

fn span_of_year(point: &HistoryPoint, root: &Reader<'_>) -> Span {
    let years = root.table.table("history").and_then(|history| history.table(&point.metric));
    let year = years.and_then(|years| years.get(&point.year.to_string()));
    year.map_or(root.span, |entry| entry.node.span)
}

/// Routes that together move less than a hundredth of what is wanted.
fn warn_about_capacity(corridor: &CorridorSpec, wanted: f64, root: &Reader<'_>, context: &mut Context<'_>) {
    let capacities: Option<Vec<f64>> =
        corridor.routes.iter().map(|route| Some(12.0 * quantile(route.capacity_t, 0.5, context)?)).collect();
    let Some(capacities) = capacities else { return };
    let total: f64 = capacities.iter().sum();
    let Some(first) = corridor.routes.first().filter(|_| total > 0.0 && total * ABSURD < wanted) else {
        return;
    };
    let message = format!(
        "all routes together move {} t a year, and {} t are wanted: is a unit wrong?",
        number(total),
        number(wanted)
    );
    let span = span_at(root, &format!("routes.{}.capacity", first.name));
    context.report(Diagnostic::warning(span, message));
}

/// A volume that is asked for and is a hundred times what is wanted, or a hundredth.
fn warn_about_targets(
    targets: &[TargetSpec],
    wanted: &dyn Fn(&str) -> Option<f64>,
    root: &Reader<'_>,
    context: &mut Context<'_>,
) {
    for target in targets.iter().filter(|target| target.threshold > 0.0) {
        let Some(wanted) = wanted(&target.metric) else { continue };
        if wanted <= 0.0 || (1.0 / ABSURD..=ABSURD).contains(&(target.threshold / wanted)) {
            continue;
        }
        let key = if target.at_least { "at_least" } else { "at_most" };
        let path = format!("targets.{}.{key}", target.name);
        let (asked, base) = (number(target.threshold), number(wanted));
        let message =
            format!("`{path}` is {asked} t a year, and {base} t are wanted at first: is a unit wrong?");
        context.report(Diagnostic::warning(span_at(root, &path), message));
    }
}
