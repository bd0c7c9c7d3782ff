//! What scenarios change over all years in which they are compared: a headline about the last year alone
//! would miss what happens before it.

use super::{largest, shown_periods, year_in_words};
use crate::compare::{Comparison, FigureComparison, Shares};
use crate::report::findings::span_in_words;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Format, Scale};

/// The differences of several years, added up.
pub(in crate::report) struct Horizon {
    /// The sum of the years' mean differences.
    pub(in crate::report) total: f64,
    /// An upper bound of half of its 95% Monte Carlo interval: that of years whose errors all have the same
    /// sign. NaN of a single run.
    half: f64,
    /// The year with the largest difference, and its mean.
    pub(in crate::report) peak: (i32, f64),
}

impl Horizon {
    /// Of the means and standard errors of some years; `None` of fewer than two years, and where all are
    /// zero.
    ///
    /// # Formula
    /// total = Σ dᵢ; its error is at most Σ eᵢ, which is what is printed: the years of one run depend on one
    /// another, so that their errors can't be added as squares.
    pub(in crate::report) fn of(years: &[(i32, f64, f64)]) -> Option<Self> {
        let (year, peak, _) = *years.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
        let total = years.iter().map(|(_, mean, _)| mean).sum();
        let half = Z_95 * years.iter().map(|(_, _, error)| error).sum::<f64>();
        (years.len() > 1 && peak != 0.0).then_some(Self { total, half, peak: (year, peak) })
    }

    /// Whether the total is significantly different from zero, or its error unknown.
    pub(in crate::report) fn is_significant(&self) -> bool {
        self.half.is_nan() || self.total.abs() > self.half
    }
}

/// The difference of a scenario, by its index among those after the first, in total exports over all years
/// that are shown.
pub(in crate::report) fn of_difference(comparison: &Comparison, index: usize) -> Option<Horizon> {
    let of = |figure: &FigureComparison| {
        let difference = &figure.differences[index];
        (figure.figure.year, difference.mean, difference.standard_error)
    };
    Horizon::of(&volumes(comparison).map(of).collect::<Vec<_>>())
}

/// The Shapley value of a part, by its index, over all years that are shown.
pub(super) fn of_part(comparison: &Comparison, shares: &[Shares], part: usize) -> Option<Horizon> {
    let of = |(figure, shares): (&FigureComparison, &Shares)| {
        let summary = &shares.parts[part].share.summary;
        (figure.figure.year, summary.mean, summary.standard_error)
    };
    let all = comparison.figures.iter().zip(shares).filter(|(figure, _)| figure.figure.path == "volume");
    Horizon::of(&all.map(of).collect::<Vec<_>>())
}

fn volumes(comparison: &Comparison) -> impl Iterator<Item = &FigureComparison> {
    comparison.figures.iter().filter(|figure| figure.figure.path == "volume")
}

/// `From 2025 to 2030 bridge exports 12.30 kt (± 0.50 at most) more than baseline in total; the largest
/// difference is in 2028: +4.1 kt.`
pub(super) fn in_words(comparison: &Comparison, index: usize, label: &str, base: &str) -> Option<String> {
    let horizon = of_difference(comparison, index)?;
    let format = format_of(comparison, &horizon).of_errors([horizon.half]);
    let span = span(comparison);
    let way = if horizon.total > 0.0 { "more" } else { "less" };
    let size = format.show(horizon.total.abs());
    let error = if horizon.half.is_nan() {
        String::new()
    } else {
        format!(" (± {} at most)", format.show(horizon.half))
    };
    let total = if horizon.is_significant() {
        format!("From {span} {label} exports {size} {}{error} {way} than {base} in total", format.unit())
    } else {
        format!(
            "From {span} mean total exports of {label} are not significantly different from those of {base}"
        )
    };
    Some(format!("{total}; the largest difference is in {}.", peak(comparison, &horizon)))
}

/// `2028: +4.1 kt`
pub(super) fn peak(comparison: &Comparison, horizon: &Horizon) -> String {
    let format = format_of(comparison, horizon);
    let (year, mean) = horizon.peak;
    format!("{}: {} {}", year_in_words(comparison, year), format.signed(mean), format.unit())
}

/// The unit of exports, and the digits that the total and its error need.
pub(super) fn format_of(comparison: &Comparison, horizon: &Horizon) -> Format {
    let most = largest(&volumes(comparison).collect::<Vec<_>>()).max(horizon.total.abs());
    let scale = Scale::for_largest(Dimension::MASS, most);
    Format::in_unit(scale, most, [horizon.half, horizon.peak.1])
}

/// `2025 to 2030`, or with months where not all years are whole.
pub(in crate::report) fn span(comparison: &Comparison) -> String {
    span_in_words(&shown_periods(comparison))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_with_the_largest_difference_is_found_though_it_is_not_the_last() {
        let horizon =
            Horizon::of(&[(2025, 1.0, 0.1), (2026, -10.7, 0.1), (2027, -0.3, 0.1)]).expect("is there");
        assert_eq!(horizon.peak, (2026, -10.7));
        assert!((horizon.total + 10.0).abs() < 1e-12 && horizon.is_significant());
        assert!((horizon.half - 0.3 * Z_95).abs() < 1e-12);
    }

    #[test]
    fn a_single_year_and_years_without_any_difference_have_no_headline_of_their_own() {
        assert!(Horizon::of(&[(2025, 1.0, 0.1)]).is_none());
        assert!(Horizon::of(&[(2025, 0.0, 0.0), (2026, 0.0, 0.0)]).is_none());
    }
}
