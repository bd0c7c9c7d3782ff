//! Decides where everything stands, in logical pixels: before anything is drawn, and the same for PNG and SVG.
//!
//! The order matters: texts at top and foot give heights, numbers give the left edge, direct labels the right one, then
//! markers find rows above the plot, and what is left is the plot itself. This module never draws.

mod extent;
mod labels;
mod markers;

pub(super) use extent::{Extent, is_drawable, is_drawable_year};

use super::chart::Chart;
use super::text::{Type, clean};
use super::theme::{self, Color, GREY, HEIGHT, INK, PAD, WIDTH};
use super::ticks::{self, DateTick, NumberFormat, Ticks};

const TITLE_LINE: f64 = 26.0;
const SUBTITLE_LINE: f64 = 18.0;
const SOURCE_LINE: f64 = 14.0;
/// Between an axis number and the plot.
const NUMBER_GAP: f64 = 8.0;
/// Between the plot and the unit above it.
const HEAD_GAP: f64 = 14.0;
/// Steps between horizontal grid lines, at most.
const MOST_STEPS: usize = 6;
/// Room for one date below the axis.
const DATE_ROOM: f64 = 52.0;

/// Which point of a text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// One line of text in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) x: f64,
    pub(super) baseline: f64,
    pub(super) align: Align,
    pub(super) kind: Type,
    pub(super) color: Color,
    pub(super) words: String,
}

impl Text {
    pub(super) fn width(&self) -> f64 {
        self.kind.width(&self.words)
    }

    pub(super) fn left(&self) -> f64 {
        match self.align {
            Align::Start => self.x,
            Align::Middle => self.x - self.width() / 2.0,
            Align::End => self.x - self.width(),
        }
    }
}

/// The rectangle between the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Data to logical pixels, along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    data: (f64, f64),
    pixels: (f64, f64),
}

impl Scale {
    fn new(data: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { data, pixels }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.data.0) / (self.data.1 - self.data.0);
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }
}

/// A thin line of the layout: a leader or a marker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    pub(super) dashed: bool,
}

/// Everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) frame: Frame,
    pub(super) x: Scale,
    pub(super) y: Scale,
    /// Width of a bar or a box.
    pub(super) bar: f64,
    pub(super) grid: Vec<f64>,
    /// Where the zero line stands, if zero is on the axis.
    pub(super) zero: Option<f64>,
    pub(super) date_ticks: Vec<f64>,
    pub(super) markers: Vec<Rule>,
    pub(super) leaders: Vec<Rule>,
    pub(super) texts: Vec<Text>,
}

impl Layout {
    pub(super) fn of(chart: &Chart) -> Self {
        let extent = Extent::of(chart);
        let mut texts = Vec::new();
        let head = head(chart, &mut texts);
        let foot = foot(chart, &mut texts);
        let y_ticks = ticks::nice(extent.y.0, extent.y.1, MOST_STEPS);
        let format = NumberFormat::of(&y_ticks, chart.y.numbers);
        let tags = labels::tags(chart, &extent, &format);
        let number_width = y_ticks.values.iter().map(|v| SMALL.width(&format.tick(*v))).fold(0.0, f64::max);
        let (left, right) = (PAD + number_width + NUMBER_GAP, labels::left_of(&tags));
        let x = Scale::new(extent.x, (left, right));
        let dates = date_ticks(chart, &extent, right - left);
        let unit = unit(chart, &format);
        let rows = markers::place(chart, &x, unit.width() + PAD);
        let frame = Frame {
            left,
            right,
            top: head + HEAD_GAP - 3.0 + rows.count * markers::ROW,
            bottom: foot - date_height(&dates),
        };
        let y = Scale::new(
            (y_ticks.values[0], y_ticks.values[y_ticks.values.len() - 1]),
            (frame.bottom, frame.top),
        );
        texts.push(Text { baseline: frame.top - HEAD_GAP - rows.unit * markers::ROW, ..unit });
        let mut layout = Self::bare(frame, x, y, &y_ticks);
        layout.bar = (extent.slot / (extent.x.1 - extent.x.0) * (right - left) * 0.68).clamp(1.0, 72.0);
        layout.texts = texts;
        layout.number(&y_ticks, &format);
        layout.date(&dates, chart.x.years_as_categories);
        layout.mark(rows.markers);
        layout.label(&tags);
        if extent.empty {
            layout.say_that_nothing_is_there();
        }
        layout
    }

    fn bare(frame: Frame, x: Scale, y: Scale, ticks: &Ticks) -> Self {
        let grid: Vec<f64> = ticks.values.iter().map(|v| y.at(*v)).collect();
        let zero = ticks.values.iter().any(|v| v.abs() < ticks.step * 1e-6).then(|| y.at(0.0));
        let (date_ticks, markers, leaders, texts) = Default::default();
        Self { frame, x, y, bar: 1.0, grid, zero, date_ticks, markers, leaders, texts }
    }

    fn number(&mut self, ticks: &Ticks, format: &NumberFormat) {
        for value in &ticks.values {
            let (x, baseline) = (self.frame.left - NUMBER_GAP, self.y.at(*value) + 4.2);
            self.texts.push(small(x, baseline, Align::End, format.tick(*value)));
        }
    }

    fn date(&mut self, dates: &[DateTick], categories: bool) {
        for tick in dates {
            let (x, baseline) = (self.x.at(tick.x), self.frame.bottom + 20.0);
            self.date_ticks.extend((!categories).then_some(x));
            self.texts.push(small(x, baseline, Align::Middle, tick.text.clone()));
            let year = tick.year.iter().map(|year| small(x, baseline + 15.0, Align::Middle, year.clone()));
            self.texts.extend(year);
        }
    }

    fn mark(&mut self, markers: Vec<markers::Placed>) {
        for marker in markers {
            let baseline = self.frame.top - HEAD_GAP - marker.row * markers::ROW;
            let from =
                (marker.x, if marker.text.words.is_empty() { self.frame.top } else { baseline - 10.0 });
            self.markers.push(Rule { from, to: (marker.x, self.frame.bottom), dashed: marker.dashed });
            self.texts.push(Text { baseline, ..marker.text });
        }
    }

    fn label(&mut self, tags: &[labels::Tag]) {
        let placed = labels::place(tags, &self.frame, &self.x, &self.y, self.bar);
        self.texts.extend(placed.texts);
        self.leaders.extend(placed.leaders);
    }

    fn say_that_nothing_is_there(&mut self) {
        let middle = |low: f64, high: f64| f64::midpoint(low, high);
        let x = middle(self.frame.left, self.frame.right);
        let baseline = middle(self.frame.top, self.frame.bottom);
        self.texts.push(small(x, baseline, Align::Middle, "no data".to_owned()));
    }
}

const SMALL: Type = Type::regular(theme::SMALL);

fn small(x: f64, baseline: f64, align: Align, text: String) -> Text {
    Text { x, baseline, align, kind: SMALL, color: GREY, words: text }
}

/// Title and subtitle; returns where they end.
fn head(chart: &Chart, texts: &mut Vec<Text>) -> f64 {
    let (title, subtitle) = (Type::bold(theme::TITLE), Type::regular(theme::SUBTITLE));
    let mut baseline = PAD - 6.0;
    for line in title.wrap_evenly(&clean(&chart.title), WIDTH - 2.0 * PAD, 2) {
        baseline += TITLE_LINE;
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind: title, color: INK, words: line });
    }
    for (i, line) in subtitle.wrap(&clean(&chart.subtitle), WIDTH - 2.0 * PAD, 2).into_iter().enumerate() {
        baseline += if i == 0 { SUBTITLE_LINE + 4.0 } else { SUBTITLE_LINE };
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind: subtitle, color: GREY, words: line });
    }
    baseline + 12.0
}

/// The source; returns where the dates above it may end.
fn foot(chart: &Chart, texts: &mut Vec<Text>) -> f64 {
    let kind = Type::regular(theme::SOURCE);
    let lines = kind.wrap(&clean(&chart.source), WIDTH - 2.0 * PAD, 2);
    let mut baseline = HEIGHT - 16.0;
    for line in lines.iter().rev() {
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind, color: GREY, words: line.clone() });
        baseline -= SOURCE_LINE;
    }
    baseline - if lines.is_empty() { 0.0 } else { 4.0 }
}

fn unit(chart: &Chart, format: &NumberFormat) -> Text {
    let text = SMALL.shorten(&format.unit(&clean(&chart.y.unit)), WIDTH * 0.5);
    small(PAD, 0.0, Align::Start, text)
}

/// A second line is for the years below months.
fn date_height(dates: &[DateTick]) -> f64 {
    if dates.iter().any(|tick| tick.year.is_some()) { 40.0 } else { 25.0 }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width in pixels, below a thousand"
)]
fn date_ticks(chart: &Chart, extent: &Extent, width: f64) -> Vec<DateTick> {
    let most = (width / DATE_ROOM).max(2.0) as usize;
    if extent.empty {
        Vec::new()
    } else if chart.x.years_as_categories {
        ticks::years(extent.x.0, extent.x.1, most)
    } else {
        ticks::dates(extent.x.0, extent.x.1, most)
    }
}
