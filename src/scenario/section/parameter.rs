//! Parameters that effects can change, by path: `products.flour.demand`, `groups.food.price`, `finance.cash`.

use super::effect::Scene;
use crate::diag::{Diagnostic, Span};
use crate::plan::{EarningsId, ProductId, RouteId, Target};
use crate::scenario::reader::Context;
use crate::units::Dimension;

/// A parameter that effects can change.
pub(super) struct Parameter {
    section: &'static str,
    key: &'static str,
    /// The dimension of its value.
    pub(super) dimension: Dimension,
    /// The dimension of a pulse, which is a total amount; `None` for a parameter that is not a flow.
    pub(super) pulse: Option<Dimension>,
}

const fn parameter(section: &'static str, key: &'static str, dimension: Dimension) -> Parameter {
    Parameter { section, key, dimension, pulse: None }
}

const fn flow(section: &'static str, key: &'static str, dimension: Dimension, pulse: Dimension) -> Parameter {
    Parameter { section, key, dimension, pulse: Some(pulse) }
}

const PARAMETERS: &[Parameter] = &[
    flow("products", "demand", Dimension::MASS_PER_TIME, Dimension::MASS),
    parameter("products", "ceiling", Dimension::MASS_PER_TIME),
    parameter("products", "price", Dimension::MONEY_PER_MASS),
    parameter("products", "supply", Dimension::MASS_PER_TIME),
    parameter("products", "permitted", Dimension::SHARE),
    parameter("routes", "capacity", Dimension::MASS_PER_TIME),
    parameter("routes", "freight", Dimension::MONEY_PER_MASS),
    flow("earnings", "amount", Dimension::MONEY_PER_TIME, Dimension::MONEY),
    flow("finance", "cash", Dimension::MONEY_PER_TIME, Dimension::MONEY),
    parameter("finance", "payments", Dimension::SHARE),
    parameter("finance", "credit.limit", Dimension::MONEY),
    parameter("finance", "credit.drawdown", Dimension::MONEY_PER_TIME),
];

/// The first parts of paths. A group has the parameters of its products.
const SECTIONS: [&str; 5] = ["products", "groups", "routes", "earnings", "finance"];

const EXAMPLES: &str =
    "for example `products.*.demand`, `groups.inputs.demand`, `routes.rail.freight`, `finance.cash`";

/// The parameter of a path, and the targets that a path such as `products.*.demand` covers.
pub(super) fn find(
    path: &str,
    span: Span,
    scene: &Scene<'_>,
    context: &mut Context<'_>,
) -> Option<(&'static Parameter, Vec<Target>)> {
    let (section, rest) = path.split_once('.').unwrap_or((path, ""));
    if !SECTIONS.contains(&section) {
        let problem = Diagnostic::error(span, format!("`{path}` can't be changed by an effect"));
        context.report(problem.help(match crate::diag::nearest(section, SECTIONS) {
            Some(near) => format!("did you mean `{near}.…`?"),
            None => EXAMPLES.to_owned(),
        }));
        return None;
    }
    if section == "finance" {
        let parameter = named(section, rest, path, span, context)?;
        return of_finance(parameter, path, span, scene, context).map(|target| (parameter, vec![target]));
    }
    let (name, key) = rest.split_once('.').unwrap_or((rest, ""));
    let indices: Vec<usize> = match name {
        "*" => (0..context.names(section).len()).collect(),
        _ => vec![context.resolve(section, name, span)?],
    };
    let parameter = named(section, key, path, span, context)?;
    let indices = if section == "groups" { products_of(&indices, scene) } else { indices };
    let targets = existing_targets(parameter, &indices, path, span, scene, context)?;
    Some((parameter, targets))
}

/// The parameter of a section by its key.
fn named(
    section: &str,
    key: &str,
    path: &str,
    span: Span,
    context: &mut Context<'_>,
) -> Option<&'static Parameter> {
    let of = if section == "groups" { "products" } else { section };
    let known = || PARAMETERS.iter().filter(|parameter| parameter.section == of);
    let found = known().find(|parameter| parameter.key == key);
    if found.is_none() {
        let message = match (key, section) {
            ("", _) => format!("`{path}` doesn't say which parameter is changed"),
            (_, "finance") => format!("`{path}` can't be changed by an effect"),
            _ => format!("`{path}` can't be changed by an effect: `{section}` have no `{key}`"),
        };
        let problem = Diagnostic::error(span, message);
        context.report(problem.suggest(key, known().map(|parameter| parameter.key)));
    }
    found
}

fn of_finance(
    parameter: &Parameter,
    path: &str,
    span: Span,
    scene: &Scene<'_>,
    context: &mut Context<'_>,
) -> Option<Target> {
    let credit = scene.finance.and_then(|finance| finance.table("credit"));
    let (target, there) = match parameter.key {
        "cash" => (Target::Cash, scene.finance.is_some()),
        "payments" => (Target::Payments, scene.finance.is_some()),
        "credit.limit" => (Target::CreditLimit, credit.is_some()),
        _ => (Target::CreditDrawdown, credit.is_some_and(|credit| credit.get("drawdown").is_some())),
    };
    if !there {
        let problem = Diagnostic::error(span, format!("the scenario has no `{path}` to change"));
        let problem = context.with_removal(problem, path);
        context.report(match (target, credit) {
            (Target::CreditDrawdown, Some(_)) => problem.help(
                "without `drawdown` nothing limits what is drawn, and there is nothing to change; for a \
                 limit that comes later, give [finance.credit] a `drawdown` that never binds, for example as \
                 much as `limit` in a month, and `set` it here",
            ),
            _ => problem,
        });
    }
    there.then_some(target)
}

/// The products of some groups.
fn products_of(groups: &[usize], scene: &Scene<'_>) -> Vec<usize> {
    let in_groups = |&product: &usize| groups.contains(&scene.products[product].group.0);
    (0..scene.products.len()).filter(in_groups).collect()
}

/// The targets at these indices. A product without `supply` has no limit that an effect could change, and is
/// left out.
fn existing_targets(
    parameter: &Parameter,
    indices: &[usize],
    path: &str,
    span: Span,
    scene: &Scene<'_>,
    context: &mut Context<'_>,
) -> Option<Vec<Target>> {
    let is_limited =
        |&index: &usize| scene.products.get(index).is_some_and(|product| product.supply.is_some());
    let is_there = |index: &usize| parameter.key != "supply" || is_limited(index);
    let there = indices.iter().copied().filter(is_there);
    let targets: Vec<Target> = there.map(|index| target(parameter, index)).collect();
    if !targets.is_empty() {
        return Some(targets);
    }
    let problem = Diagnostic::error(span, format!("the scenario has no `{path}` to change")).gap();
    let problem = context.with_removal(problem, path);
    match (parameter.section, parameter.key) {
        (_, "supply") => context.report(
            problem.help("without `supply` the seller offers whatever is wanted; give the product one first"),
        ),
        ("earnings", _) => context.report(problem),
        // A group may be empty until a higher layer adds products to it.
        _ => {}
    }
    None
}

fn target(parameter: &Parameter, index: usize) -> Target {
    match (parameter.section, parameter.key) {
        ("products", "demand") => Target::Demand(ProductId(index)),
        ("products", "ceiling") => Target::Ceiling(ProductId(index)),
        ("products", "price") => Target::Price(ProductId(index)),
        ("products", "supply") => Target::Supply(ProductId(index)),
        ("products", _) => Target::Permitted(ProductId(index)),
        ("earnings", _) => Target::Earnings(EarningsId(index)),
        (_, "capacity") => Target::Capacity(RouteId(index)),
        _ => Target::Freight(RouteId(index)),
    }
}
