//! What a batch of runs was dealt: per-run inputs and, month by month, shocks.

use super::Lanes;

/// The place of a per-run input among the inputs of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub usize);

/// The place of a monthly series among the series of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesId(pub usize);

/// A number of the model: the same in all runs, or drawn once for each run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// The same in all runs.
    Fixed(f64),
    /// Drawn: the value stands at this place of [`Inputs`].
    Drawn(InputId),
    /// Different from month to month: the value stands at this place of [`Inputs::monthly`].
    Monthly(SeriesId),
}

/// The draws of one batch of `N` runs.
///
/// `per_run` is filled once a batch, `monthly` once a step: a step's shocks then stay in the fastest cache
/// however long the horizon is.
#[derive(Debug, Clone)]
pub struct Inputs<const N: usize> {
    /// One value per run for every [`InputId`].
    pub per_run: Vec<Lanes<N>>,
    /// This month's value per run for every [`SeriesId`].
    pub monthly: Vec<Lanes<N>>,
}

impl<const N: usize> Inputs<N> {
    /// Room for so many inputs and series, all zero.
    pub fn new(per_run: usize, monthly: usize) -> Self {
        Self { per_run: vec![Lanes::ZERO; per_run], monthly: vec![Lanes::ZERO; monthly] }
    }

    /// The value of a number in every run of the batch.
    #[inline(always)]
    pub fn value(&self, number: Number) -> Lanes<N> {
        match number {
            Number::Fixed(value) => Lanes::splat(value),
            Number::Drawn(InputId(place)) => self.per_run[place],
            Number::Monthly(SeriesId(place)) => self.monthly[place],
        }
    }

    /// This month's value of a series in every run of the batch.
    #[inline(always)]
    pub fn shock(&self, SeriesId(place): SeriesId) -> Lanes<N> {
        self.monthly[place]
    }
}
