//! What drives a figure, as a table on the terminal, as CSV and as JSON.

mod json;
mod table;
mod text;

pub use json::json;
pub use table::drivers_csv;
pub use text::text;

use crate::attribution::Drivers;
use crate::units::format::Format;

/// How the means at the ends of the rows are written: all alike.
pub(super) fn ends(drivers: &Drivers) -> Format {
    let swings = drivers.largest().filter_map(|driver| driver.swing);
    let ends: Vec<f64> = swings.flat_map(|swing| [swing.low.mean(), swing.high.mean()]).collect();
    let sizes = ends.iter().copied().chain([drivers.figure.mean()]);
    Format::new(drivers.metric.dimension, sizes, [drivers.figure.sd()])
}
