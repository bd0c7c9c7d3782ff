//! Wrong parameters: which argument it is and what would be right.
//!
//! Every constructor checks all its parameters here, so that a distribution that exists can always be drawn
//! from. Messages never quote a value: the front end knows what was typed, in which unit, and where.

use std::fmt;

/// No parameter that is a quantity may be larger than this in size: products of two stay far from overflow.
pub(super) const LARGEST: f64 = 1e30;

/// A parameter that a distribution can't have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistError {
    /// The position of the wrong argument, from 0, in the order of the form's parameters (of the parts of a
    /// discrete or a mixture; 0 = the distribution, 1 = `min`, 2 = `max` of a truncation). `None` where no
    /// single argument is to blame.
    pub argument: Option<usize>,
    /// What would be right, as a sentence without a full stop.
    pub message: String,
}

impl DistError {
    pub(super) fn at(argument: usize, message: impl Into<String>) -> Self {
        Self { argument: Some(argument), message: message.into() }
    }

    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self { argument: None, message: message.into() }
    }
}

impl fmt::Display for DistError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for DistError {}

/// The arguments as an array; a form is always built with as many as it has parameters.
pub(super) fn arguments<const N: usize>(given: &[f64]) -> Result<[f64; N], DistError> {
    given.try_into().map_err(|_| DistError::whole(format!("this form takes {N} arguments")))
}

/// `holds`, or the error that says what `argument` must be.
pub(super) fn require(holds: bool, argument: usize, name: &str, must_be: &str) -> Result<(), DistError> {
    if holds { Ok(()) } else { Err(DistError::at(argument, format!("`{name}` must be {must_be}"))) }
}

/// Any quantity: finite and at most 1e30 in size.
pub(super) fn number(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    require(x.abs() <= LARGEST, argument, name, "a number between -1e30 and 1e30")
}

/// A quantity greater than zero.
pub(super) fn positive(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    require(x > 0.0 && x <= LARGEST, argument, name, "greater than 0 (and at most 1e30)")
}

/// A quantity of zero or more.
pub(super) fn not_negative(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    require((0.0..=LARGEST).contains(&x), argument, name, "0 or more (and at most 1e30)")
}

/// min ≤ max, both numbers; they are the arguments `first` and `first + 1`.
pub(super) fn range(first: usize, min: f64, max: f64) -> Result<(), DistError> {
    number(first, "min", min)?;
    number(first + 1, "max", max)?;
    require(min <= max, first + 1, "max", "at least as great as `min`")
}

/// min ≤ mode ≤ max, all numbers: the first three arguments.
pub(super) fn three_points(min: f64, mode: f64, max: f64) -> Result<(), DistError> {
    number(0, "min", min)?;
    number(1, "mode", mode)?;
    number(2, "max", max)?;
    require(min <= max, 2, "max", "at least as great as `min`")?;
    require((min..=max).contains(&mode), 1, "mode", "between `min` and `max`")
}
