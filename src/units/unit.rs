//! Units as people write them: `kt/year`, `USD/t`, `% /year`, `months`.

use super::Dimension;

/// A unit: its text, its dimension and its size in base units (tonnes, US dollars, months).
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The unit as written, without blanks around it.
    pub text: String,
    /// Its dimension.
    pub dimension: Dimension,
    /// The number of base units in one unit: 1 `kt/year` is 1000/12 tonnes a month.
    pub factor: f64,
}

/// A unit that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitError {
    /// The part that is not a known unit.
    pub part: String,
    /// The known unit that is nearest to it, if one is near.
    pub nearest: Option<&'static str>,
}

/// Every simple unit: its spellings, its dimension, its size in base units.
const SIMPLE: &[(&[&str], Dimension, f64)] = &[
    (&["t", "tonne", "tonnes"], Dimension::MASS, 1.0),
    (&["kg"], Dimension::MASS, 1e-3),
    (&["kt"], Dimension::MASS, 1e3),
    (&["Mt"], Dimension::MASS, 1e6),
    (&["USD"], Dimension::MONEY, 1.0),
    (&["kUSD"], Dimension::MONEY, 1e3),
    (&["MUSD"], Dimension::MONEY, 1e6),
    (&["month", "months"], Dimension::TIME, 1.0),
    (&["year", "years"], Dimension::TIME, 12.0),
    (&["%"], Dimension::SHARE, 0.01),
];

impl Unit {
    /// No unit: a plain number.
    pub fn none() -> Self {
        Self { text: String::new(), dimension: Dimension::SHARE, factor: 1.0 }
    }

    /// Reads a unit: simple units joined by `/`, the first of which may be missing (`/year`).
    ///
    /// # Errors
    /// The first part that is not a known unit, with the nearest known one.
    ///
    /// # Examples
    /// ```
    /// use corridor::units::{Dimension, Unit};
    /// let unit = Unit::parse("kt/year").unwrap();
    /// assert_eq!(unit.dimension, Dimension::MASS_PER_TIME);
    /// assert_eq!(unit.factor, 1000.0 / 12.0);
    /// assert_eq!(Unit::parse("kt/yer").unwrap_err().nearest, Some("year"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let text = text.trim();
        let mut unit = Self { text: text.to_owned(), ..Self::none() };
        for (index, part) in text.split('/').map(str::trim).enumerate() {
            if index == 0 && part.is_empty() {
                continue;
            }
            let (dimension, factor) = simple(part)?;
            let sign = if index == 0 { 1 } else { -1 };
            unit.dimension = unit.dimension.times(dimension, sign).ok_or_else(|| unknown(part))?;
            unit.factor = if index == 0 { factor } else { unit.factor / factor };
        }
        Ok(unit)
    }

    /// Every spelling of every simple unit, for help texts and the schema.
    pub fn spellings() -> impl Iterator<Item = &'static str> {
        SIMPLE.iter().flat_map(|(names, _, _)| names.iter().copied())
    }
}

fn simple(part: &str) -> Result<(Dimension, f64), UnitError> {
    SIMPLE
        .iter()
        .find(|(names, _, _)| names.contains(&part))
        .map(|&(_, dimension, factor)| (dimension, factor))
        .ok_or_else(|| unknown(part))
}

fn unknown(part: &str) -> UnitError {
    UnitError { part: part.to_owned(), nearest: crate::diag::nearest(part, Unit::spellings()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert_to_tonnes_dollars_and_months() {
        for (text, dimension, factor) in [
            ("t", Dimension::MASS, 1.0),
            ("Mt/year", Dimension::MASS_PER_TIME, 1e6 / 12.0),
            ("USD/kg", Dimension::MONEY_PER_MASS, 1e3),
            ("%/year", Dimension::PER_TIME, 0.01 / 12.0),
            ("% / year", Dimension::PER_TIME, 0.01 / 12.0),
            ("/month", Dimension::PER_TIME, 1.0),
            ("kUSD/month", Dimension::MONEY_PER_TIME, 1e3),
        ] {
            let unit = Unit::parse(text).expect(text);
            assert_eq!((unit.dimension, unit.factor), (dimension, factor), "{text}");
        }
    }

    #[test]
    fn an_unknown_unit_names_the_nearest_and_absurd_ones_do_not_panic() {
        assert_eq!(Unit::parse("MUSDs").expect_err("no unit").nearest, Some("MUSD"));
        assert_eq!(Unit::parse("furlong").expect_err("no unit").nearest, None);
        assert!(Unit::parse(&"/year".repeat(500)).is_err());
        assert_eq!(Unit::parse("").map(|unit| unit.dimension), Ok(Dimension::SHARE));
    }
}
