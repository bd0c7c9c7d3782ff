//! A precision that was asked for, in words.

use crate::results::Precision;
use crate::units::format::{count, number};

/// What it cost, or why it isn't there: `1% precision of volume in 2030 needed 32,768 runs.`
pub fn text(precision: &Precision) -> String {
    let Precision { metric, year, wanted, found, runs } = precision;
    let (wanted, runs) = (percent(*wanted), count(*runs));
    if precision.is_reached() {
        return format!("{wanted} precision of {metric} in {year} needed {runs} runs.");
    }
    let given =
        found.map_or_else(|| "it can't be told".to_owned(), |found| format!("they gave {}", percent(found)));
    format!("{runs} runs were not enough for {wanted} precision of {metric} in {year}: {given}.")
}

fn percent(share: f64) -> String {
    format!("{}%", number(share * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_it_cost_or_what_there_is_instead() {
        let precision =
            |found| Precision { metric: "volume".to_owned(), year: 2030, wanted: 0.01, found, runs: 32_768 };
        assert_eq!(text(&precision(Some(0.01))), "1% precision of volume in 2030 needed 32,768 runs.");
        assert_eq!(
            text(&precision(Some(0.0143))),
            "32,768 runs were not enough for 1% precision of volume in 2030: they gave 1.43%."
        );
        assert!(text(&precision(None)).ends_with("it can't be told."));
    }
}
