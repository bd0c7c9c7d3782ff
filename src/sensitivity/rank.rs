//! Ranks, and the correlation of ranks.

use super::index::Z_95;

/// The indices of values in ascending order; equal values keep their order.
pub(super) fn ascending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// The ranks of values, spread evenly over −1 … 1; equal values share the mean of their ranks.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    ranks_in(&ascending(values), values)
}

/// The ranks of values whose ascending order is known.
pub(super) fn ranks_in(order: &[usize], values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let (mut ranks, mut below) = (vec![0.0; values.len()], 0);
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let middle = (2 * below + equal.len()) as f64 / n - 1.0;
        for &index in equal {
            ranks[index] = middle;
        }
        below += equal.len();
    }
    ranks
}

/// A correlation with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// The estimate, −1 … 1.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// Spearman's rank correlation; equal values share the mean of their ranks. With a constant it is 0.
///
/// # Formula
/// Pearson's correlation of the ranks. The interval is Fisher's, tanh(atanh ρ ± 1.96·√((1 + ρ²/2) / (n −
/// 3))), with the variance of D. G. Bonett and T. A. Wright, Psychometrika 65, 2000.
pub fn spearman(x: &[f64], y: &[f64]) -> Correlation {
    let value = correlation(&ranks(x), &ranks(y));
    let (low, high) = fisher_interval(value, x.len());
    Correlation { value, low, high }
}

fn fisher_interval(rho: f64, runs: usize) -> (f64, f64) {
    if runs < 4 {
        return (-1.0, 1.0);
    }
    let half = Z_95 * libm::sqrt((1.0 + 0.5 * rho * rho) / (runs - 3) as f64);
    let z = libm::atanh(rho);
    (libm::tanh(z - half), libm::tanh(z + half))
}

/// Pearson's correlation of columns whose means are 0.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let spread = libm::sqrt(dot(a, a)) * libm::sqrt(dot(b, b));
    if spread > 0.0 { (dot(a, b) / spread).clamp(-1.0, 1.0) } else { 0.0 }
}

/// Two dependent inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dependence {
    /// The index of one input.
    pub first: usize,
    /// The index of the other, which is higher.
    pub second: usize,
    /// Their rank correlation.
    pub correlation: f64,
}

/// The pairs of inputs whose rank correlation is significant: the shares of these inputs overlap.
///
/// # Accuracy
/// The threshold is 5/√n, which independent inputs exceed once in 1.7 million pairs. Only monotone dependence
/// is detected.
pub fn dependent_pairs(inputs: &[&[f64]]) -> Vec<Dependence> {
    let ranked: Vec<Vec<f64>> = inputs.iter().map(|input| ranks(input)).collect();
    let bound = 5.0 / libm::sqrt(inputs.first().map_or(0, |input| input.len()) as f64);
    let pair = |(first, second): (usize, usize)| {
        let correlation = correlation(&ranked[first], &ranked[second]);
        Dependence { first, second, correlation }
    };
    let pairs =
        (0..ranked.len()).flat_map(|first| (first + 1..ranked.len()).map(move |second| (first, second)));
    pairs.map(pair).filter(|pair| pair.correlation.abs() > bound).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{normals, uniforms};
    use super::*;

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 7.0]), [0.0, -0.75, 0.0, 0.75]);
    }

    #[test]
    fn the_rank_correlation_is_that_of_the_textbook() {
        // Hours of television and IQ, the example of most textbooks: ρ = −29/165.
        let iq = [106.0, 86.0, 100.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let hours = [7.0, 0.0, 27.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        assert!((spearman(&iq, &hours).value + 29.0 / 165.0).abs() < 1e-15);
    }

    #[test]
    fn a_monotone_function_has_correlation_one_and_a_constant_none() {
        let x: Vec<f64> = (0..50).map(f64::from).collect();
        let up: Vec<f64> = x.iter().map(|x| libm::exp(*x)).collect();
        assert_eq!(spearman(&x, &up), Correlation { value: 1.0, low: 1.0, high: 1.0 });
        assert_eq!(spearman(&x, &[2.0; 50]).value, 0.0);
    }

    /// 400 samples of 200 pairs with ρ = (6/π)·asin(½/2): between 92% and 98% of the intervals contain it,
    /// which with a true 95% fails once in 150.
    #[test]
    fn the_interval_has_its_nominal_coverage() {
        let truth = 6.0 / std::f64::consts::PI * libm::asin(0.25);
        let held = (0..400).filter(|&sample| {
            let (a, b) = (normals("a", sample, 200), normals("b", sample, 200));
            let y: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 0.5 * a + libm::sqrt(0.75) * b).collect();
            let found = spearman(&a, &y);
            found.low <= truth && truth <= found.high
        });
        let held = held.count();
        assert!((368..=392).contains(&held), "{held} of 400");
    }

    #[test]
    fn only_dependent_pairs_are_returned() {
        let columns: Vec<Vec<f64>> = (0..20).map(|input| uniforms("x", input, 2_000)).collect();
        let mut inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        assert_eq!(dependent_pairs(&inputs), []);
        let mixed: Vec<f64> = columns[3].iter().zip(&columns[4]).map(|(a, b)| a + 3.0 * b).collect();
        inputs[7] = &mixed;
        let pairs: Vec<(usize, usize)> =
            dependent_pairs(&inputs).iter().map(|p| (p.first, p.second)).collect();
        assert_eq!(pairs, [(3, 7), (4, 7)]);
    }
}
