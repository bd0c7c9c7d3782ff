//! Distributions written as calls: `normal(8%, 5%)`. Those whose arguments are not the parameters of a form,
//! such as `mixture(…)`, are handled in `special.rs`.

use super::parser::{Parser, Written};
use super::{QuantityError, Result, special};
use crate::dist::{self, Distribution, Family, Kind};
use crate::scenario::field::MISSING_PERCENT;
use std::ops::Range;

/// The maximum nesting depth of expressions: nobody needs more, and each level takes stack.
const DEEPEST: usize = 8;

const POINTS: &str = "for example `p5=10, p50=20, p95=45` or `min=10, likely=20, max=45`";

/// An argument of a distribution.
pub(super) enum Argument {
    Number { name: Option<(String, Range<usize>)>, number: Written },
    Nested { weight: Option<Written>, distribution: Distribution, range: Range<usize> },
    Words { name: Option<String>, words: String, range: Range<usize> },
}

impl Argument {
    pub(super) fn weight(&self) -> Option<&Written> {
        match self {
            Self::Nested { weight, .. } => weight.as_ref(),
            _ => None,
        }
    }

    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Number { name: Some((_, name)), number } => name.start..number.range.end,
            Self::Number { name: None, number } => number.range.clone(),
            Self::Nested { range, .. } | Self::Words { range, .. } => range.clone(),
        }
    }
}

impl Parser<'_> {
    pub(super) fn call(&mut self, depth: usize) -> Result<Distribution> {
        let (name, span) = self.word();
        if depth == 0 && self.takes('=') {
            self.at = span.start;
            return self.points(span.start);
        }
        let Some(family) = dist::family(&name) else {
            return Err(unknown_name(&name, span));
        };
        if depth >= DEEPEST {
            return Err(QuantityError::new(span, "distributions are nested too deeply"));
        }
        if !self.takes('(') {
            let problem = QuantityError::new(span, format!("`{name}` needs its parameters in parentheses"));
            return Err(problem.help(family.summary));
        }
        self.lists += 1;
        let arguments = self.arguments(depth)?;
        self.lists -= 1;
        let range = span.start..self.at;
        match family.name {
            "discrete" => self.discrete(&arguments, range),
            "sample" => self.sample(&arguments, range),
            "quantiles" => self.quantiles(&arguments, range),
            "mixture" => special::mixture(&arguments, range),
            "truncate" => self.truncate(arguments, range),
            _ => self.family(family, &arguments, range),
        }
    }

    /// Named points without the name of a distribution: `p5=1, p50=2, p95=4` are quantiles, and `min=1,
    /// likely=2, max=4` the parameters of a PERT.
    fn points(&mut self, start: usize) -> Result<Distribution> {
        let mut arguments = Vec::new();
        self.lists += 1;
        loop {
            self.skip_blanks();
            let (name, range) = self.word();
            if name.is_empty() || !self.takes('=') {
                return Err(QuantityError::new(self.here(), "`name=value` is expected here").help(POINTS));
            }
            arguments.push(Argument::Number { name: Some((name, range)), number: self.number()? });
            if !self.takes_comma()? {
                break;
            }
        }
        self.lists -= 1;
        let range = start..self.at;
        let is_quantile = |argument: &Argument| match argument {
            Argument::Number { name: Some((name, _)), .. } => special::level(name).is_some(),
            _ => false,
        };
        match dist::family("pert") {
            Some(pert) if !arguments.iter().any(is_quantile) => {
                self.family(pert, &arguments, range).map_err(|error| {
                    if error.help.is_some() {
                        QuantityError { help: Some(POINTS.to_owned()), ..error }
                    } else {
                        error
                    }
                })
            }
            _ => self.quantiles(&arguments, range),
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
            if !self.takes_comma()? {
                self.skip_blanks();
                return Err(QuantityError::new(
                    self.here(),
                    "a comma or a closing parenthesis is missing here",
                ));
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<Argument> {
        if let Some((words, range)) = self.quoted()? {
            return Ok(Argument::Words { name: None, words, range });
        }
        let start = self.at;
        if self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            let (name, range) = self.word();
            if self.takes('=') {
                if let Some((words, range)) = self.quoted()? {
                    return Ok(Argument::Words { name: Some(name), words, range });
                }
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

    fn family(
        &mut self,
        family: &Family,
        arguments: &[Argument],
        range: Range<usize>,
    ) -> Result<Distribution> {
        let name = family.name;
        let mut positional = Vec::new();
        let mut named: Vec<(&str, &Written)> = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Number { name: None, number } => positional.push(number),
                Argument::Number { name: Some((name, _)), number } => named.push((name, number)),
                Argument::Nested { range, .. } | Argument::Words { range, .. } => {
                    return Err(QuantityError::new(range.clone(), format!("`{name}` takes numbers only")));
                }
            }
        }
        let given_names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
        let Some(form) = family.form_for(positional.len(), &given_names) else {
            let problem = QuantityError::new(range, format!("these are not the parameters of `{name}`"));
            return Err(problem.help(format!("it is written {}", forms(family))));
        };
        let written = |index: usize| {
            let by_name = || {
                named.iter().find(|(name, _)| *name == form.parameters[index].name).map(|(_, number)| *number)
            };
            positional.get(index).copied().or_else(by_name)
        };
        let given: Vec<Option<&Written>> = (0..form.parameters.len()).map(written).collect();
        self.note_percent(form.parameters, &given)?;
        let value = |(parameter, given): (&dist::Parameter, Option<&Written>)| {
            given.map_or(parameter.default.unwrap_or(0.0), Written::share)
        };
        let values: Vec<f64> = form.parameters.iter().zip(given.iter().copied()).map(value).collect();
        form.distribution(&values).map_err(|error| {
            let span = error.argument.and_then(|argument| given.get(argument).copied().flatten());
            let problem =
                QuantityError::new(span.map_or(range, |number| number.range.clone()), error.message);
            match error.argument.and_then(|argument| form.parameters.get(argument)) {
                Some(parameter) if misses_percent(parameter, span) => problem.help(MISSING_PERCENT),
                Some(parameter) => problem.help(format!(
                    "`{}` is {}; it is written {}",
                    parameter.name,
                    parameter.meaning,
                    forms(family)
                )),
                None => problem,
            }
        })
    }

    /// Records the numbers that carry the unit. Shape parameters must not have a %; probabilities may have
    /// one.
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
}

/// Whether a hundredth of the number would be in range.
fn misses_percent(parameter: &dist::Parameter, given: Option<&Written>) -> bool {
    let takes_percent = matches!(parameter.kind, Kind::Ratio | Kind::Probability);
    given.is_some_and(|given| {
        takes_percent && !given.percent && given.value > 0.0 && parameter.range.contains(given.value / 100.0)
    })
}

fn forms(family: &Family) -> String {
    let show = |form: &dist::Form| {
        let names: Vec<&str> = form.parameters.iter().map(|parameter| parameter.name).collect();
        format!("`{}({})`", family.name, names.join(", "))
    };
    family.forms.iter().map(show).collect::<Vec<_>>().join(" or ")
}

fn unknown_name(name: &str, span: Range<usize>) -> QuantityError {
    if ["inf", "infinity", "nan"].contains(&name.to_ascii_lowercase().as_str()) {
        return QuantityError::new(span, "numbers must be finite");
    }
    let known: Vec<&str> = dist::families().iter().map(|family| family.name).collect();
    let also = dist::families().iter().flat_map(|family| family.also).copied();
    let help = match crate::diag::nearest(name, known.iter().copied().chain(also)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("distributions are {}", crate::diag::list(&known, 40)),
    };
    QuantityError::new(span, format!("`{name}` is no distribution")).help(help)
}
