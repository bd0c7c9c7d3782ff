//! Warnings about what is valid but probably not intended.

mod dates;
mod levels;

use super::reader::{Context, Reader};
use super::tree::Entry;
use crate::batch::Number;
use crate::diag::{Diagnostic, Span};
use crate::plan::{CorridorSpec, DriverId};
use crate::plan::{HistoryPoint, TargetSpec};

/// Reports the warnings about a scenario without errors.
pub(super) fn warn(
    corridor: &CorridorSpec,
    history: &[HistoryPoint],
    targets: &[TargetSpec],
    root: &Reader<'_>,
    context: &mut Context<'_>,
) {
    dates::warn(corridor, root, context);
    levels::warn(corridor, history, targets, root, context);
    warn_about_idle_effects(root, context);
    warn_about_stranded(corridor, root, context);
    warn_about_idle_drivers(corridor, root, context);
}

/// The location of an entry's name; that of the section for an entry that no file states.
fn span_of(section: &str, name: &str, root: &Reader<'_>) -> Span {
    let named = root.table.table(section).and_then(|entries| entries.get(name));
    named.map_or(root.span_of(section), |entry| entry.key_span)
}

/// A group that no route accepts can never be exported.
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
            let span = if root.has("groups") {
                span_of("groups", &group.name, root)
            } else {
                root.span_of("routes")
            };
            context.report(Diagnostic::warning(span, message));
        }
    }
}

/// A driver that nothing follows changes nothing.
fn warn_about_idle_drivers(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    let of_products = corridor.products.iter().flat_map(|p| p.drivers.iter().chain(&p.price.drivers));
    let of_money = corridor.finance.iter().flat_map(|finance| {
        finance.earnings.iter().chain([&finance.cash]).flat_map(|earnings| &earnings.drivers)
    });
    let followed: Vec<DriverId> = of_products.chain(of_money).map(|loading| loading.driver).collect();
    for (index, driver) in corridor.drivers.iter().enumerate() {
        if !followed.contains(&DriverId(index)) {
            let problem = Diagnostic::warning(
                span_of("drivers", &driver.name, root),
                format!("nothing follows the driver `{}`", driver.name),
            );
            let help = format!("for example in a product: driven_by = {{ {} = 1.0 }}", driver.name);
            context.report(problem.help(help));
        }
    }
}

/// An effect that multiplies by one, or adds nothing, changes nothing.
fn warn_about_idle_effects(root: &Reader<'_>, context: &mut Context<'_>) {
    const NOTHING: [(&str, f64); 3] = [("multiply", 1.0), ("add", 0.0), ("pulse", 0.0)];
    for section in ["events", "projects", "shocks"] {
        let owners = root.table.table(section).map_or(&[][..], |table| &table.entries);
        for owner in owners {
            let effects =
                root.table.table(section).and_then(|table| table.table(&owner.key)?.table("effects"));
            for effect in effects.map_or(&[][..], |table| &table.entries) {
                let path = format!("{section}.{}.effects.{}", owner.key, effect.key);
                for (key, nothing) in NOTHING {
                    let Some(entry) = at(root, &format!("{path}.{key}")) else { continue };
                    let stated = context.assumptions.iter().find(|a| a.path == format!("{path}.{key}"));
                    let value =
                        stated.filter(|a| !a.uncertain).and_then(|a| a.figures.as_ref()).map(|f| f.mean);
                    if value == Some(nothing) {
                        let message = format!("`{path}` changes nothing: it has `{key}` = {nothing}");
                        context.report(Diagnostic::warning(entry.node.span, message));
                    }
                }
            }
        }
    }
}

/// The entry at a path, for names that contain no points themselves.
fn at<'t>(root: &Reader<'t>, path: &str) -> Option<&'t Entry> {
    let (tables, key) = path.rsplit_once('.')?;
    tables.split('.').try_fold(root.table, |table, key| table.table(key))?.get(key)
}

/// The location of a value; the whole file for a value that no file states.
fn span_at(root: &Reader<'_>, path: &str) -> Span {
    at(root, path).map_or(root.span, |entry| entry.node.span)
}

/// A quantile of a number, in base units; `None` for a number that changes from month to month.
fn quantile(number: Number, p: f64, context: &Context<'_>) -> Option<f64> {
    match number {
        Number::Fixed(value) => Some(value),
        Number::Drawn(id) => Some(context.inputs.get(id.0)?.distribution.quantile(p)),
        Number::Monthly(_) => None,
    }
}
