//! Charts as plain data, which a caller fills in, without pixels.
//!
//! Time on the x axis is measured in years: 2025.0 is 1 January 2025 and a month is 1/12. Points may come in
//! any order; a NaN or infinite value is skipped (a gap in a line, zero in a stack, no mark in a row). This
//! module never measures or draws.

mod axis;
mod layer;
mod panels;
mod rows;
mod texts;

pub use axis::{Numbers, XAxis, XKind, YAxis};
pub use layer::{
    Band, Dots, Form, Intervals, Label, Layer, Line, Marker, Note, Series, Stack, Strength, Weight,
};
pub use panels::Panel;
pub use rows::{Key, Mark, Row, Rows};

/// A picture of 800 × 500 logical pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The title states the finding, not the name of the metric. Wraps to two lines.
    pub title: String,
    /// Metric, scenario, number of runs. Wraps to two lines.
    pub subtitle: String,
    /// The source of the numbers, in small letters at the bottom.
    pub source: String,
    /// The horizontal axis.
    pub x: XAxis,
    /// The vertical axis.
    pub y: YAxis,
    /// Drawn in this order, later ones on top.
    pub layers: Vec<Layer>,
}

impl Chart {
    /// A chart without layers, subtitle and source.
    #[must_use]
    pub fn new(title: impl Into<String>, x: XAxis, y: YAxis) -> Self {
        let (subtitle, source, layers) = Default::default();
        Self { title: title.into(), subtitle, source, x, y, layers }
    }

    /// A chart of rows: names down the left side, values along the x axis. It has no vertical axis.
    ///
    /// ```
    /// use corridor::plot::{Chart, Mark, Row, Rows, XAxis, theme};
    ///
    /// let bar = Mark::Bar { from: 0.0, to: 0.42, color: theme::palette(0) };
    /// let rows = vec![Row::new("Growth of demand").noted("judgement").with(bar).ends("", "42%")];
    /// let x = XAxis::share("share of the variance");
    /// let chart = Chart::of_rows("Demand drives exports most", x, Rows::of(rows));
    /// assert_eq!(chart.layers.len(), 1);
    /// ```
    #[must_use]
    pub fn of_rows(title: impl Into<String>, x: XAxis, rows: Rows) -> Self {
        Self { layers: vec![Layer::Rows(rows)], ..Self::new(title, x, YAxis::heights("")) }
    }

    /// A chart of small charts, each with its own y axis of the kind given.
    #[must_use]
    pub fn of_panels(title: impl Into<String>, x: XAxis, y: YAxis, panels: Vec<Panel>) -> Self {
        Self { layers: vec![Layer::Panels(panels)], ..Self::new(title, x, y) }
    }

    /// The small charts, in a chart of those.
    pub(super) fn panels(&self) -> Option<&[Panel]> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::Panels(panels) => Some(&panels[..]),
            _ => None,
        })
    }

    /// The rows, in a chart of rows.
    pub(super) fn rows(&self) -> Option<&Rows> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::Rows(rows) => Some(rows),
            _ => None,
        })
    }

    /// Adds a layer on top.
    pub fn push(&mut self, layer: impl Into<Layer>) {
        self.layers.push(layer.into());
    }
}
