//! Drivers as a table on the terminal.

use super::super::findings::WITHOUT_UNCERTAINTY;
use super::super::summary::Screen;
use super::super::table::{Align, columns};
use super::{shown, shown_interval};
use crate::attribution::{Basis, Driver, Drivers, Kind, MARKED_FROM, Method};
use crate::diag::printable;
use crate::plan::Plan;
use crate::sensitivity::Index;
use crate::units::format::{Format, Scale, count};

/// The table on the terminal, with what is to be known about it.
pub fn text(plan: &Plan, drivers: &Drivers, screen: Screen) -> String {
    let title = screen.bold(&printable(&plan.info.title_with_changes()));
    let about = screen.wrap(&about(plan, drivers));
    if drivers.is_certain() {
        return format!("{title}\n{about}\n");
    }
    format!("{title}\n{about}\n\n{}{}\n", table(drivers, screen), screen.faint(&screen.wrap(&notes(drivers))))
}

/// The figure, the runs, and the future without uncertainty.
fn about(plan: &Plan, drivers: &Drivers) -> String {
    let Drivers { metric, year, figure, .. } = drivers;
    let scale = scale(drivers);
    let (name, year) = (printable(&metric.title), year.in_words());
    let runs = count(figure.count());
    if drivers.is_certain() {
        let value = scale.show_with_unit(figure.mean());
        return format!(
            "{name} in {year}: {value} in each of {runs} runs. There is no spread, so nothing to explain."
        );
    }
    let (mean, sd) = (scale.show_with_unit(figure.mean()), scale.show_with_unit(figure.sd()));
    let seed = plan.info.seed;
    let runs = format!("{name} in {year}: mean {mean}, sd {sd}, from {runs} runs of seed {seed}.");
    [runs, without_uncertainty(drivers, scale), method(drivers.method)].join(" ").trim_end().to_owned()
}

/// The deterministic gap.
fn without_uncertainty(drivers: &Drivers, scale: Scale) -> String {
    let Drivers { central, figure, .. } = drivers;
    if !central.is_finite() {
        return String::new();
    }
    let gap = central - figure.mean();
    let way = if gap < 0.0 { "below" } else { "above" };
    format!(
        "With {WITHOUT_UNCERTAINTY} it is {}: {} {way} the mean.",
        scale.show_with_unit(*central),
        scale.show_with_unit(gap.abs())
    )
}

fn method(method: Method) -> String {
    match method {
        Method::Data => String::new(),
        Method::Sobol { runs, plans } => format!(
            "Shares are from {} further runs: {} times {}, with other numbers for one row at a time.",
            count(runs * plans as u64),
            plans,
            count(runs)
        ),
    }
}

fn scale(drivers: &Drivers) -> Scale {
    Scale::for_largest(drivers.metric.dimension, drivers.figure.mean().abs())
}

fn table(drivers: &Drivers, screen: Screen) -> String {
    let ends = super::ends(drivers);
    let has_total = matches!(drivers.method, Method::Sobol { .. });
    let mut rows: Vec<Vec<String>> = drivers.largest().flat_map(|driver| driver_rows(driver, ends)).collect();
    rows.extend(drivers.sums().iter().map(|(name, share)| part(name, *share)));
    let (low, high) = (format!("low\n{}", ends.unit()), format!("high\n{}", ends.unit()));
    let mut heading = vec!["what", "share", "95% interval", "total", "95% interval", "rank", &low, &high, ""];
    let mut align = [Align::Right; 9].to_vec();
    for place in [0, 2, 4, 8] {
        align[place] = Align::Left;
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

/// A row, and one for each of those that depend on one another in it.
fn driver_rows(driver: &Driver, ends: Format) -> Vec<Vec<String>> {
    let end = |mean: Option<f64>| mean.map_or("–".to_owned(), |mean| ends.show(mean));
    let mut row = part(&printable(&driver.path), driver.share);
    if let Some(total) = driver.total {
        [row[3], row[4]] = both(total);
    }
    row[5] = driver.correlation.map_or("–".to_owned(), |correlation| signed(correlation.value));
    row[6] = end(driver.swing.map(|swing| swing.low.mean()));
    row[7] = end(driver.swing.map(|swing| swing.high.mean()));
    row[8] = if matters(driver) { driver.basis.mark().to_owned() } else { String::new() };
    let members =
        driver.members.iter().map(|(path, share)| part(&format!("  of it {}", printable(path)), *share));
    std::iter::once(row).chain(members).collect()
}

fn matters(driver: &Driver) -> bool {
    driver.share.raw().max(driver.total.map_or(0.0, Index::raw)) >= MARKED_FROM
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

/// With its sign and two decimals, as all of its column.
fn signed(correlation: f64) -> String {
    Format::in_unit(Scale { unit: "", factor: 1.0 }, 1.0, []).signed(correlation)
}

/// What the columns mean; only of what is there.
fn notes(drivers: &Drivers) -> String {
    let has = |kind: Kind| drivers.largest().any(|driver| driver.kind == kind);
    let mut notes = vec![match drivers.method {
        Method::Data => "Share: of the variance, by what each explains alone.",
        Method::Sobol { .. } => {
            "Share: of the variance, by what each explains alone; total: with all it does together with others."
        }
    }];
    notes.push(
        "Rank: the correlation of ranks. Low, high: the mean where it is in its lowest and in its highest tenth",
    );
    notes.push(if has(Kind::Happening) {
        "(of an event, a project or a shock with all that belongs to it: where it hasn't happened by then or wasn't on that \
         year, and where it has or was)."
    } else {
        "."
    });
    if has(Kind::Path) {
        notes.push(
            "Of a monthly noise or a random path by its yearly means up to that year; low and high by the mean of that year.",
        );
    }
    if drivers.method == Method::Data {
        notes.push(
            "Not explained by any row: how the months of a year differ from their mean, and what only many rows do together.",
        );
    }
    if has(Kind::Together) {
        notes.push("What ~ joins depends on one another and counts as one; \"of it\" is each one's part (Shapley effect).");
    }
    let marks = [
        (Basis::Judgement, "? is judgement."),
        (Basis::PartlyJudgement, "(?) is judgement in part."),
        (Basis::Unsourced, "! has a number without a source."),
    ];
    let marked = |basis: Basis| drivers.largest().any(|driver| matters(driver) && driver.basis == basis);
    notes.extend(marks.into_iter().filter(|(basis, _)| marked(*basis)).map(|(_, note)| note));
    if drivers.largest().any(|driver| matters(driver) && driver.basis != Basis::Sourced) {
        notes.push("Marked from 1% on.");
    }
    notes.join(" ").replace(" .", ".")
}
