//! Help for three quantiles that the distribution can't meet: the range in which the middle one is possible.

use crate::dist::Distribution;

/// The range of values that are possible for the middle one of three quantiles (level, value), given the
/// others and the bounds. `None` if there are not three quantiles, or if no value is possible.
pub(super) fn for_the_middle(points: &[(f64, f64)], bounds: (f64, f64), percent: bool) -> Option<String> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [low, (level, _), high] = points[..] else { return None };
    let fits = |x: f64| Distribution::quantiles(&[low, (level, x), high], bounds.0, bounds.1).is_ok();
    let inside = between(low.1, high.1, bounds).find(|&x| fits(x))?;
    let unit = if percent { 100.0 } else { 1.0 };
    let from = shown(unit * edge(inside, low.1, fits), libm::ceil);
    let to = shown(unit * edge(inside, high.1, fits), libm::floor);
    let sign = if percent { "%" } else { "" };
    let [low, middle, high] = [low.0, level, high.0].map(|level| libm::round(level * 1e5) / 1e3);
    Some(format!(
        "with `p{low}` and `p{high}` as they are, `p{middle}` may lie between {from}{sign} and {to}{sign}"
    ))
}

/// Candidate values between two others: spaced evenly, and evenly in the logarithm of the distance to the
/// lower or to the upper bound.
fn between(low: f64, high: f64, (min, max): (f64, f64)) -> impl Iterator<Item = f64> {
    let values = move |percent: u32| {
        let share = f64::from(percent) / 100.0;
        let geometric = |bound: f64| bound + (low - bound) * libm::pow((high - bound) / (low - bound), share);
        [low + share * (high - low), geometric(min), geometric(max)]
    };
    // Without a bound the geometric value is NaN, which the filter drops.
    (1..100).flat_map(values).filter(move |&x| x > low && x < high)
}

/// By bisection, the last value that fits between one that fits and one that doesn't.
fn edge(mut inside: f64, mut outside: f64, fits: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..50 {
        let middle = f64::midpoint(inside, outside);
        if fits(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}

/// A number with about four digits, rounded to the side on which it still fits.
fn shown(x: f64, round: fn(f64) -> f64) -> String {
    let digits = if x == 0.0 { 0.0 } else { 3.0 - libm::floor(libm::log10(x.abs())) };
    let scale = libm::pow(10.0, digits.max(0.0));
    (round(x * scale) / scale).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    #[test]
    fn the_range_is_the_limit_of_the_symmetric_triplet() {
        // 10 + 0.166578·35 = 15.830 and 45 − 0.166578·35 = 39.170.
        let range = for_the_middle(&[(0.1, 10.0), (0.9, 45.0), (0.5, 12.0)], NONE, false);
        assert_eq!(
            range.as_deref(),
            Some("with `p10` and `p90` as they are, `p50` may lie between 15.84 and 39.16")
        );
        // ln(0.2/0.8) + 0.166578·4.330733 = −0.664890, which is 33.9642%; as far below the upper end
        // 90.2299%.
        let range = for_the_middle(&[(0.1, 0.2), (0.5, 0.22), (0.9, 0.95)], (0.0, 1.0), true);
        assert_eq!(
            range.as_deref(),
            Some("with `p10` and `p90` as they are, `p50` may lie between 33.97% and 90.22%")
        );
    }

    #[test]
    fn what_is_shown_can_be_written() {
        for (points, bounds) in [
            ([(0.1, 0.5), (0.5, 0.6), (0.9, 300.0)], (0.0, f64::INFINITY)),
            ([(0.05, -7e6), (0.3, 8e6), (0.9, 9e6)], NONE),
            ([(0.1, -0.03), (0.5, 0.0999), (0.9, 0.1)], (f64::NEG_INFINITY, 0.2)),
        ] {
            assert!(Distribution::quantiles(&points, bounds.0, bounds.1).is_err(), "{points:?}");
            let range = for_the_middle(&points, bounds, false).expect("some value does");
            let (_, ends) = range.split_once(" between ").expect("it names two values");
            for end in ends.split(" and ") {
                let x: f64 = end.parse().expect("a number");
                let [low, (level, _), high] = points;
                let there = Distribution::quantiles(&[low, (level, x), high], bounds.0, bounds.1);
                assert!(there.is_ok(), "{range}: {end}");
            }
        }
    }

    #[test]
    fn more_or_fewer_than_three_have_no_middle() {
        assert_eq!(for_the_middle(&[(0.1, 1.0), (0.9, 2.0)], NONE, false), None);
    }
}
