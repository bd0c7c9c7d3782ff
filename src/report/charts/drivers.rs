//! What drives a figure: the shares of its variance, and how far each assumption moves it.

use super::{Picture, in_title, mass_unit, money_axis};
use crate::plot::{Chart, Mark, Marker, Row, Rows, XAxis, theme};
use crate::report::drivers::{Driver, Drivers, Kind};
use crate::results::RunInfo;
use crate::sensitivity::{Index, Swing};
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance, count};

/// Rows for assumptions; the rest is in the tables.
const SHOWN: usize = 10;
/// The place of the bars' colour.
const SHARE: usize = 0;

/// The pictures of what drives a figure: `drivers` with the share of its variance that each assumption explains, and
/// `drivers-tornado` with its mean where each is low and where it is high, without those that stand for several numbers.
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

/// Its path, with the mark of what rests on nothing but judgement, as on the terminal.
fn marked(driver: &Driver) -> String {
    if driver.is_judgement { format!("{} ?", driver.path) } else { driver.path.clone() }
}

/// The share of the variance that each explains alone, the largest on top; `None` where nothing varies.
fn shares(info: &RunInfo, drivers: &Drivers) -> Option<Chart> {
    let first = drivers.list.first()?;
    let row = |name: &str, share: Index| {
        let (low, high) = share.interval_95();
        Row::new(name)
            .with(Mark::Bar { from: 0.0, to: share.value(), color: theme::palette(SHARE) })
            .with(Mark::Whisker { low, high, color: theme::INK })
            .ends("", chance(share.value()))
    };
    let of_driver = |driver: &Driver| row(&marked(driver), driver.share);
    let mut rows: Vec<Row> = drivers.list.iter().take(SHOWN).map(of_driver).collect();
    rows.push(row("interactions among the first", drivers.interactions));
    let rest = if drivers.knows_months() { "the rest" } else { "the noise of the months, and the rest" };
    rows.push(row(rest, drivers.remainder));
    let figure = figure_in_words(drivers);
    let title = format!(
        "{} alone explains {} of how far apart futures lie in {figure}",
        in_title(&first.path),
        chance(first.share.value())
    );
    let x = XAxis { from: Some(0.0), ..XAxis::share("share of the variance") };
    let mut chart = Chart::of_rows(title, x, Rows::of(rows));
    let what = format!(
        "Share of the variance of {figure} that each explains alone, with its 95% Monte Carlo interval; ? is judgement; {}",
        of_how_many(drivers.list.len())
    );
    sign(&mut chart, &what, info, drivers);
    Some(chart)
}

fn of_how_many(all: usize) -> String {
    if all > SHOWN { format!("the first {SHOWN} of {all}") } else { "all that vary".to_owned() }
}

/// `exported in 2030`, as the metric is titled.
fn figure_in_words(drivers: &Drivers) -> String {
    match drivers.metric.path.as_str() {
        "volume" => format!("exports in {}", drivers.year),
        path => format!("{path} in {}", drivers.year),
    }
}

/// The mean where each is in its lowest and in its highest tenth, the widest on top; `None` where no single number varies.
fn tornado(info: &RunInfo, drivers: &Drivers) -> Option<Chart> {
    let mut single: Vec<(&Driver, Swing)> =
        numbers(drivers).filter_map(|driver| Some((driver, driver.swing?))).collect();
    single.sort_by(|a, b| b.1.difference().abs().total_cmp(&a.1.difference().abs()));
    single.truncate(SHOWN);
    let mean = drivers.figure.mean();
    let format = drivers.ends();
    let scale = format.scale;
    let (first, widest) = single.first()?;
    let title = format!(
        "From its lowest to its highest tenth {} moves mean {} from {} to {}",
        in_title(&first.path),
        figure_in_words(drivers),
        format.show(widest.low.mean()),
        format.with_unit(widest.high.mean())
    );
    let rows = single.iter().map(|(driver, swing)| swing_row(driver, swing, mean, format)).collect();
    let rows = Rows::of(rows).keyed("where it is low", theme::LOW).keyed("where it is high", theme::HIGH);
    let mut chart = Chart::of_rows(title, XAxis::numbers(unit_in_words(drivers, scale)), rows);
    chart.push(Marker {
        x: mean / scale.factor,
        label: format!("mean {}", format.with_unit(mean)),
        dashed: false,
    });
    let what = "Mean of the runs in which each assumption lies in its lowest tenth, and in its highest; events, projects \
                and shocks, which stand for several numbers, are left out; ? is judgement";
    sign(&mut chart, what, info, drivers);
    Some(chart)
}

/// Those that have a lowest and a highest tenth.
fn numbers(drivers: &Drivers) -> impl Iterator<Item = &Driver> {
    drivers.list.iter().filter(|driver| driver.kind == Kind::Number)
}

fn swing_row(driver: &Driver, swing: &Swing, mean: f64, format: Format) -> Row {
    let scale = format.scale;
    let (low, high) = (swing.low.mean(), swing.high.mean());
    let bar = |to: f64, color| Mark::Bar { from: mean / scale.factor, to: to / scale.factor, color };
    // The shorter bar lies on top, should both lie on one side of the mean.
    let mut bars = [(low, theme::LOW), (high, theme::HIGH)];
    bars.sort_by(|a, b| (b.0 - mean).abs().total_cmp(&(a.0 - mean).abs()));
    let row = bars.into_iter().fold(Row::new(marked(driver)), |row, (to, color)| row.with(bar(to, color)));
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
