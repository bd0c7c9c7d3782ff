//! The fields of the buyer's money: earnings, cash, credit.

use super::trade::NOISE;
use super::{
    DURATION, Domain, Field, GROWTH, HAZARD, INTEREST, Kind, LOADINGS, MONEY, MONEY_FLOW, SHARE, SMALL_SHARE,
    SPAN, optional, quantity, required,
};
use crate::units::Dimension;

/// `[earnings.NAME]`
pub(super) const EARNINGS: &[Field] = &[
    optional("title", Kind::Text, "Its name in tables and figures.", "\"Coal exports\""),
    required("amount", MONEY_FLOW, "Earnings in the base year.", "\"200 to 400 MUSD/year\""),
    optional(
        "share",
        SMALL_SHARE,
        "The share of it that is available for these goods and projects; all unless given.",
        "\"2% to 6%\"",
    ),
    optional("growth", GROWTH, "Its growth (continuous rate); none unless given.", "\"3% /year\""),
    optional(
        "noise",
        Kind::Table(NOISE),
        "Its monthly noise, with mean one.",
        "{ sd_log = 0.2, persistence = 0.8 }",
    ),
    optional("driven_by", LOADINGS, "The drivers that it follows, each with its loading.", "{ coal = 1 }"),
];

/// `[finance]`
pub(super) const FINANCE: &[Field] = &[
    optional(
        "cash",
        MONEY_FLOW,
        "Cash for these goods in the base year; may be left out where there are `[earnings]`.",
        "\"8 to 40 MUSD/year\"",
    ),
    optional("growth", GROWTH, "Growth of the cash (continuous rate); none unless given.", "\"8% /year\""),
    optional(
        "noise",
        Kind::Table(NOISE),
        "Monthly noise of the cash, with mean one.",
        "{ sd_log = 0.2, persistence = 0.8 }",
    ),
    optional(
        "driven_by",
        LOADINGS,
        "The drivers that the cash follows, each with its loading.",
        "{ coal = 1 }",
    ),
    optional(
        "payments",
        SHARE,
        "The share of the money that the payment channel lets through in a month; all unless given.",
        "0.9",
    ),
    optional(
        "keep",
        SHARE,
        "The share of unspent cash that is carried over to the next month; none unless given, so that \
         unspent cash lapses.",
        "0.5",
    ),
    optional("credit", Kind::Table(CREDIT), "Credit, drawn for what exceeds cash.", ""),
];

/// `[finance.credit]`
const CREDIT: &[Field] = &[
    required("limit", MONEY, "The most that may be owed.", "\"40 MUSD\""),
    optional(
        "drawdown",
        MONEY_FLOW,
        "The most that may be drawn, spread over the months; no such cap unless given.",
        "\"10 MUSD/year\"",
    ),
    optional(
        "groups",
        Kind::Names("groups"),
        "Groups of goods that it may be spent on. With neither `groups` nor `projects` it may be spent \
         on anything; with only one of them, on that alone.",
        "[\"inputs\"]",
    ),
    optional("projects", Kind::Names("projects"), "Projects that it may be spent on.", "[\"greenhouses\"]"),
    optional("interest", INTEREST, "Interest on what is owed; none unless given.", "\"4% /year\""),
    optional(
        "maturity",
        SPAN,
        "Each drawing is repaid in level payments over this time, in whole months; never unless given.",
        "\"10 years\"",
    ),
    optional(
        "default",
        Kind::Table(DEFAULT),
        "The risk of default; none unless given. Needs a `maturity`.",
        "",
    ),
    optional(
        "recovery",
        SHARE,
        "The share of the debt that is still owed after a default; all unless given.",
        "\"uniform(20%, 60%)\"",
    ),
    optional(
        "suspension",
        DURATION,
        "Time after a default during which nothing is lent, repaid or charged, in whole months; none unless \
         given.",
        "\"24 months\"",
    ),
    optional("discount", INTEREST, "The lender's discount rate; none unless given.", "\"8% /year\""),
];

/// `default = { … }`
const DEFAULT: &[Field] = &[
    required(
        "hazard",
        HAZARD,
        "The default rate if the debt service due were the share `burden` of the cash that comes in.",
        "\"0.02 to 0.1 /year\"",
    ),
    optional(
        "burden",
        quantity(Dimension::SHARE, Domain::Burden),
        "The debt service due, as a share of the cash that comes in, for which `hazard` is stated; 10% \
         unless given.",
        "\"20%\"",
    ),
    optional(
        "power",
        quantity(Dimension::SHARE, Domain::Power),
        "How steeply the hazard rises with the burden: hazard · (burden now / burden)^power; 1 unless given.",
        "2",
    ),
];
