//! Layers: merging one tree over another, removing entries, applying defaults to named tables.
//!
//! The same merge serves `extends`, `--with`, `--set` and the defaults under `"*"`. It is independent of
//! sections and types.

use super::tree::{Entry, Node, Table, Value};
use crate::diag::{Diagnostic, Span, list};

/// The key of the entry that holds the defaults of all other entries of its table.
pub(super) const DEFAULTS: &str = "*";

/// Merges `over` over `base`: tables merge key by key, anything else replaces what was there.
///
/// A table with a `value` is one value with its evidence. It replaces the lower one completely, because a new
/// number must not keep the source of the old one.
pub(super) fn merge(base: &mut Table, over: Table) {
    for entry in over.entries {
        match base.get_mut(&entry.key) {
            Some(below) => merge_entry(below, entry),
            None => base.entries.push(entry),
        }
    }
}

fn merge_entry(below: &mut Entry, above: Entry) {
    match (&mut below.node.value, above.node.value) {
        (Value::Table(lower), Value::Table(upper)) if !upper.is_stated_value() => merge(lower, upper),
        (slot, value) => {
            *slot = value;
            below.node.span = above.node.span;
            below.key_span = above.key_span;
        }
    }
}

/// Removes the paths in a layer's `remove` list, such as `routes.sea`. Returns the paths that existed, each
/// with the location of its entry in the list.
pub(super) fn remove(
    base: &mut Table,
    paths: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Span)> {
    let Value::Array(items) = &paths.value else {
        let problem = Diagnostic::error(paths.span, "`remove` is a list of paths");
        diagnostics.push(problem.help("write it like this: remove = [\"routes.sea\"]"));
        return Vec::new();
    };
    let mut removed = Vec::new();
    for item in items {
        match &item.value {
            Value::Text(path) => match remove_path(base, path, item) {
                Ok(()) => removed.push((path.clone(), item.span)),
                Err(problem) => diagnostics.push(problem),
            },
            other => diagnostics.push(
                Diagnostic::error(item.span, format!("a path is text, not {}", other.kind()))
                    .help("write it like this: remove = [\"routes.sea\"]"),
            ),
        }
    }
    removed
}

fn remove_path(base: &mut Table, path: &str, item: &Node) -> Result<(), Diagnostic> {
    let mut table = base;
    let mut rest = path;
    // A key may itself contain dots: a metric in [history], a pair in [correlations].
    while table.remove(rest).is_none() {
        let known: Vec<String> = table.keys().map(str::to_owned).collect();
        let (part, below) = rest.split_once('.').unwrap_or((rest, ""));
        let inside = table.get_mut(part).filter(|_| !below.is_empty());
        if let Some(Value::Table(inner)) = inside.map(|entry| &mut entry.node.value) {
            (table, rest) = (inner, below);
        } else {
            let problem = Diagnostic::error(item.span, format!("there is nothing to remove at `{path}`"));
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(problem.label(format!("the layers below have {}", list(&known, 10))));
        }
    }
    Ok(())
}

/// Fills every entry of the named tables with the keys of the `"*"` entry that it doesn't set itself.
pub(super) fn apply_defaults(root: &mut Table, sections: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    for section in sections {
        let Some(Value::Table(table)) = root.get_mut(section).map(|entry| &mut entry.node.value) else {
            continue;
        };
        let Some(entry) = table.remove(DEFAULTS) else { continue };
        let Value::Table(defaults) = entry.node.value else {
            let message =
                format!("`{section}.\"*\"` is a table of defaults, not {}", entry.node.value.kind());
            diagnostics.push(Diagnostic::error(entry.node.span, message));
            continue;
        };
        for entry in &mut table.entries {
            if let Value::Table(own) = &mut entry.node.value {
                let mut merged = defaults.clone();
                merge(&mut merged, std::mem::take(own));
                *own = merged;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::scenario::tree::parse;

    fn tree(text: &str) -> Table {
        let mut problems = Vec::new();
        let table = parse(FileId(0), text, &mut problems);
        assert_eq!(problems, []);
        table
    }

    fn shape(table: &Table) -> String {
        let show = |entry: &Entry| match &entry.node.value {
            Value::Table(inner) => format!("{}{{{}}}", entry.key, shape(inner)),
            Value::Text(text) | Value::Integer { text, .. } => format!("{}={text}", entry.key),
            other => format!("{}:{}", entry.key, other.kind()),
        };
        table.entries.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tables_merge_key_by_key_and_values_replace() {
        let mut base = tree("a.x = 1\na.y = 2\nb = 3");
        merge(&mut base, tree("a.y = 20\nc = 4\nb = {z = 1}"));
        assert_eq!(shape(&base), "a{x=1 y=20} b{z=1} c=4");
    }

    #[test]
    fn a_new_value_does_not_keep_an_old_source() {
        let mut base = tree("v = {value = 1, source = \"old\"}\nw = {value = 1, source = \"old\"}");
        merge(&mut base, tree("v = {value = 2}\nw = {note = \"n\"}"));
        assert_eq!(shape(&base), "v{value=2} w{value=1 source=old note=n}");
    }

    #[test]
    fn entries_can_be_removed_and_a_wrong_path_is_reported() {
        let mut base = tree("routes.sea.x = 1\nroutes.rail.x = 2");
        let paths = tree("remove = [\"routes.sea\", \"routes.see\"]");
        let mut problems = Vec::new();
        remove(&mut base, &paths.entries[0].node, &mut problems);
        assert_eq!(shape(&base), "routes{rail{x=2}}");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn keys_that_contain_dots_can_be_removed() {
        let mut base =
            tree("[correlations]\n\"products.a.noise ~ drivers.b\" = 1\n\"drivers.b ~ drivers.c\" = 2");
        let paths = tree("remove = [\"correlations.products.a.noise ~ drivers.b\"]");
        let mut problems = Vec::new();
        remove(&mut base, &paths.entries[0].node, &mut problems);
        assert_eq!((shape(&base).as_str(), problems.len()), ("correlations{drivers.b ~ drivers.c=2}", 0));
    }

    #[test]
    fn defaults_reach_every_entry_that_does_not_override_them() {
        let mut root = tree("[p.\"*\"]\nnoise = {sd = 1, rho = 2}\n[p.a]\nx = 1\n[p.b]\nnoise = {sd = 9}");
        apply_defaults(&mut root, &["p", "missing"], &mut Vec::new());
        assert_eq!(shape(&root), "p{a{noise{sd=1 rho=2} x=1} b{noise{sd=9 rho=2}}}");
    }
}
