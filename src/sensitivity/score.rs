//! The columns of one path combined into one: its score, the linear combination that the output follows best.

use super::group::halves;
use super::index::Variance;
use super::least_squares::Products;

/// For every run the linear combination of these columns that fits `y` best by least squares.
///
/// # Formula
/// zᵢ = Σₖ bₖ·xₖᵢ, with b from the half of the runs that doesn't contain run i (cross-fitting): columns that
/// explain nothing have a score that is independent of y, and so explains nothing either. The share of a path
/// is then the [first-order index](super::first_order()) of its score. Halves are drawn at random; a half
/// with fewer than ten runs for each column gives a score of zero.
pub fn score(columns: &[&[f64]], y: &[f64]) -> Vec<f64> {
    let deviations = Variance::of(y).deviations;
    let (one, other) = halves(y.len());
    let mut scores = vec![0.0; y.len()];
    for (fitted, scored) in [(&one, &other), (&other, &one)] {
        let slopes = slopes(columns, &deviations, fitted);
        for &run in scored {
            scores[run] = columns.iter().zip(&slopes).map(|(column, slope)| column[run] * slope).sum();
        }
    }
    scores
}

fn slopes(columns: &[&[f64]], y: &[f64], runs: &[usize]) -> Vec<f64> {
    const RUNS_PER_COLUMN: usize = 10;
    if runs.len() < RUNS_PER_COLUMN * columns.len() {
        return vec![0.0; columns.len()];
    }
    let mut products = Products::new(columns.len() + 2);
    let mut row = vec![1.0; columns.len() + 2];
    for &run in runs {
        for (value, column) in row[1..].iter_mut().zip(columns) {
            *value = column[run];
        }
        row[columns.len() + 1] = y[run];
        products.add(&row);
    }
    products.fit().coefficients.into_iter().skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::first_order;
    use super::super::tests::normals;
    use super::*;

    /// Three years of a path with weights 1, 2 and 2, and noise with as much variance as the path: the share
    /// is one half, within four standard errors of 4,000 runs.
    #[test]
    fn the_score_of_a_path_explains_what_its_years_explain_together() {
        let years: Vec<Vec<f64>> = ["a", "b", "c"].iter().map(|name| normals(name, 1, 4_000)).collect();
        let noise = normals("noise", 1, 4_000);
        let y: Vec<f64> = (0..4_000)
            .map(|run| years[0][run] + 2.0 * (years[1][run] + years[2][run]) + 3.0 * noise[run])
            .collect();
        let columns: Vec<&[f64]> = years.iter().map(Vec::as_slice).collect();
        let found = first_order(&score(&columns, &y), &y);
        assert!((found.raw() - 0.5).abs() < 4.0 * found.standard_error() + 0.005, "{found:?}");
    }

    /// Over 20 samples of 1,000 runs the mean share of six columns that explain nothing is 0 within four
    /// standard errors (0.001).
    #[test]
    fn columns_that_explain_nothing_have_a_score_that_explains_nothing() {
        let of = |sample: u64| {
            let columns: Vec<Vec<f64>> =
                (0..6).map(|column| normals("x", 100 * sample + column, 1_000)).collect();
            let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let y = normals("y", sample, 1_000);
            first_order(&score(&columns, &y), &y).raw()
        };
        let mean = (0..20).map(of).sum::<f64>() / 20.0;
        assert!(mean.abs() < 0.008, "{mean}");
    }
}
