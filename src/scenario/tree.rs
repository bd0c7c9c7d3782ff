//! A TOML document as a tree that stores the location of every key and value.

use crate::diag::{Diagnostic, FileId, Span};
use std::cmp::Reverse;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its location.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// A TOML value. Numbers keep their text, so that they are shown as they were written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Table(Table),
    Array(Vec<Node>),
    Text(String),
    Integer {
        value: i64,
        text: String,
    },
    Float {
        value: f64,
        text: String,
    },
    Bool(bool),
    /// A bare TOML date, kept as its text: months are written as strings.
    Date(String),
}

impl Value {
    /// Its type in words, with an article.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Table(_) => "a table",
            Self::Array(_) => "a list",
            Self::Text(_) => "text",
            Self::Integer { .. } | Self::Float { .. } => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a bare date",
        }
    }
}

/// A table, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

/// A key of a table and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) node: Node,
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// Whether this is one value with its evidence (`{ value = 1, source = "…" }`) rather than a section that
    /// happens to have a table named `value`.
    pub(super) fn is_stated_value(&self) -> bool {
        self.get("value").is_some_and(|entry| !matches!(entry.node.value, Value::Table(_)))
    }

    /// The table under a key, if there is one.
    pub(super) fn table(&self, key: &str) -> Option<&Table> {
        match &self.get(key)?.node.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// Parses a document. Every syntax error becomes a diagnostic; the table holds what could be read.
pub(super) fn parse(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or_else(|| longest_path(text));
        let line = line_at(text, span.start);
        let problem =
            Diagnostic::error(Span::new(file, span), format!("this is not TOML: {}", error.message()));
        diagnostics.push(match decimal_comma(line) {
            Some(digits) => problem.help(format!(
                "decimals are written with a point: `{digits}` may be meant as `{}`",
                digits.replace(',', ".")
            )),
            None => problem,
        });
    }
    table(file, document.get_ref())
}

/// The line in which a byte stands.
fn line_at(text: &str, at: usize) -> &str {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        start += line.len();
        (start, line)
    });
    lines.into_iter().find(|(end, _)| at < *end).map_or("", |(_, line)| line)
}

/// The first digits with a comma between them and no space: `0,5`. More than one comma, or groups of three
/// digits, are no decimals.
fn decimal_comma(line: &str) -> Option<&str> {
    let is_number = |word: &&str| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        word.split_once(',')
            .is_some_and(|(whole, decimals)| digits(whole) && digits(decimals) && decimals.len() != 3)
    };
    line.split(|c: char| !(c.is_ascii_digit() || c == ',')).find(is_number)
}

/// The line with the most points. The parser reports no location for a path that is too long.
fn longest_path(text: &str) -> Range<usize> {
    let mut end = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        end += line.len();
        (line.matches('.').count(), end - line.len()..end - line.len() + line.trim_end().len())
    });
    lines.max_by_key(|&(points, ref range)| (points, Reverse(range.start))).map_or(0..0, |(_, range)| range)
}

fn table(file: FileId, source: &DeTable<'_>) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(file, key.span()),
            node: node(file, value),
        }
    };
    Table { entries: source.iter().map(entry).collect() }
}

fn node(file: FileId, source: &Spanned<DeValue<'_>>) -> Node {
    Node { value: value(file, source.get_ref()), span: Span::new(file, source.span()) }
}

fn value(file: FileId, source: &DeValue<'_>) -> Value {
    match source {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => integer(number.as_str(), number.radix()),
        DeValue::Float(number) => Value::Float {
            value: number.as_str().parse().unwrap_or(f64::NAN),
            text: number.as_str().to_owned(),
        },
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| node(file, item)).collect()),
        DeValue::Table(inner) => Value::Table(table(file, inner)),
    }
}

/// A whole number; one too large for 64 bits is kept as a float, which no field accepts as a count.
fn integer(digits: &str, radix: u32) -> Value {
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Value::Integer { value, text: value.to_string() },
        Err(_) => Value::Float { value: digits.parse().unwrap_or(f64::NAN), text: digits.to_owned() },
    }
}
