//! Fields: what a scenario file can say, written down once.
//!
//! The same definitions drive the reader, the JSON Schema and the reference in the guide. A new key is one
//! entry in its section's list and one line where the section is read.

use crate::units::Dimension;

/// The range that a number may lie in, in base units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Domain {
    /// Anything finite.
    Any,
    /// Zero or more.
    NotNegative,
    /// More than zero.
    Positive,
    /// From 0 to 1.
    Share,
    /// From 0 to just below 1.
    BelowOne,
    /// Growth that can be meant: at most by a factor of 148 a year, up or down.
    Rate,
}

impl Domain {
    /// The least and the greatest value.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Any => (f64::NEG_INFINITY, f64::INFINITY),
            Self::NotNegative | Self::Positive => (0.0, f64::INFINITY),
            Self::Share => (0.0, 1.0),
            Self::BelowOne => (0.0, 0.999),
            // 500% a year, per month.
            Self::Rate => (-5.0 / 12.0, 5.0 / 12.0),
        }
    }

    /// In words, after "must be".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Any => "any number",
            Self::NotNegative => "zero or more",
            Self::Positive => "more than zero",
            Self::Share => "between 0 and 1",
            Self::BelowOne => "between 0 and 0.999",
            Self::Rate => "between -500% and 500% a year",
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Words for people.
    Text,
    /// A month: `"2026-12"`; may be a table with evidence.
    Month,
    /// A month, or the name of an event.
    Moment,
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
    /// A number with a unit that is the same in all runs.
    Constant(Dimension),
    /// A number whose dimension is that of the metric or target that it belongs to.
    AnyQuantity,
    /// One of the names of a section: `group = "food"`.
    Name(&'static str),
    /// A list of names of a section.
    Names(&'static str),
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
const GROWTH: Kind = quantity(Dimension::PER_TIME, Domain::Rate);
const SHARE: Kind = quantity(Dimension::SHARE, Domain::Share);
const DURATION: Kind = quantity(Dimension::TIME, Domain::NotNegative);

/// The whole file.
pub const ROOT: &[Field] = &[
    optional(
        "extends",
        Kind::Files,
        "Files that this one builds on, applied from left to right before it.",
        "\"baseline.toml\"",
    ),
    optional("remove", Kind::Texts, "Entries of the layers below to take away.", "[\"routes.sea\"]"),
    required("scenario", Kind::Table(SCENARIO), "What the scenario is about.", ""),
    required("run", Kind::Table(RUN), "Which months, how many runs, which seed.", ""),
    optional(
        "groups",
        Kind::Tables(GROUP),
        "Groups of products: what routes accept and credit is tied to.",
        "",
    ),
    required("products", Kind::Tables(PRODUCT), "What is traded.", ""),
    required("routes", Kind::Tables(ROUTE), "How it travels.", ""),
    optional("events", Kind::Tables(EVENT), "What may happen once, and when.", ""),
    optional(
        "finance",
        Kind::Table(FINANCE),
        "The buyer's money. Without it, money never holds exports back.",
        "",
    ),
    optional("targets", Kind::Tables(TARGET), "Questions of the kind: how likely is it that …?", ""),
    optional("history", Kind::History, "Known values of the past, drawn before the forecast.", ""),
    optional("origin", Kind::Origin, "Which file set which value. Written by the program.", ""),
];

/// `[scenario]`
pub const SCENARIO: &[Field] = &[
    required("title", Kind::Text, "What people call it.", "\"Tumen road bridge\""),
    optional(
        "description",
        Kind::Text,
        "What story it tells, and what it leaves out.",
        "\"A road is added to rail and sea.\"",
    ),
    optional("as_of", Kind::Month, "Nothing known after this month was used.", "\"2025-04\""),
    optional("name", Kind::Text, "Its folder under the output; the file's name unless given.", "\"bridge\""),
    optional(
        "changes",
        Kind::Texts,
        "What the command line changed. Written by the program.",
        "[\"finance.cash=20 MUSD/year\"]",
    ),
];

/// `[run]`
pub const RUN: &[Field] = &[
    required("start", Kind::Month, "The first month.", "\"2025-01\""),
    required("end", Kind::Month, "The last month.", "\"2030-12\""),
    optional(
        "base_year",
        Kind::Count { min: 0, max: 9999 },
        "The year that volumes and cash are stated for: they have grown from its middle when the run starts. Unless given, they are those of the first month.",
        "2024",
    ),
    optional(
        "runs",
        Kind::Count { min: 1, max: 1_000_000_000 },
        "How many possible futures; 10,000 unless given.",
        "10_000",
    ),
    optional("seed", Kind::Count { min: 0, max: i64::MAX }, "The seed of all draws; 1 unless given.", "2024"),
];

/// `[groups.NAME]`
pub const GROUP: &[Field] = &[optional("title", Kind::Text, "What people call it.", "\"Food\"")];

/// `noise = { … }`
pub const NOISE: &[Field] = &[
    required(
        "sd_log",
        quantity(Dimension::SHARE, Domain::NotNegative),
        "Standard deviation of the logarithm of the monthly factor.",
        "0.35",
    ),
    optional(
        "persistence",
        quantity(Dimension::SHARE, Domain::BelowOne),
        "Correlation of the logarithms of neighbouring months; 0 unless given.",
        "0.6",
    ),
];

/// `[products.NAME]`
pub const PRODUCT: &[Field] = &[
    optional("title", Kind::Text, "What people call it.", "\"Wheat flour\""),
    optional("group", Kind::Name("groups"), "Its group.", "\"food\""),
    optional(
        "priority",
        Kind::Count { min: 1, max: 1000 },
        "Lower is served earlier, equals share alike; 1 unless given.",
        "1",
    ),
    optional("volume", VOLUME, "Potential demand in the base year.", "\"15180 t/year\""),
    optional(
        "from",
        Kind::Moment,
        "A month, or an event: the product is wanted from then on.",
        "\"2026-03\"",
    ),
    optional(
        "initial",
        VOLUME,
        "Potential demand when it is first wanted; goes with `from`, in place of `volume`.",
        "\"2 to 40 kt/year\"",
    ),
    optional(
        "growth",
        GROWTH,
        "Growth of potential demand (continuous rate); none unless given.",
        "\"normal(8%, 15%) /year\"",
    ),
    optional(
        "ceiling",
        quantity(Dimension::MASS_PER_TIME, Domain::Positive),
        "Where growth ends; nowhere unless given.",
        "\"60 to 220 kt/year\"",
    ),
    optional("price", PRICE, "Price without freight; nothing unless given.", "\"313 USD/t\""),
    optional(
        "season",
        Kind::Season,
        "Twelve factors of demand, January first; only their proportions count.",
        "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ),
    optional(
        "noise",
        Kind::Table(NOISE),
        "Monthly noise of demand, with mean one.",
        "{ sd_log = 0.35, persistence = 0.6 }",
    ),
];

/// `[routes.NAME]`
pub const ROUTE: &[Field] = &[
    optional("title", Kind::Text, "What people call it.", "\"Railway\""),
    optional(
        "accepts",
        Kind::Names("groups"),
        "The groups that it carries; all unless given.",
        "[\"food\", \"inputs\"]",
    ),
    required("capacity", VOLUME, "The most that it moves.", "\"100 to 800 kt/year\""),
    optional("freight", PRICE, "Cost of moving a tonne; nothing unless given.", "\"40 to 90 USD/t\""),
    optional("availability", SHARE, "The share of the capacity that can be had; all unless given.", "0.9"),
    optional(
        "season",
        Kind::Season,
        "Twelve factors of capacity, January first; only their proportions count.",
        "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ),
];

/// `[events.NAME]`
pub const EVENT: &[Field] = &[
    optional("title", Kind::Text, "What people call it.", "\"Tumen River road bridge\""),
    optional("planned", Kind::Month, "The month in which it is planned to start.", "\"2026-12\""),
    optional(
        "after",
        Kind::Name("events"),
        "An event that must be over before: ended, or if it doesn't end, started.",
        "\"bridge\"",
    ),
    optional(
        "delay",
        DURATION,
        "How much later than planned it starts; not at all unless given.",
        "\"pert(0, 4, 30) months\"",
    ),
    optional("probability", SHARE, "The chance that it happens at all; certain unless given.", "0.97"),
    optional("ramp", DURATION, "Time from the start to the full effect; none unless given.", "\"6 months\""),
    optional("lasts", DURATION, "Time until it ends; it stays unless given.", "\"12 months\""),
    optional(
        "opens",
        Kind::Names("routes"),
        "Routes that exist only once this has started; their capacity grows with the ramp.",
        "[\"road\"]",
    ),
    optional("effects", Kind::Tables(EFFECT), "What it changes.", ""),
];

/// `[events.NAME.effects.NAME]`
pub const EFFECT: &[Field] = &[
    required(
        "on",
        Kind::Path("parameter"),
        "What it changes, by path; `*` stands for all.",
        "\"products.*.demand\"",
    ),
    optional(
        "multiply",
        quantity(Dimension::SHARE, Domain::NotNegative),
        "The factor at full effect.",
        "\"1.00 to 1.15\"",
    ),
    optional("add", Kind::AnyQuantity, "What is added at full effect.", "\"200 t/month\""),
    optional("set", Kind::AnyQuantity, "The value at full effect.", "\"60 USD/t\""),
];

/// `[finance]`
pub const FINANCE: &[Field] = &[
    required(
        "cash",
        quantity(Dimension::MONEY_PER_TIME, Domain::NotNegative),
        "Cash for these goods in the base year. What a month doesn't use is gone.",
        "\"8 to 40 MUSD/year\"",
    ),
    optional("growth", GROWTH, "Growth of the cash (continuous rate); none unless given.", "\"8% /year\""),
    optional(
        "noise",
        Kind::Table(NOISE),
        "Monthly noise of the cash, with mean one.",
        "{ sd_log = 0.2, persistence = 0.8 }",
    ),
    optional("credit", Kind::Table(CREDIT), "Credit, drawn for what cash can't pay.", ""),
];

/// `[finance.credit]`
pub const CREDIT: &[Field] = &[
    required(
        "limit",
        quantity(Dimension::MONEY, Domain::NotNegative),
        "The most that may be owed.",
        "\"40 MUSD\"",
    ),
    optional(
        "drawdown",
        quantity(Dimension::MONEY_PER_TIME, Domain::NotNegative),
        "The most that may be drawn, spread over the months; no such cap unless given.",
        "\"10 MUSD/year\"",
    ),
    optional(
        "groups",
        Kind::Names("groups"),
        "What it may be spent on; anything unless given.",
        "[\"inputs\"]",
    ),
];

/// `[targets.NAME]`
pub const TARGET: &[Field] = &[
    optional("title", Kind::Text, "The question in words.", "\"Exports double on 2024\""),
    required("metric", Kind::Path("metric"), "The metric, by path.", "\"volume\""),
    required("year", Kind::Count { min: 0, max: 9999 }, "The year that counts.", "2028"),
    optional("at_least", Kind::AnyQuantity, "Met when the year's value is at least this.", "\"44 kt/year\""),
    optional("at_most", Kind::AnyQuantity, "Met when the year's value is at most this.", "\"10 kt/year\""),
];

/// What may stand beside a `value`.
pub const EVIDENCE: &[Field] = &[
    required("value", Kind::Text, "The value itself.", "\"10 to 40 kt/year\""),
    optional(
        "source",
        Kind::Text,
        "Where it comes from; \"judgement\" when from nowhere.",
        "\"Agroexport, April 2025\"",
    ),
    optional("note", Kind::Text, "What else is to be known.", "\"a rounded figure\""),
    optional("confidence", Kind::Text, "How sure its author is: low, medium or high.", "\"low\""),
];

/// The sections whose entries are named and take defaults from `"*"`.
pub const NAMED_SECTIONS: &[&str] = &["groups", "products", "routes", "events", "targets"];
