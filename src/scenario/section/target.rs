//! `[targets.NAME]` and `[history]`: thresholds to evaluate, and known values of the past.

use super::product::title_from;
use crate::diag::{Diagnostic, Span};
use crate::plan::{HistoryPoint, TargetSpec};
use crate::plan::{Kind, Metric};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::scenario::register;
use crate::scenario::tree::Value;
use crate::scenario::value::{known, stated};
use crate::time::Horizon;
use crate::units::Dimension;

/// Reads `[targets.NAME]`.
pub(in crate::scenario) fn targets(
    root: &Reader<'_>,
    metrics: &[Metric],
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Vec<TargetSpec> {
    let tables = root.tables("targets", context);
    tables.into_iter().filter_map(|(name, reader)| target(name, &reader, metrics, horizon, context)).collect()
}

fn target(
    name: String,
    reader: &Reader<'_>,
    metrics: &[Metric],
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Option<TargetSpec> {
    let path = reader.text("metric", context);
    let year = reader.count("year", context).and_then(|year| i32::try_from(year).ok());
    let metric = path.and_then(|path| find(&path, metrics, reader.span_of("metric"), context));
    let year = year.and_then(|year| covered(metric, (year, horizon), reader, context));
    let (metric, year) = (metric?, year?);
    let (at_least, key) = match (reader.has("at_least"), reader.has("at_most")) {
        (true, false) => (true, "at_least"),
        (false, true) => (false, "at_most"),
        _ => {
            let message = format!("`{}` needs `at_least` or `at_most`, one of the two", reader.path);
            let problem = Diagnostic::error(reader.span_of("at_most"), message);
            let has_both = reader.has("at_least");
            context.report(if has_both { problem.help(reader.removal("at_least")) } else { problem });
            return None;
        }
    };
    Some(TargetSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        metric: metric.path.clone(),
        year,
        at_least,
        threshold: {
            let (dimension, months) = metric.in_a_year();
            reader.constant_of(key, dimension, context)? * months
        },
        name,
    })
}

fn find<'m>(path: &str, metrics: &'m [Metric], span: Span, context: &mut Context<'_>) -> Option<&'m Metric> {
    let found = metrics.iter().find(|metric| metric.path == path);
    if found.is_none() {
        let problem = Diagnostic::error(span, format!("there is no metric `{path}`")).gap();
        let near = crate::diag::nearest(path, metrics.iter().map(|metric| metric.path.as_str()));
        let problem = problem.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "for example `volume`, `products.NAME.volume`, `routes.NAME.utilisation`, `unmet.finance`, \
                     `events.NAME.started`"
                    .to_owned()
            }
        });
        context.report(context.with_removal(problem, path));
    }
    found
}

/// Checks that a target can be evaluated in a year. The run must cover the whole year, because a yearly total
/// can't be compared with that of a part; for a metric that is measured at the end of a month, a part of the
/// year is enough. For an unknown metric, which has been reported, any year of the run is accepted.
fn covered(
    metric: Option<&Metric>,
    (year, horizon): (i32, Option<Horizon>),
    reader: &Reader<'_>,
    context: &mut Context<'_>,
) -> Option<i32> {
    let is_enough = |horizon: &Horizon| {
        horizon.covers_year(year)
            || (metric.is_none_or(|metric| matches!(metric.kind, Kind::Stock | Kind::Binds { .. }))
                && horizon.years().contains(&year))
    };
    let Some(horizon) = horizon.filter(|horizon| !is_enough(horizon)) else { return Some(year) };
    let whole: Vec<i32> = horizon.years().into_iter().filter(|&year| horizon.covers_year(year)).collect();
    let problem =
        Diagnostic::error(reader.span_of("year"), format!("the run doesn't cover the whole year {year}"));
    context.report(match whole[..] {
        [] => problem.help("it covers no whole year"),
        [first, ..] => problem.help(format!("it covers {first} to {}", whole[whole.len() - 1])),
    });
    None
}

/// Reads `[history]`: metric paths, years, values.
pub(in crate::scenario) fn history(
    root: &Reader<'_>,
    metrics: &[Metric],
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Vec<HistoryPoint> {
    let mut points = Vec::new();
    let Some(entry) = root.table.get("history") else { return points };
    let Value::Table(series) = &entry.node.value else {
        context.report(
            Diagnostic::error(entry.node.span, "`history` holds tables of years by metric")
                .help("for example: [history.volume] and below it 2024 = \"22 kt/year\""),
        );
        return points;
    };
    for entry in &series.entries {
        let Some(metric) = find(&entry.key, metrics, entry.key_span, context) else { continue };
        let Value::Table(years) = &entry.node.value else {
            let problem =
                Diagnostic::error(entry.node.span, format!("`history.{}` is a table of years", entry.key));
            context.report(problem.help("for example: 2024 = \"22 kt/year\""));
            continue;
        };
        for year in &years.entries {
            points.extend(point(metric, year, horizon, context));
        }
    }
    points
}

fn point(
    metric: &Metric,
    entry: &crate::scenario::tree::Entry,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Option<HistoryPoint> {
    let path = format!("history.{}.{}", metric.path, entry.key);
    let year = past_year(entry, horizon, context)?;
    let stated = stated(&entry.node, &path, context)?;
    let (dimension, months) = metric.in_a_year();
    let domain = match (metric.signed, dimension == Dimension::SHARE) {
        (true, _) => Domain::Any,
        (false, true) => Domain::Share,
        (false, false) => Domain::NotNegative,
    };
    let (value, range) = known(&stated, &path, (dimension, domain), context)?;
    context.assumptions.push(register::plain(&path, &stated, context));
    let range = range.map(|(low, high)| (low * months, high * months));
    Some(HistoryPoint { metric: metric.path.clone(), year, value: value * months, range })
}

/// A year that ended before the run starts. A year that the run covers at least partly, and every later one,
/// is forecast.
fn past_year(
    entry: &crate::scenario::tree::Entry,
    horizon: Option<Horizon>,
    context: &mut Context<'_>,
) -> Option<i32> {
    let is_year = entry.key.len() == 4 && entry.key.bytes().all(|b| b.is_ascii_digit());
    let year = entry.key.parse::<i32>().ok().filter(|year| is_year && *year >= 1000);
    let Some(year) = year else {
        let problem = Diagnostic::error(entry.key_span, format!("`{}` is no year", entry.key));
        context.report(problem.help("a year has four digits, for example 2024"));
        return None;
    };
    if let Some(Horizon { start, .. }) = horizon.filter(|horizon| year >= horizon.start.year()) {
        let message = format!("{year} is no year of the past: the run starts in {}", start.in_words());
        let help = format!("history ends with {}, the last year before the run", start.year() - 1);
        context.report(Diagnostic::error(entry.key_span, message).help(help));
        return None;
    }
    Some(year)
}
