//! Drivers as JSON.

use crate::attribution::{Driver, Drivers, Kind, Method};
use crate::plan::Plan;
use crate::sensitivity::Index;
use serde_json::{Value, json};

/// The whole list, for `--json`. Shares are as they were estimated: with Monte Carlo error one may be a
/// little below 0.
pub fn json(plan: &Plan, drivers: &Drivers) -> Value {
    json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": plan.info.name,
        "changes": plan.info.changes,
        "metric": drivers.metric.path,
        "year": drivers.year.start.year(),
        "months": drivers.year.months,
        "runs": drivers.figure.count(),
        "seed": plan.info.seed,
        "mean": drivers.figure.mean(),
        "sd": drivers.figure.sd(),
        "central": Some(drivers.central).filter(|central| central.is_finite()),
        "method": method(drivers.method),
        "drivers": drivers.list.iter().map(driver).collect::<Vec<_>>(),
        "others": share(drivers.small),
        "interactions": share(drivers.interactions),
        "remainder": share(drivers.remainder),
    })
}

fn method(method: Method) -> Value {
    match method {
        Method::Data => json!({ "name": "data" }),
        Method::Sobol { runs, plans } => json!({ "name": "sobol", "runs": runs, "plans": plans }),
    }
}

fn driver(driver: &Driver) -> Value {
    let correlation = driver.correlation.map(|c| json!({ "value": c.value, "low": c.low, "high": c.high }));
    let member = |(path, part): &(String, Index)| json!({ "path": path, "shapley": share(*part) });
    json!({
        "path": driver.path,
        "kind": kind(driver.kind),
        "share": share(driver.share),
        "total": driver.total.map(share),
        "rank_correlation": correlation,
        "mean_where_low": driver.swing.map(|swing| swing.low.mean()),
        "mean_where_high": driver.swing.map(|swing| swing.high.mean()),
        "basis": driver.basis.name(),
        "judgement": driver.is_judgement,
        "members": driver.members.iter().map(member).collect::<Vec<_>>(),
    })
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Happening => "event, project or shock",
        Kind::Together => "numbers that depend on one another",
        Kind::Path => "monthly noise or random path",
    }
}

fn share(index: Index) -> Value {
    let (low, high) = index.interval_95();
    json!({ "share": index.raw(), "low": low, "high": high })
}
