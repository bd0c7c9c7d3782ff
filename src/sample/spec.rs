//! What is drawn: specs of per-run inputs and of monthly series.

use crate::batch::{InputId, Number};
use crate::dist::Distribution;

/// One per-run input: a name, which is the key of its stream, and what it is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSpec {
    /// The path of the quantity in the scenario.
    pub path: String,
    /// In base units.
    pub distribution: Distribution,
}

/// One monthly series: its name is the key of its stream.
///
/// It fills one or more neighbouring places of [`crate::batch::Inputs::monthly`]: the series of a plan lie
/// there in their order, each taking [`SeriesSpec::places`].
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSpec {
    /// The path of the series in the scenario.
    pub path: String,
    /// What it is.
    pub process: Process,
}

impl SeriesSpec {
    /// How many places of [`crate::batch::Inputs::monthly`] the series takes.
    pub fn places(&self) -> usize {
        match &self.process {
            Process::Noise(_) | Process::Uniform => 1,
            Process::Wander(_) => 2,
            Process::Recurrence(recurrence) => 2 + recurrence.sizes.len(),
        }
    }
}

/// How a monthly series moves, and what stands at its places.
#[derive(Debug, Clone, PartialEq)]
pub enum Process {
    /// One place: x − s²/2, the logarithm of a factor with mean one.
    Noise(NoiseSpec),
    /// Two places: the logarithm x of a path, and its variance v in this month.
    Wander(WanderSpec),
    /// One place: a uniform from 0 to 1, without memory.
    Uniform,
    /// 2 + `sizes.len()` places: the share of the month in which it is on; the share of an occurrence that
    /// falls into this month (the sum of two shares if one ends and another starts in it); the sizes of the
    /// occurrence, in order (of two, their mean weighted by these shares), 0 before the first and without
    /// meaning while it is off.
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

/// A path that was known some time ago and has moved since: mean-reverting or a random walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WanderSpec {
    /// How far it moves.
    pub spread: Spread,
    /// Months after which half of a deviation is left. `None` for a random walk: only with
    /// [`Spread::Monthly`], because it has no spread in the long run.
    pub half_life_months: Option<Number>,
    /// Months from the moment at which it was known to step 0; zero or more.
    pub age_months: f64,
}

/// How far a path moves, as a standard deviation of the logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// In the long run.
    Stationary(Number),
    /// In one month.
    Monthly(Number),
}

/// Something that comes, stays for a while, and comes again.
#[derive(Debug, Clone, PartialEq)]
pub struct RecurrenceSpec {
    /// Starts per month while it is off, averaged over a whole year.
    pub rate: Number,
    /// Months of the year in which one can start, January first.
    pub months: [bool; 12],
    /// The calendar month of step 0, 0 for January.
    pub first_month: usize,
    /// Months; drawn anew for each occurrence, from the stream `<path>.duration`.
    pub duration_months: Distribution,
    /// Name of the stream (the full path of the quantity) and distribution; drawn anew for each occurrence.
    pub sizes: Vec<(String, Distribution)>,
}

/// A group of noises and paths whose shocks z are correlated.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelationSpec {
    /// Places in the plan's list of series, ascending.
    pub members: Vec<usize>,
    /// Lower Cholesky factor of their correlation matrix, row by row: row i has i + 1 numbers.
    pub cholesky: Vec<f64>,
}

/// A group of per-run inputs that go together, however each of them is distributed.
///
/// Their uniforms are joined; the distributions stay as they are. An input is in one group at most.
#[derive(Debug, Clone, PartialEq)]
pub struct CopulaSpec {
    /// The inputs, in an order that matters: the first is drawn as it would be alone, and one that is added
    /// behind the others changes no draw of theirs.
    pub members: Vec<InputId>,
    /// Lower Cholesky factor of the copula's correlation matrix, row by row: row i has i + 1 numbers.
    pub cholesky: Vec<f64>,
    /// How they go together in the tails.
    pub family: CopulaFamily,
}

/// How inputs go together in the tails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CopulaFamily {
    /// As normals do: far out in the tails they are independent.
    Gaussian,
    /// As Student's t does: extremes come together, the more so the fewer the degrees of freedom.
    T {
        /// Degrees of freedom, from 1 to 1,000, not necessarily whole.
        df: f64,
    },
}
