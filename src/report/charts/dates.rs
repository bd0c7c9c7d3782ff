//! By when: chances that events have begun, projects are finished and targets are reached.

use super::{end_of, last_month, new_chart};
use crate::plot::{Chart, Label, Layer, Line, Marker, XAxis, YAxis, theme};
use crate::results::{EventInfo, EventKind, RunResult, TargetResult};
use crate::time::Month;
use crate::units::format::chance;

/// Lines that can be told apart in one picture. Layers add their questions below those that they build on: the first ask what all
/// scenarios ask, the last are the scenario's own.
const MOST_TARGETS: usize = 12;

/// The chance that each event has begun and each project is finished; `None` when there are neither.
pub(super) fn when_events_happen(result: &RunResult) -> Option<Chart> {
    let lead = lead_event(result)?;
    let covered = |month: &Month| result.months.iter().any(|period| period.start == *month);
    let planned = lead.planned.filter(covered);
    let plan = if planned.is_some() { "; the dashed line is the plan of the one in the title" } else { "" };
    let mut chart = new_chart(
        event_title(result, lead),
        &format!("Chance that each {} by the end of the month{plan}", what_happens(result)),
        result,
        XAxis::dates(),
        YAxis::share("chance"),
    );
    for (number, event) in result.events.iter().enumerate() {
        let chances = chances(result, event);
        chart.push(steps(result, number, &event.title, chances.into_iter()));
    }
    if let Some(planned) = planned {
        let label = format!("planned: {}", planned.in_words());
        chart.push(Marker { x: planned.as_years(), label, dashed: true });
    }
    Some(chart)
}

/// The chance that each target has been reached; `None` without targets.
pub(super) fn targets_by_date(result: &RunResult) -> Option<Chart> {
    let last = result.months.len().checked_sub(1)?;
    // The target of which least is known in advance says most.
    let balance = |target: &TargetResult| (target.chance_by(last) - 0.5).abs();
    let all = questions(&result.targets);
    let targets = first_and_last(&all);
    let lead = targets.iter().min_by(|a, b| balance(a).total_cmp(&balance(b)))?;
    let title = &lead.spec.title;
    let even = lead.date_with_chance(0.5);
    let mut chart = new_chart(
        by_when(title, "", even, lead.chance_by(last), result),
        &format!(
            "Chance that each target has been reached once; what is stated for a year counts by the last twelve months{}",
            of_how_many(targets.len(), all.len())
        ),
        result,
        XAxis::dates(),
        YAxis::share("chance"),
    );
    for (number, target) in targets.iter().enumerate() {
        let chances = (0..result.months.len()).map(|step| target.chance_by(step));
        chart.push(steps(result, number, &target.spec.title, chances));
    }
    Some(chart)
}

/// As many targets as a picture holds: half of them the first, half the last.
fn first_and_last<'a>(all: &[&'a TargetResult]) -> Vec<&'a TargetResult> {
    let half = MOST_TARGETS / 2;
    let is_shown = |place: usize| all.len() <= MOST_TARGETS || place < half || place >= all.len() - half;
    (0..all.len()).filter(|&place| is_shown(place)).map(|place| all[place]).collect()
}

/// How many of all targets a picture shows, if not all.
fn of_how_many(shown: usize, all: usize) -> String {
    if shown == all { String::new() } else { format!(". {shown} of {all} targets: all are in targets.csv") }
}

/// The targets without those that ask the same about an earlier year: by date they are one question.
fn questions(targets: &[TargetResult]) -> Vec<&TargetResult> {
    let asks = |target: &TargetResult| {
        (target.spec.metric.clone(), target.spec.at_least, target.spec.threshold.to_bits())
    };
    let again = |target: &TargetResult| {
        targets.iter().any(|other| asks(other) == asks(target) && other.spec.year > target.spec.year)
    };
    targets.iter().filter(|target| !again(target)).collect()
}

/// One line of chances, month by month.
fn steps(result: &RunResult, number: usize, title: &str, chances: impl Iterator<Item = f64>) -> Layer {
    let line = Line::new(result.months.iter().map(end_of).zip(chances).collect(), theme::palette(number));
    Layer::Steps(line.labelled(Label::new(title).with_value()))
}

/// The chance, by month, that an event has begun or a project is finished.
fn chances(result: &RunResult, event: &EventInfo) -> Vec<f64> {
    let metric = result.metric(&event.metric());
    metric.map(|metric| metric.monthly.iter().map(|summary| summary.mean).collect()).unwrap_or_default()
}

/// The event that the title is about: the first that opens a route, else the first.
fn lead_event(result: &RunResult) -> Option<&EventInfo> {
    result.events.iter().find(|event| event.opens_a_route).or(result.events.first())
}

fn what_happens(result: &RunResult) -> &'static str {
    let any = |kind| result.events.iter().any(|event| event.kind == kind);
    match (any(EventKind::Event), any(EventKind::Project)) {
        (true, true) => "event has begun, and each project is finished,",
        (false, true) => "project is finished",
        _ => "has begun",
    }
}

/// `Tumen River road bridge: an even chance to have opened by Sep 2027, 81% by Dec 2030`.
fn event_title(result: &RunResult, event: &EventInfo) -> String {
    let verb = match (event.kind, event.opens_a_route) {
        (EventKind::Event, true) => " to have opened",
        (EventKind::Event, false) => " to have begun",
        (EventKind::Project, _) => " to be finished",
    };
    let chances = chances(result, event);
    let even = chances.iter().position(|&chance| chance >= 0.5).map(|month| result.months[month].start);
    by_when(&event.title, verb, even, chances.last().copied().unwrap_or(0.0), result)
}

/// `Exports reach 50 kt: an even chance by Mar 2029, 57% by Dec 2030`.
fn by_when(title: &str, verb: &str, even: Option<Month>, end: f64, result: &RunResult) -> String {
    let (end, last) = (chance(end), last_month(result));
    match even {
        Some(month) => format!("{title}: an even chance{verb} by {}, {end} by {last}", month.in_words()),
        // What rounds to an even chance and isn't one must not look like it.
        None if end == "50%" => format!("{title}: just under an even chance{verb} by {last}"),
        None => format!("{title}: {end} chance{verb} by {last}"),
    }
}
