//! A metric: its path, its words, what it measures, and how its months become a year.

use super::Cause;
use crate::units::Dimension;

/// How a year's value follows from its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The sum of the months.
    Flow,
    /// The value of the last month.
    Stock,
    /// The mean of the months.
    Mean,
    /// The same ratio of the year's own sums.
    Ratio {
        /// Index of the numerator.
        over: usize,
        /// Index of the denominator.
        under: usize,
    },
    /// 1 if this cause leaves the most lost or waiting, and more than a hundredth of what is wanted, new or
    /// from before; else 0.
    Binds {
        /// The cause.
        cause: Cause,
        /// Index of what waits in all, with its causes behind it; where anything can wait.
        waiting: Option<usize>,
    },
}

/// One thing that can be observed in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Its path: `volume`, `products.flour.volume`, `routes.rail.utilisation`.
    pub path: String,
    /// In words.
    pub title: String,
    /// What it measures, for one period: a volume is a mass.
    pub dimension: Dimension,
    /// How months become years.
    pub kind: Kind,
    /// Whether it may be below zero.
    pub signed: bool,
}

impl Metric {
    /// How a year's figure is written, and what turns it into base units: a year's flow is written per year,
    /// which reads as it is meant; stocks and shares are written as they are.
    pub fn in_a_year(&self) -> (Dimension, f64) {
        match (self.kind, self.dimension) {
            (Kind::Flow, Dimension::MASS) => (Dimension::MASS_PER_TIME, 12.0),
            (Kind::Flow, Dimension::MONEY) => (Dimension::MONEY_PER_TIME, 12.0),
            (_, dimension) => (dimension, 1.0),
        }
    }
}

impl Kind {
    /// The same with indices that count from the list's beginning, where they counted from `first`.
    pub(super) fn after(self, first: usize) -> Self {
        match self {
            Self::Ratio { over, under } => Self::Ratio { over: first + over, under: first + under },
            other => other,
        }
    }
}
