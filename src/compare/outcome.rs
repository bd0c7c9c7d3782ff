//! The result of a comparison, as plain data.

use super::figure::Figure;
use super::together::Question;
use crate::results::{RunResult, Summary};
use crate::stats::Bins;

/// A difference counts as more, or as less, if it is larger than this share of the baseline's mean; smaller
/// ones are considered irrelevant. If that mean is zero, every difference counts.
pub const MATTERS_FROM: f64 = 0.01;

/// A comparison of scenarios, of which the first is the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The results of all scenarios, at least by year.
    pub scenarios: Vec<RunResult>,
    /// Whether their runs are paired.
    pub pairs: Pairs,
    /// Every figure that is compared.
    pub figures: Vec<FigureComparison>,
    /// The metrics that were requested in addition to the main ones, by path.
    pub asked: Vec<String>,
}

/// Whether run 17 of one scenario is the same future as run 17 of another, except for what they change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairs {
    /// Runs are paired.
    Paired {
        /// The number of runs that count: those that are valid in all scenarios.
        runs: u64,
    },
    /// Runs aren't paired: scenarios are compared as independent samples.
    Unpaired {
        /// The reason.
        reason: String,
    },
}

/// A figure in all scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureComparison {
    /// The figure.
    pub figure: Figure,
    /// Its distribution in each scenario.
    pub values: Vec<Summary>,
    /// Its histogram in each scenario.
    pub bins: Vec<Bins>,
    /// Each scenario compared with the baseline; none for the baseline itself.
    pub differences: Vec<Difference>,
}

/// A weighted sum of differences between scenarios in one run, over all runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Its distribution.
    pub summary: Summary,
    /// The share of runs in which it is above zero by a relevant amount ([`MATTERS_FROM`]), and below; NaN
    /// where no distribution is kept.
    pub chances: [f64; 2],
    /// The share of runs in which it is above zero by any amount, and below.
    pub signs: [f64; 2],
}

/// The difference between a scenario and the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference of the means.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub standard_error: f64,
    /// The distribution of the difference run by run; `None` where runs aren't paired.
    pub paired: Option<Summary>,
    /// The chance that the scenario exceeds the baseline by a relevant amount ([`MATTERS_FROM`]): in the same
    /// future or, where runs aren't paired, in two independent futures.
    pub above: f64,
    /// The chance that it is lower by a relevant amount.
    pub below: f64,
    /// Whether the two are equal in every run, up to rounding; false where runs aren't paired, because it
    /// isn't known.
    pub is_same: bool,
    /// The stochastic dominance of one over the other.
    pub dominance: Dominance,
}

/// First-order stochastic dominance of a scenario over the baseline, in these runs: one is at least as likely
/// as the other to reach any amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dominance {
    /// The scenario is at least as likely to reach any amount, and more likely to reach some.
    Above,
    /// The same for the baseline.
    Below,
    /// Both are equally likely to reach any amount.
    Equal,
    /// It depends on the amount.
    Neither,
}

impl Difference {
    /// If the error of either value isn't known, neither is that of the difference, unless both values are
    /// equal in every run.
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
    pub(super) fn of(scenario: &Bins, baseline: &Bins) -> Self {
        let (least, most) = scenario.gaps(baseline);
        match (least < 0.0, most > 0.0) {
            (false, true) => Self::Above,
            (true, false) => Self::Below,
            (false, false) => Self::Equal,
            (true, true) => Self::Neither,
        }
    }
}

impl Comparison {
    /// A comparison of these results and figures. It adds the value of the deterministic case to the figures.
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

    /// A metric in a year; `None` if it isn't compared.
    pub fn figure(&self, path: &str, year: i32) -> Option<&FigureComparison> {
        self.figures.iter().find(|compared| compared.figure.year == year && compared.figure.path == path)
    }

    /// Only the scenarios at these indices, of which the first must be 0, the baseline.
    #[must_use]
    pub fn only(&self, indices: &[usize]) -> Self {
        let of = |compared: &FigureComparison| FigureComparison {
            figure: Figure {
                columns: indices.iter().map(|&index| compared.figure.columns[index]).collect(),
                ..compared.figure.clone()
            },
            values: indices.iter().map(|&index| compared.values[index]).collect(),
            bins: indices.iter().map(|&index| compared.bins[index].clone()).collect(),
            differences: indices[1..].iter().map(|&index| compared.differences[index - 1]).collect(),
        };
        Self {
            scenarios: indices.iter().map(|&index| self.scenarios[index].clone()).collect(),
            pairs: self.pairs.clone(),
            figures: self.figures.iter().map(of).collect(),
            asked: self.asked.clone(),
        }
    }

    /// The compared years of a metric, in order.
    pub fn of_metric<'c>(&'c self, path: &'c str) -> impl Iterator<Item = &'c FigureComparison> {
        self.figures.iter().filter(move |compared| compared.figure.path == path)
    }
}
