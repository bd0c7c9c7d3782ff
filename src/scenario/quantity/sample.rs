//! `sample(…)`: values that have been seen, in a list or in a column of a file.

use super::call::Argument;
use super::parser::{Parser, Written};
use super::special::blamed;
use super::{QuantityError, Result};
use crate::diag::{Place, suggestion};
use crate::dist::Distribution;
use std::ops::Range;

/// More values tell no more about a distribution that is itself an assumption, and the resolved scenario lists them all.
const MOST_VALUES: usize = 10_000;

const SYNTAX: &str = "for example `sample(31, 28.5, 40, 31)` or `sample('prices.csv', column='price')`";

/// Where samples that name a file get their numbers.
pub(in crate::scenario) trait Columns {
    /// The numbers of a column of a file; no name means the only column.
    fn column(&mut self, file: &str, column: Option<&str>) -> Result<Vec<Cell>, ColumnError>;
}

/// A number of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::scenario) struct Cell {
    pub(in crate::scenario) value: f64,
    pub(in crate::scenario) percent: bool,
    /// Whether its point may be meant to separate thousands: `57.000`.
    pub(in crate::scenario) grouped: bool,
}

/// Why a column can't be had.
pub(in crate::scenario) struct ColumnError {
    /// Whether the column's name is to blame, not the file.
    is_column: bool,
    message: String,
    help: Option<String>,
    see: Option<Place>,
}

impl ColumnError {
    pub(in crate::scenario) fn file(message: impl Into<String>) -> Self {
        Self { is_column: false, message: message.into(), help: None, see: None }
    }

    pub(in crate::scenario) fn column(message: impl Into<String>) -> Self {
        Self { is_column: true, ..Self::file(message) }
    }

    pub(in crate::scenario) fn help(self, text: impl Into<String>) -> Self {
        Self { help: Some(text.into()), ..self }
    }

    /// Suggests the nearest of some known names, else lists them.
    pub(in crate::scenario) fn suggest<'a>(
        self,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self { help: suggestion(given, known), ..self }
    }

    pub(in crate::scenario) fn see(self, place: Place) -> Self {
        Self { see: Some(place), ..self }
    }
}

/// No files: for quantities that stand in no scenario.
pub(super) struct NoFiles;

impl Columns for NoFiles {
    fn column(&mut self, _: &str, _: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
        Err(ColumnError::file("files are read for scenarios only"))
    }
}

/// A sample that names a file: where it stands in its text, and what is to stand there instead.
pub(super) struct Sampled {
    range: Range<usize>,
    named: Named,
}

/// A text with samples that name files.
#[derive(Debug)]
pub(in crate::scenario) struct Named {
    /// With the names of the files alone: for people.
    pub(in crate::scenario) shown: String,
    /// With their numbers as well: it reads the same without the files.
    pub(in crate::scenario) resolved: String,
}

/// The whole text, for people and resolved, if any sample of it names a file.
pub(super) fn named(text: &str, sampled: &[Sampled]) -> Option<Named> {
    let put = |form: fn(&Named) -> &str| {
        let (mut whole, mut at) = (String::new(), 0);
        for Sampled { range, named } in sampled {
            whole.push_str(text.get(at..range.start).unwrap_or_default());
            whole.push_str(form(named));
            at = range.end;
        }
        whole + text.get(at..).unwrap_or_default()
    };
    let any = !sampled.is_empty();
    any.then(|| Named { shown: put(|named| &named.shown), resolved: put(|named| &named.resolved) })
}

/// The arguments of a sample.
#[derive(Default)]
struct Call<'a> {
    numbers: Vec<Written>,
    file: Option<(&'a str, Range<usize>)>,
    column: Option<(&'a str, Range<usize>)>,
}

impl<'a> Call<'a> {
    fn new(arguments: &'a [Argument]) -> Result<Self> {
        let mut call = Self::default();
        for argument in arguments {
            let is_taken = match argument {
                Argument::Number { name: None, number } => {
                    call.numbers.push(number.clone());
                    true
                }
                Argument::Words { name, words, range } => call.takes(name.as_deref(), words, range),
                _ => false,
            };
            if !is_taken {
                let message = "`sample` takes values, or a file and a column of it";
                return Err(QuantityError::new(argument.range(), message).help(SYNTAX));
            }
        }
        match &call.column {
            Some((_, range)) if call.file.is_none() => {
                Err(QuantityError::new(range.clone(), "`column` goes with a file").help(SYNTAX))
            }
            _ => Ok(call),
        }
    }

    /// Takes the file, which needs no name, or the column; not a second one, nor anything else.
    fn takes(&mut self, name: Option<&str>, words: &'a str, range: &Range<usize>) -> bool {
        let slot = match name {
            None | Some("file") => &mut self.file,
            Some("column") => &mut self.column,
            Some(_) => return false,
        };
        slot.replace((words, range.clone())).is_none()
    }

    /// The call as it is shown, and with the numbers of its file; nothing where it names none.
    fn named(&self, numbers: &[Written]) -> Option<Named> {
        let (file, _) = self.file.as_ref()?;
        let column = self.column.as_ref().map(|(column, _)| format!(", column={}", in_marks(column)));
        let column = column.unwrap_or_default();
        let values = numbers.iter().map(shortest).collect::<Vec<_>>().join(", ");
        Some(Named {
            shown: format!("sample({}{column})", in_marks(file)),
            resolved: format!("sample({values}, file={}{column})", in_marks(file)),
        })
    }
}

impl Parser<'_> {
    pub(super) fn sample(&mut self, arguments: &[Argument], range: Range<usize>) -> Result<Distribution> {
        let mut call = Call::new(arguments)?;
        let mut numbers = std::mem::take(&mut call.numbers);
        // A resolved scenario says its numbers beside the file that they came from, which need not be there any more.
        if numbers.is_empty() {
            numbers = self.numbers_of_file(&call)?;
        }
        if numbers.len() > MOST_VALUES {
            let message = format!("a sample has at most 10,000 values; these are {}", numbers.len());
            let place = call.file.map_or(range, |(_, file)| file);
            return Err(QuantityError::new(place, message)
                .help("leave some out evenly, or say what they show: `quantiles(p5=…, p50=…, p95=…)`"));
        }
        self.sampled.extend(call.named(&numbers).map(|named| Sampled { range: range.clone(), named }));
        for number in &numbers {
            self.note(number);
        }
        let values: Vec<f64> = numbers.iter().map(Written::share).collect();
        Distribution::empirical(&values)
            .map_err(|error| blamed(&numbers.iter().collect::<Vec<_>>(), range, error))
    }

    /// The numbers of the file that a call names; none where it names none.
    fn numbers_of_file(&mut self, call: &Call<'_>) -> Result<Vec<Written>> {
        let Some((file, place)) = &call.file else { return Ok(Vec::new()) };
        let column = call.column.as_ref();
        let cells = self.columns.column(file, column.map(|(name, _)| *name)).map_err(|error| {
            let place = column.filter(|_| error.is_column).map_or(place, |(_, place)| place);
            QuantityError { range: place.clone(), message: error.message, help: error.help, see: error.see }
        })?;
        let written = |Cell { value, percent, grouped }| Written {
            value,
            percent,
            grouped,
            half_unit: 0.0,
            range: place.clone(),
        };
        Ok(cells.into_iter().map(written).collect())
    }
}

/// Words in marks that don't stand in them.
fn in_marks(words: &str) -> String {
    let mark = if words.contains('\'') { '"' } else { '\'' };
    format!("{mark}{words}{mark}")
}

/// The shortest text that reads as the same number.
fn shortest(number: &Written) -> String {
    let (plain, exponent) = (number.value.to_string(), format!("{:e}", number.value));
    let digits = if exponent.len() < plain.len() { exponent } else { plain };
    if number.percent { digits + "%" } else { digits }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_with};
    use super::*;

    /// One file with two columns.
    struct Prices;

    impl Columns for Prices {
        fn column(&mut self, _: &str, column: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
            let percent = column == Some("growth");
            let cell = |value| Cell { value, percent, grouped: false };
            if column.is_some() {
                Ok([0.1 + 0.2, 1e-7, 1e25, -3.0].map(cell).to_vec())
            } else {
                Ok(Vec::new())
            }
        }
    }

    #[test]
    fn what_is_resolved_reads_the_same_without_files() {
        for text in [
            "sample('p.csv', column='price') USD/t",
            "sample( file = \"it's.csv\" , column = 'growth' ) /year",
            "mixture(50%: truncate(sample('p.csv', column='price'), min=0), 50%: sample('p.csv', column='x'))",
        ] {
            let read = parse_with(text, &mut Prices).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let named = read.named.expect("it names a file");
            let again = parse_with(&named.resolved, &mut NoFiles).expect("it needs no file");
            assert_eq!(again.quantity, read.quantity, "{text}");
            let twice = again.named.expect("it still names the file");
            assert_eq!((twice.shown, twice.resolved), (named.shown, named.resolved), "{text}");
        }
    }

    #[test]
    fn a_text_that_names_a_file_is_shown_without_its_numbers() {
        let read = parse_with("truncate(sample(\"p.csv\",  column='price'), min=0) t", &mut Prices)
            .expect("it can be read");
        let named = read.named.expect("it names a file");
        assert_eq!(named.shown, "truncate(sample('p.csv', column='price'), min=0) t");
        let numbers = "0.30000000000000004, 1e-7, 1e25, -3";
        let expected = format!("truncate(sample({numbers}, file='p.csv', column='price'), min=0) t");
        assert_eq!(named.resolved, expected);
    }

    #[test]
    fn what_is_no_sample_is_underlined_where_it_is() {
        for (text, part) in [
            ("sample('p.csv')", "'p.csv'"),
            ("sample('p.csv", "'p.csv"),
            ("sample(column='price')", "'price'"),
            ("sample('p.csv', 'q.csv')", "'q.csv'"),
            ("sample('p.csv', row='price')", "'price'"),
            ("sample('p.csv', column=3)", "column=3"),
            ("normal('p.csv', 3)", "'p.csv'"),
            ("discrete('p.csv')", "'p.csv'"),
            ("mixture('p.csv')", "'p.csv'"),
            ("'p.csv'", "'"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(text.get(error.range.clone()), Some(part), "{text}: {}", error.message);
        }
    }

    #[test]
    fn ten_thousand_values_are_the_most() {
        let text = |count: usize| format!("sample({})", vec!["1"; count].join(", "));
        assert!(parse(&text(10_000)).is_ok() && parse(&text(10_001)).is_err());
    }
}
