//! Alternative keys: a warning where a layer sets one of them while a lower layer has set another, since both
//! then count.

use super::tree::{Entry, Table};
use crate::diag::{Diagnostic, Place, list};

/// The keys that state when something starts, by section. It starts only when all of those given are
/// satisfied.
const STARTS: [(&str, &[&str]); 2] =
    [("events", &["planned", "after", "rate"]), ("projects", &["planned", "needs"])];

/// A key of a lower layer that stays in force although a higher layer sets an alternative to it.
pub(super) struct Left {
    section: &'static str,
    name: String,
    key: &'static str,
    place: Place,
    warning: Diagnostic,
}

impl Left {
    /// The warning, unless a later layer has changed or removed the key.
    pub(super) fn warning(self, tree: &Table) -> Option<Diagnostic> {
        let entry = tree.table(self.section)?.table(&self.name)?.get(self.key)?;
        (entry.key_place == self.place).then_some(self.warning)
    }
}

/// The alternatives of `base` that stay in force when `over` is merged over it.
pub(super) fn left_in_force(base: &Table, over: &Table) -> Vec<Left> {
    let of_section = |(section, keys): (&'static str, &'static [&'static str])| {
        let entries = over.table(section).map_or(&[][..], |table| &table.entries);
        let left = move |entry: &Entry| of_entry(section, keys, base, over, &entry.key);
        entries.iter().flat_map(left).collect::<Vec<_>>()
    };
    STARTS.into_iter().flat_map(of_section).collect()
}

fn of_entry(
    section: &'static str,
    keys: &'static [&'static str],
    base: &Table,
    over: &Table,
    name: &str,
) -> Vec<Left> {
    let tables = (
        base.table(section).and_then(|table| table.table(name)),
        over.table(section).and_then(|table| table.table(name)),
    );
    let (Some(below), Some(above)) = tables else { return Vec::new() };
    let Some(new) = keys.iter().find_map(|key| above.get(key).filter(|_| below.get(key).is_none())) else {
        return Vec::new();
    };
    let stays = |key: &&'static str| Some((*key, below.get(key).filter(|_| above.get(key).is_none())?));
    let left: Vec<(&'static str, &Entry)> = keys.iter().filter_map(stays).collect();
    let Some((first, entry)) = left.first() else { return Vec::new() };
    let warning = warning(&format!("{section}.{name}"), new, &left);
    vec![Left { section, name: name.to_owned(), key: first, place: entry.key_place, warning }]
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
    let problem = Diagnostic::warning(new.key_place, message).help(help);
    left.iter().fold(problem, |problem, (_, entry)| problem.see(entry.key_place, "still in force"))
}
