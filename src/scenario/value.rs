//! Values: separating a number or a month from its evidence, reading it, and checking it against its field.

use super::columns::Columns;
use super::field::{Domain, EVIDENCE};
use super::quantity::{self, Cell, ColumnError, Quantity, Read, is_like_thousands, two_readings};
use super::range;
use super::reader::{Context, Reader};
use super::register;
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, FileId, Sources, Span};
use crate::dist::Distribution;
use crate::units::{Dimension, Unit};

/// A value separated from its evidence.
pub(super) struct Stated<'t> {
    pub(super) value: &'t Node,
    pub(super) evidence: register::Evidence,
}

/// Separates a value from its evidence.
pub(super) fn stated<'t>(node: &'t Node, path: &str, context: &mut Context<'_>) -> Option<Stated<'t>> {
    let Value::Table(table) = &node.value else {
        return Some(Stated { value: node, evidence: register::Evidence::default() });
    };
    let reader = Reader::new(table, EVIDENCE, path, node.span, context);
    let mut word = |key: &str| reader.text(key, context).unwrap_or_default();
    let evidence =
        register::Evidence { source: word("source"), note: word("note"), confidence: word("confidence") };
    if !["", "low", "medium", "high"].contains(&evidence.confidence.as_str()) {
        let problem = Diagnostic::error(reader.span_of("confidence"), "`confidence` is low, medium or high");
        context.report(problem);
    }
    Some(Stated { value: &table.get("value")?.node, evidence })
}

pub(super) fn plain_number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Integer { value, .. } => Some(*value as f64),
        Value::Float { value, .. } if value.is_finite() => Some(*value),
        _ => None,
    }
}

/// The value of a constant in base units; reports a problem for anything else.
pub(super) fn constant(
    stated: &Stated<'_>,
    path: &str,
    dimension: Dimension,
    context: &mut Context<'_>,
) -> Option<f64> {
    let quantity = read_quantity(stated, path, dimension, Domain::Any, context)?;
    constant_only(&quantity, stated, path, context)
}

/// A past value in base units: its median, and its 90% interval if it is stated as a range.
pub(super) fn known(
    stated: &Stated<'_>,
    path: &str,
    (dimension, domain): (Dimension, Domain),
    context: &mut Context<'_>,
) -> Option<(f64, Option<(f64, f64)>)> {
    let quantity = read_quantity(stated, path, dimension, domain, context)?;
    let base = quantity.distribution.scaled(quantity.unit.factor);
    let base = range::within(base, quantity.percent, domain, path, stated.value.span, context)?;
    let range = base.is_constant().is_none().then(|| (base.quantile(0.05), base.quantile(0.95)));
    Some((base.median(), range))
}

/// The value of a quantity that is a constant, in base units; reports a problem for any other.
fn constant_only(
    quantity: &Quantity,
    stated: &Stated<'_>,
    path: &str,
    context: &mut Context<'_>,
) -> Option<f64> {
    let value = quantity.distribution.is_constant().map(|value| value * quantity.unit.factor);
    if value.is_none() {
        let problem = Diagnostic::error(stated.value.span, format!("`{path}` must be the same in all runs"));
        context.report(problem.help("write a single number with its unit"));
    }
    value
}

/// The distribution of a number in base units, checked against its field and entered in the register. `None`
/// if there is no number.
pub(super) fn distribution(
    node: &Node,
    path: &str,
    dimension: Dimension,
    domain: Domain,
    context: &mut Context<'_>,
) -> Option<Distribution> {
    let stated = stated(node, path, context)?;
    // If it can't be read, that has been reported and no plan is made, so any number will do.
    let stand_in = Distribution::constant(1.0);
    let read = read_quantity(&stated, path, dimension, domain, context);
    Some(read.and_then(|quantity| note(&stated, path, &quantity, domain, context)).unwrap_or(stand_in))
}

/// A number that is the same in all runs, in base units, checked against its field and entered in the
/// register.
pub(super) fn fixed(
    node: &Node,
    path: &str,
    dimension: Dimension,
    domain: Domain,
    context: &mut Context<'_>,
) -> Option<f64> {
    let stated = stated(node, path, context)?;
    let quantity = read_quantity(&stated, path, dimension, domain, context)?;
    constant_only(&quantity, &stated, path, context)?;
    note(&stated, path, &quantity, domain, context)?.is_constant()
}

/// Checks the range of a quantity and enters it in the register.
fn note(
    stated: &Stated<'_>,
    path: &str,
    quantity: &Quantity,
    domain: Domain,
    context: &mut Context<'_>,
) -> Option<Distribution> {
    let base = quantity.distribution.clone().scaled(quantity.unit.factor);
    let base = range::within(base, quantity.percent, domain, path, stated.value.span, context)?;
    range::doubt_percent(&base, quantity.percent, domain, path, stated.value.span, context);
    context.assumptions.push(register::assumption(path, stated, quantity, &base, context));
    Some(base)
}

/// Reads a quantity and checks its dimension.
fn read_quantity(
    stated: &Stated<'_>,
    path: &str,
    dimension: Dimension,
    domain: Domain,
    context: &mut Context<'_>,
) -> Option<Quantity> {
    let node = stated.value;
    let Read { quantity, grouped, .. } = match &node.value {
        Value::Text(text) => parsed(text, node.span, path, context)?,
        _ => match plain_number(node) {
            Some(value) if value.abs() <= 1e30 => bare(value, &node.value),
            _ => {
                let message =
                    format!("`{path}` is a number or a quantity in quotes, not {}", unusable(&node.value));
                context.report(Diagnostic::error(node.span, message).help(example(dimension, domain)));
                return None;
            }
        },
    };
    if quantity.unit.dimension == dimension {
        doubt_thousands(&quantity, &grouped, domain, path, node.span, context);
        return Some(quantity);
    }
    let problem = if quantity.unit.text.is_empty() {
        let number = context.sources.at(node.span).trim_matches('"');
        let help = match dimension {
            Dimension::SHARE | Dimension::PER_TIME => example(dimension, domain),
            other => format!("for example \"{number} {}\"", other.example_unit().replace("MUSD", "USD")),
        };
        Diagnostic::error(node.span, format!("`{path}` must be {dimension}, with its unit")).help(help)
    } else {
        let (unit, given) = (&quantity.unit.text, quantity.unit.dimension);
        let message = format!("`{path}` must be {dimension}; `{unit}` is {given}");
        Diagnostic::error(node.span, message).help(example(dimension, domain))
    };
    context.report(problem);
    None
}

/// A number without quotation marks.
fn bare(value: f64, written: &Value) -> Read {
    let quantity =
        Quantity { distribution: Distribution::constant(value), unit: Unit::none(), percent: false };
    let is_grouped = matches!(written, Value::Float { text, .. } if is_like_thousands(text));
    let grouped = is_grouped.then_some(value).into_iter().collect();
    Read { quantity, named: None, grouped }
}

/// Warns if every number may have been meant a thousand times as large (`57.000 to 344.000`), unless that
/// would be outside its field's range.
fn doubt_thousands(
    quantity: &Quantity,
    grouped: &[f64],
    domain: Domain,
    path: &str,
    span: Span,
    context: &mut Context<'_>,
) {
    let Some(&first) = grouped.first() else { return };
    let as_thousands = quantity.distribution.clone().scaled(1000.0 * quantity.unit.factor);
    if domain.refuses(&as_thousands) > 1e-6 {
        return;
    }
    let (decimal, thousands) = two_readings(first);
    let message = format!("`{path}`: the point is read as a decimal point: {decimal}, not {thousands}");
    let problem = Diagnostic::warning(span, message);
    context.report(problem.help(format!("write `{decimal}` or `{thousands}`, whichever is meant")));
}

/// Reads the text of a quantity, including the data files that it names.
fn parsed(text: &str, span: Span, path: &str, context: &mut Context<'_>) -> Option<Read> {
    let mut beside = Beside { file: span.file, sources: context.sources, columns: context.columns };
    match quantity::parse_with(text, &mut beside) {
        Ok(mut read) => {
            if let Some(named) = read.named.take() {
                context.columns.remember(span, named);
            }
            Some(read)
        }
        Err(error) => {
            let span = part_of_text(span, text, &error.range, context.sources);
            let mut problem = Diagnostic::error(span, format!("`{path}`: {}", error.message));
            problem.help = error.help;
            context.report(match error.see {
                Some(cell) => problem.see(cell, "here"),
                None => problem,
            });
            None
        }
    }
}

/// The data files that a scenario file can name.
struct Beside<'c> {
    file: FileId,
    sources: &'c mut Sources,
    columns: &'c mut Columns,
}

impl quantity::Columns for Beside<'_> {
    fn column(&mut self, file: &str, column: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
        self.columns.column(self.sources, self.file, file, column)
    }
}

fn unusable(value: &Value) -> &'static str {
    match value {
        Value::Integer { .. } | Value::Float { .. } => "an infinite or too large number",
        other => other.kind(),
    }
}

fn example(dimension: Dimension, domain: Domain) -> String {
    match (dimension, domain) {
        (Dimension::SHARE, Domain::Elasticity) => "for example -0.8 or \"uniform(-1.2, -0.3)\"".to_owned(),
        (Dimension::SHARE, Domain::Loading) => "for example 1.0 or \"0.3 to 0.9\"".to_owned(),
        (Dimension::SHARE, _) => "for example 0.35 or \"uniform(20%, 50%)\"".to_owned(),
        (Dimension::PER_TIME, Domain::Frequency) => {
            "for example \"0.5 /year\" or \"0.2 to 0.8 /year\"".to_owned()
        }
        (Dimension::PER_TIME, _) => "for example \"8% /year\" or \"normal(8%, 5%) /year\"".to_owned(),
        (other, _) => format!("for example \"12 {0}\" or \"5 to 20 {0}\"", other.example_unit()),
    }
}

/// The location of a part of a quoted text; that of the whole text if it has escapes or several lines.
fn part_of_text(span: Span, text: &str, range: &std::ops::Range<usize>, sources: &Sources) -> Span {
    let raw = sources.at(span);
    let plain = raw.len() == text.len() + 2 && raw.get(1..raw.len() - 1) == Some(text);
    if plain { span.part(1 + range.start, range.len().max(1)) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::field::{Field, Kind, ROOT};
    use crate::scenario::tree::parse;
    use std::collections::BTreeMap;

    fn problems_of(field: &Field) -> Vec<Diagnostic> {
        let text = format!("{} = {}", field.key, field.example);
        let mut sources = Sources::default();
        sources.add("example.toml", text.clone());
        let mut diagnostics = Vec::new();
        let table = parse(FileId(0), &text, &mut diagnostics);
        let (mut columns, removed) = (Columns::default(), BTreeMap::new());
        let mut context = Context::new(&mut sources, &mut columns, &removed);
        context.diagnostics = diagnostics;
        if let Kind::Quantity { dimension, domain } = field.kind {
            distribution(&table.entries[0].node, field.key, dimension, domain, &mut context);
        }
        context.diagnostics
    }

    #[test]
    fn every_example_can_be_written_as_it_stands() {
        fn visit(fields: &[Field]) {
            for field in fields {
                match field.kind {
                    Kind::Table(inner) | Kind::Tables(inner) => visit(inner),
                    _ if field.example.is_empty() => {}
                    // Its key is part of the example.
                    Kind::Correlations => {}
                    _ => assert_eq!(problems_of(field), [], "{} = {}", field.key, field.example),
                }
            }
        }
        visit(ROOT);
    }
}
