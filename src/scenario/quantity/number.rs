//! Numbers as people write them, and advice on those that are ambiguous.
//!
//! The decimal separator is a point, and only `_` separates thousands. Other conventions use a decimal comma
//! and separate thousands by a point, an apostrophe or a space: such a number is refused rather than guessed.

use super::parser::{Parser, Written};
use super::{QuantityError, Result};
use std::ops::Range;

const EXAMPLES: &str = "for example `15180 t/year`, `5 to 10 kt`, `normal(8%, 5%) /year`";
const PLAIN: &str = "write it like 15180, 0.35 or 1e6";

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Result<Written> {
        self.skip_blanks();
        self.refuse_other_signs()?;
        let range = self.at..self.at + length(self.rest());
        self.refuse_separators(&range)?;
        self.at = range.end;
        let value = self.finite_number(range.clone())?;
        let grouped = is_like_thousands(self.part(range.clone()));
        let after = self.at;
        let percent = self.takes('%');
        if !percent {
            self.at = after;
        }
        let half_unit = half_unit(self.part(range.clone()));
        Ok(Written { value, percent, grouped, half_unit, range: range.start..self.at })
    }

    fn finite_number(&self, range: Range<usize>) -> Result<f64> {
        let written = self.part(range.clone());
        if !written.contains(|c: char| c.is_ascii_digit()) {
            let first = self.part(range.start..self.text.len()).chars().next();
            let shown = first.map_or("the end".to_owned(), |c| format!("`{c}`"));
            let message = format!("a number is expected here, not {shown}");
            return Err(QuantityError::new(range.start..self.here().end, message).help(EXAMPLES));
        }
        if !has_sound_underscores(written) {
            let message = "`_` may only separate groups of three digits";
            return Err(QuantityError::new(range, message).help(without_underscores(written)));
        }
        match written.replace('_', "").parse::<f64>() {
            Ok(value) if value.abs() <= 1e30 => Ok(value),
            Ok(_) => Err(QuantityError::new(range, "this number is too large: the most is 1e30")),
            Err(_) => Err(QuantityError::new(range, "this is not a number").help(advice(written, "", false))),
        }
    }

    /// Refuses digits of other scripts and other minus signs. Their meaning is clear, but the number was
    /// probably copied, and other parts of it may be wrong.
    fn refuse_other_signs(&self) -> Result<()> {
        let Some(first) = self.peek() else { return Ok(()) };
        let token = token(self.rest());
        let range = self.at..self.at + token.len();
        if is_other_minus(first) && token.len() > first.len_utf8() {
            let percent = self.percent_behind(&range);
            let written = in_plain_digits(&token.replacen(first, "-", 1));
            return Err(QuantityError::new(range, format!("a minus is written `-`, not `{first}`"))
                .help(format!("write `{written}{percent}`")));
        }
        if token.chars().any(|c| !c.is_ascii() && digit(c).is_some()) {
            let plain = in_plain_digits(token);
            let help = if length(&plain) == plain.len() {
                format!("write `{plain}`")
            } else {
                advice(&plain, "", false)
            };
            return Err(QuantityError::new(range, "digits are written 0 to 9").help(help));
        }
        Ok(())
    }

    fn percent_behind(&self, range: &Range<usize>) -> &'static str {
        let rest = self.part(range.end..self.text.len());
        if rest.trim_start().starts_with('%') { "%" } else { "" }
    }

    /// Refuses a number that continues after a comma, an apostrophe or a space.
    fn refuse_separators(&self, range: &Range<usize>) -> Result<()> {
        let token = token(self.rest());
        let behind = self.text.get(range.end..).and_then(|rest| rest.chars().next());
        let (Some(separator), true) = (behind, token.len() > range.len()) else { return Ok(()) };
        let whole = self.at..self.at + token.len();
        let percent = self.percent_behind(&whole);
        let is_listed = separator == ',' && self.lists > 0;
        let message = match separator {
            ',' if is_listed => "a comma between the values of a list needs a space after it".to_owned(),
            ',' => "numbers are written without commas".to_owned(),
            c if c.is_whitespace() => "numbers are written without spaces".to_owned(),
            c => format!("numbers are written without `{c}`"),
        };
        Err(QuantityError::new(whole, message).help(advice(token, percent, is_listed)))
    }
}

/// The number of leading bytes of a text that form a number in the expected notation, with `_` anywhere.
fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    while let Some(&byte) = bytes.get(end) {
        let is_exponent = matches!(byte, b'e' | b'E')
            && (is_digit(end + 1) || matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let is_its_sign = matches!(byte, b'+' | b'-') && end > 0 && matches!(bytes[end - 1], b'e' | b'E');
        if !(byte.is_ascii_digit() || matches!(byte, b'.' | b'_') || is_exponent || is_its_sign) {
            break;
        }
        end += 1;
    }
    end
}

/// What looks like one number at the start of a text: a sign, digits of any script, and separators followed
/// by a digit.
fn token(text: &str) -> &str {
    let mut end = length(text);
    let mut rest = text.get(end..).unwrap_or_default().chars().peekable();
    while let Some(c) = rest.next() {
        let goes_on = rest.peek().is_some_and(|&next| digit(next).is_some());
        let is_sign = end == 0 && is_other_minus(c);
        let is_after_digit = begins(text, end).ends_with(|c: char| digit(c).is_some());
        let is_part = digit(c).is_some()
            || (goes_on && (is_sign || is_after_digit && (is_separator(c) || matches!(c, '.' | '_'))));
        if !is_part {
            break;
        }
        end += c.len_utf8();
    }
    begins(text, end)
}

/// The first `end` bytes of a text; empty if they don't end at a character boundary.
fn begins(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

/// Whether a character separates groups of digits or decimals in some convention, apart from the point and
/// `_`, which are accepted.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '\'' | '’' | '‘' | 'ʼ' | '′' | '·' | '˙' | '٫' | '٬' | '，' | '．')
        || (c.is_whitespace() && !matches!(c, '\n' | '\r'))
}

fn is_other_minus(c: char) -> bool {
    matches!(c, '−' | '–' | '—' | '‐' | '‑' | '‒' | '－' | '﹣')
}

/// The value of a digit in one of these scripts: European, Arabic, Persian, Devanagari, full-width.
fn digit(c: char) -> Option<u32> {
    let zeros = ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{FF10}'];
    zeros.iter().find_map(|&zero| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10))
}

fn in_plain_digits(token: &str) -> String {
    let plain = |c: char| match c {
        '٫' => ',',
        '．' => '.',
        c => digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c),
    };
    token.chars().map(plain).collect()
}

/// Half a unit of the last decimal: 0.5 of `33`, 0.05 of `33.3`.
fn half_unit(number: &str) -> f64 {
    let decimals = number.split_once('.').map_or("", |(_, decimals)| decimals);
    let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
    0.5 * libm::pow(10.0, -(digits as f64))
}

/// Whether every `_` stands between digits and makes groups of three.
fn has_sound_underscores(number: &str) -> bool {
    if !number.contains('_') {
        return true;
    }
    let mantissa = number.trim_start_matches(['+', '-']).split(['e', 'E']).next().unwrap_or_default();
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // Before the point the groups are counted from the right, after it from the left.
    let from_left: Vec<&str> = decimals.split('_').collect();
    let is_sound = match from_left[..] {
        [] => true,
        [.., last] => {
            let full = &from_left[..from_left.len() - 1];
            full.iter().all(|group| group.len() == 3) && (full.is_empty() || (1..=3).contains(&last.len()))
        }
    };
    let exponent = number.split_once(['e', 'E']).map_or("", |(_, exponent)| exponent);
    is_sound && (!whole.contains('_') || are_groups(whole, '_')) && !exponent.contains('_')
}

/// One to three digits, the first no zero, and then groups of three.
fn are_groups(digits: &str, separator: char) -> bool {
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    let are_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group))
}

/// Whether a number looks like `57.000`: 57 with a decimal point, 57000 if the point separates thousands.
pub(in crate::scenario) fn is_like_thousands(number: &str) -> bool {
    let digits = number.trim_start_matches(['+', '-']);
    digits.matches('.').count() == 1 && are_groups(digits, '.')
}

/// The readings of a text that begins with a number like that; none of any other.
pub fn readings_at(text: &str) -> Option<(String, String)> {
    let number = text.trim_start().split(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
    is_like_thousands(number).then(|| number.parse().ok().map(two_readings)).flatten()
}

/// The two readings of a number for which [`is_like_thousands`] holds, given its value, in unambiguous
/// notation.
pub(in crate::scenario) fn two_readings(value: f64) -> (String, String) {
    (decimal(&format!("{value:.3}")), format!("{:.0}", value * 1000.0))
}

/// A decimal number without trailing zeros, and never with exactly three decimals, which would look like
/// thousands.
fn decimal(number: &str) -> String {
    let short =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if is_like_thousands(short) { format!("{short}0") } else { short.to_owned() }
}

/// The possible readings of digits with separators between them: as decimals, and as groups of thousands.
struct Readings {
    decimal: Option<String>,
    thousands: Option<String>,
}

impl Readings {
    fn of(token: &str) -> Self {
        let (sign, digits) = token.split_at(token.len() - token.trim_start_matches(['+', '-']).len());
        let separators: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
        let joined = |digits: &str| sign.to_owned() + &digits.replace(|c: char| !c.is_ascii_digit(), "");
        let Some((&last, before)) = separators.split_last() else {
            return Self { decimal: None, thousands: None };
        };
        let (whole, decimals) = digits.rsplit_once(last).unwrap_or((digits, ""));
        let is_grouped = match before {
            [] => true,
            [group, ..] => *group != last && are_groups(whole, *group),
        };
        let is_decimal = matches!(last, ',' | '.') && is_grouped && !whole.is_empty();
        let one_kind = before.iter().all(|separator| *separator == last);
        Self {
            decimal: is_decimal.then(|| decimal(&format!("{}.{decimals}", joined(whole)))),
            thousands: (one_kind && are_groups(digits, last)).then(|| joined(digits)),
        }
    }
}

/// Advice on digits with separators: how to write each of their possible readings.
fn advice(token: &str, percent: &str, is_listed: bool) -> String {
    let Readings { decimal, thousands } = Readings::of(token);
    let mut meant: Vec<String> = Vec::new();
    if is_listed {
        let values: Vec<&str> = token.split(',').collect();
        let count = if values.len() == 2 { "two" } else { "several" };
        meant.push(format!("`{}{percent}` for {count} values", values.join(", ")));
    }
    let of_several = is_listed || (decimal.is_some() && thousands.is_some());
    let written = |number: String, what: &str| {
        let what = if of_several { format!(" for {what}") } else { String::new() };
        format!("`{number}{percent}`{what}")
    };
    meant.extend(decimal.map(|number| written(number, "decimals")));
    meant.extend(thousands.map(|number| written(number, "thousands")));
    if meant.is_empty() { PLAIN.to_owned() } else { format!("write {}", meant.join(", ")) }
}

/// Advice on the cell of a data file that holds a number with separators.
pub(in crate::scenario) fn advice_for_cell(text: &str) -> Option<String> {
    let is_all = token(text).len() == text.len() && length(text) < text.len();
    is_all.then(|| advice(text, "", false))
}

/// Advice on misplaced `_`: `40_5` may have been meant as `40.5` or as `405`.
fn without_underscores(number: &str) -> String {
    let joined = number.replace('_', "");
    match number.split_once('_') {
        Some((whole, decimals)) if !decimals.contains(['_', '.', 'e', 'E']) => {
            format!(
                "write `{}` for decimals, `{joined}` for a whole number",
                decimal(&format!("{whole}.{decimals}"))
            )
        }
        _ => PLAIN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_with, sample::NoFiles};

    fn help(text: &str) -> String {
        parse(text).expect_err(text).help.unwrap_or_default()
    }

    #[test]
    fn separators_are_answered_with_every_reading_that_they_have() {
        for (text, expected) in [
            ("40,5 USD/t", "write `40.5`"),
            ("1,5%", "write `1.5%`"),
            ("0,350", "write `0.35`"),
            ("1.000,5", "write `1000.5`"),
            ("1,234.5", "write `1234.5`"),
            ("1,234,567", "write `1234567`"),
            ("1.234.567", "write `1234567`"),
            ("12,000 t", "write `12` for decimals, `12000` for thousands"),
            ("1'000 t", "write `1000`"),
            ("1 000 t", "write `1000`"),
            ("1\u{a0}000 t", "write `1000`"),
            ("1\u{202f}000 t", "write `1000`"),
            ("40_5", "write `40.5` for decimals, `405` for a whole number"),
            ("sample(31,5, 28,5)", "write `31, 5` for two values, `31.5` for decimals"),
            ("uniform(0,5)", "write `0, 5` for two values, `0.5` for decimals"),
            ("\u{2212}8% /year", "write `-8%`"),
            ("\u{661}\u{662}\u{663} t", "write `123`"),
            ("\u{ff11}\u{ff12} t", "write `12`"),
            ("300\u{2013}400 USD/t", "an interval is written with `to`: `300 to 400 USD/t`"),
        ] {
            assert_eq!(help(text), expected, "{text}");
        }
    }

    #[test]
    fn underscores_separate_groups_of_three_digits_and_nothing_else() {
        for (text, value) in [("15_180", 15_180.0), ("1_000_000", 1e6), ("1_000.5", 1000.5)] {
            assert_eq!(parse(text).expect(text).distribution.is_constant(), Some(value), "{text}");
        }
        for text in ["1__000", "_1", "1_", "1_00", "0_001", "1e1_0"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_a_value_all_of_whose_numbers_look_like_thousands_has_two_readings() {
        let grouped = |text: &str| !parse_with(text, &mut NoFiles).expect(text).grouped.is_empty();
        for text in ["57.000 to 344.000", "15.180 t", "sample(31.500, 28.500)", "pert(0, 4.000, 30.000)"] {
            assert!(grouped(text), "{text}");
        }
        for text in ["57.000 to 344", "0.350 to 0.450", "15.18", "1500.250", "12.3450", "1.250e3"] {
            assert!(!grouped(text), "{text}");
        }
    }
}
