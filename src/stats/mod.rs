//! Statistics that merge, in memory that doesn't grow with the number of values.
//!
//! [`Moments`] keeps count, mean, spread and extremes; [`Histograms`] keep distributions as counts, from
//! which quantiles follow with a known error; [`Replicates`] and [`estimate`] give the errors of means and
//! probabilities. Histograms are integers, so they merge to the same bits in any order; moments are merged in
//! one fixed order by whoever owns the chunks.

mod bins;
pub mod estimate;
mod histogram;
mod moments;
mod replicates;
mod rounding;

pub use bins::{Bin, Bins, YEAR_BITS};
pub use histogram::{Histogram, Histograms, Known, Ordered};
pub use moments::{Extent, Moments, SIDE_BY_SIDE};
pub use replicates::Replicates;
pub use rounding::{ROUNDING, are_equal, is_constant, is_rounding, settled, without_rounding};
