//! Periods for which figures are given: months and calendar years.

use crate::time::{Horizon, MONTH_NAMES, Month};

/// Whether a period is a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodKind {
    /// A month.
    Month,
    /// A calendar year, or the part of it that the horizon covers.
    Year,
}

/// A period for which figures are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Month or year.
    pub kind: PeriodKind,
    /// Its first month.
    pub start: Month,
    /// How many months it has.
    pub months: usize,
}

impl Period {
    /// `2026-12` or `2026`.
    pub fn label(&self) -> String {
        match self.kind {
            PeriodKind::Month => self.start.to_string(),
            PeriodKind::Year => self.start.year().to_string(),
        }
    }

    /// `2026`, or `Jun to Dec 2025` for a part of a year.
    pub fn in_words(&self) -> String {
        match (self.is_whole_year(), self.months) {
            (true, _) => self.start.year().to_string(),
            (false, 1) => self.start.in_words(),
            _ => format!("{} to {}", MONTH_NAMES[self.start.index_in_year()], self.last().in_words()),
        }
    }

    /// The same for a table or an axis: `2026`, or `2025 (Jul–Dec)` for a part of a year.
    pub fn in_short(&self) -> String {
        match self.months_in_short() {
            Some(months) => format!("{} ({months})", self.start.year()),
            None => self.start.year().to_string(),
        }
    }

    /// Which months of a year are covered, if not all: `Jul–Dec`, or `Dec`.
    pub fn months_in_short(&self) -> Option<String> {
        let name = |month: Month| MONTH_NAMES[month.index_in_year()];
        match (self.is_part_of_year(), self.months) {
            (false, _) => None,
            (true, 1) => Some(name(self.start).to_owned()),
            (true, _) => Some(format!("{}–{}", name(self.start), name(self.last()))),
        }
    }

    /// Its last month.
    pub fn last(&self) -> Month {
        self.start.plus(i32::try_from(self.months).unwrap_or(1) - 1)
    }

    /// A single month.
    pub fn month(start: Month) -> Self {
        Self { kind: PeriodKind::Month, start, months: 1 }
    }

    /// The months of a horizon.
    pub fn months(horizon: Horizon) -> Vec<Self> {
        horizon.iter().map(Self::month).collect()
    }

    /// The years of a horizon; the first and the last may have fewer than twelve months.
    pub fn years(horizon: Horizon) -> Vec<Self> {
        let of = |year: i32| {
            let mut months = horizon.iter().filter(|month| month.year() == year);
            let start = months.next().unwrap_or(horizon.start);
            Self { kind: PeriodKind::Year, start, months: months.count() + 1 }
        };
        horizon.years().into_iter().map(of).collect()
    }

    /// Whether it is a year of which some months lie outside of the horizon. Its figures are those of the
    /// covered months: nothing is scaled up to twelve.
    pub fn is_part_of_year(&self) -> bool {
        self.kind == PeriodKind::Year && self.months < 12
    }

    /// The last year that has all its months, or the last of all if none has: "the last year" of a forecast
    /// wherever one year represents all of them.
    pub fn last_year(years: &[Self]) -> Option<usize> {
        years.iter().rposition(Self::is_whole_year).or(years.len().checked_sub(1))
    }

    /// Whether it is a year with all its months.
    pub fn is_whole_year(&self) -> bool {
        self.kind == PeriodKind::Year && self.months == 12
    }
}
