//! The marks of rows: horizontal bars, boxes and whiskers, and dots.

use plotters::prelude::DrawingBackend;

use super::super::chart::{Mark, Rows};
use super::super::layout::{Layout, is_on_axis};
use super::super::theme::{AXIS, PAPER};
use super::Drawn;
use super::layers::{tint, whisker};
use super::pen::Pen;

/// Half the length of a whisker's ends, as a share of a bar's height and at most this number of pixels.
const WHISKER_END: (f64, f64) = (0.25, 4.0);
const DOT: (f64, f64) = (0.4, 4.2);
/// The minimum length of a bar, so that zero is visible too.
const THINNEST: f64 = 1.0;

pub(super) fn rows<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, rows: &Rows) -> Drawn<B> {
    carried(pen, layout, rows)?;
    for (row, &y) in rows.rows.iter().zip(&layout.rows) {
        for mark in row.marks.iter().filter(|mark| is_on_axis(mark, layout)) {
            draw(pen, layout, mark, y)?;
        }
    }
    Ok(())
}

/// Draws the thin lines from the bottom of one bar to the top of the next.
fn carried<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, rows: &Rows) -> Drawn<B> {
    for (row, pair) in rows.rows.iter().zip(layout.rows.windows(2)) {
        let on_axis = |value: &f64| value.abs() <= layout.limit;
        let inside = |x: &f64| (layout.frame.left..=layout.frame.right).contains(x);
        if let Some(x) = row.carry.filter(on_axis).map(|value| layout.x.at(value)).filter(inside) {
            pen.line(&[(x, pair[0] + layout.bar / 2.0), (x, pair[1] - layout.bar / 2.0)], 1.0, AXIS)?;
        }
    }
    Ok(())
}

fn draw<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, mark: &Mark, y: f64) -> Drawn<B> {
    let (low, high) = mark.span();
    let (left, right) = (layout.x.at(low), layout.x.at(high));
    let half = layout.bar / 2.0;
    match *mark {
        Mark::Bar { color, .. } => {
            let right = right.max(left + THINNEST);
            pen.rect((left, y - half), (right, y + half), color, 1.0)
        }
        Mark::Box { color, strength, .. } => {
            pen.rect((left, y - half), (right, y + half), color, tint(strength))
        }
        Mark::Whisker { color, .. } => {
            let reach = (layout.bar * WHISKER_END.0).min(WHISKER_END.1);
            whisker(pen, ((left, y), (right, y)), (0.0, 1.0), reach, color)
        }
        Mark::Dot { color, .. } => {
            let radius = (layout.bar * DOT.0).min(DOT.1);
            pen.circle((left, y), radius + 1.2, PAPER)?;
            pen.circle((left, y), radius, color)
        }
    }
}
