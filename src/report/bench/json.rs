//! A benchmark as one JSON document: measurements, and estimates from them.

use crate::yardstick::against::{Against, Change};
use crate::yardstick::estimate::{Estimate, Verdict};
use crate::yardstick::record::{Measured, OfSize, OnThreads, Repeated};
use serde_json::{Value, json};

/// The whole benchmark of one scenario, and what has changed since an earlier one. Intervals are 95%
/// intervals.
pub fn json(measured: &Measured, against: Option<&Against>) -> Value {
    let Measured { first_written, scalar_twin, .. } = measured;
    let threads: Vec<Value> = measured.threads.iter().map(|on| on_threads(measured, on)).collect();
    json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": measured.scenario,
        "title": measured.title,
        "sha256": measured.sha256,
        "months": measured.months,
        "metrics": measured.metrics,
        "stated_runs": measured.stated_runs,
        "cores": measured.cores,
        "load": measured.load,
        "noise": measured.noise(),
        "threads": threads,
        "sizes": measured.sizes.iter().map(of_size).collect::<Vec<_>>(),
        "shares": shares(measured),
        "yardsticks": {
            "first_written": yardstick(first_written, measured.times_the_engine(first_written)),
            "scalar_twin": yardstick(scalar_twin, measured.times_the_engine(scalar_twin)),
            "bound": yardstick(&measured.draws, measured.times_the_bound()),
        },
        "against": against.map(compared),
    })
}

fn estimate(estimate: Option<Estimate>) -> Value {
    estimate.map_or(Value::Null, |it| json!({ "median": it.median, "low": it.low, "high": it.high }))
}

fn on_threads(measured: &Measured, on: &OnThreads) -> Value {
    let ns = Estimate::of(&on.ns_per_run(measured.stated_runs));
    json!({
        "threads": on.threads,
        "runs": on.work.runs,
        "seconds": on.work.seconds,
        "few_runs": on.few.runs,
        "seconds_of_few_runs": on.few.seconds,
        "runs_per_second": ns.map(|ns| 1e9 / ns.median),
        "ns_per_run_month": estimate(ns.map(|ns| ns.times(1.0 / measured.months.max(1) as f64))),
        "times_one_thread": estimate(measured.gain(on)),
    })
}

fn of_size(size: &OfSize) -> Value {
    json!({
        "runs": size.runs,
        "seconds": size.seconds,
        "left_out_seconds": size.expected_seconds,
        "peak_memory_kib": size.peak_kib,
    })
}

fn shares(measured: &Measured) -> Value {
    measured.shares().map_or(Value::Null, |shares| {
        json!({
            "runs": measured.stated_runs,
            "draws": shares.draws,
            "model": shares.model,
            "statistics": shares.statistics,
            "output": shares.output,
            "seconds": shares.seconds,
        })
    })
}

fn yardstick(work: &Repeated, ratio: Option<Estimate>) -> Value {
    json!({
        "runs": work.runs,
        "seconds": work.seconds,
        "ns_per_run": estimate(Estimate::of(&work.ns_per_run())),
        "ratio": estimate(ratio),
    })
}

fn compared(against: &Against) -> Value {
    json!({
        "same_scenario": against.same_scenario,
        "changes": against.changes.iter().map(change).collect::<Vec<_>>(),
        "machine": against.machine.as_ref().map(change),
    })
}

fn change(change: &Change) -> Value {
    let verdict = match change.verdict() {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Unclear => "unclear",
    };
    json!({ "what": change.what, "times_as_long": estimate(Some(change.ratio)), "verdict": verdict })
}
