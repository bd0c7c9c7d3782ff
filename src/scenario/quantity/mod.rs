//! Quantities as people write them: `15180 t/year`, `5 to 10 kt`, `normal(8%, 5%) /year`.
//!
//! # Grammar
//! ```text
//! quantity     = expression [unit]
//! expression   = number | number "to" number | name "(" [argument {"," argument}] ")" | points
//!                                                                     a space follows every ","
//! points       = name "=" number {"," name "=" number}                never inside another expression
//! argument     = number | name "=" number | expression | number ":" expression | [name "="] words
//! words        = "'" … "'" | '"' … '"'                                not containing the mark itself
//! number       = ["+" | "-"] digits ["." digits] ["e" digits] ["%"]   "_" may separate groups of three
//! unit         = [simple] {"/" simple}                                simple: t, kt, USD, month, year, …
//! ```
//! `a to b` is a 90% interval: lognormal if both ends are positive, otherwise normal. A `%` after the second
//! number of an interval applies to both. `name = number` names a parameter, and `p5 = number` a quantile,
//! whose name may have a decimal point (`p2.5`); `number ":" …` gives a weight. Words are the file and the
//! column of a `sample`.

mod call;
mod middle;
mod number;
mod parser;
mod sample;
mod special;

pub use number::readings_at;
pub(super) use number::{advice_for_cell, is_like_thousands, two_readings};
pub(super) use sample::{Cell, ColumnError, Columns, Named};

use crate::diag::Span;
use crate::dist::Distribution;
use crate::units::Unit;
use parser::Parser;
use std::ops::Range;

/// A quantity as read: its distribution and its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// In the unit as written, with percentages converted to shares.
    pub distribution: Distribution,
    /// The unit as written.
    pub unit: Unit,
    /// Whether its numbers were written with `%`.
    pub percent: bool,
}

/// A problem with a quantity, and its location in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityError {
    /// The byte range of the faulty part.
    pub range: Range<usize>,
    /// The problem in words.
    pub message: String,
    /// How to correct it.
    pub help: Option<String>,
    /// The cause in another text: the cell of a data file.
    pub see: Option<Span>,
}

impl QuantityError {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None, see: None }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Reads a quantity. Data files are read for scenarios only, so a `sample` must list its values here.
///
/// # Errors
/// The first problem, with its location in the text and, where it can be guessed, how to correct it.
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
    parse_with(text, &mut sample::NoFiles).map(|read| read.quantity)
}

/// The result of reading the text of a quantity.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) quantity: Quantity,
    /// How it is shown and resolved, if a sample in it names a file.
    pub(super) named: Option<Named>,
    /// Its numbers, if each of them may have been meant a thousand times as large (`57.000 to 344.000`);
    /// otherwise empty.
    pub(super) grouped: Vec<f64>,
}

/// Reads a quantity whose samples may name files.
pub(super) fn parse_with(text: &str, columns: &mut dyn Columns) -> Result<Read> {
    let mut parser = Parser::new(text, columns);
    let distribution = parser.expression(0)?;
    parser.skip_blanks();
    let unit = parser.unit()?;
    let percent = parser.percent_throughout()?;
    let named = sample::named(text, &parser.sampled);
    let grouped = parser.grouped.unwrap_or_default();
    Ok(Read { quantity: Quantity { distribution, unit, percent }, named, grouped })
}

/// The result of every part of the parser.
type Result<T, E = QuantityError> = std::result::Result<T, E>;

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
            ("pert(min=0, likely=4, max=30) months", 46.0 / 6.0),
            ("triangular(0, likely=3, max=9)", 4.0),
            ("gamma(shape=2.5, scale=4) kt", 10_000.0),
            ("gamma(mean=10%, sd=6%)", 0.1),
            ("student(8%, 5%, df=4)", 0.08),
            ("poisson(3.5) months", 3.5),
            ("binomial(n=12, p=25%)", 3.0),
            ("negative-binomial(mean=12, size=3)", 12.0),
            ("negative_binomial(3, 0.2)", 12.0),
            ("bernoulli(30%) kt", 300.0),
            ("sample(31, 28.5, 40, 31) USD/t", 32.625),
            ("sample(5%, 10%, 15%)", 0.1),
            ("quantiles(p10=10, p50=20, p90=30) kt", 20_000.0),
            ("metalog(p5=10%, p95=20%)", 0.15),
            ("quantiles(p2.5=1, p50=2, p97.5=3)", 2.0),
            ("p10=10, p50=20, p90=30 kt", 20_000.0),
            ("p5=10%,  p50=15%, p95=20% /year", 0.15 / 12.0),
            ("min=0, likely=4, max=30 months", 46.0 / 6.0),
            ("discrete(5: 1, 6: 2)", 17.0 / 11.0),
            ("discrete(33%: 1, 33%: 2, 33%: 3)", 2.0),
            ("quantiles(p10=20%, p50=50%, p90=80%, min=0, max=100%)", 0.5),
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
            ("gamma(2, -3) t", "-3"),
            ("gama(2, 3) t", "gama"),
            ("student(0, 1, df=1)", "1"),
            ("binomial(n=2.5, p=3%)", "2.5"),
            ("binomial(n=3, p=130%)", "130%"),
            ("poisson(50%)", "50%"),
            ("bernoulli(2)", "2"),
            ("sample(1, x=2)", "x=2"),
            ("sample(1, 2 to 3)", "2 to 3"),
            ("sample()", "sample()"),
            ("quantiles(10, 20)", "10"),
            ("quantiles(p10=10, p50=20, p90=45, p=3)", "p"),
            ("quantiles(p10=10, p50=8, p90=45)", "8"),
            ("quantiles(p10=10, p50=20, p100=45)", "45"),
            ("quantiles(p10=10, p50=20, min=11)", "11"),
            ("quantiles(p10=10, p50=20, max=15)", "15"),
            ("quantiles(p10=10, p50=20, min=1, min=2)", "min"),
            ("quantiles(p10=10, p50=20, p50=21)", "21"),
            ("quantiles(p50=20)", "quantiles(p50=20)"),
            ("quantiles(p10=10, p50=12, p90=45)", "quantiles(p10=10, p50=12, p90=45)"),
            ("quantiles(p10=10%, p50=12)", "12"),
            ("p10=10, p50=8, p90=45", "8"),
            ("p10=10, likely=20", "likely"),
            ("min=1, max=3", "min=1, max=3"),
            ("min=4, likely=2, max=5 kt", "2"),
            ("5 to 5", "5 to 5"),
            ("discrete(50%: 1, 60%: 2)", "50%: 1, 60%"),
            ("discrete(49%: 1, 49.5%: 2)", "49%: 1, 49.5%"),
            ("discrete(20%: 1, 20%: 2, 20%: 3, 20%: 4, 18.5%: 5)", "20%: 1, 20%: 2, 20%: 3, 20%: 4, 18.5%"),
            ("discrete(50%: 0, 50: 6)", "50"),
            ("discrete(50%: 0, 6)", "6"),
            ("mixture(50%: 1 to 2, 0.5: 3)", "0.5"),
            ("discrete(1: 1, -1: 2)", "-1"),
            ("mixture(50%: 1 to 2, 20%: 3 to 4)", "50%: 1 to 2, 20%"),
            ("mixture(2: 1 to 2, 0: 3 to 4)", "0"),
            ("truncate(normal(0, 1), min=3, max=2)", "2"),
            ("truncate(normal(0, 1), 3)", "3"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(text.get(error.range.clone()), Some(part), "{text}: {}", error.message);
        }
    }

    #[test]
    fn three_quantiles_that_cannot_be_met_are_refused_with_the_limit() {
        let error = parse("quantiles(p10=10, p50=15.8, p90=45) kt").expect_err("r = 0.1657");
        assert!(error.message.contains("no nearer to an end than 0.166578 of the way from `p10` to `p90`"));
        assert!(parse("quantiles(p10=10, p50=15.84, p90=45) kt").is_ok(), "r = 0.16686");
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
            "quantiles()",
            "quantiles(p=1)",
            "quantiles(p1.2.3=1)",
            "quantiles(p10.=1, p20=2)",
            "quantiles(p10=1, p20=1e31)",
            "sample(,)",
            "binomial(1e10, 0.5)",
            "poisson(-1)",
            "geometric(0)",
            "1 t t",
            &deep,
            &long,
        ] {
            let error = parse(text).expect_err("it is too deep or too long");
            assert!(text.get(error.range.clone()).is_some(), "{text:?}: {:?}", error.range);
        }
    }
}
