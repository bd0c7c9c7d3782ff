//! From a merged tree to a plan: sections in the order in which they need one another.

use super::field::{NAMED_SECTIONS, ROOT};
use super::reader::{Context, Reader};
use super::section;
use super::tree::{Table, Value};
use crate::batch::Number;
use crate::diag::{Diagnostic, FileId, Place, Sources};
use crate::model::{CorridorSpec, Metrics};
use crate::results::RunInfo;
use crate::run::Plan;
use crate::time::{Horizon, Month};
use std::collections::BTreeMap;

/// Reads a merged tree. The plan is there if no error was found.
pub(super) fn lower(
    tree: &Table,
    sources: &Sources,
    place: Place,
    stem: &str,
) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut context = Context {
        sources,
        diagnostics: Vec::new(),
        inputs: Vec::new(),
        series: Vec::new(),
        assumptions: Vec::new(),
        names: names(tree),
        origin: origin(tree),
    };
    let plan = read(tree, place, stem, &mut context);
    if crate::diag::has_errors(&context.diagnostics) {
        (None, context.diagnostics)
    } else {
        (plan, context.diagnostics)
    }
}

/// The names of every section, before anything is read: references to a broken entry are no second problem.
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
        Value::Text(file) => Some(((entry.node.place.file, entry.key.clone()), file.clone())),
        _ => None,
    };
    entries.iter().filter_map(pair).collect()
}

fn read(tree: &Table, place: Place, stem: &str, context: &mut Context<'_>) -> Option<Plan> {
    let root = Reader::new(tree, ROOT, "", place, context);
    let about = section::about(&root, stem, context);
    let settings = section::settings(&root, context);
    let horizon = settings.as_ref().map(|settings| settings.horizon);
    let groups = section::groups(&root, context);
    let products = section::products(&root, horizon, context);
    let mut routes = section::routes(&root, context);
    let (events, opens, effects) = section::events(&root, horizon, context);
    for (event, route) in opens {
        if let Some(route) = routes.get_mut(route.0) {
            route.opened_by.push(event);
        }
    }
    let corridor = CorridorSpec {
        // Without a horizon there is no plan; the rest is still read, so that its problems are told as well.
        horizon: horizon.unwrap_or(Horizon { start: Month::FIRST, months: 1 }),
        base_age_months: settings.as_ref().map_or(0.0, |settings| settings.base_age_months),
        groups,
        products,
        routes,
        events,
        effects,
        finance: section::finance(&root, context),
    };
    let metrics = Metrics::new(&corridor);
    let targets = section::targets(&root, metrics.list(), horizon, context);
    let history = section::history(&root, metrics.list(), context);
    let (settings, about) = (settings?, about?);
    if !crate::diag::has_errors(&context.diagnostics) {
        warn_about_stranded(&corridor, &root, context);
    }
    Some(Plan {
        info: RunInfo {
            name: about.name,
            title: about.title,
            description: about.description,
            as_of: about.as_of,
            changes: about.changes,
            horizon: settings.horizon,
            runs: settings.runs,
            seed: settings.seed,
        },
        corridor,
        inputs: std::mem::take(&mut context.inputs),
        series: std::mem::take(&mut context.series),
        targets,
        assumptions: std::mem::take(&mut context.assumptions),
        history,
    })
}

/// A group that no route accepts can never be exported: probably a slip.
fn warn_about_stranded(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    for (g, group) in corridor.groups.iter().enumerate() {
        let accepted = corridor.routes.iter().any(|route| route.accepts[g]);
        let used = corridor
            .products
            .iter()
            .any(|product| product.group.0 == g && product.level_t != Number::Fixed(0.0));
        if used && !accepted {
            let message =
                format!("no route accepts the group `{}`: its products are never exported", group.name);
            let named = root.table.table("groups").and_then(|groups| groups.get(&group.name));
            let place = named.map_or(root.place_of("routes"), |entry| entry.key_place);
            context.report(Diagnostic::warning(place, message));
        }
    }
}
