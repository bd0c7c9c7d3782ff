//! The fields of products, routes and drivers, and of their random paths.

use super::{
    Domain, Field, GROWTH, Kind, LOADINGS, PRICE, PRIORITY, SHARE, SPAN, SPREAD, VOLUME, optional, quantity,
    required,
};
use crate::units::Dimension;

/// `[groups.NAME]`
pub(super) const GROUP: &[Field] =
    &[optional("title", Kind::Text, "Its name in tables and figures.", "\"Food\"")];

/// `noise = { … }`
pub(super) const NOISE: &[Field] = &[
    required("sd_log", SPREAD, "Standard deviation of the logarithm of the monthly factor.", "0.35"),
    optional(
        "persistence",
        quantity(Dimension::SHARE, Domain::BelowOne),
        "Correlation of the logarithms of neighbouring months; 0 unless given.",
        "0.6",
    ),
];

const SD_LOG: Field =
    optional("sd_log", SPREAD, "Long-run standard deviation of the logarithm; needs a `half_life`.", "0.3");
const MONTHLY_SD: Field = optional(
    "monthly_sd",
    SPREAD,
    "Standard deviation of the monthly shock to the logarithm; a random walk without `half_life`.",
    "0.06",
);
const HALF_LIFE: Field = optional(
    "half_life",
    SPAN,
    "Time in which a deviation from the mean halves; it persists unless given.",
    "\"18 months\"",
);

/// `[drivers.NAME]`
pub(super) const DRIVER: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Openness\""),
    SD_LOG,
    MONTHLY_SD,
    HALF_LIFE,
];

/// `price_path = { … }`
const PRICE_PATH: &[Field] = &[
    SD_LOG,
    MONTHLY_SD,
    HALF_LIFE,
    optional(
        "growth",
        GROWTH,
        "Growth of the mean price (continuous rate); none unless given.",
        "\"2% /year\"",
    ),
    optional(
        "driven_by",
        LOADINGS,
        "The drivers that the price follows, each with its loading.",
        "{ grain = 0.8 }",
    ),
];

/// `[products.NAME]`
pub(super) const PRODUCT: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Wheat flour\""),
    optional("group", Kind::Name("groups"), "Its group.", "\"food\""),
    optional(
        "priority",
        PRIORITY,
        "Lower numbers are served first, equal ones in proportion; 1 unless given.",
        "1",
    ),
    optional("volume", VOLUME, "Potential demand in the base year.", "\"15180 t/year\""),
    optional(
        "from",
        Kind::Moment,
        "The month, event or project from which there is demand for the product.",
        "\"2026-03\"",
    ),
    optional(
        "initial",
        VOLUME,
        "Potential demand at that time; used with `from`, instead of `volume`.",
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
        "The level at which growth saturates; none unless given.",
        "\"60 to 220 kt/year\"",
    ),
    optional("price", PRICE, "Price without freight; zero unless given.", "\"313 USD/t\""),
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
    optional(
        "driven_by",
        LOADINGS,
        "The drivers that demand follows, each with its loading: the percentage by which demand changes when \
         the driver rises by 1%.",
        "{ appetite = 1.0, rival = \"-0.9 to -0.3\" }",
    ),
    optional(
        "elasticity",
        quantity(Dimension::SHARE, Domain::Elasticity),
        "Elasticity of demand to the landed price (price plus average freight paid) relative to that at the \
         start; none unless given.",
        "\"uniform(-1.2, -0.3)\"",
    ),
    optional(
        "price_path",
        Kind::Table(PRICE_PATH),
        "How the price changes: by growth, a random path of its own, and drivers.",
        "{ monthly_sd = 0.06, half_life = \"18 months\" }",
    ),
    optional(
        "supply",
        VOLUME,
        "The most that the seller offers; no such limit unless given.",
        "\"40 kt/year\"",
    ),
    optional(
        "supply_noise",
        Kind::Table(NOISE),
        "Monthly noise of the supply, with mean one.",
        "{ sd_log = 0.3, persistence = 0.7 }",
    ),
    optional("permitted", SHARE, "The share that the rules permit; all unless given.", "0.5"),
    optional("grant", Kind::Flag, "It is a gift: it needs capacity on a route, but no money.", "true"),
    optional(
        "carry",
        SHARE,
        "The share of a month's unmet demand that is carried over to the next; the rest is lost. None \
         unless given.",
        "0.3",
    ),
];

/// `[routes.NAME]`
pub(super) const ROUTE: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Railway\""),
    optional(
        "accepts",
        Kind::Names("groups"),
        "The groups that it carries; all unless given.",
        "[\"food\", \"inputs\"]",
    ),
    required("capacity", VOLUME, "The most that it moves.", "\"100 to 800 kt/year\""),
    optional("freight", PRICE, "Cost of moving a tonne; zero unless given.", "\"40 to 90 USD/t\""),
    optional("availability", SHARE, "The share of the capacity that is available; all unless given.", "0.9"),
    optional(
        "season",
        Kind::Season,
        "Twelve factors of capacity, January first; only their proportions count.",
        "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ),
];
