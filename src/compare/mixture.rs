//! One forecast from several scenarios, each with a weight.

use super::outcome::Comparison;
use crate::results::QUANTILES;
use crate::stats::Bins;
use crate::units::Dimension;

/// A metric in a year, mixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixed {
    /// The path of the metric.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its dimension.
    pub dimension: Dimension,
    /// The calendar year.
    pub year: i32,
    /// Mean of the mixture.
    pub mean: f64,
    /// The Monte Carlo standard error of the mean; an upper bound, because scenarios share their random
    /// numbers.
    pub standard_error: f64,
    /// At [`QUANTILES`].
    pub quantiles: [f64; 7],
}

/// The distribution of a metric if scenario `i` comes true with probability `weights[i]` (the weights add up
/// to one): each future is one of a randomly chosen scenario. The spread between the scenarios adds to that
/// within each.
///
/// # Formula
/// F(x) = Σ wᵢ·Fᵢ(x); mean = Σ wᵢ·mᵢ; its error Σ wᵢ·eᵢ, because the errors of runs that share their draws
/// may all have the same sign.
pub fn mixture(comparison: &Comparison, path: &str, weights: &[f64]) -> Vec<Mixed> {
    let mixed = comparison.of_metric(path).map(|compared| {
        let parts: Vec<(&Bins, f64)> = compared.bins.iter().zip(weights.iter().copied()).collect();
        let sum = |of: fn(&crate::results::Summary) -> f64| -> f64 {
            compared.values.iter().zip(weights).map(|(value, weight)| weight * of(value)).sum()
        };
        Mixed {
            path: compared.figure.path.clone(),
            title: compared.figure.title.clone(),
            dimension: compared.figure.dimension,
            year: compared.figure.year,
            mean: sum(|value| value.mean),
            standard_error: sum(|value| value.standard_error),
            quantiles: Bins::mixed(&parts).quantiles(QUANTILES),
        }
    });
    mixed.collect()
}

/// The mixtures of every compared metric, total volume first; the years of a metric are consecutive.
pub fn mixtures(comparison: &Comparison, weights: &[f64]) -> Vec<Mixed> {
    let mut paths = vec!["volume"];
    for compared in &comparison.figures {
        if !paths.contains(&compared.figure.path.as_str()) {
            paths.push(&compared.figure.path);
        }
    }
    paths.into_iter().flat_map(|path| mixture(comparison, path, weights)).collect()
}
