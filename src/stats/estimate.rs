//! How exact a figure is: Monte Carlo errors of chances.

/// Half of a 95% interval, in standard errors of a normal.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// The 95% interval of a chance from `hits` among `runs` independent runs.
///
/// # Formula
/// Wilson's score interval, z = 1.96: (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n) (E. B. Wilson, JASA 22,
/// 1927). Honest at the ends: no hits in 10,000 runs give 0 … 0.04%.
pub fn chance_interval(hits: u64, runs: u64) -> (f64, f64) {
    if runs == 0 {
        return (0.0, 1.0);
    }
    let n = runs as f64;
    let p = hits as f64 / n;
    let centre = p + Z_95 * Z_95 / (2.0 * n);
    let half = Z_95 * libm::sqrt(p * (1.0 - p) / n + Z_95 * Z_95 / (4.0 * n * n));
    let scale = 1.0 + Z_95 * Z_95 / n;
    // At the ends the bounds are 0 and 1 exactly; rounding leaves a crumb.
    let low = if hits == 0 { 0.0 } else { ((centre - half) / scale).max(0.0) };
    let high = if hits >= runs { 1.0 } else { ((centre + half) / scale).min(1.0) };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_chance_is_wilsons() {
        let (low, high) = chance_interval(5, 50);
        assert!((low - 0.043_476).abs() < 1e-5 && (high - 0.213_602).abs() < 1e-5, "{low} {high}");
        let (low, high) = chance_interval(0, 10_000);
        assert!(low == 0.0 && (high - 0.000_384).abs() < 1e-6, "{high}");
        assert_eq!(chance_interval(0, 0), (0.0, 1.0));
    }
}
