//! What drives a figure, in sentences.

use super::drivers::ends;
use crate::attribution::{Driver, Drivers, Kind};
use crate::units::format::chance;

/// So many drivers are named.
const NAMED: usize = 3;
/// A driver that explains less than this by itself isn't named.
const NAMED_FROM: f64 = 0.01;
/// A share whose 95% interval is wider than this isn't told.
const TOLD_WITHIN: f64 = 0.4;
/// A swing smaller than this share of the mean would not be noticed.
const NOTICED_FROM: f64 = 0.05;

/// The rows that most of the spread comes from, and what none of them explains.
///
/// `finance.growth explains 17% of the spread in 2030 by itself, products.flour.growth 10%, finance.cash 5%; all three are judgement.
/// No number, event or path explains 16% (9% to 22%): that is how the months of a year differ, and what only many do together.`
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
        "{} explains {} of the spread in {} by itself{}{}. {rest}",
        first.path,
        share(first),
        drivers.year.in_words(),
        others.concat(),
        judged(&named)
    ))
}

fn rest(drivers: &Drivers) -> String {
    let Some((value, (low, high))) = unexplained(drivers) else {
        return "How much no number, event or path explains can't be told from so few runs.".to_owned();
    };
    format!(
        "No number, event or path explains {} ({} to {}): that is how the months of a year differ from their mean, and what only \
         many of them do together.",
        chance(value),
        chance(low),
        chance(high)
    )
}

/// How much of the variance no row explains, neither by itself nor among the leading ones, with its 95% interval; `None` where
/// that is too wide to tell anything.
pub(super) fn unexplained(drivers: &Drivers) -> Option<(f64, (f64, f64))> {
    let (low, high) = drivers.remainder.interval_95();
    (high - low <= TOLD_WITHIN).then(|| (drivers.remainder.value(), (low, high)))
}

fn named(drivers: &Drivers) -> Vec<&Driver> {
    // What may explain nothing at all, as far as so many runs can tell, isn't named.
    let is_sure = |driver: &&Driver| driver.share.value() >= NAMED_FROM && driver.share.interval_95().0 > 0.0;
    drivers.list.iter().take(NAMED).filter(is_sure).collect()
}

/// On whose word the named ones stand, where that is nobody's but the author's.
fn judged(named: &[&Driver]) -> String {
    let judgement = named.iter().filter(|driver| driver.is_judgement).count();
    match (judgement, named.len()) {
        (0, _) => String::new(),
        (1, 1) => "; it is judgement".to_owned(),
        (2, 2) => "; both are judgement".to_owned(),
        (3, 3) => "; all three are judgement".to_owned(),
        (1, _) => "; one of them is judgement".to_owned(),
        (some, _) => format!("; {some} of them are judgement"),
    }
}

/// Where the figure stands with the number that moves it most at its ends.
///
/// `Where finance.growth is in its lowest tenth, exports average 17.5 kt; in its highest, 53.3 kt.`
pub(super) fn what_would_move(drivers: &Drivers) -> Option<String> {
    let format = ends(drivers);
    let amount = |value: f64| format.with_unit(value).replace(' ', "\u{a0}");
    let size = |driver: &Driver| driver.swing.map_or(0.0, |swing| swing.difference().abs());
    let numbers =
        named(drivers).into_iter().filter(|driver| matches!(driver.kind, Kind::Number | Kind::Path));
    let widest = numbers.max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let swing = widest.swing.filter(|_| size(widest) > NOTICED_FROM * drivers.figure.mean().abs())?;
    Some(format!(
        "Where {} is in its lowest tenth, exports average {}; in its highest, {}.",
        widest.path,
        amount(swing.low.mean()),
        amount(swing.high.mean())
    ))
}
