//! `[groups.NAME]`, `[drivers.NAME]` and `[products.NAME]`: the goods, and the drivers that they follow.

use super::IMPLICIT_GROUP;
use super::about::Timing;
use crate::batch::{Number, SeriesId};
use crate::diag::Diagnostic;
use crate::plan::{DriverSpec, GroupId, GroupSpec, Path, PriceSpec, ProductSpec, Start, SupplySpec};
use crate::scenario::reader::{Context, Reader, known};
use crate::time::Month;

const SPREADS: &str = "write `monthly_sd = 0.06`, with a `half_life` if it reverts to its mean; or the \
     long-run standard deviation, `sd_log = 0.3`, with a `half_life`";

/// A placeholder for a path that can't be read: the problem has been reported, and no plan is made.
const STILL: Path = Path { log: SeriesId(0), variance: SeriesId(0) };

/// Reads `[groups.NAME]`; a single group for all products if there is no such section.
pub(in crate::scenario) fn groups(root: &Reader<'_>, context: &mut Context<'_>) -> Vec<GroupSpec> {
    let tables = root.tables("groups", context);
    if tables.is_empty() {
        return vec![GroupSpec { name: IMPLICIT_GROUP.to_owned(), title: "Goods".to_owned() }];
    }
    let group = |(name, reader): (String, Reader<'_>)| {
        let title = reader.text("title", context).unwrap_or_else(|| title_from(&name));
        GroupSpec { name, title }
    };
    tables.into_iter().map(group).collect()
}

/// A title made from a key: `Sunflower oil` from `sunflower-oil`.
pub(super) fn title_from(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Reads `[drivers.NAME]`.
pub(in crate::scenario) fn drivers(
    root: &Reader<'_>,
    timing: Timing,
    context: &mut Context<'_>,
) -> Vec<DriverSpec> {
    let tables = root.tables("drivers", context);
    tables.into_iter().map(|(name, reader)| driver(name, &reader, timing, context)).collect()
}

fn driver(name: String, reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> DriverSpec {
    let path = reader.random_path(timing.path_age(), context).unwrap_or_else(|| {
        let problem = Diagnostic::error(
            reader.span_of("sd_log"),
            format!("`{}` doesn't say how it moves", reader.path),
        );
        context.report(problem.gap().help(SPREADS));
        STILL
    });
    DriverSpec { title: reader.text("title", context).unwrap_or_else(|| title_from(&name)), path, name }
}

/// Reads `[products.NAME]`.
pub(in crate::scenario) fn products(
    root: &Reader<'_>,
    timing: Timing,
    context: &mut Context<'_>,
) -> Vec<ProductSpec> {
    let tables = root.tables("products", context);
    if tables.is_empty() && root.has_table("products") {
        context.report(
            Diagnostic::error(root.span_of("products"), "there are no products")
                .help("a product is a table: [products.flour] with `volume = \"15180 t/year\"`"),
        );
    }
    tables.into_iter().map(|(name, reader)| product(name, &reader, timing, context)).collect()
}

fn product(name: String, reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> ProductSpec {
    let start = start(reader, timing, context);
    ProductSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        group: group(reader, context),
        priority: priority(reader, context),
        level_t: level(reader, start, context),
        start,
        growth: reader.number("growth", context).unwrap_or(Number::Fixed(0.0)),
        ceiling_t: reader.number("ceiling", context),
        season: reader.season("season", context),
        noise: reader.noise("noise", context),
        drivers: reader.loadings("driven_by", context),
        price: price(reader, timing, context),
        elasticity: reader.number("elasticity", context),
        supply: supply(reader, context),
        permitted: reader.number("permitted", context).unwrap_or(Number::Fixed(1.0)),
        grant: reader.flag("grant", context),
        carry: reader.number("carry", context),
        name,
    }
}

/// Reads a priority; lower numbers are served first. It is 1 unless given.
pub(super) fn priority(reader: &Reader<'_>, context: &mut Context<'_>) -> u32 {
    reader.count("priority", context).and_then(|priority| u32::try_from(priority).ok()).unwrap_or(1)
}

fn price(reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> PriceSpec {
    let level_usd_per_t = reader.number("price", context).unwrap_or(Number::Fixed(0.0));
    let Some(reader) = reader.table("price_path", context) else {
        return PriceSpec { level_usd_per_t, growth: Number::Fixed(0.0), path: None, drivers: Vec::new() };
    };
    let path = reader.random_path(timing.path_age(), context);
    if path.is_none() && reader.has("half_life") {
        let message = format!("`{}` has a `half_life` and doesn't say how far the price moves", reader.path);
        context.report(Diagnostic::error(reader.span_of("half_life"), message).help(SPREADS));
    }
    PriceSpec {
        level_usd_per_t,
        growth: reader.number("growth", context).unwrap_or(Number::Fixed(0.0)),
        path,
        drivers: reader.loadings("driven_by", context),
    }
}

fn supply(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<SupplySpec> {
    let level_t = reader.number("supply", context);
    let noise = reader.noise("supply_noise", context);
    if level_t.is_none() && reader.has("supply_noise") {
        let message = format!("`{}` has a `supply_noise` and no `supply`", reader.path);
        let problem = Diagnostic::error(reader.span_of("supply_noise"), message).gap();
        context.report(problem.help("for example: supply = \"40 kt/year\""));
    }
    level_t.map(|level_t| SupplySpec { level_t, noise })
}

fn group(reader: &Reader<'_>, context: &mut Context<'_>) -> GroupId {
    if reader.has("group") {
        return GroupId(reader.name("group", context).unwrap_or(0));
    }
    if context.names("groups") != [IMPLICIT_GROUP] {
        let problem =
            Diagnostic::error(reader.span_of("group"), format!("`{}` has no `group`", reader.path)).gap();
        let help = format!("the groups are {}", known(context.names("groups")));
        context.report(context.with_removal(problem, &reader.path_of("group")).help(help));
    }
    GroupId(0)
}

/// Reads `from`: a month, or the name of an event or a project.
fn start(reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> Start {
    let Some(text) = reader.text("from", context) else { return Start::Base };
    if let Ok(month) = text.parse::<Month>() {
        return Start::Month(timing.since_start(month).unwrap_or(0));
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let problem = Diagnostic::error(reader.span_of("from"), format!("`{text}` is no month"));
        context.report(problem.help("write a month like \"2026-03\", or the name of an event or a project"));
        return Start::Month(0);
    }
    context.milestone(&text, reader.span_of("from")).map_or(Start::Month(0), Start::Milestone)
}

/// Reads `volume` for a product that is traded already, or `initial` for one that starts later. Reports a
/// problem if it has the wrong one of the two, or neither.
fn level(reader: &Reader<'_>, start: Start, context: &mut Context<'_>) -> Number {
    let (right, wrong) = if start == Start::Base { ("volume", "initial") } else { ("initial", "volume") };
    if reader.has(wrong) {
        let why = if start == Start::Base {
            "`initial` goes with `from`"
        } else {
            "a product with `from` starts with `initial`"
        };
        let problem = Diagnostic::error(
            reader.span_of(wrong),
            format!("`{}` can't have `{wrong}`: {why}", reader.path),
        );
        let problem = if start == Start::Base {
            problem
        } else {
            problem.see(reader.span_of("from"), "it starts later")
        };
        let remove = format!("{}.{wrong}", reader.path);
        context.report(problem.help(format!(
            "write `{right} = …` instead; to drop it from a lower layer: remove = [\"{remove}\"]"
        )));
        return Number::Fixed(0.0);
    }
    reader.number(right, context).unwrap_or_else(|| {
        let problem =
            Diagnostic::error(reader.span_of(right), format!("`{}` has no `{right}`", reader.path)).gap();
        let problem = context.with_removal(problem, &reader.path_of(right));
        context.report(problem.help(format!("for example: {right} = \"15180 t/year\"")));
        Number::Fixed(0.0)
    })
}
