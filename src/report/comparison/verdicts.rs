//! What every scenario changes, in a sentence each.

use super::{horizon, largest, last_year, year_in_words};
use crate::compare::{Comparison, Difference};
use crate::report::findings::{WITHOUT_UNCERTAINTY, beside_mean};
use crate::results::Summary;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// Each scenario against the first over all years, and in the last year; nothing where no year is compared.
///
/// `In 2030 bridge exports 2.9 ± 0.1 kt more than baseline: more in 84% of futures, less in 3%.`
pub(in crate::report) fn verdicts(comparison: &Comparison, labels: &[String]) -> Vec<String> {
    let Some(figure) = last_year(comparison).and_then(|year| comparison.figure("volume", year)) else {
        return Vec::new();
    };
    let scale = Scale::for_largest(Dimension::MASS, largest(&[figure]));
    let decimals = scale.decimals(largest(&[figure])) + 1;
    let verdict = |(label, difference): (&String, &Difference)| {
        let (year, base) = (year_in_words(comparison, figure.figure.year), &labels[0]);
        let half = Z_95 * difference.standard_error;
        let (size, error) =
            (scale.show_fixed(difference.mean.abs(), decimals), scale.show_fixed(half, decimals));
        let way = if difference.mean > 0.0 { "more" } else { "less" };
        match judge(difference) {
            Judged::Same => format!("In {year} {label} exports the same as {base}, in every run."),
            Judged::OneRun if difference.mean == 0.0 => {
                format!("In {year} {label} exports the same as {base} in this one future.")
            }
            Judged::OneRun => {
                format!(
                    "In {year} {label} exports {size} {} {way} than {base} in this one future.",
                    scale.unit
                )
            }
            Judged::NoError => {
                format!(
                    "In {year} {label} exports {size} {} {way} than {base}; how exact that is these runs can't tell.",
                    scale.unit
                )
            }
            Judged::Unknown => {
                format!("In {year} {label} exports as much as {base}, as far as so many runs can tell.")
            }
            Judged::Sure => {
                let chances = in_how_many(difference);
                format!(
                    "In {year} {label} exports {size} ± {error} {} {way} than {base}{chances}.",
                    scale.unit
                )
            }
        }
    };
    let of_last_year = labels[1..].iter().zip(&figure.differences).map(verdict).enumerate();
    let with_all_years = |(place, last): (usize, String)| {
        let all = horizon::in_words(comparison, place, &labels[place + 1], &labels[0]);
        all.map_or_else(|| last.clone(), |all| format!("{all} {last}"))
    };
    of_last_year.map(with_all_years).collect()
}

/// What forecasts without uncertainty would say, each beside the mean of its scenario's futures; nothing where nothing is uncertain.
///
/// `…, exports in 2030 are 26.1 kt in baseline (0.3 kt less than the mean of its futures), …`
pub(super) fn without_uncertainty(comparison: &Comparison, labels: &[String]) -> Option<String> {
    let figure = comparison.figure("volume", last_year(comparison)?)?;
    let is_known = figure.values.iter().all(|value| value.central.is_finite());
    if !is_known || figure.values.iter().all(|value| value.sd == 0.0) {
        return None;
    }
    let scale = Scale::for_largest(Dimension::MASS, largest(&[figure]));
    let of = |(label, value): (&String, &Summary)| {
        let compared = beside_mean(value, scale, "its futures");
        format!("{} in {label} ({compared})", scale.show_with_unit(value.central))
    };
    let each: Vec<String> = labels.iter().zip(&figure.values).map(of).collect();
    Some(format!(
        "With {WITHOUT_UNCERTAINTY}, exports in {} are {}.",
        year_in_words(comparison, figure.figure.year),
        each.join(", ")
    ))
}

/// What can be said of a difference.
enum Judged {
    /// There is none in any run.
    Same,
    /// It is that of a single run, whose error nobody knows.
    OneRun,
    /// The error of the mean isn't known.
    NoError,
    /// The mean may be zero.
    Unknown,
    /// The mean isn't zero.
    Sure,
}

fn judge(difference: &Difference) -> Judged {
    let half = Z_95 * difference.standard_error;
    match difference.paired {
        Some(paired) if half.is_nan() && paired.sd == 0.0 => Judged::OneRun,
        _ if half.is_nan() => Judged::NoError,
        Some(_) if difference.above == 0.0 && difference.below == 0.0 => Judged::Same,
        _ if difference.mean.abs() <= half || difference.mean == 0.0 => Judged::Unknown,
        _ => Judged::Sure,
    }
}

/// `: more in 84% of futures, less in 3%`, if that is known.
fn in_how_many(difference: &Difference) -> String {
    if difference.above.is_nan() {
        return String::new();
    }
    format!(": more in {} of futures, less in {}", chance(difference.above), chance(difference.below))
}
