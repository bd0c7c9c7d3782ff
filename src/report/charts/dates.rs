//! Chances over time: that events have begun, projects are finished and targets are reached.

use super::{dates, end_of, event_color, in_title, last_month, new_chart};
use crate::plan::Period;
use crate::plot::{Chart, Color, Label, Layer, Line, Marker, Panel, Weight, YAxis, theme};
use crate::report::findings::year_of;
use crate::results::{EventInfo, EventKind, RunResult, TargetResult};
use crate::time::Month;
use crate::units::format::chance;

/// The most targets that are shown: half of them the first, half the last. Layers add their targets behind
/// those of the scenarios they build on, so the first are common to all scenarios and the last are the
/// scenario's own.
const MOST_TARGETS: usize = 24;
/// The most small charts in one picture.
const IN_ONE_PICTURE: usize = 12;
/// The most lines that can be followed in one plot; more are side by side, each in a plot of its own.
const MOST_LINES: usize = 3;

/// A chance over time: dates, and the chance from each date on.
struct Course<'r> {
    title: &'r str,
    color: Color,
    points: Vec<(f64, f64)>,
    /// The chance as it is written beside the title.
    chance: String,
    planned: Option<Month>,
}

/// The chance that each event has begun and each project is finished; `None` when there are neither.
pub(super) fn when_events_happen(result: &RunResult) -> Option<Chart> {
    let lead = lead_event(result)?;
    let covered = |month: &Month| result.months.iter().any(|period| period.start == *month);
    let course = |(index, event): (usize, &'_ EventInfo)| {
        let chances = chances(result, event);
        Course {
            title: &result.events[index].title,
            color: event_color(result, index),
            chance: chance(chances.last().copied().unwrap_or(0.0)),
            points: result.months.iter().map(end_of).zip(chances).collect(),
            planned: event.planned.filter(covered),
        }
    };
    let courses: Vec<Course<'_>> = result.events.iter().enumerate().map(course).collect();
    let is_planned = courses.iter().any(|course| course.planned.is_some());
    let plan = if is_planned { "; dashed: the planned month" } else { "" };
    let what = format!("Chance that each {} by the end of the month{plan}", what_happens(result));
    Some(draw(result, event_title(result, lead), &what, &courses))
}

/// The chance of each target over time, a dozen in a picture.
pub(super) fn targets_by_date(result: &RunResult) -> Vec<Chart> {
    let all = without_earlier_years(&result.targets);
    let shown = first_and_last(&all);
    let pictures = shown.len().div_ceil(IN_ONE_PICTURE).max(1);
    let in_each = shown.len().div_ceil(pictures).max(1);
    shown.chunks(in_each).filter_map(|targets| some_targets(result, targets, all.len())).collect()
}

fn some_targets(result: &RunResult, targets: &[&TargetResult], all: usize) -> Option<Chart> {
    // The title is about the target whose chance is nearest to one half: the least certain one.
    let balance = |target: &TargetResult| (target.chance() - 0.5).abs();
    let lead = targets.iter().min_by(|a, b| balance(a).total_cmp(&balance(b)))?;
    let course = |(number, target): (usize, &&'_ TargetResult)| Course {
        title: &result.targets[index_of(result, target)].spec.title,
        // Side by side they don't need different colours.
        color: theme::palette(if targets.len() > MOST_LINES { 0 } else { number }),
        points: course_of(target, result),
        chance: with_year(target, result),
        planned: None,
    };
    let courses: Vec<Course<'_>> = targets.iter().enumerate().map(course).collect();
    let what = format!(
        "{}; number: in the target's year{}",
        what_is_drawn(targets),
        of_how_many(targets.len(), all, result.targets.len())
    );
    let title = target_title(lead, result);
    Some(draw(result, title, &what, &courses))
}

/// The chance in the target's year, with the year where the line goes on behind it: `29% (2028)`.
pub(super) fn with_year(target: &TargetResult, result: &RunResult) -> String {
    let is_last = result.years.last().is_none_or(|last| last.start.year() <= target.spec.year);
    let share = chance(target.chance());
    if is_last { share } else { format!("{share} ({})", target.spec.year) }
}

fn index_of(result: &RunResult, target: &TargetResult) -> usize {
    result.targets.iter().position(|other| std::ptr::eq(other, target)).unwrap_or(0)
}

/// The chance of a target over time: of an event the chance that it has occurred by the end of each month, of
/// an amount the chance that the year's figure meets it, from the beginning of the year to its end.
pub(super) fn course_of(target: &TargetResult, result: &RunResult) -> Vec<(f64, f64)> {
    if target.spec.is_date() {
        let months = result.months.iter().enumerate();
        return months.map(|(step, month)| (end_of(month), target.chance_by(step))).collect();
    }
    let of_year = |(index, year): (usize, &'_ Period)| Some((*year, target.chance_in(index)?));
    let years: Vec<(Period, f64)> = result.years.iter().enumerate().filter_map(of_year).collect();
    let end = years.last().map(|(year, chance)| (end_of(&Period::month(year.last())), *chance));
    years.iter().map(|(year, chance)| (year.start.as_years(), *chance)).chain(end).collect()
}

/// What lines of targets show, for a subtitle.
pub(super) fn what_is_drawn(targets: &[&TargetResult]) -> String {
    let which = if let [_] = targets { "the" } else { "each" };
    let dates = targets.iter().filter(|target| target.spec.is_date()).count();
    match dates {
        0 => format!("Chance that the year's figure meets {which} target"),
        all if all == targets.len() => {
            format!("Chance that {which} target is reached by the end of the month")
        }
        _ => "Chance of each target: of events by month, of amounts by year".to_owned(),
    }
}

/// `Exports reach 50 kt: a chance of 57% in 2030`, `Bridge open: a chance of 81% by the end of 2030`; without
/// the year where the target's title has it.
fn target_title(target: &TargetResult, result: &RunResult) -> String {
    let (title, year) = (in_title(&target.spec.title), year_of(result, target.spec.year));
    let chance = chance(target.chance());
    let when = match target.spec.is_date() {
        _ if title.contains(&year) => String::new(),
        true => format!(" by the end of {year}"),
        false => format!(" in {year}"),
    };
    format!("{title}: a chance of {chance}{when}")
}

/// A few in one plot, more side by side.
fn draw(result: &RunResult, title: String, what: &str, courses: &[Course<'_>]) -> Chart {
    let mut chart = new_chart(title, what, result, dates(result), YAxis::share("chance"));
    if courses.len() > MOST_LINES {
        chart.push(Layer::Panels(courses.iter().map(panel).collect()));
        return chart;
    }
    for (number, course) in courses.iter().enumerate() {
        let line = Line { dashed: number % 2 == 1, ..Line::new(course.points.clone(), course.color) };
        let label = format!("{} {}", course.title, course.chance);
        chart.push(Layer::Steps(line.labelled(Label::new(label))));
    }
    for course in courses {
        if let Some(planned) = course.planned {
            let label = if courses.len() == 1 {
                format!("planned: {}", planned.in_words())
            } else {
                format!("{}: planned for {}", course.title, planned.in_words())
            };
            chart.push(Marker { x: planned.as_years(), label, dashed: true });
        }
    }
    chart
}

fn panel(course: &Course<'_>) -> Panel {
    let line = Line { weight: Weight::Strong, ..Line::new(course.points.clone(), course.color) };
    let plan = course.planned.map(|planned| {
        let upright = vec![(planned.as_years(), 0.0), (planned.as_years(), 1.0)];
        Line { dashed: true, weight: Weight::Thin, ..Line::new(upright, theme::MARKER) }
    });
    let layers = plan.into_iter().map(Layer::Line).chain([Layer::Steps(line)]).collect();
    Panel { title: course.title.to_owned(), value: course.chance.clone(), layers }
}

/// As many targets as a picture holds: half of them the first, half the last.
fn first_and_last<'a>(all: &[&'a TargetResult]) -> Vec<&'a TargetResult> {
    let half = MOST_TARGETS / 2;
    let is_shown = |index: usize| all.len() <= MOST_TARGETS || index < half || index >= all.len() - half;
    (0..all.len()).filter(|&index| is_shown(index)).map(|index| all[index]).collect()
}

/// How many of all lines a picture shows, if not all, and how many targets they are of, if some share a line.
fn of_how_many(shown: usize, lines: usize, targets: usize) -> String {
    let some = if shown == lines { String::new() } else { format!("{shown} of {lines} lines") };
    match (some.as_str(), lines == targets) {
        ("", true) => String::new(),
        ("", false) => format!(". {targets} targets on {lines} lines"),
        (some, true) => format!(". {some}"),
        (some, false) => format!(". {some}, of {targets} targets"),
    }
}

/// The targets without those that differ from another only in that their year is earlier: both have the same
/// line.
fn without_earlier_years(targets: &[TargetResult]) -> Vec<&TargetResult> {
    let asks = |target: &TargetResult| {
        (target.spec.metric.clone(), target.spec.at_least, target.spec.threshold.to_bits())
    };
    let again = |target: &TargetResult| {
        targets.iter().any(|other| asks(other) == asks(target) && other.spec.year > target.spec.year)
    };
    targets.iter().filter(|target| !again(target)).collect()
}

/// The chance, by month, that an event has begun or a project is finished.
fn chances(result: &RunResult, event: &EventInfo) -> Vec<f64> {
    let metric = result.metric(&event.metric());
    metric.map(|metric| metric.monthly.iter().map(|summary| summary.mean).collect()).unwrap_or_default()
}

/// The event that the title is about: the first that opens a route, or else the first.
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

/// `Tumen River road bridge: a 50% chance to have opened by Sep 2027, 81% by Dec 2030`.
fn event_title(result: &RunResult, event: &EventInfo) -> String {
    let verb = match (event.kind, event.opens_a_route) {
        (EventKind::Event, true) => " to have opened",
        (EventKind::Event, false) => " to have begun",
        (EventKind::Project, _) => " to be finished",
    };
    let chances = chances(result, event);
    let half = chances.iter().position(|&chance| chance >= 0.5).map(|month| result.months[month].start);
    by_when(&in_title(&event.title), verb, half, chances.last().copied().unwrap_or(0.0), result)
}

/// `Exports reach 50 kt: a 50% chance by Mar 2029, 57% by Dec 2030`.
fn by_when(title: &str, verb: &str, half: Option<Month>, end: f64, result: &RunResult) -> String {
    let (end, last) = (chance(end), last_month(result));
    match half {
        Some(month) => format!("{title}: a 50% chance{verb} by {}, {end} by {last}", month.in_words()),
        // A chance that is only rounded to 50% must not look as if it had reached it.
        None if end == "50%" => format!("{title}: a chance just under 50%{verb} by {last}"),
        None => format!("{title}: a {end} chance{verb} by {last}"),
    }
}
