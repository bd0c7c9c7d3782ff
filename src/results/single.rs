//! Single runs that are shown together with the distribution of all runs.

/// The number of single runs in a result: few enough to be distinguished in one picture.
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
