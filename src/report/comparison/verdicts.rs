//! What each scenario changes compared with the first, in a sentence or two.

use super::{horizon, largest, last_year, year_in_words};
use crate::compare::{Comparison, Difference, FigureComparison, MATTERS_FROM};
use crate::report::digits::Digits;
use crate::report::findings::{DETERMINISTIC, beside_mean};
use crate::results::Summary;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Scale, chance, number};

/// Each scenario compared with the first over all years, and in the last year; nothing where no year is
/// compared.
///
/// `In 2030 bridge exports 2.92 ± 0.10 kt more than baseline on average, 8.3% of baseline's mean; the median
/// difference is +1.07 kt. Exports are higher in 62% of futures and lower in 1%; differences under 0.35 kt
/// (1% of baseline's mean) are not counted.`
pub(in crate::report) fn verdicts(comparison: &Comparison, labels: &[String]) -> Vec<String> {
    let Some(figure) = last_year(comparison).and_then(|year| comparison.figure("volume", year)) else {
        return Vec::new();
    };
    let (year, base) = (year_in_words(comparison, figure.figure.year), &labels[0]);
    let with_all_years = |(index, (label, difference)): (usize, (&String, &Difference))| {
        let last = verdict(figure, &year, (base, label), difference);
        let all = horizon::in_words(comparison, index, label, base);
        all.map_or_else(|| last.clone(), |all| format!("{all} {last}"))
    };
    labels[1..].iter().zip(&figure.differences).enumerate().map(with_all_years).collect()
}

fn verdict(
    figure: &FigureComparison,
    year: &str,
    (base, label): (&str, &str),
    difference: &Difference,
) -> String {
    let mean = figure.values[0].mean;
    let scale = Scale::for_largest(Dimension::MASS, largest(&[figure]));
    let digits = Digits::of_differences(scale, [difference]);
    let way = if difference.mean > 0.0 { "more" } else { "less" };
    let size = digits.exact(difference.mean.abs(), difference.standard_error);
    let size = size.trim_start_matches('+');
    let share = share_of(difference.mean, mean, base);
    match judge(difference) {
        Judged::Same => format!("In {year} {label} exports the same as {base}, in every run."),
        Judged::OneRun if difference.mean == 0.0 => {
            format!("In {year} {label} exports the same as {base} in this one future.")
        }
        Judged::OneRun => {
            format!(
                "In {year} {label} exports {size} {} {way} than {base} in this one future{share}.",
                scale.unit
            )
        }
        Judged::NoError => {
            format!(
                "In {year} {label} exports {size} {} {way} than {base}; the Monte Carlo error can't be \
                 estimated.",
                scale.unit
            )
        }
        Judged::NotSignificant => {
            format!("In {year} mean exports of {label} are not significantly different from those of {base}.")
        }
        Judged::Significant => format!(
            "In {year} {label} exports {size} {} {way} than {base} on average{share}{}.{}",
            scale.unit,
            median(difference, digits),
            in_how_many(difference, digits, (mean, base))
        ),
    }
}

/// `, 8.3% of baseline's mean`; nothing where that is zero.
fn share_of(difference: f64, mean: f64, base: &str) -> String {
    if mean <= 0.0 {
        return String::new();
    }
    format!(", {}% of {base}'s mean", number(difference.abs() / mean * 100.0))
}

/// `; the median difference is +1.07 kt`, where runs are pairs.
fn median(difference: &Difference, digits: Digits) -> String {
    let Some(paired) = difference.paired else { return String::new() };
    let unit = digits.values.unit();
    format!("; the median difference is {} {unit}", digits.in_errors().signed(paired.median()))
}

/// Exports of every scenario in the deterministic case, each compared with its mean; `None` where nothing is
/// uncertain.
///
/// `… exports in 2030 are 26.1 kt in baseline (0.3 kt less than its mean), …`
pub(super) fn deterministic_case(comparison: &Comparison, labels: &[String]) -> Option<String> {
    let figure = comparison.figure("volume", last_year(comparison)?)?;
    let is_known = figure.values.iter().all(|value| value.central.is_finite());
    if !is_known || figure.values.iter().all(|value| value.sd == 0.0) {
        return None;
    }
    let scale = Scale::for_largest(Dimension::MASS, largest(&[figure]));
    let of = |(label, value): (&String, &Summary)| {
        let compared = beside_mean(value, scale, "its mean");
        format!("{} in {label} ({compared})", scale.show_with_unit(value.central))
    };
    let each: Vec<String> = labels.iter().zip(&figure.values).map(of).collect();
    Some(format!(
        "In the deterministic case ({DETERMINISTIC}) exports in {} are {}.",
        year_in_words(comparison, figure.figure.year),
        each.join(", ")
    ))
}

/// How well a difference is known.
enum Judged {
    /// It is zero in every run.
    Same,
    /// It is that of a single run, whose error is unknown.
    OneRun,
    /// The error of the mean is unknown.
    NoError,
    /// Zero is within the 95% Monte Carlo interval of the mean.
    NotSignificant,
    /// Zero is outside of it.
    Significant,
}

fn judge(difference: &Difference) -> Judged {
    let half = Z_95 * difference.standard_error;
    match difference.paired {
        Some(paired) if half.is_nan() && paired.sd == 0.0 => Judged::OneRun,
        _ if half.is_nan() => Judged::NoError,
        Some(_) if difference.is_same => Judged::Same,
        _ if difference.mean.abs() <= half || difference.mean == 0.0 => Judged::NotSignificant,
        _ => Judged::Significant,
    }
}

/// ` Exports are higher in 62% of futures and lower in 1%; differences under 0.35 kt (1% of baseline's mean)
/// are not counted.`, if that is known.
fn in_how_many(difference: &Difference, digits: Digits, (mean, base): (f64, &str)) -> String {
    if difference.above.is_nan() {
        return String::new();
    }
    let least = MATTERS_FROM * mean;
    let counted = if least > 0.0 {
        let least = digits.in_errors().with_unit(least);
        let share = number(MATTERS_FROM * 100.0);
        format!("; differences under {least} ({share}% of {base}'s mean) are not counted")
    } else {
        String::new()
    };
    format!(
        " Exports are higher in {} of futures and lower in {}{counted}.",
        chance(difference.above),
        chance(difference.below)
    )
}
