//! The layers of a chart: lines, bands, stacks, dots, ranges, markers and notes.

use super::super::theme::Color;
use super::panels::Panel;
use super::rows::Rows;

/// One layer, drawn between the axes.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// A range around a line.
    Band(Band),
    /// Points joined by straight lines.
    Line(Line),
    /// A value that holds from one point to the next.
    Steps(Line),
    /// Series stacked as areas.
    Areas(Stack),
    /// Series stacked as bars.
    Bars(Stack),
    /// Points without lines: observations.
    Dots(Dots),
    /// Ranges at single values of x: whiskers or boxes.
    Intervals(Intervals),
    /// A vertical line at one x.
    Marker(Marker),
    /// A dot with a short text beside it.
    Note(Note),
    /// Names down the left side with marks beside them. Besides rows, a chart shows markers only.
    Rows(Rows),
    /// Small charts side by side. Besides them, a chart shows nothing.
    Panels(Vec<Panel>),
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
layer_from!(Band, Line, Dots, Intervals, Marker, Note, Rows);

/// A direct label at the right end of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// A short text. Long ones wrap to up to four lines, and end with an ellipsis if those don't fit.
    pub text: String,
    /// Whether the layer's last value (or range) is written after the text.
    pub value: bool,
}

impl Label {
    /// A label without a value.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: false }
    }

    /// This label with the layer's last value.
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

/// The share of futures in a range; the smaller it is, the stronger the tint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Half of all futures (a 50% band).
    Half,
    /// Nine in ten futures (a 90% band).
    NineInTen,
}

/// A range around a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// (x, low, high).
    pub points: Vec<(f64, f64, f64)>,
    /// Colour of the line it surrounds.
    pub color: Color,
    /// The strength of the tint.
    pub strength: Strength,
    /// Whether it is drawn as thin edges instead of a tint, so that many overlapping bands stay readable.
    pub outline: bool,
    /// The label at the band's right end.
    pub label: Option<Label>,
}

impl Band {
    /// A tinted band without label.
    #[must_use]
    pub const fn new(points: Vec<(f64, f64, f64)>, color: Color, strength: Strength) -> Self {
        Self { points, color, strength, outline: false, label: None }
    }

    /// The same band as two thin edges.
    #[must_use]
    pub fn outlined(self) -> Self {
        Self { outline: true, ..self }
    }

    /// The same band with a label at its end.
    #[must_use]
    pub fn labelled(self, label: impl Into<Label>) -> Self {
        Self { label: Some(label.into()), ..self }
    }
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
    /// Whether the line is dashed, for what is not a result: a plan, a target.
    pub dashed: bool,
    /// The label at the line's right end.
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
    /// A thin line for context.
    Thin,
    /// One of several lines.
    Normal,
    /// The line the chart is about.
    Strong,
}

/// Series stacked on one another; the first is at the bottom, and negative values are stacked below zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// The x of the values. A bar is centred on its x.
    pub x: Vec<f64>,
    /// The series, each with one value for each x; missing values count as zero.
    pub series: Vec<Series>,
    /// Whether the last value is written after each series' name.
    pub values: bool,
}

/// One series of a stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The label to the right of the last value.
    pub label: String,
    /// Colour of the area or the bars; see [`theme::color_for`](super::super::theme::color_for).
    pub color: Color,
    /// One value for each x of the stack.
    pub values: Vec<f64>,
}

/// Observations as dots.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// (x, y).
    pub points: Vec<(f64, f64)>,
    /// Colour of the dots and their label.
    pub color: Color,
    /// The label at the right of the picture, level with the last dot.
    pub label: Option<Label>,
}

/// Ranges at single values of x.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// (x, low, high).
    pub points: Vec<(f64, f64, f64)>,
    /// Colour of the strokes or boxes.
    pub color: Color,
    /// A thin stroke or a tinted box.
    pub form: Form,
    /// The label at the right of the picture, level with the last range's upper end.
    pub label: Option<Label>,
}

/// The shape of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A thin upright stroke with short ends.
    Whisker,
    /// A tinted box, as wide as a bar.
    Box(Strength),
}

/// A thin vertical line at one x, with its text above the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// The date in years, or the number.
    pub x: f64,
    /// The label: what starts, is due or is compared at this x.
    pub label: String,
    /// Whether the line is dashed, for what is only planned.
    pub dashed: bool,
}

/// A dot with a short text beside it, such as a reading from a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The x of the dot.
    pub x: f64,
    /// The y of the dot.
    pub y: f64,
    /// The text to the right of the dot, or to its left near the end of the plot; left out if it doesn't fit.
    pub text: String,
    /// Colour of dot and text.
    pub color: Color,
    /// Whether the text is centred on the position, without a dot: an explanation where nothing is drawn.
    pub bare: bool,
}

impl Note {
    /// A dot with a text.
    #[must_use]
    pub fn new(x: f64, y: f64, text: impl Into<String>, color: Color) -> Self {
        Self { x, y, text: text.into(), color, bare: false }
    }

    /// This note without the dot.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { bare: true, ..self }
    }
}
