//! Results as one JSON document: what `--json` prints.

use super::findings::binding;
use super::letters;
use super::register::without_source;
use crate::diag::{Diagnostic, Label, Severity, Sources};
use crate::plan::Period;
use crate::plan::Plan;
use crate::results::{MetricResult, Precision, QUANTILES, RunResult, Summary, TargetResult};
use crate::run::{DrawnInput, Replay};
use serde_json::{Map, Value, json};

/// The whole result without the monthly figures, which are in the CSV.
pub fn run(result: &RunResult, precision: Option<&Precision>, folder: Option<&str>) -> Value {
    let info = &result.info;
    let metrics = result.metrics.iter().map(|metric| (metric.path.clone(), yearly(metric)));
    let mut document = json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": info.name,
        "title": info.title,
        "changes": info.changes,
        "start": info.horizon.start.to_string(),
        "months": info.horizon.months,
        "runs": info.runs,
        "precision": precision,
        "seed": info.seed,
        "folder": folder,
        "health": result.health,
        "units": { "mass": "t", "money": "USD", "price": "USD/t" },
        "years": result.years.iter().map(Period::label).collect::<Vec<_>>(),
        "months_of_years": result.years.iter().map(|year| year.months).collect::<Vec<_>>(),
        "metrics": metrics.collect::<Map<_, _>>(),
        "binding": result.years.iter().map(|period| holding(result, period)).collect::<Map<_, _>>(),
        "targets": result.targets.iter().map(|one| target(one, &result.years)).collect::<Vec<_>>(),
    });
    if let Some(note) = letters::note_of(result) {
        document["notes"] = json!([note]);
    }
    document
}

fn yearly(metric: &MetricResult) -> Value {
    Value::Array(metric.yearly.iter().map(summary).collect())
}

pub(super) fn summary(summary: &Summary) -> Value {
    let mut object = Map::new();
    object.insert("mean".to_owned(), json!(summary.mean));
    object.insert("sd".to_owned(), json!(summary.sd));
    for (p, value) in QUANTILES.iter().zip(summary.quantiles) {
        object.insert(format!("p{:02.0}", p * 100.0), json!(value));
    }
    object.insert("mc_error".to_owned(), json!(summary.standard_error));
    for (p, error) in QUANTILES.iter().zip(summary.quantile_errors) {
        object.insert(format!("mc_error_p{:02.0}", p * 100.0), json!(error));
    }
    object.insert("central".to_owned(), json!(summary.central));
    Value::Object(object)
}

fn holding(result: &RunResult, period: &Period) -> (String, Value) {
    let causes = binding(result, period.start.year()).into_iter().map(|(cause, runs, unmet)| {
        (cause.name().to_owned(), json!({ "share_of_runs": runs, "unmet_share_of_wanted": unmet }))
    });
    (period.label(), Value::Object(causes.collect()))
}

fn target(target: &TargetResult, years: &[Period]) -> Value {
    let (low, high) = target.interval;
    let chances =
        years.iter().enumerate().map(|(index, year)| (year.label(), json!(target.chance_in(index))));
    let at_least_once = (0..target.reached.len()).map(|step| target.chance_by(step));
    json!({
        "name": target.spec.name,
        "title": target.spec.title,
        "metric": target.spec.metric,
        "year": target.spec.year,
        "at_least": target.spec.at_least,
        "threshold": target.spec.threshold,
        "chance": target.chance(),
        "chance_95": [low, high],
        "is_date": target.spec.is_date(),
        "chance_by_year": chances.collect::<Map<_, _>>(),
        "half_from": target.first_with_chance(0.5, years).map(|period| period.label()),
        "nine_in_ten_from": target.first_with_chance(0.9, years).map(|period| period.label()),
        "chance_at_least_once_by_month": at_least_once.collect::<Vec<_>>(),
    })
}

/// One run of a plan: all sampled inputs, and every metric, or those at these paths, by month and year. A
/// figure that isn't finite is null.
pub fn replay(plan: &Plan, replay: &Replay, paths: &[String]) -> Value {
    let info = &plan.info;
    let wanted = |path: &String| paths.is_empty() || paths.contains(path);
    let metrics = replay.metrics.iter().map(|metric| &metric.path).filter(|path| wanted(path));
    let figures = |path: &String| json!({ "months": replay.monthly(path), "years": replay.yearly(path) });
    json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": info.name,
        "title": info.title,
        "changes": info.changes,
        "seed": info.seed,
        "run": replay.run,
        "fault": replay.fault,
        "units": { "mass": "t", "money": "USD", "price": "USD/t" },
        "inputs": replay.inputs.iter().map(input).collect::<Vec<_>>(),
        "months": replay.months.iter().map(Period::label).collect::<Vec<_>>(),
        "years": replay.years.iter().map(Period::label).collect::<Vec<_>>(),
        "months_of_years": replay.years.iter().map(|year| year.months).collect::<Vec<_>>(),
        "metrics": metrics.map(|path| (path.clone(), figures(path))).collect::<Map<_, _>>(),
    })
}

fn input(input: &DrawnInput) -> Value {
    json!({
        "path": input.path,
        "value": input.value,
        "median": input.median,
        "unit": input.unit,
        "rank": input.rank,
    })
}

/// A scenario's register of assumptions, with how many of its numbers have no source.
pub fn register(plan: &Plan) -> Value {
    json!({
        "scenario": plan.info.name,
        "title": plan.info.title,
        "without_source": without_source(&plan.assumptions),
        "assumptions": plan.assumptions,
    })
}

/// The warnings of a scenario in the order of files and lines, each with its location and the text that it
/// underlines.
pub fn warnings(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let mut warnings: Vec<&Diagnostic> =
        diagnostics.iter().filter(|problem| problem.severity == Severity::Warning).collect();
    warnings.sort_by_key(|problem| problem.labels.first().map(|label| label.span));
    warnings.into_iter().map(|problem| warning(problem, sources)).collect()
}

fn warning(problem: &Diagnostic, sources: &Sources) -> Value {
    let mut locations = problem.labels.iter().map(|label| location(label, sources));
    let mut object = Map::new();
    object.insert("message".to_owned(), json!(problem.message));
    if let Some(Value::Object(first)) = locations.next() {
        object.extend(first);
    }
    object.insert("help".to_owned(), json!(problem.help));
    object.insert("see".to_owned(), locations.collect());
    Value::Object(object)
}

fn location(label: &Label, sources: &Sources) -> Value {
    let (line, column) = sources.line_and_column(label.span);
    json!({
        "file": sources.file(label.span.file).name,
        "line": line,
        "column": column,
        "underlined": sources.at(label.span),
        "label": label.text,
    })
}
