//! What is drawn: specs of per-run inputs and of monthly series.

use crate::batch::{InputId, Number};
use crate::dist::Distribution;

/// One per-run input: a name, which is the key of its stream, and its distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSpec {
    /// The path of the quantity in the scenario.
    pub path: String,
    /// In base units.
    pub distribution: Distribution,
}

/// One monthly series: its name is the key of its stream.
///
/// It has one or more consecutive values in [`crate::batch::Inputs::monthly`]: the series of a plan are there
/// in their order, each with [`SeriesSpec::width`] values.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSpec {
    /// The path of the series in the scenario.
    pub path: String,
    /// How it moves.
    pub process: Process,
}

impl SeriesSpec {
    /// The number of values of the series in [`crate::batch::Inputs::monthly`].
    pub fn width(&self) -> usize {
        match &self.process {
            Process::Noise(_) | Process::Uniform => 1,
            Process::Wander(_) => 2,
            Process::Recurrence(recurrence) => 2 + recurrence.sizes.len(),
        }
    }
}

/// How a monthly series moves, and what its values are.
#[derive(Debug, Clone, PartialEq)]
pub enum Process {
    /// One value: x − s²/2, the logarithm of a factor with mean one.
    Noise(NoiseSpec),
    /// Two values: the logarithm x of a path, and its variance v in this month.
    Wander(WanderSpec),
    /// One value: a uniform from 0 to 1, independent of all others.
    Uniform,
    /// An on–off renewal process, 2 + `sizes.len()` values: the share of the month in which it is on; the
    /// share of an occurrence in this month (the sum of two shares if one ends and another starts in it); the
    /// sizes of the occurrence, in order (of two, their mean weighted by these shares), 0 before the first
    /// and without meaning while it is off.
    Recurrence(RecurrenceSpec),
}

/// Lognormal AR(1) noise with mean one in every month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoiseSpec {
    /// Standard deviation s of the logarithm.
    pub sd_log: Number,
    /// Correlation ρ of the logarithms of neighbouring months, 0 ≤ ρ < 1.
    pub persistence: Number,
}

/// A path that was known some time ago and has moved since: mean-reverting, or a random walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WanderSpec {
    /// The size of its movements.
    pub spread: Spread,
    /// Months after which half of a deviation is left. `None` for a random walk: only with
    /// [`Spread::Monthly`], because a random walk has no long-run spread.
    pub half_life_months: Option<Number>,
    /// Months from the moment at which it was known to step 0; not negative.
    pub age_months: f64,
}

/// The size of a path's movements, as a standard deviation of the logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// In the long run.
    Stationary(Number),
    /// In one month.
    Monthly(Number),
}

/// An on–off renewal process: an event that starts, lasts for a while, ends, and starts again.
#[derive(Debug, Clone, PartialEq)]
pub struct RecurrenceSpec {
    /// Starts per month while it is off, averaged over a whole year.
    pub rate: Number,
    /// The months of the year in which one can start, January first.
    pub months: [bool; 12],
    /// The calendar month of step 0, 0 for January.
    pub first_month: usize,
    /// Months; drawn for each occurrence, from the stream `<path>.duration`.
    pub duration_months: Distribution,
    /// Name of the stream (the full path of the quantity) and distribution; drawn for each occurrence.
    pub sizes: Vec<(String, Distribution)>,
}

/// A group of noises and paths whose shocks z are correlated.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelationSpec {
    /// Indices in the plan's list of series, ascending.
    pub members: Vec<usize>,
    /// Lower Cholesky factor of their correlation matrix, row by row: row i has i + 1 numbers.
    pub cholesky: Vec<f64>,
}

/// A group of dependent per-run inputs, whatever the distribution of each.
///
/// The copula makes their uniforms dependent; the distributions stay the same. An input is in at most one
/// group.
#[derive(Debug, Clone, PartialEq)]
pub struct CopulaSpec {
    /// The inputs, in an order that matters: the first is drawn as it would be alone, and one that is added
    /// after the others changes none of their draws.
    pub members: Vec<InputId>,
    /// Lower Cholesky factor of the copula's correlation matrix, row by row: row i has i + 1 numbers.
    pub cholesky: Vec<f64>,
    /// The dependence in the tails.
    pub family: CopulaFamily,
}

/// The family of a copula, which determines the dependence in the tails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CopulaFamily {
    /// That of the normal distribution: without dependence in the limit of the tails.
    Gaussian,
    /// That of Student's t distribution: extremes occur together, the more so the fewer the degrees of
    /// freedom.
    T {
        /// Degrees of freedom, from 1 to 1,000, not necessarily an integer.
        df: f64,
    },
}
