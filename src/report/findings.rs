//! The main findings of a run in sentences, for titles, the terminal and the page.

use crate::plan::{Cause, Period};
use crate::results::{RunResult, Summary, TargetResult};
use crate::stats::are_equal;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Scale, chance};

/// A cause that binds in fewer runs than this isn't named as what binds.
const NAMED_FROM: f64 = 0.10;

/// What a cause leaves unserved: unmet demand, and in a scenario in which demand can wait the backlog at the
/// end.
pub(super) fn left_by_a_cause(result: &RunResult) -> &'static str {
    if result.metric("waiting").is_some() { "unmet or in backlog" } else { "unmet" }
}

/// The constraints of a year: for each cause the share of runs in which it is the main one, and the mean
/// share of demand that it leaves unmet, or in backlog at the end.
pub(super) fn binding(result: &RunResult, year: i32) -> Vec<(Cause, f64, f64)> {
    let wanted = result.year("wanted", year).map_or(0.0, |summary| summary.mean);
    let of = |cause: Cause| {
        let mean = |what: &str| {
            result.year(&format!("{what}.{}", cause.name()), year).map_or(0.0, |summary| summary.mean)
        };
        let left = mean("unmet") + mean("waiting");
        (cause, mean("binds"), if wanted > 0.0 { left / wanted } else { 0.0 })
    };
    let mut causes: Vec<_> = Cause::ALL.into_iter().map(of).collect();
    causes.sort_by(|a, b| b.1.total_cmp(&a.1));
    causes
}

/// The cause that binds in the most runs of a year, if it does so in a tenth of them or more.
pub(super) fn main_constraint(result: &RunResult, year: i32) -> Option<(Cause, f64, f64)> {
    binding(result, year).into_iter().find(|&(_, runs, _)| runs >= NAMED_FROM)
}

/// The indices of the years to show: all, parts of years among them.
pub(super) fn shown_years(result: &RunResult) -> Vec<usize> {
    (0..result.years.len()).collect()
}

/// The indices of the years that may be compared, joined by a line or called growth: the whole ones, or all
/// if there is none.
pub(super) fn comparable_years(result: &RunResult) -> Vec<usize> {
    let all = 0..result.years.len();
    let whole: Vec<usize> = all.clone().filter(|&year| result.years[year].is_whole_year()).collect();
    if whole.is_empty() { all.collect() } else { whole }
}

/// Whether all years are covered by all their months.
pub(super) fn only_whole_years(result: &RunResult) -> bool {
    result.years.iter().all(Period::is_whole_year)
}

/// Whether any year is covered by all its months.
pub(super) fn has_whole_years(result: &RunResult) -> bool {
    result.years.iter().any(Period::is_whole_year)
}

/// The year that headlines are about, by [`Period::last_year`]: its number and its words.
pub(super) fn last_year(result: &RunResult) -> (i32, String) {
    let last = Period::last_year(&result.years).map(|year| &result.years[year]);
    last.map_or_else(|| (0, String::new()), |period| (period.start.year(), period.in_words()))
}

/// `2025 to 2030`, or with months where not all years are whole: `Jul 2025 to Dec 2030`.
pub(super) fn span_in_words(years: &[Period]) -> String {
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return String::new() };
    if years.iter().all(Period::is_whole_year) {
        format!("{} to {}", first.start.year(), last.start.year())
    } else {
        format!("{} to {}", first.start.in_words(), last.last().in_words())
    }
}

/// Mean total exports over all years, and the years with the most and the least: the last year alone says
/// nothing of those before it. `None` of a single year, and where nothing is exported.
///
/// `From 2025 to 2030 exports total 186 kt on average: most in 2029 (36 kt), least in 2025 (22 kt).`
pub(super) fn over_all_years(result: &RunResult) -> Option<String> {
    let metric = result.metric("volume")?;
    let all: f64 = metric.yearly.iter().map(|summary| summary.mean).sum();
    let mean = |year: &usize| metric.yearly.get(*year).map_or(0.0, |summary| summary.mean);
    let years = comparable_years(result);
    let most = *years.iter().max_by(|a, b| mean(a).total_cmp(&mean(b)))?;
    let least = *years.iter().min_by(|a, b| mean(a).total_cmp(&mean(b)))?;
    if all <= 0.0 || result.years.len() < 2 {
        return None;
    }
    let scale = Scale::for_largest(Dimension::MASS, all);
    let own = Scale::for_largest(Dimension::MASS, mean(&most));
    let year =
        |year: usize| format!("{} ({})", result.years[year].in_words(), own.show_with_unit(mean(&year)));
    let extremes = if mean(&most) > mean(&least) {
        format!(": most in {}, least in {}", year(most), year(least))
    } else {
        String::new()
    };
    let total = scale.show_with_unit(all);
    Some(format!("From {} exports total {total} on average{extremes}.", span_in_words(&result.years)))
}

/// The summary of total exports in a year.
pub(super) fn volume(result: &RunResult, year: i32) -> Option<&Summary> {
    result.year("volume", year)
}

/// The main constraint of a year and the share of futures in which it is: `money (45%)`.
pub(super) fn held_back(result: &RunResult, period: &Period) -> String {
    match main_constraint(result, period.start.year()) {
        Some((cause, runs, _)) => format!("{} ({})", cause.label(), chance(runs)),
        None => "demand alone".to_owned(),
    }
}

/// What the deterministic case is, [`crate::run::central_run`]: the one phrase for it, wherever its figures
/// are shown.
pub(super) const DETERMINISTIC: &str =
    "every input at its median, noise and random paths at their means, no shocks";

/// Exports in the deterministic case, compared with the mean of all futures; `None` where nothing is
/// uncertain.
///
/// `In the deterministic case (every input at its median, …) exports in 2030 are 31.2 kt: 6.5 kt less than
/// the mean of all futures.`
pub(super) fn deterministic_case(result: &RunResult) -> Option<String> {
    let (year, when) = last_year(result);
    let summary = volume(result, year)?;
    if summary.sd == 0.0 || !summary.central.is_finite() {
        return None;
    }
    let scale = Scale::for_largest(Dimension::MASS, summary.mean.max(summary.central));
    let (exports, compared) =
        (scale.show_with_unit(summary.central), beside_mean(summary, scale, "the mean of all futures"));
    Some(format!("In the deterministic case ({DETERMINISTIC}) exports in {when} are {exports}: {compared}."))
}

/// The deterministic case compared with the mean: `6.5 kt less than the mean of all futures`, or that the gap
/// is within the 95% Monte Carlo interval of the mean.
pub(super) fn beside_mean(summary: &Summary, scale: Scale, mean_of: &str) -> String {
    let &Summary { mean, standard_error, central, .. } = summary;
    let gap = central - mean;
    if are_equal(central, mean) || gap.abs() <= Z_95 * standard_error || standard_error.is_nan() {
        return format!("not significantly different from {mean_of}");
    }
    let way = if gap < 0.0 { "less" } else { "more" };
    format!("{} {way} than {mean_of}", scale.show_with_unit(gap.abs()))
}

/// A year of a result as tables write it: `2026`, or `2025 (Jul–Dec)`.
pub(super) fn year_of(result: &RunResult, year: i32) -> String {
    let period = result.years.iter().find(|period| period.start.year() == year);
    period.map_or_else(|| year.to_string(), Period::in_short)
}

/// The condition of a target: `≥ 44 kt`; of an event, a project or a default in words.
pub(super) fn condition(result: &RunResult, target: &TargetResult) -> String {
    let happens = |what: &str| target.spec.is_date() && target.spec.metric.ends_with(what);
    let words = [(".started", "has begun"), (".finished", "is finished"), (".defaulted", "has defaulted")];
    if let Some((_, words)) = words.into_iter().find(|(ending, _)| happens(ending)) {
        return words.to_owned();
    }
    let dimension = result.metric(&target.spec.metric).map_or(Dimension::SHARE, |metric| metric.dimension);
    let scale = Scale::for_largest(dimension, target.spec.threshold);
    let sign = if target.spec.at_least { "≥" } else { "≤" };
    format!("{sign} {}", scale.exact_with_unit(target.spec.threshold))
}

/// What the chance of a target is, wherever it is shown.
pub(super) const CHANCE_IN_WORDS: &str = "Chance that the year's figure meets the target, or that the event \
                                          has occurred by the end of the year";

/// What the first period with some chance is, wherever it is shown.
pub(super) const FIRST_IN_WORDS: &str = "for an event, a project or a default the first month by whose end \
                                         the chance is that high, for an amount the first year in which it \
                                         is";
