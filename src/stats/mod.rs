//! Statistics that merge: what is kept of a series of values, however many there are.
//!
//! [`Moments`] keeps count, mean, spread and extremes; [`Histograms`] keep distributions in counts, from
//! which quantiles come with a known error; [`Replicates`] and [`estimate`] say how exact a figure is. Memory
//! doesn't grow with the number of values. Histograms are whole numbers, so they merge to the same bits in
//! any order; moments are merged in one fixed order by whoever owns the chunks.

mod bins;
pub mod estimate;
mod histogram;
mod moments;
mod replicates;
mod rounding;

pub use bins::{Bin, Bins, YEAR_BITS};
pub use histogram::{Histogram, Histograms, Ordered};
pub use moments::{Extent, Moments, SIDE_BY_SIDE};
pub use replicates::Replicates;
pub use rounding::{ROUNDING, are_equal, is_constant, is_rounding, settled, without_rounding};
