//! Bands, lines, steps, dots and intervals.

use plotters::prelude::DrawingBackend;

use super::super::chart::{Band, Dots, Form, Intervals, Line, Note, Strength, Weight};
use super::super::layout::{Layout, is_drawable};
use super::super::theme::{Color, HALF_TINT, NINE_IN_TEN_TINT, PAPER};
use super::Drawn;
use super::pen::{Pen, Point};

/// Half the length of a whisker's ends.
const WHISKER_END: f64 = 4.0;
const DOT: f64 = 2.6;
const NOTED: f64 = 3.6;

pub(super) fn band<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, band: &Band) -> Drawn<B> {
    let tint = tint(band.strength);
    for run in runs(layout, &band.points, |p| p.0, |p| is_drawable(p.1) && is_drawable(p.2)) {
        let upper: Vec<Point> = run.iter().map(|p| at(layout, p.0, p.1.max(p.2))).collect();
        let lower: Vec<Point> = run.iter().rev().map(|p| at(layout, p.0, p.1.min(p.2))).collect();
        match (&upper[..], &lower[..]) {
            ([high], [low]) => pen.faint_line(&[*high, *low], 3.0, band.color, tint)?,
            _ if band.outline => edges(pen, &upper, &lower, band)?,
            _ => pen.polygon(&[upper, lower].concat(), band.color, tint)?,
        }
    }
    Ok(())
}

/// Draws the edges of an outlined band: the weaker its tint would be, the fainter they are.
fn edges<B: DrawingBackend>(pen: &mut Pen<B>, upper: &[Point], lower: &[Point], band: &Band) -> Drawn<B> {
    let (width, alpha) = match band.strength {
        Strength::Half => (1.2, 0.9),
        Strength::NineInTen => (1.0, 0.6),
    };
    [upper, lower].iter().try_for_each(|edge| pen.faint_line(edge, width, band.color, alpha))
}

/// Draws the dot of a note. Its text is among the texts of the layout.
pub(super) fn note<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, note: &Note) -> Drawn<B> {
    if note.bare || note.x.abs() > layout.limit || !is_drawable(note.y) {
        return Ok(());
    }
    let point = at(layout, note.x, note.y);
    pen.circle(point, NOTED + 1.2, PAPER)?;
    pen.circle(point, NOTED, note.color)
}

pub(super) fn line<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, line: &Line) -> Drawn<B> {
    let points = |run: &Vec<(f64, f64)>| run.iter().map(|p| at(layout, p.0, p.1)).collect();
    let runs: Vec<Vec<Point>> = drawable_runs(layout, &line.points).iter().map(points).collect();
    strokes(pen, &runs, line)
}

/// Draws a step line, on which each value holds until the next point.
pub(super) fn steps<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, line: &Line) -> Drawn<B> {
    let runs = drawable_runs(layout, &line.points);
    let runs: Vec<Vec<Point>> = runs.iter().map(|run| stairs(run, layout)).collect();
    strokes(pen, &runs, line)
}

fn stairs(run: &[(f64, f64)], layout: &Layout) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(2 * run.len());
    for (x, y) in run {
        let point = at(layout, *x, *y);
        points.extend(points.last().map(|last| (point.0, last.1)));
        points.push(point);
    }
    points
}

/// Draws the parts of a line. A single point becomes a dot, and a labelled line ends with a dot, to which its
/// label refers.
fn strokes<B: DrawingBackend>(pen: &mut Pen<B>, runs: &[Vec<Point>], line: &Line) -> Drawn<B> {
    let width = width(line.weight);
    for (i, run) in runs.iter().enumerate() {
        if line.dashed {
            pen.dashes(run, width, line.color)?;
        } else {
            pen.line(run, width, line.color)?;
        }
        let ends = line.label.is_some() && i + 1 == runs.len();
        if let Some(end) = run.last().filter(|_| ends || run.len() == 1) {
            pen.circle(*end, width / 2.0 + 1.8, line.color)?;
        }
    }
    Ok(())
}

pub(super) fn dots<B: DrawingBackend>(pen: &mut Pen<B>, layout: &Layout, dots: &Dots) -> Drawn<B> {
    for (x, y) in drawable_runs(layout, &dots.points).into_iter().flatten() {
        let point = at(layout, x, y);
        // A white ring separates dots from bands and from one another.
        pen.circle(point, DOT + 1.0, PAPER)?;
        pen.circle(point, DOT, dots.color)?;
    }
    Ok(())
}

pub(super) fn intervals<B: DrawingBackend>(
    pen: &mut Pen<B>,
    layout: &Layout,
    intervals: &Intervals,
) -> Drawn<B> {
    let drawable = |p: &(f64, f64, f64)| is_drawable(p.1) && is_drawable(p.2);
    for (x, low, high) in runs(layout, &intervals.points, |p| p.0, drawable).into_iter().flatten() {
        let (top, bottom) = (at(layout, x, low.max(high)), at(layout, x, low.min(high)));
        match intervals.form {
            Form::Whisker => whisker(pen, (top, bottom), (1.0, 0.0), WHISKER_END, intervals.color)?,
            Form::Box(strength) => {
                let half = layout.bar / 2.0;
                pen.rect((top.0 - half, top.1), (top.0 + half, bottom.1), intervals.color, tint(strength))?;
            }
        }
    }
    Ok(())
}

/// Draws a stroke with short ends, on a light edge that makes it visible on dark bars. `across` is the
/// direction of its ends: to the right for a vertical stroke, down for a horizontal one.
pub(super) fn whisker<B: DrawingBackend>(
    pen: &mut Pen<B>,
    (from, to): (Point, Point),
    across: (f64, f64),
    reach: f64,
    color: Color,
) -> Drawn<B> {
    let (x, y) = across;
    let end =
        |at: Point, reach: f64| [(at.0 - x * reach, at.1 - y * reach), (at.0 + x * reach, at.1 + y * reach)];
    let longer = |by: f64| [(from.0 - y * by, from.1 - x * by), (to.0 + y * by, to.1 + x * by)];
    let strokes = |by: f64| [longer(by), end(from, reach + by), end(to, reach + by)];
    strokes(1.2).iter().try_for_each(|stroke| pen.faint_line(stroke, 4.0, PAPER, 0.75))?;
    strokes(0.0).iter().try_for_each(|stroke| pen.line(stroke, 1.6, color))
}

fn at(layout: &Layout, x: f64, y: f64) -> Point {
    (layout.x.at(x), layout.y.at(y))
}

pub(super) fn tint(strength: Strength) -> f64 {
    match strength {
        Strength::Half => HALF_TINT,
        Strength::NineInTen => NINE_IN_TEN_TINT,
    }
}

fn width(weight: Weight) -> f64 {
    match weight {
        Weight::Thin => 1.3,
        Weight::Normal => 2.0,
        Weight::Strong => 2.6,
    }
}

fn drawable_runs(layout: &Layout, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    runs(layout, points, |p| p.0, |p| is_drawable(p.1))
}

/// Points in order of x, split where a point can't be drawn, so that a gap in the data remains a gap in the
/// picture.
fn runs<P: Copy>(
    layout: &Layout,
    points: &[P],
    x: impl Fn(&P) -> f64,
    drawable: impl Fn(&P) -> bool,
) -> Vec<Vec<P>> {
    let mut ordered: Vec<P> = points.iter().copied().filter(|p| x(p).abs() <= layout.limit).collect();
    ordered.sort_by(|a, b| x(a).total_cmp(&x(b)));
    ordered.split(|p| !drawable(p)).filter(|run| !run.is_empty()).map(<[P]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Chart, XAxis, YAxis};

    #[test]
    fn a_gap_in_the_data_stays_a_gap() {
        let points = [(3.0, 1.0), (1.0, 1.0), (f64::NAN, 1.0), (2.0, f64::INFINITY), (4.0, 2.0)];
        let layout = Layout::of(&Chart::new("", XAxis::dates(), YAxis::level("")));
        assert_eq!(drawable_runs(&layout, &points), [vec![(1.0, 1.0)], vec![(3.0, 1.0), (4.0, 2.0)]]);
        assert!(drawable_runs(&layout, &[]).is_empty());
    }
}
