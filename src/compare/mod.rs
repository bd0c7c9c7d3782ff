//! Comparing scenarios: what difference they make, run by run on the same random numbers.
//!
//! Scenarios that run together ([`crate::run::run_together`]) share every draw of what they have in common,
//! by its name. So run 17 of one and run 17 of the other are the same future but for what the scenarios
//! change, and their difference is free of all that they share: the *paired* difference. [`Pairing`] adds up
//! such differences while the runs go on; [`Shares`] splits the difference that several parts make together
//! among them; [`mixture`] mixes scenarios by weights into one forecast.
//!
//! [`compare`] runs plans for their comparison alone; [`compare_keeping`] also leaves a full result of each
//! and hands on what is kept of single runs, and where [plans run alike](run_alike) each result is that of
//! its own run.
//!
//! Nothing here knows a file or a page. Read in this order: [`figure`](Figure) (what is compared), `steps`
//! and `tally` (how it is added up), `pairing` (from runs), `outcome` (what comes out), `shares`, `mixture`.
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
