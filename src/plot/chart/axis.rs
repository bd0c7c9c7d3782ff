//! The two axes: what they measure and how their numbers are written.

/// The horizontal axis. It covers all data, and what `from` and `to` add.
#[derive(Debug, Clone, PartialEq)]
pub struct XAxis {
    /// What x is.
    pub kind: XKind,
    /// The axis starts here or earlier.
    pub from: Option<f64>,
    /// The axis ends here or later.
    pub to: Option<f64>,
    /// Of an axis of years, those of which only a part is shown, with that part in words: `Jul–Dec`.
    pub parts: Vec<(i32, String)>,
}

/// What the horizontal axis measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XKind {
    /// A moment, in years.
    Dates,
    /// A whole year.
    Years,
    /// An amount.
    Numbers {
        /// Written once, below the axis.
        unit: String,
        /// How its numbers are written.
        numbers: Numbers,
    },
}

impl XAxis {
    /// Continuous time: ticks at years, or at months when the span is short.
    #[must_use]
    pub const fn dates() -> Self {
        Self { kind: XKind::Dates, from: None, to: None, parts: Vec::new() }
    }

    /// Whole years side by side, each standing for all of its twelve months.
    #[must_use]
    pub const fn years() -> Self {
        Self { kind: XKind::Years, from: None, to: None, parts: Vec::new() }
    }

    /// The same where of some years only a part is shown, which stands below each.
    #[must_use]
    pub fn with_parts(self, parts: Vec<(i32, String)>) -> Self {
        Self { parts, ..self }
    }

    /// Amounts, from the smallest to the largest in the data.
    #[must_use]
    pub fn numbers(unit: impl Into<String>) -> Self {
        Self::of_numbers(unit, Numbers::Plain)
    }

    /// Shares or chances, 0.25 written as 25%.
    #[must_use]
    pub fn share(unit: impl Into<String>) -> Self {
        Self::of_numbers(unit, Numbers::Share)
    }

    /// Differences, written with their signs; zero is on the axis.
    #[must_use]
    pub fn difference(unit: impl Into<String>) -> Self {
        Self { from: Some(0.0), to: Some(0.0), ..Self::of_numbers(unit, Numbers::Signed) }
    }

    fn of_numbers(unit: impl Into<String>, numbers: Numbers) -> Self {
        let kind = XKind::Numbers { unit: unit.into(), numbers };
        Self { kind, from: None, to: None, parts: Vec::new() }
    }
}

/// The vertical axis. It covers all data, and what `from_zero` and `max` add.
#[derive(Debug, Clone, PartialEq)]
pub struct YAxis {
    /// Written once, above the axis: `thousand tonnes`, `chance`.
    pub unit: String,
    /// How its numbers are written.
    pub numbers: Numbers,
    /// Volumes stand on zero; a price or an index need not.
    pub from_zero: bool,
    /// The axis reaches at least down to this value.
    pub min: Option<f64>,
    /// The axis reaches at least this value.
    pub max: Option<f64>,
}

impl YAxis {
    /// Amounts, on a zero baseline.
    #[must_use]
    pub fn volume(unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), numbers: Numbers::Plain, from_zero: true, min: None, max: None }
    }

    /// Shares or chances from 0 to 1, written as 0% to 100%.
    #[must_use]
    pub fn share(unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), numbers: Numbers::Share, from_zero: true, min: None, max: Some(1.0) }
    }

    /// Prices, indices: the axis spans the data only.
    #[must_use]
    pub fn level(unit: impl Into<String>) -> Self {
        Self { from_zero: false, ..Self::volume(unit) }
    }

    /// Differences: signs before the numbers, and a strong line at zero.
    #[must_use]
    pub fn difference(unit: impl Into<String>) -> Self {
        Self { numbers: Numbers::Signed, ..Self::volume(unit) }
    }

    /// Heights that are only compared with each other, as of a density: no numbers, no grid.
    #[must_use]
    pub fn heights(unit: impl Into<String>) -> Self {
        Self { numbers: Numbers::Hidden, ..Self::volume(unit) }
    }
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// `12,500`.
    Plain,
    /// 0.25 as `25%`.
    Share,
    /// `+3.2`, `0`, `−1.5`.
    Signed,
    /// 0.03 as `+3%`: percentage points.
    SignedShare,
    /// Not at all.
    Hidden,
}

impl Numbers {
    pub(in super::super) const fn is_share(self) -> bool {
        matches!(self, Self::Share | Self::SignedShare)
    }

    pub(in super::super) const fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::SignedShare)
    }
}
