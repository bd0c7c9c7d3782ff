//! Values: a number or a month taken apart from its evidence, read, and checked against what its field may hold.

use super::field::{Domain, EVIDENCE};
use super::quantity::{self, Quantity};
use super::reader::{Context, Reader};
use super::register;
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Place, Sources};
use crate::dist::Distribution;
use crate::units::{Dimension, Unit};

/// A value taken apart from its evidence.
pub(super) struct Stated<'t> {
    pub(super) value: &'t Node,
    pub(super) evidence: register::Evidence,
}

/// Takes a value apart from its evidence.
pub(super) fn stated<'t>(node: &'t Node, path: &str, context: &mut Context<'_>) -> Option<Stated<'t>> {
    let Value::Table(table) = &node.value else {
        return Some(Stated { value: node, evidence: register::Evidence::default() });
    };
    let reader = Reader::new(table, EVIDENCE, path, node.place, context);
    let mut word = |key: &str| reader.text(key, context).unwrap_or_default();
    let evidence =
        register::Evidence { source: word("source"), note: word("note"), confidence: word("confidence") };
    if !["", "low", "medium", "high"].contains(&evidence.confidence.as_str()) {
        let problem = Diagnostic::error(reader.place_of("confidence"), "`confidence` is low, medium or high");
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

/// A constant of a value that has been taken apart.
pub(super) fn constant(
    stated: &Stated<'_>,
    path: &str,
    dimension: Dimension,
    context: &mut Context<'_>,
) -> Option<f64> {
    let quantity = read_quantity(stated, path, dimension, context)?;
    let value = quantity.distribution.is_constant().map(|value| value * quantity.unit.factor);
    if value.is_none() {
        let problem = Diagnostic::error(stated.value.place, format!("`{path}` must be the same in all runs"));
        context.report(problem.help("write a single number with its unit"));
    }
    value
}

/// Reads a quantity and checks what it measures.
pub(super) fn read_quantity(
    stated: &Stated<'_>,
    path: &str,
    dimension: Dimension,
    context: &mut Context<'_>,
) -> Option<Quantity> {
    let node = stated.value;
    let quantity = match &node.value {
        Value::Text(text) => match quantity::parse(text) {
            Ok(quantity) => quantity,
            Err(error) => {
                let place = part_of_text(node.place, text, &error.range, context.sources);
                let mut problem = Diagnostic::error(place, format!("`{path}`: {}", error.message));
                problem.help = error.help;
                context.report(problem);
                return None;
            }
        },
        _ => match plain_number(node) {
            Some(value) if value.abs() <= 1e30 => {
                Quantity { distribution: Distribution::constant(value), unit: Unit::none(), percent: false }
            }
            _ => {
                let message =
                    format!("`{path}` is a number or a quantity in quotes, not {}", unusable(&node.value));
                context.report(Diagnostic::error(node.place, message).help(example(dimension)));
                return None;
            }
        },
    };
    if quantity.unit.dimension == dimension {
        return Some(quantity);
    }
    let problem = if quantity.unit.text.is_empty() {
        let number = context.sources.at(node.place).trim_matches('"');
        let help = match dimension {
            Dimension::SHARE | Dimension::PER_TIME => example(dimension),
            other => format!("for example \"{number} {}\"", other.example_unit().replace("MUSD", "USD")),
        };
        Diagnostic::error(node.place, format!("`{path}` must be {dimension}, with its unit")).help(help)
    } else {
        let (unit, given) = (&quantity.unit.text, quantity.unit.dimension);
        let message = format!("`{path}` must be {dimension}; `{unit}` is {given}");
        Diagnostic::error(node.place, message).help(example(dimension))
    };
    context.report(problem);
    None
}

fn unusable(value: &Value) -> &'static str {
    match value {
        Value::Integer { .. } | Value::Float { .. } => "a number without a finite size",
        other => other.kind(),
    }
}

fn example(dimension: Dimension) -> String {
    match dimension {
        Dimension::SHARE => "for example 0.35 or \"20% to 50%\"".to_owned(),
        Dimension::PER_TIME => "for example \"8% /year\" or \"normal(8%, 5%) /year\"".to_owned(),
        other => format!("for example \"12 {0}\" or \"5 to 20 {0}\"", other.example_unit()),
    }
}

/// The place of a part of a quoted text. Texts with escapes or several lines are underlined whole.
fn part_of_text(place: Place, text: &str, range: &std::ops::Range<usize>, sources: &Sources) -> Place {
    let raw = sources.at(place);
    let plain = raw.len() == text.len() + 2 && raw.get(1..raw.len() - 1) == Some(text);
    if plain { place.part(1 + range.start, range.len().max(1)) } else { place }
}

/// Keeps a distribution inside its field's domain: a hair's breadth outside is cut off, more is a problem.
pub(super) fn within(
    distribution: Distribution,
    domain: Domain,
    path: &str,
    place: Place,
    context: &mut Context<'_>,
) -> Option<Distribution> {
    let (min, max) = domain.bounds();
    let outside = distribution.probability_outside(min, max);
    let is_zero = domain == Domain::Positive && distribution.is_constant() == Some(0.0);
    if outside > 1e-6 || is_zero {
        let share = if distribution.is_constant().is_some() {
            String::new()
        } else {
            format!(" ({} of the draws are not)", crate::units::format::chance(outside))
        };
        let problem = Diagnostic::error(place, format!("`{path}` must be {}{share}", domain.in_words()));
        context.report(match (distribution.is_constant(), domain) {
            (_, Domain::Rate) => problem.help("is a % missing?"),
            (Some(_), _) => problem,
            (None, _) if max.is_finite() => problem.help(format!(
                "cut it off: truncate(…, min=0, max={max}); where the others have a %, this has one too"
            )),
            _ => problem
                .help("cut it off: truncate(…, min=0), or use a distribution that starts at zero, like pert"),
        });
        return None;
    }
    if outside == 0.0 {
        return Some(distribution);
    }
    distribution
        .truncated(min, max)
        .map_err(|error| context.report(Diagnostic::error(place, error.message)))
        .ok()
}
