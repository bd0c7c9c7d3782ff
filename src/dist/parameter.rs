//! A parameter of a family: its name, its meaning and its range.
//!
//! The range that is documented is also the one that is checked: a single parameter is checked nowhere else.

use super::DistError;
use super::error::{LARGEST, require};
use std::fmt;

/// A parameter of a form.
#[derive(Debug)]
pub struct Parameter {
    /// The name as written before the `=`.
    pub name: &'static str,
    /// Whether it has the unit of the quantity.
    pub kind: Kind,
    /// Its value if it is left out.
    pub default: Option<f64>,
    /// Its allowed values.
    pub range: Range,
    /// What it means for the quantity, as part of a sentence.
    pub meaning: &'static str,
}

/// The kind of number that a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A value of the quantity, in its unit (a percentage, tonnes).
    Value,
    /// A plain number, whatever the unit of the quantity (`alpha`, `lambda`).
    Shape,
    /// A plain number or a percentage, whatever the unit of the quantity (`sd_log`).
    Ratio,
    /// A plain number between 0 and 1, or a percentage, whatever the unit of the quantity.
    Probability,
}

/// The allowed values of a parameter. NaN is in no range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// Every number up to 1e30 in size.
    Number,
    /// Greater than 0, up to 1e30.
    Positive,
    /// 0 or greater, up to 1e30.
    NotNegative,
    /// Between two numbers, both included.
    Between(f64, f64),
    /// Greater than the first number and at most the second.
    Above(f64, f64),
    /// A whole number between two, both included.
    Whole(f64, f64),
}

impl Parameter {
    /// A quantity, which carries the unit.
    pub(super) const fn value(name: &'static str, range: Range, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Value, default: None, range, meaning }
    }

    /// A plain number.
    pub(super) const fn shape(name: &'static str, range: Range, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Shape, default: None, range, meaning }
    }

    /// A plain number that may have a %.
    pub(super) const fn ratio(name: &'static str, range: Range, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Ratio, default: None, range, meaning }
    }

    /// A probability.
    pub(super) const fn probability(name: &'static str, range: Range, meaning: &'static str) -> Self {
        Self { name, kind: Kind::Probability, default: None, range, meaning }
    }

    /// This parameter with a default.
    pub(super) const fn or(self, default: f64) -> Self {
        Self { default: Some(default), ..self }
    }

    /// Checks a value of this parameter.
    ///
    /// # Errors
    /// This argument, if `x` is out of range.
    pub(super) fn check(&self, argument: usize, x: f64) -> Result<(), DistError> {
        self.range.check(argument, self.name, x)
    }
}

impl Range {
    /// Whether `x` is in the range.
    pub fn contains(self, x: f64) -> bool {
        match self {
            Self::Number => x.abs() <= LARGEST,
            Self::Positive => x > 0.0 && x <= LARGEST,
            Self::NotNegative => (0.0..=LARGEST).contains(&x),
            Self::Between(low, high) => (low..=high).contains(&x),
            Self::Above(low, high) => x > low && x <= high,
            Self::Whole(low, high) => (low..=high).contains(&x) && libm::floor(x) == x,
        }
    }

    pub(super) fn check(self, argument: usize, name: &str, x: f64) -> Result<(), DistError> {
        require(self.contains(x), argument, name, &self.to_string())
    }
}

/// The range in words that continue "must be".
impl fmt::Display for Range {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number => out.write_str("a number between -1e30 and 1e30"),
            Self::Positive => out.write_str("greater than 0 (and at most 1e30)"),
            Self::NotNegative => out.write_str("0 or more (and at most 1e30)"),
            Self::Between(low, high) => write!(out, "between {low} and {}", short(high)),
            Self::Above(low, high) => write!(out, "greater than {low} (and at most {})", short(high)),
            Self::Whole(low, high) => write!(out, "a whole number between {low} and {}", short(high)),
        }
    }
}

/// A bound as people write it: `1e9` and not `1000000000`.
fn short(bound: f64) -> String {
    if bound < 1e6 { bound.to_string() } else { format!("{bound:e}") }
}
