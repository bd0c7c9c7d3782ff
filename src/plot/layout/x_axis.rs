//! The texts below the plot: dates or numbers, and the unit of numbers.

use super::super::chart::{Chart, Numbers, XKind};
use super::super::text::clean;
use super::super::theme::{PAD, WIDTH};
use super::super::ticks::{self, NumberFormat, Tick, Ticks};
use super::{Align, Extent, Frame, SMALL, Scale, Text, small};

/// The width of one date below the axis.
const DATE_ROOM: f64 = 52.0;
/// The maximum number of numbers along the axis, and the space between two of them.
const MOST_NUMBERS: usize = 8;
const APART: f64 = 18.0;
/// The distance from the plot down to the first line of texts, and from there to the second.
pub(super) const FIRST: f64 = 20.0;
pub(super) const SECOND: f64 = 15.0;
const BELOW: f64 = 5.0;
/// The maximum height of the texts below the plot.
pub(super) const TWO_LINES: f64 = FIRST + SECOND + BELOW;

/// The ticks of the x axis, and its unit if it has one.
pub(super) struct XTicks {
    pub(super) ticks: Vec<Tick>,
    pub(super) unit: Option<String>,
    /// The format of its numbers; not used for dates.
    pub(super) format: NumberFormat,
}

impl XTicks {
    pub(super) fn of(chart: &Chart, extent: &Extent, x: Scale) -> Self {
        let (width, (from, to)) = (x.pixels.1 - x.pixels.0, extent.x);
        let format = NumberFormat::of(&ticks::nice(from, to, MOST_NUMBERS), Numbers::Plain);
        let dates = |ticks| Self { ticks, unit: None, format };
        match &chart.x.kind {
            XKind::Numbers { unit, numbers } => numbers_of(unit, *numbers, extent, width),
            _ if extent.empty => dates(Vec::new()),
            XKind::Years => dates(years(&chart.x.parts, (from, to), most_dates(width))),
            XKind::Dates => dates(ticks::dates(from, to, most_dates(width))),
        }
    }

    /// The x of each tick, and its text with the year of a month: `Mar 2027`.
    pub(super) fn with_years(&self) -> Vec<(f64, String)> {
        let mut year: Option<&String> = None;
        let mut words = Vec::new();
        for tick in &self.ticks {
            year = tick.year.as_ref().or(year);
            words.push((tick.x, year.map_or(tick.text.clone(), |year| format!("{} {year}", tick.text))));
        }
        words
    }

    /// The height of the texts: two lines if there are years below months, or a unit.
    pub(super) fn height(&self) -> f64 {
        let second = self.unit.is_some() || self.ticks.iter().any(|tick| tick.year.is_some());
        if second { TWO_LINES } else { FIRST + BELOW }
    }

    /// All texts below the plot.
    pub(super) fn texts(&self, frame: Frame, x: Scale) -> Vec<Text> {
        let baseline = frame.bottom + FIRST;
        let mut texts = Vec::new();
        for tick in &self.ticks {
            let at =
                |baseline, text: &str| inside(small(x.at(tick.x), baseline, Align::Middle, text.to_owned()));
            texts.push(at(baseline, &tick.text));
            texts.extend(tick.year.iter().map(|year| at(baseline + SECOND, year)));
        }
        let unit =
            |unit: &String| small(frame.middle().0, baseline + SECOND + 1.0, Align::Middle, unit.clone());
        texts.extend(self.unit.iter().map(unit));
        texts
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width in pixels, below a thousand"
)]
fn most_dates(width: f64) -> usize {
    (width / DATE_ROOM).max(2.0) as usize
}

/// Ticks of years, with the months below each partial year. A partial year always has its tick; ticks that it
/// would touch are dropped.
fn years(parts: &[(i32, String)], (from, to): (f64, f64), most: usize) -> Vec<Tick> {
    let mut all = ticks::years(from, to, most);
    let step = all.windows(2).map(|pair| pair[1].x - pair[0].x).fold(f64::INFINITY, f64::min);
    for (year, months) in parts.iter().filter(|(year, _)| (from..=to).contains(&f64::from(*year))) {
        let x = f64::from(*year);
        all.retain(|tick| tick.x != x && (tick.x - x).abs() > step / 2.0);
        all.push(Tick { x, text: year.to_string(), year: Some(months.clone()) });
    }
    all.sort_by(|a, b| a.x.total_cmp(&b.x));
    all
}

/// As many numbers as fit without overlapping.
fn numbers_of(unit: &str, numbers: Numbers, extent: &Extent, width: f64) -> XTicks {
    let (from, to) = extent.x;
    let try_with = |most: usize| {
        let ticks = ticks::inside(from, to, most);
        let format = NumberFormat::of(&ticks, numbers);
        let space = ticks.step / (to - from) * width;
        let fits = ticks.values.iter().all(|v| SMALL.width(&format.tick(*v)) + APART <= space);
        fits.then_some((ticks, format))
    };
    let found = (2..=MOST_NUMBERS).rev().find_map(try_with);
    let (ticks, format) = found.unwrap_or_else(|| only_one(from, to, numbers));
    let tick = |x: &f64| Tick { x: *x, text: format.tick(*x), year: None };
    let unit = SMALL.shorten(&format.unit(&clean(unit)), width);
    let shown = if extent.empty || numbers == Numbers::Hidden { &[][..] } else { &ticks.values };
    XTicks { ticks: shown.iter().map(tick).collect(), unit: (!unit.is_empty()).then_some(unit), format }
}

/// A single number, for an axis on which two would overlap.
fn only_one(from: f64, to: f64, numbers: Numbers) -> (Ticks, NumberFormat) {
    let mut ticks = ticks::inside(from, to, 2);
    let format = NumberFormat::of(&ticks, numbers);
    ticks.values.truncate(1);
    (ticks, format)
}

/// A text moved so that it is inside the picture.
fn inside(text: Text) -> Text {
    let half = text.width() / 2.0;
    let x = text.x.min(WIDTH - PAD / 2.0 - half).max(PAD / 2.0 + half);
    Text { x, ..text }
}
