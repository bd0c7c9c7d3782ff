//! `[scenario]` and `[run]`: what it is about, which months, how many runs, and how they are drawn.

use crate::diag::{Diagnostic, Place};
use crate::sample::{CopulaFamily, Design};
use crate::scenario::reader::{Context, Reader};
use crate::time::{Horizon, Month};

/// More months than a century is no forecast, and would take memory that a slip of the keys shouldn't.
const MOST_MONTHS: i32 = 1200;
const DEFAULT_RUNS: i64 = 10_000;
const DEFAULT_SEED: i64 = 1;
const DEFAULT_COPULA_FREEDOM: i64 = 4;

/// What a scenario says about itself.
pub(in crate::scenario) struct About {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) title: String,
    pub(in crate::scenario) description: String,
    pub(in crate::scenario) as_of: Option<Month>,
    /// Where `as_of` stands.
    pub(in crate::scenario) as_of_place: Place,
    pub(in crate::scenario) weight: Option<f64>,
    pub(in crate::scenario) changes: Vec<String>,
}

/// `[scenario]`; the name is the file's stem unless given.
pub(in crate::scenario) fn about(root: &Reader<'_>, stem: &str, context: &mut Context<'_>) -> Option<About> {
    let reader = root.table("scenario", context)?;
    let name = reader.text("name", context).unwrap_or_else(|| stem.to_owned());
    check_folder_name(&name, &reader, context);
    Some(About {
        title: title(&reader, context)?,
        description: reader.text("description", context).unwrap_or_default(),
        as_of: reader.month("as_of", context),
        as_of_place: reader.place_of("as_of"),
        weight: reader.weight("weight", context),
        changes: reader.texts("changes", context),
        name,
    })
}

/// What stands above every table and picture.
fn title(reader: &Reader<'_>, context: &mut Context<'_>) -> Option<String> {
    let title = reader.text("title", context)?;
    if title.is_empty() {
        let problem = Diagnostic::error(reader.place_of("title"), "the title of the scenario is empty");
        context.report(problem.help("it stands above every table and picture: say what story is told"));
    }
    Some(title)
}

/// The name becomes a folder: it must not lead anywhere else.
fn check_folder_name(name: &str, reader: &Reader<'_>, context: &mut Context<'_>) {
    let good = !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('.')
        && !name.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c));
    if !good {
        let problem =
            Diagnostic::error(reader.place_of("name"), format!("`{name}` can't be the name of a folder"));
        context.report(problem.help("set `name` in [scenario] to letters, digits and hyphens"));
    }
}

/// `[run]`, in numbers.
pub(in crate::scenario) struct Settings {
    pub(in crate::scenario) horizon: Horizon,
    pub(in crate::scenario) base_age_months: f64,
    pub(in crate::scenario) runs: u64,
    pub(in crate::scenario) seed: u64,
    pub(in crate::scenario) design: Design,
}

/// The months, the runs and their design, of `[run]`.
pub(in crate::scenario) fn settings(
    reader: &Reader<'_>,
    as_of: Option<(Month, Place)>,
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
                reader.place_of("end"),
                format!("the run ends ({end}) before it starts ({start})"),
            ),
            _ => Diagnostic::error(
                reader.place_of("end"),
                format!("{months} months are too many; the most is {MOST_MONTHS}"),
            ),
        };
        context.report(problem.see(reader.place_of("start"), "it starts here"));
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

/// The most months that what is known may lie before the run, as the base year may.
const MOST_AGE: i32 = 600;

/// Nothing is forecast when all of it is known already, nor from what was known in another age.
fn refuse_as_of(
    as_of: Option<(Month, Place)>,
    (start, end): (Month, Month),
    reader: &Reader<'_>,
    context: &mut Context<'_>,
) {
    let Some((month, place)) = as_of else { return };
    let message = if month >= end {
        format!("`scenario.as_of` is {month}, and the run ends in {end}: nothing is left to forecast")
    } else if start.months_since(month) > MOST_AGE {
        format!("`scenario.as_of` is {month}, over fifty years before the run starts ({start})")
    } else {
        return;
    };
    context.report(Diagnostic::error(place, message).see(reader.place_of("start"), "the run starts here"));
}

/// How stated correlations are taken.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Dependence {
    pub(in crate::scenario) family: CopulaFamily,
    /// Whether those that can't hold together give way to the nearest that can.
    pub(in crate::scenario) repair: bool,
}

impl Default for Dependence {
    fn default() -> Self {
        Self { family: CopulaFamily::Gaussian, repair: false }
    }
}

/// The copula and the repair of correlations, of `[run]`.
pub(in crate::scenario) fn dependence(reader: &Reader<'_>, context: &mut Context<'_>) -> Dependence {
    let freedom = reader.count("copula_freedom", context);
    let family = match reader.word("copula", context) {
        Some("t") => CopulaFamily::T { df: freedom.unwrap_or(DEFAULT_COPULA_FREEDOM) as f64 },
        _ => CopulaFamily::Gaussian,
    };
    if family == CopulaFamily::Gaussian && freedom.is_some() {
        let message = "`copula_freedom` changes nothing without `copula = \"t\"`";
        context.report(Diagnostic::warning(reader.place_of("copula_freedom"), message));
    }
    Dependence { family, repair: reader.flag("repair_correlations", context) }
}

/// Where the run lies in time, for what is stated by the calendar. Without a sound `[run]` the rest is still read, so
/// that its problems are told as well.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Timing {
    pub(in crate::scenario) horizon: Option<Horizon>,
    /// Months from the middle of the base year to the middle of the first month.
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

    /// Months for which random paths have been moving when the run starts. In a base year whose middle is still to
    /// come they are known at the start.
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
        context.report(Diagnostic::error(reader.place_of("base_year"), message));
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
