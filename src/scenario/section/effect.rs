//! `effects.NAME` of events, projects and shocks: the parameter that each changes, and how.

use super::parameter::{self, Parameter};
use super::shock::Sizes;
use crate::batch::Number;
use crate::diag::{Diagnostic, list};
use crate::plan::{Change, EffectSpec, ProductSpec, Trigger};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::scenario::tree::Table;
use crate::units::Dimension;

/// The products and the money that effects can change.
pub(super) struct Scene<'s> {
    pub(super) products: &'s [ProductSpec],
    pub(super) finance: Option<&'s Table>,
}

/// How often an uncertain number of an effect is drawn.
pub(super) enum Draws<'d> {
    /// Once for each run.
    Once,
    /// Anew for each occurrence.
    EachTime(&'d mut Sizes),
}

impl Draws<'_> {
    fn number(
        &mut self,
        reader: &Reader<'_>,
        key: &str,
        dimension: Dimension,
        domain: Domain,
        context: &mut Context<'_>,
    ) -> Option<Number> {
        match self {
            Self::Once => reader.number_of(key, dimension, domain, context),
            Self::EachTime(sizes) => {
                let base = reader.distribution_of(key, dimension, domain, context)?;
                Some(sizes.add(reader.path_of(key), base))
            }
        }
    }
}

/// The ways to change a parameter.
const OPERATIONS: [&str; 4] = ["multiply", "add", "set", "pulse"];

/// Reads all effects of an event, a project or a shock.
pub(super) fn effects(
    owner: &Reader<'_>,
    trigger: Trigger,
    scene: &Scene<'_>,
    draws: &mut Draws<'_>,
    context: &mut Context<'_>,
) -> Vec<EffectSpec> {
    let tables = owner.tables("effects", context);
    tables.iter().filter_map(|(_, reader)| effect(reader, trigger, scene, draws, context)).collect()
}

fn effect(
    reader: &Reader<'_>,
    trigger: Trigger,
    scene: &Scene<'_>,
    draws: &mut Draws<'_>,
    context: &mut Context<'_>,
) -> Option<EffectSpec> {
    let trigger = while_building(reader, trigger, context);
    let path = reader.text("on", context)?;
    let (parameter, targets) = parameter::find(&path, reader.span_of("on"), scene, context)?;
    let operation = operation(&path, reader, context)?;
    let change = change(operation, parameter, &path, reader, draws, context)?;
    Some(EffectSpec { trigger, targets, change })
}

/// The trigger of an effect: for a project, its building if the effect says so.
fn while_building(reader: &Reader<'_>, trigger: Trigger, context: &mut Context<'_>) -> Trigger {
    match trigger {
        Trigger::Project(project) if reader.word("while", context).is_some() => Trigger::Building(project),
        other => other,
    }
}

/// The operation by which the effect changes its parameter; reports a problem if there is not exactly one.
fn operation(path: &str, reader: &Reader<'_>, context: &mut Context<'_>) -> Option<&'static str> {
    let given: Vec<&'static str> = OPERATIONS.into_iter().filter(|key| reader.has(key)).collect();
    if let [operation] = given[..] {
        return Some(operation);
    }
    let message = match given[..] {
        [] => format!("`{}` doesn't say how it changes `{path}`", reader.path),
        _ => format!("`{}` changes `{path}` in more than one way", reader.path),
    };
    let span = given.get(1).map_or(reader.span_of("on"), |key| reader.span_of(key));
    let help = match given[..] {
        [] => format!("write one of {}", list(&OPERATIONS, OPERATIONS.len())),
        _ => format!("keep one of them; {}", reader.removal(given[0])),
    };
    context.report(Diagnostic::error(span, message).help(help));
    None
}

fn change(
    operation: &'static str,
    parameter: &Parameter,
    path: &str,
    reader: &Reader<'_>,
    draws: &mut Draws<'_>,
    context: &mut Context<'_>,
) -> Option<Change> {
    let is_share = parameter.dimension == Dimension::SHARE;
    let (added, level) =
        if is_share { (Domain::ShareChange, Domain::Share) } else { (Domain::Any, Domain::NotNegative) };
    let dimension = parameter.dimension;
    Some(match operation {
        "multiply" => {
            let factor = draws.number(reader, operation, Dimension::SHARE, Domain::Factor, context);
            Change::Multiply(factor?)
        }
        "add" => Change::Add(draws.number(reader, operation, dimension, added, context)?),
        "set" => Change::Set(draws.number(reader, operation, dimension, level, context)?),
        _ => {
            let whole = pulse_dimension(parameter, path, reader, context)?;
            Change::Pulse(draws.number(reader, operation, whole, Domain::Any, context)?)
        }
    })
}

/// The dimension of a pulse: that of the total amount, for a parameter that is a flow. Reports a problem for
/// others.
fn pulse_dimension(
    parameter: &Parameter,
    path: &str,
    reader: &Reader<'_>,
    context: &mut Context<'_>,
) -> Option<Dimension> {
    if parameter.pulse.is_none() {
        let message = format!("`{path}` can't be changed by a pulse");
        context.report(Diagnostic::error(reader.span_of("pulse"), message).help(
            "a pulse adds an amount once: to a product's `demand`, to `earnings.NAME.amount` or to \
             `finance.cash`; here write one of `multiply`, `add`, `set`",
        ));
    }
    parameter.pulse
}
