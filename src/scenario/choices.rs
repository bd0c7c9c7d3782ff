//! The settings of a scenario that are not numbers: which route an event opens, which group a product belongs
//! to, which metric a target is about.
//!
//! The register of assumptions holds numbers, months and seasons, because these have sources and
//! distributions. Two scenarios may differ in any setting, so the others are listed here for comparisons.

use super::reader::Context;
use super::register;
use super::tree::{Node, Table, Value};
use super::value::stated;
use crate::plan::Assumption;

/// What is not an assumption: names and descriptions, known values of the past, the number of runs and how
/// they are drawn.
const SECTIONS: [&str; 5] = ["scenario", "history", "origin", "extends", "remove"];
const WORDS: [&str; 2] = ["title", "description"];
const SETTINGS: [&str; 3] = ["run.runs", "run.seed", "run.sampling"];

/// Every value of a tree that isn't in the register, in the order of the tree.
pub(super) fn of(tree: &Table, context: &mut Context<'_>) -> Vec<Assumption> {
    let mut choices = Vec::new();
    for entry in tree.entries.iter().filter(|entry| !SECTIONS.contains(&entry.key.as_str())) {
        visit(&entry.key, &entry.node, context, &mut choices);
    }
    choices
}

fn visit(path: &str, node: &Node, context: &mut Context<'_>, choices: &mut Vec<Assumption>) {
    if SETTINGS.contains(&path) {
        return;
    }
    match &node.value {
        Value::Table(table) if !table.is_stated_value() => {
            for entry in table.entries.iter().filter(|entry| !WORDS.contains(&entry.key.as_str())) {
                visit(&format!("{path}.{}", entry.key), &entry.node, context, choices);
            }
        }
        _ if is_registered(path, context) => {}
        _ => {
            let choice = stated(node, path, context).map(|stated| register::plain(path, &stated, context));
            choices.extend(choice);
        }
    }
}

/// Whether the register holds the path itself, or parts of it (a season's months, the numbers of a list).
fn is_registered(path: &str, context: &Context<'_>) -> bool {
    context.assumptions.iter().any(|assumption| {
        let rest = assumption.path.strip_prefix(path).or_else(|| path.strip_prefix(assumption.path.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;

    #[test]
    fn settings_that_are_not_numbers_are_listed_with_their_file() {
        let text = "scenario.title = \"T\"\nrun = { start = \"2026-01\", end = \"2026-12\", seed = 4 }\n\
            [products.grain]\ntitle = \"Grain\"\nvolume = \"10 kt/year\"\n\
            [routes.road]\ncapacity = \"5 kt/year\"\n\
            [events.bridge]\nplanned = \"2026-03\"\nopens = [\"road\"]\n";
        let plan = load_text("t.toml", text).plan.expect("is sound");
        let found: Vec<(&str, &str, &str)> =
            plan.choices.iter().map(|c| (c.path.as_str(), c.written.as_str(), c.file.as_str())).collect();
        let months = [("run.start", "2026-01", "t.toml"), ("run.end", "2026-12", "t.toml")];
        assert_eq!(found, [months[0], months[1], ("events.bridge.opens", "[road]", "t.toml")]);
    }
}
