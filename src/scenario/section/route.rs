//! `[routes.NAME]`.

use super::product::title_from;
use crate::batch::Number;
use crate::diag::Diagnostic;
use crate::plan::RouteSpec;
use crate::scenario::reader::{Context, Reader};

/// Reads `[routes.NAME]`; what opens them is filled in when the events are read.
pub(in crate::scenario) fn routes(root: &Reader<'_>, context: &mut Context<'_>) -> Vec<RouteSpec> {
    let tables = root.tables("routes", context);
    if tables.is_empty() && root.has_table("routes") {
        context.report(
            Diagnostic::error(root.span_of("routes"), "there are no routes: nothing can move")
                .help("a route is a table: [routes.rail] with `capacity = \"300 kt/year\"`"),
        );
    }
    tables.into_iter().map(|(name, reader)| route(name, &reader, context)).collect()
}

fn route(name: String, reader: &Reader<'_>, context: &mut Context<'_>) -> RouteSpec {
    RouteSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        accepts: groups(reader, "accepts", context),
        capacity_t: reader.number("capacity", context).unwrap_or(Number::Fixed(0.0)),
        freight_usd_per_t: reader.number("freight", context).unwrap_or(Number::Fixed(0.0)),
        availability: reader.number("availability", context).unwrap_or(Number::Fixed(1.0)),
        season: reader.season("season", context),
        opened_by: Vec::new(),
        name,
    }
}

/// Reads a list of groups as one flag for each group; all are set if the key is missing.
pub(super) fn groups(reader: &Reader<'_>, key: &str, context: &mut Context<'_>) -> Vec<bool> {
    let count = context.names("groups").len();
    match reader.name_list(key, context) {
        None => vec![true; count],
        Some(named) => (0..count).map(|group| named.contains(&group)).collect(),
    }
}
