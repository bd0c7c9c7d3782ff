//! The sources of the spread of a result: which inputs matter, alone and together, and how certain that is.
//!
//! Functions over slices. `inputs` are columns with one value for each run, `y` are the outputs of the runs,
//! in the same order; all values are finite. No function depends on a plan or a file.
//!
//! | question | answer | needs |
//! |---|---|---|
//! | does the output rise or fall with the input? | [`spearman`] | existing runs |
//! | what share of the variance does the input explain? | [`first_order`] | the same |
//! | what share do some inputs explain together? | [`closed_index`] | the same |
//! | which combination of a path's years does the output follow? | [`score`] | the same |
//! | how do the shares add up to one? | [`shares`] | the same |
//! | what is the output when the input is low, or high? | [`swing`] | the same |
//! | which inputs depend on one another? | [`dependent_pairs`] | the same |
//! | what are the shares of dependent inputs? | [`shapley_of_data`], [`shapley`] | the same, or variances |
//! | what does the input explain with its interactions? | [`pick_freeze`], [`PickFreeze`] | further runs |
//! | how much is monthly noise? | [`closed_index_of_repeats`] | every run again with other noise |
//!
//! All but the Shapley effects assume independent inputs. With dependent inputs a share is still what knowing
//! the input would explain, but shares overlap and need not add up.
//!
//! References: A. Saltelli et al., *Global Sensitivity Analysis: The Primer*, Wiley 2008; E. Plischke, E.
//! Borgonovo and C. L. Smith, "Global sensitivity measures from given data", EJOR 226, 2013.

mod basis;
mod first_order;
mod group;
mod index;
mod least_squares;
mod partition;
mod pick_freeze;
mod rank;
mod score;
mod shapley;
mod shares;
mod swing;
#[cfg(test)]
mod tests;

pub use first_order::first_order;
pub use group::closed_index;
pub use index::Index;
pub use pick_freeze::{InputIndices, PickFreeze, closed_index_of_repeats, pick_freeze};
pub use rank::{Correlation, Dependence, dependent_pairs, spearman};
pub use score::score;
pub use shapley::{LinearGaussian, shapley, shapley_of_data};
pub use shares::{Shares, shares};
pub use swing::{Swing, swing};
