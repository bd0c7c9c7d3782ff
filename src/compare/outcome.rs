//! What a comparison finds, as plain data.

use super::figure::Figure;
use super::together::Question;
use crate::results::{RunResult, Summary};
use crate::stats::Bins;

/// A difference counts as more, or as less, where it is larger than this share of the first scenario's mean:
/// smaller ones don't matter. Where that mean is zero, every difference counts.
pub const MATTERS_FROM: f64 = 0.01;

/// Some scenarios beside one another; the first is the yardstick.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The result of each, at least of its years.
    pub scenarios: Vec<RunResult>,
    /// Whether their runs are pairs.
    pub pairs: Pairs,
    /// Every figure that is compared.
    pub figures: Vec<FigureComparison>,
    /// The metrics that were asked for beside the main ones, by path.
    pub asked: Vec<String>,
}

/// Whether run 17 of one scenario is the same future as run 17 of another, but for what they change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairs {
    /// It is.
    Paired {
        /// Runs that count: those that went wrong in no scenario.
        runs: u64,
    },
    /// It isn't: scenarios are compared as independent samples.
    Unpaired {
        /// Why.
        reason: String,
    },
}

/// A figure in all scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureComparison {
    /// Which.
    pub figure: Figure,
    /// What it is in each scenario.
    pub values: Vec<Summary>,
    /// How often it was seen where, in each scenario.
    pub bins: Vec<Bins>,
    /// Each scenario against the yardstick; nothing for the yardstick itself.
    pub differences: Vec<Difference>,
}

/// A weighted sum of differences between scenarios in one run, over all runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Its distribution.
    pub summary: Summary,
    /// The share of runs in which it is above zero by what matters ([`MATTERS_FROM`]), and below; NaN where
    /// no distribution is kept.
    pub chances: [f64; 2],
    /// The share of runs in which it is above zero at all, and below.
    pub signs: [f64; 2],
}

/// A scenario less the yardstick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference of the means.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub standard_error: f64,
    /// The difference run by run; `None` where runs are no pairs.
    pub paired: Option<Summary>,
    /// The chance that the scenario has more than the first by what matters ([`MATTERS_FROM`]): in the same
    /// future, or, where runs are no pairs, in two futures picked independently.
    pub above: f64,
    /// The chance that it has less by what matters.
    pub below: f64,
    /// Whether it is the same in every run, but for rounding; of runs that are no pairs nobody knows.
    pub is_same: bool,
    /// Whether one has more in distribution.
    pub dominance: Dominance,
}

/// First-order stochastic dominance of a scenario over the yardstick, in the runs that were made: whatever
/// the amount, one is at least as likely as the other to reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dominance {
    /// The scenario is at least as likely to reach any amount, and more likely to reach some.
    Above,
    /// The yardstick is.
    Below,
    /// Each reaches the same amounts equally often.
    Equal,
    /// It depends on the amount.
    Neither,
}

impl Difference {
    /// Where the error of either value can't be known, that of the difference can't, unless both are the same
    /// in every run.
    fn forget_error_unless_known(&mut self, value: &Summary, first: &Summary) {
        let is_known = !value.standard_error.is_nan() && !first.standard_error.is_nan();
        if !is_known && self.standard_error != 0.0 {
            self.standard_error = f64::NAN;
            if let Some(paired) = &mut self.paired {
                paired.standard_error = f64::NAN;
            }
        }
    }
}

impl Dominance {
    pub(super) fn of(scenario: &Bins, yardstick: &Bins) -> Self {
        let (least, most) = scenario.gaps(yardstick);
        match (least < 0.0, most > 0.0) {
            (false, true) => Self::Above,
            (true, false) => Self::Below,
            (false, false) => Self::Equal,
            (true, true) => Self::Neither,
        }
    }
}

impl Comparison {
    /// Of results and figures that belong to them. Figures also get their value in the future without
    /// uncertainty.
    pub(super) fn new(
        scenarios: Vec<RunResult>,
        pairs: Pairs,
        mut figures: Vec<FigureComparison>,
        question: &Question,
    ) -> Self {
        for compared in &mut figures {
            let FigureComparison { figure, values, differences, .. } = compared;
            for (value, scenario) in values.iter_mut().zip(&scenarios) {
                let own = scenario.year(&figure.path, figure.year);
                value.central = own.map_or(0.0, |summary| summary.central);
                if own.is_some_and(|summary| summary.standard_error.is_nan()) {
                    value.standard_error = f64::NAN;
                }
            }
            for (difference, value) in differences.iter_mut().zip(&values[1..]) {
                difference.forget_error_unless_known(value, &values[0]);
                if let Some(paired) = &mut difference.paired {
                    paired.central = value.central - values[0].central;
                }
            }
        }
        let mut asked: Vec<String> = Vec::new();
        for path in &question.more {
            if !asked.contains(path) {
                asked.push(path.clone());
            }
        }
        Self { scenarios, pairs, figures, asked }
    }

    /// A metric in a year, if it is compared.
    pub fn figure(&self, path: &str, year: i32) -> Option<&FigureComparison> {
        self.figures.iter().find(|compared| compared.figure.year == year && compared.figure.path == path)
    }

    /// Only the scenarios at these places, the first of which is the yardstick's, place 0.
    #[must_use]
    pub fn only(&self, places: &[usize]) -> Self {
        let of = |compared: &FigureComparison| FigureComparison {
            figure: Figure {
                columns: places.iter().map(|&place| compared.figure.columns[place]).collect(),
                ..compared.figure.clone()
            },
            values: places.iter().map(|&place| compared.values[place]).collect(),
            bins: places.iter().map(|&place| compared.bins[place].clone()).collect(),
            differences: places[1..].iter().map(|&place| compared.differences[place - 1]).collect(),
        };
        Self {
            scenarios: places.iter().map(|&place| self.scenarios[place].clone()).collect(),
            pairs: self.pairs.clone(),
            figures: self.figures.iter().map(of).collect(),
            asked: self.asked.clone(),
        }
    }

    /// The years of a metric that are compared, in their order.
    pub fn of_metric<'c>(&'c self, path: &'c str) -> impl Iterator<Item = &'c FigureComparison> {
        self.figures.iter().filter(move |compared| compared.figure.path == path)
    }
}
