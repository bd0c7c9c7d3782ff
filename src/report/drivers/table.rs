//! Drivers as CSV.

use super::json::kind;
use crate::attribution::{Driver, Drivers, INTERACTIONS, REMAINDER};
use crate::results::store::csv_table;
use crate::sensitivity::Index;

/// Columns, in their order.
const HEADING: [&str; 12] = [
    "path",
    "kind",
    "share",
    "low",
    "high",
    "total",
    "total_low",
    "total_high",
    "rank_correlation",
    "mean_where_low",
    "mean_where_high",
    "basis",
];

/// `drivers.csv`: every row with its share of the variance and its 95% interval, and then the sums and the
/// residual. Means are in base units.
pub fn drivers_csv(drivers: &Drivers) -> Vec<u8> {
    let rest =
        [("all others", drivers.small), (INTERACTIONS, drivers.interactions), (REMAINDER, drivers.remainder)];
    let rest = rest.into_iter().map(|(name, share)| {
        let mut cells = vec![name.to_owned(), "what is left".to_owned()];
        cells.extend(index(Some(share)));
        cells.resize(HEADING.len(), String::new());
        cells
    });
    csv_table(HEADING.map(str::to_owned).to_vec(), drivers.list.iter().map(row).chain(rest))
}

fn row(driver: &Driver) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let mut cells = vec![driver.path.clone(), kind(driver.kind).to_owned()];
    cells.extend(index(Some(driver.share)));
    cells.extend(index(driver.total));
    cells.push(number(driver.correlation.map(|correlation| correlation.value)));
    cells.push(number(driver.swing.map(|swing| swing.low.mean())));
    cells.push(number(driver.swing.map(|swing| swing.high.mean())));
    cells.push(driver.basis.name().to_owned());
    cells
}

/// An estimate and its interval; empty cells where it wasn't computed.
fn index(index: Option<Index>) -> [String; 3] {
    index.map_or_else(Default::default, |index| {
        let (low, high) = index.interval_95();
        [index.raw(), low, high].map(|share| share.to_string())
    })
}
