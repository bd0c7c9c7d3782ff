//! Drivers as a table on the terminal.

use super::super::findings::DETERMINISTIC;
use super::super::summary::Screen;
use super::super::table::{Align, columns};
use super::{shown, shown_interval};
use crate::attribution::{Driver, Drivers, Kind, Method};
use crate::diag::printable;
use crate::plan::Plan;
use crate::sensitivity::Index;
use crate::units::format::{Format, Scale, count};

/// The table on the terminal, with its notes.
pub fn text(plan: &Plan, drivers: &Drivers, screen: Screen) -> String {
    let title = screen.bold(&printable(&plan.info.title_with_changes()));
    let about = screen.wrap(&about(plan, drivers));
    if drivers.is_certain() {
        return format!("{title}\n{about}\n");
    }
    format!("{title}\n{about}\n\n{}{}\n", table(drivers, screen), screen.faint(&screen.wrap(&notes(drivers))))
}

/// The figure, the runs, and the deterministic case.
fn about(plan: &Plan, drivers: &Drivers) -> String {
    let Drivers { metric, year, figure, .. } = drivers;
    let format = format(drivers);
    let (name, year) = (printable(&metric.title), year.in_words());
    let runs = count(figure.count());
    if drivers.is_certain() {
        let value = format.scale.show_with_unit(figure.mean());
        return format!(
            "{name} in {year}: {value} in each of {runs} runs. There is no spread, so nothing to explain."
        );
    }
    let (mean, sd) = (format.with_unit(figure.mean()), format.with_unit(figure.sd()));
    let seed = plan.info.seed;
    let runs = format!("{name} in {year}: mean {mean}, sd {sd}, from {runs} runs of seed {seed}.");
    [runs, deterministic_case(drivers, format), method(drivers.method)].join(" ").trim_end().to_owned()
}

/// The figure of the deterministic case, and how far it is from the mean.
fn deterministic_case(drivers: &Drivers, format: Format) -> String {
    let Drivers { central, figure, .. } = drivers;
    if !central.is_finite() {
        return String::new();
    }
    let gap = central - figure.mean();
    let way = if gap < 0.0 { "below" } else { "above" };
    format!(
        "In the deterministic case ({DETERMINISTIC}) it is {}: {} {way} the mean.",
        format.with_unit(*central),
        format.with_unit(gap.abs())
    )
}

fn method(method: Method) -> String {
    match method {
        Method::Data => String::new(),
        Method::Sobol { runs, plans } => format!(
            "Shares are from {} further runs: {} times {}, with one row resampled at a time.",
            count(runs * plans as u64),
            plans,
            count(runs)
        ),
    }
}

/// One unit and one number of decimals for the figures of a sentence.
fn format(drivers: &Drivers) -> Format {
    let Drivers { metric, figure, central, .. } = drivers;
    let scale = Scale::for_largest(metric.dimension, figure.mean().abs());
    Format::in_unit(scale, figure.mean(), [figure.sd(), central - figure.mean()])
}

fn table(drivers: &Drivers, screen: Screen) -> String {
    let ends = super::ends(drivers);
    let has_total = matches!(drivers.method, Method::Sobol { .. });
    let mut rows: Vec<Vec<String>> = drivers.largest().flat_map(|driver| driver_rows(driver, ends)).collect();
    rows.extend(drivers.sums().iter().map(|(name, share)| part(name, *share)));
    let (low, high) = (format!("low\n{}", ends.unit()), format!("high\n{}", ends.unit()));
    let mut heading = vec!["what", "share", "95% interval", "total", "95% interval", "rank", &low, &high, ""];
    let mut align = [Align::Right; 9].to_vec();
    for column in [0, 2, 4, 8] {
        align[column] = Align::Left;
    }
    if !has_total {
        heading.drain(3..5);
        align.drain(3..5);
        for row in &mut rows {
            row.drain(3..5);
        }
    }
    columns(&heading, &align, rows, screen.width)
}

/// The row of a driver, and one for each member of a group of dependent inputs.
fn driver_rows(driver: &Driver, ends: Format) -> Vec<Vec<String>> {
    let end = |mean: Option<f64>| mean.map_or("–".to_owned(), |mean| ends.show(mean));
    let mut row = part(&printable(&driver.path), driver.share);
    if let Some(total) = driver.total {
        [row[3], row[4]] = both(total);
    }
    row[5] = driver.correlation.map_or("–".to_owned(), |correlation| signed(correlation.value));
    row[6] = end(driver.swing.map(|swing| swing.low.mean()));
    row[7] = end(driver.swing.map(|swing| swing.high.mean()));
    super::mark(driver).clone_into(&mut row[8]);
    let members =
        driver.members.iter().map(|(path, share)| part(&format!("  of it {}", printable(path)), *share));
    std::iter::once(row).chain(members).collect()
}

fn part(name: &str, share: Index) -> Vec<String> {
    let [share, interval] = both(share);
    let mut row = vec![String::new(); 9];
    (row[0], row[1], row[2]) = (name.to_owned(), share, interval);
    row
}

/// A share and its interval.
fn both(share: Index) -> [String; 2] {
    [shown(share.raw()), shown_interval(share)]
}

/// A correlation with its sign and two decimals, as everywhere in its column.
fn signed(correlation: f64) -> String {
    Format::in_unit(Scale { unit: "", factor: 1.0 }, 1.0, []).signed(correlation)
}

/// What the columns and marks mean; only of those that are shown.
fn notes(drivers: &Drivers) -> String {
    let has = |kind: Kind| drivers.largest().any(|driver| driver.kind == kind);
    let mut notes = vec![match drivers.method {
        Method::Data => "Share: of the variance that each explains alone (first-order index).",
        Method::Sobol { .. } => {
            "Share: of the variance that each explains alone (first-order index); total: with all its \
             interactions."
        }
    }];
    notes.push(
        "Rank: rank correlation (Spearman). Low, high: the mean of the figure where the input is in its \
         lowest and in its highest tenth",
    );
    notes.push(if has(Kind::Happening) {
        "(an event, a project or a shock counts with all its inputs; low: it hasn't happened by then, or \
         wasn't on that year; high: it has, or was)."
    } else {
        "."
    });
    if has(Kind::Path) {
        notes.push(
            "A monthly noise or a random path counts by its yearly means up to that year; low and high by \
             its mean of that year.",
        );
    }
    if drivers.method == Method::Data {
        notes.push(
            "Unexplained (residual): variation of single months about the yearly mean, and interactions \
             beyond those among the leading rows.",
        );
    }
    if has(Kind::Together) {
        notes.push(
            "Inputs joined by ~ depend on one another and count as one; \"of it\": the part of each (Shapley \
             effect).",
        );
    }
    notes.join(" ").replace(" .", ".") + &super::marks_in_words(drivers)
}
