//! Lines and circles as outlines that can be filled.
//!
//! Joins and ends follow the defaults of SVG (mitres up to a limit, flat ends), so that PNG and SVG look
//! alike.

use ab_glyph_rasterizer::Point;

/// SVG's `stroke-miterlimit`: longer spikes are cut flat.
const MITRE_LIMIT: f32 = 4.0;
const CORNERS: usize = 48;
/// Cosine and sine of a 48th of a turn.
const TURN: (f32, f32) = (0.991_444_9, 0.130_526_19);

/// A polygon that approximates a circle.
pub(super) fn circle(center: Point, radius: f32) -> Vec<Point> {
    let mut arm = (radius, 0.0_f32);
    let corner = |_| {
        let corner = Point { x: center.x + arm.0, y: center.y + arm.1 };
        arm = (arm.0 * TURN.0 - arm.1 * TURN.1, arm.0 * TURN.1 + arm.1 * TURN.0);
        corner
    };
    (0..CORNERS).map(corner).collect()
}

/// A line of some width, in pieces that all wind the same way: a strip for each part, a wedge on the outer
/// side of each corner. A single outline would overlap itself where parts are shorter than the line is wide.
pub(super) fn pieces(points: &[Point], width: f32) -> Vec<Vec<Point>> {
    let mut points = points.to_vec();
    points.dedup_by(|a, b| distance_squared(*a, *b) < 1e-6);
    let parts: Vec<(Point, Point, Point)> =
        points.windows(2).map(|p| (p[0], p[1], normal(p[0], p[1], width / 2.0))).collect();
    let strip = |&(a, b, n): &(Point, Point, Point)| {
        vec![plus(a, n, 1.0), plus(b, n, 1.0), plus(b, n, -1.0), plus(a, n, -1.0)]
    };
    let wedges = parts.windows(2).filter_map(|pair| wedge(pair[0].1, pair[0].2, pair[1].2));
    parts.iter().map(strip).chain(wedges).collect()
}

/// The wedge on the outer side of a corner, wound like the strips; `None` where the line goes straight on.
fn wedge(at: Point, before: Point, after: Point) -> Option<Vec<Point>> {
    let reach = before.x * before.x + before.y * before.y;
    let bend = (before.x * after.y - before.y * after.x) / reach;
    if bend.abs() < 1e-5 {
        return None;
    }
    let side = if bend > 0.0 { 1.0 } else { -1.0 };
    let (first, last) = if bend > 0.0 { (before, after) } else { (after, before) };
    // The mitre's tip is at (before + after) / (1 + cos), at a distance of √(2 / (1 + cos)) half widths.
    let stretch = 1.0 + (before.x * after.x + before.y * after.y) / reach;
    let tip = Point { x: (before.x + after.x) / stretch, y: (before.y + after.y) / stretch };
    let mitre = 2.0 <= MITRE_LIMIT * MITRE_LIMIT * stretch;
    let corners = [Some(first), mitre.then_some(tip), Some(last)];
    Some(std::iter::once(at).chain(corners.into_iter().flatten().map(|arm| plus(at, arm, side))).collect())
}

/// The vector of length `radius` that points to the left of the direction from `a` to `b`.
fn normal(a: Point, b: Point, radius: f32) -> Point {
    let length = distance_squared(a, b).sqrt();
    Point { x: (b.y - a.y) / length * radius, y: (a.x - b.x) / length * radius }
}

fn plus(p: Point, arm: Point, share: f32) -> Point {
    Point { x: p.x + arm.x * share, y: p.y + arm.y * share }
}

fn distance_squared(a: Point, b: Point) -> f32 {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn p(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    /// The enclosed area, positive for one winding.
    fn area(outline: &[Point]) -> f32 {
        let next = outline.iter().cycle().skip(1);
        outline.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>() / 2.0
    }

    fn total(points: &[Point], width: f32) -> f32 {
        pieces(points, width).iter().map(|piece| area(piece)).sum::<f32>().abs()
    }

    #[test]
    fn a_line_covers_its_length_times_its_width_and_its_outer_corners() {
        assert!((total(&[p(0.0, 0.0), p(30.0, 40.0)], 4.0) - 200.0).abs() < 1e-3);
        // Two arms of 20 × 2 and a square of 1 × 1 at the corner.
        assert!((total(&[p(0.0, 0.0), p(20.0, 0.0), p(20.0, 20.0)], 2.0) - 81.0).abs() < 1e-3);
        assert!((total(&[p(0.0, 0.0), p(20.0, 0.0), p(20.0, -20.0)], 2.0) - 81.0).abs() < 1e-3);
    }

    #[test]
    fn all_pieces_wind_the_same_way_even_where_parts_are_shorter_than_the_line_is_wide() {
        let stairs = [
            p(0.0, 0.0),
            p(20.0, 0.0),
            p(20.0, 0.3),
            p(40.0, 0.3),
            p(40.0, -9.0),
            p(5.0, -9.5),
            p(30.0, -20.0),
        ];
        let areas: Vec<f32> = pieces(&stairs, 4.0).iter().map(|piece| area(piece)).collect();
        assert!(areas.iter().all(|area| area * areas[0] > 0.0), "{areas:?}");
    }

    #[test]
    fn lines_without_length_have_no_pieces() {
        assert!(pieces(&[], 2.0).is_empty() && pieces(&[p(1.0, 1.0)], 2.0).is_empty());
        assert!(pieces(&[p(1.0, 1.0), p(1.0, 1.0)], 2.0).is_empty());
    }

    #[test]
    fn a_sharp_turn_has_no_spike() {
        let pieces = pieces(&[p(0.0, 0.0), p(50.0, 0.0), p(0.0, 0.5)], 4.0);
        assert!(pieces.iter().flatten().all(|q| q.x.is_finite() && q.x < 60.0 && q.x > -5.0), "{pieces:?}");
    }

    #[test]
    fn a_circle_is_round() {
        assert!((area(&circle(p(5.0, 5.0), 10.0)).abs() - 314.159).abs() < 1.5);
    }
}
