//! `[correlations]`: pairs of names. Noises and paths are correlated month by month, uncertain numbers run by
//! run.

use super::about::Dependence;
use super::together::{Group, groups};
use crate::batch::InputId;
use crate::diag::{Diagnostic, Span};
use crate::sample::{CopulaSpec, CorrelationSpec, Process};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::scenario::tree::{Entry, Node, Value};
use crate::scenario::value::fixed;
use crate::units::Dimension;

/// All correlations, by groups.
#[derive(Default)]
pub(in crate::scenario) struct Correlations {
    /// Groups of monthly series.
    pub(in crate::scenario) series: Vec<CorrelationSpec>,
    /// Groups of per-run inputs.
    pub(in crate::scenario) inputs: Vec<CopulaSpec>,
}

/// How often something is drawn. Only what is drawn equally often can be correlated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// Once for a run: an input.
    Once,
    /// Every month: a noise or a path.
    Monthly,
}

/// A stated pair.
pub(super) struct Pair {
    pub(super) drawn: Drawn,
    /// Indices among the inputs or the series, the smaller first.
    pub(super) ends: (usize, usize),
    /// For series, the correlation of their monthly shocks; for inputs, Spearman's rank correlation.
    pub(super) correlation: f64,
    pub(super) name: String,
    pub(super) span: Span,
}

/// Reads `[correlations]`, which must come after all inputs and series are known.
pub(in crate::scenario) fn correlations(
    root: &Reader<'_>,
    dependence: Dependence,
    context: &mut Context<'_>,
) -> Correlations {
    let Some(entry) = root.table.get("correlations") else { return Correlations::default() };
    let Value::Table(table) = &entry.node.value else {
        context.report(
            Diagnostic::error(entry.node.span, "`correlations` holds pairs of names, each with a number")
                .help("for example: \"products.flour.noise ~ products.sugar.noise\" = 0.5"),
        );
        return Correlations::default();
    };
    let pairs: Vec<Pair> = table.entries.iter().filter_map(|entry| pair(entry, root, context)).collect();
    let is_sound = all_different(&pairs, context) && pairs.len() == table.entries.len();
    // If some pairs are wrong, the others may seem jointly impossible without being so: they are not checked.
    if is_sound { joined(pairs, dependence, context) } else { Correlations::default() }
}

fn joined(pairs: Vec<Pair>, dependence: Dependence, context: &mut Context<'_>) -> Correlations {
    let Dependence { family, repair } = dependence;
    let (inputs, series): (Vec<Pair>, Vec<Pair>) =
        pairs.into_iter().partition(|pair| pair.drawn == Drawn::Once);
    let of_series = |Group { members, cholesky }| CorrelationSpec { members, cholesky };
    let of_inputs = |Group { members, cholesky }| {
        let members = members.into_iter().map(InputId).collect();
        CopulaSpec { members, cholesky, family }
    };
    Correlations {
        series: groups(&series, Drawn::Monthly, repair, context).into_iter().map(of_series).collect(),
        inputs: groups(&inputs, Drawn::Once, repair, context).into_iter().map(of_inputs).collect(),
    }
}

fn pair(entry: &Entry, root: &Reader<'_>, context: &mut Context<'_>) -> Option<Pair> {
    let path = format!("correlations.{}", entry.key);
    let correlation = fixed(&entry.node, &path, Dimension::SHARE, Domain::Correlation, context);
    let parts: Vec<&str> = entry.key.split('~').map(str::trim).collect();
    let [one, other] = parts[..] else {
        let problem = Diagnostic::error(entry.key_span, format!("`{}` is no pair of names", entry.key));
        context.report(
            problem.help("write two names with a ~ between them: \"products.flour.noise ~ drivers.weather\""),
        );
        return None;
    };
    let (one_end, other_end) = (end(one, entry, root, context), end(other, entry, root, context));
    let ((drawn, one_index), (other_drawn, other_index)) = (one_end?, other_end?);
    if drawn != other_drawn {
        context.report(unlike(entry, if drawn == Drawn::Once { (one, other) } else { (other, one) }));
        return None;
    }
    if one_index == other_index {
        let message = format!("`{one}` can't be correlated with itself");
        context.report(Diagnostic::error(entry.key_span, message).help("write two different names"));
        return None;
    }
    Some(Pair {
        drawn,
        ends: (one_index.min(other_index), one_index.max(other_index)),
        correlation: correlation?,
        name: entry.key.clone(),
        span: entry.key_span,
    })
}

fn unlike(entry: &Entry, (once, monthly): (&str, &str)) -> Diagnostic {
    let message =
        format!("`{once}` is drawn once for a run and `{monthly}` every month: they can't be correlated");
    Diagnostic::error(entry.key_span, message)
        .help("write two uncertain numbers, or two noises, price paths or drivers")
}

/// The index of a name among the inputs or among the series.
fn end(name: &str, entry: &Entry, root: &Reader<'_>, context: &mut Context<'_>) -> Option<(Drawn, usize)> {
    let input = context.inputs.iter().position(|input| input.path == name);
    let series =
        || context.series.iter().position(|series| series.path == name && has_normals(&series.process));
    let found = input.map(|index| (Drawn::Once, index)).or_else(|| Some((Drawn::Monthly, series()?)));
    if found.is_none() && !is_broken(name, root, context) {
        let problem = refusal(name, part_of_key(entry, name, context), context);
        context.report(problem);
    }
    found
}

fn has_normals(process: &Process) -> bool {
    matches!(process, Process::Noise(_) | Process::Wander(_))
}

/// Why a name can't be part of a pair.
fn refusal(name: &str, span: Span, context: &Context<'_>) -> Diagnostic {
    let stated = context.assumptions.iter().find(|assumption| assumption.path == name);
    let Some(stated) = stated else { return unknown(name, span, context) };
    if stated.uncertain {
        let message = format!("`{name}` is drawn anew for each occurrence: it can't be correlated");
        Diagnostic::error(span, message)
            .help("only what is drawn once for a run can be: of a shock, its `rate`, if that is uncertain")
    } else {
        let message = format!("`{name}` is the same in all runs: it can't be correlated");
        Diagnostic::error(span, message).help("make it uncertain, or remove the pair")
    }
}

fn unknown(name: &str, span: Span, context: &Context<'_>) -> Diagnostic {
    let series = context.series.iter().filter(|series| has_normals(&series.process));
    let known: Vec<&str> = (series.map(|series| series.path.as_str()))
        .chain(context.inputs.iter().map(|input| input.path.as_str()))
        .collect();
    let message = format!("there is no noise, path or uncertain number `{name}`");
    let problem = Diagnostic::error(span, message).gap();
    let problem = if known.is_empty() {
        problem.help("no noise, price path, driver or uncertain number is stated in this scenario")
    } else {
        problem.suggest(name, known)
    };
    context.with_removal(problem, name)
}

/// Whether a problem within the value at this path has been reported. If so, that it can't be correlated is a
/// consequence and not reported again.
fn is_broken(path: &str, root: &Reader<'_>, context: &Context<'_>) -> bool {
    let Some(Node { span: whole, .. }) = node_at(path, root) else { return false };
    let is_within =
        |span: Span| span.file == whole.file && whole.start <= span.start && span.end <= whole.end;
    context.diagnostics.iter().filter_map(|problem| problem.labels.first()).any(|label| is_within(label.span))
}

fn node_at<'t>(path: &str, root: &Reader<'t>) -> Option<&'t Node> {
    let (tables, key) = path.rsplit_once('.')?;
    let table = tables.split('.').try_fold(root.table, |table, key| table.table(key))?;
    table.get(key).map(|entry| &entry.node)
}

/// The location of one of the two names within its key.
fn part_of_key(entry: &Entry, name: &str, context: &Context<'_>) -> Span {
    match context.sources.at(entry.key_span).find(name) {
        Some(from) => entry.key_span.part(from, name.len()),
        None => entry.key_span,
    }
}

/// Whether no pair is stated twice, in either order; reports each that is.
fn all_different(pairs: &[Pair], context: &mut Context<'_>) -> bool {
    let twins = pairs.iter().enumerate().filter_map(|(index, pair)| {
        let is_twin = |other: &&Pair| (other.drawn, other.ends) == (pair.drawn, pair.ends);
        Some((pair, pairs[..index].iter().find(is_twin)?))
    });
    let mut different = true;
    for (pair, first) in twins {
        different = false;
        let problem = Diagnostic::error(pair.span, format!("`{}` is stated twice", pair.name));
        context.report(problem.see(first.span, "the same pair").help(
            "the order of the names makes no difference; to change a pair of a lower layer, keep its order",
        ));
    }
    different
}
