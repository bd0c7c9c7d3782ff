//! One period's values of the runs of a chunk, metric by metric.

use super::batches::{LANES, ROOM};
use crate::kernel::for_every_processor;
use crate::model::Ledger;
use crate::stats::{Extent, Moments, SIDE_BY_SIDE};

/// A buffer for one value of every run of a chunk.
pub(super) type Column = [f64; ROOM];

/// The values of all metrics in one period: for each metric a column, with one value for each run that isn't
/// left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'v> {
    /// The ledger of each batch.
    ledgers: &'v [Ledger<LANES>],
    /// The number of runs that have figures.
    computed: usize,
    /// The indices of the runs that are left out, ascending.
    left_out: &'v [usize],
}

impl<'v> Columns<'v> {
    /// The values of the first `computed` runs of these batches, without those at the indices `left_out`
    /// (ascending).
    pub(super) fn new(ledgers: &'v [Ledger<LANES>], computed: usize, left_out: &'v [usize]) -> Self {
        Self { ledgers, computed, left_out }
    }

    /// The number of runs that aren't left out.
    pub(super) fn runs(self) -> usize {
        self.computed - self.left_out.len()
    }

    /// The values of a metric in all runs that aren't left out.
    pub(super) fn of(self, metric: usize, column: &mut Column) -> &[f64] {
        self.gather(metric, column);
        &column[..self.runs()]
    }

    /// The same values, and their moments.
    pub(super) fn with_moments(self, metric: usize, column: &mut Column) -> (&[f64], Moments) {
        let extent = self.gather(metric, column);
        let values = &column[..self.runs()];
        let is_whole = values.len() == self.ledgers.len() * LANES;
        (values, if is_whole { Moments::within(&extent, values) } else { Moments::of(values) })
    }

    /// Writes the values of a metric; returns the extent of all values in the ledgers, including those of
    /// runs that are left out.
    fn gather(self, metric: usize, column: &mut Column) -> Extent {
        let extent = gather(self.ledgers, metric, column);
        if !self.left_out.is_empty() {
            self.close_up(column);
        }
        extent
    }

    #[cold]
    fn close_up(self, column: &mut Column) {
        for index in 0..self.runs() {
            column[index] = column[self.computed_index(index)];
        }
    }

    /// The values of all metrics of a run, by its index among those that aren't left out.
    pub(super) fn run(self, index: usize) -> impl Iterator<Item = f64> + Clone + 'v {
        let index = self.computed_index(index);
        self.ledgers[index / LANES].values().iter().map(move |value| value.0[index % LANES])
    }

    /// The index among all computed runs of a run, given its index among those that aren't left out.
    fn computed_index(self, index: usize) -> usize {
        self.left_out.iter().fold(index, |index, &gone| index + usize::from(gone <= index))
    }
}

/// A batch consists of whole rows as moments process them.
const _: () = assert!(LANES.is_multiple_of(SIDE_BY_SIDE));

for_every_processor! {
    /// Writes a metric's column of all runs. The extent that its moments need is computed in the same pass,
    /// so that the memory is read once.
    fn gather(ledgers: &[Ledger<LANES>], metric: usize, column: &mut Column) -> Extent {
        let mut taken = Extent::NOTHING;
        for (row, ledger) in column.as_chunks_mut::<LANES>().0.iter_mut().zip(ledgers) {
            let values = &ledger.values()[metric].0;
            *row = *values;
            for values in values.as_chunks().0 {
                taken.take(values);
            }
        }
        taken
    }
}

/// Ledgers with these columns, which have equal length.
#[cfg(test)]
pub(super) fn ledgers(columns: &[&[f64]]) -> Vec<Ledger<LANES>> {
    use crate::batch::Lanes;
    let part = |first: usize| {
        let lanes = |column: &&[f64]| {
            Lanes(std::array::from_fn(|lane| column.get(first + lane).copied().unwrap_or_default()))
        };
        Ledger::of(columns.iter().map(lanes).collect())
    };
    (0..columns[0].len()).step_by(LANES).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_left_out_leave_no_gap() {
        // Two batches, the second with five runs only.
        let numbers: Vec<f64> = (0..37_u8).map(f64::from).collect();
        let tens: Vec<f64> = numbers.iter().map(|x| 10.0 * x).collect();
        let ledgers = ledgers(&[&numbers, &tens]);
        let columns = Columns::new(&ledgers, 37, &[0, 3, 4, 35]);
        let mut column = [0.0; ROOM];
        let staying = columns.of(0, &mut column);
        assert_eq!((columns.runs(), staying.len()), (33, 33));
        assert_eq!((&staying[..4], staying[31], staying[32]), (&[1.0, 2.0, 5.0, 6.0][..], 34.0, 36.0));
        assert_eq!(columns.run(2).collect::<Vec<_>>(), [5.0, 50.0]);
        assert_eq!(columns.run(32).collect::<Vec<_>>(), [36.0, 360.0]);
    }

    #[test]
    fn moments_taken_on_the_way_are_those_of_the_values() {
        let numbers: Vec<f64> = (0..64_u32).map(|i| libm::exp(f64::from(i * 37 % 64) / 10.0)).collect();
        let ledgers = ledgers(&[&numbers]);
        // All of two batches, the last not whole, and without some.
        for (computed, left_out) in [(64, &[][..]), (61, &[]), (64, &[0, 40])] {
            let mut column = [0.0; ROOM];
            let columns = Columns::new(&ledgers, computed, left_out);
            let (values, moments) = columns.with_moments(0, &mut column);
            let expected: Vec<f64> =
                (0..computed).filter(|run| !left_out.contains(run)).map(|run| numbers[run]).collect();
            assert_eq!((values, moments), (expected.as_slice(), Moments::of(&expected)), "{computed}");
        }
    }

    #[test]
    fn without_any_left_out_every_run_stands_at_its_place() {
        let ledgers = ledgers(&[&[1.0, 2.0], &[3.0, 4.0]]);
        let columns = Columns::new(&ledgers, 2, &[]);
        assert_eq!(columns.of(1, &mut [0.0; ROOM]), [3.0, 4.0]);
        assert_eq!(columns.run(1).collect::<Vec<_>>(), [2.0, 4.0]);
    }
}
