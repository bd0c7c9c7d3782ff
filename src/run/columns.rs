//! One period's values of the runs of a chunk, metric by metric.

use crate::model::Ledger;

/// The values of all metrics in one period: for each metric a column, with one value for each run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'v> {
    pub(super) ledger: &'v Ledger,
    /// So many of its runs count, from the first on.
    pub(super) runs: usize,
}

impl<'v> Columns<'v> {
    /// All runs' values of a metric.
    #[inline]
    pub(super) fn of(self, metric: usize) -> &'v [f64] {
        &self.ledger.column(metric)[..self.runs]
    }

    /// All metrics' values of a run, by its place in the chunk.
    pub(super) fn run(self, place: usize) -> impl Iterator<Item = f64> + Clone + 'v {
        (0..self.ledger.metrics()).map(move |metric| self.ledger.column(metric)[place])
    }
}

/// Moves the columns' values together so that the runs at these places (ascending) are gone; gives the number of those that stay.
pub(super) fn leave_out(ledger: &mut Ledger, runs: usize, left_out: &[usize]) -> usize {
    if left_out.is_empty() {
        return runs;
    }
    for metric in 0..ledger.metrics() {
        let column = ledger.column_mut(metric);
        let staying = (0..runs).filter(|place| left_out.binary_search(place).is_err());
        for (next, place) in staying.enumerate() {
            column[next] = column[place];
        }
    }
    runs - left_out.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_left_out_leave_no_gap() {
        let mut ledger = Ledger::of_columns(&[&[0.0, 1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0, 9.0]]);
        let runs = leave_out(&mut ledger, 5, &[0, 3]);
        let columns = Columns { ledger: &ledger, runs };
        assert_eq!(columns.of(0), [1.0, 2.0, 4.0]);
        assert_eq!(columns.of(1), [6.0, 7.0, 9.0]);
        assert_eq!(columns.run(1).collect::<Vec<_>>(), [2.0, 7.0]);
    }
}
