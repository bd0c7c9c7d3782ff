//! The whole file, and the sections that say what it is about.

use super::happening::{EVENT, PROJECT, SHOCK};
use super::money::{EARNINGS, FINANCE};
use super::trade::{DRIVER, GROUP, PRODUCT, ROUTE};
use super::{Field, Kind, optional, required};

/// The whole file.
pub const ROOT: &[Field] = &[
    optional(
        "extends",
        Kind::Files,
        "Files that this one builds on, applied from left to right before it.",
        "\"baseline.toml\"",
    ),
    optional(
        "remove",
        Kind::Texts,
        "Entries or single keys of the layers below to take away.",
        "[\"routes.sea\", \"events.talks.rate\"]",
    ),
    required("scenario", Kind::Table(SCENARIO), "What the scenario is about.", ""),
    required("run", Kind::Table(RUN), "Which months, how many runs, how they are drawn.", ""),
    optional(
        "groups",
        Kind::Tables(GROUP),
        "Groups of products: what routes accept and credit is tied to.",
        "",
    ),
    optional(
        "drivers",
        Kind::Tables(DRIVER),
        "Random paths with mean one that demand, prices and earnings follow together.",
        "",
    ),
    required("products", Kind::Tables(PRODUCT), "What is traded.", ""),
    required("routes", Kind::Tables(ROUTE), "How it travels.", ""),
    optional("events", Kind::Tables(EVENT), "What may happen once, and when.", ""),
    optional("projects", Kind::Tables(PROJECT), "What is built with money, and takes time.", ""),
    optional("shocks", Kind::Tables(SHOCK), "What comes and goes: closures, floods, bans, gifts.", ""),
    optional(
        "earnings",
        Kind::Tables(EARNINGS),
        "What the buyer earns for these goods and projects, beside `finance.cash`.",
        "",
    ),
    optional(
        "finance",
        Kind::Table(FINANCE),
        "The buyer's money. Without it, money never holds exports back.",
        "",
    ),
    optional(
        "correlations",
        Kind::Correlations,
        "Noises and paths whose months go together, uncertain numbers that do (rank correlation): pairs of their names. Pairs that aren't stated count as 0.",
        "\"products.flour.price_path ~ products.corn.price_path\" = 0.54",
    ),
    optional("targets", Kind::Tables(TARGET), "Questions of the kind: how likely is it that …?", ""),
    optional(
        "history",
        Kind::History,
        "Known values of the past, drawn before the forecast, in years that were over when the run starts; a range is drawn as one.",
        "",
    ),
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
    optional(
        "weight",
        Kind::Weight,
        "How likely its author thinks it, against the weights of the scenarios that it is compared with: judgement. A scenario that extends another does not take its weight.",
        "0.3",
    ),
    optional(
        "name",
        Kind::Text,
        "Its folder under the output; the file's name unless given, `stdin` of standard input. It is not passed on by `extends`.",
        "\"bridge\"",
    ),
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
    optional(
        "sampling",
        Kind::Word(&["random", "latin-hypercube", "sobol"]),
        "How uncertain numbers are laid out over the runs; random unless given. The other two give steadier figures with as many runs.",
        "\"sobol\"",
    ),
    optional(
        "copula",
        Kind::Word(&["gaussian", "t"]),
        "How correlated numbers go together in their tails: as normals, or with extremes that come together; gaussian unless given.",
        "\"t\"",
    ),
    optional(
        "copula_freedom",
        Kind::Count { min: 1, max: 100 },
        "Degrees of freedom of the t copula: the fewer, the more extremes come together; 4 unless given.",
        "4",
    ),
    optional(
        "repair_correlations",
        Kind::Flag,
        "Correlations that can't hold together give way to the nearest that can, with a warning; else they are an error.",
        "true",
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
