//! The digits of summaries and differences that are shown together: one [`Format`] for their values, one for
//! their errors.

use crate::compare::{Contrast, Difference, FigureComparison};
use crate::results::Summary;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Format, Scale};

/// How the figures of one table, or of one sentence, are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digits {
    /// Values and their intervals.
    pub(super) values: Format,
    /// Halves of 95% Monte Carlo intervals.
    errors: Format,
}

/// The values that a column has to show of one figure, in base units.
#[derive(Debug, Clone, Copy)]
struct Shown {
    mean: f64,
    interval: (f64, f64),
    error: f64,
}

impl Shown {
    fn of(summary: &Summary) -> Self {
        let error = Z_95 * summary.standard_error;
        Self { mean: summary.mean, interval: summary.interval_90(), error }
    }

    fn of_difference(difference: &Difference) -> Self {
        let interval = difference.paired.map_or((f64::NAN, f64::NAN), |paired| paired.interval_90());
        Self { mean: difference.mean, interval, error: Z_95 * difference.standard_error }
    }

    fn sizes(&self) -> [f64; 3] {
        [self.mean, self.interval.0, self.interval.1]
    }

    /// An interval is shown with two digits of its width, a mean with at least one significant digit.
    fn gaps(&self) -> [f64; 2] {
        [self.interval.1 - self.interval.0, ONE_DIGIT * self.mean]
    }
}

/// Of a gap two digits are shown, so of a value that is this many times smaller one digit.
const ONE_DIGIT: f64 = 10.0;

impl Digits {
    /// Of some summaries, in the unit that suits the largest.
    pub(super) fn of<'s>(dimension: Dimension, summaries: impl IntoIterator<Item = &'s Summary>) -> Self {
        let shown: Vec<Shown> = summaries.into_iter().map(Shown::of).collect();
        let scale = Scale::for_largest(dimension, largest(&shown));
        Self::of_shown(scale, &shown)
    }

    /// Of some differences, in the unit of the values of which they are differences.
    pub(super) fn of_differences<'s>(
        scale: Scale,
        differences: impl IntoIterator<Item = &'s Difference>,
    ) -> Self {
        let shown: Vec<Shown> = differences.into_iter().map(Shown::of_difference).collect();
        Self::of_shown(scale, &shown)
    }

    /// Of some contrasts, in a unit that is chosen already.
    pub(super) fn of_contrasts<'s>(scale: Scale, contrasts: impl IntoIterator<Item = &'s Contrast>) -> Self {
        let shown: Vec<Shown> = contrasts.into_iter().map(|contrast| Shown::of(&contrast.summary)).collect();
        Self::of_shown(scale, &shown)
    }

    fn of_shown(scale: Scale, shown: &[Shown]) -> Self {
        let error =
            shown.iter().map(|shown| shown.error).filter(|error| error.is_finite()).fold(0.0, f64::max);
        let gaps = shown.iter().flat_map(Shown::gaps).chain([ONE_DIGIT * error]);
        let values = Format::in_unit(scale, largest(shown), gaps);
        Self { values, errors: values.of_errors([error]) }
    }

    /// With at least as many decimals as another, so that both can be in one column.
    #[must_use]
    pub(super) fn beside(self, other: Self) -> Self {
        Self { values: self.values.beside(other.values), errors: self.errors.beside(other.errors) }
    }

    /// The text of the unit.
    pub(super) fn unit(self) -> &'static str {
        self.values.unit()
    }

    /// Values with the decimals of their errors.
    pub(super) fn in_errors(self) -> Format {
        self.errors
    }

    /// Half of the 95% interval of a mean; a question mark where it is unknown.
    pub(super) fn error(self, standard_error: f64) -> String {
        if standard_error.is_nan() { "?".to_owned() } else { self.errors.show(Z_95 * standard_error) }
    }

    /// `+2.96 ± 0.16`, with the same decimals; with a question mark where the error is unknown.
    pub(super) fn exact(self, mean: f64, standard_error: f64) -> String {
        if standard_error.is_nan() {
            return format!("{} ± ?", self.values.signed(mean));
        }
        format!("{} ± {}", self.errors.signed(mean), self.error(standard_error))
    }
}

fn largest(shown: &[Shown]) -> f64 {
    shown.iter().flat_map(Shown::sizes).map(f64::abs).filter(|size| size.is_finite()).fold(0.0, f64::max)
}

/// How the columns of figures by scenario are written: the values, and the differences to the first scenario.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) own: Digits,
    pub(super) against: Digits,
}

impl Columns {
    /// Of figures of one dimension, all in one unit.
    pub(super) fn of(dimension: Dimension, figures: &[&FigureComparison]) -> Self {
        let own = Digits::of(dimension, figures.iter().flat_map(|figure| &figure.values));
        let differences = figures.iter().flat_map(|figure| &figure.differences);
        Self { own, against: Digits::of_differences(own.values.scale, differences) }
    }

    /// With at least as many decimals as others, so that figures of several dimensions can be in one table.
    #[must_use]
    pub(super) fn beside(self, other: Self) -> Self {
        Self { own: self.own.beside(other.own), against: self.against.beside(other.against) }
    }

    /// The text of the unit.
    pub(super) fn unit(self) -> &'static str {
        self.own.values.unit()
    }
}
