//! Writes a merged tree as TOML: one file that contains the whole scenario and loads to the same plan.

use super::tree::{Entry, Node, Table, Value};
use crate::diag::escaped_toml;
use crate::plan::Plan;
use std::fmt::Write as _;

const HEADER: &str = "# The scenario after all its layers and settings, written by `simulate`.\n\
                      # Running it again with the same version gives the same bytes.\n\n";

/// The tree as TOML, with the scenario's name and the file that set each assumption, so that no information
/// is lost.
pub(super) fn write(tree: &Table, plan: &Plan) -> String {
    let mut tree = tree.clone();
    name_itself(&mut tree, &plan.info.name);
    tree.remove("origin");
    let mut text = String::from(HEADER);
    write_table(&tree, "", &mut text);
    text.push_str("\n[origin]\n");
    for assumption in plan.assumptions.iter().chain(&plan.choices) {
        line(&mut text, &quote(&assumption.path), &quote(&assumption.file));
    }
    text
}

fn name_itself(tree: &mut Table, name: &str) {
    let Some(Value::Table(scenario)) = tree.get_mut("scenario").map(|entry| &mut entry.node.value) else {
        return;
    };
    scenario.remove("name");
    let Some(span) = scenario.entries.first().map(|entry| entry.key_span) else { return };
    let node = Node { value: Value::Text(name.to_owned()), span };
    scenario.entries.push(Entry { key: "name".to_owned(), key_span: span, node });
}

/// Writes values first, then tables, as TOML requires.
fn write_table(table: &Table, path: &str, text: &mut String) {
    for entry in table.entries.iter().filter(|entry| !is_section(&entry.node.value)) {
        line(text, &key(&entry.key), &value(&entry.node.value));
    }
    for entry in &table.entries {
        if let (Value::Table(inner), true) = (&entry.node.value, is_section(&entry.node.value)) {
            let path = if path.is_empty() { key(&entry.key) } else { format!("{path}.{}", key(&entry.key)) };
            // A table that contains only tables needs no heading of its own.
            if inner.entries.is_empty() || inner.entries.iter().any(|entry| !is_section(&entry.node.value)) {
                let _ = write!(text, "\n[{path}]\n");
            }
            write_table(inner, &path, text);
        }
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{key} = {value}");
}

/// Whether a value is a table that gets a heading; one with a `value` is a value with its evidence and stays
/// inline.
fn is_section(value: &Value) -> bool {
    matches!(value, Value::Table(table) if !table.is_stated_value())
}

fn value(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let entries: Vec<String> = table
                .entries
                .iter()
                .map(|e| format!("{} = {}", key(&e.key), self::value(&e.node.value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| self::value(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Text(text) => quote(text),
        Value::Integer { text, .. } | Value::Float { text, .. } | Value::Date(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
    }
}

fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { key.to_owned() } else { quote(key) }
}

/// A basic string on one line, with hidden characters escaped.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    format!("\"{}\"", escaped_toml(&quoted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::scenario::tree::parse;

    #[test]
    fn what_is_written_reads_back_to_the_same_values() {
        let source = "a = 1_000\nb = \"x \\\"y\\\" \\u0007 \\u202E \\U000E0041 é\\n\"\nc = [1, \
            2.5]\n[t.\"*\"]\nv = { value = \"5 to 10 kt\", source = \"s\" }\n[t.x.y]\nz = true\n";
        let mut problems = Vec::new();
        let first = parse(FileId(0), source, &mut problems);
        let mut text = String::new();
        write_table(&first, "", &mut text);
        let second = parse(FileId(0), &text, &mut problems);
        let mut again = String::new();
        write_table(&second, "", &mut again);
        assert_eq!((problems.len(), text.as_str()), (0, again.as_str()));
        assert!(text.contains("[t.\"*\"]\nv = { value = \"5 to 10 kt\", source = \"s\" }"), "{text}");
    }
}
