//! Single runs that are shown beside the distribution of all of them.

/// How many single runs a result holds: few enough to be followed in one picture.
pub const SINGLE_RUNS: usize = 6;

/// The total exports of one run, in tonnes.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleRun {
    /// Its number, counted from 0: `simulate replay` shows all of it.
    pub run: u64,
    /// By month.
    pub monthly: Vec<f64>,
    /// By year.
    pub yearly: Vec<f64>,
}
