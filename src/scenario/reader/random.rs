//! Keys that hold numbers: quantities, seasons, and random paths, which are described by several numbers.

use super::{Context, Reader};
use crate::batch::{Number, SeriesId};
use crate::diag::Diagnostic;
use crate::dist::Distribution;
use crate::plan::{DriverId, LoadingSpec, Path};
use crate::sample::{NoiseSpec, Process, Spread, WanderSpec};
use crate::scenario::field::{Domain, Kind};
use crate::scenario::register;
use crate::scenario::tree::{Entry, Node, Value};
use crate::scenario::value::{constant, distribution, plain_number};
use crate::units::Dimension;

impl Reader<'_> {
    /// A number of the model, in base units; an uncertain one becomes an input. `None` if the key is missing.
    pub(in crate::scenario) fn number(&self, key: &str, context: &mut Context<'_>) -> Option<Number> {
        let base = self.distribution(key, context)?;
        Some(drawn_once(base, &self.path_of(key), context))
    }

    /// As [`number`](Self::number), for a dimension that depends on other keys.
    pub(in crate::scenario) fn number_of(
        &self,
        key: &str,
        dimension: Dimension,
        domain: Domain,
        context: &mut Context<'_>,
    ) -> Option<Number> {
        let base = self.distribution_of(key, dimension, domain, context)?;
        Some(drawn_once(base, &self.path_of(key), context))
    }

    /// The distribution of a number, in base units, which is entered in the register. `None` if the key is
    /// missing.
    pub(in crate::scenario) fn distribution(
        &self,
        key: &str,
        context: &mut Context<'_>,
    ) -> Option<Distribution> {
        let Kind::Quantity { dimension, domain } = self.field(key).kind else {
            unreachable!("`{key}` is a quantity")
        };
        self.distribution_of(key, dimension, domain, context)
    }

    /// As [`distribution`](Self::distribution), for a dimension that depends on other keys.
    pub(in crate::scenario) fn distribution_of(
        &self,
        key: &str,
        dimension: Dimension,
        domain: Domain,
        context: &mut Context<'_>,
    ) -> Option<Distribution> {
        let node = self.node(key)?;
        distribution(node, &self.path_of(key), dimension, domain, context)
    }

    /// A number that is the same in all runs, in base units.
    pub(in crate::scenario) fn constant_of(
        &self,
        key: &str,
        dimension: Dimension,
        context: &mut Context<'_>,
    ) -> Option<f64> {
        let stated = self.stated(key, context)?;
        constant(&stated, &self.path_of(key), dimension, context)
    }

    /// Twelve factors with mean one; all one when the key is missing.
    pub(in crate::scenario) fn season(&self, key: &str, context: &mut Context<'_>) -> [f64; 12] {
        let Some(stated) = self.stated(key, context) else { return [1.0; 12] };
        match season_factors(&stated.value.value) {
            Ok(factors) => {
                context.assumptions.push(register::plain(&self.path_of(key), &stated, context));
                factors
            }
            Err(why) => {
                let message =
                    format!("`{}` is a list of twelve numbers, January first; {why}", self.path_of(key));
                context.report(Diagnostic::error(stated.value.span, message));
                [1.0; 12]
            }
        }
    }

    /// The monthly noise that a table describes; `None` if the key is missing.
    pub(in crate::scenario) fn noise(&self, key: &str, context: &mut Context<'_>) -> Option<SeriesId> {
        let reader = self.table(key, context)?;
        let sd_log = reader.number("sd_log", context).unwrap_or(Number::Fixed(0.0));
        let persistence = reader.number("persistence", context).unwrap_or(Number::Fixed(0.0));
        Some(context.add_series(self.path_of(key), Process::Noise(NoiseSpec { sd_log, persistence })))
    }

    /// The mean-reverting path or random walk that this table's `sd_log` or `monthly_sd` and `half_life`
    /// describe; `None` if it has neither `sd_log` nor `monthly_sd`. The level is certain `age_months` before
    /// the run.
    pub(in crate::scenario) fn random_path(
        &self,
        age_months: f64,
        context: &mut Context<'_>,
    ) -> Option<Path> {
        let spread = self.spread(context);
        let half_life_months = self.number("half_life", context);
        let spread = spread?;
        if matches!(spread, Spread::Stationary(_)) && half_life_months.is_none() {
            let message = format!("`{}` has `sd_log` and no `half_life`", self.path);
            context.report(Diagnostic::error(self.span_of("sd_log"), message).help(
                "add `half_life = \"18 months\"`, or write a random walk with `monthly_sd = 0.06` alone",
            ));
        }
        let spec = WanderSpec { spread, half_life_months, age_months };
        let log = context.add_series(self.path.clone(), Process::Wander(spec));
        Some(Path { log, variance: SeriesId(log.0 + 1) })
    }

    fn spread(&self, context: &mut Context<'_>) -> Option<Spread> {
        let long_run = self.number("sd_log", context);
        let monthly = self.number("monthly_sd", context);
        match (long_run, monthly) {
            (Some(_), Some(monthly)) => {
                let message = format!("`{}` has both `sd_log` and `monthly_sd`", self.path);
                context.report(
                    Diagnostic::error(self.span_of("monthly_sd"), message)
                        .see(self.span_of("sd_log"), "the spread is stated here already")
                        .help(format!(
                            "`sd_log` is the long-run standard deviation, `monthly_sd` that of the monthly \
                             shock: keep one; {}",
                            self.removal("sd_log")
                        )),
                );
                Some(Spread::Monthly(monthly))
            }
            (Some(long_run), None) => Some(Spread::Stationary(long_run)),
            (None, monthly) => monthly.map(Spread::Monthly),
        }
    }

    /// Drivers, each with its loading.
    pub(in crate::scenario) fn loadings(&self, key: &str, context: &mut Context<'_>) -> Vec<LoadingSpec> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Kind::Loadings { section, domain } = self.field(key).kind else {
            unreachable!("`{key}` holds loadings")
        };
        let Value::Table(table) = &node.value else {
            self.wrong(key, node, "a table of drivers, each with its loading", context);
            return Vec::new();
        };
        let loading = |entry: &Entry| {
            let path = format!("{}.{}", self.path_of(key), entry.key);
            let driver = context.resolve(section, &entry.key, entry.key_span).map(DriverId);
            let base = distribution(&entry.node, &path, Dimension::SHARE, domain, context)?;
            Some(LoadingSpec { driver: driver?, loading: drawn_once(base, &path, context) })
        };
        table.entries.iter().filter_map(loading).collect()
    }
}

/// A fixed number for a constant; for any other distribution, a new input.
fn drawn_once(base: Distribution, path: &str, context: &mut Context<'_>) -> Number {
    match base.is_constant() {
        Some(value) => Number::Fixed(value),
        None => context.add_input(path, base),
    }
}

/// Twelve factors, scaled to mean one, or an error that says what is wrong with them.
fn season_factors(value: &Value) -> Result<[f64; 12], String> {
    let Value::Array(items) = value else { return Err(format!("this is {}", value.kind())) };
    let has_space = |pair: &[Node]| pair[1].span.start > pair[0].span.end + 1;
    let spaced = items.windows(2).filter(|pair| has_space(pair)).count();
    if spaced > 0 && spaced + 1 < items.len() {
        return Err(
            "some of its commas have no space behind them: decimals are written with a point".to_owned()
        );
    }
    let Some(factors) = items.iter().map(plain_number).collect::<Option<Vec<f64>>>() else {
        return Err("one of these is not a number".to_owned());
    };
    let sum: f64 = factors.iter().sum();
    if factors.iter().any(|&factor| !(0.0..1e6).contains(&factor)) {
        return Err("none may be below zero or over a million".to_owned());
    }
    if !factors.is_empty() && sum <= 0.0 {
        return Err("they can't all be zero".to_owned());
    }
    let count = factors.len();
    <[f64; 12]>::try_from(factors)
        .map(|factors| factors.map(|factor| factor * 12.0 / sum))
        .map_err(|_| format!("this has {count}"))
}
