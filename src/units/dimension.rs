//! Dimensions: the exponents of mass, money and time.

use std::fmt;

/// A dimension, mass^a · money^b · time^c. If all exponents are zero, it is that of a plain number or a
/// share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Exponent of mass (base unit: tonne).
    pub mass: i8,
    /// Exponent of money (base unit: US dollar).
    pub money: i8,
    /// Exponent of time (base unit: month).
    pub time: i8,
}

impl Dimension {
    /// A plain number or a share (`0.3`, `30%`).
    pub const SHARE: Self = Self::new(0, 0, 0);
    /// Tonnes.
    pub const MASS: Self = Self::new(1, 0, 0);
    /// US dollars.
    pub const MONEY: Self = Self::new(0, 1, 0);
    /// Months.
    pub const TIME: Self = Self::new(0, 0, 1);
    /// Tonnes a month.
    pub const MASS_PER_TIME: Self = Self::new(1, 0, -1);
    /// US dollars a month.
    pub const MONEY_PER_TIME: Self = Self::new(0, 1, -1);
    /// US dollars a tonne.
    pub const MONEY_PER_MASS: Self = Self::new(-1, 1, 0);
    /// A rate, per month.
    pub const PER_TIME: Self = Self::new(0, 0, -1);

    const fn new(mass: i8, money: i8, time: i8) -> Self {
        Self { mass, money, time }
    }

    /// The dimension of the product (`sign` = 1) or the quotient (`sign` = −1) of two quantities; `None` if
    /// an exponent leaves the range of an `i8`.
    pub(super) fn times(self, other: Self, sign: i8) -> Option<Self> {
        let add = |a: i8, b: i8| a.checked_add(b.checked_mul(sign)?);
        Some(Self::new(
            add(self.mass, other.mass)?,
            add(self.money, other.money)?,
            add(self.time, other.time)?,
        ))
    }

    /// A unit of this dimension as an example in messages: `t/year`, `USD/t`, `months`.
    pub fn example_unit(self) -> &'static str {
        match self {
            Self::SHARE => "%",
            Self::MASS => "t",
            Self::MONEY => "MUSD",
            Self::TIME => "months",
            Self::MASS_PER_TIME => "t/year",
            Self::MONEY_PER_TIME => "MUSD/year",
            Self::MONEY_PER_MASS => "USD/t",
            Self::PER_TIME => "% /year",
            _ => "(none)",
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match *self {
            Self::SHARE => "a plain number or share",
            Self::MASS => "a mass",
            Self::MONEY => "an amount of money",
            Self::TIME => "a length of time",
            Self::MASS_PER_TIME => "a mass per time",
            Self::MONEY_PER_TIME => "money per time",
            Self::MONEY_PER_MASS => "a price (money per mass)",
            Self::PER_TIME => "a rate per time",
            _ => "an unusual dimension",
        })
    }
}
