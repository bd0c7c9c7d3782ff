//! The fields of the whole file and of its general sections: `[scenario]`, `[run]`, `[targets]`, evidence.

use super::money::{EARNINGS, FINANCE};
use super::timeline::{EVENT, PROJECT, SHOCK};
use super::trade::{DRIVER, GROUP, PRODUCT, ROUTE};
use super::{Field, Kind, optional, required};

/// The top-level keys of a scenario file.
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
        "Entries or single keys of the lower layers to remove.",
        "[\"routes.sea\", \"events.talks.rate\"]",
    ),
    required("scenario", Kind::Table(SCENARIO), "What the scenario is about.", ""),
    required("run", Kind::Table(RUN), "The months, the number of runs, and how they are drawn.", ""),
    optional(
        "groups",
        Kind::Tables(GROUP),
        "Groups of products, by which routes accept goods and credit is tied.",
        "",
    ),
    optional(
        "drivers",
        Kind::Tables(DRIVER),
        "Random paths with mean one that demand, prices and earnings follow together.",
        "",
    ),
    required("products", Kind::Tables(PRODUCT), "The goods that are traded.", ""),
    required("routes", Kind::Tables(ROUTE), "The routes on which they are moved.", ""),
    optional("events", Kind::Tables(EVENT), "Events, which occur at most once.", ""),
    optional("projects", Kind::Tables(PROJECT), "Projects, which cost money and take time to build.", ""),
    optional("shocks", Kind::Tables(SHOCK), "Shocks, which recur: closures, floods, bans, gifts.", ""),
    optional(
        "earnings",
        Kind::Tables(EARNINGS),
        "What the buyer earns for these goods and projects, beside `finance.cash`.",
        "",
    ),
    optional(
        "finance",
        Kind::Table(FINANCE),
        "The buyer's money. Without this section, money never limits exports.",
        "",
    ),
    optional(
        "correlations",
        Kind::Correlations,
        "Correlations between monthly noises or paths, and rank correlations between uncertain numbers, by \
         pairs of names. The correlation of an unstated pair is 0.",
        "\"products.flour.price_path ~ products.corn.price_path\" = 0.54",
    ),
    optional("targets", Kind::Tables(TARGET), "Thresholds whose probability of being met is reported.", ""),
    optional(
        "history",
        Kind::History,
        "Known values of years that ended before the run starts, plotted before the forecast; a range is \
         plotted as a range.",
        "",
    ),
    optional("origin", Kind::Origin, "The file that set each value. Written by the program.", ""),
];

/// `[scenario]`
pub const SCENARIO: &[Field] = &[
    required("title", Kind::Text, "Its name in tables and figures.", "\"Tumen road bridge\""),
    optional(
        "description",
        Kind::Text,
        "What it assumes, and what it leaves out.",
        "\"A road is added to rail and sea.\"",
    ),
    optional("as_of", Kind::Month, "The month after which no information was used.", "\"2025-04\""),
    optional(
        "weight",
        Kind::Weight,
        "How likely its author judges it to be, relative to the weights of the scenarios that it is compared \
         with. A scenario that extends another does not inherit its weight.",
        "0.3",
    ),
    optional(
        "name",
        Kind::Text,
        "The name of its output folder; the file's name unless given, `stdin` for standard input. `extends` \
         does not pass it on.",
        "\"bridge\"",
    ),
    optional(
        "changes",
        Kind::Texts,
        "Changes made on the command line. Written by the program.",
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
        "The year for which volumes and cash are stated; they grow from its middle to the start of the run. \
         Unless given, they are those of the first month.",
        "2024",
    ),
    optional(
        "runs",
        Kind::Count { min: 1, max: 1_000_000_000 },
        "How many possible futures are computed; 10,000 unless given.",
        "10_000",
    ),
    optional("seed", Kind::Count { min: 0, max: i64::MAX }, "The seed of all draws; 1 unless given.", "2024"),
    optional(
        "sampling",
        Kind::Word(&["random", "latin-hypercube", "sobol"]),
        "The sampling design of uncertain numbers; random unless given. The other two give more precise \
         figures for the same number of runs.",
        "\"sobol\"",
    ),
    optional(
        "copula",
        Kind::Word(&["gaussian", "t"]),
        "The copula of correlated numbers: `t` makes joint extremes more frequent than `gaussian` does; \
         gaussian unless given.",
        "\"t\"",
    ),
    optional(
        "copula_freedom",
        Kind::Count { min: 1, max: 100 },
        "Degrees of freedom of the t copula: the fewer, the more frequent are joint extremes; 4 unless \
         given.",
        "4",
    ),
    optional(
        "repair_correlations",
        Kind::Flag,
        "Replaces correlations that are jointly impossible by the nearest possible ones, with a warning; \
         without it they are an error.",
        "true",
    ),
];

/// `[targets.NAME]`
pub const TARGET: &[Field] = &[
    optional("title", Kind::Text, "The question in words.", "\"Exports double on 2024\""),
    required("metric", Kind::Path("metric"), "The metric, by path.", "\"volume\""),
    required("year", Kind::Count { min: 0, max: 9999 }, "The year in which it is evaluated.", "2028"),
    optional("at_least", Kind::AnyQuantity, "Met when the year's value is at least this.", "\"44 kt/year\""),
    optional("at_most", Kind::AnyQuantity, "Met when the year's value is at most this.", "\"10 kt/year\""),
];

/// The keys of a value with evidence: `value`, and what may be given beside it.
pub const EVIDENCE: &[Field] = &[
    required("value", Kind::Text, "The value itself.", "\"10 to 40 kt/year\""),
    optional(
        "source",
        Kind::Text,
        "Where it comes from; \"judgement\" if it has no other source.",
        "\"Agroexport, April 2025\"",
    ),
    optional("note", Kind::Text, "Further remarks.", "\"a rounded figure\""),
    optional("confidence", Kind::Text, "The author's confidence: low, medium or high.", "\"low\""),
];
