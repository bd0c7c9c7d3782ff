//! `[groups.NAME]` and `[products.NAME]`: what is traded.

use super::IMPLICIT_GROUP;
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::model::{EventId, GroupId, GroupSpec, ProductSpec, Start};
use crate::scenario::reader::{Context, Reader, known};
use crate::time::{Horizon, Month};

/// `[groups.NAME]`; one group for all where there is no such section.
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

/// A title from a key: `sunflower-oil` is `Sunflower oil`.
pub(super) fn title_from(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `[products.NAME]`
pub(in crate::scenario) fn products(
    root: &Reader<'_>,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Vec<ProductSpec> {
    let tables = root.tables("products", context);
    if tables.is_empty() && root.has_table("products") {
        context.report(
            Diagnostic::error(root.place_of("products"), "there are no products")
                .help("a product is a table: [products.flour] with `volume = \"15180 t/year\"`"),
        );
    }
    tables.into_iter().map(|(name, reader)| product(name, &reader, horizon, context)).collect()
}

fn product(
    name: String,
    reader: &Reader<'_>,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> ProductSpec {
    let start = start(reader, horizon, context);
    ProductSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        group: group(reader, context),
        priority: reader.count("priority", context).and_then(|p| u32::try_from(p).ok()).unwrap_or(1),
        level_t: level(reader, start, context),
        start,
        growth: reader.number("growth", context).unwrap_or(Number::Fixed(0.0)),
        ceiling_t: reader.number("ceiling", context),
        price_usd_per_t: reader.number("price", context).unwrap_or(Number::Fixed(0.0)),
        season: reader.season("season", context),
        noise: reader.noise("noise", context),
        name,
    }
}

fn group(reader: &Reader<'_>, context: &mut Context<'_>) -> GroupId {
    if reader.has("group") {
        return GroupId(reader.name("group", context).unwrap_or(0));
    }
    if context.names("groups") != [IMPLICIT_GROUP] {
        let problem =
            Diagnostic::error(reader.place_of("group"), format!("`{}` has no `group`", reader.path)).gap();
        let help = format!("the groups are {}", known(context.names("groups")));
        context.report(problem.help(help));
    }
    GroupId(0)
}

/// `from`: a month, or the name of an event.
fn start(reader: &Reader<'_>, horizon: Option<Horizon>, context: &mut Context<'_>) -> Start {
    let Some(text) = reader.text("from", context) else { return Start::Base };
    if let (Ok(month), Some(horizon)) = (text.parse::<Month>(), horizon) {
        return Start::Month(month.months_since(horizon.start));
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let problem = Diagnostic::error(reader.place_of("from"), format!("`{text}` is no month"));
        context.report(problem.help("write a month like \"2026-03\", or the name of an event"));
        return Start::Month(0);
    }
    match context.resolve("events", &text, reader.place_of("from")) {
        Some(event) => Start::Event(EventId(event)),
        None => Start::Month(0),
    }
}

/// `volume` for what is traded already, `initial` for what starts later: one of the two, and the right one.
fn level(reader: &Reader<'_>, start: Start, context: &mut Context<'_>) -> Number {
    let (right, wrong) = if start == Start::Base { ("volume", "initial") } else { ("initial", "volume") };
    if reader.has(wrong) {
        let why = if start == Start::Base {
            "`initial` goes with `from`"
        } else {
            "a product with `from` starts with `initial`"
        };
        let problem = Diagnostic::error(
            reader.place_of(wrong),
            format!("`{}` can't have `{wrong}`: {why}", reader.path),
        );
        let problem = if start == Start::Base {
            problem
        } else {
            problem.see(reader.place_of("from"), "it starts later")
        };
        let remove = format!("{}.{wrong}", reader.path);
        context.report(problem.help(format!(
            "write `{right} = …` instead; from a layer below, take it away with remove = [\"{remove}\"]"
        )));
        return Number::Fixed(0.0);
    }
    reader.number(right, context).unwrap_or_else(|| {
        let problem =
            Diagnostic::error(reader.place_of(right), format!("`{}` has no `{right}`", reader.path)).gap();
        context.report(problem.help(format!("for example: {right} = \"15180 t/year\"")));
        Number::Fixed(0.0)
    })
}
