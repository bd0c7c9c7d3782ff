//! Stacked areas and stacked bars, with thin gaps of paper between the parts.

use plotters::prelude::DrawingBackend;

use super::super::chart::Stack;
use super::super::layout::Layout;
use super::super::stack::Spans;
use super::super::theme::{Color, PAPER};
use super::Drawn;
use super::pen::{Pen, Point};

/// The gap between two parts of a stack.
const GAP: f64 = 1.0;

/// Draws stacked areas. With a single x there is no area, and a bar is drawn.
pub(super) fn areas<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, stack: &Stack) -> Drawn<B> {
    let spans = Spans::of(stack, layout.limit);
    if spans.x.len() == 1 {
        return bars_of(pen, layout, stack, &spans, layout.bar);
    }
    for (series, part) in stack.series.iter().zip(&spans.parts) {
        let edge = |i: usize, y: f64| (layout.x.at(spans.x[i]), layout.y.at(y));
        let upper: Vec<Point> = part.iter().enumerate().map(|(i, span)| edge(i, span.1)).collect();
        let lower = part.iter().enumerate().rev().map(|(i, span)| edge(i, span.0));
        let outline: Vec<Point> = upper.iter().copied().chain(lower).collect();
        pen.polygon(&outline, series.color, 1.0)?;
        pen.line(&upper, GAP, PAPER)?;
    }
    Ok(())
}

pub(super) fn bars<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, stack: &Stack) -> Drawn<B> {
    let spans = Spans::of(stack, layout.limit);
    bars_of(pen, layout, stack, &spans, layout.bar)
}

fn bars_of<B: DrawingBackend>(
    pen: &mut Pen<B>,
    layout: &Layout,
    stack: &Stack,
    spans: &Spans,
    width: f64,
) -> Drawn<B> {
    for (series, part) in stack.series.iter().zip(&spans.parts) {
        for (x, (low, high)) in spans.x.iter().zip(part) {
            let (top, bottom) = (layout.y.at(*high), layout.y.at(*low));
            block(pen, (layout.x.at(*x), top), bottom, width, series.color)?;
        }
    }
    Ok(())
}

/// Draws one part of a bar. If it is too thin for a gap, it keeps its whole height.
fn block<B: DrawingBackend>(
    pen: &mut Pen<B>,
    (x, top): Point,
    bottom: f64,
    width: f64,
    color: Color,
) -> Drawn<B> {
    let top = if bottom - top > 2.5 * GAP { top + GAP } else { top };
    if bottom - top < 0.05 {
        return Ok(());
    }
    pen.rect((x - width / 2.0, top), (x + width / 2.0, bottom), color, 1.0)
}
