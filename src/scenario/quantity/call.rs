//! Distributions as calls: `normal(8%, 5%)`, `discrete(…)`, `mixture(…)`, `truncate(…)`.

use super::parser::{Parser, Written};
use super::{QuantityError, Result};
use crate::dist::{self, Distribution, Kind};
use std::ops::Range;

/// Expressions inside one another deeper than this are refused: nobody means them, and each takes stack.
const DEEPEST: usize = 8;

/// An argument of a distribution.
enum Argument {
    Number { name: Option<(String, Range<usize>)>, number: Written },
    Nested { weight: Option<Written>, distribution: Distribution, range: Range<usize> },
}

impl Parser<'_> {
    pub(super) fn call(&mut self, depth: usize) -> Result<Distribution> {
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
            "truncate" => self.truncate(arguments, range),
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
        self.note_percent(form.parameters, &given)?;
        let value = |(parameter, given): (&dist::Parameter, Option<&Written>)| {
            given.map_or(parameter.default.unwrap_or(0.0), Written::share)
        };
        let values: Vec<f64> = form.parameters.iter().zip(given.iter().copied()).map(value).collect();
        (form.build)(&values).map_err(|error| {
            let place = error.argument.and_then(|argument| given.get(argument).copied().flatten());
            QuantityError::new(place.map_or(range, |number| number.range.clone()), error.message)
        })
    }

    /// Notes the numbers that carry the unit; shapes have no %.
    fn note_percent(&mut self, parameters: &[dist::Parameter], given: &[Option<&Written>]) -> Result<()> {
        for (parameter, number) in parameters.iter().zip(given) {
            match (parameter.kind, number) {
                (Kind::Value, Some(number)) => self.note(number),
                (Kind::Shape, Some(number)) if number.percent => {
                    let message = format!("`{}` is a plain number, without %", parameter.name);
                    return Err(QuantityError::new(number.range.clone(), message));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn discrete(&mut self, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let mut values = Vec::new();
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

    fn truncate(&mut self, arguments: Vec<Argument>, range: Range<usize>) -> Result<Distribution> {
        const SYNTAX: &str = "for example `truncate(normal(8%, 5%), min=0%, max=30%)`";
        let (mut inner, mut min, mut max) = (None, f64::NEG_INFINITY, f64::INFINITY);
        for argument in arguments {
            if let Argument::Number { number, .. } = &argument {
                self.note(number);
            }
            match argument {
                Argument::Nested { weight: None, distribution, .. } if inner.is_none() => {
                    inner = Some(distribution);
                }
                Argument::Number { name: Some((name, _)), number } if name == "min" => min = number.share(),
                Argument::Number { name: Some((name, _)), number } if name == "max" => max = number.share(),
                _ => {
                    return Err(QuantityError::new(
                        range,
                        "`truncate` takes a distribution, `min=` and `max=`",
                    )
                    .help(SYNTAX));
                }
            }
        }
        let Some(inner) = inner else {
            return Err(QuantityError::new(range, "`truncate` has no distribution to cut").help(SYNTAX));
        };
        if min == f64::NEG_INFINITY && max == f64::INFINITY {
            return Err(QuantityError::new(range, "`truncate` has no `min=` and no `max=`").help(SYNTAX));
        }
        inner.truncated(min, max).map_err(|e| QuantityError::new(range, e.message))
    }
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
    if ["inf", "infinity", "nan"].contains(&name.to_ascii_lowercase().as_str()) {
        return QuantityError::new(place, "numbers must be finite");
    }
    let known: Vec<&str> = known.collect();
    let help = match crate::diag::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("distributions are {}", crate::diag::list(&known, 40)),
    };
    QuantityError::new(place, format!("`{name}` is no distribution")).help(help)
}
