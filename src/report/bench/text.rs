//! A benchmark as one screen.

use crate::diag::printable;
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::units::format::{chance, count, fixed, number};
use crate::yardstick::against::{Against, Change};
use crate::yardstick::estimate::{Estimate, Verdict};
use crate::yardstick::record::{Measured, OfSize, OnThreads, Repeated, Shares};

/// Above it, small differences can't be detected.
const NOISY: f64 = 0.05;

/// What was measured of a scenario, and what has changed since an earlier benchmark.
pub fn text(measured: &Measured, against: Option<&Against>, screen: Screen) -> String {
    let mut parts = vec![heading(measured, screen), threads(measured, screen), sizes(measured, screen)];
    parts.push(yardsticks(measured, screen));
    parts.extend(measured.shares().map(|shares| where_time_goes(measured, shares, screen)));
    parts.extend(against.map(|against| changes(against, screen)));
    parts.join("\n")
}

fn heading(measured: &Measured, screen: Screen) -> String {
    let load = measured.load.map_or(String::new(), |load| format!(", load {} at the start", fixed(load, 1)));
    let noise = measured.noise().unwrap_or_default();
    let advice = if noise > NOISY { ": a noisy machine" } else { "" };
    let about = format!(
        "{} months, {} metrics. {} thread{}{load}; the same work takes ±{} longer or shorter{advice}.",
        measured.months,
        measured.metrics,
        measured.cores,
        if measured.cores == 1 { "" } else { "s" },
        share(noise / 2.0),
    );
    format!("{}\n{}\n", screen.bold(&printable(&measured.title)), screen.wrap(&about))
}

/// A small share with one decimal: `0.4%`.
fn share(share: f64) -> String {
    format!("{}%", fixed(share * 100.0, 1))
}

fn interval(estimate: Estimate, show: impl Fn(f64) -> String) -> Vec<String> {
    vec![show(estimate.median), format!("{} to {}", show(estimate.low), show(estimate.high))]
}

fn none() -> Vec<String> {
    vec!["–".to_owned(), String::new()]
}

fn threads(measured: &Measured, screen: Screen) -> String {
    let row = |on: &OnThreads| {
        let ns = Estimate::of(&on.ns_per_run(measured.stated_runs));
        let mut row = vec![count(on.threads)];
        row.push(ns.map_or("–".to_owned(), |ns| number(1e9 / ns.median)));
        let per_month = ns.map(|ns| ns.times(1.0 / measured.months.max(1) as f64));
        row.extend(per_month.map_or_else(none, |ns| interval(ns, number)));
        let gain = (on.threads > 1).then(|| measured.gain(on)).flatten();
        row.extend(gain.map_or_else(none, |gain| interval(gain, |x| fixed(x, 2))));
        row
    };
    let heading =
        ["threads", "runs/s", "ns a run\nand month", "95% interval", "times one\nthread", "95% interval"];
    let align = [Align::Right, Align::Right, Align::Right, Align::Left, Align::Right, Align::Left];
    let table = columns(&heading, &align, measured.threads.iter().map(row).collect(), screen.width);
    let once = measured.once().map_or(f64::NAN, |once| once.median);
    let runs = count(measured.stated_runs);
    let note =
        format!("Of {runs} runs; the work that is done once for all of them takes {} s.", number(once));
    table + &screen.wrap(&note) + "\n"
}

fn sizes(measured: &Measured, screen: Screen) -> String {
    let memory =
        |kib: Option<u64>| kib.map_or("not known".to_owned(), |kib| format!("{} MiB", count(kib / 1024)));
    let row = |size: &OfSize| match (size.seconds, size.expected_seconds) {
        (Some(seconds), _) => {
            let per_second = number(size.runs as f64 / seconds);
            vec![count(size.runs), format!("{} s", number(seconds)), per_second, memory(size.peak_kib)]
        }
        (None, expected) => {
            let about = expected
                .map_or(String::new(), |seconds| format!("left out: some {} s", number(seconds.round())));
            vec![count(size.runs), about, String::new(), String::new()]
        }
    };
    let heading = ["runs", "on all threads", "runs/s", "most memory so far"];
    let align = [Align::Right, Align::Left, Align::Right, Align::Right];
    columns(&heading, &align, measured.sizes.iter().map(row).collect(), screen.width)
}

fn yardsticks(measured: &Measured, screen: Screen) -> String {
    let times = |estimate: Option<Estimate>| estimate.map_or_else(none, |it| interval(it, number));
    let rows = [
        ("naive implementation", &measured.first_written, measured.times_the_engine(&measured.first_written)),
        ("scalar twin", &measured.scalar_twin, measured.times_the_engine(&measured.scalar_twin)),
        ("bound: the draws alone", &measured.draws, measured.times_the_engine(&measured.draws)),
    ];
    let row = |(name, work, ratio): (&str, &Repeated, Option<Estimate>)| {
        let ns = Estimate::of(&work.ns_per_run()).map_or(f64::NAN, |ns| ns.median);
        let mut row = vec![name.to_owned(), number(ns / 1e3)];
        row.extend(times(ratio));
        row
    };
    let heading = ["one thread", "µs a run", "times the engine", "95% interval"];
    let align = [Align::Left, Align::Right, Align::Right, Align::Left];
    let mut rows: Vec<Vec<String>> = rows.into_iter().map(row).collect();
    let engine = Estimate::of(&measured.engine());
    let ns = engine.map_or("–".to_owned(), |ns| number(ns.median / 1e3));
    rows.insert(2, vec!["the engine".to_owned(), ns, "1".to_owned(), String::new()]);
    let table = columns(&heading, &align, rows, screen.width);
    let bound = measured.times_the_bound().map_or(String::new(), |it| {
        let [median, interval] = [number(it.median), format!("{} to {}", number(it.low), number(it.high))];
        screen.wrap(&format!("The engine takes {median} times the bound ({interval}).")) + "\n"
    });
    table + &bound
}

fn where_time_goes(measured: &Measured, shares: Shares, screen: Screen) -> String {
    let text = format!(
        "Where the time goes ({} runs on one thread, {} s): draws {}, model {}, statistics {}, output {}.",
        count(measured.stated_runs),
        number(shares.seconds),
        chance(shares.draws),
        chance(shares.model),
        chance(shares.statistics),
        chance(shares.output),
    );
    screen.wrap(&text) + "\n"
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Unclear => "no significant difference",
    }
}

fn changes(against: &Against, screen: Screen) -> String {
    let row = |change: &Change| {
        let mut row = vec![change.what.clone()];
        row.extend(interval(change.ratio, |x| fixed(x, 3)));
        row.push(words(change.verdict()).to_owned());
        row
    };
    let rows = against.changes.iter().map(row).collect();
    let heading = ["compared with the earlier one", "times as long", "95% interval", ""];
    let align = [Align::Left, Align::Right, Align::Left, Align::Left];
    let mut text = columns(&heading, &align, rows, screen.width);
    for note in notes(against) {
        text.push_str(&screen.wrap(&note));
        text.push('\n');
    }
    text
}

/// What limits the comparison.
fn notes(against: &Against) -> Vec<String> {
    let mut notes = Vec::new();
    if !against.same_scenario {
        notes.push("The scenario has changed since then: the times are of different work.".to_owned());
    }
    if let Some(machine) = &against.machine {
        let ratio = machine.ratio;
        let (times, low, high) = (fixed(ratio.median, 3), fixed(ratio.low, 3), fixed(ratio.high, 3));
        notes.push(match machine.verdict() {
            Verdict::Unclear => format!(
                "The machine seems to be as fast as then: the naive implementation takes {times} times as \
                 long ({low} to {high})."
            ),
            _ => format!(
                "The machine is faster or slower than then: the naive implementation, whose work is the \
                 same, takes {times} times as long ({low} to {high}). Compare the engine's times relative to \
                 it."
            ),
        });
    }
    notes
}
