//! Targets, counted: how many runs meet a threshold in its year, and how many have reached it by each month.

use super::batches::ROOM;
use super::columns::{Column, Columns};
use super::plan::Plan;
use crate::kernel::{add_in_place, mark_between, scale_in_place, share_into};
use crate::model::{Kind, Metrics};

/// Flows, means and ratios are held against a threshold by this many months, as a year's are.
const YEAR: usize = 12;

/// How the last months are made into what a threshold is held against, as [`Kind`] makes a year of its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trailing {
    /// The month's own value: a state, or which cause binds.
    Month,
    Sum,
    Mean,
    /// Of the sums of two metrics, by place.
    Ratio {
        over: usize,
        under: usize,
    },
}

impl Trailing {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Stock | Kind::Binds { .. } => Self::Month,
            Kind::Flow => Self::Sum,
            Kind::Mean => Self::Mean,
            Kind::Ratio { over, under } => Self::Ratio { over, under },
        }
    }
}

/// The place of the first month that a threshold is held against, of a metric of this kind.
pub(super) fn counts_from(kind: Kind) -> usize {
    if Trailing::of(kind) == Trailing::Month { 0 } else { YEAR - 1 }
}

/// A target, resolved.
pub(super) struct Target {
    metric: usize,
    /// The place of its year among the horizon's years.
    year: usize,
    trailing: Trailing,
    /// The place of the first month in its year.
    first_month: usize,
    /// Values from here to there meet it: to or from the threshold, but for rounding.
    met: [f64; 2],
}

impl Target {
    /// The targets of a plan.
    pub(super) fn of_plan(plan: &Plan, metrics: &Metrics) -> Vec<Self> {
        let years = plan.info.horizon.years();
        let resolved = plan.targets.iter().map(|spec| {
            let metric = metrics.position(&spec.metric).expect("a plan's targets name metrics that exist");
            let year = years.iter().position(|&year| year == spec.year);
            // A year is a sum of months, and a full route's sum may miss its round number by a rounding.
            let slack = 1e-9 * spec.threshold.abs();
            Self {
                metric,
                year: year.expect("a plan's years lie in its horizon"),
                trailing: Trailing::of(metrics.list()[metric].kind),
                first_month: plan.info.horizon.start.index_in_year(),
                met: if spec.at_least {
                    [spec.threshold - slack, f64::INFINITY]
                } else {
                    [f64::NEG_INFINITY, spec.threshold + slack]
                },
            }
        });
        resolved.collect()
    }

    /// Marks the values that meet it, and gives how many are marked by now.
    fn mark(&self, values: &[f64], marks: &mut [bool]) -> u64 {
        let [low, high] = self.met;
        mark_between(values, low, high, marks)
    }
}

/// Counts of a chunk's runs.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// By target: runs that met it in its year.
    hits: Vec<u64>,
    /// By target and month: runs that had reached it by then.
    reached: Vec<Vec<u64>>,
}

impl Tally {
    pub(super) fn new(targets: usize, months: usize) -> Self {
        Self { hits: vec![0; targets], reached: vec![vec![0; months]; targets] }
    }

    /// How many counts there are.
    pub(super) fn series(&self) -> usize {
        self.counts().count()
    }

    /// All counts: by target its hits, and then those that had reached it by each month.
    pub(super) fn counts(&self) -> impl Iterator<Item = u64> + Clone + '_ {
        let of_target = |(hits, reached): (&u64, &'_ Vec<u64>)| std::iter::once(*hits).chain(reached.clone());
        self.hits.iter().zip(&self.reached).flat_map(of_target)
    }
}

/// Counts the targets of one chunk's runs, period by period.
pub(super) struct Counter<'a> {
    targets: &'a [Target],
    passages: Vec<Passage>,
    pub(super) tally: Tally,
}

impl<'a> Counter<'a> {
    pub(super) fn new(targets: &'a [Target], months: usize) -> Self {
        Self {
            targets,
            passages: targets.iter().map(Passage::new).collect(),
            tally: Tally::new(targets.len(), months),
        }
    }

    /// Takes in a month. Months must come in order, from 0.
    pub(super) fn month(&mut self, step: usize, columns: Columns<'_>) {
        let ways = self.targets.iter().zip(&mut self.passages).zip(&mut self.tally.reached);
        for ((target, passage), reached) in ways {
            reached[step] = passage.month(target, step, columns);
        }
    }

    /// Takes in a year.
    pub(super) fn year(&mut self, year: usize, columns: Columns<'_>) {
        for (target, hits) in self.targets.iter().zip(&mut self.tally.hits) {
            if target.year == year {
                let mut column = [0.0; ROOM];
                let values = columns.of(target.metric, &mut column);
                *hits += target.mark(values, &mut [false; ROOM]);
            }
        }
    }
}

/// How far the runs of a chunk have come towards one target.
struct Passage {
    reached: [bool; ROOM],
    /// The last months of the metric or, of a ratio, of what stands above the line.
    recent: LastYear,
    /// Of what stands below it.
    under: LastYear,
}

impl Passage {
    fn new(target: &Target) -> Self {
        Self {
            reached: [false; ROOM],
            recent: LastYear::new(target.trailing != Trailing::Month),
            under: LastYear::new(matches!(target.trailing, Trailing::Ratio { .. })),
        }
    }

    /// Takes in a month's values; gives the number of runs that have reached the target by now.
    fn month(&mut self, target: &Target, step: usize, columns: Columns<'_>) -> u64 {
        let (month, mut column) = ((target.first_month + step) % YEAR, [0.0; ROOM]);
        let over = match target.trailing {
            Trailing::Month => return target.mark(columns.of(target.metric, &mut column), &mut self.reached),
            Trailing::Sum | Trailing::Mean => target.metric,
            Trailing::Ratio { over, under } => {
                self.under.push(month, columns.of(under, &mut column));
                over
            }
        };
        self.recent.push(month, columns.of(over, &mut column));
        if step + 1 < YEAR {
            return 0;
        }
        let mut values = self.recent.sums(month);
        match target.trailing {
            Trailing::Month | Trailing::Sum => {}
            Trailing::Mean => scale_in_place(&mut values, 1.0 / YEAR as f64),
            Trailing::Ratio { .. } => {
                let over = values;
                share_into(&mut values, &over, &self.under.sums(month));
            }
        }
        target.mark(&values[..columns.runs()], &mut self.reached)
    }
}

/// Sums of a metric's last twelve months. Empty where none are kept.
///
/// The last twelve months are those of this calendar year so far, in their order, and of the last year what is still left. So in
/// December the sum has the same bits as the year's own, and a month takes two additions where twelve months would be added up anew.
struct LastYear {
    /// By month of the year: up to this month the month itself, behind it the sum from there to the end of last year.
    months: Vec<Column>,
    /// The sum of this year so far.
    so_far: Column,
}

impl LastYear {
    fn new(is_kept: bool) -> Self {
        Self { months: vec![[0.0; ROOM]; if is_kept { YEAR } else { 0 }], so_far: [0.0; ROOM] }
    }

    /// Takes in a month, by its place in its year.
    fn push(&mut self, month: usize, values: &[f64]) {
        if month == 0 {
            self.begin_year();
        }
        add_in_place(&mut self.so_far, values);
        self.months[month][..values.len()].copy_from_slice(values);
    }

    fn begin_year(&mut self) {
        self.so_far = [0.0; ROOM];
        for month in (0..YEAR - 1).rev() {
            let (earlier, later) = self.months.split_at_mut(month + 1);
            add_in_place(&mut earlier[month], &later[0]);
        }
    }

    /// The sums of the twelve months up to this one.
    fn sums(&self, month: usize) -> Column {
        let mut sums = self.so_far;
        if let Some(last_year) = self.months.get(month + 1) {
            add_in_place(&mut sums, last_year);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::columns::ledgers;

    fn counts(target: &Target, months: &[[f64; 3]]) -> Vec<u64> {
        let mut passage = Passage::new(target);
        let month = |(step, runs): (usize, &[f64; 3])| {
            // A second metric is 2 everywhere.
            let ledgers = ledgers(&[runs, &[2.0; 3]]);
            passage.month(target, step, Columns::new(&ledgers, 3, &[]))
        };
        months.iter().enumerate().map(month).collect()
    }

    #[test]
    fn what_was_reached_once_stays_reached() {
        let target = Target {
            metric: 0,
            year: 0,
            trailing: Trailing::Month,
            first_month: 0,
            met: [5.0, f64::INFINITY],
        };
        let months = [[1.0, 5.0, 0.0], [9.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 5.0]];
        assert_eq!(counts(&target, &months), [1, 2, 2, 3]);
        let below = Target { met: [f64::NEG_INFINITY, 0.0], ..target };
        assert_eq!(counts(&below, &months), [1, 2, 3, 3]);
    }

    #[test]
    fn what_adds_up_counts_by_the_last_twelve_months() {
        // The first run has 12 a year from the start, the second 12 only in the months 3 to 14, the third never.
        let target = Target {
            metric: 0,
            year: 0,
            trailing: Trailing::Sum,
            first_month: 5,
            met: [12.0, f64::INFINITY],
        };
        let month = |step: usize| [1.0, f64::from(u8::from(step >= 3)), 0.99];
        let months: Vec<[f64; 3]> = (0..20).map(month).collect();
        let expected: Vec<u64> =
            (0..20_usize).map(|step| u64::from(step >= 11) + u64::from(step >= 14)).collect();
        assert_eq!(counts(&target, &months), expected);
        let mean = Target { trailing: Trailing::Mean, met: [0.999_999, f64::INFINITY], ..target };
        assert_eq!(counts(&mean, &months), expected);
        let half = Target {
            trailing: Trailing::Ratio { over: 0, under: 1 },
            met: [0.499_999, f64::INFINITY],
            ..mean
        };
        assert_eq!(counts(&half, &months), expected);
    }
}
