//! One run, month by month: sampled inputs, events, exports, constraints and money.

use super::health;
use super::summary::Screen;
use super::table::{Align, GAP, columns};
use crate::diag::printable;
use crate::plan::{Cause, Metric};
use crate::plan::{Period, RunInfo};
use crate::run::{DrawnInput, Replay};
use crate::units::Dimension;
use crate::units::format::{Format, chance, number};

/// The most sampled inputs that are shown: those farthest from their medians.
const MOST_INPUTS: usize = 15;

/// A run as text: the metrics at these paths, or the main ones when there are none.
pub fn text(info: &RunInfo, replay: &Replay, paths: &[String], screen: Screen) -> String {
    let shown = if paths.is_empty() { usual(replay) } else { chosen(replay, paths) };
    let mut parts = vec![heading(info, replay, screen)];
    if !replay.inputs.is_empty() {
        parts.push(inputs(replay, screen));
    }
    let events = events(replay);
    let months =
        table("month", &replay.months, Some(&events), shown.iter().map(|column| column.part(true)), screen);
    parts.push(months + &legend(replay, paths.is_empty(), screen));
    parts.push(table("year", &replay.years, None, shown.iter().map(|column| column.part(false)), screen));
    parts.join("\n")
}

/// What the shares in the columns of the main constraint and of the events are.
fn legend(replay: &Replay, has_constraints: bool, screen: Screen) -> String {
    let constraint =
        "Main constraint: the cause that leaves most demand unmet or in backlog, with its share of demand.";
    let shocks = "Shocks: the share of the month in which they are on.";
    let has_shocks = !named(replay, "shocks.", ".on").is_empty();
    let notes: Vec<&str> = [(has_constraints, constraint), (has_shocks, shocks)]
        .into_iter()
        .filter_map(|(is_shown, note)| is_shown.then_some(note))
        .collect();
    if notes.is_empty() { String::new() } else { screen.faint(&screen.wrap(&notes.join(" "))) + "\n" }
}

fn heading(info: &RunInfo, replay: &Replay, screen: Screen) -> String {
    let title = screen.bold(&printable(&info.title_with_changes()));
    let invalid = replay.fault.as_ref().map(|fault| {
        let text = format!("This run is invalid and is left out of every result: {}.", health::fault(fault));
        screen.wrap(&text) + "\n"
    });
    format!("{title}\nrun {} of seed {}\n{}", replay.run, info.seed, invalid.unwrap_or_default())
}

fn inputs(replay: &Replay, screen: Screen) -> String {
    let all = replay.inputs.len();
    let row = |input: &&DrawnInput| {
        vec![
            printable(&input.path),
            drawn(input, input.value),
            drawn(input, input.median),
            chance(input.rank),
        ]
    };
    let mut farthest = replay.by_distance_from_median();
    farthest.truncate(MOST_INPUTS);
    let rows: Vec<Vec<String>> = farthest.iter().map(row).collect();
    let which = if rows.len() < all { format!(": {} of {all}", rows.len()) } else { String::new() };
    let heading = ["assumption", "sampled", "median", "rank"];
    let align = [Align::Left, Align::Right, Align::Right, Align::Right];
    let table = columns(&heading, &align, rows, screen.width);
    let note = format!(
        "Inputs sampled for this run{which}, those farthest from their medians first. Rank: the share of all \
         futures with a lower value."
    );
    let decides = |ending: &str| farthest.iter().any(|input| input.path.ends_with(ending));
    let words =
        DECIDES.iter().filter(|(ending, _)| decides(ending)).map(|(_, words)| screen.wrap(words) + "\n");
    format!("{}\n{table}{}", screen.wrap(&note), words.collect::<String>())
}

/// The sampled shares that decide whether and when an event occurs, by the ends of their paths, and what they
/// mean.
const DECIDES: [(&str, &str); 2] = [
    (".occurs", "occurs: the event occurs if its chance is above the sampled share."),
    (
        ".wait",
        "wait: the share of all waiting times at this rate that are shorter; the higher, the later the \
         event.",
    ),
];

/// A sampled value with its unit.
fn drawn(input: &DrawnInput, value: f64) -> String {
    let unit = input.unit.as_str();
    if DECIDES.iter().any(|(ending, _)| input.path.ends_with(ending)) {
        return chance(value);
    }
    let blank = if unit.is_empty() || unit.starts_with('%') { "" } else { " " };
    format!("{}{blank}{unit}", number(value))
}

/// A column of both tables.
struct Column {
    heading: String,
    align: Align,
    months: Vec<String>,
    years: Vec<String>,
    /// Of the months and of the years: a year may need a larger unit.
    units: [String; 2],
}

/// A column of one table: its heading, alignment and cells.
struct Part<'c> {
    heading: String,
    align: Align,
    cells: &'c [String],
    /// The least readable width, with the gap.
    least: usize,
}

/// The column of events isn't wrapped to less than this.
const LEAST_FOR_WORDS: usize = 24;

impl<'c> Part<'c> {
    fn new(heading: String, align: Align, cells: &'c [String]) -> Self {
        let lines = heading.lines().chain(cells.iter().map(String::as_str));
        let widest = lines.map(|line| line.chars().count()).max().unwrap_or(0);
        Self { least: widest + usize::from(GAP), heading, align, cells }
    }

    fn of_events(cells: &'c [String]) -> Self {
        let part = Self::new("events".to_owned(), Align::Left, cells);
        Self { least: part.least.min(LEAST_FOR_WORDS), ..part }
    }
}

impl Column {
    fn part(&self, monthly: bool) -> Part<'_> {
        let (unit, cells) =
            if monthly { (&self.units[0], &self.months) } else { (&self.units[1], &self.years) };
        let blank = if unit.is_empty() { "" } else { "\n" };
        Part::new(format!("{}{blank}{unit}", self.heading), self.align, cells)
    }
}

/// The main columns: demand, exports, the main constraint, and money.
fn usual(replay: &Replay) -> Vec<Column> {
    let amounts = |headings: &[(&str, &str)]| -> Vec<Column> {
        let there = headings.iter().filter_map(|&(path, heading)| Some((heading, find(replay, path)?)));
        let there: Vec<(&str, &Metric)> = there.collect();
        let paths: Vec<&Metric> = there.iter().map(|(_, metric)| *metric).collect();
        there.iter().map(|&(heading, metric)| amount(replay, heading.to_owned(), metric, &paths)).collect()
    };
    let mut shown = amounts(&[("wanted", "demand"), ("volume", "exports")]);
    shown.push(held_back(replay));
    // A debt may be far smaller or larger than the cash income, so each has its own unit.
    shown.extend(amounts(&[("finance.cash", "cash")]));
    let owes = replay.monthly("finance.debt").is_some_and(|debt| debt.iter().any(|&debt| debt > 0.0));
    shown.extend(owes.then(|| amounts(&[("finance.debt", "debt")])).into_iter().flatten());
    shown
}

/// The metrics at these paths, which exist; a path is wrapped at its dots, so that columns stay narrow.
fn chosen(replay: &Replay, paths: &[String]) -> Vec<Column> {
    let metrics = paths.iter().filter_map(|path| find(replay, path));
    metrics.map(|metric| amount(replay, metric.path.replace('.', ".\n"), metric, &[metric])).collect()
}

fn find<'r>(replay: &'r Replay, path: &str) -> Option<&'r Metric> {
    replay.metrics.iter().find(|metric| metric.path == path)
}

/// A metric in a unit that suits all of `alike`.
fn amount(replay: &Replay, heading: String, metric: &Metric, alike: &[&Metric]) -> Column {
    let months = |metric: &Metric| replay.monthly(&metric.path).unwrap_or_default();
    let years = |metric: &Metric| replay.yearly(&metric.path).unwrap_or_default();
    let (months, month_unit) = cells(&months, metric, alike);
    let (years, year_unit) = cells(&years, metric, alike);
    Column { heading, align: Align::Right, months, years, units: [month_unit, year_unit] }
}

fn cells(of: &dyn Fn(&Metric) -> Vec<f64>, metric: &Metric, alike: &[&Metric]) -> (Vec<String>, String) {
    let all: Vec<f64> = alike.iter().flat_map(|metric| of(metric)).collect();
    // Shares of 0 and 1, such as whether an event has occurred, need no decimals.
    let are_whole = metric.dimension == Dimension::SHARE && all.iter().all(|share| share.fract() == 0.0);
    let format = Format::new(metric.dimension, all.iter().copied(), []);
    let show = |value: f64| if are_whole { format.scale.show(value) } else { format.show(value) };
    (of(metric).into_iter().map(show).collect(), format.unit().to_owned())
}

/// The cause that leaves most demand unmet or in backlog, and its share of demand, that of earlier months
/// included.
fn held_back(replay: &Replay) -> Column {
    let cells = |of: &dyn Fn(&str) -> Option<Vec<f64>>| -> Vec<String> {
        let sum = |parts: [String; 3]| -> Vec<f64> {
            let rows: Vec<Vec<f64>> = parts.iter().filter_map(|path| of(path)).collect();
            let months = rows.first().map_or(0, Vec::len);
            (0..months).map(|month| rows.iter().map(|row| row[month]).sum()).collect()
        };
        // Where demand can wait, the backlog of earlier months is to be served as well.
        let wanted = match of("waiting") {
            None => of("wanted").unwrap_or_default(),
            Some(_) => sum(["volume", "unmet", "waiting"].map(str::to_owned)),
        };
        let mut cells = vec!["–".to_owned(); wanted.len()];
        for cause in Cause::ALL {
            let binds = of(&cause.binds()).unwrap_or_default();
            let unmet = sum([cause.unmet(), format!("waiting.{}", cause.name()), String::new()]);
            for (((cell, binds), unmet), wanted) in cells.iter_mut().zip(binds).zip(unmet).zip(&wanted) {
                if binds > 0.5 {
                    *cell = format!("{} {}", cause.label(), chance(unmet / wanted));
                }
            }
        }
        cells
    };
    Column {
        heading: "main constraint".to_owned(),
        align: Align::Left,
        months: cells(&|path| replay.monthly(path)),
        years: cells(&|path| replay.yearly(path)),
        units: [String::new(), String::new()],
    }
}

/// A table, or several below one another where the columns don't fit side by side.
fn table<'c>(
    first: &str,
    periods: &[Period],
    events: Option<&'c [String]>,
    parts: impl Iterator<Item = Part<'c>>,
    screen: Screen,
) -> String {
    let names: Vec<String> = periods.iter().map(Period::in_words).collect();
    let of_names = Part::new(first.to_owned(), Align::Left, &names).least;
    let beside_names = screen.width.saturating_sub(of_names);
    let mut tables: Vec<Vec<Part<'c>>> = Vec::new();
    let mut left = 0;
    for part in parts.chain(events.map(Part::of_events)) {
        if part.least > left || tables.is_empty() {
            tables.push(Vec::new());
            left = beside_names;
        }
        left = left.saturating_sub(part.least);
        tables.last_mut().expect("one was begun just now").push(part);
    }
    let texts: Vec<String> = tables.iter().map(|parts| side_by_side(first, &names, parts, screen)).collect();
    texts.join("\n")
}

fn side_by_side(first: &str, names: &[String], parts: &[Part<'_>], screen: Screen) -> String {
    let heading: Vec<&str> =
        std::iter::once(first).chain(parts.iter().map(|part| part.heading.as_str())).collect();
    let align: Vec<Align> = std::iter::once(Align::Left).chain(parts.iter().map(|part| part.align)).collect();
    let row = |(index, name): (usize, &String)| {
        std::iter::once(name).chain(parts.iter().map(|part| &part.cells[index])).cloned().collect()
    };
    columns(&heading, &align, names.iter().enumerate().map(row).collect(), screen.width)
}

/// The last month in which an event was in force, if it ended before the last month of all.
fn last_month(progress: &[f64]) -> Option<usize> {
    let last = progress.iter().rposition(|&share| share > 0.0)?;
    (last + 1 < progress.len()).then_some(last)
}

/// The events of each month, by their names in the scenario.
fn events(replay: &Replay) -> Vec<String> {
    let mut months = vec![Vec::new(); replay.months.len()];
    let note = |months: &mut [Vec<String>], path: String, words: &dyn Fn(f64, f64) -> Option<String>| {
        let mut before = 0.0;
        for (month, now) in months.iter_mut().zip(replay.monthly(&path).unwrap_or_default()) {
            month.extend(words(before, now));
            before = now;
        }
    };
    for name in named(replay, "events.", ".started") {
        note(&mut months, format!("events.{name}.started"), &|before, now| {
            begins(before, now).then(|| format!("{name} begins"))
        });
        let progress = replay.monthly(&format!("events.{name}.progress")).unwrap_or_default();
        if let Some(last) = last_month(&progress) {
            months[last].push(format!("{name} is over"));
        }
    }
    for name in named(replay, "projects.", ".progress") {
        note(&mut months, format!("projects.{name}.progress"), &|before, now| {
            begins(before, now).then(|| format!("work on {name} begins"))
        });
        note(&mut months, format!("projects.{name}.finished"), &|before, now| {
            begins(before, now).then(|| format!("{name} is finished"))
        });
    }
    for name in named(replay, "shocks.", ".on") {
        note(&mut months, format!("shocks.{name}.on"), &|_, now| {
            (now > 0.0).then(|| format!("{name} {}", chance(now)))
        });
    }
    note(&mut months, "finance.exposure".to_owned(), &|_, now| (now > 0.0).then(|| "default".to_owned()));
    months.iter().map(|month| month.join(", ")).collect()
}

fn begins(before: f64, now: f64) -> bool {
    before == 0.0 && now > 0.0
}

/// The names between this start and this end of a metric's path.
fn named<'r>(replay: &'r Replay, start: &str, end: &str) -> Vec<&'r str> {
    let name = |metric: &'r Metric| metric.path.strip_prefix(start)?.strip_suffix(end);
    replay.metrics.iter().filter_map(name).collect()
}
