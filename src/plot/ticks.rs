//! Nice numbers and dates: the positions of ticks and the format of values.
//!
//! Steps are 1, 2, 2.5 or 5 times a power of ten; thousands have separators; large amounts move into the unit
//! (`million tonnes`); time is in years. This module measures no text and is independent of pixels.

use super::chart::Numbers;
use crate::units::format::{MINUS, fixed};

/// The largest number in a chart. Larger ones are skipped, because their sums and differences could overflow.
pub(super) const LARGEST: f64 = 1e300;
/// The largest year in a chart: 9999 is the last year that a date format can write.
pub(super) const LAST_YEAR: f64 = 9999.0;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const THIN: f64 = 1e-6;
/// Values with a smaller relative difference count as equal, because ticks between them would all have the
/// same text.
const SAME: f64 = 1e-12;
/// The maximum number of decimals at a tick; with more, numbers are written with an exponent.
const MOST_DECIMALS: usize = 4;

/// Ticks with one step, covering a range: the first is at or below it, the last at or above.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub(super) values: Vec<f64>,
    pub(super) step: f64,
}

/// The finest nice ticks with at most `most` steps. An empty range becomes one that starts at `low` and isn't
/// empty.
pub(super) fn nice(low: f64, high: f64, most: usize) -> Ticks {
    let high = if high - low > low.abs().max(high.abs()) * SAME { high } else { above(low) };
    let most = most.max(2);
    let powers = (-307..=300).skip_while(|power| 100.0 * 10_f64.powi(*power) < (high - low) / whole(most));
    let steps = powers.flat_map(|power| [1.0, 2.0, 2.5, 5.0].map(|mantissa| mantissa * 10_f64.powi(power)));
    let fits = |step: &f64| count_below(high, *step) - count_above(low, *step) <= whole(most);
    let step = steps.into_iter().find(fits).unwrap_or(high - low);
    let (first, last) = (count_above(low, step), count_below(high, step));
    let values =
        (0..=most).map(|i| (first + whole(i)) * step).take_while(|v| *v <= (last + 0.5) * step).collect();
    Ticks { values, step }
}

/// The end of an axis that starts at its only value.
fn above(low: f64) -> f64 {
    low + if low == 0.0 { 1.0 } else { low.abs() }
}

/// The number of the multiple of `step` at or below `low`, allowing for rounding errors.
fn count_above(low: f64, step: f64) -> f64 {
    (low / step + THIN).floor()
}

fn count_below(high: f64, step: f64) -> f64 {
    (high / step - THIN).ceil()
}

#[expect(clippy::cast_precision_loss, reason = "tick counts are small")]
fn whole(n: usize) -> f64 {
    n as f64
}

/// The format of the numbers of one axis: one divisor and one number of decimals for all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NumberFormat {
    numbers: Numbers,
    divisor: f64,
    word: &'static str,
    tick_decimals: usize,
    value_decimals: usize,
}

impl NumberFormat {
    /// The format for an axis with these ticks.
    pub(super) fn of(ticks: &Ticks, numbers: Numbers) -> Self {
        Self::scaled(ticks, numbers, ticks.values.iter().fold(0.0_f64, |most, v| most.max(v.abs())))
    }

    /// The format for one of several axes with the same unit, whose largest value is `largest`.
    pub(super) fn scaled(ticks: &Ticks, numbers: Numbers, largest: f64) -> Self {
        let (divisor, word) = if numbers.is_share() { (0.01, "") } else { scale_of(largest) };
        let step = ticks.step / divisor;
        Self {
            numbers,
            divisor,
            word,
            tick_decimals: decimals(step),
            value_decimals: if numbers.is_share() {
                decimals(value_precision(step))
            } else {
                label_decimals(largest / divisor, step)
            },
        }
    }

    /// The unit with the scale in front: `million tonnes`.
    pub(super) fn unit(&self, unit: &str) -> String {
        if self.word.is_empty() {
            unit.to_owned()
        } else {
            format!("{} {unit}", self.word).trim_end().to_owned()
        }
    }

    /// A value as written at a tick.
    pub(super) fn tick(&self, value: f64) -> String {
        if self.numbers == Numbers::Hidden {
            return String::new();
        }
        let scaled = value / self.divisor;
        // So many zeros would be hard to read.
        match self.tick_decimals > MOST_DECIMALS {
            true if scaled == 0.0 => self.finished(scaled, 0),
            true => self.signed(&exponent(scaled, 2)),
            false => self.finished(scaled, self.tick_decimals),
        }
    }

    /// A value as written in a label: slightly finer than at ticks, and `0`, `0%` or `100%` only if it is
    /// exactly that.
    pub(super) fn value(&self, value: f64) -> String {
        let scaled = value / self.divisor;
        let unit = 1.0 / 10_f64.powi(i32::try_from(self.value_decimals).unwrap_or(0));
        let finished = |scaled| self.finished(scaled, self.value_decimals);
        if self.tick_decimals.max(self.value_decimals) > MOST_DECIMALS && scaled != 0.0 {
            return self.signed(&exponent(scaled, 2));
        }
        if scaled > 0.0 && scaled < unit * 0.5 {
            return format!("<{}", finished(unit));
        }
        if self.numbers.is_signed() && scaled < 0.0 && scaled > unit * -0.5 {
            return format!(">{}", finished(-unit));
        }
        if self.numbers == Numbers::Share && scaled < 100.0 && scaled >= 100.0 - unit * 0.5 {
            return format!(">{}", finished(100.0 - unit));
        }
        match self.numbers {
            // Zero needs no decimals; all other labels of an axis have the same number of them.
            Numbers::Plain | Numbers::Signed if scaled == 0.0 => self.finished(0.0, 0),
            _ => finished(scaled),
        }
    }

    /// A range: `21–58`, or with `to` if its ends may have signs.
    pub(super) fn range(&self, low: f64, high: f64) -> String {
        let dash = if low < 0.0 || self.numbers.is_signed() { " to " } else { "–" };
        format!("{}{dash}{}", self.value(low), self.value(high))
    }

    fn finished(&self, scaled: f64, decimals: usize) -> String {
        self.signed(&grouped(scaled, decimals))
    }

    /// A formatted number with the sign or the % of this axis.
    fn signed(&self, number: &str) -> String {
        let is_positive = !number.starts_with(MINUS) && has_digits(number);
        let sign = if self.numbers.is_signed() && is_positive { "+" } else { "" };
        let percent = if self.numbers.is_share() { "%" } else { "" };
        format!("{sign}{number}{percent}")
    }
}

/// Whether a formatted number has a digit other than zero.
fn has_digits(number: &str) -> bool {
    number.bytes().any(|b| (b'1'..=b'9').contains(&b))
}

/// From ten million on, a word replaces the zeros.
fn scale_of(largest: f64) -> (f64, &'static str) {
    match largest {
        // Such numbers are written with exponents and need no word.
        l if l >= 1e16 => (1.0, ""),
        l if l >= 1e13 => (1e12, "trillion"),
        l if l >= 1e10 => (1e9, "billion"),
        l if l >= 1e7 => (1e6, "million"),
        _ => (1.0, ""),
    }
}

/// The smallest difference that labels show, about a twentieth of a step: the largest power of ten up to step
/// / 20.
fn value_precision(step: f64) -> f64 {
    (-9..=0).rev().map(|power| 10_f64.powi(power)).find(|unit| *unit <= step / 20.0).unwrap_or(1e-9)
}

/// The number of decimals with which the largest label of an axis has three digits, or four starting with a
/// one.
fn three_digits(largest: f64) -> usize {
    let is_enough = |decimals: &i32| largest.abs() * 10_f64.powi(*decimals) >= 200.0;
    (0..9).find(is_enough).and_then(|decimals| usize::try_from(decimals).ok()).unwrap_or(0)
}

/// The number of decimals of all labels of an axis: three digits of the largest, one more than ticks with
/// decimals have, no finer than a tenth of the smallest difference that labels show.
fn label_decimals(largest: f64, step: f64) -> usize {
    let (ticks, finest) = (decimals(step), decimals(value_precision(step)));
    three_digits(largest).max(if ticks > 0 { ticks + 1 } else { 0 }).min(finest + 1)
}

/// The number of decimals that writes the step exactly (at most 9).
fn decimals(step: f64) -> usize {
    let exact = |d: &i32| {
        let shifted = step * 10_f64.powi(*d);
        (shifted - shifted.round()).abs() < THIN * shifted.max(1.0) && shifted > 0.5
    };
    (0..9).find(exact).and_then(|d| usize::try_from(d).ok()).unwrap_or(9)
}

/// A number with thousands separators and a proper minus sign, or with an exponent if it would have many
/// zeros.
pub(super) fn grouped(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e12 {
        return exponent(value, 2);
    }
    fixed(value, decimals)
}

/// A number with an exponent, without trailing zeros: `2.5e-21`.
fn exponent(value: f64, decimals: usize) -> String {
    let written = format!("{value:.decimals$e}");
    let (digits, power) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{digits}e{power}").replace('-', &MINUS.to_string())
}

/// A tick on the x axis; `year` is a second line below month names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) x: f64,
    pub(super) text: String,
    pub(super) year: Option<String>,
}

/// At most `most` ticks inside a span of time: years, or months if the span is up to about two years.
pub(super) fn dates(from: f64, to: f64, most: usize) -> Vec<Tick> {
    if (to - from) * 12.0 <= 26.0 { months(from, to, most) } else { years(from, to, most) }
}

/// At most about `most` whole years from the first to the last.
pub(super) fn years(from: f64, to: f64, most: usize) -> Vec<Tick> {
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
    let ticks = steps.map(|step| multiples(from, to, step));
    let fitting = ticks.iter().find(|ticks| ticks.len() <= most.max(2));
    let tick = |x: &f64| Tick { x: *x, text: format!("{x:.0}"), year: None };
    fitting.map(|ticks| ticks.iter().map(tick).collect()).unwrap_or_default()
}

/// The nice numbers inside a range; few if `most` is small.
pub(super) fn inside(from: f64, to: f64, most: usize) -> Ticks {
    let ticks = nice(from, to, most);
    let forgiven = ticks.step * THIN;
    let is_inside = |v: &f64| (from - forgiven..=to + forgiven).contains(v);
    Ticks { values: ticks.values.into_iter().filter(is_inside).collect(), ..ticks }
}

fn months(from: f64, to: f64, most: usize) -> Vec<Tick> {
    let ticks = [1.0, 2.0, 3.0, 6.0, 12.0].map(|step| multiples(from * 12.0, to * 12.0, step));
    let fitting = ticks.iter().find(|ticks| ticks.len() <= most.max(2));
    let mut last_year = String::new();
    let mut tick = |month: &f64| {
        let year = format!("{:.0}", (month / 12.0 + THIN).floor());
        let new = year != last_year;
        last_year.clone_from(&year);
        Tick { x: month / 12.0, text: month_name(*month).to_owned(), year: new.then_some(year) }
    };
    fitting.map(|ticks| ticks.iter().map(&mut tick).collect()).unwrap_or_default()
}

/// Multiples of a step inside a range, allowing for rounding errors of months given as decimal fractions.
fn multiples(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = (from / step - 1e-3 / step).ceil();
    (0..400).map(|i| (first + f64::from(i)) * step).take_while(|v| *v <= to + 1e-3).collect()
}

/// The month of a time, `Mar 2027`. The boundary of two months is the end of the first, up to which values
/// have accumulated.
pub(super) fn month_of(x: f64) -> String {
    let months = x * 12.0;
    let on_border = (months - months.round()).abs() < 1e-3;
    let month = if on_border { months.round() - 1.0 } else { months.floor() };
    let words = format!("{} {:.0}", month_name(month), (month / 12.0 + THIN).floor());
    if on_border { format!("end of {words}") } else { words }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a remainder of twelve, rounded")]
fn month_name(month: f64) -> &'static str {
    MONTHS[(month.rem_euclid(12.0).round() as usize) % 12]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(high: f64, numbers: Numbers) -> NumberFormat {
        NumberFormat::of(&nice(0.0, high, 6), numbers)
    }

    #[test]
    fn ticks_are_nice_and_cover_the_range() {
        assert_eq!(nice(0.0, 61.0, 6).values, [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(nice(0.0, 1.0, 5).values, [0.0, 0.2, 0.4, 0.600_000_000_000_000_1, 0.8, 1.0]);
        assert_eq!(nice(-3.0, 9.0, 6).values, [-2.5 - 2.5, -2.5, 0.0, 2.5, 5.0, 7.5, 10.0]);
    }

    #[test]
    fn any_range_gets_a_few_rising_ticks_around_it() {
        for low in [-1e12, -7.3, 0.0, 0.004, 812.0] {
            for width in [0.0, 1e-7, 0.3, 17.0, 1e12, 1e18] {
                let ticks = nice(low, low + width, 6);
                let (first, last) = (ticks.values[0], ticks.values[ticks.values.len() - 1]);
                assert!((2..=7).contains(&ticks.values.len()), "{low} {width} {ticks:?}");
                assert!(
                    first <= low + ticks.step * 1e-3 && last >= low + width - ticks.step * 1e-3,
                    "{low} {width} {ticks:?}"
                );
                assert!(ticks.values.is_sorted());
            }
        }
    }

    #[test]
    fn numbers_have_separators_signs_and_no_noise() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(-1234.5, 1), "−1,234.5");
        assert_eq!(grouped(-0.001, 2), "0.00");
        assert_eq!(format(1.0, Numbers::Plain).tick(0.600_000_000_000_000_1), "0.6");
        assert_eq!(format(40_000.0, Numbers::Plain).tick(40_000.0), "40,000");
    }

    #[test]
    fn labels_are_finer_than_ticks_and_never_claim_a_zero_or_a_certainty() {
        let tonnes = format(60.0, Numbers::Plain);
        assert_eq!((tonnes.tick(20.0), tonnes.value(34.26)), ("20".into(), "34.3".into()));
        assert_eq!((tonnes.value(0.01), tonnes.value(0.0)), ("<0.1".into(), "0".into()));
        assert_eq!(format(900.0, Numbers::Plain).value(612.4), "612");
        let chance = format(1.0, Numbers::Share);
        assert_eq!((chance.tick(0.2), chance.value(0.723)), ("20%".into(), "72%".into()));
        assert_eq!(
            (chance.value(0.999), chance.value(1.0), chance.value(0.001)),
            (">99%".into(), "100%".into(), "<1%".into())
        );
    }

    #[test]
    fn large_amounts_move_into_the_unit() {
        let large = format(2.4e12, Numbers::Plain);
        assert_eq!((large.unit("USD"), large.tick(5e11)), ("billion USD".into(), "500".into()));
        assert_eq!(format(4e6, Numbers::Plain).tick(2e6), "2,000,000");
    }

    #[test]
    fn a_long_span_shows_years_and_a_short_one_months_with_their_years() {
        let text = |ticks: Vec<Tick>| {
            ticks.into_iter().map(|t| t.text + &t.year.unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(
            text(dates(2024.0, 2030.917, 10)),
            ["2024", "2025", "2026", "2027", "2028", "2029", "2030"]
        );
        assert_eq!(text(dates(2024.0, 2060.0, 7)), ["2030", "2040", "2050", "2060"]);
        assert_eq!(text(dates(2025.0 + 10.0 / 12.0, 2026.1, 9)), ["Nov2025", "Dec", "Jan2026", "Feb"]);
        assert_eq!(text(dates(2025.0, 2026.0, 5)), ["Jan2025", "Apr", "Jul", "Oct", "Jan2026"]);
    }

    #[test]
    fn a_month_written_with_few_decimals_is_still_that_month() {
        assert_eq!(dates(2_025.583_3, 2025.75, 9)[0].text, "Aug");
    }
}
