//! From a merged tree to a plan: reads the sections in the order of their dependencies.

use super::field::{NAMED_SECTIONS, ROOT};
use super::reader::{Context, Reader};
use super::section::{self, Timing};
use super::tree::{Table, Value};
use super::{choices, doubts};
use crate::diag::{Diagnostic, FileId, Span};
use crate::plan::Plan;
use crate::plan::RunInfo;
use crate::plan::{CorridorSpec, Metrics};
use crate::time::{Horizon, Month};
use std::collections::BTreeMap;

/// Reads a merged tree with a new context. Returns a plan if no error was found.
pub(super) fn lower(
    tree: &Table,
    span: Span,
    stem: &str,
    mut context: Context<'_>,
) -> (Option<Plan>, Vec<Diagnostic>) {
    context.names = names(tree);
    context.origin = origin(tree);
    let plan = read(tree, span, stem, &mut context);
    if crate::diag::has_errors(&context.diagnostics) {
        (None, context.diagnostics)
    } else {
        (plan, context.diagnostics)
    }
}

/// The names of every section, collected before the sections are read, so that a reference to an invalid
/// entry is not reported as a second problem.
fn names(tree: &Table) -> BTreeMap<&'static str, Vec<String>> {
    let of = |section: &&'static str| {
        let names =
            tree.table(section).map(|table| table.keys().map(str::to_owned).collect()).unwrap_or_default();
        (*section, names)
    };
    let mut names: BTreeMap<&'static str, Vec<String>> = NAMED_SECTIONS.iter().map(of).collect();
    if names["groups"].is_empty() {
        names.insert("groups", vec![section::IMPLICIT_GROUP.to_owned()]);
    }
    names
}

fn origin(tree: &Table) -> BTreeMap<(FileId, String), String> {
    let entries = tree.table("origin").map(|table| table.entries.as_slice()).unwrap_or_default();
    let pair = |entry: &super::tree::Entry| match &entry.node.value {
        Value::Text(file) => Some(((entry.node.span.file, entry.key.clone()), file.clone())),
        _ => None,
    };
    entries.iter().filter_map(pair).collect()
}

fn read(tree: &Table, span: Span, stem: &str, context: &mut Context<'_>) -> Option<Plan> {
    let root = Reader::new(tree, ROOT, "", span, context);
    let about = section::about(&root, stem, context);
    let run = root.table("run", context);
    let as_of = about.as_ref().and_then(|about| Some((about.as_of?, about.as_of_span)));
    let settings = run.as_ref().and_then(|run| section::settings(run, as_of, context));
    let dependence = run.map(|run| section::dependence(&run, context)).unwrap_or_default();
    let corridor = corridor(&root, Timing::new(settings.as_ref()), context);
    // All inputs and series are known now.
    let correlations = section::correlations(&root, dependence, context);
    let metrics = Metrics::new(&corridor);
    let horizon = settings.as_ref().map(|settings| settings.horizon);
    let targets = section::targets(&root, metrics.list(), horizon, context);
    let history = section::history(&root, metrics.list(), horizon, context);
    let (settings, about) = (settings?, about?);
    if !crate::diag::has_errors(&context.diagnostics) {
        doubts::warn(&corridor, &history, &targets, &root, context);
    }
    let choices = choices::of(tree, context);
    Some(Plan {
        info: RunInfo {
            name: about.name,
            title: about.title,
            description: about.description,
            as_of: about.as_of,
            weight: about.weight,
            changes: about.changes,
            horizon: settings.horizon,
            runs: settings.runs,
            seed: settings.seed,
        },
        corridor,
        inputs: std::mem::take(&mut context.inputs),
        series: std::mem::take(&mut context.series),
        design: settings.design,
        copulas: correlations.inputs,
        correlations: correlations.series,
        targets,
        assumptions: std::mem::take(&mut context.assumptions),
        choices,
        history,
    })
}

/// The specification of the model, read in the order of the dependencies between sections. This is also the
/// order of the series: drivers, products, shocks, earnings, finance.
fn corridor(root: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> CorridorSpec {
    let groups = section::groups(root, context);
    let drivers = section::drivers(root, timing, context);
    let products = section::products(root, timing, context);
    let mut routes = section::routes(root, context);
    let timeline = section::timeline(root, &products, timing, context);
    for (milestone, route) in timeline.opens {
        if let Some(route) = routes.get_mut(route.0) {
            route.opened_by.push(milestone);
        }
    }
    CorridorSpec {
        // Without a horizon there is no plan; the rest is still read, so that its problems are reported too.
        horizon: timing.horizon.unwrap_or(Horizon { start: Month::FIRST, months: 1 }),
        base_age_months: timing.base_age_months,
        groups,
        drivers,
        products,
        routes,
        events: timeline.events,
        projects: timeline.projects,
        shocks: timeline.shocks,
        effects: timeline.effects,
        finance: section::finance(root, context),
    }
}
