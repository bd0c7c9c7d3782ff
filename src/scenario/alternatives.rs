//! Alternative keys: a warning where a layer sets one of them while a lower layer has set another, since both
//! then count.

use super::overlay::DEFAULTS;
use super::tree::{Entry, Table};
use crate::diag::{Diagnostic, Span, list};

/// The keys that state when something starts, by section. It starts only when all of those given are
/// satisfied.
const STARTS: [(&str, &[&str]); 2] =
    [("events", &["planned", "after", "rate"]), ("projects", &["planned", "needs"])];

/// A key of a lower layer that stays in force although a higher layer sets an alternative to it.
pub(super) struct Left {
    section: &'static str,
    name: String,
    key: &'static str,
    span: Span,
    warning: Diagnostic,
}

impl Left {
    /// The warning, unless a later layer has changed or removed the key.
    pub(super) fn warning(self, tree: &Table) -> Option<Diagnostic> {
        let entry = tree.table(self.section)?.table(&self.name)?.get(self.key)?;
        (entry.key_span == self.span).then_some(self.warning)
    }
}

/// The alternatives of `base` that stay in force when `over` is merged over it.
pub(super) fn left_in_force(base: &Table, over: &Table) -> Vec<Left> {
    let of_section = |(section, keys): (&'static str, &'static [&'static str])| {
        let (Some(below), Some(above)) = (base.table(section), over.table(section)) else {
            return Vec::new();
        };
        let named = above.keys().flat_map(|name| {
            // What is set for all stands in each of them that doesn't say otherwise.
            let names = if name == DEFAULTS { below.keys().collect() } else { vec![name] };
            names.into_iter().map(move |below| (below, name))
        });
        let left = |(name, from): (&str, &str)| {
            let (below, above) = (below.table(name)?, above.table(from)?);
            of_entry((section, name), keys, below, above)
        };
        named.filter_map(left).collect::<Vec<_>>()
    };
    STARTS.into_iter().flat_map(of_section).collect()
}

fn of_entry(
    (section, name): (&'static str, &str),
    keys: &'static [&'static str],
    below: &Table,
    above: &Table,
) -> Option<Left> {
    let new = keys.iter().find_map(|key| above.get(key).filter(|_| below.get(key).is_none()))?;
    let stays = |key: &&'static str| Some((*key, below.get(key).filter(|_| above.get(key).is_none())?));
    let left: Vec<(&'static str, &Entry)> = keys.iter().filter_map(stays).collect();
    let (first, entry) = left.first()?;
    let warning = warning(&format!("{section}.{name}"), new, &left);
    Some(Left { section, name: name.to_owned(), key: first, span: entry.key_span, warning })
}

fn warning(path: &str, new: &Entry, left: &[(&str, &Entry)]) -> Diagnostic {
    let keys: Vec<&str> = left.iter().map(|(key, _)| *key).collect();
    let message = format!(
        "`{path}` gets `{}` here and keeps {} of a lower layer: it starts only when all of them are \
         satisfied",
        new.key,
        list(&keys, keys.len())
    );
    let paths: Vec<String> = keys.iter().map(|key| format!("\"{path}.{key}\"")).collect();
    let help = format!(
        "remove what no longer applies with remove = [{}], or repeat it here if all of them apply",
        paths.join(", ")
    );
    let problem = Diagnostic::warning(new.key_span, message).help(help);
    left.iter().fold(problem, |problem, (_, entry)| problem.see(entry.key_span, "still in force"))
}
