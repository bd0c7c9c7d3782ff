//! The metrics, each declared once: name, title, dimension, and how the months are combined into a year.

use super::{Cause, Kind};
use crate::units::Dimension;

/// A metric of a block, as declared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    /// The last part of its path, after the path of its block.
    pub(super) name: &'static str,
    /// The last part of its title, after the title of its block.
    pub(super) words: &'static str,
    pub(super) dimension: Dimension,
    /// How months become a year; indices in it count from the block's first metric.
    pub(super) kind: Kind,
    pub(super) signed: bool,
}

/// Declares the metrics that are repeated for each product, route and so on: an enum whose discriminants are
/// their offsets in the block, and the list from which the registry is built. A new metric is added here, and
/// observed in `model/world.rs`.
macro_rules! block {
    ($(#[$doc:meta])* $Block:ident {
        $($Metric:ident = $name:literal, $words:literal, $dimension:ident, $kind:expr $(, $signed:ident)?;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(dead_code, reason = "a metric that is computed from others is never observed")]
        pub(crate) enum $Block { $(#[doc = $words] $Metric),* }

        #[allow(dead_code, reason = "a block of one metric, or one that occurs once, uses fewer of them")]
        impl $Block {
            /// The number of metrics in the block.
            pub(crate) const LEN: usize = Self::ALL.len();

            pub(super) const ALL: &'static [Declared] = &[$(Declared {
                name: $name,
                words: $words,
                dimension: Dimension::$dimension,
                kind: $kind,
                signed: block!(@signed $($signed)?),
            }),*];

            /// Its index, where the block's first metric has the index `first`.
            #[inline(always)]
            pub(crate) const fn after(self, first: usize) -> usize {
                first + self as usize
            }
        }
    };
    (@signed signed) => { true };
    (@signed) => { false };
}

block! {
    /// Of all products, of a group or of one product; followed by one metric for each of [`Cause::ALL`].
    Trade {
        Wanted = "wanted", "demand", MASS, Kind::Flow;
        Volume = "volume", "exports", MASS, Kind::Flow;
        Value = "value", "value at the border", MONEY, Kind::Flow;
        Unmet = "unmet", "unmet demand", MASS, Kind::Flow;
    }
}

impl Trade {
    /// The number of its metrics, including one for each cause.
    pub(crate) const WITH_CAUSES: usize = Self::LEN + Cause::ALL.len();

    /// The index of the amount that a cause leaves unmet.
    #[inline(always)]
    pub(crate) const fn unmet(cause: Cause, first: usize) -> usize {
        first + Self::LEN + cause as usize
    }
}

block! {
    /// Of one product only, after the metrics that groups have as well.
    Product {
        Price = "price", "price without freight", MONEY_PER_MASS, Kind::Mean;
    }
}

impl Product {
    /// The number of all metrics of a product.
    pub(crate) const WITH_TRADE: usize = Trade::WITH_CAUSES + Self::LEN;
}

block! {
    /// Of a route.
    Route {
        Throughput = "throughput", "throughput", MASS, Kind::Flow;
        Capacity = "capacity", "capacity", MASS, Kind::Flow;
        Utilisation = "utilisation", "share of capacity used", SHARE,
            Kind::Ratio { over: Route::Throughput as usize, under: Route::Capacity as usize };
    }
}

block! {
    /// Of a stream of earnings.
    Earnings {
        Income = "income", "income", MONEY, Kind::Flow;
    }
}

block! {
    /// Of the buyer's money.
    Money {
        Cash = "cash", "Cash income", MONEY, Kind::Flow;
        Spent = "spent", "Spending on goods, freight and projects", MONEY, Kind::Flow;
        Kept = "kept", "Cash carried over to the next month", MONEY, Kind::Stock;
    }
}

block! {
    /// Of credit, for the borrower.
    Credit {
        Drawn = "drawn", "Credit drawn", MONEY, Kind::Flow;
        Interest = "interest", "Interest charged", MONEY, Kind::Flow;
        Due = "due", "Debt service due", MONEY, Kind::Flow;
        Repaid = "repaid", "Debt service paid", MONEY, Kind::Flow;
        Exposure = "exposure", "Exposure at default", MONEY, Kind::Flow;
        WrittenOff = "written_off", "Debt written off", MONEY, Kind::Flow;
        Debt = "debt", "Debt at the end of the period", MONEY, Kind::Stock;
        Arrears = "arrears", "Arrears at the end of the period", MONEY, Kind::Stock;
        Defaulted = "defaulted", "The borrower has defaulted", SHARE, Kind::Stock;
    }
}

block! {
    /// Of credit, for the lender; after those of the borrower.
    Lender {
        Flow = "flow", "Cash flow of the lender: repayments less loans", MONEY, Kind::Flow, signed;
        Npv = "npv", "Net present value of the lending so far", MONEY, Kind::Stock, signed;
    }
}

block! {
    /// Of an event.
    Event {
        Started = "started", "has started", SHARE, Kind::Stock;
        Progress = "progress", "share of its full effect", SHARE, Kind::Stock;
    }
}

block! {
    /// Of a project.
    Project {
        Spent = "spent", "spending", MONEY, Kind::Flow;
        Unfunded = "unfunded", "work not funded for lack of money", MONEY, Kind::Flow;
        Progress = "progress", "share of its cost spent", SHARE, Kind::Stock;
        Finished = "finished", "is finished", SHARE, Kind::Stock;
    }
}

block! {
    /// Of a shock.
    Shock {
        On = "on", "share of the time that it is on", SHARE, Kind::Mean;
    }
}

block! {
    /// Of a product, a group or all products of which anything can wait.
    Waiting {
        Waiting = "waiting", "backlog of demand", MASS, Kind::Stock;
    }
}
