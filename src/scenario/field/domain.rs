//! Domains: the ranges that numbers of a scenario may lie in, and what a number outside was probably meant to be.

use crate::dist::Distribution;

/// The hint for numbers a hundred times too large.
pub(in crate::scenario) const MISSING_PERCENT: &str = "is a % missing?";

/// The range that a number may lie in, in base units.
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
    /// The standard deviation of a logarithm: at 5 a factor with mean one is below a thousandth in nearly all runs.
    Spread,
    /// What something is multiplied by.
    Factor,
    /// A service due against the cash that pays it.
    Burden,
    /// A change of a share.
    ShareChange,
    /// From 0 to just below 1.
    BelowOne,
    /// Growth that can be meant: at most by a factor of 148 a year, up or down.
    Rate,
    /// Interest and discount rates.
    Interest,
    /// How often something happens, on average.
    Frequency,
    /// How often a borrower defaults, on average.
    Hazard,
    /// How strongly something follows a driver: a factor of e^10 for each unit of its logarithm is beyond any use.
    Loading,
    /// How strongly demand answers to prices.
    Elasticity,
    /// An exponent.
    Power,
    /// A factor on a cost.
    Overrun,
    /// A correlation that leaves both paths something of their own.
    Correlation,
}

impl Domain {
    /// The least and the greatest value.
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

    /// Where the tails of a distribution are cut off. Beyond these bounds the model has no meaning; of those that only say what
    /// can be meant, a tail of a millionth may stay.
    pub fn limits(self) -> (f64, f64) {
        match self {
            Self::Spread | Self::Factor | Self::Burden => (0.0, f64::INFINITY),
            other => other.bounds(),
        }
    }

    /// The share of the draws that lie outside.
    pub fn refuses(self, distribution: &Distribution) -> f64 {
        let (min, max) = self.bounds();
        distribution.probability_outside(min, max)
    }

    /// Whether the least value itself is outside: nothing can be divided by it.
    pub fn excludes_zero(self) -> bool {
        matches!(self, Self::Positive | Self::Overrun | Self::Burden)
    }

    /// Whether its numbers are per month here and per year in the file.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::Rate | Self::Interest | Self::Frequency | Self::Hazard)
    }

    /// In words, after "must be".
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

    /// What a number outside was probably meant to be.
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
            Self::Correlation => Some("what moves as one follows one driver: driven_by = { NAME = 1 }"),
            _ => None,
        }
    }

    /// A size from which on a number inside was probably written without its %: as a share, or per month.
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
