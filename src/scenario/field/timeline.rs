//! The fields of events, projects and shocks, and of their effects.

use super::{
    DURATION, Domain, FREQUENCY, Field, Kind, MONEY, PRIORITY, SHARE, SPAN, optional, quantity, required,
};
use crate::units::Dimension;

const PLANNED: Field =
    optional("planned", Kind::Month, "The month in which it is planned to start.", "\"2026-12\"");
const DELAY: Field = optional(
    "delay",
    DURATION,
    "The delay after the last of what it waits for or, if it waits for nothing, after the start of the run; \
     none unless given.",
    "\"pert(0, 4, 30) months\"",
);
const PROBABILITY: Field =
    optional("probability", SHARE, "The probability that it occurs at all; 1 unless given.", "0.97");

/// `[events.NAME]`
pub(super) const EVENT: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Tumen River road bridge\""),
    PLANNED,
    optional(
        "after",
        Kind::Milestones,
        "What must come first: events, which must have ended (or started, if they never end), and projects, \
         which must be finished.",
        "\"bridge\"",
    ),
    DELAY,
    optional(
        "rate",
        FREQUENCY,
        "The rate at which it occurs at random once all the above is satisfied; it then occurs at once \
         unless given.",
        "\"0.5 /year\"",
    ),
    PROBABILITY,
    optional("ramp", DURATION, "Time from the start to the full effect; none unless given.", "\"6 months\""),
    optional(
        "lasts",
        DURATION,
        "Time from the start to the end; it never ends unless given.",
        "\"12 months\"",
    ),
    optional(
        "opens",
        Kind::Names("routes"),
        "Routes that exist only once this has started; their capacity grows with the ramp.",
        "[\"road\"]",
    ),
    optional("effects", Kind::Tables(EFFECT), "What it changes.", ""),
];

/// `[projects.NAME]`
pub(super) const PROJECT: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Greenhouses at Rason\""),
    required("cost", MONEY, "What it is planned to cost.", "\"6 MUSD\""),
    optional(
        "overrun",
        quantity(Dimension::SHARE, Domain::Overrun),
        "The factor on its cost and its building time; 1 unless given.",
        "\"lognormal(median=1.2, sd_log=0.3)\"",
    ),
    required(
        "build_time",
        SPAN,
        "How long building takes at the planned cost with sufficient money: spending is at most `cost` / \
         `build_time`.",
        "\"18 months\"",
    ),
    optional(
        "planned",
        Kind::Month,
        "The month in which work is planned to start; as soon as its needs are satisfied unless given.",
        "\"2026-03\"",
    ),
    optional(
        "needs",
        Kind::Milestones,
        "The events and projects that must be completed before work starts.",
        "[\"bridge\", \"power-line\"]",
    ),
    DELAY,
    optional("probability", SHARE, "The probability that it is ever begun; 1 unless given.", "0.8"),
    optional(
        "ramp",
        DURATION,
        "Time from the end of building to the full effect; none unless given.",
        "\"6 months\"",
    ),
    optional(
        "priority",
        PRIORITY,
        "Lower numbers are paid first, and after the goods of the same priority; 1 unless given.",
        "2",
    ),
    optional("grant", Kind::Flag, "A third party pays, so the buyer's money doesn't limit it.", "true"),
    optional("credit_only", Kind::Flag, "It is paid from credit only, never from the buyer's cash.", "true"),
    optional(
        "opens",
        Kind::Names("routes"),
        "Routes that exist only once it is finished; their capacity grows with the ramp.",
        "[\"road\"]",
    ),
    optional("effects", Kind::Tables(PROJECT_EFFECT), "What it changes.", ""),
];

/// `[shocks.NAME]`
pub(super) const SHOCK: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Border closed\""),
    required(
        "rate",
        FREQUENCY,
        "The rate at which occurrences start while none is in progress. Drawn once for a run.",
        "\"0.3 /year\"",
    ),
    required("duration", SPAN, "How long an occurrence lasts; drawn anew for each.", "\"1 to 6 months\""),
    optional(
        "months",
        Kind::Months,
        "Months of the year in which one can start; they share the whole year's rate. All unless given.",
        "[\"jul\", \"aug\", \"sep\"]",
    ),
    optional(
        "effects",
        Kind::Tables(EFFECT),
        "What it changes; uncertain numbers are drawn anew for each occurrence.",
        "",
    ),
];

const ON: Field = required(
    "on",
    Kind::Path("parameter"),
    "What it changes, by path; `*` stands for all.",
    "\"products.*.demand\"",
);
const MULTIPLY: Field = optional(
    "multiply",
    quantity(Dimension::SHARE, Domain::Factor),
    "The factor at full effect.",
    "\"1.00 to 1.15\"",
);
const ADD: Field = optional("add", Kind::AnyQuantity, "What is added at full effect.", "\"200 t/month\"");
const SET: Field = optional("set", Kind::AnyQuantity, "The value at full effect.", "\"60 USD/t\"");
const PULSE: Field = optional(
    "pulse",
    Kind::AnyQuantity,
    "A total amount that is added once: a mass to demand, an amount of money to earnings or cash.",
    "\"5 kt\"",
);

/// `[events.NAME.effects.NAME]`, `[shocks.NAME.effects.NAME]`
const EFFECT: &[Field] = &[ON, MULTIPLY, ADD, SET, PULSE];

/// `[projects.NAME.effects.NAME]`
const PROJECT_EFFECT: &[Field] = &[
    ON,
    MULTIPLY,
    ADD,
    SET,
    PULSE,
    optional(
        "while",
        Kind::Word(&["building"]),
        "The effect holds during building, in proportion to what is spent; from the end of building on \
         unless given.",
        "\"building\"",
    ),
];
