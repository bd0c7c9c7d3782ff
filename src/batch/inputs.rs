//! The inputs of a batch of runs: per-run inputs and, month by month, shocks.

use super::Lanes;

/// The index of a per-run input among the inputs of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub usize);

/// The index of a monthly series: that of its first value in [`Inputs::monthly`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesId(pub usize);

/// A number of the model: the same in all runs, or drawn once for each run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// The same in all runs.
    Fixed(f64),
    /// Drawn for each run: an index in [`Inputs::per_run`].
    Drawn(InputId),
    /// Different from month to month: an index in [`Inputs::monthly`].
    Monthly(SeriesId),
}

/// The draws of one batch of `N` runs.
///
/// `per_run` is filled once for each batch, `monthly` once for each step: so a step's shocks stay in the
/// fastest cache, however long the horizon is.
#[derive(Debug, Clone)]
pub struct Inputs<const N: usize> {
    /// One value per run for every [`InputId`].
    pub per_run: Vec<Lanes<N>>,
    /// This month's value per run for every [`SeriesId`].
    pub monthly: Vec<Lanes<N>>,
}

impl<const N: usize> Inputs<N> {
    /// Inputs for so many per-run inputs and monthly values, all zero.
    pub fn new(per_run: usize, monthly: usize) -> Self {
        Self { per_run: vec![Lanes::ZERO; per_run], monthly: vec![Lanes::ZERO; monthly] }
    }

    /// The value of a number in every run of the batch.
    #[inline(always)]
    pub fn value(&self, number: Number) -> Lanes<N> {
        match number {
            Number::Fixed(value) => Lanes::splat(value),
            Number::Drawn(InputId(index)) => self.per_run[index],
            Number::Monthly(SeriesId(index)) => self.monthly[index],
        }
    }

    /// This month's value of a series in every run of the batch.
    #[inline(always)]
    pub fn shock(&self, SeriesId(index): SeriesId) -> Lanes<N> {
        self.monthly[index]
    }
}
