//! Targets, counted: how many runs meet a threshold in its year, and how many have reached it by each month.

use super::batches::ROOM;
use super::columns::{Column, Columns};
use super::shares::Count;
use crate::kernel::{add_in_place, mark_between, scale_in_place, share_into, sum_into};
use crate::plan::Plan;
use crate::plan::{Kind, Metrics};
use crate::stats::ROUNDING;
use std::ops::Range;

/// Flows, means and ratios of this many months are compared with a threshold, as those of a year are.
const YEAR: usize = 12;

/// How the last months are combined into the value that is compared with a threshold, as [`Kind`] combines
/// the months of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trailing {
    /// The month's own value: of a stock, or whether a cause binds.
    Month,
    Sum,
    Mean,
    /// Of the sums of two metrics, by index.
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

/// The index of the first month whose value can be compared with a threshold, for a metric of this kind.
pub(super) fn counts_from(kind: Kind) -> usize {
    if Trailing::of(kind) == Trailing::Month { 0 } else { YEAR - 1 }
}

/// The targets of a plan, prepared for counting.
pub(super) struct Targets {
    list: Vec<Target>,
    /// The metrics that they are about, each once.
    subjects: Vec<Subject>,
    /// The index of the first month in its year.
    first_month: usize,
}

/// A metric that targets are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Subject {
    metric: usize,
    trailing: Trailing,
}

struct Target {
    /// The index of its subject.
    subject: usize,
    /// The interval of values that meet it: bounded by the threshold, with a tolerance for rounding.
    met: [f64; 2],
}

impl Targets {
    /// The targets of a plan.
    pub(super) fn of_plan(plan: &Plan, metrics: &Metrics) -> Self {
        let horizon = plan.info.horizon;
        let mut targets =
            Self { list: Vec::new(), subjects: Vec::new(), first_month: horizon.start.index_in_year() };
        for spec in &plan.targets {
            let metric = metrics.position(&spec.metric).expect("a plan's targets name metrics that exist");
            // A year is a sum of months, and the sum of a full route may miss its round number by a rounding
            // error.
            let slack = ROUNDING * spec.threshold.abs();
            let subject =
                targets.subject(Subject { metric, trailing: Trailing::of(metrics.list()[metric].kind) });
            targets.list.push(Target {
                subject,
                met: if spec.at_least {
                    [spec.threshold - slack, f64::INFINITY]
                } else {
                    [f64::NEG_INFINITY, spec.threshold + slack]
                },
            });
        }
        targets
    }

    /// The index of a subject, which is appended if it is new.
    fn subject(&mut self, new: Subject) -> usize {
        let known = self.subjects.iter().position(|subject| *subject == new);
        known.unwrap_or_else(|| {
            self.subjects.push(new);
            self.subjects.len() - 1
        })
    }

    /// The number of targets.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }
}

impl Target {
    /// Marks the values that meet it, given the lengths of the replicates, and counts everything that is
    /// marked by now.
    fn mark(&self, values: &[f64], lengths: &[usize], marks: &mut [bool]) -> Count {
        let [low, high] = self.met;
        let all = mark_between(values, low, high, marks);
        let of_range = |runs: Range<usize>| marks[runs].iter().filter(|mark| **mark).count() as u64;
        if lengths.len() == 1 { Count::of(lengths, |_| all) } else { Count::of(lengths, of_range) }
    }
}

/// The counts of a chunk's runs.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// By target and year: runs that met it in the year's own figure.
    hits: Vec<Vec<Count>>,
    /// By target and month: runs that had reached it at least once by then.
    reached: Vec<Vec<Count>>,
}

impl Tally {
    pub(super) fn new(targets: usize, years: usize, months: usize) -> Self {
        let none = |periods: usize| vec![vec![Count::default(); periods]; targets];
        Self { hits: none(years), reached: none(months) }
    }

    /// The number of counts.
    pub(super) fn series(&self) -> usize {
        self.counts().count()
    }

    /// All counts: for each target its hits in each year, and then the runs that had reached it at least once
    /// by each month.
    pub(super) fn counts(&self) -> impl Iterator<Item = Count> + '_ {
        let of_target = |(hits, reached): (&'_ Vec<Count>, &'_ Vec<Count>)| {
            hits.clone().into_iter().chain(reached.clone())
        };
        self.hits.iter().zip(&self.reached).flat_map(of_target)
    }
}

/// Counts the targets of one chunk's runs, period by period.
pub(super) struct Counter<'a> {
    targets: &'a Targets,
    /// By subject.
    histories: Vec<History>,
    /// By target, the runs that have reached it so far.
    reached: Vec<[bool; ROOM]>,
    pub(super) tally: Tally,
}

impl<'a> Counter<'a> {
    pub(super) fn new(targets: &'a Targets, years: usize, months: usize) -> Self {
        Self {
            targets,
            histories: targets.subjects.iter().map(History::new).collect(),
            reached: vec![[false; ROOM]; targets.len()],
            tally: Tally::new(targets.len(), years, months),
        }
    }

    /// Adds a month. Months must come in order, from 0.
    pub(super) fn month(&mut self, step: usize, columns: Columns<'_>, lengths: &[usize]) {
        let (targets, mut column) = (self.targets, [0.0; ROOM]);
        let month = (targets.first_month + step) % YEAR;
        for (index, (subject, history)) in targets.subjects.iter().zip(&mut self.histories).enumerate() {
            history.month(subject, month, columns, &mut column);
            if step + 1 < YEAR && subject.trailing != Trailing::Month {
                continue;
            }
            let ways = targets.list.iter().zip(&mut self.reached).zip(&mut self.tally.reached);
            for ((target, marks), reached) in ways.filter(|((target, _), _)| target.subject == index) {
                reached[step] = target.mark(&column[..columns.runs()], lengths, marks);
            }
        }
    }

    /// Adds a year.
    pub(super) fn year(&mut self, year: usize, columns: Columns<'_>, lengths: &[usize]) {
        let mut column = [0.0; ROOM];
        for (target, hits) in self.targets.list.iter().zip(&mut self.tally.hits) {
            let values = columns.of(self.targets.subjects[target.subject].metric, &mut column);
            hits[year] = target.mark(values, lengths, &mut [false; ROOM]);
        }
    }
}

/// A subject's last months in the runs of a chunk.
struct History {
    /// Of the metric or, for a ratio, of its numerator.
    recent: LastYear,
    /// Of the denominator.
    under: LastYear,
}

impl History {
    fn new(subject: &Subject) -> Self {
        Self {
            recent: LastYear::new(subject.trailing != Trailing::Month),
            under: LastYear::new(matches!(subject.trailing, Trailing::Ratio { .. })),
        }
    }

    /// Adds a month, and writes the values that thresholds are compared with.
    fn month(&mut self, subject: &Subject, month: usize, columns: Columns<'_>, values: &mut Column) {
        match subject.trailing {
            Trailing::Month => {
                columns.of(subject.metric, values);
            }
            Trailing::Sum => self.recent.sums(month, subject.metric, columns, values),
            Trailing::Mean => {
                self.recent.sums(month, subject.metric, columns, values);
                scale_in_place(values, 1.0 / YEAR as f64);
            }
            Trailing::Ratio { over, under } => {
                let (mut above, mut below) = ([0.0; ROOM], [0.0; ROOM]);
                self.recent.sums(month, over, columns, &mut above);
                self.under.sums(month, under, columns, &mut below);
                share_into(values, &above, &below);
            }
        }
    }
}

/// Sums of a metric's last twelve months; empty where none are needed.
///
/// The last twelve months are those of this calendar year so far, in their order, and the remaining ones of
/// last year. So in December the sum has the same bits as the year's own, and a month takes two additions
/// instead of the twelve of a new sum.
struct LastYear {
    /// By month of the year: up to this month the month itself, after it the sum from there to the end of
    /// last year.
    months: Vec<Column>,
    /// The sum of this year so far.
    so_far: Column,
}

impl LastYear {
    fn new(is_kept: bool) -> Self {
        Self { months: vec![[0.0; ROOM]; if is_kept { YEAR } else { 0 }], so_far: [0.0; ROOM] }
    }

    /// Adds a month of a metric, given by its index in the year, and writes the sums of the twelve months up
    /// to it.
    fn sums(&mut self, month: usize, metric: usize, columns: Columns<'_>, sums: &mut Column) {
        if month == 0 {
            self.begin_year();
        }
        add_in_place(&mut self.so_far, columns.of(metric, &mut self.months[month]));
        match self.months.get(month + 1) {
            Some(last_year) => sum_into(sums, &self.so_far, last_year),
            None => *sums = self.so_far,
        }
    }

    fn begin_year(&mut self) {
        self.so_far = [0.0; ROOM];
        for month in (0..YEAR - 1).rev() {
            let (earlier, later) = self.months.split_at_mut(month + 1);
            add_in_place(&mut earlier[month], &later[0]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::columns::ledgers;

    /// One target of the first metric.
    fn target(trailing: Trailing, first_month: usize, met: [f64; 2]) -> Targets {
        Targets {
            list: vec![Target { subject: 0, met }],
            subjects: vec![Subject { metric: 0, trailing }],
            first_month,
        }
    }

    fn counts(targets: &Targets, months: &[[f64; 3]]) -> Vec<u64> {
        let mut counter = Counter::new(targets, 1, months.len());
        for (step, runs) in months.iter().enumerate() {
            // A second metric is 2 everywhere.
            let ledgers = ledgers(&[runs, &[2.0; 3]]);
            counter.month(step, Columns::new(&ledgers, 3, &[]), &[3]);
        }
        counter.tally.reached.swap_remove(0).iter().map(|count| count.runs).collect()
    }

    #[test]
    fn what_was_reached_once_stays_reached() {
        let months = [[1.0, 5.0, 0.0], [9.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 5.0]];
        assert_eq!(counts(&target(Trailing::Month, 0, [5.0, f64::INFINITY]), &months), [1, 2, 2, 3]);
        assert_eq!(counts(&target(Trailing::Month, 0, [f64::NEG_INFINITY, 0.0]), &months), [1, 2, 3, 3]);
    }

    #[test]
    fn what_adds_up_counts_by_the_last_twelve_months() {
        // The first run has 12 a year from the start, the second 12 only in the months 3 to 14, the third
        // never.
        let month = |step: usize| [1.0, f64::from(u8::from(step >= 3)), 0.99];
        let months: Vec<[f64; 3]> = (0..20).map(month).collect();
        let expected: Vec<u64> =
            (0..20_usize).map(|step| u64::from(step >= 11) + u64::from(step >= 14)).collect();
        let ratio = Trailing::Ratio { over: 0, under: 1 };
        for (trailing, least) in [(Trailing::Sum, 12.0), (Trailing::Mean, 0.999_999), (ratio, 0.499_999)] {
            assert_eq!(counts(&target(trailing, 5, [least, f64::INFINITY]), &months), expected);
        }
    }

    #[test]
    fn targets_of_one_metric_share_its_history() {
        let subject = |metric| Subject { metric, trailing: Trailing::Sum };
        let mut targets = Targets { list: Vec::new(), subjects: Vec::new(), first_month: 0 };
        let indices = [3, 5, 3, 4, 5].map(|metric| targets.subject(subject(metric)));
        assert_eq!((indices, targets.subjects), ([0, 1, 0, 2, 1], vec![subject(3), subject(5), subject(4)]));
    }
}
