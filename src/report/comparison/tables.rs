//! A comparison as CSV, in base units and with all digits.

use super::targets::shared_targets;
use super::{labels, months};
use crate::compare::{
    Comparison, Contrast, Contributions, Difference, Dominance, FigureComparison, Mixed, differing,
};
use crate::plan::Period;
use crate::results::store::{base_unit, csv_table};
use crate::results::{QUANTILES, RunResult, Summary, TargetResult};

/// `comparison.csv`: every figure by year in every scenario, and its difference to the first.
pub fn comparison_csv(comparison: &Comparison) -> Vec<u8> {
    let labels = labels(&comparison.scenarios);
    let names = ["metric", "unit", "year", "scenario", "mean"].map(str::to_owned);
    let own = QUANTILES.map(quantile).into_iter().chain(["mc_error".to_owned()]);
    let differences = ["difference", "difference_sd"].map(str::to_owned).into_iter();
    let spread = QUANTILES.map(|p| format!("difference_{}", quantile(p))).into_iter();
    let chances =
        ["difference_mc_error", "chance_of_more", "chance_of_less", "dominance", "months"].map(str::to_owned);
    let heading = names.into_iter().chain(own).chain(differences).chain(spread).chain(chances).collect();
    let rows = comparison.figures.iter().flat_map(|figure| {
        let months = months(comparison, figure.figure.year).to_string();
        labels.iter().enumerate().map(move |(scenario, label)| {
            let mut row = figure_row(figure, scenario, label);
            row.push(months.clone());
            row
        })
    });
    csv_table(heading, rows)
}

fn quantile(p: f64) -> String {
    format!("p{:02.0}", p * 100.0)
}

/// A number with all its digits; an empty cell for NaN.
fn known(value: f64) -> String {
    if value.is_nan() { String::new() } else { value.to_string() }
}

fn figure_row(figure: &FigureComparison, scenario: usize, label: &str) -> Vec<String> {
    let value = &figure.values[scenario];
    let mut row = vec![
        figure.figure.path.clone(),
        base_unit(figure.figure.dimension).to_owned(),
        figure.figure.year.to_string(),
        label.to_owned(),
        known(value.mean),
    ];
    row.extend(value.quantiles.map(known));
    row.push(known(value.standard_error));
    match scenario.checked_sub(1).map(|other| &figure.differences[other]) {
        None => row.extend(vec![String::new(); 2 + QUANTILES.len() + 4]),
        Some(difference) => row.extend(difference_cells(difference)),
    }
    row
}

fn difference_cells(difference: &Difference) -> Vec<String> {
    let spread = |of: fn(&Summary) -> f64| difference.paired.as_ref().map_or(f64::NAN, of);
    let mut cells = vec![known(difference.mean), known(spread(|summary| summary.sd))];
    let quantiles = difference.paired.map_or([f64::NAN; QUANTILES.len()], |summary| summary.quantiles);
    cells.extend(quantiles.map(known));
    cells.extend([difference.standard_error, difference.above, difference.below].map(known));
    let dominance = match difference.dominance {
        Dominance::Above => "more",
        Dominance::Below => "less",
        Dominance::Equal => "equal",
        Dominance::Neither => "",
    };
    cells.push(dominance.to_owned());
    cells
}

/// `targets.csv`: for every target and scenario its chance in its year with the 95% Monte Carlo interval, the
/// first periods in which the chance is at least 50% and 90% ([`TargetResult::first_with_chance`]), and the
/// chance that it is reached at least once by the last month.
pub fn targets_csv(comparison: &Comparison) -> Vec<u8> {
    let labels = labels(&comparison.scenarios);
    let heading = [
        "target",
        "scenario",
        "year",
        "chance",
        "chance_low",
        "chance_high",
        "half_from",
        "nine_in_ten_from",
    ];
    let heading = [heading.as_slice(), &["chance_at_least_once", "at_least_once_by"]].concat();
    let rows = shared_targets(&comparison.scenarios).into_iter().flat_map(|(_, of)| {
        let row = |((target, label), result): ((Option<&TargetResult>, &String), &RunResult)| {
            let target = target?;
            let (low, high) = target.interval;
            let from = |p: f64| {
                target.first_with_chance(p, &result.years).map_or_else(String::new, |period| period.label())
            };
            let mut row = vec![target.spec.name.clone(), label.to_owned(), target.spec.year.to_string()];
            row.extend([target.chance(), low, high].map(known));
            row.extend([from(0.5), from(0.9), known(target.chance_by(usize::MAX))]);
            row.push(result.months.last().map_or_else(String::new, Period::label));
            Some(row)
        };
        of.into_iter().zip(&labels).zip(&comparison.scenarios).filter_map(row).collect::<Vec<_>>()
    });
    csv_table(heading.into_iter().map(str::to_owned).collect(), rows)
}

/// `assumptions.csv`: only the numbers in which the scenarios differ.
pub fn assumptions_csv(comparison: &Comparison) -> Vec<u8> {
    let labels = labels(&comparison.scenarios);
    let heading = ["path", "scenario", "written", "unit", "source", "note", "file"].map(str::to_owned);
    let rows = differing(&comparison.scenarios).into_iter().flat_map(|row| {
        let rows = row.stated.iter().zip(&labels).map(|(stated, label)| {
            let text = |of: fn(&crate::plan::Assumption) -> &str| {
                stated.map_or_else(String::new, |a| of(a).to_owned())
            };
            vec![
                row.path.to_owned(),
                label.to_owned(),
                text(|a| &a.written),
                text(|a| &a.unit),
                text(|a| &a.source),
                text(|a| &a.note),
                text(|a| &a.file),
            ]
        });
        rows.collect::<Vec<_>>()
    });
    csv_table(heading.to_vec(), rows)
}

/// `contributions.csv`: what each part adds to every figure: its Shapley value, and what it adds alone, as
/// the last of all, and with one other part.
pub fn contributions_csv(found: &Contributions, names: &[String]) -> Vec<u8> {
    let heading = [
        "metric",
        "unit",
        "year",
        "part",
        "what",
        "mean",
        "mc_error",
        "p05",
        "p50",
        "p95",
        "chance_of_more",
        "months",
    ]
    .map(str::to_owned);
    let rows = found.combinations.figures.iter().zip(&found.shares).flat_map(|(figure, shares)| {
        let row = |part: &str, what: &str, contrast: &Contrast| {
            let Contrast { summary, chances: [more, _], .. } = contrast;
            let mut row = vec![
                figure.figure.path.clone(),
                base_unit(figure.figure.dimension).to_owned(),
                figure.figure.year.to_string(),
                part.to_owned(),
                what.to_owned(),
            ];
            let [low, _, _, median, _, _, high] = summary.quantiles;
            row.extend([summary.mean, summary.standard_error, low, median, high, *more].map(known));
            row.push(months(&found.combinations, figure.figure.year).to_string());
            row
        };
        let parts = names.iter().zip(&shares.parts).flat_map(|(name, part)| {
            [row(name, "share", &part.share), row(name, "alone", &part.alone), row(name, "last", &part.last)]
        });
        let whole = [
            row("all", "together", &shares.together),
            row("all", "beyond the sum of each alone", &shares.interaction),
        ];
        let pairs = shares.pairs.iter().flat_map(|pair| {
            let [one, other] = pair.parts.map(|part| names[part].as_str());
            [
                row(&format!("{one} + {other}"), "beyond both alone", &pair.beyond),
                row(one, &format!("with {other}"), &pair.beside[0]),
                row(other, &format!("with {one}"), &pair.beside[1]),
            ]
        });
        parts.chain(whole).chain(pairs).collect::<Vec<_>>()
    });
    csv_table(heading.to_vec(), rows)
}

/// `mixed.csv`: every compared figure by year, if each scenario comes true with its weight as probability.
pub fn mixed_csv(comparison: &Comparison, mixed: &[Mixed]) -> Vec<u8> {
    let names = ["metric", "unit", "year", "mean"].map(str::to_owned).into_iter();
    let heading =
        names.chain(QUANTILES.map(quantile)).chain(["mc_error", "months"].map(str::to_owned)).collect();
    let rows = mixed.iter().map(|mixed| {
        let unit = base_unit(mixed.dimension).to_owned();
        let mut row = vec![mixed.path.clone(), unit, mixed.year.to_string(), known(mixed.mean)];
        row.extend(mixed.quantiles.map(known));
        row.push(known(mixed.standard_error));
        row.push(months(comparison, mixed.year).to_string());
        row
    });
    csv_table(heading, rows)
}
