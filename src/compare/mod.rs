//! Comparing scenarios: what difference they make, run by run on the same random numbers.
//!
//! Scenarios that run together ([`crate::run::run_together`]) share every draw of what they have in common,
//! by its name. So run 17 of one and run 17 of the other are the same future except for what the scenarios
//! change, and the noise that they share cancels in their difference: the *paired* difference. [`Pairing`]
//! accumulates such differences during the runs; [`Shares`] divides the joint effect of several parts among
//! them; [`mixture`] combines scenarios by weights into one forecast.
//!
//! [`compare`] runs plans only to compare them; [`compare_keeping`] also computes a full result of each and
//! passes on what is kept of single runs, and where [plans run alike](run_alike) each result is that of its
//! own run.
//!
//! No function here depends on a file or a page. Read in this order: [`figure`](Figure) (what is compared),
//! `steps` and `tally` (how it is accumulated), `pairing` (from runs), `outcome` (the result), `shares`,
//! `mixture`.
//!
//! References: P. Glasserman, *Monte Carlo Methods in Financial Engineering*, Springer 2003, 4.2 (common
//! random numbers); L. S. Shapley, "A value for n-person games", 1953.

mod assumptions;
mod figure;
mod mixture;
mod outcome;
mod pairing;
mod shares;
mod steps;
mod stored;
mod tally;
mod together;

pub use assumptions::{Differing, differing};
pub use figure::{Figure, figures, kept};
pub use mixture::{Mixed, mixture, mixtures};
pub use outcome::{Comparison, Contrast, Difference, Dominance, FigureComparison, MATTERS_FROM, Pairs};
pub use pairing::{Aim, Pairing};
pub use shares::{Pair, Part, Shares, Subsets};
pub use steps::Steps;
pub use stored::{Side, StoredError, compare_stored};
pub use together::{
    Apart, Contributions, Failed, Precise, Question, compare, compare_keeping, contributions, run_alike,
};
