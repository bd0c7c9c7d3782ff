//! Fields: what a scenario file can say, written down once.
//!
//! The same definitions drive the reader, the JSON Schema and the reference in the guide. A new key is one
//! entry in its section's list and one line where the section is read. [`list`] holds the whole file; the lists of
//! its sections stand in `trade`, `happening` and `money`.

mod domain;
mod happening;
pub mod list;
mod money;
mod trade;

pub use domain::Domain;
pub(super) use domain::MISSING_PERCENT;
pub use list::{EVIDENCE, ROOT};

use crate::units::Dimension;

/// The sections whose entries are named and take defaults from `"*"`.
pub const NAMED_SECTIONS: &[&str] =
    &["groups", "drivers", "products", "routes", "events", "shocks", "projects", "earnings", "targets"];

/// What one entry of a section is called, in messages: a `product`, a `stream of earnings`.
pub fn one_of(section: &str) -> &str {
    match section {
        "earnings" => "stream of earnings",
        other => other.trim_end_matches('s'),
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Words for people.
    Text,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A month: `"2026-12"`; may be a table with evidence.
    Month,
    /// Months of the year: `["jul", "aug"]`; may be a table with evidence.
    Months,
    /// A month, or the name of an event or a project.
    Moment,
    /// Names of events and projects: one, or a list.
    Milestones,
    /// A whole number in a range.
    Count {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number that may be uncertain; may be a table with evidence.
    Quantity {
        /// What it must measure.
        dimension: Dimension,
        /// Where it must lie.
        domain: Domain,
    },
    /// A plain number of zero or more, against others of its kind.
    Weight,
    /// A number with a unit that is the same in all runs.
    Constant(Dimension),
    /// A number whose dimension is that of the metric or target that it belongs to.
    AnyQuantity,
    /// One of the names of a section: `group = "food"`.
    Name(&'static str),
    /// A list of names of a section.
    Names(&'static str),
    /// Names of a section, each with a number: `{ appetite = 1.0 }`.
    Loadings {
        /// The section.
        section: &'static str,
        /// Where the numbers must lie.
        domain: Domain,
    },
    /// Pairs of series or of uncertain numbers, `"one ~ other"`, each with a number.
    Correlations,
    /// A path: to a parameter, a metric.
    Path(&'static str),
    /// Twelve factors, January first; may be a table with evidence.
    Season,
    /// A table with these fields.
    Table(&'static [Field]),
    /// Named tables, each with these fields; `"*"` holds defaults.
    Tables(&'static [Field]),
    /// Metric paths, each a table of years with a quantity each.
    History,
    /// File paths: one or a list.
    Files,
    /// A list of texts.
    Texts,
    /// Paths and the file that set each: written by the program into resolved scenarios.
    Origin,
}

/// One key of a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, for the schema and the reference.
    pub meaning: &'static str,
    /// How it is written.
    pub example: &'static str,
}

/// The months of the year as lists of months name them; three letters are enough.
pub(super) const MONTHS_OF_YEAR: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month's name of three letters.
pub(super) fn short_month(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// A field that may be left out.
const fn optional(key: &'static str, kind: Kind, meaning: &'static str, example: &'static str) -> Field {
    Field { key, kind, required: false, meaning, example }
}

/// A field that must be there.
const fn required(key: &'static str, kind: Kind, meaning: &'static str, example: &'static str) -> Field {
    Field { key, kind, required: true, meaning, example }
}

const fn quantity(dimension: Dimension, domain: Domain) -> Kind {
    Kind::Quantity { dimension, domain }
}

const VOLUME: Kind = quantity(Dimension::MASS_PER_TIME, Domain::NotNegative);
const PRICE: Kind = quantity(Dimension::MONEY_PER_MASS, Domain::NotNegative);
const MONEY: Kind = quantity(Dimension::MONEY, Domain::NotNegative);
const MONEY_FLOW: Kind = quantity(Dimension::MONEY_PER_TIME, Domain::NotNegative);
const GROWTH: Kind = quantity(Dimension::PER_TIME, Domain::Rate);
const INTEREST: Kind = quantity(Dimension::PER_TIME, Domain::Interest);
const FREQUENCY: Kind = quantity(Dimension::PER_TIME, Domain::Frequency);
const SHARE: Kind = quantity(Dimension::SHARE, Domain::Share);
const SMALL_SHARE: Kind = quantity(Dimension::SHARE, Domain::SmallShare);
const SPREAD: Kind = quantity(Dimension::SHARE, Domain::Spread);
const HAZARD: Kind = quantity(Dimension::PER_TIME, Domain::Hazard);
const DURATION: Kind = quantity(Dimension::TIME, Domain::NotNegative);
const SPAN: Kind = quantity(Dimension::TIME, Domain::Positive);
const PRIORITY: Kind = Kind::Count { min: 1, max: 1000 };
const LOADINGS: Kind = Kind::Loadings { section: "drivers", domain: Domain::Loading };
