//! A result reconstructed from its tables, without running anything.

use super::outcome::{Figures, assemble, whole_from};
use super::replay::singles;
use crate::plan::Plan;
use crate::plan::{RunInfo, TargetSpec};
use crate::results::store::{MetricRows, ReadError, StoredResult, TargetRows};
use crate::results::{MetricResult, RunResult, TargetResult, YearlyCount};

/// The result in a folder, given the plan of its resolved scenario: equal to that of the run.
///
/// # Errors
/// If the tables aren't as this version writes them.
pub fn restore(plan: &Plan, stored: &StoredResult) -> Result<RunResult, ReadError> {
    let manifest = stored.manifest();
    let mut rows = stored.metrics()?;
    let mut rows_of = stored.targets()?;
    let runs = manifest.runs - manifest.health.invalid;
    let known = plan.metrics();
    let metric = |metric: &crate::plan::Metric| {
        let MetricRows { monthly, yearly } = rows.remove(&metric.path).unwrap_or_default();
        MetricResult {
            path: metric.path.clone(),
            title: metric.title.clone(),
            dimension: metric.dimension,
            monthly,
            yearly,
        }
    };
    let metrics = known.list().iter().map(metric).collect();
    let target = |spec: &TargetSpec| {
        let TargetRows { monthly, yearly } = rows_of.remove(&spec.name).unwrap_or_default();
        let yearly_count = |&[chance, low, high]: &[f64; 3]| {
            (!chance.is_nan()).then(|| YearlyCount { hits: count(chance, runs), interval: (low, high) })
        };
        let in_year = manifest.targets.iter().find(|target| target.name == spec.name);
        TargetResult {
            spec: spec.clone(),
            hits: in_year.map_or(0, |target| target.hits),
            interval: in_year.map_or((0.0, 1.0), |target| target.interval),
            yearly: yearly.iter().map(yearly_count).collect(),
            reached: monthly.iter().map(|&[chance, ..]| count(chance, runs)).collect(),
            intervals: monthly.iter().map(|&[_, low, high]| (low, high)).collect(),
            start: plan.info.horizon.start,
            counts_from: whole_from(known.list(), spec),
            runs,
        }
    };
    let targets = plan.targets.iter().map(target).collect();
    let info = RunInfo { runs: manifest.runs, ..plan.info.clone() };
    let (last_year, singles) = (stored.last_year()?, singles(plan, manifest.runs));
    Ok(assemble(
        plan,
        Figures { info, metrics, targets, health: manifest.health.clone(), last_year, singles },
    ))
}

/// The number of runs from their share, which is a count divided by `runs`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share times the runs is at most their number"
)]
fn count(chance: f64, runs: u64) -> u64 {
    libm::round(chance * runs as f64) as u64
}
