//! `[events.NAME]` and their effects: what may happen, when, and what it changes.

use super::product::title_from;
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::dist::Distribution;
use crate::model::{Change, EffectSpec, EventId, EventSpec, ProductId, RouteId, Target};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::time::Horizon;
use crate::units::Dimension;

/// The events, which routes they open, and what they change.
type Events = (Vec<EventSpec>, Vec<(EventId, RouteId)>, Vec<EffectSpec>);

/// `[events.NAME]`
pub(in crate::scenario) fn events(
    root: &Reader<'_>,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Events {
    let (mut events, mut opens, mut effects) = (Vec::new(), Vec::new(), Vec::new());
    let tables = root.tables("events", context);
    for (index, (name, reader)) in tables.iter().enumerate() {
        let id = EventId(index);
        events.push(event(name.clone(), reader, horizon, context));
        let routes = reader.name_list("opens", context).unwrap_or_default();
        opens.extend(routes.into_iter().map(|route| (id, RouteId(route))));
        for (_, effect) in reader.tables("effects", context) {
            effects.extend(read_effect(&effect, id, root, context));
        }
    }
    refuse_rounds(&tables, &events, context);
    (events, opens, effects)
}

fn event(
    name: String,
    reader: &Reader<'_>,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> EventSpec {
    let planned = reader.assumed_month("planned", context);
    if !reader.has("planned") && !reader.has("after") {
        let problem =
            Diagnostic::error(reader.place_of("planned"), format!("`{}` has no date", reader.path)).gap();
        context.report(
            problem.help("say when with `planned = \"2026-12\"`, or after what with `after = \"…\"`"),
        );
    }
    EventSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        planned: planned.zip(horizon).map(|(month, horizon)| month.months_since(horizon.start)),
        after: reader.name("after", context).map(EventId),
        delay_months: reader.number("delay", context).unwrap_or(Number::Fixed(0.0)),
        chance: chance(reader, context),
        ramp_months: reader.number("ramp", context).unwrap_or(Number::Fixed(0.0)),
        lasts_months: reader.number("lasts", context),
        name,
    }
}

/// The chance of an event, and the uniform that decides. The uniform has a name of its own, so that making
/// an event uncertain changes no other draw.
fn chance(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<(Number, Number)> {
    let probability = reader.number("probability", context)?;
    if probability == Number::Fixed(1.0) {
        return None;
    }
    Some((probability, context.add_input(&reader.path_of("occurs"), Distribution::unit_uniform())))
}

/// An event that waits for itself, directly or in a round, never starts. Each round is told once, at its first event.
fn refuse_rounds(tables: &[(String, Reader<'_>)], events: &[EventSpec], context: &mut Context<'_>) {
    for (first, (name, reader)) in tables.iter().enumerate() {
        let Some(round) =
            round_through(first, events).filter(|round| round.iter().all(|&event| event >= first))
        else {
            continue;
        };
        let names: Vec<&str> = round.iter().map(|&event| tables[event].0.as_str()).collect();
        let message = format!("events wait for one another in a round: {} → {name}", names.join(" → "));
        context.report(Diagnostic::error(reader.place_of("after"), message));
    }
}

/// The events that wait for one another in a round through this one, if there is such a round.
fn round_through(first: usize, events: &[EventSpec]) -> Option<Vec<usize>> {
    let mut round = vec![first];
    while round.len() <= events.len() {
        let EventId(next) = events.get(*round.last()?)?.after?;
        if next == first {
            return Some(round);
        }
        round.push(next);
    }
    None
}

fn read_effect(
    reader: &Reader<'_>,
    event: EventId,
    root: &Reader<'_>,
    context: &mut Context<'_>,
) -> Option<EffectSpec> {
    let path = reader.text("on", context)?;
    let targets = targets(&path, reader, root, context)?;
    let dimension = dimension(targets.first()?);
    let given: Vec<&str> = ["multiply", "add", "set"].into_iter().filter(|key| reader.has(key)).collect();
    let [how] = given[..] else {
        let message = match given[..] {
            [] => format!("`{}` doesn't say how it changes `{path}`", reader.path),
            _ => format!("`{}` changes `{path}` in more than one way", reader.path),
        };
        let place = given.get(1).map_or(reader.place_of("on"), |key| reader.place_of(key));
        context.report(Diagnostic::error(place, message).help("write one of `multiply`, `add`, `set`"));
        return None;
    };
    let change = match how {
        "multiply" => Change::Multiply(reader.number("multiply", context)?),
        "add" => Change::Add(reader.number_of("add", dimension, Domain::Any, context)?),
        _ => Change::Set(reader.number_of("set", dimension, Domain::NotNegative, context)?),
    };
    Some(EffectSpec { event, targets, change })
}

/// What an effect may be put on, by section.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("products", &["demand", "ceiling", "price"]),
    ("groups", &["demand", "ceiling", "price"]),
    ("routes", &["capacity", "freight"]),
    ("finance", &["cash", "credit.limit", "credit.drawdown"]),
];

/// The parameters that a path such as `products.*.demand` stands for.
fn targets(
    path: &str,
    reader: &Reader<'_>,
    root: &Reader<'_>,
    context: &mut Context<'_>,
) -> Option<Vec<Target>> {
    let place = reader.place_of("on");
    let (section, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some((section, parameters)) = PARAMETERS.iter().find(|(known, _)| *known == section) else {
        let problem = Diagnostic::error(place, format!("`{path}` can't be changed by an event"));
        let examples =
            "for example `products.*.demand`, `groups.inputs.demand`, `routes.rail.freight`, `finance.cash`";
        context.report(problem.help(
            match crate::diag::nearest(section, PARAMETERS.iter().map(|(known, _)| *known)) {
                Some(near) => format!("did you mean `{near}.…`?"),
                None => examples.to_owned(),
            },
        ));
        return None;
    };
    if *section == "finance" {
        return finance_target(rest, path, reader, root, context).map(|target| vec![target]);
    }
    let (name, parameter) = rest.split_once('.').unwrap_or((rest, ""));
    let places: Vec<usize> = match name {
        "*" => (0..context.names(section).len()).collect(),
        _ => vec![context.resolve(section, name, place)?],
    };
    if !parameters.contains(&parameter) {
        let problem = Diagnostic::error(
            place,
            if parameter.is_empty() {
                format!("`{path}` doesn't say which parameter is changed")
            } else {
                format!("`{path}` can't be changed by an event: `{section}` have no `{parameter}`")
            },
        );
        context.report(problem.suggest(parameter, parameters.iter().copied()));
        return None;
    }
    if *section == "groups" {
        let products = products_of(&places, root);
        return Some(products.into_iter().map(|product| target("products", product, parameter)).collect());
    }
    Some(places.into_iter().map(|place| target(section, place, parameter)).collect())
}

fn finance_target(
    parameter: &str,
    path: &str,
    reader: &Reader<'_>,
    root: &Reader<'_>,
    context: &mut Context<'_>,
) -> Option<Target> {
    let finance = root.table.table("finance");
    let credit = finance.and_then(|finance| finance.table("credit"));
    let (target, there) = match parameter {
        "cash" => (Target::Cash, finance.is_some()),
        "credit.limit" => (Target::CreditLimit, credit.is_some()),
        "credit.drawdown" => {
            (Target::CreditDrawdown, credit.is_some_and(|credit| credit.get("drawdown").is_some()))
        }
        _ => {
            let problem =
                Diagnostic::error(reader.place_of("on"), format!("`{path}` can't be changed by an event"));
            context.report(problem.suggest(parameter, ["cash", "credit.limit", "credit.drawdown"]));
            return None;
        }
    };
    if !there {
        context.report(Diagnostic::error(
            reader.place_of("on"),
            format!("the scenario has no `{path}` to change"),
        ));
        return None;
    }
    Some(target)
}

/// The products of some groups, by what the file says.
fn products_of(groups: &[usize], root: &Reader<'_>) -> Vec<usize> {
    let names: Vec<&str> = root.table.table("groups").map(|table| table.keys().collect()).unwrap_or_default();
    let products = root.table.table("products").map(|table| table.entries.as_slice()).unwrap_or_default();
    let in_groups = |entry: &crate::scenario::tree::Entry| match &entry.node.value {
        crate::scenario::tree::Value::Table(table) => match table.get("group").map(|entry| &entry.node.value)
        {
            Some(crate::scenario::tree::Value::Text(group)) => {
                names.iter().position(|name| name == group).is_some_and(|group| groups.contains(&group))
            }
            _ => names.is_empty(),
        },
        _ => false,
    };
    products.iter().enumerate().filter(|(_, entry)| in_groups(entry)).map(|(place, _)| place).collect()
}

fn target(section: &str, place: usize, parameter: &str) -> Target {
    match (section, parameter) {
        ("products", "demand") => Target::Demand(ProductId(place)),
        ("products", "ceiling") => Target::Ceiling(ProductId(place)),
        ("products", _) => Target::Price(ProductId(place)),
        (_, "capacity") => Target::Capacity(RouteId(place)),
        _ => Target::Freight(RouteId(place)),
    }
}

fn dimension(target: &Target) -> Dimension {
    match target {
        Target::Demand(_) | Target::Ceiling(_) | Target::Capacity(_) => Dimension::MASS_PER_TIME,
        Target::Price(_) | Target::Freight(_) => Dimension::MONEY_PER_MASS,
        Target::Cash | Target::CreditDrawdown => Dimension::MONEY_PER_TIME,
        Target::CreditLimit => Dimension::MONEY,
    }
}
