//! The precision that was asked for and what it took, in words.

use crate::results::Precision;
use crate::units::format::{count, number};

/// How many runs it took, or what they gave instead: `1% precision of volume in 2030 needed 32,768 runs.`
pub fn text(precision: &Precision) -> String {
    let Precision { metric, year, wanted, found, unit, runs } = precision;
    let (wanted, runs) = (measured(*wanted, unit), count(*runs));
    if precision.is_reached() {
        return format!("{wanted} precision of {metric} in {year} needed {runs} runs.");
    }
    let given = found.map_or_else(
        || "the precision can't be estimated".to_owned(),
        |found| format!("they gave {}", measured(found, unit)),
    );
    format!("{runs} runs were not enough for {wanted} precision of {metric} in {year}: {given}.")
}

/// A share as a percentage, an amount with its unit.
fn measured(value: f64, unit: &str) -> String {
    if unit.is_empty() { format!("{}%", number(value * 100.0)) } else { format!("{} {unit}", number(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_it_cost_or_what_there_is_instead() {
        let precision = |found| Precision {
            metric: "volume".to_owned(),
            year: 2030,
            wanted: 0.01,
            found,
            unit: String::new(),
            runs: 32_768,
        };
        assert_eq!(text(&precision(Some(0.01))), "1% precision of volume in 2030 needed 32,768 runs.");
        assert_eq!(
            text(&precision(Some(0.0143))),
            "32,768 runs were not enough for 1% precision of volume in 2030: they gave 1.43%."
        );
        assert!(text(&precision(None)).ends_with("the precision can't be estimated."));
        let amount = Precision { wanted: 500.0, unit: "t/year".to_owned(), ..precision(Some(812.5)) };
        assert_eq!(
            text(&amount),
            "32,768 runs were not enough for 500 t/year precision of volume in 2030: they gave 812 t/year."
        );
    }
}
