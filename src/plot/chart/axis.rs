//! The two axes: their quantities and the format of their numbers.

/// The horizontal axis. It covers all data, and the range from `from` to `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct XAxis {
    /// The kind of quantity.
    pub kind: XKind,
    /// The axis starts here or earlier.
    pub from: Option<f64>,
    /// The axis ends here or later.
    pub to: Option<f64>,
    /// For an axis of years, those of which only a part is shown, with that part in words: `Jul–Dec`.
    pub parts: Vec<(i32, String)>,
}

/// The kind of quantity on the horizontal axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XKind {
    /// A date, in years.
    Dates,
    /// A whole year.
    Years,
    /// An amount.
    Numbers {
        /// Written once, below the axis.
        unit: String,
        /// The format of its numbers.
        numbers: Numbers,
    },
}

impl XAxis {
    /// Continuous time: ticks at years, or at months when the span is short.
    #[must_use]
    pub const fn dates() -> Self {
        Self { kind: XKind::Dates, from: None, to: None, parts: Vec::new() }
    }

    /// Whole years side by side, each representing its twelve months.
    #[must_use]
    pub const fn years() -> Self {
        Self { kind: XKind::Years, from: None, to: None, parts: Vec::new() }
    }

    /// This axis with a text below each year of which only a part is shown.
    #[must_use]
    pub fn with_parts(self, parts: Vec<(i32, String)>) -> Self {
        Self { parts, ..self }
    }

    /// Amounts, from the smallest to the largest in the data.
    #[must_use]
    pub fn numbers(unit: impl Into<String>) -> Self {
        Self::of_numbers(unit, Numbers::Plain)
    }

    /// Shares or probabilities, 0.25 written as 25%.
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

/// The vertical axis. It covers all data, and the values required by its other fields.
#[derive(Debug, Clone, PartialEq)]
pub struct YAxis {
    /// Written once, above the axis: `thousand tonnes`, `chance`.
    pub unit: String,
    /// The format of its numbers.
    pub numbers: Numbers,
    /// Whether the axis starts at zero, as for volumes; for a price or an index it need not.
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

    /// Shares or probabilities from 0 to 1, written as 0% to 100%.
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

    /// Heights that are only compared with one another, such as those of a density: without numbers or grid.
    #[must_use]
    pub fn heights(unit: impl Into<String>) -> Self {
        Self { numbers: Numbers::Hidden, ..Self::volume(unit) }
    }
}

/// The format of numbers.
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
    /// No numbers.
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
