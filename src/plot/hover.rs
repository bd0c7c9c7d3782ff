//! The values that a page shows at the pointer: every labelled value of a chart, with its position in the
//! picture.
//!
//! plotters' SVG backend writes shapes without names, so the values are stored beside the picture, not in it.
//! They come from the same layout and therefore match exactly what is drawn.

use serde::Serialize;

use super::chart::{Chart, Label, Layer, Mark, Panel, Row, Series, Stack, XAxis, XKind};
use super::layout::{Layout, is_drawable, is_on_axis};
use super::stack::Spans;
use super::text::clean;
use super::theme::Color;
use super::ticks;

/// All values of a chart that have a name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hover {
    /// Left, top, right and bottom of the plot, in pixels of the 800 × 500 picture.
    pub frame: [f64; 4],
    /// The direction in which the nearest points are searched.
    pub along: Along,
    /// Layer by layer, in order of x.
    pub points: Vec<HoverPoint>,
}

/// The direction in which a pointer searches for points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Along {
    /// Points with the same x belong together.
    X,
    /// The points of a row belong together.
    Rows,
    /// Points with the same x belong together, across all small charts.
    Panels,
}

/// A value and its position. All texts are plain: no markup, nothing escaped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoverPoint {
    /// Pixels from the left of the 800 × 500 picture.
    pub x: f64,
    /// Pixels from its top.
    pub y: f64,
    /// The sort key of points: x, or the number of the row from the top.
    pub order: f64,
    /// Its x in words: `Mar 2027`, `2027`, `34.2`; for a row, its name.
    pub at: String,
    /// The label of its layer or series.
    pub label: String,
    /// The value in words: `34.2`, `21–58`, `42%`.
    pub value: String,
    /// The colour in CSS notation.
    pub color: String,
}

/// The values of a chart that a page shows at the pointer.
///
/// ```
/// use corridor::plot::{self, Chart, Line, XAxis, YAxis, theme};
///
/// let mut chart = Chart::new("Exports double by 2030", XAxis::years(), YAxis::volume("thousand tonnes"));
/// chart.push(Line::new(vec![(2025.0, 22.0), (2030.0, 45.0)], theme::palette(0)).labelled("median"));
/// let last = plot::hover(&chart).points.remove(1);
/// assert_eq!((last.at, last.label, last.value), ("2030".into(), "median".into(), "45.0".into()));
/// ```
#[must_use]
pub fn hover(chart: &Chart) -> Hover {
    let layout = Layout::of(chart);
    let frame = layout.frame;
    let reader = Reader { axis: &chart.x, layout: &layout };
    let (along, points) = match chart.panels() {
        Some(panels) => (Along::Panels, of_panels(panels, &reader)),
        None => (
            if chart.rows().is_some() { Along::Rows } else { Along::X },
            chart.layers.iter().flat_map(|layer| reader.points(layer)).collect(),
        ),
    };
    Hover { frame: [frame.left, frame.top, frame.right, frame.bottom].map(tenths), along, points }
}

/// The values of the last line of each small chart, to which its title refers.
fn of_panels(panels: &[Panel], whole: &Reader<'_>) -> Vec<HoverPoint> {
    let of_panel = |(panel, layout): (&Panel, &Layout)| {
        let reader = Reader { axis: whole.axis, layout };
        let line = panel.layers.iter().rev().find_map(|layer| match layer {
            Layer::Line(line) | Layer::Steps(line) => Some(line),
            _ => None,
        });
        let label = Label::new(panel.title.clone());
        line.map_or_else(Vec::new, |line| reader.values(Some(&label), &line.points, line.color))
    };
    panels.iter().zip(&whole.layout.panels).flat_map(of_panel).collect()
}

/// Formats the values of a chart like its axes.
struct Reader<'a> {
    axis: &'a XAxis,
    layout: &'a Layout,
}

impl Reader<'_> {
    fn points(&self, layer: &Layer) -> Vec<HoverPoint> {
        match layer {
            Layer::Line(line) | Layer::Steps(line) => {
                self.values(line.label.as_ref(), &line.points, line.color)
            }
            Layer::Dots(dots) => self.values(dots.label.as_ref(), &dots.points, dots.color),
            Layer::Band(band) => self.ranges(band.label.as_ref(), &band.points, band.color),
            Layer::Intervals(range) => self.ranges(range.label.as_ref(), &range.points, range.color),
            Layer::Areas(stack) | Layer::Bars(stack) => self.stack(stack),
            Layer::Rows(rows) => {
                let placed = rows.rows.iter().zip(&self.layout.rows);
                placed.filter_map(|(row, y)| self.row(row, *y)).collect()
            }
            Layer::Marker(_) | Layer::Note(_) | Layer::Panels(_) => Vec::new(),
        }
    }

    fn values(&self, label: Option<&Label>, points: &[(f64, f64)], color: Color) -> Vec<HoverPoint> {
        let Some(label) = label else { return Vec::new() };
        let drawable = points.iter().filter(|(x, y)| x.abs() <= self.layout.limit && is_drawable(*y));
        drawable.map(|&(x, y)| self.point((x, y), &label.text, self.layout.format.value(y), color)).collect()
    }

    /// The points at the upper end of each range.
    fn ranges(&self, label: Option<&Label>, points: &[(f64, f64, f64)], color: Color) -> Vec<HoverPoint> {
        let Some(label) = label else { return Vec::new() };
        let whole = points
            .iter()
            .filter(|(x, low, high)| x.abs() <= self.layout.limit && is_drawable(*low) && is_drawable(*high));
        let value = |a: f64, b: f64| self.layout.format.range(a.min(b), a.max(b));
        whole.map(|&(x, a, b)| self.point((x, a.max(b)), &label.text, value(a, b), color)).collect()
    }

    /// The points in the middle of each part; parts that are zero have none.
    fn stack(&self, stack: &Stack) -> Vec<HoverPoint> {
        let spans = Spans::of(stack, self.layout.limit);
        let part = |(series, part): (&Series, &Vec<(f64, f64)>)| -> Vec<HoverPoint> {
            let there = spans.x.iter().zip(part).filter(|(_, (low, high))| high > low);
            let point = |(&x, &(low, high)): (&f64, &(f64, f64))| {
                let value = if low < 0.0 { low - high } else { high - low };
                let value = self.layout.format.value(value);
                self.point((x, f64::midpoint(low, high)), &series.label, value, series.color)
            };
            there.map(point).collect()
        };
        stack.series.iter().zip(&spans.parts).flat_map(part).collect()
    }

    fn point(&self, (x, y): (f64, f64), label: &str, value: String, color: Color) -> HoverPoint {
        HoverPoint {
            x: tenths(self.layout.x.at(x)),
            y: tenths(self.layout.y.at(y)),
            order: x,
            at: self.at(x),
            label: clean(label),
            value,
            color: color.css(),
        }
    }

    fn at(&self, x: f64) -> String {
        match self.axis.kind {
            XKind::Dates => ticks::month_of(x),
            XKind::Years => self.year(x),
            XKind::Numbers { .. } => self.layout.along.value(x),
        }
    }

    /// A year in words: `2026`, or `2025 (Jul–Dec)`.
    fn year(&self, x: f64) -> String {
        let year = format!("{x:.0}");
        let part = self.axis.parts.iter().find(|(part, _)| part.to_string() == year);
        part.map_or(year.clone(), |(_, months)| format!("{year} ({months})"))
    }

    /// The value of a row: the texts at its ends or, if it has none, the values of its marks.
    fn row(&self, row: &Row, y: f64) -> Option<HoverPoint> {
        let marks = row.marks.iter().filter(|mark| is_on_axis(mark, self.layout));
        let end = marks.clone().map(|mark| mark.span().1).reduce(f64::max)?;
        let color = marks.clone().next_back()?.color().css();
        let value = match (row.before.as_str(), row.after.as_str()) {
            ("", "") if !row.value.is_empty() => clean(&row.value),
            ("", "") => marks.map(|mark| self.mark(mark)).collect::<Vec<_>>().join(", "),
            ("", end) | (end, "") => clean(end),
            (low, high) => clean(&format!("{low} to {high}")),
        };
        let (x, y) = (tenths(self.layout.x.at(end)), tenths(y));
        Some(HoverPoint { x, y, order: y, at: clean(&row.name), label: clean(&row.note), value, color })
    }

    fn mark(&self, mark: &Mark) -> String {
        let (low, high) = mark.span();
        match *mark {
            Mark::Dot { at, .. } => self.at(at),
            Mark::Bar { from: 0.0, to, .. } => self.at(to),
            _ => match self.axis.kind {
                XKind::Numbers { .. } => self.layout.along.range(low, high),
                XKind::Dates | XKind::Years => format!("{}–{}", self.at(low), self.at(high)),
            },
        }
    }
}

fn tenths(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}
