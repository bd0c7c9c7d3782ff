//! What drives a figure: which assumptions its spread comes from, from runs that differ in all of them at once.

use super::summary::Screen;
use super::table::{Align, columns};
use crate::diag::printable;
use crate::model::Metric;
use crate::results::Assumption;
use crate::run::{Draws, Plan, YearlyFigure};
use crate::sensitivity::{Correlation, Index, Swing, shares, spearman, swing};
use crate::stats::Moments;
use crate::units::format::{Scale, chance, count};
use rayon::prelude::*;
use serde_json::{Value, json};

/// The rows that are shown.
const SHOWN: usize = 10;

/// What a figure's spread comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The metric.
    pub metric: Metric,
    /// The calendar year.
    pub year: i32,
    /// The figure over all runs, in base units.
    pub figure: Moments,
    /// Assumptions and groups of them, the largest share first.
    pub list: Vec<Driver>,
    /// What the leading ones explain together beyond their sum.
    pub interactions: Index,
    /// What nothing above explains: the noise of the months, and what remains of interactions.
    pub remainder: Index,
}

/// An assumption, or all that belongs to an event, a project or a shock.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Its path.
    pub path: String,
    /// The share of the variance that it explains alone.
    pub share: Index,
    /// Whether the figure rises or falls with it; for single assumptions.
    pub correlation: Option<Correlation>,
    /// The figure where it is low, and where it is high; for single assumptions.
    pub swing: Option<Swing>,
    /// Whether it rests on nothing but judgement.
    pub is_judgement: bool,
}

/// The figures that have to be drawn to explain a metric in a year: itself, and when each shock was on until then.
pub fn figures(plan: &Plan, metrics: &[Metric], metric: usize, year: usize) -> Vec<YearlyFigure> {
    let mut figures = vec![YearlyFigure { metric, year }];
    for shock in &plan.corridor.shocks {
        let path = format!("shocks.{}.on", shock.name);
        let place = metrics.iter().position(|metric| metric.path == path).unwrap_or(metric);
        figures.extend((0..=year).map(|year| YearlyFigure { metric: place, year }));
    }
    figures
}

/// Explains the first of the [`figures`] by the inputs and the shocks. `None` of too few runs.
pub fn drivers(plan: &Plan, draws: &Draws, metric: &Metric, year: i32) -> Option<Drivers> {
    let y = draws.figures.first()?;
    let on = shocks_on(plan, draws);
    let groups = groups(plan, draws, &on);
    let columns: Vec<Vec<&[f64]>> = groups.iter().map(|group| group.columns.clone()).collect();
    let parts = shares(&columns, y)?;
    let mut list: Vec<Driver> =
        groups.par_iter().zip(&parts.groups).map(|(group, &share)| group.driver(plan, y, share)).collect();
    list.sort_by(|a, b| b.share.raw().total_cmp(&a.share.raw()));
    Some(Drivers {
        metric: metric.clone(),
        year,
        figure: Moments::of(y),
        list,
        interactions: parts.interactions,
        remainder: parts.remainder,
    })
}

/// Months for which each shock was on until the year in question, by shock.
fn shocks_on(plan: &Plan, draws: &Draws) -> Vec<Vec<f64>> {
    let shocks = plan.corridor.shocks.len();
    let years = (draws.figures.len() - 1).checked_div(shocks).unwrap_or(0);
    let of_shock = |shock: usize| {
        let columns = &draws.figures[1 + shock * years..][..years];
        (0..draws.runs()).map(|run| columns.iter().map(|column| column[run]).sum()).collect()
    };
    (0..shocks).map(of_shock).collect()
}

/// What is explained together.
struct Group<'d> {
    path: String,
    columns: Vec<&'d [f64]>,
}

/// Inputs one by one, but for those of an event, a project or a shock, which stand together; a shock with the time for which it
/// was on, because when it comes is no input.
fn groups<'d>(plan: &Plan, draws: &'d Draws, on: &'d [Vec<f64>]) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    let shocks = plan.corridor.shocks.iter().zip(on);
    let when = shocks.map(|(shock, on)| (format!("shocks.{}", shock.name), on.as_slice()));
    let inputs = plan.inputs.iter().zip(&draws.inputs);
    let dealt = inputs.map(|(input, column)| (owner(&input.path), column.as_slice()));
    for (path, column) in when.chain(dealt).filter(|(_, column)| column.iter().any(|x| *x != column[0])) {
        match groups.iter_mut().find(|group| group.path == path) {
            Some(group) => group.columns.push(column),
            None => groups.push(Group { path, columns: vec![column] }),
        }
    }
    groups
}

/// `events.bridge.delay` belongs to `events.bridge`; `products.flour.growth` stands for itself.
fn owner(path: &str) -> String {
    let together = ["events.", "projects.", "shocks."].iter().any(|section| path.starts_with(section));
    let parts: Vec<&str> = path.splitn(3, '.').collect();
    if together { parts[..parts.len().min(2)].join(".") } else { path.to_owned() }
}

impl Group<'_> {
    fn driver(&self, plan: &Plan, y: &[f64], share: Index) -> Driver {
        let single = match self.columns[..] {
            [x] => Some(x),
            _ => None,
        };
        let belongs = |assumption: &&Assumption| {
            assumption.path == self.path || assumption.path.starts_with(&format!("{}.", self.path))
        };
        Driver {
            path: self.path.clone(),
            share,
            correlation: single.map(|x| spearman(x, y)),
            swing: single.and_then(|x| swing(x, y)),
            is_judgement: plan
                .assumptions
                .iter()
                .filter(belongs)
                .filter(|a| a.uncertain)
                .all(Assumption::is_judgement),
        }
    }
}

/// The whole list, for `--json`.
pub fn json(plan: &Plan, drivers: &Drivers) -> Value {
    let part = |index: Index| {
        let (low, high) = index.interval_95();
        json!({ "share": index.raw(), "low": low, "high": high })
    };
    let driver = |driver: &Driver| {
        json!({
            "path": driver.path,
            "share": part(driver.share),
            "rank_correlation": driver.correlation.map(|c| json!({ "value": c.value, "low": c.low, "high": c.high })),
            "mean_where_low": driver.swing.map(|swing| swing.low.mean()),
            "mean_where_high": driver.swing.map(|swing| swing.high.mean()),
            "judgement": driver.is_judgement,
        })
    };
    json!({
        "program": "corridor",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": plan.info.name,
        "changes": plan.info.changes,
        "metric": drivers.metric.path,
        "year": drivers.year,
        "runs": drivers.figure.count(),
        "seed": plan.info.seed,
        "mean": drivers.figure.mean(),
        "sd": drivers.figure.sd(),
        "drivers": drivers.list.iter().map(driver).collect::<Vec<_>>(),
        "interactions": part(drivers.interactions),
        "remainder": part(drivers.remainder),
    })
}

/// The table on the terminal.
pub fn text(plan: &Plan, drivers: &Drivers, screen: Screen) -> String {
    let scale = Scale::for_largest(drivers.metric.dimension, drivers.figure.mean().abs());
    let title = printable(&plan.info.title_with_changes());
    let about = format!(
        "{} in {}: mean {}, sd {}, from {} runs of seed {}.",
        printable(&drivers.metric.title),
        drivers.year,
        scale.show_with_unit(drivers.figure.mean()),
        scale.show_with_unit(drivers.figure.sd()),
        count(drivers.figure.count()),
        plan.info.seed
    );
    let mut rows: Vec<Vec<String>> =
        drivers.list.iter().take(SHOWN).map(|driver| row(driver, scale)).collect();
    rows.push(part("interactions among the first", drivers.interactions));
    rows.push(part("the noise of the months, and the rest", drivers.remainder));
    let unit = scale.unit;
    let (low, high) = (format!("low\n{unit}"), format!("high\n{unit}"));
    let heading = ["what", "share", "95% interval", low.as_str(), high.as_str(), ""];
    let align = [Align::Left, Align::Right, Align::Left, Align::Right, Align::Right, Align::Left];
    let table = columns(&heading, &align, rows, screen.width);
    let note = "Share: of the variance, by what each explains alone; events, projects and shocks with all that belongs to them. \
                Low, high: the mean where it is in its lowest and in its highest tenth. ? is judgement.";
    format!(
        "{}\n{}\n\n{table}{}\n",
        screen.bold(&title),
        screen.wrap(&about),
        screen.faint(&screen.wrap(note))
    )
}

fn row(driver: &Driver, scale: Scale) -> Vec<String> {
    let end = |mean: Option<f64>| mean.map_or("–".to_owned(), |mean| scale.show(mean));
    let mut row = part(&printable(&driver.path), driver.share);
    row[3] = end(driver.swing.map(|swing| swing.low.mean()));
    row[4] = end(driver.swing.map(|swing| swing.high.mean()));
    row[5] = if driver.is_judgement { "?".to_owned() } else { String::new() };
    row
}

fn part(name: &str, share: Index) -> Vec<String> {
    let (low, high) = share.interval_95();
    let interval = format!("{} to {}", chance(low), chance(high));
    vec![name.to_owned(), chance(share.value()), interval, String::new(), String::new(), String::new()]
}
