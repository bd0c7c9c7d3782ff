//! Checks that a number is within its field's range, and warns about a % that seems missing or superfluous.

use super::field::{Domain, MISSING_PERCENT};
use super::reader::Context;
use crate::diag::{Diagnostic, Span};
use crate::dist::Distribution;
use crate::units::format::number;

/// Keeps a distribution inside its field's domain: a probability of up to 1e-6 outside is truncated, more is
/// an error.
pub(super) fn within(
    distribution: Distribution,
    percent: bool,
    domain: Domain,
    path: &str,
    span: Span,
    context: &mut Context<'_>,
) -> Option<Distribution> {
    let outside = domain.refuses(&distribution);
    let is_constant = distribution.is_constant().is_some();
    let is_zero = domain.excludes_zero() && distribution.is_constant() == Some(0.0);
    if outside > 1e-6 || is_zero {
        let share = if is_constant {
            String::new()
        } else {
            format!(" ({} of the draws are not)", crate::units::format::chance(outside))
        };
        let mut problem = Diagnostic::error(span, format!("`{path}` must be {}{share}", domain.in_words()));
        problem.help = way_inside(&distribution, outside, percent, domain);
        context.report(problem);
        return None;
    }
    let (min, max) = domain.limits();
    if distribution.probability_outside(min, max) == 0.0 {
        return Some(distribution);
    }
    distribution
        .truncated(min, max)
        .map_err(|error| context.report(Diagnostic::error(span, error.message)))
        .ok()
}

/// Advice on how to bring a distribution into a domain; `percent` is whether it was written with a %.
fn way_inside(distribution: &Distribution, outside: f64, percent: bool, domain: Domain) -> Option<String> {
    let (min, max) = domain.bounds();
    // Bounds of rates are per month here and per year in the file, so the help doesn't quote them.
    let is_rate = domain.is_rate();
    let is_too_large = min < 0.0 || distribution.probability_outside(min, f64::INFINITY) == 0.0;
    let is_far = outside > 0.5 || (is_rate && is_too_large);
    // A number below 2, such as a share of 1.2, was more likely meant as a factor than in %.
    let hundredth = distribution.median() / 100.0;
    let misses_percent =
        !percent && (is_rate || distribution.median().abs() >= 2.0) && (min..=max).contains(&hundredth);
    match domain.hint() {
        Some(hint) if is_far && is_too_large && (misses_percent || hint != MISSING_PERCENT) => {
            Some(hint.to_owned())
        }
        _ if distribution.is_constant().is_some() => None,
        _ if max.is_finite() && !is_rate && percent => {
            let (min, max) = (min * 100.0, max * 100.0);
            Some(format!("cut it off: truncate(…, min={min}%, max={max}%)"))
        }
        _ if max.is_finite() && !is_rate => Some(format!("cut it off: truncate(…, min={min}, max={max})")),
        _ => Some(
            "cut it off: truncate(…, min=0), or use a distribution that starts at zero, like pert".to_owned(),
        ),
    }
}

/// A share below this that is written in % was perhaps meant to be a hundred times as large.
const SMALL_SHARE: f64 = 0.01;

/// Warns about a number that was probably meant to be a hundred times smaller or larger: a large one without
/// a %, or a small one with a %.
pub(super) fn doubt_percent(
    base: &Distribution,
    percent: bool,
    domain: Domain,
    path: &str,
    span: Span,
    context: &mut Context<'_>,
) {
    let median = base.median();
    // Rates are shown as they are written: per year.
    let written = if domain.is_rate() { 12.0 * median } else { median };
    let a_year = if domain.is_rate() { " a year" } else { "" };
    if !percent && median.abs() >= domain.probably_percent() {
        let message = format!("`{path}` is {}%{a_year}: {MISSING_PERCENT}", number(100.0 * written));
        let unit = if domain.is_rate() { " /year" } else { "" };
        let help = if base.is_constant().is_some() {
            let (small, large) = (shortest(written), shortest(100.0 * written));
            format!("write it as `{small}%{unit}` or `{large}%{unit}`, whichever is meant")
        } else {
            "write a % behind each of its numbers if per cent are meant".to_owned()
        };
        context.report(Diagnostic::warning(span, message).help(help));
    }
    let is_small = base.quantile(0.0) > 0.0 && base.quantile(1.0) < SMALL_SHARE;
    if percent && domain == Domain::Share && is_small {
        let plain = shortest(median);
        let message = format!("`{path}` is less than 1%: is the % too much?");
        let (as_written, times) = (shortest(100.0 * median), shortest(1e4 * median));
        let help = format!("write `{plain}` if {as_written}% is meant, `{as_written}` if it is {times}%");
        context.report(Diagnostic::warning(span, message).help(help));
    }
}

/// A number with at most eight decimals, without trailing zeros.
fn shortest(x: f64) -> String {
    let digits = format!("{x:.8}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}
