//! Invalid runs, in words.

use crate::results::{Fault, Health, RunResult};
use crate::time::Month;
use crate::units::format::{count, number};

/// A sentence about invalid runs: how many there are, whether the result leaves them out, and what is wrong
/// with the first; `None` where there are none.
///
/// `3 of 10,000 runs are invalid and left out; the first is run 8123: products.flour.volume is NaN in Mar
/// 2027.`
pub fn text(result: &RunResult, left_out: bool) -> Option<String> {
    let Health { invalid, located } = &result.health;
    let first = located.first()?;
    let runs = count(result.info.runs);
    let many = match (result.sound_runs(), invalid) {
        (0, 1) => "the only run is invalid".to_owned(),
        (0, _) => format!("all {runs} runs are invalid"),
        (_, 1) => format!("1 of {runs} runs is invalid"),
        _ => format!("{} of {runs} runs are invalid", count(*invalid)),
    };
    let out = if left_out { " and left out" } else { "" };
    Some(format!("{many}{out}; the first is run {}: {}.", first.run, fault(first)))
}

/// `products.flour.volume is NaN in Mar 2027`.
pub(super) fn fault(fault: &Fault) -> String {
    let what = match fault.value {
        value if value.is_nan() => "is NaN".to_owned(),
        value if value.is_infinite() => "is infinite".to_owned(),
        value => format!("is below zero ({})", number(value)),
    };
    let when = fault.period.parse::<Month>().map_or_else(|_| fault.period.clone(), Month::in_words);
    format!("{} {what} in {when}", fault.metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_metric_value_and_period() {
        let of = |period: &str, value| {
            fault(&Fault { run: 1, period: period.to_owned(), metric: "volume".to_owned(), value })
        };
        assert_eq!(of("2027-03", f64::NAN), "volume is NaN in Mar 2027");
        assert_eq!(of("2027", f64::NEG_INFINITY), "volume is infinite in 2027");
        assert_eq!(of("2025-12", -1234.5), "volume is below zero (−1,234) in Dec 2025");
    }
}
