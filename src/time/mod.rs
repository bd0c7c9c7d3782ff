//! Calendar months: the steps of the simulation and the dates of scenario files.
//!
//! A [`Month`] is an ordinal, so that the distance between two is a subtraction. There are no days and no
//! time zones, because nothing in a corridor's forecast is known to the day. This module never reads the
//! clock.

use std::fmt;
use std::str::FromStr;

/// A calendar month, as the number of months since January of the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// The three-letter names of the months, in English.
pub const MONTH_NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Month {
    /// January of the year 0.
    pub const FIRST: Self = Self(0);

    /// The month of a year; `month` counts from 1.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let known = (1..=12).contains(&month) && (0..=9999).contains(&year);
        known.then(|| Self(year * 12 + i32::try_from(month).unwrap_or(1) - 1))
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month within the year, 0 for January.
    pub fn index_in_year(self) -> usize {
        usize::try_from(self.0.rem_euclid(12)).unwrap_or(0)
    }

    /// The month `months` later (earlier if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The number of months from `earlier` to this one; negative if this one is before it.
    pub fn months_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The start of the month in years: January 2025 is 2025.0.
    pub fn as_years(self) -> f64 {
        f64::from(self.0) / 12.0
    }

    /// The month in words: `Dec 2026`.
    pub fn in_words(self) -> String {
        format!("{} {}", MONTH_NAMES[self.index_in_year()], self.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.index_in_year() + 1)
    }
}

/// The error of a text that is not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as year and month, like \"2026-12\"")]
pub struct MonthError;

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        let digits = |part: &str, long: usize| part.len() == long && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(MonthError);
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| MonthError);
        let year = i32::try_from(number(year)?).map_err(|_| MonthError)?;
        Self::new(year, number(month)?).ok_or(MonthError)
    }
}

/// The months that a run covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The first month.
    pub start: Month,
    /// The number of months; at least one.
    pub months: usize,
}

impl Horizon {
    /// The month of a step; step 0 is the first month.
    pub fn month(&self, step: usize) -> Month {
        self.start.plus(i32::try_from(step).unwrap_or(i32::MAX))
    }

    /// All months in order.
    pub fn iter(&self) -> impl Iterator<Item = Month> + use<'_> {
        (0..self.months).map(|step| self.month(step))
    }

    /// The calendar years that the horizon touches, in order; the first and the last may be partial.
    pub fn years(&self) -> Vec<i32> {
        let last = self.month(self.months.saturating_sub(1));
        (self.start.year()..=last.year()).collect()
    }

    /// Whether all twelve months of `year` are inside.
    pub fn covers_year(&self, year: i32) -> bool {
        self.iter().filter(|month| month.year() == year).count() == 12
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_read_print_and_subtract() {
        let bridge: Month = "2026-12".parse().expect("a month");
        let start: Month = "2025-01".parse().expect("a month");
        assert_eq!(bridge.months_since(start), 23);
        assert_eq!(start.plus(23), bridge);
        assert_eq!((bridge.to_string(), bridge.in_words()), ("2026-12".to_owned(), "Dec 2026".to_owned()));
        assert!((start.as_years() - 2025.0).abs() < 1e-12);
    }

    #[test]
    fn a_text_that_is_not_a_month_is_refused() {
        for text in
            ["", "2026", "2026-13", "2026-00", "26-12", "2026-1", "2026-12-01", "+026-12", "２０２６-12"]
        {
            assert_eq!(text.parse::<Month>(), Err(MonthError), "{text}");
        }
    }

    #[test]
    fn a_horizon_knows_which_years_it_covers_fully() {
        let horizon = Horizon { start: "2025-07".parse().expect("a month"), months: 20 };
        assert_eq!(horizon.years(), [2025, 2026, 2027]);
        assert!(horizon.covers_year(2026) && !horizon.covers_year(2025) && !horizon.covers_year(2027));
    }
}
