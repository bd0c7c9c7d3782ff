//! On–off renewal processes: events that start, last for a while, end, and start again.

use super::RecurrenceSpec;
use crate::batch::{Inputs, Lanes};
use crate::dist::Distribution;
use crate::rng::{Stream, uniform};

/// The shortest duration, months: shorter ones are raised to it, because shares of an occurrence divide by
/// its duration.
const SHORTEST_DURATION: f64 = 1e-9;

/// The on–off renewal process of `N` runs.
///
/// # Formula
/// While it is off it starts at the rate λ of the month. The wait from the beginning of the month, or from
/// the end of the occurrence that ends in it, is −ln(1 − u)/λ, with a uniform u for each month. A wait beyond
/// the month's end begins anew there, which is equivalent for an exponential wait. The rate of the whole year
/// is concentrated in the months in which it can start. At most one starts in a month. Duration and sizes are
/// drawn in the month of the start, from streams of their own.
#[derive(Debug, Clone)]
pub(super) struct Recurrence<'a, const N: usize> {
    spec: &'a RecurrenceSpec,
    /// Starts per month, in a month in which one can start.
    rate: Lanes<N>,
    /// A uniform below it starts an occurrence in a month that is off at its beginning: 1 − e^(−λ).
    threshold: Lanes<N>,
    occurrences: [Occurrence; N],
    durations: Stream,
    sizes: Vec<Size<'a, N>>,
}

/// The latest occurrence of one run, in months.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    duration: f64,
    remaining: f64,
}

/// One size of the latest occurrence.
#[derive(Debug, Clone)]
struct Size<'a, const N: usize> {
    stream: Stream,
    distribution: &'a Distribution,
    value: Lanes<N>,
}

/// The part of an occurrence in a month.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// As a share of the month.
    on: f64,
    /// As a share of the occurrence.
    spread: f64,
}

/// A run and a month.
#[derive(Debug, Clone, Copy)]
struct Moment {
    lane: usize,
    run: u64,
    step: u64,
}

impl Occurrence {
    const NONE: Self = Self { duration: 1.0, remaining: 0.0 };

    /// Uses up what fits into `available` months.
    fn take(&mut self, available: f64) -> Part {
        let on = self.remaining.min(available);
        self.remaining -= on;
        Part { on, spread: on / self.duration }
    }
}

impl Moment {
    /// The value drawn from a stream's number for this run and month.
    fn draw(self, stream: Stream, distribution: &Distribution) -> f64 {
        distribution.quantile(uniform(stream.row(self.step).word(self.run)))
    }
}

impl<'a, const N: usize> Recurrence<'a, N> {
    pub(super) fn new(seed: u64, path: &str, spec: &'a RecurrenceSpec) -> Self {
        let size = |(name, distribution): &'a (String, Distribution)| Size {
            stream: Stream::new(seed, name),
            distribution,
            value: Lanes::ZERO,
        };
        Self {
            spec,
            rate: Lanes::ZERO,
            threshold: Lanes::ZERO,
            occurrences: [Occurrence::NONE; N],
            durations: Stream::new(seed, &format!("{path}.duration")),
            sizes: spec.sizes.iter().map(size).collect(),
        }
    }

    /// Sets the batch's parameters; no occurrence is on, and none has been.
    pub(super) fn begin(&mut self, inputs: &Inputs<N>) {
        let months = self.spec.months.iter().filter(|&&can_start| can_start).count();
        // A process without any month never starts: its rate is never used.
        let concentration = 12.0 / months.max(1) as f64;
        self.rate = inputs.value(self.spec.rate) * concentration;
        self.threshold = self.rate.map(|rate| -libm::expm1(-rate));
        self.occurrences = [Occurrence::NONE; N];
        for size in &mut self.sizes {
            size.value = Lanes::ZERO;
        }
    }

    /// Writes a month's values: the share of the month that is on, the share of an occurrence in it, and the
    /// sizes.
    #[inline(always)]
    pub(super) fn step(&mut self, first_run: u64, step: u64, uniforms: Lanes<N>, values: &mut [Lanes<N>]) {
        let (shares, sizes) = values.split_at_mut(2);
        shares.fill(Lanes::ZERO);
        let open = f64::from(u8::from(self.can_start(step)));
        // Most runs are off in most months, and only this comparison is computed for them.
        let threshold = self.threshold * open;
        for (lane, run) in (0..N).zip(first_run..) {
            let u = uniforms.0[lane];
            if self.occurrences[lane].remaining > 0.0 || u < threshold.0[lane] {
                let wait = -libm::log1p(-u) / (self.rate.0[lane] * open);
                let part = self.month(Moment { lane, run, step }, wait, sizes);
                shares[0].0[lane] = part.on;
                shares[1].0[lane] = part.spread;
            }
        }
    }

    #[inline(always)]
    fn can_start(&self, step: u64) -> bool {
        let month = (step + self.spec.first_month as u64) % 12;
        self.spec.months[month as usize]
    }

    /// One run's month: the rest of the old occurrence and, if the wait after it ends in this month, the
    /// beginning of a new one.
    fn month(&mut self, moment: Moment, wait: f64, values: &mut [Lanes<N>]) -> Part {
        let old = self.occurrences[moment.lane].take(1.0);
        let left = 1.0 - old.on;
        if wait >= left {
            self.keep_sizes(moment.lane, values);
            return old;
        }
        let new = self.start(moment, left - wait);
        let month = Part { on: old.on + new.on, spread: old.spread + new.spread };
        self.change_sizes(moment, old.spread / month.spread, values);
        month
    }

    /// Starts an occurrence, `left` months before the end of the month.
    fn start(&mut self, moment: Moment, left: f64) -> Part {
        let drawn = moment.draw(self.durations, &self.spec.duration_months);
        let duration = drawn.max(SHORTEST_DURATION);
        let occurrence = &mut self.occurrences[moment.lane];
        *occurrence = Occurrence { duration, remaining: duration };
        occurrence.take(left)
    }

    fn keep_sizes(&self, lane: usize, values: &mut [Lanes<N>]) {
        for (size, value) in self.sizes.iter().zip(values) {
            value.0[lane] = size.value.0[lane];
        }
    }

    /// Draws the sizes of a new occurrence. This month has the mean of old and new, weighted by the shares of
    /// their occurrences in this month, so that a pulse adds up to exactly its amount.
    fn change_sizes(&mut self, moment: Moment, old_weight: f64, values: &mut [Lanes<N>]) {
        for (size, value) in self.sizes.iter_mut().zip(values) {
            let old = size.value.0[moment.lane];
            let new = moment.draw(size.stream, size.distribution);
            size.value.0[moment.lane] = new;
            value.0[moment.lane] = new + (old - new) * old_weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Number::Fixed;
    use crate::sample::tests::{WIDTH, agrees, observe, series};
    use crate::sample::{Process, SeriesSpec};

    const ALL_YEAR: [bool; 12] = [true; 12];

    fn spec(rate: f64, duration_months: Distribution) -> RecurrenceSpec {
        let sizes = vec![("shocks.flood.effects[0]".to_owned(), Distribution::unit_uniform())];
        RecurrenceSpec { rate: Fixed(rate), months: ALL_YEAR, first_month: 0, duration_months, sizes }
    }

    fn flood(spec: RecurrenceSpec) -> [SeriesSpec; 1] {
        [series("shocks.flood", Process::Recurrence(spec))]
    }

    /// The values of one run in one month.
    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Month {
        on: f64,
        spread: f64,
        size: f64,
    }

    /// The months of every run.
    fn histories(spec: RecurrenceSpec, batches: u64, months: usize) -> Vec<Vec<Month>> {
        let mut runs = Vec::new();
        observe(&flood(spec), &[], (batches, months), |month, monthly| {
            if month == 0 {
                runs.resize_with(runs.len() + WIDTH, Vec::new);
            }
            let first = runs.len() - WIDTH;
            for (lane, run) in runs[first..].iter_mut().enumerate() {
                let [on, spread, size] = [0, 1, 2].map(|index| monthly[index].0[lane]);
                run.push(Month { on, spread, size });
            }
        });
        runs
    }

    /// The share of the time from month `first` on in which it is off, over 640 runs of 1,200 months.
    fn off_share(spec: RecurrenceSpec, first: usize) -> f64 {
        let runs = histories(spec, 10, 1200);
        let on = runs.iter().flat_map(|run| &run[first..]).map(|month| month.on).sum::<f64>();
        1.0 - on / (runs.len() * (1200 - first)) as f64
    }

    #[test]
    fn in_the_long_run_it_is_off_for_the_share_that_rate_and_duration_imply() {
        // Renewal theory: over T months the share has the variance q²·(1/λ)²/(q + 1/λ)³/T for a fixed
        // duration q. After 120 months the start, when none is on, has no influence.
        for rate in [0.1, 0.5, 4.0] {
            let (q, wait, months) = (3.0, 1.0 / rate, 640.0 * 1080.0);
            let variance = q * q * wait * wait / f64::powi(q + wait, 3) / months;
            let share = off_share(spec(rate, Distribution::constant(q)), 120);
            agrees(share, 1.0 / (1.0 + rate * q), variance.sqrt());
        }
    }

    #[test]
    fn a_chance_a_month_adds_up_over_a_year() {
        // 1 − 0.95^12 of 64,000 runs.
        let rate = -libm::log(0.95);
        let runs = histories(spec(rate, Distribution::constant(2.0)), 1000, 12);
        let (exact, n) = (0.459_640, runs.len() as f64);
        let started = runs.iter().filter(|run| run.iter().any(|month| month.on > 0.0)).count() as f64;
        agrees(started / n, exact, f64::sqrt(exact * (1.0 - exact) / n));
    }

    /// The intervals of time of one run, from the same draws: start, end and size of each occurrence.
    fn intervals(spec: &RecurrenceSpec, rate: f64, run: u64, months: u64) -> Vec<(f64, f64, f64)> {
        let draw = |name: &str, step| uniform(Stream::new(11, name).row(step).word(run));
        let mut intervals = Vec::new();
        let mut free = 0.0;
        for step in 0..months {
            let month = step as f64;
            let start = f64::max(free, month) - libm::log1p(-draw("shocks.flood", step)) / rate;
            if start < month + 1.0 {
                free = start + spec.duration_months.quantile(draw("shocks.flood.duration", step));
                let (name, distribution) = &spec.sizes[0];
                intervals.push((start, free, distribution.quantile(draw(name, step))));
            }
        }
        intervals
    }

    #[test]
    fn it_is_a_set_of_intervals_cut_into_months() {
        // Durations from none to 3 months, so many months contain the end of one occurrence and the start of
        // the next. Dates up to 60 are exact to 7e-15, so overlaps are to some 1e-14, and shares of at least
        // 1e-4 months to 1e-9.
        let rate = 0.8;
        let spec = spec(rate, Distribution::unit_uniform().scaled(3.0));
        for (run, history) in histories(spec.clone(), 2, 60).into_iter().enumerate() {
            let intervals = intervals(&spec, rate, run as u64, 60);
            for (month, sampled) in history.into_iter().enumerate() {
                let begin = month as f64;
                let (mut on, mut spread, mut paid) = (0.0, 0.0, 0.0);
                for &(start, end, size) in &intervals {
                    let overlap = (end.min(begin + 1.0) - start.max(begin)).max(0.0);
                    on += overlap;
                    spread += overlap / (end - start);
                    paid += overlap / (end - start) * size;
                }
                assert!((sampled.on - on).abs() < 1e-11, "run {run}, month {month}: {sampled:?}, on {on}");
                assert!(
                    (sampled.spread - spread).abs() < 1e-9,
                    "run {run}, month {month}: {sampled:?}, spread {spread}"
                );
                assert!(
                    (sampled.spread * sampled.size - paid).abs() < 1e-9,
                    "run {run}, month {month}: paid {paid}"
                );
            }
        }
    }

    #[test]
    fn an_occurrence_is_spread_over_its_months_and_keeps_its_size() {
        // So rare that most runs have at most one within the horizon; those with more than one are left out.
        let duration = 4.25;
        let spec = spec(0.02, Distribution::constant(duration));
        let mut whole = 0;
        for run in histories(spec, 20, 36) {
            let months: Vec<Month> = run.iter().copied().filter(|month| month.on > 0.0).collect();
            let on: f64 = months.iter().map(|month| month.on).sum();
            if (on - duration).abs() < 1e-9 {
                whole += 1;
                assert!(months.iter().all(|month| month.size == months[0].size && month.size > 0.0));
                // Each of at most six shares is rounded once.
                let spread: f64 = months.iter().map(|month| month.spread).sum();
                assert!((spread - 1.0).abs() < 6.0 * f64::EPSILON, "{spread}");
            }
            let first = run.iter().position(|month| month.on > 0.0).unwrap_or(run.len());
            assert!(run[..first].iter().all(|month| month.size == 0.0 && month.spread == 0.0));
        }
        assert!(whole > 100, "{whole} runs have exactly one whole occurrence");
    }

    #[test]
    fn an_occurrence_of_half_a_month_is_on_for_half_a_month() {
        let runs = histories(spec(0.01, Distribution::constant(0.5)), 20, 24);
        let mut seen = 0;
        for run in &runs {
            let on: f64 = run.iter().map(|month| month.on).sum();
            let spread: f64 = run.iter().map(|month| month.spread).sum();
            assert!((spread - on / 0.5).abs() < 1e-14);
            seen += usize::from((on - 0.5).abs() < 1e-14);
        }
        assert!(seen > 100, "{seen} runs have exactly one");
    }

    /// November to the next October; an occurrence can start in December and January.
    fn winter(rate: f64, duration: f64) -> RecurrenceSpec {
        let mut spec = spec(rate, Distribution::constant(duration));
        spec.months = std::array::from_fn(|month| [0, 11].contains(&month));
        spec.first_month = 10;
        spec
    }

    #[test]
    fn its_months_have_the_rate_of_the_whole_year() {
        // None in a year: e^(−12·0.05). Only steps 1 and 2, December and January, can have a start.
        let runs = histories(winter(0.05, 0.01), 1000, 12);
        let (exact, n) = (libm::exp(-0.6), runs.len() as f64);
        let mut none = 0.0;
        for run in &runs {
            let started: Vec<usize> = (0..12).filter(|&month| run[month].on > 0.0).collect();
            // A start in the last hundredth of January is still on in February.
            assert!(started.iter().all(|month| [1, 2, 3].contains(month)), "{started:?}");
            none += f64::from(u8::from(started.is_empty()));
        }
        agrees(none / n, exact, f64::sqrt(exact * (1.0 - exact) / n));
    }

    #[test]
    fn an_occurrence_goes_on_after_its_months() {
        let runs = histories(winter(5.0, 6.0), 1, 12);
        // Started in December or January, each is fully on from February to May.
        assert!(runs.iter().all(|run| run[3..7].iter().all(|month| month.on == 1.0)));
        assert!(runs.iter().all(|run| run[9..].iter().all(|month| month.on == 0.0)));
    }

    #[test]
    fn without_a_rate_or_a_month_it_never_starts() {
        let mut never = winter(5.0, 6.0);
        never.months = [false; 12];
        for spec in [never, spec(0.0, Distribution::constant(2.0))] {
            let nothing = Month { on: 0.0, spread: 0.0, size: 0.0 };
            assert!(histories(spec, 1, 24).iter().flatten().all(|&month| month == nothing));
        }
    }

    #[test]
    fn a_duration_of_zero_has_finite_shares() {
        for run in histories(spec(3.0, Distribution::constant(0.0)), 1, 24) {
            assert!(run.iter().all(|month| month.on <= 1e-9 && [0.0, 1.0].contains(&month.spread.round())));
        }
    }
}
