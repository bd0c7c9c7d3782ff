//! The reader: takes the keys of a table one by one, checks them, and reports what nobody asked for.
//!
//! Every method gives something usable even when what it read was wrong: the problem is noted, reading goes on,
//! and no plan is made in the end.

use super::field::{Domain, Field, Kind};

use super::register;
use super::tree::{Node, Table, Value};
use super::value::{Stated, constant, plain_number, read_quantity, stated, within};
use crate::batch::{InputId, Number, SeriesId};
use crate::diag::{Diagnostic, FileId, Place, Sources, list};
use crate::dist::Distribution;
use crate::results::Assumption;
use crate::sample::{InputSpec, NoiseSpec, SeriesSpec};
use crate::time::Month;
use crate::units::Dimension;
use std::collections::BTreeMap;

/// What reading a scenario gathers.
pub(super) struct Context<'a> {
    pub(super) sources: &'a Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) inputs: Vec<InputSpec>,
    pub(super) series: Vec<SeriesSpec>,
    pub(super) assumptions: Vec<Assumption>,
    /// Names by section, to resolve references.
    pub(super) names: BTreeMap<&'static str, Vec<String>>,
    /// Which file set which path, where a resolved scenario says so of its own values: by the resolved file and the path.
    pub(super) origin: BTreeMap<(FileId, String), String>,
}

impl Context<'_> {
    /// Notes a problem.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The names of a section, as references see them.
    pub(super) fn names(&self, section: &str) -> &[String] {
        self.names.get(section).map_or(&[], Vec::as_slice)
    }

    /// The place of a name in its section; a problem when there is none.
    pub(super) fn resolve(&mut self, section: &str, name: &str, place: Place) -> Option<usize> {
        let known = self.names(section);
        if let Some(found) = known.iter().position(|known| known == name) {
            return Some(found);
        }
        let one = section.trim_end_matches('s');
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let problem =
            Diagnostic::error(place, format!("there is no {one} `{name}`")).gap().suggest(name, known);
        self.report(problem);
        None
    }

    /// A new per-run input.
    pub(super) fn add_input(&mut self, path: &str, distribution: Distribution) -> Number {
        self.inputs.push(InputSpec { path: path.to_owned(), distribution });
        Number::Drawn(InputId(self.inputs.len() - 1))
    }
}

/// One table of the scenario and what may stand in it.
pub(super) struct Reader<'t> {
    pub(super) table: &'t Table,
    fields: &'static [Field],
    /// The path of the table, empty for the whole file.
    pub(super) path: String,
    /// Where to point when a key is missing.
    place: Place,
}

impl<'t> Reader<'t> {
    /// A reader; unknown and missing keys are reported at once.
    pub(super) fn new(
        table: &'t Table,
        fields: &'static [Field],
        path: impl Into<String>,
        place: Place,
        context: &mut Context<'_>,
    ) -> Self {
        let reader = Self { table, fields, path: path.into(), place };
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
                    Diagnostic::error(entry.key_place, format!("unknown key `{}` in {of}", entry.key));
                context.report(problem.suggest(&entry.key, known));
            }
        }
        for field in self.fields.iter().filter(|field| field.required) {
            if self.table.get(field.key).is_none() {
                let what = if self.path.is_empty() {
                    format!("[{}]", field.key)
                } else {
                    format!("`{}`", field.key)
                };
                let of =
                    if self.path.is_empty() { "the scenario".to_owned() } else { format!("`{}`", self.path) };
                let mut problem = Diagnostic::error(self.place, format!("{of} has no {what}")).gap();
                if !field.example.is_empty() {
                    problem = problem.help(format!("for example: {} = {}", field.key, field.example));
                }
                context.report(problem);
            }
        }
    }

    fn field(&self, key: &str) -> &'static Field {
        self.fields
            .iter()
            .find(|field| field.key == key)
            .expect("a reader asks for fields of its own section only")
    }

    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether the key holds a table, even an empty one.
    pub(super) fn has_table(&self, key: &str) -> bool {
        self.table.table(key).is_some()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Where a key's value stands, or the table itself.
    pub(super) fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or(self.place, |entry| entry.node.place)
    }

    fn node(&self, key: &str) -> Option<&'t Node> {
        self.table.get(key).map(|entry| &entry.node)
    }

    fn wrong(&self, key: &str, node: &Node, expected: &str, context: &mut Context<'_>) {
        let problem = Diagnostic::error(
            node.place,
            format!("`{}` is {expected}, not {}", self.path_of(key), node.value.kind()),
        );
        let example = self.field(key).example;
        context.report(if example.is_empty() {
            problem
        } else {
            problem.help(format!("for example: {key} = {example}"))
        });
    }

    /// Words for people.
    pub(super) fn text(&self, key: &str, context: &mut Context<'_>) -> Option<String> {
        let node = self.node(key)?;
        if let Value::Text(text) = &node.value {
            return Some(text.trim().to_owned());
        }
        self.wrong(key, node, "text", context);
        None
    }

    /// A list of texts; empty when the key is missing.
    pub(super) fn texts(&self, key: &str, context: &mut Context<'_>) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::Array(items) = &node.value else {
            self.wrong(key, node, "a list of texts", context);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push(text.clone()),
                _ => self.wrong(key, item, "a list of texts", context),
            }
        }
        texts
    }

    /// A whole number in its field's range.
    pub(super) fn count(&self, key: &str, context: &mut Context<'_>) -> Option<i64> {
        let node = self.node(key)?;
        let Kind::Count { min, max } = self.field(key).kind else { unreachable!("`{key}` is a count") };
        match &node.value {
            Value::Integer { value, .. } if (min..=max).contains(value) => Some(*value),
            Value::Integer { value, .. } => {
                let message =
                    format!("`{}` must lie between {min} and {max}; it is {value}", self.path_of(key));
                context.report(Diagnostic::error(node.place, message));
                None
            }
            Value::Float { text, .. } => {
                let message = format!(
                    "`{}` is a whole number between {min} and {max}; `{text}` is not",
                    self.path_of(key)
                );
                context.report(Diagnostic::error(node.place, message));
                None
            }
            _ => {
                self.wrong(key, node, "a whole number", context);
                None
            }
        }
    }

    /// A month, with or without evidence.
    pub(super) fn month(&self, key: &str, context: &mut Context<'_>) -> Option<Month> {
        let stated = self.stated(key, context)?;
        self.month_of(key, &stated, context)
    }

    fn month_of(&self, key: &str, stated: &Stated<'_>, context: &mut Context<'_>) -> Option<Month> {
        let Value::Text(text) = &stated.value.value else {
            self.wrong(key, stated.value, "a month in quotes", context);
            return None;
        };
        match text.trim().parse::<Month>() {
            Ok(month) => Some(month),
            Err(error) => {
                context.report(
                    Diagnostic::error(stated.value.place, format!("`{text}` is no month"))
                        .help(error.to_string()),
                );
                None
            }
        }
    }

    /// A month that is an assumption: it goes into the register.
    pub(super) fn assumed_month(&self, key: &str, context: &mut Context<'_>) -> Option<Month> {
        let stated = self.stated(key, context)?;
        let month = self.month_of(key, &stated, context)?;
        context.assumptions.push(register::plain(&self.path_of(key), &stated, context));
        Some(month)
    }

    /// A reference to a name of another section.
    pub(super) fn name(&self, key: &str, context: &mut Context<'_>) -> Option<usize> {
        let node = self.node(key)?;
        let Kind::Name(section) = self.field(key).kind else { unreachable!("`{key}` is a name") };
        let text = self.text(key, context)?;
        context.resolve(section, &text, node.place)
    }

    /// References to names of another section.
    pub(super) fn name_list(&self, key: &str, context: &mut Context<'_>) -> Option<Vec<usize>> {
        let node = self.node(key)?;
        let Kind::Names(section) = self.field(key).kind else { unreachable!("`{key}` is a list of names") };
        let Value::Array(items) = &node.value else {
            self.wrong(key, node, "a list of names", context);
            return None;
        };
        let mut found = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(name) => found.extend(context.resolve(section, name, item.place)),
                _ => self.wrong(key, item, "a list of names", context),
            }
        }
        Some(found)
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str, context: &mut Context<'_>) -> Option<Reader<'t>> {
        let entry = self.table.get(key)?;
        let Kind::Table(fields) = self.field(key).kind else { unreachable!("`{key}` is a table") };
        if let Value::Table(table) = &entry.node.value {
            Some(Reader::new(table, fields, self.path_of(key), entry.key_place, context))
        } else {
            self.wrong(key, &entry.node, "a table", context);
            None
        }
    }

    /// The named tables inside this one.
    pub(super) fn tables(&self, key: &str, context: &mut Context<'_>) -> Vec<(String, Reader<'t>)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Kind::Tables(fields) = self.field(key).kind else { unreachable!("`{key}` holds named tables") };
        let Value::Table(table) = &node.value else {
            let help =
                format!("write [{}.NAME], with a name of your own, and the keys below it", self.path_of(key));
            let message = format!("`{}` holds named tables, not {}", self.path_of(key), node.value.kind());
            context.report(Diagnostic::error(node.place, message).help(help));
            return Vec::new();
        };
        let mut readers = Vec::new();
        for entry in &table.entries {
            check_name(&entry.key, entry.key_place, context);
            let path = format!("{}.{}", self.path_of(key), entry.key);
            match &entry.node.value {
                Value::Table(inner) => {
                    readers.push((
                        entry.key.clone(),
                        Reader::new(inner, fields, path, entry.key_place, context),
                    ));
                }
                other => {
                    let message = format!("`{path}` is a table, not {}", other.kind());
                    context.report(Diagnostic::error(entry.node.place, message));
                }
            }
        }
        readers
    }

    /// A value apart from its evidence: `x = 1` or `x = { value = 1, source = "…" }`.
    pub(super) fn stated(&self, key: &str, context: &mut Context<'_>) -> Option<Stated<'t>> {
        stated(self.node(key)?, &self.path_of(key), context)
    }

    /// A number of the model, in base units; uncertain ones become inputs. `None` when the key is missing.
    pub(super) fn number(&self, key: &str, context: &mut Context<'_>) -> Option<Number> {
        let Kind::Quantity { dimension, domain } = self.field(key).kind else {
            unreachable!("`{key}` is a quantity")
        };
        self.number_of(key, dimension, domain, context)
    }

    /// The same, where the dimension depends on something else.
    pub(super) fn number_of(
        &self,
        key: &str,
        dimension: Dimension,
        domain: Domain,
        context: &mut Context<'_>,
    ) -> Option<Number> {
        let stated = self.stated(key, context)?;
        let path = self.path_of(key);
        // What can't be read has been reported; any number will do, since no plan is made.
        let stand_in = Some(Number::Fixed(1.0));
        let Some(quantity) = read_quantity(&stated, &path, dimension, context) else { return stand_in };
        let base = quantity.distribution.clone().scaled(quantity.unit.factor);
        let Some(base) = within(base, domain, &path, stated.value.place, context) else { return stand_in };
        context.assumptions.push(register::assumption(&path, &stated, &quantity, &base, context));
        Some(match base.is_constant() {
            Some(value) => Number::Fixed(value),
            None => context.add_input(&path, base),
        })
    }

    /// A number that is the same in all runs, in base units.
    pub(super) fn constant_of(
        &self,
        key: &str,
        dimension: Dimension,
        context: &mut Context<'_>,
    ) -> Option<f64> {
        let stated = self.stated(key, context)?;
        constant(&stated, &self.path_of(key), dimension, context)
    }

    /// Twelve factors with mean one; all one when the key is missing.
    pub(super) fn season(&self, key: &str, context: &mut Context<'_>) -> [f64; 12] {
        let Some(stated) = self.stated(key, context) else { return [1.0; 12] };
        match season_factors(&stated.value.value) {
            Ok(factors) => {
                context.assumptions.push(register::plain(&self.path_of(key), &stated, context));
                factors
            }
            Err(why) => {
                let message =
                    format!("`{}` is a list of twelve numbers, January first; {why}", self.path_of(key));
                context.report(Diagnostic::error(stated.value.place, message));
                [1.0; 12]
            }
        }
    }

    /// Monthly noise, if there is any.
    pub(super) fn noise(&self, key: &str, context: &mut Context<'_>) -> Option<SeriesId> {
        let reader = self.table(key, context)?;
        let sd_log = reader.number("sd_log", context).unwrap_or(Number::Fixed(0.0));
        let persistence = reader.number("persistence", context).unwrap_or(Number::Fixed(0.0));
        context.series.push(SeriesSpec { path: self.path_of(key), noise: NoiseSpec { sd_log, persistence } });
        Some(SeriesId(context.series.len() - 1))
    }
}

/// Twelve factors with mean one, or what is wrong with them.
fn season_factors(value: &Value) -> Result<[f64; 12], String> {
    let Value::Array(items) = value else { return Err(format!("this is {}", value.kind())) };
    let Some(factors) = items.iter().map(plain_number).collect::<Option<Vec<f64>>>() else {
        return Err("one of these is not a number".to_owned());
    };
    let sum: f64 = factors.iter().sum();
    if factors.iter().any(|&factor| !(0.0..1e6).contains(&factor)) {
        return Err("none may be below zero or over a million".to_owned());
    }
    if !factors.is_empty() && sum <= 0.0 {
        return Err("they can't all be zero".to_owned());
    }
    let count = factors.len();
    <[f64; 12]>::try_from(factors)
        .map(|factors| factors.map(|factor| factor * 12.0 / sum))
        .map_err(|_| format!("this has {count}"))
}

/// Names are parts of paths, of file names and of columns: letters, digits, `-` and `_`.
fn check_name(name: &str, place: Place, context: &mut Context<'_>) {
    let good = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !good {
        let problem = Diagnostic::error(place, format!("`{name}` can't be a name"));
        context.report(
            problem.help(
                "names are made of letters, digits, `-` and `_`, at most 64; the `title` can be anything",
            ),
        );
    }
}

/// The names that a list shows, for messages.
pub(super) fn known(names: &[String]) -> String {
    list(&names.iter().map(String::as_str).collect::<Vec<_>>(), 12)
}
