//! `sample(…)`: observed values, in a list or in a column of a file.

use super::call::Argument;
use super::parser::{Parser, Written};
use super::special::blamed;
use super::{QuantityError, Result};
use crate::diag::{Span, suggestion};
use crate::dist::Distribution;
use std::ops::Range;

/// The maximum number of values. More would add little to a distribution that is itself an assumption, and
/// the resolved scenario lists them all.
const MOST_VALUES: usize = 10_000;

const SYNTAX: &str = "for example `sample(31, 28.5, 40, 31)` or `sample('prices.csv', column='price')`";

/// The source of the numbers of samples that name a file.
pub(in crate::scenario) trait Columns {
    /// The numbers in a column of a file; without a name, those of its only column.
    fn column(&mut self, file: &str, column: Option<&str>) -> Result<Vec<Cell>, ColumnError>;
}

/// A number in a data file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::scenario) struct Cell {
    pub(in crate::scenario) value: f64,
    pub(in crate::scenario) percent: bool,
    /// Whether its point may have been meant to separate thousands: `57.000`.
    pub(in crate::scenario) grouped: bool,
}

/// Why a column can't be read.
pub(in crate::scenario) struct ColumnError {
    /// Whether the problem is the name of the column rather than the file.
    is_column: bool,
    message: String,
    help: Option<String>,
    see: Option<Span>,
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

    /// Suggests the nearest of the known names; if none is near, lists them.
    pub(in crate::scenario) fn suggest<'a>(
        self,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self { help: suggestion(given, known), ..self }
    }

    pub(in crate::scenario) fn see(self, span: Span) -> Self {
        Self { see: Some(span), ..self }
    }
}

/// Refuses all files: for quantities outside a scenario.
pub(super) struct NoFiles;

impl Columns for NoFiles {
    fn column(&mut self, _: &str, _: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
        Err(ColumnError::file("files are read for scenarios only"))
    }
}

/// A sample that names a file: its location in the text, and what replaces it.
pub(super) struct Sampled {
    range: Range<usize>,
    named: Named,
}

/// A text with samples that name files.
#[derive(Debug)]
pub(in crate::scenario) struct Named {
    /// With the names of the files only, for display.
    pub(in crate::scenario) shown: String,
    /// With the numbers as well, so that it can be read without the files.
    pub(in crate::scenario) resolved: String,
}

/// The whole text, both for display and resolved, if any sample in it names a file.
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

    /// Stores the file, whose argument needs no name, or the column. Returns `false` for a second one and for
    /// anything else.
    fn takes(&mut self, name: Option<&str>, words: &'a str, range: &Range<usize>) -> bool {
        let slot = match name {
            None | Some("file") => &mut self.file,
            Some("column") => &mut self.column,
            Some(_) => return false,
        };
        slot.replace((words, range.clone())).is_none()
    }

    /// The call for display, and with the numbers of its file; `None` if it names no file.
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
        // A resolved scenario lists the numbers beside the file that they came from, which need not exist any
        // more.
        if numbers.is_empty() {
            numbers = self.numbers_of_file(&call)?;
        }
        if numbers.len() > MOST_VALUES {
            let message = format!("a sample has at most 10,000 values; these are {}", numbers.len());
            let span = call.file.map_or(range, |(_, file)| file);
            return Err(QuantityError::new(span, message)
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

    /// The numbers of the file that a call names; empty if it names none.
    fn numbers_of_file(&mut self, call: &Call<'_>) -> Result<Vec<Written>> {
        let Some((file, span)) = &call.file else { return Ok(Vec::new()) };
        let column = call.column.as_ref();
        let cells = self.columns.column(file, column.map(|(name, _)| *name)).map_err(|error| {
            let span = column.filter(|_| error.is_column).map_or(span, |(_, span)| span);
            QuantityError { range: span.clone(), message: error.message, help: error.help, see: error.see }
        })?;
        let written = |Cell { value, percent, grouped }| Written {
            value,
            percent,
            grouped,
            half_unit: 0.0,
            range: span.clone(),
        };
        Ok(cells.into_iter().map(written).collect())
    }
}

/// Words in quotation marks of a kind that they don't contain.
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
            "mixture(50%: truncate(sample('p.csv', column='price'), min=0), 50%: sample('p.csv', \
             column='x'))",
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
