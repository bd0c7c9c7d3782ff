//! Quantities as people write them: `15180 t/year`, `5 to 10 kt`, `normal(8%, 5%) /year`.
//!
//! # Grammar
//! ```text
//! quantity     = expression [unit]
//! expression   = number | number "to" number | name "(" [argument {"," argument}] ")"
//! argument     = number | name "=" number | expression | number ":" expression
//! number       = ["+" | "-"] digits ["." digits] ["e" digits] ["%"]        digits may have "_" between them
//! unit         = [simple] {"/" simple}                                     simple: t, kt, USD, month, year, …
//! ```
//! `a to b` is a 90% interval: lognormal when both ends are positive, else normal. A `%` behind the second number of an
//! interval holds for both. `name = number` names a parameter; `number ":" …` gives a weight.

use crate::dist::{self, Distribution, Kind};
use crate::units::Unit;
use std::ops::Range;

/// A quantity as read: its distribution in the unit as written, and that unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// In the unit as written; percentages are already shares.
    pub distribution: Distribution,
    /// The unit.
    pub unit: Unit,
    /// Whether its numbers were written with `%`.
    pub percent: bool,
}

/// What is wrong with a quantity, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityError {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl QuantityError {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Expressions inside one another deeper than this are refused: nobody means them, and each takes stack.
const DEEPEST: usize = 8;

/// Reads a quantity.
///
/// # Errors
/// The first thing that is wrong, with its place in the text and, where it can be guessed, what would be right.
///
/// # Examples
/// ```
/// use corridor::scenario::parse_quantity;
/// let growth = parse_quantity("normal(8%, 5%) /year").unwrap();
/// assert!((growth.distribution.mean() - 0.08).abs() < 1e-12);
/// assert_eq!(growth.unit.factor, 1.0 / 12.0);
/// assert!(parse_quantity("10 to 5 kt").is_err());
/// ```
pub fn parse(text: &str) -> Result<Quantity, QuantityError> {
    let mut parser = Parser { text, at: 0, percent: false };
    let distribution = parser.expression(0)?;
    parser.skip_blanks();
    let unit = parser.unit()?;
    Ok(Quantity { distribution, unit, percent: parser.percent })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    percent: bool,
}

/// A number as written.
#[derive(Debug, Clone)]
struct Written {
    value: f64,
    percent: bool,
    range: Range<usize>,
}

impl Written {
    fn share(&self) -> f64 {
        if self.percent { self.value / 100.0 } else { self.value }
    }
}

/// An argument of a distribution.
enum Argument {
    Number { name: Option<(String, Range<usize>)>, number: Written },
    Nested { weight: Option<Written>, distribution: Distribution, range: Range<usize> },
}

type Result<T, E = QuantityError> = std::result::Result<T, E>;

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes a character if it comes next, after blanks.
    fn takes(&mut self, c: char) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    fn expression(&mut self, depth: usize) -> Result<Distribution> {
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
            self.percent |= first.percent;
            return Ok(Distribution::constant(first.share()));
        }
        self.at += 2;
        self.skip_blanks();
        let mut second = self.number()?;
        self.interval(first, &mut second)
    }

    fn interval(&mut self, mut first: Written, second: &mut Written) -> Result<Distribution> {
        let range = first.range.start..second.range.end;
        if first.percent && !second.percent {
            return Err(QuantityError::new(
                second.range.clone(),
                "one end of the interval has a % and the other has none",
            )
            .help(format!("write `{} to {}%`", first.value, second.value)));
        }
        first.percent = second.percent;
        self.percent |= second.percent;
        if first.share() >= second.share() {
            return Err(QuantityError::new(
                range,
                "the interval runs backwards: its 5% end is not below its 95% end",
            )
            .help(format!("write `{} to {}`", second.value, first.value)));
        }
        Distribution::interval(first.share(), second.share())
            .map_err(|e| QuantityError::new(range, e.message))
    }

    fn number(&mut self) -> Result<Written> {
        self.skip_blanks();
        let start = self.at;
        let bytes = self.rest().as_bytes();
        let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        while let Some(&byte) = bytes.get(end) {
            let exponent_sign = matches!(byte, b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
            let exponent = matches!(byte, b'e' | b'E')
                && bytes.get(end + 1).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-'));
            if !(byte.is_ascii_digit() || matches!(byte, b'.' | b'_') || exponent || exponent_sign) {
                break;
            }
            end += 1;
        }
        self.at = start + end;
        let value = self.finite_number(start..self.at)?;
        let after = self.at;
        let percent = self.takes('%');
        if !percent {
            self.at = after;
        }
        Ok(Written { value, percent, range: start..self.at })
    }

    fn finite_number(&self, range: Range<usize>) -> Result<f64> {
        let digits = self.text[range.clone()].replace('_', "");
        if digits.is_empty() || !digits.contains(|c: char| c.is_ascii_digit()) {
            let shown =
                self.text[range.start..].chars().next().map_or("the end".to_owned(), |c| format!("`{c}`"));
            let problem = QuantityError::new(
                range.start..self.here().end,
                format!("a number is expected here, not {shown}"),
            );
            return Err(problem.help("for example `15180 t/year`, `5 to 10 kt`, `normal(8%, 5%) /year`"));
        }
        if self.rest().starts_with(',')
            && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit())
            && !self.text.contains('(')
        {
            let problem = QuantityError::new(range.start..self.at + 1, "numbers are written without commas");
            return Err(problem.help(format!("write `{}_…` or leave the separator out", &self.text[range])));
        }
        match digits.parse::<f64>() {
            Ok(value) if value.abs() <= 1e30 => Ok(value),
            Ok(_) => Err(QuantityError::new(range, "this number is too large: the most is 1e30")),
            Err(_) => {
                Err(QuantityError::new(range, "this is not a number")
                    .help("write it like 15180, 0.35 or 1e6"))
            }
        }
    }

    fn word(&mut self) -> (String, Range<usize>) {
        let start = self.at;
        let len = self
            .rest()
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
            .unwrap_or(self.rest().len());
        self.at += len;
        (self.text[start..self.at].to_owned(), start..self.at)
    }

    fn call(&mut self, depth: usize) -> Result<Distribution> {
        let (name, place) = self.word();
        let families = dist::families().iter().map(|family| family.name);
        if dist::family(&name).is_none() {
            return Err(unknown_name(&name, place, families));
        }
        if depth >= DEEPEST {
            return Err(QuantityError::new(place, "distributions stand too deep inside one another"));
        }
        if !self.takes('(') {
            let help = dist::family(&name).map_or(String::new(), |family| family.summary.to_owned());
            return Err(
                QuantityError::new(place, format!("`{name}` needs its parameters in parentheses")).help(help)
            );
        }
        let arguments = self.arguments(depth)?;
        let range = place.start..self.at;
        match name.as_str() {
            "discrete" => self.discrete(&arguments, range),
            "mixture" => mixture(arguments, range),
            "truncate" => truncate(arguments, range),
            _ => self.family(&name, &arguments, range),
        }
    }

    fn arguments(&mut self, depth: usize) -> Result<Vec<Argument>> {
        let mut arguments = Vec::new();
        if self.takes(')') {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.argument(depth)?);
            if self.takes(')') {
                return Ok(arguments);
            }
            if !self.takes(',') {
                return Err(QuantityError::new(
                    self.here(),
                    "a comma or a closing parenthesis is missing here",
                ));
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<Argument> {
        self.skip_blanks();
        let start = self.at;
        if self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            let (name, range) = self.word();
            if self.takes('=') {
                return Ok(Argument::Number { name: Some((name, range)), number: self.number()? });
            }
            self.at = start;
            return self.nested(None, depth);
        }
        let number = self.number()?;
        if self.takes(':') {
            return self.nested(Some(number), depth);
        }
        self.skip_blanks();
        if self.rest().starts_with("to ") {
            self.at = start;
            return self.nested(None, depth);
        }
        Ok(Argument::Number { name: None, number })
    }

    fn nested(&mut self, weight: Option<Written>, depth: usize) -> Result<Argument> {
        self.skip_blanks();
        let start = self.at;
        let distribution = self.expression(depth + 1)?;
        Ok(Argument::Nested { weight, distribution, range: start..self.at })
    }

    fn family(&mut self, name: &str, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let family = dist::family(name).expect("looked up before");
        let mut positional = Vec::new();
        let mut named: Vec<(&str, &Written)> = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Number { name: None, number } => positional.push(number),
                Argument::Number { name: Some((name, _)), number } => named.push((name, number)),
                Argument::Nested { range, .. } => {
                    return Err(QuantityError::new(range.clone(), format!("`{name}` takes numbers only")));
                }
            }
        }
        let given_names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let Some(form) = family.form_for(positional.len(), &given_names) else {
            let problem = QuantityError::new(range, format!("these are not the parameters of `{name}`"));
            return Err(problem.help(format!("it is written {}", forms(family))));
        };
        let written = |place: usize| {
            let by_name = || {
                named.iter().find(|(name, _)| *name == form.parameters[place].name).map(|(_, number)| *number)
            };
            positional.get(place).copied().or_else(by_name)
        };
        let given: Vec<Option<&Written>> = (0..form.parameters.len()).map(written).collect();
        self.check_percent(form.parameters, &given)?;
        let value = |(parameter, given): (&dist::Parameter, Option<&Written>)| {
            given.map_or(parameter.default.unwrap_or(0.0), Written::share)
        };
        let values: Vec<f64> = form.parameters.iter().zip(given.iter().copied()).map(value).collect();
        (form.build)(&values).map_err(|error| {
            let place = error.argument.and_then(|argument| given.get(argument).copied().flatten());
            QuantityError::new(place.map_or(range, |number| number.range.clone()), error.message)
        })
    }

    /// All parameters that carry the unit have a `%` or none has; zero goes with both. Shapes have none.
    fn check_percent(&mut self, parameters: &[dist::Parameter], given: &[Option<&Written>]) -> Result<()> {
        let values = || {
            let carries_unit = |(parameter, number): (&dist::Parameter, Option<&Written>)| {
                (parameter.kind == Kind::Value).then_some(number).flatten().cloned()
            };
            parameters
                .iter()
                .zip(given.iter().copied())
                .filter_map(carries_unit)
                .filter(|number| number.value != 0.0)
        };
        let some = values().any(|number| number.percent);
        if let Some(odd) = values().find(|number| number.percent != some) {
            return Err(QuantityError::new(odd.range, "some of these numbers have a % and others have none")
                .help("write all of them with %, or all without"));
        }
        self.percent |= some;
        for (parameter, number) in parameters.iter().zip(given) {
            if let Some(number) = number.filter(|number| number.percent && parameter.kind == Kind::Shape) {
                let message = format!("`{}` is a plain number, without %", parameter.name);
                return Err(QuantityError::new(number.range.clone(), message));
            }
        }
        Ok(())
    }

    fn discrete(&mut self, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let mut values = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Number { name: None, number } => {
                    self.percent |= number.percent;
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
                }
                Argument::Number { name: Some((_, range)), .. } => {
                    return Err(QuantityError::new(
                        range.clone(),
                        "`discrete` takes values, or weights and values",
                    )
                    .help("for example `discrete(1, 2, 3)` or `discrete(50%: 0, 30%: 6, 20%: 12)`"));
                }
            }
        }
        Distribution::discrete(&values).map_err(|e| QuantityError::new(range, e.message))
    }

    fn unit(&mut self) -> Result<Unit> {
        let start = self.at;
        let text = self.rest().trim_end();
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

fn truncate(arguments: Vec<Argument>, range: Range<usize>) -> Result<Distribution> {
    const SYNTAX: &str = "for example `truncate(normal(8%, 5%), min=0%, max=30%)`";
    let (mut inner, mut min, mut max) = (None, f64::NEG_INFINITY, f64::INFINITY);
    for argument in arguments {
        match argument {
            Argument::Nested { weight: None, distribution, .. } if inner.is_none() => {
                inner = Some(distribution);
            }
            Argument::Number { name: Some((name, _)), number } if name == "min" => min = number.share(),
            Argument::Number { name: Some((name, _)), number } if name == "max" => max = number.share(),
            _ => {
                return Err(QuantityError::new(range, "`truncate` takes a distribution, `min=` and `max=`")
                    .help(SYNTAX));
            }
        }
    }
    let Some(inner) = inner else {
        return Err(QuantityError::new(range, "`truncate` has no distribution to cut").help(SYNTAX));
    };
    inner.truncated(min, max).map_err(|e| QuantityError::new(range, e.message))
}

fn mixture(arguments: Vec<Argument>, range: Range<usize>) -> Result<Distribution> {
    let mut parts = Vec::new();
    for argument in arguments {
        match argument {
            Argument::Nested { weight: Some(weight), distribution, .. } => {
                parts.push((weight.share(), distribution));
            }
            Argument::Nested { range, .. } | Argument::Number { number: Written { range, .. }, .. } => {
                return Err(QuantityError::new(range, "each part of a mixture needs a weight")
                    .help("for example `mixture(50%: uniform(0, 9), 50%: 9 to 24)`"));
            }
        }
    }
    Distribution::mixture(parts).map_err(|e| QuantityError::new(range, e.message))
}

fn forms(family: &dist::Family) -> String {
    let show = |form: &dist::Form| {
        let names: Vec<&str> = form.parameters.iter().map(|parameter| parameter.name).collect();
        format!("`{}({})`", family.name, names.join(", "))
    };
    family.forms.iter().map(show).collect::<Vec<_>>().join(" or ")
}

fn unknown_name<'a>(name: &str, place: Range<usize>, known: impl Iterator<Item = &'a str>) -> QuantityError {
    let known: Vec<&str> = known.collect();
    let help = match crate::diag::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("distributions are {}", crate::diag::list(&known, 40)),
    };
    QuantityError::new(place, format!("`{name}` is no distribution")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(text: &str) -> f64 {
        let quantity = parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        quantity.distribution.mean() * quantity.unit.factor
    }

    #[test]
    fn every_way_to_write_a_quantity_is_read() {
        for (text, expected) in [
            ("15180 t/year", 1265.0),
            ("15_180t/year", 1265.0),
            ("8% /year", 0.08 / 12.0),
            ("-8 %/year", -0.08 / 12.0),
            ("0.97", 0.97),
            ("1e3 kg", 1.0),
            ("5 to 10", 7.229_784),
            ("-15 to 35% /year", 0.1 / 12.0),
            ("-15% to 35% /year", 0.1 / 12.0),
            ("normal(8%, 5%) /year", 0.08 / 12.0),
            ("normal(mean=8%, sd=5%)", 0.08),
            ("pert(0, 4, 30) months", 46.0 / 6.0),
            ("pert(2, 6, 24, lambda=4) months", 50.0 / 6.0),
            ("lognormal(mean=10, sd=3) kt", 10_000.0),
            ("discrete(1, 2, 6) months", 3.0),
            ("discrete(50%: 0, 50%: 6) months", 3.0),
            ("mixture(50%: uniform(0, 10), 50%: 20) months", 12.5),
            ("truncate(uniform(-10, 10), min=0) t", 5.0),
            ("uniform(0, 30%)", 0.15),
            ("beta(1, 1)", 0.5),
        ] {
            assert!(
                (mean(text) - expected).abs() < 1e-6 * expected.abs().max(1e-3),
                "{text}: {}",
                mean(text)
            );
        }
    }

    #[test]
    fn every_mistake_is_underlined_where_it_is() {
        for (text, part) in [
            ("10 to 5 kt", "10 to 5"),
            ("5% to 10", "10"),
            ("normal(8%, 5) /year", "5"),
            ("nromal(1, 2)", "nromal"),
            ("normal(1)", "normal(1)"),
            ("normal(1, -2)", "-2"),
            ("5 kt/yer", "yer"),
            ("5 furlongs", "furlongs"),
            ("pert(1, 2, 3, lambda=4%)", "4%"),
            ("mixture(5, 6)", "5"),
            ("normal", "normal"),
            ("1e99 t", "1e99"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(&text[error.range.clone()], part, "{text}: {}", error.message);
        }
    }

    #[test]
    fn nonsense_is_refused_without_harm() {
        let deep = format!("{}1{}", "truncate(".repeat(5000), ", min=0)".repeat(5000));
        let long = "9".repeat(100_000);
        for text in [
            "",
            " ",
            "(",
            "to",
            "1 to",
            "%",
            "é",
            "1 é",
            "normal(",
            "normal(,)",
            "normal(1,",
            "-",
            "1..2",
            "+-1",
            "1e",
            "e5",
            "nan",
            "inf",
            "discrete()",
            "mixture()",
            "truncate()",
            "truncate(5)x",
            "0x10",
            "1,000 t",
            "\u{0}",
            "1 to 2 to 3",
            "5:6",
            "discrete(0: 1)",
            "discrete(-1: 1)",
            "mixture(50%: )",
            "1 t t",
            &deep,
            &long,
        ] {
            let error = parse(text).expect_err(&text[..text.len().min(40)]);
            assert!(text.get(error.range.clone()).is_some(), "{text:?}: {:?}", error.range);
        }
    }
}
