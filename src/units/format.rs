//! Formats numbers for people: with thousands separators, as many digits as are needed, and a unit that suits
//! their size.
//!
//! All numbers in tables, sentences, titles and labels of charts are formatted here. [`Format`] is for
//! numbers that are compared with one another, [`number`] and [`Scale`] for a single number. Only displayed
//! numbers are rounded: files are written elsewhere, with full precision.

use super::Dimension;

/// The minus sign of every displayed number.
pub const MINUS: char = '−';

/// Numbers from this size on are written with an exponent.
const WITH_EXPONENT_FROM: f64 = 1e15;
/// Numbers below this size are written with an exponent.
const WITH_EXPONENT_BELOW: f64 = 5e-4;
/// The maximum number of decimals of a bound such as `<0.0001`, which is still easy to read. If more would be
/// needed, the value itself is written with an exponent.
const MOST_DECIMALS_OF_LEAST: usize = 4;

/// A unit for displayed values, chosen once for a table or a chart so that its numbers can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The unit's text: `t`, `kt`, `MUSD`, `%`.
    pub unit: &'static str,
    /// The number of base units in one unit.
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

    /// The value in this unit, with about three significant digits and thousands separators.
    pub fn show(self, value: f64) -> String {
        number(value / self.factor)
    }

    /// The value with its unit: `22 kt`, `36%`.
    pub fn show_with_unit(self, value: f64) -> String {
        self.with_unit(&self.show(value))
    }

    /// The value with its unit and as many decimals as it takes to be told from its neighbours: what somebody
    /// wrote is shown as they wrote it, whatever the base unit.
    pub fn exact_with_unit(self, value: f64) -> String {
        let scaled = value / self.factor;
        let is_near = |decimals: &usize| {
            let step = libm::pow(10.0, -(*decimals as f64));
            (scaled - libm::round(scaled / step) * step).abs() <= 1e-9 * scaled.abs()
        };
        match (0..=9).find(is_near) {
            Some(decimals) if scaled.abs() < 1e9 => self.with_unit(&fixed(scaled, decimals)),
            _ => self.show_with_unit(value),
        }
    }

    /// A formatted number followed by the unit.
    fn with_unit(self, number: &str) -> String {
        let blank = if self.unit == "%" || self.unit.is_empty() { "" } else { " " };
        format!("{number}{blank}{}", self.unit)
    }
}

/// The format of numbers that are compared with one another: one unit and the same number of decimals for
/// all.
///
/// # Examples
/// ```
/// use corridor::units::{Dimension, format::Format};
///
/// let exports = Format::new(Dimension::MASS, [11.98e6, 12.03e6], [0.05e6]);
/// assert_eq!(exports.range((11.98e6, 12.03e6)), "11.980 to 12.030");
/// assert_eq!((exports.show(0.0), exports.show(200.0)), ("0".to_owned(), "<0.001".to_owned()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Format {
    /// The unit of all values.
    pub scale: Scale,
    decimals: usize,
    has_exponent: bool,
}

impl Format {
    /// The maximum number of decimals added for the smallest gap, beyond three digits of the largest value.
    const MORE_FOR_THE_SMALLEST: usize = 1;
    /// The maximum number of decimals added for the largest gap, beyond three digits of the largest value.
    const MORE_FOR_THE_LARGEST: usize = 6;

    /// A format for values of these sizes that makes these gaps visible: widths of intervals, differences,
    /// Monte Carlo errors. All are in base units; those that are not finite are ignored.
    ///
    /// # Formula
    /// The largest size gets three significant digits, with at most two decimals. The largest gap gets two
    /// significant digits; so does the smallest if one more decimal is enough for that. Thus the ends of an
    /// interval don't look equal only because digits are missing.
    pub fn new(
        dimension: Dimension,
        sizes: impl IntoIterator<Item = f64>,
        gaps: impl IntoIterator<Item = f64>,
    ) -> Self {
        let largest = sizes.into_iter().map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max);
        Self::in_unit(Scale::for_largest(dimension, largest), largest, gaps)
    }

    /// As [`new`](Self::new), in a given unit.
    pub fn in_unit(scale: Scale, largest: f64, gaps: impl IntoIterator<Item = f64>) -> Self {
        let largest = largest.abs() / scale.factor;
        let gaps: Vec<f64> = gaps
            .into_iter()
            .map(|gap| gap.abs() / scale.factor)
            .filter(|gap| *gap > 0.0 && gap.is_finite())
            .collect();
        let least = three_digits(largest);
        let narrow = gaps.iter().copied().reduce(f64::min).map_or(0, two_digits);
        // Something larger than all values (ten times a mean, say) is not a gap between them.
        let wide = gaps.iter().copied().filter(|gap| *gap <= largest).reduce(f64::max).map_or(0, two_digits);
        let decimals = least
            .max(narrow.min(least + Self::MORE_FOR_THE_SMALLEST))
            .max(wide.min(least + Self::MORE_FOR_THE_LARGEST));
        Self { scale, decimals, has_exponent: largest > 0.0 && largest < WITH_EXPONENT_BELOW }
    }

    /// A format in the same unit for the errors of such values: two digits of the largest error, and at least
    /// as many decimals as the values have.
    #[must_use]
    pub fn of_errors(self, errors: impl IntoIterator<Item = f64>) -> Self {
        let found = Self::in_unit(self.scale, f64::INFINITY, errors);
        Self { decimals: found.decimals.clamp(self.decimals, self.decimals + 2), ..self }
    }

    /// This format with at least as many decimals as another, so that both can be used in one column.
    #[must_use]
    pub fn beside(self, other: Self) -> Self {
        Self { decimals: self.decimals.max(other.decimals), ..self }
    }

    /// The text of the unit.
    pub fn unit(self) -> &'static str {
        self.scale.unit
    }

    /// A value: `−1,234.5`; `0` only for exactly zero, and `<0.1` or `>−0.1` for a value that would round to
    /// zero.
    pub fn show(self, value: f64) -> String {
        self.written(value, "")
    }

    /// A value with its sign: `+2.4`. Zero has none.
    pub fn signed(self, value: f64) -> String {
        self.written(value, if value > 0.0 { "+" } else { "" })
    }

    fn written(self, value: f64, sign: &str) -> String {
        let scaled = value / self.scale.factor;
        if scaled == 0.0 || !scaled.is_finite() {
            return number(scaled);
        }
        if self.has_exponent || scaled.abs() >= WITH_EXPONENT_FROM {
            return format!("{sign}{}", with_exponent(scaled));
        }
        let text = fixed(scaled, self.decimals);
        if text.contains(|digit: char| ('1'..='9').contains(&digit)) {
            return format!("{sign}{text}");
        }
        if self.decimals > MOST_DECIMALS_OF_LEAST {
            return format!("{sign}{}", with_exponent(scaled));
        }
        let least = 1.0 / power_of_ten(self.decimals);
        let (relation, least) = if scaled > 0.0 { ('<', least) } else { ('>', -least) };
        format!("{relation}{sign}{}", fixed(least, self.decimals))
    }

    /// A value with its unit: `22.0 kt`.
    pub fn with_unit(self, value: f64) -> String {
        self.scale.with_unit(&self.show(value))
    }

    /// A range: `5.2 to 81.8`.
    pub fn range(self, (low, high): (f64, f64)) -> String {
        format!("{} to {}", self.show(low), self.show(high))
    }

    /// A range of differences: `−0.1 to +2.4`.
    pub fn signed_range(self, (low, high): (f64, f64)) -> String {
        format!("{} to {}", self.signed(low), self.signed(high))
    }

    /// Both ends of a range with the unit: `18.7 and 52.0 kt`.
    pub fn between(self, (low, high): (f64, f64)) -> String {
        format!("{} and {}", self.show(low), self.with_unit(high))
    }
}

/// The number of decimals, at most two, that gives a number three significant digits.
fn three_digits(size: f64) -> usize {
    match size {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    }
}

/// The number of decimals that gives a gap two significant digits.
fn two_digits(gap: f64) -> usize {
    (0..MOST_DECIMALS).find(|&decimals| gap * power_of_ten(decimals) >= 10.0).unwrap_or(MOST_DECIMALS)
}

/// The maximum number of decimals: smaller gaps are rounding errors.
const MOST_DECIMALS: usize = 12;

fn power_of_ten(exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |power, _| 10.0 * power)
}

/// A number with about three significant digits and thousands separators: `22.4`, `1,265`, `0.35`.
pub fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        s if s >= 100.0 || s == 0.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        _ => 3,
    };
    if !value.is_finite() {
        return value.to_string().replace('-', &MINUS.to_string());
    }
    if size >= WITH_EXPONENT_FROM || (size < WITH_EXPONENT_BELOW && size > 0.0) {
        return with_exponent(value);
    }
    trim_zeros(&fixed(value, decimals))
}

fn with_exponent(value: f64) -> String {
    format!("{value:.2e}").replace('-', &MINUS.to_string())
}

/// A number with exactly `decimals` decimals, so that columns align.
pub fn fixed(value: f64, decimals: usize) -> String {
    with_separators(&format!("{value:.decimals$}"))
}

/// A whole number with thousands separators: `10,000`.
pub fn count(value: u64) -> String {
    with_separators(&value.to_string())
}

/// A probability in whole per cent; `<1%` and `>99%` near the ends, and `0%` or `100%` only if it is exactly
/// that.
pub fn chance(p: f64) -> String {
    match p {
        p if p <= 0.0 => "0%".to_owned(),
        p if p >= 1.0 => "100%".to_owned(),
        p if p < 0.01 => "<1%".to_owned(),
        p if p > 0.99 => ">99%".to_owned(),
        p => format!("{:.0}%", p * 100.0),
    }
}

/// The interval of a probability, with one decimal: `<0.1% to 0.4%`.
pub fn chance_range((low, high): (f64, f64)) -> String {
    let show = |p: f64| match p {
        p if p <= 0.0 => "0%".to_owned(),
        p if p >= 1.0 => "100%".to_owned(),
        p if p < 0.000_5 => "<0.1%".to_owned(),
        p if p >= 0.999_5 => ">99.9%".to_owned(),
        p => format!("{:.1}%", p * 100.0),
    };
    format!("{} to {}", show(low), show(high))
}

/// Inserts commas between the thousands of a decimal number, and writes a minus sign unless the number rounds
/// to zero.
fn with_separators(digits: &str) -> String {
    let (is_below_zero, rest) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, f)| (whole, Some(f)));
    let mut text = String::new();
    if is_below_zero && rest.contains(|digit| digit != '0' && digit != '.') {
        text.push(MINUS);
    }
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
            (-1e-4, "−1.00e−4"),
            (22_000.0, "22,000"),
            (1_234_567.8, "1,234,568"),
            (12.34, "12.3"),
            (1.5, "1.5"),
            (0.125, "0.125"),
            (-1500.0, "−1,500"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "−inf"),
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
    fn a_column_has_the_digits_that_its_intervals_need_and_the_same_everywhere() {
        let show = |values: [f64; 3], gaps: &[f64]| {
            let format = Format::new(Dimension::MASS, values, gaps.iter().copied());
            values.map(|value| format.show(value))
        };
        assert_eq!(show([29.6e3, 36e3, 5.234e3], &[30e3, 7e3]), ["29.6", "36.0", "5.2"]);
        assert_eq!(show([11.98e6, 12e6, 12.03e6], &[0.05e6]), ["11.980", "12.000", "12.030"]);
        // One narrow interval among wide ones gets one more decimal, not as many as it would need.
        assert_eq!(show([29.6e3, 36e3, 5.234e3], &[30e3, 7.0]), ["29.60", "36.00", "5.23"]);
        assert_eq!(show([120.0, 1_265.0, 0.0], &[900.0]), ["120", "1,265", "0"]);
    }

    #[test]
    fn nothing_is_shown_as_zero_but_zero() {
        let format = Format::new(Dimension::MASS, [90e3], [50e3]);
        let shown = [0.0, -0.0, 0.02e3, -0.02e3, 0.06e3].map(|value| format.show(value));
        assert_eq!(shown, ["0", "0", "<0.1", ">−0.1", "0.1"]);
        let shown = [0.0, 0.02e3, -0.02e3, 2.4e3, -2.4e3].map(|value| format.signed(value));
        assert_eq!(shown, ["0", "<+0.1", ">−0.1", "+2.4", "−2.4"]);
        assert_eq!(
            Format::new(Dimension::MASS, [3e-20], [2e-20]).range((1e-20, 3e-20)),
            "1.00e−20 to 3.00e−20"
        );
    }

    #[test]
    fn errors_have_two_digits_in_the_unit_of_their_values() {
        let format = Format::new(Dimension::MASS, [90e3], [50e3]);
        assert_eq!(format.of_errors([140.0, 40.0]).show(140.0), "0.14");
        assert_eq!(format.of_errors([0.0]).show(0.0), "0");
        assert_eq!(format.of_errors([1e-3]).show(1e-3), "<0.001");
    }

    #[test]
    fn chances_never_claim_certainty_that_is_not_there() {
        let shown: Vec<_> = [0.0, 0.004, 0.5, 0.996, 1.0].into_iter().map(chance).collect();
        assert_eq!(shown, ["0%", "<1%", "50%", ">99%", "100%"]);
        assert_eq!(chance_range((0.0, 0.000_38)), "0% to <0.1%");
        assert_eq!(chance_range((0.123, 0.999_9)), "12.3% to >99.9%");
    }
}
