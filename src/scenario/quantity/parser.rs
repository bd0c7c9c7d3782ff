//! The basic parts of the parser: intervals, words, commas, units.

use super::sample::{Columns, Sampled};
use super::{QuantityError, Result};
use crate::dist::Distribution;
use crate::units::Unit;
use std::ops::Range;

/// Reads a text from left to right.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The location of the first number with a %, among those that carry the unit.
    pub(super) percent: Option<Range<usize>>,
    /// The location of the first one without a %. Zero may be written either way.
    pub(super) plain: Option<Range<usize>>,
    /// The numbers that carry the unit, as long as each of them may have been meant a thousand times as
    /// large; zeros are ignored. `None` from the first number that may not.
    pub(super) grouped: Option<Vec<f64>>,
    /// The number of lists of values that are open.
    pub(super) lists: usize,
    /// The source of the numbers of samples that name a file.
    pub(super) columns: &'a mut dyn Columns,
    /// The samples that name a file, from left to right.
    pub(super) sampled: Vec<Sampled>,
}

/// A number as written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) value: f64,
    pub(super) percent: bool,
    /// Whether its point may have been meant to separate thousands: `57.000`.
    pub(super) grouped: bool,
    /// Half a unit of its last decimal, in the unit as written: the largest error from rounding.
    pub(super) half_unit: f64,
    pub(super) range: Range<usize>,
}

impl Written {
    pub(super) fn share(&self) -> f64 {
        if self.percent { self.value / 100.0 } else { self.value }
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, columns: &'a mut dyn Columns) -> Self {
        Self {
            text,
            at: 0,
            percent: None,
            plain: None,
            grouped: Some(Vec::new()),
            lists: 0,
            columns,
            sampled: Vec::new(),
        }
    }

    /// A number's text without its %.
    fn bare(&self, number: &Written) -> &str {
        self.part(number.range.clone()).trim_end_matches('%').trim_end()
    }

    /// Records whether a number that carries the unit has a %, and whether it may be meant in thousands.
    pub(super) fn note(&mut self, number: &Written) {
        let first = if number.percent { &mut self.percent } else { &mut self.plain };
        if number.percent || number.value != 0.0 {
            first.get_or_insert(number.range.clone());
        }
        if number.value == 0.0 {
            return;
        }
        match &mut self.grouped {
            Some(values) if number.grouped => values.push(number.value),
            grouped => *grouped = None,
        }
    }

    /// Whether the numbers that carry the unit have a %; an error if some have one and others don't.
    pub(super) fn percent_throughout(&self) -> Result<bool> {
        match (&self.percent, &self.plain) {
            (Some(percent), Some(plain)) => {
                let later = if percent.start > plain.start { percent } else { plain };
                Err(QuantityError::new(later.clone(), "some of these numbers have a % and others have none")
                    .help("write all of them with %, or all without"))
            }
            (percent, _) => Ok(percent.is_some()),
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn part(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Skips blanks, then consumes a character if it comes next.
    pub(super) fn takes(&mut self, c: char) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    pub(super) fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    pub(super) fn expression(&mut self, depth: usize) -> Result<Distribution> {
        self.skip_blanks();
        match self.peek() {
            Some(c) if c.is_ascii_alphabetic() => self.call(depth),
            _ => self.number_or_interval(),
        }
    }

    fn number_or_interval(&mut self) -> Result<Distribution> {
        let first = self.number()?;
        self.skip_blanks();
        let is_interval =
            self.rest().strip_prefix("to").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if !is_interval {
            self.note(&first);
            return Ok(Distribution::constant(first.share()));
        }
        self.at += 2;
        self.skip_blanks();
        let mut second = self.number()?;
        self.interval(first, &mut second)
    }

    fn interval(&mut self, mut first: Written, second: &mut Written) -> Result<Distribution> {
        let range = first.range.start..second.range.end;
        let (low, high) = (self.bare(second).to_owned(), self.bare(&first).to_owned());
        let percent = |number: &Written| if number.percent { "%" } else { "" };
        let turned = format!("write `{low}{} to {high}{}`", percent(&first), percent(second));
        if first.percent && !second.percent {
            let message = "one end of the interval has a % and the other has none";
            return Err(
                QuantityError::new(second.range.clone(), message).help(format!("write `{high}% to {low}%`"))
            );
        }
        first.percent = second.percent;
        self.note(&first);
        self.note(second);
        if first.share() >= second.share() {
            if low == high {
                let message = format!("the interval has no width: both ends are {low}");
                return Err(
                    QuantityError::new(range, message).help("write a single number, or two different ones")
                );
            }
            let message = "the interval runs backwards: its 5% end is not below its 95% end";
            return Err(QuantityError::new(range, message).help(turned));
        }
        Distribution::interval(first.share(), second.share())
            .map_err(|e| QuantityError::new(range, e.message))
    }

    /// A name. It may contain a point between digits, as in `p2.5`.
    pub(super) fn word(&mut self) -> (String, Range<usize>) {
        let start = self.at;
        let bytes = self.rest().as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let belongs = |at: usize| match bytes[at] {
            b'.' => at > 0 && is_digit(at - 1) && is_digit(at + 1),
            byte => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
        };
        self.at += (0..bytes.len()).find(|&at| !belongs(at)).unwrap_or(bytes.len());
        (self.part(start..self.at).to_owned(), start..self.at)
    }

    /// Words in quotation marks of either kind, which can't contain that kind themselves; `None` if none come
    /// next.
    pub(super) fn quoted(&mut self) -> Result<Option<(String, Range<usize>)>> {
        self.skip_blanks();
        let Some(mark) = self.peek().filter(|c| matches!(c, '\'' | '"')) else { return Ok(None) };
        let start = self.at;
        let Some(length) = self.part(start + 1..self.text.len()).find(mark) else {
            return Err(QuantityError::new(start..self.text.len(), "this quotation mark is not closed"));
        };
        self.at = start + length + 2;
        Ok(Some((self.part(start + 1..self.at - 1).to_owned(), start..self.at)))
    }

    /// A comma between two values. A space must follow it, because `31,5` might be one value or two.
    pub(super) fn takes_comma(&mut self) -> Result<bool> {
        let before = self.at;
        if !self.takes(',') {
            self.at = before;
            return Ok(false);
        }
        match self.peek() {
            Some(c) if !c.is_whitespace() => {
                let message = "a comma between the values of a list needs a space after it";
                let problem = QuantityError::new(self.at - 1..self.at + c.len_utf8(), message);
                Err(problem.help(format!("write `, {c}`")))
            }
            _ => Ok(true),
        }
    }

    pub(super) fn unit(&mut self) -> Result<Unit> {
        let start = self.at;
        let text = self.rest().trim_end();
        if text.starts_with(['-', '–', '—']) {
            let problem = QuantityError::new(start..start + text.len(), "a unit is expected here");
            let (low, high) = (self.part(0..start).trim(), text.trim_start_matches(['-', '–', '—']).trim());
            return Err(problem.help(format!("an interval is written with `to`: `{low} to {high}`")));
        }
        Unit::parse(text).map_err(|error| {
            let at = start + text.find(&error.part).unwrap_or(0);
            let len = if error.part.is_empty() { text.len() } else { error.part.len() };
            let known: Vec<&str> = Unit::spellings().collect();
            let help = match error.nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("units are {}, joined by `/`", known.join(", ")),
            };
            QuantityError::new(at..at + len, format!("`{}` is no unit", error.part)).help(help)
        })
    }
}
