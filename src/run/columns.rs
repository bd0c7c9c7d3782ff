//! One period's values of the runs of a chunk, metric by metric.

use super::chunk::ROOM;

/// The values of all metrics in one period: for each metric a column, with one value for each run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'v> {
    /// Columns of [`ROOM`] values, of which the first [`Columns::runs`] count.
    pub(super) values: &'v [f64],
    pub(super) runs: usize,
}

impl<'v> Columns<'v> {
    /// All runs' values of a metric.
    #[inline]
    pub(super) fn of(self, metric: usize) -> &'v [f64] {
        &self.values[metric * ROOM..][..self.runs]
    }

    /// All metrics' values of a run, by its place in the chunk.
    pub(super) fn run(self, place: usize) -> impl Iterator<Item = f64> + Clone + 'v {
        self.values.iter().skip(place).step_by(ROOM).copied()
    }
}

/// Moves the columns' values together so that the runs at these places (ascending) are gone; gives the number of those that stay.
pub(super) fn leave_out(values: &mut [f64], runs: usize, left_out: &[usize]) -> usize {
    if left_out.is_empty() {
        return runs;
    }
    for column in values.chunks_exact_mut(ROOM) {
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
        let mut values: Vec<f64> = (0..2 * ROOM).map(|place| place as f64).collect();
        let runs = leave_out(&mut values, 5, &[0, 3]);
        let columns = Columns { values: &values, runs };
        let from = ROOM as f64;
        assert_eq!(columns.of(0), [1.0, 2.0, 4.0]);
        assert_eq!(columns.of(1), [from + 1.0, from + 2.0, from + 4.0]);
        assert_eq!(columns.run(1).collect::<Vec<_>>(), [2.0, from + 2.0]);
    }
}
