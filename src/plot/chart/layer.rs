//! What stands between the axes: lines, bands, stacks, dots, ranges, markers and notes.

use super::super::theme::Color;
use super::panels::Panel;
use super::rows::Rows;

/// One thing drawn between the axes.
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
    /// Points alone: observations.
    Dots(Dots),
    /// Ranges at single places: whiskers or boxes.
    Intervals(Intervals),
    /// A vertical line at one x.
    Marker(Marker),
    /// A dot with a few words beside it.
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
    /// Short is better; long ones wrap to up to four lines, and end with an ellipsis where there is no room for those.
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

/// A range around a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// (x, low, high).
    pub points: Vec<(f64, f64, f64)>,
    /// Colour of the line it surrounds.
    pub color: Color,
    /// How strong the tint is.
    pub strength: Strength,
    /// Thin edges in the place of a tint: many bands that overlap stay readable.
    pub outline: bool,
    /// Stands at the band's right end.
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
    /// Colour of the area or the bars; see [`theme::color_for`](super::super::theme::color_for).
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

/// A thin vertical line at one x, with its text above the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// The date in years, or the number.
    pub x: f64,
    /// What begins, is due or is compared with here.
    pub label: String,
    /// Dashes for what is only planned.
    pub dashed: bool,
}

/// A dot with a few words beside it, such as a reading from a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Where the dot stands.
    pub x: f64,
    /// How high it stands.
    pub y: f64,
    /// Stands to the right of the dot, or to the left where the plot ends; left out where there is no room.
    pub text: String,
    /// Colour of dot and text.
    pub color: Color,
    /// Words alone, around their place: what is to be said where nothing is drawn.
    pub bare: bool,
}

impl Note {
    /// A dot with words.
    #[must_use]
    pub fn new(x: f64, y: f64, text: impl Into<String>, color: Color) -> Self {
        Self { x, y, text: text.into(), color, bare: false }
    }

    /// The words without the dot.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { bare: true, ..self }
    }
}
