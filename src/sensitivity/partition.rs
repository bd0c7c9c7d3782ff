//! Jumps and kinks: a partition of the inputs' space into cells, with a plane in each, found in one half of
//! the runs and evaluated on the other.

use super::index::per_freedom;
use super::least_squares::Products;

/// A cell can be divided where one, two, three, … eighths of its runs are below.
const PARTS: usize = 8;
/// A cell with at least this many times `least` finders is always divided, because two cuts together may find
/// what the first alone doesn't show (the corners of a product).
const LARGE: usize = 20;

/// The data for fitting a function that is smooth within cells.
pub(super) struct Partition<'a> {
    /// The inputs, column by column.
    pub(super) inputs: &'a [Vec<f64>],
    /// The dependent variable: the residuals of a fit that included a plane.
    pub(super) y: &'a [f64],
    /// The smallest number of runs of either half in a cell.
    pub(super) least: usize,
}

/// A division: runs with `input` ≤ `most` are on one side, the others on the other.
#[derive(Debug, Clone, Copy)]
struct Cut {
    input: usize,
    most: f64,
}

impl Partition<'_> {
    /// Finds cells with the runs `finders`, and writes the squared residuals of the runs `judges` around
    /// planes of their own to `squares`, corrected for the number of the planes' parameters; returns that
    /// number.
    ///
    /// The cuts are chosen because they fit best, which by itself would fit noise. The judges have no part in
    /// the choice, so for them a useless cut explains nothing on average.
    pub(super) fn evaluate(&self, finders: &[usize], judges: &[usize], squares: &mut [f64]) -> usize {
        if let Some(cut) = self.best_cut(finders, judges) {
            return self.evaluate_sides(cut, finders, judges, squares);
        }
        // The fit of `y` included a plane through all runs: another one would cost parameters and explain
        // nothing.
        for &run in judges {
            squares[run] = self.y[run] * self.y[run];
        }
        0
    }

    fn evaluate_sides(&self, cut: Cut, finders: &[usize], judges: &[usize], squares: &mut [f64]) -> usize {
        let divide = |runs: &[usize]| -> (Vec<usize>, Vec<usize>) {
            runs.iter().partition(|&&run| self.inputs[cut.input][run] <= cut.most)
        };
        let (finders, judges) = (divide(finders), divide(judges));
        self.evaluate_cell(&finders.0, &judges.0, squares)
            + self.evaluate_cell(&finders.1, &judges.1, squares)
    }

    fn evaluate_cell(&self, finders: &[usize], judges: &[usize], squares: &mut [f64]) -> usize {
        match self.best_cut(finders, judges) {
            Some(cut) => self.evaluate_sides(cut, finders, judges, squares),
            None => self.evaluate_plane(judges, squares),
        }
    }

    /// The cut that reduces the finders' squared residuals most, if the reduction is larger than noise would
    /// give.
    ///
    /// p more parameters reduce the sum of squares by p·σ² through noise; a cut must reduce it by twice that.
    fn best_cut(&self, finders: &[usize], judges: &[usize]) -> Option<Cut> {
        if finders.len().min(judges.len()) < 2 * self.least {
            return None;
        }
        let all = self.products(finders);
        let whole = all.fit();
        let noise = whole.rest / finders.len().saturating_sub(whole.rank).max(1) as f64;
        let is_large = finders.len() >= LARGE * self.least;
        let mut most_gained = if is_large { 0.0 } else { 2.0 * whole.rank as f64 * noise };
        let mut best = None;
        for input in 0..self.inputs.len() {
            for (cut, below) in self.cuts(finders, input) {
                let gained = whole.rest - below.fit().rest - all.without(&below).fit().rest;
                if gained > most_gained && self.leaves_enough(judges, cut) {
                    (most_gained, best) = (gained, Some(cut));
                }
            }
        }
        best
    }

    /// The cuts of an input that leave enough finders on both sides, with the sums of the runs below.
    fn cuts(&self, finders: &[usize], input: usize) -> Vec<(Cut, Products)> {
        let values = &self.inputs[input];
        let mut order = finders.to_vec();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let (mut below, mut from, mut cuts) = (Products::new(self.inputs.len() + 2), 0, Vec::new());
        for to in positions(&order, values) {
            self.add(&mut below, &order[from..to]);
            from = to;
            if to.min(order.len() - to) >= self.least {
                cuts.push((Cut { input, most: values[order[to - 1]] }, below.clone()));
            }
        }
        cuts
    }

    fn leaves_enough(&self, judges: &[usize], cut: Cut) -> bool {
        let below = judges.iter().filter(|&&run| self.inputs[cut.input][run] <= cut.most).count();
        below.min(judges.len() - below) >= self.least
    }

    /// Evaluates a cell that isn't divided further.
    fn evaluate_plane(&self, judges: &[usize], squares: &mut [f64]) -> usize {
        let fit = self.products(judges).fit();
        let scale = per_freedom(judges.len(), fit.rank as f64);
        for &run in judges {
            let plane: f64 = self.row(run).zip(&fit.coefficients).map(|(x, b)| x * b).sum();
            let residual = self.y[run] - plane;
            squares[run] = residual * residual * scale;
        }
        fit.rank
    }

    fn products(&self, runs: &[usize]) -> Products {
        let mut products = Products::new(self.inputs.len() + 2);
        self.add(&mut products, runs);
        products
    }

    fn add(&self, products: &mut Products, runs: &[usize]) {
        let mut row = Vec::with_capacity(self.inputs.len() + 2);
        for &run in runs {
            row.clear();
            row.extend(self.row(run));
            products.add(&row);
        }
    }

    /// The constant, the inputs, and the dependent variable.
    fn row(&self, run: usize) -> impl Iterator<Item = f64> {
        std::iter::once(1.0)
            .chain(self.inputs.iter().map(move |x| x[run]))
            .chain(std::iter::once(self.y[run]))
    }
}

/// The positions at which an order of runs can be divided: about every eighth, before and after a repeated
/// value.
fn positions(order: &[usize], values: &[f64]) -> Vec<usize> {
    let around = |part: usize| {
        let value = values[order[order.len() * part / PARTS]];
        let start = order.partition_point(|&run| values[run] < value);
        let end = order.partition_point(|&run| values[run] <= value);
        let repeats = end - start > 1;
        [Some(start), repeats.then_some(end)].into_iter().flatten()
    };
    let mut positions: Vec<usize> = (1..PARTS).flat_map(around).filter(|&position| position > 0).collect();
    // Eighths that begin within the same repeated value give the same two positions.
    positions.sort_unstable();
    positions.dedup();
    positions
}

#[cfg(test)]
mod tests {
    use super::super::tests::uniforms;
    use super::*;

    #[test]
    fn repeated_values_are_not_divided() {
        let values = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        let order: Vec<usize> = (0..16).collect();
        assert_eq!(positions(&order, &values), [7, 8, 10, 12, 14]);
        let ends = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0];
        assert_eq!(positions(&order, &ends), [4, 12, 16]);
    }

    #[test]
    fn a_jump_is_found_and_leaves_almost_nothing() {
        let x = uniforms("x", 0, 4_000);
        let y: Vec<f64> = x.iter().map(|&x| if x < 0.37 { x } else { 2.0 - x }).collect();
        let partition = Partition { inputs: &[x], y: &y, least: 30 };
        let (finders, judges): (Vec<usize>, Vec<usize>) = (0..4_000).partition(|run| run % 2 == 0);
        let mut squares = vec![0.0; 4_000];
        partition.evaluate(&finders, &judges, &mut squares);
        // At most two cells of 30 to 60 runs contain the jump; y has a variance of 0.4.
        let left = squares.iter().sum::<f64>() / 2_000.0;
        assert!(left < 0.01, "{left}");
    }
}
