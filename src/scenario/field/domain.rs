//! Domains: the ranges allowed for the numbers of a scenario, and hints for numbers outside them.

use crate::dist::Distribution;

/// The hint for numbers a hundred times too large.
pub(in crate::scenario) const MISSING_PERCENT: &str = "is a % missing?";

/// The allowed range of a number, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Anything finite.
    Any,
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
    /// From 0 to 1.
    Share,
    /// From 0 to 1, and often less than a hundredth.
    SmallShare,
    /// The standard deviation of a logarithm: at 5 a factor with mean one is below a thousandth in nearly all
    /// runs.
    Spread,
    /// A factor by which a parameter is multiplied, from 0 to 1000.
    Factor,
    /// Debt service due as a multiple of the cash that comes in, above 0 and at most 10.
    Burden,
    /// A change of a share, from −1 to 1.
    ShareChange,
    /// From 0 to just below 1.
    BelowOne,
    /// A plausible growth rate: at most a factor of 148 a year, up or down.
    Rate,
    /// An interest or discount rate, from 0% to 100% a year.
    Interest,
    /// The mean number of occurrences of an event or a shock, from 0 to 10 a month.
    Frequency,
    /// The mean number of defaults of a borrower, from 0 to 10 a month.
    Hazard,
    /// A loading on a driver. More than a factor of e^10 for each unit of the driver's logarithm is
    /// implausible.
    Loading,
    /// The price elasticity of demand, from −10 to 0.
    Elasticity,
    /// An exponent, from 0 to 10.
    Power,
    /// A factor on a cost, above 0 and at most 1000.
    Overrun,
    /// A correlation below 1 in size, so that both paths keep some movement of their own.
    Correlation,
}

impl Domain {
    /// The smallest and the largest value.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Any => (f64::NEG_INFINITY, f64::INFINITY),
            Self::NotNegative | Self::Positive => (0.0, f64::INFINITY),
            Self::Share | Self::SmallShare => (0.0, 1.0),
            Self::ShareChange => (-1.0, 1.0),
            Self::BelowOne => (0.0, 0.999),
            Self::Spread => (0.0, 5.0),
            Self::Factor | Self::Overrun => (0.0, 1000.0),
            // 500% a year, per month.
            Self::Rate => (-5.0 / 12.0, 5.0 / 12.0),
            Self::Interest => (0.0, 1.0 / 12.0),
            Self::Frequency | Self::Hazard | Self::Power | Self::Burden => (0.0, 10.0),
            Self::Loading => (-10.0, 10.0),
            Self::Elasticity => (-10.0, 0.0),
            Self::Correlation => (-0.999, 0.999),
        }
    }

    /// The bounds at which the tails of a distribution are truncated: those outside which the model has no
    /// meaning. Upper bounds that only mark what is plausible truncate nothing; a tail with a probability of
    /// up to 1e-6 may exceed them.
    pub fn limits(self) -> (f64, f64) {
        match self {
            Self::Spread | Self::Factor | Self::Burden => (0.0, f64::INFINITY),
            other => other.bounds(),
        }
    }

    /// The probability that a draw is outside the bounds.
    pub fn refuses(self, distribution: &Distribution) -> f64 {
        let (min, max) = self.bounds();
        distribution.probability_outside(min, max)
    }

    /// Whether zero, the smallest value, is itself excluded, because the model divides by the number.
    pub fn excludes_zero(self) -> bool {
        matches!(self, Self::Positive | Self::Overrun | Self::Burden)
    }

    /// Whether its numbers are rates: per month in base units, and per year in the file.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::Rate | Self::Interest | Self::Frequency | Self::Hazard)
    }

    /// The range in words that continue "must be".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Any => "any number",
            Self::NotNegative => "zero or more",
            Self::Positive => "more than zero",
            Self::Share | Self::SmallShare => "between 0 and 1",
            Self::ShareChange => "between -1 and 1",
            Self::BelowOne => "between 0 and 0.999",
            Self::Spread => "between 0 and 5",
            Self::Factor => "between 0 and 1000",
            Self::Burden => "more than 0 and at most 10",
            Self::Rate => "between -500% and 500% a year",
            Self::Interest => "between 0% and 100% a year",
            Self::Frequency | Self::Hazard => "between 0 and 10 a month",
            Self::Loading => "between -10 and 10",
            Self::Elasticity => "between -10 and 0",
            Self::Power => "between 0 and 10",
            Self::Overrun => "more than 0 and at most 1000",
            Self::Correlation => "between -0.999 and 0.999",
        }
    }

    /// A hint at what was probably meant by a number outside the range.
    pub fn hint(self) -> Option<&'static str> {
        match self {
            Self::Rate
            | Self::Interest
            | Self::Share
            | Self::SmallShare
            | Self::ShareChange
            | Self::BelowOne
            | Self::Spread
            | Self::Factor
            | Self::Burden
            | Self::Loading
            | Self::Overrun => Some(MISSING_PERCENT),
            Self::Frequency | Self::Hazard => {
                Some("write how often a year: \"0.5 /year\" is once in two years; is a % missing?")
            }
            Self::Elasticity => {
                Some("demand falls when prices rise: -0.8 is 8% less for 10% more; is a % missing?")
            }
            Self::Correlation => {
                Some("for paths that move as one, let both follow one driver: driven_by = { NAME = 1 }")
            }
            _ => None,
        }
    }

    /// The size from which a number within the range was probably meant in %, but written without the sign.
    pub fn probably_percent(self) -> f64 {
        match self {
            Self::Spread | Self::Burden => 1.5,
            Self::Factor | Self::Overrun => 20.0,
            Self::Rate | Self::Hazard => 1.0 / 12.0,
            Self::Frequency => 1.0,
            _ => f64::INFINITY,
        }
    }
}
