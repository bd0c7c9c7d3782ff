//! Errors about wrong parameters: which argument is wrong, and what it must be.
//!
//! Every constructor checks all its parameters, each by its [`Range`](super::Range), and their relations by
//! the functions here, so that any distribution that has been built can be drawn from. Messages never quote a
//! value, because only the front end knows what was typed, in which unit, and where.

use super::parameter::Range;
use std::fmt;

/// The largest absolute value of a parameter that is a quantity: the product of two is far from overflow.
pub(super) const LARGEST: f64 = 1e30;

/// An invalid parameter of a distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistError {
    /// The position of the wrong argument, from 0, in the order of the form's parameters (of the parts of a
    /// discrete, a mixture or a sample; 0 = the distribution, 1 = `min`, 2 = `max` of a truncation; of the
    /// given quantiles of a metalog, then `min`, then `max`). `None` if no single argument is the cause.
    pub argument: Option<usize>,
    /// What is required, as a sentence without a full stop.
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

/// An error that states what `argument` must be, unless the condition `holds`.
pub(super) fn require(holds: bool, argument: usize, name: &str, must_be: &str) -> Result<(), DistError> {
    if holds { Ok(()) } else { Err(DistError::at(argument, format!("`{name}` must be {must_be}"))) }
}

/// Checks a quantity: finite and at most 1e30 in absolute value.
pub(super) fn number(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    Range::Number.check(argument, name, x)
}

/// Checks a weight: greater than zero.
pub(super) fn positive(argument: usize, name: &str, x: f64) -> Result<(), DistError> {
    Range::Positive.check(argument, name, x)
}

/// Checks min ≤ max; `max` is the argument of this position.
pub(super) fn ordered(argument: usize, min: f64, max: f64) -> Result<(), DistError> {
    require(min <= max, argument, "max", "at least as great as `min`")
}

/// Checks min ≤ most likely ≤ max: the first three arguments, the second of which is called `name`.
pub(super) fn three_points(name: &str, min: f64, mode: f64, max: f64) -> Result<(), DistError> {
    ordered(2, min, max)?;
    require((min..=max).contains(&mode), 1, name, "between `min` and `max`")
}
