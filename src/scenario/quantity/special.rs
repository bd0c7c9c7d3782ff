//! Calls with their own kinds of arguments: `discrete(…)`, `quantiles(…)`, `mixture(…)`, `truncate(…)`.

use super::call::Argument;
use super::parser::{Parser, Written};
use super::{QuantityError, Result, middle};
use crate::dist::{DistError, Distribution};
use crate::units::format::fixed;
use std::ops::Range;

const QUANTILES: &str =
    "for example `quantiles(p10=10, p50=20, p90=45)`, with `min=` and `max=` if there are bounds";

impl Parser<'_> {
    pub(super) fn discrete(&mut self, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for argument in arguments {
            match argument {
                Argument::Number { name: None, number } => {
                    self.note(number);
                    values.push((1.0, number.share()));
                }
                Argument::Nested { weight, distribution, range } => {
                    let Some(value) = distribution.is_constant() else {
                        return Err(QuantityError::new(
                            range.clone(),
                            "`discrete` takes single values; `mixture` takes distributions",
                        ));
                    };
                    values.push((weight.as_ref().map_or(1.0, Written::share), value));
                    weights.extend(weight.clone());
                }
                Argument::Number { name: Some((_, range)), .. } | Argument::Words { range, .. } => {
                    return Err(QuantityError::new(
                        range.clone(),
                        "`discrete` takes values, or weights and values",
                    )
                    .help("for example `discrete(1, 2, 3)` or `discrete(50%: 0, 30%: 6, 20%: 12)`"));
                }
            }
        }
        if !weights.is_empty() && weights.len() < arguments.len() {
            let bare = arguments.iter().find(|argument| argument.weight().is_none());
            let message = "some of these values have a weight and others have none";
            return Err(QuantityError::new(bare.map_or(range, Argument::range), message)
                .help("give each value its weight, or none of them"));
        }
        weights_add_up(&weights)?;
        Distribution::discrete(&values).map_err(|error| part_blamed(arguments, range, error))
    }

    pub(super) fn quantiles(&mut self, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let (mut levels, mut numbers) = (Vec::new(), Vec::new());
        let (mut min, mut max) = (None, None);
        for argument in arguments {
            let Argument::Number { name: Some((name, span)), number } = argument else {
                return Err(QuantityError::new(argument.range(), "`quantiles` takes values with names only")
                    .help(QUANTILES));
            };
            self.note(number);
            match (name.as_str(), level(name)) {
                ("min", _) if min.is_none() => min = Some(number),
                ("max", _) if max.is_none() => max = Some(number),
                (_, Some(level)) => {
                    levels.push(level);
                    numbers.push(number);
                }
                (known, None) => return Err(no_quantile(known, span.clone())),
            }
        }
        let points: Vec<(f64, f64)> =
            levels.into_iter().zip(numbers.iter().map(|number| number.share())).collect();
        let bounds =
            (min.map_or(f64::NEG_INFINITY, Written::share), max.map_or(f64::INFINITY, Written::share));
        let made = Distribution::quantiles(&points, bounds.0, bounds.1);
        // Errors count the bounds among the arguments, so each gets an entry; a bound that is not given
        // causes no error.
        let absent =
            Written { value: 0.0, percent: false, grouped: false, half_unit: 0.0, range: range.clone() };
        numbers.extend([min.unwrap_or(&absent), max.unwrap_or(&absent)]);
        made.map_err(|error| {
            let is_whole = error.argument.is_none();
            let percent = numbers.iter().any(|number| number.percent);
            let help = if is_whole { middle::for_the_middle(&points, bounds, percent) } else { None };
            QuantityError { help, ..blamed(&numbers, range, error) }
        })
    }

    pub(super) fn truncate(&mut self, arguments: Vec<Argument>, range: Range<usize>) -> Result<Distribution> {
        const SYNTAX: &str = "for example `truncate(normal(8%, 5%), min=0%, max=30%)`";
        let (mut inner, mut min, mut max) = (None, f64::NEG_INFINITY, f64::INFINITY);
        // The spans of the distribution, of `min` and of `max`.
        let mut spans: [Option<Range<usize>>; 3] = [None, None, None];
        for argument in arguments {
            if let Argument::Number { number, .. } = &argument {
                self.note(number);
            }
            match argument {
                Argument::Nested { weight: None, distribution, range } if inner.is_none() => {
                    (inner, spans[0]) = (Some(distribution), Some(range));
                }
                Argument::Number { name: Some((name, _)), number } if name == "min" => {
                    (min, spans[1]) = (number.share(), Some(number.range));
                }
                Argument::Number { name: Some((name, _)), number } if name == "max" => {
                    (max, spans[2]) = (number.share(), Some(number.range));
                }
                wrong => {
                    let message = "`truncate` takes a distribution, `min=` and `max=`";
                    return Err(QuantityError::new(wrong.range(), message).help(SYNTAX));
                }
            }
        }
        let Some(inner) = inner else {
            return Err(QuantityError::new(range, "`truncate` has no distribution to cut").help(SYNTAX));
        };
        if min == f64::NEG_INFINITY && max == f64::INFINITY {
            return Err(QuantityError::new(range, "`truncate` has no `min=` and no `max=`").help(SYNTAX));
        }
        inner.truncated(min, max).map_err(|error| {
            let span = error.argument.and_then(|argument| spans.get(argument)?.clone());
            QuantityError::new(span.unwrap_or(range), error.message).help(SYNTAX)
        })
    }
}

pub(super) fn mixture(arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
    let (mut parts, mut weights) = (Vec::new(), Vec::new());
    for argument in arguments {
        match argument {
            Argument::Nested { weight: Some(weight), distribution, .. } => {
                parts.push((weight.share(), distribution.clone()));
                weights.push(weight.clone());
            }
            Argument::Nested { range, .. }
            | Argument::Number { number: Written { range, .. }, .. }
            | Argument::Words { range, .. } => {
                return Err(QuantityError::new(range.clone(), "each part of a mixture needs a weight")
                    .help("for example `mixture(50%: uniform(0, 9), 50%: 9 to 24)`"));
            }
        }
    }
    weights_add_up(&weights)?;
    Distribution::mixture(parts).map_err(|error| part_blamed(arguments, range, error))
}

/// The maximum difference between the sum of weights in % and 100%, however many weights there are.
const MOST_ROUNDING: f64 = 1.0;

/// Checks that weights are all in % or all plain, and that weights in % add up to 100% within rounding: half
/// a unit of the last decimal of each, and at most one percentage point in all (33% three times). Plain
/// weights are divided by their sum later.
fn weights_add_up(weights: &[Written]) -> Result<()> {
    let (Some(first), Some(last)) = (weights.first(), weights.last()) else { return Ok(()) };
    if let Some(other) = weights.iter().find(|weight| weight.percent != first.percent) {
        let message = "some of these weights have a % and others have none";
        return Err(QuantityError::new(other.range.clone(), message)
            .help("write all of them with %, as shares of 100%, or all without"));
    }
    let sum: f64 = weights.iter().map(|weight| weight.value).sum();
    let rounding: f64 = weights.iter().map(|weight| weight.half_unit).sum();
    // The sum of decimal numbers in floating point is off by some units in the last place.
    let is_all = (sum - 100.0).abs() <= rounding.min(MOST_ROUNDING) + 1e-9;
    if !first.percent || is_all || weights.iter().any(|weight| weight.value <= 0.0) {
        return Ok(());
    }
    let found = fixed(sum, 6);
    let found = found.trim_end_matches('0').trim_end_matches('.');
    let message = format!("these shares add up to {found}%, not to 100%");
    Err(QuantityError::new(first.range.start..last.range.end, message)
        .help("make them add up to 100%, or write weights without %: those are divided by their sum"))
}

/// The error at the weight or value that causes it, or else at the whole call.
fn part_blamed(parts: &[Argument], whole: Range<usize>, error: DistError) -> QuantityError {
    let span = match error.argument.and_then(|argument| parts.get(argument)) {
        Some(Argument::Nested { weight: Some(weight), .. }) if error.message.starts_with("`weight`") => {
            weight.range.clone()
        }
        Some(part) => part.range(),
        None => whole,
    };
    QuantityError::new(span, error.message)
}

/// The error at the number that causes it, or else at the whole call.
pub(super) fn blamed(numbers: &[&Written], whole: Range<usize>, error: DistError) -> QuantityError {
    let number = error.argument.and_then(|argument| numbers.get(argument));
    QuantityError::new(number.map_or(whole, |number| number.range.clone()), error.message)
}

/// The level of a quantile by its name: 0.05 for `p5`, 0.025 for `p2.5`.
pub(super) fn level(name: &str) -> Option<f64> {
    let digits = name.strip_prefix('p').filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))?;
    digits.parse::<f64>().ok().map(|percent| percent / 100.0)
}

fn no_quantile(name: &str, span: Range<usize>) -> QuantityError {
    let message = match name {
        "min" | "max" => format!("`{name}` is given twice"),
        _ => format!("`{name}` is no quantile"),
    };
    QuantityError::new(span, message).help(QUANTILES)
}
