//! Smooth functions of several inputs: products of Legendre polynomials of their ranks.

use super::least_squares::Products;

/// A constant and some products of polynomials.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Basis {
    /// For every product, its factors as (input, degree).
    terms: Vec<Vec<(usize, usize)>>,
    inputs: usize,
    /// The number of degrees, from zero to the highest.
    degrees: usize,
}

impl Basis {
    /// At most `most_terms` products, the simplest first: in the order of Π(degree + 1) over the inputs (the
    /// hyperbolic cross), in complete classes only, so that no input is preferred. So single inputs get high
    /// degrees, and several inputs together low ones.
    pub(super) fn new(inputs: usize, most_terms: usize) -> Self {
        let (mut terms, mut degrees) = (Vec::new(), 1);
        // Every class has a product for every input, so this number of classes is more than enough.
        for class in 2..most_terms + 3 {
            let before = terms.len();
            add_class(class, 0, inputs, &mut Vec::new(), &mut terms);
            if terms.len() > most_terms {
                terms.truncate(before);
                break;
            }
            degrees = class;
        }
        Self { terms, inputs, degrees }
    }

    /// The residuals of `y` after the best combination, and its number of parameters.
    pub(super) fn residuals(&self, ranks: &[Vec<f64>], y: &[f64]) -> (Vec<f64>, usize) {
        let last = self.terms.len() + 1;
        let mut products = Products::new(last + 1);
        let mut row = Row { values: vec![1.0; last + 1], powers: vec![1.0; self.inputs * self.degrees] };
        for (run, &y) in y.iter().enumerate() {
            self.fill(&mut row, ranks, run);
            row.values[last] = y;
            products.add(&row.values);
        }
        let fit = products.fit();
        let mut residual = |run: usize, y: f64| {
            self.fill(&mut row, ranks, run);
            y - row.values.iter().zip(&fit.coefficients).map(|(x, b)| x * b).sum::<f64>()
        };
        (y.iter().enumerate().map(|(run, &y)| residual(run, y)).collect(), fit.rank)
    }

    fn fill(&self, row: &mut Row, ranks: &[Vec<f64>], run: usize) {
        for (rank, powers) in ranks.iter().zip(row.powers.chunks_exact_mut(self.degrees)) {
            legendre(rank[run], powers);
        }
        for (value, term) in row.values[1..].iter_mut().zip(&self.terms) {
            *value = term.iter().map(|&(input, degree)| row.powers[input * self.degrees + degree]).product();
        }
    }
}

/// A buffer for one run's values: of all columns, and of each input's polynomials.
struct Row {
    values: Vec<f64>,
    powers: Vec<f64>,
}

/// Adds the products with Π(degree + 1) = `class` over the inputs from `first` on.
fn add_class(
    class: usize,
    first: usize,
    inputs: usize,
    factors: &mut Vec<(usize, usize)>,
    terms: &mut Vec<Vec<(usize, usize)>>,
) {
    if class == 1 {
        terms.push(factors.clone());
        return;
    }
    for input in first..inputs {
        for part in (2..=class).filter(|part| class.is_multiple_of(*part)) {
            factors.push((input, part - 1));
            add_class(class / part, input + 1, inputs, factors, terms);
            factors.pop();
        }
    }
}

/// The Legendre polynomials at x, from degree 0 up: (k + 1)·Pₖ₊₁ = (2k + 1)·x·Pₖ − k·Pₖ₋₁.
fn legendre(x: f64, values: &mut [f64]) {
    let (mut before, mut here) = (0.0, 1.0);
    for (k, value) in values.iter_mut().enumerate() {
        *value = here;
        let k = k as f64;
        (before, here) = (here, ((2.0 * k + 1.0) * x * here - k * before) / (k + 1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_products_come_first_in_complete_classes() {
        let basis = Basis::new(2, 6);
        let expected = [vec![(0, 1)], vec![(1, 1)], vec![(0, 2)], vec![(1, 2)]];
        assert_eq!(basis.terms, expected, "the next class has three products");
        let basis = Basis::new(2, 7);
        assert_eq!(basis.terms[4..], [vec![(0, 1), (1, 1)], vec![(0, 3)], vec![(1, 3)]]);
        assert_eq!((Basis::new(6, 80).terms.len(), Basis::new(3, 0).terms.len()), (75, 0));
    }

    #[test]
    fn the_polynomials_are_legendres() {
        let mut values = [0.0; 5];
        legendre(0.5, &mut values);
        assert_eq!(values, [1.0, 0.5, -0.125, -0.437_5, -0.289_062_5]);
    }

    #[test]
    fn a_polynomial_of_the_basis_has_no_residuals() {
        let ranks: Vec<Vec<f64>> = (0..2)
            .map(|input| {
                super::super::tests::uniforms("x", input, 200).iter().map(|u| 2.0 * u - 1.0).collect()
            })
            .collect();
        let y: Vec<f64> =
            ranks[0].iter().zip(&ranks[1]).map(|(a, b)| 1.0 + a * a * a - 2.0 * a * b).collect();
        let (residuals, parameters) = Basis::new(2, 10).residuals(&ranks, &y);
        assert!(residuals.iter().all(|r| r.abs() < 1e-12) && parameters == 10, "{parameters}");
    }
}
