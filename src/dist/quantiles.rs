//! A metalog distribution through given quantiles. It has as many terms as there are points, whose
//! coefficients solve a linear system; it is refused if its density would be negative somewhere.

use super::error::{LARGEST, number, require};
use super::metalog::{Bounds, Curve, Metalog};
use super::registry::Family;
use super::{DistError, Distribution};

pub(super) const FAMILY: Family = Family {
    name: "quantiles",
    also: &["metalog"],
    summary: "A smooth distribution through 2 to 10 quantiles: `quantiles(p10=10, p50=20, p90=45)`, where \
              one value in ten is below the `p10`. `min=` and `max=` bound it: `quantiles(p5=2, p50=10, \
              p95=60, min=0)`; the curve is then fitted to logarithms of the distance to the bounds. With \
              `min` alone a wide distribution may have an infinite standard deviation. Points that no such \
              distribution goes through are refused. Known as the metalog distribution.",
    formula: "M(u) = a1 + a2 L + a3 (u - ½) L + a4 (u - ½) + a5 (u - ½)² + a6 (u - ½)² L + a7 (u - ½)³ L + \
              a8 (u - ½)³ + …, L = ln(u / (1 - u)), one term for each point; x = M, with min e^M + min, with \
              max max - e^-M, with both (min + max e^M) / (1 + e^M)",
    forms: &[],
};

/// The maximum number of points: with more terms the curve would follow rounding errors of its points.
const MOST_POINTS: usize = 10;

/// The limit of |a3| / a2: 1 / max((u − ½) + u (1 − u) ln(u / (1 − u))), at u = 0.9168, where (2u − 1) L = 2.
const STEEPEST: f64 = 1.667_113_119_201_929_4;

/// A quantile as given.
#[derive(Debug, Clone, Copy)]
struct Point {
    /// Its position among the arguments.
    argument: usize,
    level: f64,
    x: f64,
}

/// Builds the distribution from points (level, value) with levels between 0 and 1; the bounds may be
/// infinite.
pub(super) fn build(points: &[(f64, f64)], min: f64, max: f64) -> Result<Distribution, DistError> {
    let points = checked(points)?;
    let bounds = checked_bounds(&points, min, max)?;
    let curve = through(&points, bounds).ok_or_else(|| {
        DistError::whole("these quantiles lie too close together for a distribution to be found")
    })?;
    rises(&curve, &points, bounds)?;
    if bounds.weight(curve.tails()) >= 1.0 {
        let (side, other) = if min.is_finite() { ("upper", "max") } else { ("lower", "min") };
        return Err(DistError::whole(format!(
            "the {side} tail is so heavy that there is no mean: give `{other}` too, or bring the quantiles \
             closer together"
        )));
    }
    Ok(Metalog::build(curve, bounds))
}

fn name(level: f64) -> String {
    format!("p{}", libm::round(level * 1e8) / 1e6)
}

/// The points in the order of their levels.
fn checked(given: &[(f64, f64)]) -> Result<Vec<Point>, DistError> {
    if !(2..=MOST_POINTS).contains(&given.len()) {
        return Err(DistError::whole("2 to 10 quantiles are needed, like `p10=10, p50=20, p90=45`"));
    }
    for (argument, &(level, x)) in given.iter().enumerate() {
        let inside = level > 0.0 && level < 1.0;
        require(inside, argument, &name(level), "above p0 and below p100: `min` and `max` are the ends")?;
        number(argument, &name(level), x)?;
    }
    let point = |(argument, &(level, x)): (usize, &(f64, f64))| Point { argument, level, x };
    let mut points: Vec<Point> = given.iter().enumerate().map(point).collect();
    points.sort_by(|a, b| a.level.total_cmp(&b.level));
    for pair in points.windows(2) {
        let (below, above) = (pair[0], pair[1]);
        let later = below.argument.max(above.argument);
        require(above.level > below.level, later, &name(above.level), "given once")?;
        let must_be = format!("greater than `{}`", name(below.level));
        require(above.x > below.x, above.argument, &name(above.level), &must_be)?;
    }
    Ok(points)
}

fn checked_bounds(points: &[Point], min: f64, max: f64) -> Result<Bounds, DistError> {
    let (first, last) = (points[0], points[points.len() - 1]);
    let fits = |x: f64| x.abs() <= LARGEST || x.is_infinite();
    for (argument, name, x) in [(points.len(), "min", min), (points.len() + 1, "max", max)] {
        require(fits(x), argument, name, "a number between -1e30 and 1e30, or left out")?;
    }
    require(min < first.x, points.len(), "min", &format!("less than `{}`", name(first.level)))?;
    require(max > last.x, points.len() + 1, "max", &format!("greater than `{}`", name(last.level)))?;
    Ok(Bounds { min, max })
}

/// The power of (u − ½) in a term, from 0, and whether the term has the factor ln(u / (1 − u)).
///
/// The order is Keelin's except that the seventh and eighth terms are exchanged: in his order seven symmetric
/// levels have no solution, since there are four odd terms for three pairs of points.
fn term(index: usize) -> (usize, bool) {
    let power = index / 2;
    let log_first = power % 2 == 1;
    (power, index.is_multiple_of(2) == log_first)
}

/// The curve through the points, unless rounding errors prevent finding it.
fn through(points: &[Point], bounds: Bounds) -> Option<Curve> {
    let count = points.len();
    let row = |point: &Point| -> Vec<f64> {
        let (d, t) = (point.level - 0.5, libm::log(point.level / (1.0 - point.level)));
        let basis = |index: usize| {
            let (power, has_log) = term(index);
            (0..power).fold(if has_log { t } else { 1.0 }, |product, _| product * d)
        };
        (0..count).map(basis).chain([bounds.inverse(point.x)]).collect()
    };
    let rows: Vec<Vec<f64>> = points.iter().map(row).collect();
    let solution = solve(rows.clone())?;
    let height = rows[count - 1][count] - rows[0][count];
    let fits = |row: &Vec<f64>| {
        let sum: f64 = row.iter().zip(&solution).map(|(basis, a)| basis * a).sum();
        (sum - row[count]).abs() <= 1e-9 * height
    };
    let curve = || {
        let mut curve = Curve { plain: Vec::new(), with_log: Vec::new() };
        for (index, &a) in solution.iter().enumerate() {
            if term(index).1 { &mut curve.with_log } else { &mut curve.plain }.push(a);
        }
        curve
    };
    (height > 0.0 && rows.iter().all(fits)).then(curve)
}

/// Solves n equations in n unknowns by elimination with row pivoting; the right side is the last element of
/// each row.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let count = rows.len();
    for column in 0..count {
        let pivot =
            (column..count).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        let (done, open) = rows.split_at_mut(column + 1);
        let pivot = &done[column];
        for row in open {
            let share = row[column] / pivot[column];
            for (x, p) in row.iter_mut().zip(pivot) {
                *x -= share * p;
            }
        }
    }
    let mut solution = vec![0.0; count];
    for index in (0..count).rev() {
        let known: f64 = (index + 1..count).map(|other| rows[index][other] * solution[other]).sum();
        solution[index] = (rows[index][count] - known) / rows[index][index];
    }
    solution.iter().all(|a| a.is_finite()).then_some(solution)
}

/// Checks that the density is positive everywhere: exactly for three terms; for more, on a fine grid of ln(u
/// / (1 − u)) and at both ends.
fn rises(curve: &Curve, points: &[Point], bounds: Bounds) -> Result<(), DistError> {
    if let ([_], [spread, skew]) = (&curve.plain[..], &curve.with_log[..]) {
        let rises = skew.abs() < STEEPEST * spread;
        return if rises { Ok(()) } else { Err(too_skewed(points, bounds)) };
    }
    let grid = (-4000..=4000).map(|i| 0.01 * f64::from(i));
    let (down, up) = curve.tails();
    let ends = [(-40.0, down), (40.0, up)];
    let steepness = grid.map(|t| (t, curve.steepness(t))).chain(ends);
    let (t, least) = steepness.min_by(|a, b| a.1.total_cmp(&b.1)).expect("the grid has points");
    if least > 0.0 {
        return Ok(());
    }
    let level = libm::round(1000.0 / (1.0 + libm::exp(-t))) / 1000.0;
    Err(DistError::whole(format!(
        "no smooth distribution goes through these quantiles: its density would fall below zero near {}; \
         move or leave out one",
        name(level)
    )))
}

/// Why three quantiles can't be met. The limit is rounded up, so that quantiles within it can be met.
fn too_skewed(points: &[Point], bounds: Bounds) -> DistError {
    let [low, middle, high] = [points[0], points[1], points[2]];
    let scale = match (bounds.min.is_finite(), bounds.max.is_finite()) {
        (false, false) => "",
        (true, false) => ", in logarithms of what is above `min`",
        (false, true) => ", in logarithms of what is below `max`",
        (true, true) => ", in logarithms of the odds between `min` and `max`",
    };
    let (from, to) = (name(low.level), name(high.level));
    if middle.level != 0.5 || (low.level + high.level - 1.0).abs() > 1e-12 {
        return DistError::whole(format!(
            "no smooth distribution goes through these quantiles: `{}` lies too near to `{from}` or to \
             `{to}`{scale}",
            name(middle.level)
        ));
    }
    // Keelin's equation for the symmetric triplet: r = ½ (1 − STEEPEST (½ − level)).
    let limit = libm::ceil(0.5e6 * (1.0 - STEEPEST * (0.5 - low.level))) / 1e6;
    DistError::whole(format!(
        "no smooth distribution goes through these quantiles: the median may lie no nearer to an end than \
         {limit} of the way from `{from}` to `{to}`{scale}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn three(p10: f64, p50: f64, p90: f64) -> [(f64, f64); 3] {
        [(0.1, p10), (0.5, p50), (0.9, p90)]
    }

    fn metalog(points: &[(f64, f64)], (min, max): (f64, f64)) -> Distribution {
        build(points, min, max).unwrap_or_else(|error| panic!("{points:?}: {error}"))
    }

    fn refused(points: &[(f64, f64)], (min, max): (f64, f64)) -> String {
        build(points, min, max).expect_err("there is no such distribution").message
    }

    #[test]
    fn three_quantiles_give_keelins_coefficients() {
        let points = checked(&three(10.0, 20.0, 45.0)).expect("rising");
        let curve = through(&points, Bounds { min: OPEN.0, max: OPEN.1 }).expect("solvable");
        let (a1, a2, a3) = (curve.plain[0], curve.with_log[0], curve.with_log[1]);
        assert!((a1 - 20.0).abs() < 1e-12 && (a2 - 7.964_593).abs() < 5e-7 && (a3 - 8.533_493).abs() < 5e-7);
        let metalog = metalog(&three(10.0, 20.0, 45.0), OPEN);
        assert!((metalog.quantile(0.05) - 7.855_598).abs() < 5e-7);
        assert!((metalog.quantile(0.95) - 54.758_116).abs() < 5e-7);
        // ∫ (u − ½) ln(u / (1 − u)) du = ½.
        assert!((metalog.mean() - (a1 + 0.5 * a3)).abs() < 1e-12, "{}", metalog.mean());
    }

    #[test]
    fn two_quantiles_give_a_logistic() {
        let metalog = metalog(&[(0.05, -3.0), (0.95, 3.0)], OPEN);
        let scale = 3.0 / libm::log(19.0);
        assert!(metalog.mean().abs() < 1e-13);
        assert!((metalog.sd() - scale * std::f64::consts::PI / libm::sqrt(3.0)).abs() < 1e-12);
        assert!((metalog.cdf(1.0) - 1.0 / (1.0 + libm::exp(-1.0 / scale))).abs() < 1e-14);
    }

    #[test]
    fn every_given_quantile_is_met_within_any_bounds() {
        let seven =
            [(0.01, 1.0), (0.05, 2.0), (0.25, 4.0), (0.5, 6.0), (0.75, 9.0), (0.95, 17.0), (0.99, 26.0)];
        for count in 2..=7 {
            for bounds in [OPEN, (0.0, f64::INFINITY), (f64::NEG_INFINITY, 80.0), (0.0, 80.0)] {
                // Some of these have no metalog; those that have one meet their points.
                let Ok(metalog) = build(&seven[..count], bounds.0, bounds.1) else { continue };
                for (level, x) in &seven[..count] {
                    assert!((metalog.quantile(*level) - x).abs() < 1e-9 * x, "{count} within {bounds:?}");
                    assert!((metalog.cdf(*x) - level).abs() < 1e-12, "{count} within {bounds:?}");
                }
                assert_eq!(metalog.support(), bounds);
            }
        }
        assert!(build(&seven, OPEN.0, OPEN.1).is_ok() && build(&seven[..3], 0.0, 80.0).is_ok());
    }

    #[test]
    fn the_order_of_the_points_does_not_matter() {
        let turned = [(0.9, 45.0), (0.1, 10.0), (0.5, 20.0)];
        assert_eq!(metalog(&turned, OPEN), metalog(&three(10.0, 20.0, 45.0), OPEN));
    }

    #[test]
    fn a_skewed_triplet_is_refused_with_the_limit() {
        let at = |r: f64| three(10.0, 10.0 + 35.0 * r, 45.0);
        for r in [0.166_578, 0.5, 1.0 - 0.166_578] {
            assert!(build(&at(r), OPEN.0, OPEN.1).is_ok(), "{r}");
        }
        for r in [0.166_577, 0.05, 1.0 - 0.166_577] {
            let message = refused(&at(r), OPEN);
            assert!(
                message.contains("no nearer to an end than 0.166578 of the way from `p10` to `p90`"),
                "{message}"
            );
        }
        // Within bounds logarithms are compared: their middle is the geometric mean.
        assert!(build(&three(1.0, 5.0, 25.0), 0.0, f64::INFINITY).is_ok());
        let message = refused(&three(1.0, 1.5, 100.0), (0.0, 1e6));
        assert!(message.contains("in logarithms of the odds between `min` and `max`"), "{message}");
        let message = refused(&[(0.1, 1.0), (0.4, 1.1), (0.9, 9.0)], OPEN);
        assert!(message.contains("`p40` lies too near to `p10` or to `p90`"), "{message}");
    }

    /// For three terms the grid and the closed form must agree.
    #[test]
    fn the_grid_finds_the_limit_of_three_terms_too() {
        for (skew, rises) in [(0.9999 * STEEPEST, true), (1.0001 * STEEPEST, false)] {
            for skew in [skew, -skew] {
                let curve = Curve { plain: vec![0.0, 0.0], with_log: vec![1.0, skew] };
                let bounds = Bounds { min: OPEN.0, max: OPEN.1 };
                assert_eq!(super::rises(&curve, &[], bounds).is_ok(), rises, "{skew}");
            }
        }
    }

    #[test]
    fn a_density_below_zero_is_refused_where_it_is() {
        let message = refused(&[(0.1, 0.0), (0.3, 1.0), (0.5, 9.0), (0.7, 9.1), (0.9, 30.0)], OPEN);
        assert!(message.contains("its density would fall below zero near p"), "{message}");
        // A tail that would turn back.
        let message = refused(&[(0.1, 0.0), (0.4, 4.0), (0.6, 6.0), (0.9, 6.5)], OPEN);
        assert!(message.contains("below zero near p"), "{message}");
        let close =
            [(0.5, 1.0), (0.500_000_000_001, 1.1), (0.500_000_000_002, 1.2), (0.500_000_000_003, 1.3)];
        assert!(build(&close, OPEN.0, OPEN.1).is_err());
    }

    #[test]
    fn a_bound_on_one_side_makes_a_tail_that_may_have_no_mean() {
        // The tail index is 1 / (a2 + ½ a3): here ln(p95 / p5) / (2 ln 19).
        let wide = |p95: f64| build(&[(0.05, 1.0), (0.95, p95)], 0.0, f64::INFINITY);
        let index = |p95: f64| libm::log(p95) / (2.0 * libm::log(19.0));
        assert!(index(15.0) < 0.5 && wide(15.0).is_ok_and(|metalog| metalog.sd().is_finite()));
        assert!(index(300.0) < 1.0 && wide(300.0).is_ok_and(|metalog| metalog.sd().is_infinite()));
        assert!(index(400.0) > 1.0);
        let message = wide(400.0).expect_err("no mean").message;
        assert!(
            message.contains("the upper tail is so heavy that there is no mean: give `max` too"),
            "{message}"
        );
        assert!(build(&[(0.05, 1.0), (0.95, 400.0)], 0.0, 1e6).is_ok());
        // The log-logistic has the mean (scale · π s) / sin(π s).
        let metalog = wide(300.0).expect("it has a mean");
        let s = std::f64::consts::PI * index(300.0);
        assert!((metalog.mean() / (libm::sqrt(300.0) * s / libm::sin(s)) - 1.0).abs() < 1e-10);
        let mirrored = build(&[(0.05, -300.0), (0.95, -1.0)], f64::NEG_INFINITY, 0.0).expect("it has a mean");
        assert!((mirrored.mean() / metalog.mean() + 1.0).abs() < 1e-10);
    }
}
