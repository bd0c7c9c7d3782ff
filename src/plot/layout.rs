//! Computes the positions of everything in logical pixels, before drawing and identically for PNG and SVG.
//!
//! The order matters: texts at the top and bottom determine the heights, numbers or names the left edge,
//! direct labels the right edge. Then markers are placed in rows above the plot, and the plot takes the
//! remaining area. This module never draws.

mod extent;
mod labels;
mod margins;
mod markers;
mod notes;
mod panels;
mod plane;
mod rows;
mod x_axis;

pub(super) use extent::{Extent, is_drawable, limit};
pub(super) use rows::{SWATCH, is_on_axis};

use super::chart::Chart;
use super::text::Type;
use super::theme::{self, Color, GREY};
use super::ticks::NumberFormat;

/// The space between the plot and the unit above it.
const HEAD_GAP: f64 = 14.0;

/// The alignment of a text to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// One line of text and its position.
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

    pub(super) fn right(&self) -> f64 {
        self.left() + self.width()
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

impl Frame {
    fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }
}

/// The mapping from data to logical pixels along one axis.
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

/// The line at zero of one of the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Zero {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// Whether the chart compares the two sides of zero.
    pub(super) strong: bool,
}

/// The positions of everything in a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) frame: Frame,
    pub(super) x: Scale,
    pub(super) y: Scale,
    /// The largest x that is drawn.
    pub(super) limit: f64,
    /// The format of values on the y axis, and on an x axis of numbers.
    pub(super) format: NumberFormat,
    pub(super) along: NumberFormat,
    /// The width of a bar or a box; in a row, its height.
    pub(super) bar: f64,
    pub(super) grid: Vec<Rule>,
    pub(super) zeros: Vec<Zero>,
    pub(super) x_ticks: Vec<f64>,
    /// The y of the middle of each row.
    pub(super) rows: Vec<f64>,
    /// Boxes without grid, which contain texts.
    pub(super) cleared: Vec<((f64, f64), (f64, f64))>,
    /// The coloured squares before the words of a key.
    pub(super) swatches: Vec<((f64, f64), Color)>,
    pub(super) markers: Vec<Rule>,
    pub(super) leaders: Vec<Rule>,
    pub(super) texts: Vec<Text>,
    /// The plots of small charts; all their texts are among those of the whole.
    pub(super) panels: Vec<Self>,
}

impl Layout {
    pub(super) fn of(chart: &Chart) -> Self {
        match (chart.rows(), chart.panels()) {
            (Some(rows), _) => rows::lay_out(chart, rows),
            (None, Some(panels)) => panels::lay_out(chart, panels),
            (None, None) => plane::lay_out(chart),
        }
    }

    fn bare(chart: &Chart, frame: Frame, x: Scale, y: Scale, along: NumberFormat) -> Self {
        let (grid, zeros, x_ticks, rows) = Default::default();
        let (cleared, swatches, markers, leaders, texts, panels) = Default::default();
        let limit = limit(&chart.x);
        let (format, bar) = (along, 1.0);
        Self {
            frame,
            x,
            y,
            limit,
            format,
            along,
            bar,
            grid,
            zeros,
            x_ticks,
            rows,
            cleared,
            swatches,
            markers,
            leaders,
            texts,
            panels,
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

    fn report_no_data(&mut self) {
        let (x, baseline) = self.frame.middle();
        self.texts.push(small(x, baseline, Align::Middle, "no data".to_owned()));
    }
}

const SMALL: Type = Type::regular(theme::SMALL);

fn small(x: f64, baseline: f64, align: Align, text: String) -> Text {
    Text { x, baseline, align, kind: SMALL, color: GREY, words: text }
}
