//! Numbers for people: thousands separators, few digits, the unit that suits the size.
//!
//! Shows, never rounds what is stored: files get full precision elsewhere.

use super::Dimension;

/// A unit to show values in, chosen once for a table or a chart so that its numbers can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The unit's text: `t`, `kt`, `MUSD`, `%`.
    pub unit: &'static str,
    /// Base units in one of it.
    pub factor: f64,
}

impl Scale {
    /// The largest unit in which `largest` (in base units) is at least 2, so that numbers stay short.
    pub fn for_largest(dimension: Dimension, largest: f64) -> Self {
        let choices: &[(&'static str, f64)] = match dimension {
            Dimension::MASS => &[("t", 1.0), ("kt", 1e3), ("Mt", 1e6), ("Gt", 1e9)],
            Dimension::MONEY => &[("USD", 1.0), ("kUSD", 1e3), ("MUSD", 1e6), ("bn USD", 1e9)],
            Dimension::MONEY_PER_MASS => &[("USD/t", 1.0)],
            Dimension::TIME => &[("months", 1.0)],
            Dimension::SHARE => &[("%", 0.01)],
            _ => &[("", 1.0)],
        };
        let fits = |&&(_, factor): &&(&str, f64)| largest.abs() >= 2.0 * factor;
        let &(unit, factor) = choices.iter().rev().find(fits).unwrap_or(&choices[0]);
        Self { unit, factor }
    }

    /// The value in this unit, with enough digits for three significant ones and thousands separators.
    pub fn show(self, value: f64) -> String {
        number(value / self.factor)
    }

    /// Decimals that give `largest` three significant digits: the numbers of a column are shown with the same.
    pub fn decimals(self, largest: f64) -> usize {
        match (largest / self.factor).abs() {
            x if x >= 100.0 => 0,
            x if x >= 10.0 => 1,
            _ => 2,
        }
    }

    /// The value in this unit with so many decimals.
    pub fn show_fixed(self, value: f64, decimals: usize) -> String {
        fixed(value / self.factor, decimals)
    }

    /// The value with its unit: `22 kt`, `36%`.
    pub fn show_with_unit(self, value: f64) -> String {
        let blank = if self.unit == "%" || self.unit.is_empty() { "" } else { " " };
        format!("{}{blank}{}", self.show(value), self.unit)
    }
}

/// A number with about three significant digits and a thin thousands separator: `22.4`, `1,265`, `0.35`.
pub fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        s if s >= 100.0 || s == 0.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        _ => 3,
    };
    if !value.is_finite() {
        return value.to_string();
    }
    if size >= 1e15 || (size < 5e-4 && size > 0.0) {
        return format!("{value:.2e}");
    }
    trim_zeros(&with_separators(&format!("{value:.decimals$}")))
}

/// A number rounded to `decimals` places, always with that many, so that columns align.
pub fn fixed(value: f64, decimals: usize) -> String {
    with_separators(&format!("{value:.decimals$}"))
}

/// A whole number with thousands separators: `10,000`.
pub fn count(value: u64) -> String {
    with_separators(&value.to_string())
}

/// A chance in whole per cent, honest at the ends: `<1%`, `>99%`, and `0%` or `100%` only if it is.
pub fn chance(p: f64) -> String {
    match p {
        p if p <= 0.0 => "0%".to_owned(),
        p if p >= 1.0 => "100%".to_owned(),
        p if p < 0.01 => "<1%".to_owned(),
        p if p > 0.99 => ">99%".to_owned(),
        p => format!("{:.0}%", p * 100.0),
    }
}

/// Puts commas between the thousands of a decimal number.
fn with_separators(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, f)| (whole, Some(f)));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.' | ',')) {
        text = text.trim_start_matches('-').to_owned();
    }
    text
}

fn trim_zeros(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_have_separators() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (22_000.0, "22,000"),
            (1_234_567.8, "1,234,568"),
            (12.34, "12.3"),
            (1.5, "1.5"),
            (0.125, "0.125"),
            (-1500.0, "-1,500"),
            (f64::NAN, "NaN"),
            (1e18, "1.00e18"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn the_unit_follows_the_largest_value() {
        let show = |largest: f64| Scale::for_largest(Dimension::MASS, largest).unit;
        assert_eq!((show(0.0), show(900.0), show(22_000.0), show(3e6)), ("t", "t", "kt", "Mt"));
        assert_eq!(Scale::for_largest(Dimension::SHARE, 0.5).show_with_unit(0.25), "25%");
    }

    #[test]
    fn chances_never_claim_certainty_that_is_not_there() {
        let shown: Vec<_> = [0.0, 0.004, 0.5, 0.996, 1.0].into_iter().map(chance).collect();
        assert_eq!(shown, ["0%", "<1%", "50%", ">99%", "100%"]);
    }
}
