//! A comparison as one JSON document: what `--json` prints.

use super::targets::shared_targets;
use super::{labels, months};
use crate::compare::{
    Comparison, Contrast, Contributions, Difference, Dominance, FigureComparison, MATTERS_FROM, Mixed, Pairs,
    differing,
};
use crate::report::json::summary;
use serde_json::{Map, Value, json};

/// The whole comparison; parts and mixture are null unless they were asked for.
pub fn document(
    comparison: &Comparison,
    parts: Option<(&Contributions, &[String])>,
    mixed: Option<(&[f64], &[Mixed])>,
    folder: Option<&str>,
) -> Value {
    let labels = labels(&comparison.scenarios);
    let scenarios = comparison.scenarios.iter().zip(&labels).map(|(result, label)| {
        json!({
            "label": label,
            "scenario": result.info.name,
            "title": result.info.title,
            "changes": result.info.changes,
            "runs": result.info.runs,
            "seed": result.info.seed,
            "health": result.health,
        })
    });
    let figures = comparison.figures.iter().map(|figure| of_figure(comparison, figure, &labels));
    let pairs = match &comparison.pairs {
        Pairs::Paired { runs } => json!({ "paired": true, "runs": runs }),
        Pairs::Unpaired { reason } => json!({ "paired": false, "reason": reason }),
    };
    json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "folder": folder,
        "scenarios": scenarios.collect::<Vec<_>>(),
        "pairs": pairs,
        "units": { "mass": "t", "money": "USD", "price": "USD/t" },
        "more_counts_from_share_of_baseline_mean": MATTERS_FROM,
        "assumptions": assumptions(comparison, &labels),
        "figures": figures.collect::<Vec<_>>(),
        "targets": targets(comparison, &labels),
        "parts": parts.map(|(found, names)| of_parts(found, names)),
        "mixed": mixed.map(|(weights, mixed)| of_mixture(comparison, weights, mixed)),
    })
}

fn assumptions(comparison: &Comparison, labels: &[String]) -> Value {
    let row = |row: &crate::compare::Differing<'_>| {
        let stated: Map<String, Value> =
            labels.iter().zip(&row.stated).map(|(label, stated)| (label.clone(), json!(stated))).collect();
        json!({ "path": row.path, "stated": stated })
    };
    Value::Array(differing(&comparison.scenarios).iter().map(row).collect())
}

fn of_figure(comparison: &Comparison, figure: &FigureComparison, labels: &[String]) -> Value {
    let values: Map<String, Value> =
        labels.iter().zip(&figure.values).map(|(label, value)| (label.clone(), summary(value))).collect();
    let differences: Map<String, Value> = labels[1..]
        .iter()
        .zip(&figure.differences)
        .map(|(label, d)| (label.clone(), difference(d)))
        .collect();
    json!({
        "metric": figure.figure.path,
        "year": figure.figure.year,
        "months": months(comparison, figure.figure.year),
        "values": values,
        "differences": differences,
    })
}

fn difference(difference: &Difference) -> Value {
    json!({
        "mean": difference.mean,
        "mc_error": difference.standard_error,
        "run_by_run": difference.paired.as_ref().map(summary),
        "chance_of_more": difference.above,
        "chance_of_less": difference.below,
        "dominance": match difference.dominance {
            Dominance::Above => "more",
            Dominance::Below => "less",
            Dominance::Equal => "equal",
            Dominance::Neither => "neither",
        },
    })
}

fn targets(comparison: &Comparison, labels: &[String]) -> Value {
    let rows = shared_targets(&comparison.scenarios).into_iter().map(|(title, of)| {
        let chances: Map<String, Value> = labels
            .iter()
            .zip(&comparison.scenarios)
            .zip(&of)
            .filter_map(|((label, result), target)| {
                let target = (*target)?;
                let (low, high) = target.interval;
                let years = &result.years;
                let from = |p: f64| target.first_with_chance(p, years).map(|period| period.label());
                let value = json!({
                    "chance": target.chance(),
                    "low": low,
                    "high": high,
                    "half_from": from(0.5),
                    "nine_in_ten_from": from(0.9),
                    "chance_at_least_once": target.chance_by(usize::MAX),
                });
                Some((label.clone(), value))
            })
            .collect();
        let spec = of.iter().flatten().next().map(|target| &target.spec);
        json!({
            "name": spec.map(|spec| &spec.name),
            "year": spec.map(|spec| spec.year),
            "title": title,
            "chances": chances,
        })
    });
    Value::Array(rows.collect())
}

fn of_parts(found: &Contributions, names: &[String]) -> Value {
    let contrast = |contrast: &Contrast| {
        let mut value = summary(&contrast.summary);
        value["chance_of_more"] = json!(contrast.chances[0]);
        value
    };
    let rows = found.combinations.figures.iter().zip(&found.shares).map(|(figure, shares)| {
        let parts: Map<String, Value> = names
            .iter()
            .zip(&shares.parts)
            .map(|(name, part)| {
                let [share, alone, last] = [&part.share, &part.alone, &part.last].map(contrast);
                let value = json!({ "share": share, "alone": alone, "last": last });
                (name.clone(), value)
            })
            .collect();
        let pairs = shares.pairs.iter().map(|pair| {
            let [one, other] = pair.parts.map(|part| names[part].as_str());
            let with = |part: usize| contrast(&pair.beside[part]);
            json!({
                "parts": [one, other],
                "beyond_both_alone": contrast(&pair.beyond),
                "each_with_the_other": { one: with(0), other: with(1) },
            })
        });
        json!({
            "pairs": pairs.collect::<Vec<_>>(),
            "metric": figure.figure.path,
            "year": figure.figure.year,
            "months": months(&found.combinations, figure.figure.year),
            "together": contrast(&shares.together),
            "beyond_the_sum": contrast(&shares.interaction),
            "parts": parts,
        })
    });
    Value::Array(rows.collect())
}

/// The years of every metric, under its path.
fn of_mixture(comparison: &Comparison, weights: &[f64], mixed: &[Mixed]) -> Value {
    let mut document = Map::from_iter([("weights".to_owned(), json!(weights))]);
    for Mixed { path, year, mean, standard_error, quantiles, .. } in mixed {
        let months = months(comparison, *year);
        let entry = json!({
            "year": year, "months": months, "mean": mean, "mc_error": standard_error, "quantiles": quantiles
        });
        let years = document.entry(path.clone()).or_insert_with(|| json!([]));
        years.as_array_mut().expect("a metric has a list of years, and none is called `weights`").push(entry);
    }
    Value::Object(document)
}
