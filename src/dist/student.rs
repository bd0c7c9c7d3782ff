//! Student's t distribution, for what goes together in the tails. It is no family that a scenario can name.

use super::special::IncompleteBeta;

/// Student's t distribution with mean 0 and scale 1.
///
/// # Accuracy
/// cdf(quantile(u)) = u to 1e-12, relative in the lower tail, for 1 to 1,000 degrees of freedom.
#[derive(Debug, Clone, PartialEq)]
pub struct StudentT {
    df: f64,
    /// The cdf of x = ν/(ν + t²).
    far: IncompleteBeta,
    /// The cdf of 1 − x, for t near 0.
    near: IncompleteBeta,
}

impl StudentT {
    /// The distribution with so many degrees of freedom, which must be positive.
    pub fn new(df: f64) -> Self {
        debug_assert!(df > 0.0, "degrees of freedom are positive");
        Self { df, far: IncompleteBeta::new(0.5 * df, 0.5), near: IncompleteBeta::new(0.5, 0.5 * df) }
    }

    /// The degrees of freedom ν.
    pub fn df(&self) -> f64 {
        self.df
    }

    /// P(T ≤ t).
    ///
    /// # Formula
    /// `I_x(ν/2, ½)/2` with x = ν/(ν + t²) for t < 0, and by symmetry above.
    pub fn cdf(&self, t: f64) -> f64 {
        let below = 0.5 * self.outside(t * t);
        if t < 0.0 { below } else { 1.0 - below }
    }

    /// P(T² > `square`).
    fn outside(&self, square: f64) -> f64 {
        let sum = self.df + square;
        if square > 0.0 { self.far.at(self.df / sum, square / sum) } else { 1.0 }
    }

    /// The t with P(T ≤ t) = `u`, for 0 < u < 1.
    pub fn quantile(&self, u: f64) -> f64 {
        let size = libm::sqrt(self.df * self.odds(u.min(1.0 - u)));
        if u < 0.5 { -size } else { size }
    }

    /// (1 − x)/x = t²/ν where half of `I_x(ν/2, ½)` is `tail`, which is ½ at most.
    fn odds(&self, tail: f64) -> f64 {
        let most = 1.0 - f64::EPSILON;
        // What is nearer to 0 keeps its digits.
        if tail <= 0.25 {
            let x = self.far.inverse_in_tail(2.0 * tail, most);
            (1.0 - x) / x
        } else {
            let y = self.near.inverse_in_tail(1.0 - 2.0 * tail, most);
            y / (1.0 - y)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Computed with 40 digits (mpmath).
        for (df, u, t) in [
            (1.0, 1e-12, -318_309_886_183.790_7),
            (1.0, 0.3, -0.726_542_528_005_360_9),
            (2.0, 0.01, -6.964_556_734_283_274),
            (4.0, 1e-4, -13.033_671_720_896_455),
            (4.0, 0.499_999, -2.666_666_666_670_617_3e-6),
            (5.0, 1e-12, -393.956_959_577_603_77),
            (30.5, 0.01, -2.455_004_641_497_561_5),
        ] {
            let student = StudentT::new(df);
            let error = student.quantile(u) / t - 1.0;
            // The uniform 0.499999 is 1e-6 from ½ with an error of 1e-10 of that.
            assert!(error.abs() < if u > 0.4 { 1e-9 } else { 1e-12 }, "t({df}) at {u}: {error:e}");
            assert!((student.cdf(t) / u - 1.0).abs() < 1e-12, "t({df}) at {t}");
        }
    }

    #[test]
    fn the_quantile_undoes_the_cdf_for_every_shape() {
        for df in [1.0, 1.5, 4.0, 30.0, 1000.0] {
            let student = StudentT::new(df);
            for u in [1e-15, 1e-6, 0.01, 0.2, 0.249, 0.251, 0.4, 0.499, 0.5, 0.7, 0.999] {
                let error = student.cdf(student.quantile(u)) / u - 1.0;
                assert!(error.abs() < 1e-12, "t({df}) at {u}: {error:e}");
                let mirrored = student.quantile(1.0 - u) + student.quantile(1.0 - (1.0 - u));
                assert_eq!(mirrored, 0.0, "t({df}) at {u}");
            }
        }
    }
}
