//! What happens: events, projects, shocks, and their effects.

use super::{
    DURATION, Domain, FREQUENCY, Field, Kind, MONEY, PRIORITY, SHARE, SPAN, optional, quantity, required,
};
use crate::units::Dimension;

const PLANNED: Field =
    optional("planned", Kind::Month, "The month in which it is planned to start.", "\"2026-12\"");
const DELAY: Field = optional(
    "delay",
    DURATION,
    "How much later it starts, after all that it waits for or, where there is none, after the start of the run; not at all unless given.",
    "\"pert(0, 4, 30) months\"",
);
const PROBABILITY: Field =
    optional("probability", SHARE, "The chance that it happens at all; certain unless given.", "0.97");

/// `[events.NAME]`
pub(super) const EVENT: &[Field] = &[
    optional("title", Kind::Text, "What people call it.", "\"Tumen River road bridge\""),
    PLANNED,
    optional(
        "after",
        Kind::Milestones,
        "What must be over before: events that have ended (or, if they don't end, started), projects that are finished.",
        "\"bridge\"",
    ),
    DELAY,
    optional(
        "rate",
        FREQUENCY,
        "It comes by chance, so many times a year while it is waited for, after all the above; at once unless given.",
        "\"0.5 /year\"",
    ),
    PROBABILITY,
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

/// `[projects.NAME]`
pub(super) const PROJECT: &[Field] = &[
    optional("title", Kind::Text, "What people call it.", "\"Greenhouses at Rason\""),
    required("cost", MONEY, "What it is planned to cost.", "\"6 MUSD\""),
    optional(
        "overrun",
        quantity(Dimension::SHARE, Domain::Overrun),
        "The factor by which it costs more, and takes longer; 1 unless given.",
        "\"lognormal(median=1.2, sd_log=0.3)\"",
    ),
    required(
        "build_time",
        SPAN,
        "How long it takes when it costs what is planned and money is there: at most `cost` / `build_time` is spent at a time.",
        "\"18 months\"",
    ),
    optional(
        "planned",
        Kind::Month,
        "The month in which work is planned to start; as soon as what it needs is there unless given.",
        "\"2026-03\"",
    ),
    optional(
        "needs",
        Kind::Milestones,
        "What must be over before work starts: events and projects.",
        "[\"bridge\", \"power-line\"]",
    ),
    DELAY,
    optional("probability", SHARE, "The chance that it is ever begun; certain unless given.", "0.8"),
    optional(
        "ramp",
        DURATION,
        "Time from the end of building to the full effect; none unless given.",
        "\"6 months\"",
    ),
    optional(
        "priority",
        PRIORITY,
        "Lower is paid earlier, after the goods of the same priority; 1 unless given.",
        "2",
    ),
    optional("grant", Kind::Flag, "Somebody else pays; the buyer's money doesn't limit it.", "true"),
    optional("credit_only", Kind::Flag, "Only credit pays for it, never the buyer's cash.", "true"),
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
    optional("title", Kind::Text, "What people call it.", "\"Border closed\""),
    required(
        "rate",
        FREQUENCY,
        "How often one starts in a year, while none is on. Drawn once for a run.",
        "\"0.3 /year\"",
    ),
    required("duration", SPAN, "How long one stays; drawn anew for each.", "\"1 to 6 months\""),
    optional(
        "months",
        Kind::Months,
        "Months of the year in which one can start: the whole year's rate falls into them. All unless given.",
        "[\"jul\", \"aug\", \"sep\"]",
    ),
    optional(
        "effects",
        Kind::Tables(EFFECT),
        "What it changes; uncertain numbers are drawn anew for each.",
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
    "What is added once, in all: a mass to demand, an amount of money to earnings or cash.",
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
        "It holds while the project is built, as far as money is spent on it; from the end of building on unless given.",
        "\"building\"",
    ),
];
