//! What a caller fills in: a chart as plain data, with no pixel in it.
//!
//! Time on the x axis is measured in years: 2025.0 is 1 January 2025 and a month is 1/12. Points may come in any order;
//! a NaN or infinite value is skipped (a gap in a line, nothing in a stack). This module never measures or draws.

use super::theme::Color;

/// A picture of 800 × 500 logical pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Says the finding, not the name of the metric. Wraps to two lines.
    pub title: String,
    /// Metric, scenario, number of runs. Wraps to two lines.
    pub subtitle: String,
    /// Where the numbers come from: small, at the foot.
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

    /// Adds a layer on top.
    pub fn push(&mut self, layer: impl Into<Layer>) {
        self.layers.push(layer.into());
    }
}

/// The horizontal axis. It covers all data, and what `from` and `to` add.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XAxis {
    /// Whether x is a moment or a whole year.
    pub years_as_categories: bool,
    /// The axis starts here or earlier.
    pub from: Option<f64>,
    /// The axis ends here or later.
    pub to: Option<f64>,
}

impl XAxis {
    /// Continuous time: ticks at years, or at months when the span is short.
    #[must_use]
    pub const fn dates() -> Self {
        Self { years_as_categories: false, from: None, to: None }
    }

    /// Whole years side by side, each standing for all of its twelve months.
    #[must_use]
    pub const fn years() -> Self {
        Self { years_as_categories: true, from: None, to: None }
    }
}

/// The vertical axis. It covers all data, and what `from_zero` and `max` add.
#[derive(Debug, Clone, PartialEq)]
pub struct YAxis {
    /// Written once, above the axis: `thousand tonnes`, `chance`.
    pub unit: String,
    /// How its numbers are written.
    pub numbers: Numbers,
    /// Volumes stand on zero; a price or an index need not.
    pub from_zero: bool,
    /// The axis reaches at least this value.
    pub max: Option<f64>,
}

impl YAxis {
    /// Amounts, on a zero baseline.
    #[must_use]
    pub fn volume(unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), numbers: Numbers::Plain, from_zero: true, max: None }
    }

    /// Shares or chances from 0 to 1, written as 0% to 100%.
    #[must_use]
    pub fn share(unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), numbers: Numbers::Share, from_zero: true, max: Some(1.0) }
    }

    /// Prices, indices: the axis spans the data only.
    #[must_use]
    pub fn level(unit: impl Into<String>) -> Self {
        Self { from_zero: false, ..Self::volume(unit) }
    }
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// `12,500`.
    Plain,
    /// 0.25 as `25%`.
    Share,
}

/// One thing drawn between the axes.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// A range around a line, over time.
    Band(Band),
    /// Points joined by straight lines.
    Line(Line),
    /// A value that holds from one point to the next.
    Steps(Line),
    /// Series stacked as areas, over time.
    Areas(Stack),
    /// Series stacked as bars.
    Bars(Stack),
    /// Points alone: observations.
    Dots(Dots),
    /// Ranges at single places: whiskers or boxes.
    Intervals(Intervals),
    /// A vertical line at a date.
    Marker(Marker),
}

macro_rules! layer_from {
    ($($kind:ident),*) => {$(
        impl From<$kind> for Layer {
            fn from(layer: $kind) -> Self {
                Self::$kind(layer)
            }
        }
    )*};
}
layer_from!(Band, Line, Dots, Intervals, Marker);

/// A direct label at the right end of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Short is better; long ones wrap to two lines and end with an ellipsis.
    pub text: String,
    /// Whether the layer's last value (or range) is written behind the text.
    pub value: bool,
}

impl Label {
    /// Text alone.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: false }
    }

    /// The layer's last value as well.
    #[must_use]
    pub fn with_value(self) -> Self {
        Self { value: true, ..self }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// How much of the futures a range holds; the narrower, the stronger its tint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Half of all futures (a 50% band).
    Half,
    /// Nine in ten futures (a 90% band).
    NineInTen,
}

/// A range around a line, over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// (x, low, high).
    pub points: Vec<(f64, f64, f64)>,
    /// Colour of the line it surrounds; drawn as a tint.
    pub color: Color,
    /// How strong the tint is.
    pub strength: Strength,
    /// Stands at the band's right end.
    pub label: Option<Label>,
}

/// Points joined by a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// (x, y).
    pub points: Vec<(f64, f64)>,
    /// Colour of the line and its label.
    pub color: Color,
    /// Thickness.
    pub weight: Weight,
    /// Dashes for what is not a result: a plan, a target.
    pub dashed: bool,
    /// Stands at the line's right end.
    pub label: Option<Label>,
}

impl Line {
    /// A solid line of normal weight without label.
    #[must_use]
    pub const fn new(points: Vec<(f64, f64)>, color: Color) -> Self {
        Self { points, color, weight: Weight::Normal, dashed: false, label: None }
    }

    /// The same line with a label at its end.
    #[must_use]
    pub fn labelled(self, label: impl Into<Label>) -> Self {
        Self { label: Some(label.into()), ..self }
    }
}

/// Thickness of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Context.
    Thin,
    /// One of several lines.
    Normal,
    /// The line the chart is about.
    Strong,
}

/// Series on top of each other; the first lies at the bottom, negative values hang below zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// Where the values stand. A bar stands centred on its x.
    pub x: Vec<f64>,
    /// One value for each x and series; missing values count as nothing.
    pub series: Vec<Series>,
    /// Whether the last value is written behind each series' name.
    pub values: bool,
}

/// One series of a stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Stands at the right of the last value.
    pub label: String,
    /// Colour of the area or the bars; see [`theme::color_for`](super::theme::color_for).
    pub color: Color,
    /// As many as the stack has x.
    pub values: Vec<f64>,
}

/// Observations as dots.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// (x, y).
    pub points: Vec<(f64, f64)>,
    /// Colour of the dots and their label.
    pub color: Color,
    /// Stands at the right of the picture, level with the last dot.
    pub label: Option<Label>,
}

/// Ranges at single places.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// (x, low, high).
    pub points: Vec<(f64, f64, f64)>,
    /// Colour of the strokes or boxes.
    pub color: Color,
    /// A thin stroke or a tinted box.
    pub form: Form,
    /// Stands at the right of the picture, level with the last range's upper end.
    pub label: Option<Label>,
}

/// What an interval looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A thin upright stroke with short ends.
    Whisker,
    /// A tinted box, as wide as a bar.
    Box(Strength),
}

/// A thin vertical line at a date, with its text above the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// The date in years.
    pub x: f64,
    /// What begins or is due here.
    pub label: String,
    /// Dashes for what is only planned.
    pub dashed: bool,
}
