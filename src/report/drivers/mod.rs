//! What drives a figure, as a table on the terminal, as CSV and as JSON.

mod json;
mod table;
mod text;

pub use json::json;
pub use table::drivers_csv;
pub use text::text;

use crate::attribution::Drivers;
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

/// How the means at the ends of the rows are written: all alike.
pub(super) fn ends(drivers: &Drivers) -> Format {
    let swings = drivers.largest().filter_map(|driver| driver.swing);
    let ends: Vec<f64> = swings.flat_map(|swing| [swing.low.mean(), swing.high.mean()]).collect();
    let sizes = ends.iter().copied().chain([drivers.figure.mean()]);
    Format::new(drivers.metric.dimension, sizes, [drivers.figure.sd()])
}
