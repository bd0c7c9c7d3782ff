//! Draws a laid-out chart on any plotters backend, with the same calls in the same order for PNG and SVG.
//!
//! This module decides strokes and tints. All positions come from `layout`.

mod layers;
mod pen;
mod rows;
mod stacks;

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::chart::{Chart, Form, Layer};
use super::layout::{Layout, SWATCH};
use super::theme::{AXIS, GRID, HEIGHT, INK, MARKER, PAPER, WIDTH};
use pen::Pen;

/// Drawing units per logical pixel. plotters' coordinates are whole numbers; tenths keep curves smooth.
pub(super) const UNITS: f64 = 10.0;
/// The picture in drawing units: [`WIDTH`] and [`HEIGHT`] times [`UNITS`].
pub(super) const SIZE: (u32, u32) = (8000, 5000);
/// plotters divides font sizes by this to get the em.
pub(super) const EM: f64 = 1.24;
/// plotters' SVG backend puts the baseline this many em below the top of a text.
pub(super) const CAP: f64 = 0.76;

/// The result of drawing on a backend.
pub(super) type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Draws the whole chart.
pub(super) fn chart<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    chart: &Chart,
    layout: &Layout,
) -> Drawn<B> {
    let mut pen = Pen::on(area);
    pen.rect((0.0, 0.0), (WIDTH, HEIGHT), PAPER, 1.0)?;
    plot(&mut pen, &chart.layers, layout)?;
    for (panel, part) in chart.panels().unwrap_or_default().iter().zip(&layout.panels) {
        plot(&mut pen, &panel.layers, part)?;
    }
    for text in &layout.texts {
        pen.text(text)?;
    }
    Ok(())
}

/// Draws everything except texts.
fn plot<B: DrawingBackend>(pen: &mut Pen<B>, layers: &[Layer], layout: &Layout) -> Drawn<B> {
    grid(pen, layout)?;
    // Surfaces are drawn first, so that a marker stays visible on an area, and a line on another layer's
    // band.
    let (surfaces, strokes): (Vec<_>, Vec<_>) = layers.iter().partition(|layer| is_surface(layer));
    surfaces.into_iter().try_for_each(|layer| draw_layer(pen, layout, layer))?;
    markers(pen, layout)?;
    strokes.into_iter().try_for_each(|layer| draw_layer(pen, layout, layer))?;
    axis(pen, layout)?;
    keys(pen, layout)?;
    layout.leaders.iter().try_for_each(|leader| pen.line(&[leader.from, leader.to], 0.8, AXIS))
}

fn draw_layer<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, layer: &Layer) -> Drawn<B> {
    match layer {
        Layer::Band(band) => layers::band(pen, layout, band),
        Layer::Line(line) => layers::line(pen, layout, line),
        Layer::Steps(line) => layers::steps(pen, layout, line),
        Layer::Dots(dots) => layers::dots(pen, layout, dots),
        Layer::Intervals(intervals) => layers::intervals(pen, layout, intervals),
        Layer::Areas(stack) => stacks::areas(pen, layout, stack),
        Layer::Bars(stack) => stacks::bars(pen, layout, stack),
        Layer::Note(note) => layers::note(pen, layout, note),
        Layer::Rows(rows) => rows::rows(pen, layout, rows),
        Layer::Marker(_) | Layer::Panels(_) => Ok(()),
    }
}

fn is_surface(layer: &Layer) -> bool {
    match layer {
        Layer::Band(band) => !band.outline,
        Layer::Areas(_) | Layer::Bars(_) | Layer::Rows(_) => true,
        Layer::Intervals(intervals) => matches!(intervals.form, Form::Box(_)),
        Layer::Line(_)
        | Layer::Steps(_)
        | Layer::Dots(_)
        | Layer::Marker(_)
        | Layer::Note(_)
        | Layer::Panels(_) => false,
    }
}

fn grid<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout) -> Drawn<B> {
    layout.grid.iter().try_for_each(|rule| pen.line(&[rule.from, rule.to], 1.0, GRID))?;
    layout.cleared.iter().try_for_each(|(from, to)| pen.rect(*from, *to, PAPER, 1.0))
}

fn markers<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout) -> Drawn<B> {
    for marker in &layout.markers {
        if marker.dashed {
            pen.dashes(&[marker.from, marker.to], 1.2, MARKER)?;
        } else {
            pen.line(&[marker.from, marker.to], 1.0, MARKER)?;
        }
    }
    Ok(())
}

/// Draws zero lines and the ticks below the plot, on top of the data, so that bars have a visible base.
fn axis<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout) -> Drawn<B> {
    for zero in &layout.zeros {
        let (width, color) = if zero.strong { (1.8, INK) } else { (1.2, AXIS) };
        pen.line(&[zero.from, zero.to], width, color)?;
    }
    let bottom = layout.frame.bottom;
    layout.x_ticks.iter().try_for_each(|x| pen.line(&[(*x, bottom), (*x, bottom + 5.0)], 1.0, AXIS))
}

fn keys<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout) -> Drawn<B> {
    let end = |(x, y): (f64, f64)| (x + SWATCH, y + SWATCH);
    layout.swatches.iter().try_for_each(|(at, color)| pen.rect(*at, end(*at), *color, 1.0))
}
