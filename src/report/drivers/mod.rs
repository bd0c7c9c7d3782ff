//! The attribution of a figure's variance, as a table on the terminal, as CSV and as JSON.

mod json;
mod table;
mod text;

pub use json::json;
pub use table::drivers_csv;
pub use text::text;

use crate::attribution::{Basis, Driver, Drivers, MARKED_FROM};
use crate::sensitivity::Index;
use crate::units::format::{Format, chance};

/// A share as it was estimated: of what explains nothing, noise may put it below zero.
pub(super) fn shown(share: f64) -> String {
    match share {
        share if share <= -0.01 => format!("−{}", chance(-share)),
        share if share < 0.0 => ">−1%".to_owned(),
        share => chance(share.min(1.0)),
    }
}

/// A share's 95% interval.
pub(super) fn shown_interval(share: Index) -> String {
    let (low, high) = share.interval_95();
    format!("{} to {}", shown(low), shown(high))
}

/// The mark of what a driver is based on: `?`, `(?)` or `!`; none for sources, and none for a driver that
/// explains less than [`MARKED_FROM`].
pub(super) fn mark(driver: &Driver) -> &'static str {
    let explained = driver.share.raw().max(driver.total.map_or(0.0, Index::raw));
    if explained >= MARKED_FROM { driver.basis.mark() } else { "" }
}

/// ` ?: judgement; (?): partly judgement (marked from 1% on).`, of the marks that are shown.
pub(super) fn marks_in_words(drivers: &Drivers) -> String {
    let shown = |basis: Basis| drivers.largest().any(|driver| mark(driver) == basis.mark());
    let marks = [
        (Basis::Judgement, "judgement"),
        (Basis::PartlyJudgement, "partly judgement"),
        (Basis::Unsourced, "contains a number without a source"),
    ];
    let shown = marks.into_iter().filter(|(basis, _)| shown(*basis));
    let words: Vec<String> = shown.map(|(basis, words)| format!("{}: {words}", basis.mark())).collect();
    if words.is_empty() { String::new() } else { format!(" {} (marked from 1% on).", words.join("; ")) }
}

/// One format for the means at the ends of all rows.
pub(super) fn ends(drivers: &Drivers) -> Format {
    let swings = drivers.largest().filter_map(|driver| driver.swing);
    let ends: Vec<f64> = swings.flat_map(|swing| [swing.low.mean(), swing.high.mean()]).collect();
    let sizes = ends.iter().copied().chain([drivers.figure.mean()]);
    Format::new(drivers.metric.dimension, sizes, [drivers.figure.sd()])
}
