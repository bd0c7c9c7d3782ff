//! What is traded, how it travels, and the random paths of both.

use super::{
    Domain, Field, GROWTH, Kind, LOADINGS, PRICE, PRIORITY, SHARE, SPAN, SPREAD, VOLUME, optional, quantity,
    required,
};
use crate::units::Dimension;

/// `[groups.NAME]`
pub(super) const GROUP: &[Field] = &[optional("title", Kind::Text, "What people call it.", "\"Food\"")];

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

const SD_LOG: Field = optional(
    "sd_log",
    SPREAD,
    "Standard deviation of the logarithm in the long run; goes with `half_life`.",
    "0.3",
);
const MONTHLY_SD: Field = optional(
    "monthly_sd",
    SPREAD,
    "Standard deviation of a month's shock to the logarithm; without `half_life` a random walk.",
    "0.06",
);
const HALF_LIFE: Field = optional(
    "half_life",
    SPAN,
    "Time in which half of a deviation from the mean is gone; never unless given.",
    "\"18 months\"",
);

/// `[drivers.NAME]`
pub(super) const DRIVER: &[Field] =
    &[optional("title", Kind::Text, "What people call it.", "\"Openness\""), SD_LOG, MONTHLY_SD, HALF_LIFE];

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
    optional("title", Kind::Text, "What people call it.", "\"Wheat flour\""),
    optional("group", Kind::Name("groups"), "Its group.", "\"food\""),
    optional("priority", PRIORITY, "Lower is served earlier, equals share alike; 1 unless given.", "1"),
    optional("volume", VOLUME, "Potential demand in the base year.", "\"15180 t/year\""),
    optional(
        "from",
        Kind::Moment,
        "A month, an event or a project: the product is wanted from then on.",
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
    optional(
        "driven_by",
        LOADINGS,
        "The drivers that demand follows, each with its loading: a driver up by 1% moves demand by so many per cent.",
        "{ appetite = 1.0, rival = \"-0.9 to -0.3\" }",
    ),
    optional(
        "elasticity",
        quantity(Dimension::SHARE, Domain::Elasticity),
        "How demand answers to the landed price (price, and freight as paid on average) against that at the start; \
         not at all unless given.",
        "\"uniform(-1.2, -0.3)\"",
    ),
    optional(
        "price_path",
        Kind::Table(PRICE_PATH),
        "How the price moves: growth, a random path of its own, drivers.",
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
    optional("permitted", SHARE, "The share that rules let through; all unless given.", "0.5"),
    optional("grant", Kind::Flag, "It is a gift: it needs room on a route, and no money.", "true"),
    optional(
        "carry",
        SHARE,
        "The share of what a month can't serve that is still wanted in the next; the rest is lost. Nothing unless \
         given.",
        "0.3",
    ),
];

/// `[routes.NAME]`
pub(super) const ROUTE: &[Field] = &[
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
