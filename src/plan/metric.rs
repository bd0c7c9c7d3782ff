//! A metric: its path, its title, what it measures, and how the months are combined into a year.

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
    /// 1 if this cause leaves the most lost or waiting, and more than 1% of what is wanted, new or from
    /// before; else 0.
    Binds {
        /// The cause.
        cause: Cause,
        /// Index of the total that waits, followed by its causes; `None` where nothing can wait.
        waiting: Option<usize>,
    },
}

/// One quantity that can be observed in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Its path: `volume`, `products.flour.volume`, `routes.rail.utilisation`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The dimension of its value in one period: a volume is a mass.
    pub dimension: Dimension,
    /// How months are combined into a year.
    pub kind: Kind,
    /// Whether it may be below zero.
    pub signed: bool,
}

impl Metric {
    /// The dimension in which a year's figure is written, and the factor that converts it to base units: a
    /// year's flow is written per year, stocks and shares are written as they are.
    pub fn in_a_year(&self) -> (Dimension, f64) {
        match (self.kind, self.dimension) {
            (Kind::Flow, Dimension::MASS) => (Dimension::MASS_PER_TIME, 12.0),
            (Kind::Flow, Dimension::MONEY) => (Dimension::MONEY_PER_TIME, 12.0),
            (_, dimension) => (dimension, 1.0),
        }
    }
}

impl Kind {
    /// The same kind with indices that count from the beginning of the list instead of from `first`.
    pub(super) fn after(self, first: usize) -> Self {
        match self {
            Self::Ratio { over, under } => Self::Ratio { over: first + over, under: first + under },
            other => other,
        }
    }
}
