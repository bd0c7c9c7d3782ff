//! Rows: names down the left side, and marks along the x axis beside each.
//!
//! Tornado charts, shares, waterfalls and intervals side by side all have this form; they differ only in
//! their marks.

use super::super::theme::Color;
use super::layer::Strength;

/// The rows of a chart, the first on top. Up to 24 are readable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// The key of the colours: coloured words above the plot.
    pub key: Vec<Key>,
    /// The heading of the column of values on the right: `mean`.
    pub column: String,
}

impl Rows {
    /// Rows without a key.
    #[must_use]
    pub const fn of(rows: Vec<Row>) -> Self {
        Self { rows, key: Vec::new(), column: String::new() }
    }

    /// The same rows with a heading above the column of their values.
    #[must_use]
    pub fn headed(self, column: impl Into<String>) -> Self {
        Self { column: column.into(), ..self }
    }

    /// The same rows with one more entry in their key.
    #[must_use]
    pub fn keyed(mut self, text: impl Into<String>, color: Color) -> Self {
        self.key.push(Key { text: text.into(), color });
        self
    }
}

/// The meaning of a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// A word or two.
    pub text: String,
    /// The colour it explains.
    pub color: Color,
}

/// A name and the marks beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The name. It wraps to up to four lines if rows are high enough, and ends with an ellipsis if it
    /// doesn't fit.
    pub name: String,
    /// A faint second text with the name, such as `judgement`; left out if it doesn't fit.
    pub note: String,
    /// Drawn in this order, later ones on top.
    pub marks: Vec<Mark>,
    /// Small text to the left of all marks.
    pub before: String,
    /// Small text to the right of all marks.
    pub after: String,
    /// A value in a column at the right edge, which is not the end of a mark.
    pub value: String,
    /// The value from which a thin line goes down to the next row: the sum so far in a waterfall.
    pub carry: Option<f64>,
    /// Whether the name is bold, as for a total.
    pub strong: bool,
}

impl Row {
    /// A row with only a name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let (note, before, after, value, marks) = Default::default();
        Self { name: name.into(), note, marks, before, after, value, carry: None, strong: false }
    }

    /// The same row with a faint second text.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same row with one more mark on top.
    #[must_use]
    pub fn with(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// The same row with small texts at both ends of its marks.
    #[must_use]
    pub fn ends(self, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { before: before.into(), after: after.into(), ..self }
    }

    /// The same row with a value in the column on the right.
    #[must_use]
    pub fn valued(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same row with a thin line from a value down to the next row.
    #[must_use]
    pub fn carrying(self, value: f64) -> Self {
        Self { carry: Some(value), ..self }
    }

    /// The same row with a bold name.
    #[must_use]
    pub fn strong(self) -> Self {
        Self { strong: true, ..self }
    }
}

/// A mark drawn in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// A bar between two values.
    Bar {
        /// Its start: zero, or a reference.
        from: f64,
        /// Its end.
        to: f64,
        /// Its colour.
        color: Color,
    },
    /// A tinted box: the middle of a distribution.
    Box {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// Colour of the tint.
        color: Color,
        /// The strength of the tint.
        strength: Strength,
    },
    /// A thin line with short ends: an interval.
    Whisker {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// Its colour.
        color: Color,
    },
    /// A dot: a median, an estimate.
    Dot {
        /// Its value.
        at: f64,
        /// Its colour.
        color: Color,
    },
}

impl Mark {
    /// The range of x that it covers, from the smaller to the larger value.
    pub(in super::super) fn span(&self) -> (f64, f64) {
        let (a, b) = match *self {
            Self::Bar { from, to, .. } => (from, to),
            Self::Box { low, high, .. } | Self::Whisker { low, high, .. } => (low, high),
            Self::Dot { at, .. } => (at, at),
        };
        if a <= b { (a, b) } else { (b, a) }
    }

    pub(in super::super) const fn color(&self) -> Color {
        match *self {
            Self::Bar { color, .. }
            | Self::Box { color, .. }
            | Self::Whisker { color, .. }
            | Self::Dot { color, .. } => color,
        }
    }
}
