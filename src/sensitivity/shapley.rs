//! Shapley effects: shares of the variance that add up to one even if inputs depend on one another.

use super::group;
use super::index::{Explained, Index, Variance};
use super::least_squares::Products;

/// The largest number of inputs: all of the 2^12 subsets are evaluated.
const MOST_INPUTS: usize = 12;

/// The Shapley effects of some inputs, given what their subsets explain: shares that add up to what all of
/// them explain.
///
/// `explained` takes indices of inputs in ascending order and returns Var(E(y | these)), or any other
/// function of the subset that is 0 for the empty one.
///
/// # Formula
/// Sh(i) = Σ over subsets u without i of |u|!·(d − |u| − 1)! / d! · (explained(u and i) − explained(u)): what
/// an input adds, averaged over all orders in which the inputs may become known (A. B. Owen, SIAM/ASA J.
/// Uncertain. Quantif. 2, 2014). This is the Shapley value of cooperative games, the fair share of each
/// input.
///
/// # Panics
/// If there are more than twelve inputs.
pub fn shapley(inputs: usize, mut explained: impl FnMut(&[usize]) -> f64) -> Vec<f64> {
    let mut effects = vec![0.0; inputs];
    for_each_subset(inputs, |subset, weights| {
        let value = explained(subset);
        for (effect, weight) in effects.iter_mut().zip(weights) {
            *effect += weight * value;
        }
    });
    effects
}

/// The Shapley effects of inputs that may depend on one another, from existing runs, as shares of the
/// variance. They add up to the closed index of all. `None` with too few runs.
///
/// # Formula
/// [`shapley`] with the [closed indices](super::closed_index) of all subsets. B. Broto, F. Bachoc and M.
/// Depecker (SIAM/ASA J. Uncertain. Quantif. 8, 2020) estimate these by nearest neighbours; the fits here
/// explain more with six inputs and 10,000 runs. The common part of the subsets' errors cancels.
///
/// # Accuracy
/// For the three normal inputs of the tests (0.104, 0.418, 0.478) root mean square errors are 0.003, 0.002
/// and 0.001 at 10,000 runs, 0.009, 0.006 and 0.004 at 1,000. The bias of [`super::closed_index`] applies
/// here too.
///
/// # Panics
/// If there are more than twelve inputs. Six take a few seconds at 10,000 runs, and each further input more
/// than doubles the time.
pub fn shapley_of_data(inputs: &[&[f64]], y: &[f64]) -> Option<Vec<Index>> {
    let variance = Variance::of(y);
    let mut effects = vec![Explained::nothing(y.len()); inputs.len()];
    let mut is_complete = true;
    for_each_subset(inputs.len(), |subset, weights| {
        let columns: Vec<&[f64]> = subset.iter().map(|&input| inputs[input]).collect();
        let Some(part) = group::explained(&columns, &variance) else {
            is_complete = false;
            return;
        };
        for (effect, &weight) in effects.iter_mut().zip(weights) {
            effect.add(&part, weight);
        }
    });
    is_complete.then(|| effects.iter().map(|effect| effect.index(&variance)).collect())
}

/// Visits all subsets except the empty one, with the weight of the subset's explained variance in each
/// input's effect.
fn for_each_subset(inputs: usize, mut visit: impl FnMut(&[usize], &[f64])) {
    assert!(inputs <= MOST_INPUTS, "Shapley effects of {inputs} inputs: {MOST_INPUTS} are the most");
    for members in 1..1_u32 << inputs {
        let is_member = |input: usize| members >> input & 1 == 1;
        let subset: Vec<usize> = (0..inputs).filter(|&input| is_member(input)).collect();
        // An input in the subset was the last of its members to be added; one outside would be the next.
        let last = orders(inputs, subset.len() - 1);
        let next = if subset.len() < inputs { orders(inputs, subset.len()) } else { 0.0 };
        let weights: Vec<f64> =
            (0..inputs).map(|input| if is_member(input) { last } else { -next }).collect();
        visit(&subset, &weights);
    }
}

/// The share of all orders of d inputs in which a given one comes directly after k given others: k!·(d − k −
/// 1)! / d!, which is 1 / (d·C(d − 1, k)).
fn orders(d: usize, k: usize) -> f64 {
    let choose = (1..=k).fold(1.0, |choose, i| choose * (d - i) as f64 / i as f64);
    1.0 / (d as f64 * choose)
}

/// A linear function of jointly normal inputs, for which all indices are known exactly.
#[derive(Debug, Clone)]
pub struct LinearGaussian {
    inputs: usize,
    covariance: Vec<f64>,
    /// The covariances of y with the inputs.
    with_y: Vec<f64>,
    variance: f64,
}

impl LinearGaussian {
    /// y = Σ coefficient·x with the covariance matrix of x, row by row.
    ///
    /// # Panics
    /// If the matrix doesn't have one row and one column for every coefficient.
    pub fn new(coefficients: &[f64], covariance: &[f64]) -> Self {
        let inputs = coefficients.len();
        assert_eq!(covariance.len(), inputs * inputs, "a covariance matrix is square");
        let dot = |row: &[f64]| row.iter().zip(coefficients).map(|(a, b)| a * b).sum::<f64>();
        let with_y: Vec<f64> = covariance.chunks_exact(inputs.max(1)).map(dot).collect();
        let variance = dot(&with_y);
        Self { inputs, covariance: covariance.to_vec(), with_y, variance }
    }

    /// Var(y).
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Var(E(y | these inputs)).
    ///
    /// # Formula
    /// cᵀ·C⁻¹·c with C the covariances of these inputs and c theirs with y.
    pub fn explained(&self, subset: &[usize]) -> f64 {
        let mut sums = Vec::new();
        for (last, &row) in subset.iter().enumerate() {
            sums.extend(subset[..=last].iter().map(|&column| self.covariance[row * self.inputs + column]));
        }
        sums.extend(subset.iter().map(|&input| self.with_y[input]));
        sums.push(self.variance);
        self.variance - Products::given(subset.len() + 1, sums).fit().rest
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Ishigami, normals};
    use super::*;

    /// Three inputs with standard deviations 1, 1 and 2, the last two correlated by 0.9; y is their sum.
    const CORRELATED: [f64; 9] = [1.0, 0.0, 0.0, 0.0, 1.0, 1.8, 0.0, 1.8, 4.0];
    const EFFECTS: [f64; 3] = [0.104_167, 0.418_229, 0.477_604];

    #[test]
    fn correlated_normals_have_the_effects_of_the_closed_form() {
        let linear = LinearGaussian::new(&[1.0; 3], &CORRELATED);
        let effects = shapley(3, |subset| linear.explained(subset) / linear.variance());
        for (effect, truth) in effects.iter().zip(EFFECTS) {
            assert!((effect - truth).abs() < 1e-6, "{effects:?}");
        }
    }

    #[test]
    fn effects_add_up_to_what_all_inputs_explain_and_equal_inputs_share() {
        let size = |subset: &[usize]| libm::sqrt(subset.len() as f64);
        let effects = shapley(12, size);
        assert!(effects.iter().all(|effect| (effect - libm::sqrt(12.0) / 12.0).abs() < 1e-12));
        assert_eq!((shapley(0, size), shapley(1, size)), (vec![], vec![1.0]));
    }

    /// Each of two inputs gets half of their interaction, so the effects of independent inputs are between
    /// their first-order and total indices.
    #[test]
    fn independent_inputs_share_their_interactions() {
        let both = Ishigami::TOTAL[2];
        let explained = |subset: &[usize]| {
            let alone: f64 = subset.iter().map(|&input| Ishigami::FIRST[input]).sum();
            if subset.contains(&0) && subset.contains(&2) { alone + both } else { alone }
        };
        let effects = shapley(3, explained);
        assert!((effects[0] - Ishigami::FIRST[0] - both / 2.0).abs() < 1e-12);
        assert!((effects[2] - both / 2.0).abs() < 1e-12 && (effects[1] - Ishigami::FIRST[1]).abs() < 1e-12);
    }

    #[test]
    fn an_input_that_is_a_copy_adds_nothing_and_still_has_half() {
        let linear = LinearGaussian::new(&[1.0, 0.0], &[1.0, 1.0, 1.0, 1.0]);
        let effects = shapley(2, |subset| linear.explained(subset));
        assert!(effects.iter().all(|effect| (effect - 0.5).abs() < 1e-9), "{effects:?}");
    }

    /// 10,000 runs; 0.02 is four standard errors of the largest.
    #[test]
    fn runs_with_correlated_inputs_have_the_effects_of_the_closed_form() {
        let z: Vec<Vec<f64>> = (0..3).map(|input| normals("z", input, 10_000)).collect();
        let third: Vec<f64> =
            z[1].iter().zip(&z[2]).map(|(b, c)| 2.0 * (0.9 * b + libm::sqrt(0.19) * c)).collect();
        let y: Vec<f64> = (0..10_000).map(|run| z[0][run] + z[1][run] + third[run]).collect();
        let found = shapley_of_data(&[&z[0], &z[1], &third], &y).expect("enough runs");
        for (effect, truth) in found.iter().zip(EFFECTS) {
            assert!((effect.raw() - truth).abs() < 0.02 && effect.standard_error() < 0.01, "{effect:?}");
        }
        assert!((found.iter().map(|effect| effect.raw()).sum::<f64>() - 1.0).abs() < 0.002);
    }

    #[test]
    fn few_runs_give_no_effects() {
        let x = normals("x", 0, 20);
        assert_eq!(shapley_of_data(&[&x, &x], &x), None);
    }
}
