//! The register of assumptions: one entry for every number that a scenario states.

use super::quantity::Quantity;
use super::reader::Context;
use super::tree::Value;
use super::value::Stated;
use crate::dist::Distribution;
use crate::plan::{Assumption, Figures};

/// The source of a value, with a note and the author's confidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) source: String,
    pub(super) note: String,
    pub(super) confidence: String,
}

/// The entry of a number. Its figures are in the unit as written; `base` is its distribution in base units.
pub(super) fn assumption(
    path: &str,
    stated: &Stated<'_>,
    quantity: &Quantity,
    base: &Distribution,
    context: &Context<'_>,
) -> Assumption {
    let shown = quantity.unit.factor * if quantity.percent { 0.01 } else { 1.0 };
    let figures = Figures {
        mean: base.mean() / shown,
        p05: base.quantile(0.05) / shown,
        p95: base.quantile(0.95) / shown,
    };
    Assumption {
        unit: unit(quantity),
        figures: Some(figures),
        uncertain: base.is_constant().is_none(),
        ..plain(path, stated, context)
    }
}

/// The entry of a value that is not a single number: a month, a season.
pub(super) fn plain(path: &str, stated: &Stated<'_>, context: &Context<'_>) -> Assumption {
    Assumption {
        path: path.to_owned(),
        written: context
            .columns
            .shown(stated.value.span)
            .map_or_else(|| written(&stated.value.value), str::to_owned),
        unit: String::new(),
        figures: None,
        uncertain: false,
        source: stated.evidence.source.clone(),
        note: stated.evidence.note.clone(),
        confidence: stated.evidence.confidence.clone(),
        file: file(path, stated, context),
    }
}

pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Integer { text, .. } | Value::Float { text, .. } | Value::Date(text) => {
            text.clone()
        }
        Value::Bool(value) => value.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| written(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        table @ Value::Table(_) => table.kind().to_owned(),
    }
}

fn unit(quantity: &Quantity) -> String {
    match (quantity.percent, quantity.unit.text.as_str()) {
        (false, text) => text.to_owned(),
        (true, "") => "%".to_owned(),
        (true, text) => format!("% {text}"),
    }
}

/// The file that set a value: the one recorded in a resolved scenario, or else the one that contains the
/// value.
fn file(path: &str, stated: &Stated<'_>, context: &Context<'_>) -> String {
    match context.origin.get(&(stated.value.span.file, path.to_owned())) {
        Some(file) => file.clone(),
        None => context.sources.file(stated.value.span.file).recorded.clone(),
    }
}
