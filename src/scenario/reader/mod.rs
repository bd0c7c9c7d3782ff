//! The reader: reads the keys of a table one by one, checks them, and reports unknown ones.
//!
//! Every method returns something usable even if what it read is wrong: the problem is recorded, reading
//! continues, and no plan is made in the end.

mod context;
mod names;
mod random;

pub(in crate::scenario) use context::Context;

use super::field::{Field, Kind};
use super::tree::{Node, Table, Value};
use super::value::{Stated, plain_number, stated};
use crate::diag::{Diagnostic, Span, list};

/// One table of the scenario and the fields that it may hold.
pub(in crate::scenario) struct Reader<'t> {
    pub(in crate::scenario) table: &'t Table,
    fields: &'static [Field],
    /// The path of the table; empty for the whole file.
    pub(in crate::scenario) path: String,
    /// The location of its name, to which problems with missing keys point.
    pub(in crate::scenario) span: Span,
}

impl<'t> Reader<'t> {
    /// A reader. Reports unknown and missing keys.
    pub(in crate::scenario) fn new(
        table: &'t Table,
        fields: &'static [Field],
        path: impl Into<String>,
        span: Span,
        context: &mut Context<'_>,
    ) -> Self {
        let reader = Self { table, fields, path: path.into(), span };
        reader.check_keys(context);
        reader
    }

    fn check_keys(&self, context: &mut Context<'_>) {
        for entry in &self.table.entries {
            if !self.fields.iter().any(|field| field.key == entry.key) {
                let known = self.fields.iter().map(|field| field.key);
                let of =
                    if self.path.is_empty() { "a scenario".to_owned() } else { format!("`{}`", self.path) };
                let problem =
                    Diagnostic::error(entry.key_span, format!("unknown key `{}` in {of}", entry.key));
                // In `{ sd_log = 0,1 }` the comma ends the value, and what follows is a key.
                let is_number = entry.key.bytes().all(|b| b.is_ascii_digit());
                context.report(if is_number {
                    problem.help("a comma separates keys here; decimals are written with a point, like 0.1")
                } else {
                    problem.suggest(&entry.key, known)
                });
            }
        }
        for field in self.fields.iter().filter(|field| field.required && !self.has(field.key)) {
            self.report_missing(field.key, context);
        }
    }

    /// Reports that a key is missing, with an example of it.
    pub(in crate::scenario) fn report_missing(&self, key: &str, context: &mut Context<'_>) {
        let (of, what) = if self.path.is_empty() {
            ("the scenario".to_owned(), format!("[{key}]"))
        } else {
            (format!("`{}`", self.path), format!("`{key}`"))
        };
        let problem = Diagnostic::error(self.span, format!("{of} has no {what}")).gap();
        let problem = context.with_removal(problem, &self.path_of(key));
        let example = self.field(key).example;
        context.report(if example.is_empty() {
            problem
        } else {
            problem.help(format!("for example: {key} = {example}"))
        });
    }

    fn field(&self, key: &str) -> &'static Field {
        self.fields
            .iter()
            .find(|field| field.key == key)
            .expect("a reader asks for fields of its own section only")
    }

    pub(in crate::scenario) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Advice on how to remove a key of a lower layer.
    pub(in crate::scenario) fn removal(&self, key: &str) -> String {
        format!("to drop it from a lower layer: remove = [\"{}\"]", self.path_of(key))
    }

    /// Whether the key holds a table, even an empty one.
    pub(in crate::scenario) fn has_table(&self, key: &str) -> bool {
        self.table.table(key).is_some()
    }

    pub(in crate::scenario) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The location of a key's value; that of the table if the key is missing.
    pub(in crate::scenario) fn span_of(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.span, |entry| entry.node.span)
    }

    fn node(&self, key: &str) -> Option<&'t Node> {
        self.table.get(key).map(|entry| &entry.node)
    }

    fn wrong(&self, key: &str, node: &Node, expected: &str, context: &mut Context<'_>) {
        let problem = Diagnostic::error(
            node.span,
            format!("`{}` is {expected}, not {}", self.path_of(key), node.value.kind()),
        );
        let example = self.field(key).example;
        context.report(if example.is_empty() {
            problem
        } else {
            problem.help(format!("for example: {key} = {example}"))
        });
    }

    /// A free text, without blanks at its ends.
    pub(in crate::scenario) fn text(&self, key: &str, context: &mut Context<'_>) -> Option<String> {
        let node = self.node(key)?;
        if let Value::Text(text) = &node.value {
            return Some(text.trim().to_owned());
        }
        self.wrong(key, node, "text", context);
        None
    }

    /// A list of texts; empty when the key is missing.
    pub(in crate::scenario) fn texts(&self, key: &str, context: &mut Context<'_>) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let texts = self.texts_in(key, node, "a list of texts", context);
        texts.into_iter().map(|(text, _)| text.to_owned()).collect()
    }

    /// `true` or `false`; `false` when the key is missing.
    pub(in crate::scenario) fn flag(&self, key: &str, context: &mut Context<'_>) -> bool {
        let Some(node) = self.node(key) else { return false };
        if let Value::Bool(value) = node.value {
            return value;
        }
        self.wrong(key, node, "true or false", context);
        false
    }

    /// One of the words that the field allows.
    pub(in crate::scenario) fn word(&self, key: &str, context: &mut Context<'_>) -> Option<&'static str> {
        let Kind::Word(known) = self.field(key).kind else { unreachable!("`{key}` is a word") };
        let text = self.text(key, context)?;
        let found = known.iter().find(|word| **word == text).copied();
        if found.is_none() {
            let message = format!("`{}` can't be `{text}`", self.path_of(key));
            let problem = Diagnostic::error(self.span_of(key), message);
            context.report(problem.suggest(&text, known.iter().copied()));
        }
        found
    }

    /// A whole number in its field's range.
    pub(in crate::scenario) fn count(&self, key: &str, context: &mut Context<'_>) -> Option<i64> {
        let node = self.node(key)?;
        let Kind::Count { min, max } = self.field(key).kind else { unreachable!("`{key}` is a count") };
        match &node.value {
            Value::Integer { value, .. } if (min..=max).contains(value) => Some(*value),
            Value::Integer { value, .. } => {
                let message =
                    format!("`{}` must lie between {min} and {max}; it is {value}", self.path_of(key));
                context.report(Diagnostic::error(node.span, message));
                None
            }
            Value::Float { text, .. } => {
                let message = format!(
                    "`{}` is a whole number between {min} and {max}; `{text}` is not",
                    self.path_of(key)
                );
                context.report(Diagnostic::error(node.span, message));
                None
            }
            _ => {
                self.wrong(key, node, "a whole number", context);
                None
            }
        }
    }

    /// A plain number of zero or more.
    pub(in crate::scenario) fn weight(&self, key: &str, context: &mut Context<'_>) -> Option<f64> {
        let node = self.node(key)?;
        let number = plain_number(node);
        if number.is_none_or(|number| number < 0.0) {
            let message = format!("`{}` is a number of zero or more", self.path_of(key));
            let problem = Diagnostic::error(node.span, message);
            context.report(problem.help(format!("for example: {key} = {}", self.field(key).example)));
        }
        number
    }

    /// A table inside this one.
    pub(in crate::scenario) fn table(&self, key: &str, context: &mut Context<'_>) -> Option<Reader<'t>> {
        let entry = self.table.get(key)?;
        let Kind::Table(fields) = self.field(key).kind else { unreachable!("`{key}` is a table") };
        if let Value::Table(table) = &entry.node.value {
            Some(Reader::new(table, fields, self.path_of(key), entry.key_span, context))
        } else {
            self.wrong(key, &entry.node, "a table", context);
            None
        }
    }

    /// The named tables inside this one.
    pub(in crate::scenario) fn tables(
        &self,
        key: &str,
        context: &mut Context<'_>,
    ) -> Vec<(String, Reader<'t>)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Kind::Tables(fields) = self.field(key).kind else { unreachable!("`{key}` holds named tables") };
        let Value::Table(table) = &node.value else {
            let help =
                format!("write [{}.NAME], with a name of your own, and the keys below it", self.path_of(key));
            let message = format!("`{}` holds named tables, not {}", self.path_of(key), node.value.kind());
            context.report(Diagnostic::error(node.span, message).help(help));
            return Vec::new();
        };
        refuse_twins(&self.path_of(key), table, context);
        let mut readers = Vec::new();
        for entry in &table.entries {
            check_name(&entry.key, entry.key_span, context);
            let path = format!("{}.{}", self.path_of(key), entry.key);
            match &entry.node.value {
                Value::Table(inner) => {
                    readers
                        .push((entry.key.clone(), Reader::new(inner, fields, path, entry.key_span, context)));
                }
                other => {
                    let message = format!("`{path}` is a table, not {}", other.kind());
                    context.report(Diagnostic::error(entry.node.span, message));
                }
            }
        }
        readers
    }

    /// A value and its evidence: `x = 1` or `x = { value = 1, source = "…" }`.
    pub(in crate::scenario) fn stated(&self, key: &str, context: &mut Context<'_>) -> Option<Stated<'t>> {
        stated(self.node(key)?, &self.path_of(key), context)
    }
}

/// Reports a name with other characters than letters, digits, `-` and `_`: names become parts of paths, of
/// file names and of columns.
fn check_name(name: &str, span: Span, context: &mut Context<'_>) {
    let good = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !good {
        let problem = Diagnostic::error(span, format!("`{name}` can't be a name"));
        context.report(
            problem.help(
                "names are made of letters, digits, `-` and `_`, at most 64; the `title` can be anything",
            ),
        );
    }
}

/// Reports names that differ only in case or in `-` and `_`: people and programs that read the tables, such
/// as SQL, confuse them.
fn refuse_twins(path: &str, table: &Table, context: &mut Context<'_>) {
    let plain = |name: &str| name.to_ascii_lowercase().replace('-', "_");
    for (index, entry) in table.entries.iter().enumerate() {
        let is_twin = |other: &&super::tree::Entry| plain(&other.key) == plain(&entry.key);
        let Some(first) = table.entries[..index].iter().find(is_twin) else { continue };
        let message = format!("`{path}.{}` and `{path}.{}` are too similar", first.key, entry.key);
        let problem = Diagnostic::error(entry.key_span, message).see(first.key_span, "the other one");
        context.report(problem.help("names must differ in more than case, `-` and `_`"));
    }
}

/// A list of names for messages.
pub(in crate::scenario) fn known(names: &[String]) -> String {
    list(&names.iter().map(String::as_str).collect::<Vec<_>>(), 12)
}
