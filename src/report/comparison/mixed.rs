//! One forecast of several scenarios, on the terminal.

use super::{labels, shown_years, year_in_short};
use crate::compare::{Comparison, Mixed};
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::stats::estimate::Z_95;
use crate::units::format::{Format, chance};

/// The metrics that are always shown, before those that were asked for.
const MAIN: [&str; 2] = ["volume", "value"];

/// A mixture of the scenarios as text: the main figures and those that were asked for, by year. All others
/// are in `mixed.csv`.
pub fn text(comparison: &Comparison, weights: &[f64], mixed: &[Mixed], screen: Screen) -> String {
    let asked = comparison.asked.iter().map(String::as_str).filter(|path| !MAIN.contains(path));
    let years = shown_years(comparison);
    let of = |path: &str| -> Vec<&Mixed> {
        mixed.iter().filter(|mixed| mixed.path == path && years.contains(&mixed.year)).collect()
    };
    let tables: String = MAIN
        .into_iter()
        .chain(asked)
        .map(of)
        .filter(|years| !years.is_empty())
        .map(|years| table(comparison, &years, screen))
        .collect();
    let names = labels(&comparison.scenarios);
    let weighted: Vec<String> =
        names.iter().zip(weights).map(|(label, weight)| format!("{label} {}", chance(*weight))).collect();
    let title = screen.bold("One forecast of them all");
    let about = format!("Weights, which are judgement: {}.", weighted.join(", "));
    format!("{title}\n{}\n{tables}", screen.wrap(&about))
}

fn table(comparison: &Comparison, years: &[&Mixed], screen: Screen) -> String {
    let sizes = years.iter().flat_map(|mixed| [mixed.quantiles[6], mixed.quantiles[0], mixed.mean]);
    let widths = years.iter().map(|mixed| mixed.quantiles[6] - mixed.quantiles[0]);
    let format = Format::new(years[0].dimension, sizes, widths);
    let errors = format.of_errors(years.iter().map(|mixed| Z_95 * mixed.standard_error));
    let (show, scale) = (|value: f64| format.show(value), format.scale);
    let row = |mixed: &&Mixed| {
        let error = mixed.standard_error;
        vec![
            year_in_short(comparison, mixed.year),
            show(mixed.quantiles[3]),
            format.range((mixed.quantiles[0], mixed.quantiles[6])),
            show(mixed.mean),
            if error.is_nan() { "?".to_owned() } else { errors.show(Z_95 * error) },
        ]
    };
    let unit = if scale.unit.is_empty() { String::new() } else { format!(", {}", scale.unit) };
    let heading = ["year", "median", "90% interval", "mean", "± MC"];
    let align = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];
    let rows = years.iter().map(row).collect();
    format!("{}{unit}\n{}", screen.wrap(&years[0].title), columns(&heading, &align, rows, screen.width))
}
