//! Fields: the keys of a scenario file, defined once.
//!
//! The same definitions drive the reader, the JSON Schema and the reference in the guide. A new key needs one
//! entry in the list of its section and one line where the section is read. [`list`] holds the whole file;
//! the lists of its sections are in `trade`, `timeline` and `money`.

mod domain;
pub mod list;
mod money;
mod timeline;
mod trade;

pub use domain::Domain;
pub(super) use domain::MISSING_PERCENT;
pub use list::{EVIDENCE, ROOT};

use crate::units::Dimension;

/// The sections whose entries are named and take defaults from `"*"`.
pub const NAMED_SECTIONS: &[&str] =
    &["groups", "drivers", "products", "routes", "events", "shocks", "projects", "earnings", "targets"];

/// The noun that messages use for one entry of a section: a `product`, a `stream of earnings`.
pub fn one_of(section: &str) -> &str {
    match section {
        "earnings" => "stream of earnings",
        other => other.trim_end_matches('s'),
    }
}

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Free text.
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
        /// The smallest value allowed.
        min: i64,
        /// The largest value allowed.
        max: i64,
    },
    /// A number that may be uncertain; may be a table with evidence.
    Quantity {
        /// The dimension that its unit must have.
        dimension: Dimension,
        /// The range that it must be in.
        domain: Domain,
    },
    /// A plain number of zero or more, relative to others of its kind.
    Weight,
    /// A number with a unit that is the same in all runs.
    Constant(Dimension),
    /// A number whose dimension is that of the metric or parameter that it belongs to.
    AnyQuantity,
    /// One of the names of a section: `group = "food"`.
    Name(&'static str),
    /// A list of names of a section.
    Names(&'static str),
    /// Names of a section, each with a number: `{ appetite = 1.0 }`.
    Loadings {
        /// The section that defines the names.
        section: &'static str,
        /// The range that the numbers must be in.
        domain: Domain,
    },
    /// Pairs of series or of uncertain numbers, `"one ~ other"`, each with a number.
    Correlations,
    /// The path of a parameter or of a metric.
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
    /// Paths, each with the file that set it. The program writes it into resolved scenarios.
    Origin,
}

/// One key of a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The key as written in TOML.
    pub key: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// Whether some layer must state it.
    pub required: bool,
    /// What it means, for the schema and the reference.
    pub meaning: &'static str,
    /// An example of its value; empty for tables.
    pub example: &'static str,
}

/// The months of the year as lists of months name them; they may be abbreviated to three letters or more.
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

/// The three-letter abbreviation of a month's name.
pub(super) fn short_month(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// A field that may be left out.
const fn optional(key: &'static str, kind: Kind, meaning: &'static str, example: &'static str) -> Field {
    Field { key, kind, required: false, meaning, example }
}

/// A field that some layer must state.
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
