//! Whose word a driver rests on.

use crate::plan::Assumption;

/// Whose word the numbers of a driver rest on, constants among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Each has a source; or there is no number to have one.
    Sourced,
    /// Some are judgement.
    PartlyJudgement,
    /// All are judgement.
    Judgement,
    /// At least one names no source.
    Unsourced,
}

impl Basis {
    /// Of all numbers at these paths and below them.
    pub fn of(assumptions: &[Assumption], paths: &[String]) -> Self {
        let belongs = |assumption: &&Assumption| paths.iter().any(|path| is_within(&assumption.path, path));
        let numbers: Vec<&Assumption> =
            assumptions.iter().filter(|a| a.figures.is_some()).filter(belongs).collect();
        let judged = numbers.iter().filter(|number| number.is_judgement()).count();
        match judged {
            _ if numbers.iter().any(|number| number.lacks_source()) => Self::Unsourced,
            0 => Self::Sourced,
            all if all == numbers.len() => Self::Judgement,
            _ => Self::PartlyJudgement,
        }
    }

    /// How a table marks it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Sourced => "",
            Self::PartlyJudgement => "(?)",
            Self::Judgement => "?",
            Self::Unsourced => "!",
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::PartlyJudgement => "partly judgement",
            Self::Judgement => "judgement",
            Self::Unsourced => "no source",
        }
    }
}

fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Figures;

    fn number(path: &str, source: &str) -> Assumption {
        Assumption {
            path: path.to_owned(),
            written: String::new(),
            unit: String::new(),
            figures: Some(Figures { mean: 1.0, p05: 1.0, p95: 1.0 }),
            uncertain: false,
            source: source.to_owned(),
            note: String::new(),
            confidence: String::new(),
            file: String::new(),
        }
    }

    fn of(sources: &[(&str, &str)]) -> Basis {
        let numbers: Vec<Assumption> = sources.iter().map(|(path, source)| number(path, source)).collect();
        Basis::of(&numbers, &["events.bridge".to_owned()])
    }

    #[test]
    fn a_group_rests_on_judgement_only_if_it_has_numbers_and_all_are() {
        assert_eq!(of(&[]), Basis::Sourced);
        assert_eq!(of(&[("events.bridges.delay", "judgement")]), Basis::Sourced);
        assert_eq!(of(&[("events.bridge.delay", "judgement")]), Basis::Judgement);
        let some = [("events.bridge.delay", "judgement"), ("events.bridge.probability", "TASS")];
        assert_eq!(of(&some), Basis::PartlyJudgement);
        assert_eq!(of(&some[1..]), Basis::Sourced);
    }

    #[test]
    fn a_number_without_a_source_is_never_called_judgement() {
        assert_eq!(of(&[("events.bridge.delay", "judgement"), ("events.bridge.ramp", "")]), Basis::Unsourced);
    }
}
