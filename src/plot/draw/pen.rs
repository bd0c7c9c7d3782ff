//! A pen in logical pixels over a plotters backend in whole drawing units.

use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, DrawingBackend, PathElement, Polygon, Rectangle, ShapeStyle, Text as Words,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, RGBAColor, TextStyle};

use super::super::layout::{Align, Text};
use super::super::theme::{Color, FONT_FAMILY};
use super::{CAP, Drawn, EM, UNITS};

/// The length of a dash; `GAP` is that of the space after it.
const DASH: f64 = 5.0;
const GAP: f64 = 4.0;

/// A point in logical pixels.
pub(super) type Point = (f64, f64);

/// A pen that draws on the area of a backend.
pub(super) struct Pen<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
}

impl<'a, B: DrawingBackend> Pen<'a, B> {
    pub(super) fn on(area: &'a DrawingArea<B, Shift>) -> Self {
        Self { area }
    }

    pub(super) fn rect(&mut self, a: Point, b: Point, color: Color, alpha: f64) -> Drawn<B> {
        self.area.draw(&Rectangle::new([unit(a), unit(b)], ink(color, alpha)))
    }

    pub(super) fn polygon(&mut self, corners: &[Point], color: Color, alpha: f64) -> Drawn<B> {
        let corners: Vec<_> = corners.iter().copied().map(unit).collect();
        self.area.draw(&Polygon::new(corners, ink(color, alpha)))
    }

    pub(super) fn circle(&mut self, center: Point, radius: f64, color: Color) -> Drawn<B> {
        self.area.draw(&Circle::new(unit(center), length(radius), ink(color, 1.0)))
    }

    pub(super) fn line(&mut self, points: &[Point], width: f64, color: Color) -> Drawn<B> {
        self.faint_line(points, width, color, 1.0)
    }

    pub(super) fn faint_line(&mut self, points: &[Point], width: f64, color: Color, alpha: f64) -> Drawn<B> {
        let stroke = ShapeStyle { filled: false, stroke_width: length(width), ..ink(color, alpha) };
        let points: Vec<_> = points.iter().copied().map(unit).collect();
        self.area.draw(&PathElement::new(points, stroke))
    }

    pub(super) fn dashes(&mut self, points: &[Point], width: f64, color: Color) -> Drawn<B> {
        dashed(points).iter().try_for_each(|dash| self.line(dash, width, color))
    }

    pub(super) fn text(&mut self, text: &Text) -> Drawn<B> {
        let top = text.baseline - CAP * text.kind.size;
        self.area.draw(&Words::new(text.words.as_str(), unit((text.x, top)), letters(text)))
    }
}

fn ink(color: Color, alpha: f64) -> ShapeStyle {
    ShapeStyle { color: RGBAColor(color.r, color.g, color.b, alpha), filled: true, stroke_width: 0 }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "layout keeps everything near the picture, and `as` saturates"
)]
fn unit((x, y): Point) -> (i32, i32) {
    ((x * UNITS).round() as i32, (y * UNITS).round() as i32)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a stroke's width: positive and small"
)]
fn length(pixels: f64) -> u32 {
    (pixels * UNITS).round() as u32
}

/// A text's style for plotters. plotters never loads the font: our PNG canvas has its own, and SVG viewers
/// have theirs.
fn letters(text: &Text) -> TextStyle<'static> {
    let style = if text.kind.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), text.kind.size * UNITS * EM, style);
    let h_pos = match text.align {
        Align::Start => HPos::Left,
        Align::Middle => HPos::Center,
        Align::End => HPos::Right,
    };
    let color = RGBAColor(text.color.r, text.color.g, text.color.b, 1.0);
    TextStyle { color: color.to_backend_color(), ..TextStyle::from(font).pos(Pos::new(h_pos, VPos::Top)) }
}

/// A line divided into dashes; a dash may bend around a corner.
fn dashed(points: &[Point]) -> Vec<Vec<Point>> {
    let mut dashes = Vec::new();
    let mut dash: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, DASH);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut rest = (to.0 - from.0).hypot(to.1 - from.1);
        while rest > left {
            let share = left / rest;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            rest -= left;
            if drawing {
                dash.push(from);
                dashes.push(std::mem::take(&mut dash));
            } else {
                dash = vec![from];
            }
            drawing = !drawing;
            left = if drawing { DASH } else { GAP };
        }
        left -= rest;
        if drawing {
            dash.push(to);
        }
    }
    dashes.push(dash);
    dashes.retain(|dash| dash.len() > 1);
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_a_line_and_bend_around_corners() {
        let dashes = dashed(&[(0.0, 0.0), (20.0, 0.0), (20.0, 70.0)]);
        assert_eq!(dashes.len(), 10);
        assert_eq!(dashes[0], [(0.0, 0.0), (5.0, 0.0)]);
        assert_eq!(dashes[2], [(18.0, 0.0), (20.0, 0.0), (20.0, 3.0)]);
    }
}
