//! What drives a figure: the shares of its variance, and how far each assumption moves it.

use super::{Picture, in_title, mass_unit, money_axis};
use crate::attribution::{Driver, Drivers, Kind, LARGEST};
use crate::plan::RunInfo;
use crate::plot::{Chart, Mark, Marker, Row, Rows, XAxis, theme};
use crate::report::drivers::{ends, mark, marks_in_words, shown};
use crate::sensitivity::{Index, Swing};
use crate::stats::Moments;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance, count};

/// The index of the bars' colour in the palette.
const SHARE: usize = 0;

/// The pictures of what drives a figure: `drivers` with the share of its variance that each assumption
/// explains, and `drivers-tornado` with its mean where each is low and where it is high.
pub fn driver_pictures(info: &RunInfo, drivers: &Drivers) -> Vec<Picture> {
    let all = [("drivers", shares(info, drivers)), ("drivers-tornado", tornado(info, drivers))];
    all.into_iter()
        .filter_map(|(name, chart)| Some(Picture { name: name.to_owned(), chart: chart? }))
        .collect()
}

fn sign(chart: &mut Chart, what: &str, info: &RunInfo, drivers: &Drivers) {
    chart.subtitle =
        format!("{what}. Scenario: {}. {} runs.", info.title_with_changes(), count(drivers.figure.count()));
    chart.source = format!(
        "corridor {}, seed {}. Sources of all assumptions: assumptions.csv",
        env!("CARGO_PKG_VERSION"),
        info.seed
    );
}

/// The path of a driver with the mark of what it is based on, as on the terminal.
fn marked(driver: &Driver) -> String {
    match mark(driver) {
        "" => driver.path.clone(),
        mark => format!("{} {mark}", driver.path),
    }
}

/// The share of the variance that each explains alone, the largest on top; `None` where nothing varies.
fn shares(info: &RunInfo, drivers: &Drivers) -> Option<Chart> {
    let first = drivers.list.first()?;
    let row = |name: &str, share: Index| {
        let (low, high) = share.interval_95();
        Row::new(name)
            .with(Mark::Bar { from: 0.0, to: share.raw(), color: theme::palette(SHARE) })
            .with(Mark::Whisker { low, high, color: theme::INK })
            .valued(shown(share.raw()))
    };
    let of_driver = |driver: &Driver| row(&marked(driver), driver.share);
    let mut rows: Vec<Row> = drivers.largest().map(of_driver).collect();
    rows.extend(drivers.sums().iter().map(|(name, share)| row(name, *share)));
    let figure = figure_in_words(drivers);
    let title = format!(
        "{} alone explains {} of the variance of {figure}",
        in_title(&first.path),
        chance(first.share.value())
    );
    let lowest = drivers
        .largest()
        .map(|driver| driver.share)
        .chain(drivers.sums().into_iter().map(|(_, share)| share));
    let lowest = lowest.map(|share| share.interval_95().0).fold(0.0, f64::min);
    let x = XAxis { from: (lowest == 0.0).then_some(0.0), ..XAxis::share("share of the variance") };
    let mut chart = Chart::of_rows(title, x, Rows::of(rows).headed("share"));
    let what = format!(
        "Share of variance that each explains alone, with 95% Monte Carlo interval; {}.{}",
        of_how_many(drivers.list.len()),
        marks_in_words(drivers)
    );
    let what = what.trim_end_matches('.');
    sign(&mut chart, what, info, drivers);
    Some(chart)
}

fn of_how_many(all: usize) -> String {
    if all > LARGEST { format!("the first {LARGEST} of {all}") } else { "all that vary".to_owned() }
}

/// `exports in 2030`, or the path of another metric.
fn figure_in_words(drivers: &Drivers) -> String {
    match drivers.metric.path.as_str() {
        "volume" => format!("exports in {}", drivers.year.in_words()),
        path => format!("{path} in {}", drivers.year.in_words()),
    }
}

/// The mean where each input is low and where it is high, the widest range on top, with the intervals of
/// both; without inputs that don't move it significantly. `None` where none does.
fn tornado(info: &RunInfo, drivers: &Drivers) -> Option<Chart> {
    let mut moving: Vec<(&Driver, Swing)> =
        drivers.list.iter().filter_map(|driver| Some((driver, driver.swing.filter(moves_it)?))).collect();
    moving.sort_by(|a, b| b.1.difference().abs().total_cmp(&a.1.difference().abs()));
    moving.truncate(LARGEST);
    let mean = drivers.figure.mean();
    let format = ends(drivers);
    let scale = format.scale;
    let (first, widest) = moving.first()?;
    let (what, figure) = (in_title(&first.path), figure_in_words(drivers));
    let (low, high) = (format.show(widest.low.mean()), format.with_unit(widest.high.mean()));
    let title = if first.kind == Kind::Happening {
        format!("{what} moves mean {figure} from {low} without it to {high} with it")
    } else {
        format!("From its lowest to its highest tenth {what} moves mean {figure} from {low} to {high}")
    };
    let rows = moving.iter().enumerate().map(|(index, (driver, swing))| {
        let is_tied = moving.get(index + 1).is_some_and(|(_, next)| may_change_places(swing, next));
        swing_row(driver, swing, is_tied, (mean, format))
    });
    let rows = Rows::of(rows.collect())
        .keyed("mean in the lowest tenth, or without it", theme::LOW)
        .keyed("mean in the highest tenth, or with it", theme::HIGH);
    let mut chart = Chart::of_rows(title, XAxis::numbers(unit_in_words(drivers, scale)), rows);
    chart.push(Marker {
        x: mean / scale.factor,
        label: format!("mean {}", format.with_unit(mean)),
        dashed: false,
    });
    let what = format!(
        "Lines: 95% Monte Carlo interval; ≈: not significantly larger than the next.{}",
        marks_in_words(drivers)
    );
    sign(&mut chart, what.trim_end_matches('.'), info, drivers);
    Some(chart)
}

/// Whether the difference of the ends is significantly different from zero: other rows would show Monte Carlo
/// error only.
fn moves_it(swing: &Swing) -> bool {
    swing.difference().abs() > Z_95 * swing.standard_error()
}

/// Whether the first of two rows is not significantly larger than the second.
fn may_change_places(one: &Swing, other: &Swing) -> bool {
    let gap = one.difference().abs() - other.difference().abs();
    gap <= Z_95 * libm::hypot(one.standard_error(), other.standard_error())
}

fn swing_row(driver: &Driver, swing: &Swing, is_tied: bool, (mean, format): (f64, Format)) -> Row {
    let scale = format.scale;
    let (low, high) = (swing.low.mean(), swing.high.mean());
    let bar = |to: f64, color| Mark::Bar { from: mean / scale.factor, to: to / scale.factor, color };
    // The shorter bar is drawn last, in case both are on one side of the mean.
    let mut bars = [(low, theme::LOW), (high, theme::HIGH)];
    bars.sort_by(|a, b| (b.0 - mean).abs().total_cmp(&(a.0 - mean).abs()));
    let name = if is_tied { format!("{} ≈", marked(driver)) } else { marked(driver) };
    let row = bars.into_iter().fold(Row::new(name), |row, (to, color)| row.with(bar(to, color)));
    let whisker = |end: &Moments| {
        let half = Z_95 * end.mean_error().for_intervals();
        let [low, high] = [end.mean() - half, end.mean() + half].map(|x| x / scale.factor);
        Mark::Whisker { low, high, color: theme::INK }
    };
    let row = row.with(whisker(&swing.low)).with(whisker(&swing.high));
    row.ends(format.show(low.min(high)), format.show(low.max(high)))
}

fn unit_in_words(drivers: &Drivers, scale: Scale) -> String {
    let figure = figure_in_words(drivers);
    match drivers.metric.dimension {
        Dimension::MASS => format!("{}: mean {figure}", mass_unit(scale)),
        Dimension::MONEY => format!("{}: mean {figure}", money_axis(scale)),
        _ => format!("{}: mean {figure}", scale.unit),
    }
}
