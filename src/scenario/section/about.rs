//! `[scenario]` and `[run]`: the title and description, the months, the number of runs, and how they are
//! drawn.

use crate::diag::{Diagnostic, Span};
use crate::sample::{CopulaFamily, Design};
use crate::scenario::reader::{Context, Reader};
use crate::time::{Horizon, Month};

/// The maximum number of months, a century: longer runs are not forecasts, and a typing error could exhaust
/// the memory.
const MOST_MONTHS: i32 = 1200;
const DEFAULT_RUNS: i64 = 10_000;
const DEFAULT_SEED: i64 = 1;
const DEFAULT_COPULA_FREEDOM: i64 = 4;

/// The contents of `[scenario]`.
pub(in crate::scenario) struct About {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) title: String,
    pub(in crate::scenario) description: String,
    pub(in crate::scenario) as_of: Option<Month>,
    /// The location of `as_of`.
    pub(in crate::scenario) as_of_span: Span,
    pub(in crate::scenario) weight: Option<f64>,
    pub(in crate::scenario) changes: Vec<String>,
}

/// Reads `[scenario]`; the name is the file's stem unless given.
pub(in crate::scenario) fn about(root: &Reader<'_>, stem: &str, context: &mut Context<'_>) -> Option<About> {
    let reader = root.table("scenario", context)?;
    let name = reader.text("name", context).unwrap_or_else(|| stem.to_owned());
    check_folder_name(&name, &reader, context);
    Some(About {
        title: title(&reader, context)?,
        description: reader.text("description", context).unwrap_or_default(),
        as_of: reader.month("as_of", context),
        as_of_span: reader.span_of("as_of"),
        weight: reader.weight("weight", context),
        changes: reader.texts("changes", context),
        name,
    })
}

/// The title, which is shown above every table and figure.
fn title(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<String> {
    let title = reader.text("title", context)?;
    if title.is_empty() {
        let problem = Diagnostic::error(reader.span_of("title"), "the title of the scenario is empty");
        context.report(problem.help(
            "it is shown above every table and figure: state what the scenario \
            assumes",
        ));
    }
    Some(title)
}

/// Reports a name that can't be a folder's name, or that would lead to another folder.
fn check_folder_name(name: &str, reader: &Reader<'_>, context: &mut Context<'_>) {
    let good = !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('.')
        && !name.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c));
    if !good {
        let problem =
            Diagnostic::error(reader.span_of("name"), format!("`{name}` can't be the name of a folder"));
        context.report(problem.help("set `name` in [scenario] to letters, digits and hyphens"));
    }
}

/// The months, the runs and their design, from `[run]`.
pub(in crate::scenario) struct Settings {
    pub(in crate::scenario) horizon: Horizon,
    pub(in crate::scenario) base_age_months: f64,
    pub(in crate::scenario) runs: u64,
    pub(in crate::scenario) seed: u64,
    pub(in crate::scenario) design: Design,
}

/// Reads the months, the runs and their design from `[run]`.
pub(in crate::scenario) fn settings(
    reader: &Reader<'_>,
    as_of: Option<(Month, Span)>,
    context: &mut Context<'_>,
) -> Option<Settings> {
    let start = reader.month("start", context);
    let end = reader.month("end", context);
    let runs = reader.count("runs", context).unwrap_or(DEFAULT_RUNS);
    let seed = reader.count("seed", context).unwrap_or(DEFAULT_SEED);
    let base_year = reader.count("base_year", context);
    let sampling = reader.word("sampling", context);
    let (start, end) = (start?, end?);
    let months = end.months_since(start) + 1;
    if !(1..=MOST_MONTHS).contains(&months) {
        let problem = match months {
            ..1 => Diagnostic::error(
                reader.span_of("end"),
                format!("the run ends ({end}) before it starts ({start})"),
            ),
            _ => Diagnostic::error(
                reader.span_of("end"),
                format!("{months} months are too many; the most is {MOST_MONTHS}"),
            ),
        };
        context.report(problem.see(reader.span_of("start"), "it starts here"));
        return None;
    }
    refuse_as_of(as_of, (start, end), reader, context);
    Some(Settings {
        horizon: Horizon { start, months: usize::try_from(months).unwrap_or(1) },
        base_age_months: base_age(base_year, start, reader, context),
        runs: u64::try_from(runs).unwrap_or(1),
        seed: u64::try_from(seed).unwrap_or(0),
        design: sampling.and_then(|name| name.parse().ok()).unwrap_or_default(),
    })
}

/// The maximum number of months from `as_of` to the start of the run: the same limit as for the base year.
const MOST_AGE: i32 = 600;

/// Reports an `as_of` that leaves nothing to forecast, or that is too long before the run.
fn refuse_as_of(
    as_of: Option<(Month, Span)>,
    (start, end): (Month, Month),
    reader: &Reader<'_>,
    context: &mut Context<'_>,
) {
    let Some((month, span)) = as_of else { return };
    let message = if month >= end {
        format!("`scenario.as_of` is {month}, and the run ends in {end}: nothing is left to forecast")
    } else if start.months_since(month) > MOST_AGE {
        format!("`scenario.as_of` is {month}, over fifty years before the run starts ({start})")
    } else {
        return;
    };
    context.report(Diagnostic::error(span, message).see(reader.span_of("start"), "the run starts here"));
}

/// How stated correlations are modelled.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Dependence {
    pub(in crate::scenario) family: CopulaFamily,
    /// Whether correlations that are jointly impossible are replaced by the nearest possible ones.
    pub(in crate::scenario) repair: bool,
}

impl Default for Dependence {
    fn default() -> Self {
        Self { family: CopulaFamily::Gaussian, repair: false }
    }
}

/// Reads the copula and the repair of correlations from `[run]`.
pub(in crate::scenario) fn dependence(reader: &Reader<'_>, context: &mut Context<'_>) -> Dependence {
    let freedom = reader.count("copula_freedom", context);
    let family = match reader.word("copula", context) {
        Some("t") => CopulaFamily::T { df: freedom.unwrap_or(DEFAULT_COPULA_FREEDOM) as f64 },
        _ => CopulaFamily::Gaussian,
    };
    if family == CopulaFamily::Gaussian && freedom.is_some() {
        let message = "`copula_freedom` changes nothing without `copula = \"t\"`";
        context.report(Diagnostic::warning(reader.span_of("copula_freedom"), message));
    }
    Dependence { family, repair: reader.flag("repair_correlations", context) }
}

/// The dates of the run, to convert calendar months to months of the run. Without a valid `[run]` the rest is
/// still read, so that its problems are reported too.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Timing {
    pub(in crate::scenario) horizon: Option<Horizon>,
    /// Months from the middle of the base year to the middle of the first month of the run.
    pub(in crate::scenario) base_age_months: f64,
}

impl Timing {
    pub(in crate::scenario) fn new(settings: Option<&Settings>) -> Self {
        Self {
            horizon: settings.map(|settings| settings.horizon),
            base_age_months: settings.map_or(0.0, |settings| settings.base_age_months),
        }
    }

    /// Months from the first month of the run; negative before it.
    pub(super) fn since_start(self, month: Month) -> Option<i32> {
        self.horizon.map(|horizon| month.months_since(horizon.start))
    }

    /// Months for which random paths have been moving when the run starts. If the middle of the base year is
    /// after the start of the run, their level is certain at the start.
    pub(super) fn path_age(self) -> f64 {
        self.base_age_months.max(0.0)
    }

    /// The calendar month in which the run starts, 0 for January.
    pub(super) fn first_calendar_month(self) -> usize {
        self.horizon.map_or(0, |horizon| horizon.start.index_in_year())
    }
}

/// Months from the middle of the base year to the middle of the first month.
fn base_age(base_year: Option<i64>, start: Month, reader: &Reader<'_>, context: &mut Context<'_>) -> f64 {
    let Some(year) = base_year.and_then(|year| i32::try_from(year).ok()) else { return 0.0 };
    let Some(january) = Month::new(year, 1) else { return 0.0 };
    let age = f64::from(start.months_since(january)) + 0.5 - 6.0;
    if !(-6.0..=600.0).contains(&age) {
        let message = format!(
            "the base year {year} lies after the start of the run or over fifty years before it ({start})"
        );
        context.report(Diagnostic::error(reader.span_of("base_year"), message));
    }
    age
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::field::{Kind, list};

    #[test]
    fn every_design_has_a_word() {
        let field = list::RUN.iter().find(|field| field.key == "sampling").expect("it is a key of [run]");
        let Kind::Word(words) = field.kind else { panic!("{:?}", field.kind) };
        assert_eq!(words, Design::ALL.map(Design::name));
    }
}
