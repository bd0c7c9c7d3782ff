//! What drives a figure, in sentences.

use super::drivers::ends;
use crate::attribution::{Basis, Driver, Drivers, Kind};
use crate::units::format::{chance, count};

/// The most drivers that are named.
const NAMED: usize = 3;
/// A driver that explains less than this by itself isn't named.
const NAMED_FROM: f64 = 0.01;
/// A share whose 95% interval is wider than this isn't reported.
const REPORTED_WITHIN: f64 = 0.4;
/// A swing smaller than this share of the mean isn't mentioned.
const MENTIONED_FROM: f64 = 0.05;

/// The rows that explain most of the variance, and how much of it stays unexplained.
///
/// `Of the variance of exports in 2030 finance.growth alone explains 17%, products.flour.growth 10%,
/// finance.cash 5%; all three are judgement. 16% (9% to 22%) is unexplained (residual): …`
pub(super) fn what_drives(drivers: &Drivers) -> Option<String> {
    if drivers.is_certain() {
        return None;
    }
    let rest = rest(drivers);
    let named = named(drivers);
    let Some((first, others)) = named.split_first() else { return Some(rest) };
    let share = |driver: &Driver| chance(driver.share.value());
    let others: Vec<String> =
        others.iter().map(|driver| format!(", {} {}", driver.path, share(driver))).collect();
    Some(format!(
        "Of the variance of exports in {} {} alone explains {}{}{}. {rest}",
        drivers.year.in_words(),
        first.path,
        share(first),
        others.concat(),
        judged(&named)
    ))
}

fn rest(drivers: &Drivers) -> String {
    let Some((value, (low, high))) = unexplained(drivers) else {
        let runs = count(drivers.figure.count());
        return format!("The unexplained share can't be estimated from {runs} runs.");
    };
    format!(
        "{} ({} to {}) is unexplained (residual): variation of single months about the yearly mean, and \
         interactions beyond those among the leading inputs.",
        chance(value),
        chance(low),
        chance(high)
    )
}

/// The share of the variance that no row explains alone and the leading ones don't explain together, with its
/// 95% interval; `None` where that interval is too wide to be useful.
pub(super) fn unexplained(drivers: &Drivers) -> Option<(f64, (f64, f64))> {
    let (low, high) = drivers.remainder.interval_95();
    (high - low <= REPORTED_WITHIN).then(|| (drivers.remainder.value(), (low, high)))
}

fn named(drivers: &Drivers) -> Vec<&Driver> {
    // A share that is not significantly above zero isn't named.
    let is_significant =
        |driver: &&Driver| driver.share.value() >= NAMED_FROM && driver.share.interval_95().0 > 0.0;
    drivers.list.iter().take(NAMED).filter(is_significant).collect()
}

/// Which of the named ones are based on judgement, wholly or partly.
fn judged(named: &[&Driver]) -> String {
    let of = |basis: Basis| -> Vec<&str> {
        let alike = named.iter().filter(|driver| driver.basis == basis);
        alike.map(|driver| driver.path.as_str()).collect()
    };
    let (judged, partly) = (of(Basis::Judgement), of(Basis::PartlyJudgement));
    if judged.len() == named.len() {
        return match named {
            [_] => "; it is judgement".to_owned(),
            [_, _] => "; both are judgement".to_owned(),
            _ => "; all three are judgement".to_owned(),
        };
    }
    let say = |(paths, what): (&[&str], &str)| match paths {
        [] => None,
        [one] => Some(format!("{one} is {what}")),
        [others @ .., last] => Some(format!("{} and {last} are {what}", others.join(", "))),
    };
    let said: Vec<String> =
        [(&judged[..], "judgement"), (&partly[..], "partly judgement")].into_iter().filter_map(say).collect();
    if said.is_empty() { String::new() } else { format!("; {}", said.join(", ")) }
}

/// The mean of the figure where the input that moves it most is low, and where it is high.
///
/// `Where finance.growth is in its lowest tenth, exports average 17.5 kt; in its highest, 53.3 kt.`
pub(super) fn what_would_move(drivers: &Drivers) -> Option<String> {
    let format = ends(drivers);
    let amount = |value: f64| format.with_unit(value).replace(' ', "\u{a0}");
    let size = |driver: &Driver| driver.swing.map_or(0.0, |swing| swing.difference().abs());
    let numbers =
        named(drivers).into_iter().filter(|driver| matches!(driver.kind, Kind::Number | Kind::Path));
    let widest = numbers.max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let swing = widest.swing.filter(|_| size(widest) > MENTIONED_FROM * drivers.figure.mean().abs())?;
    Some(format!(
        "Where {} is in its lowest tenth, exports average {}; in its highest, {}.",
        widest.path,
        amount(swing.low.mean()),
        amount(swing.high.mean())
    ))
}
