//! Student's t distribution: like the normal with heavier tails, as set by its degrees of freedom.

use super::Distribution;
use super::beta;
use super::error::arguments;
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::IncompleteBeta;
use super::tail::Half;

pub(super) const FAMILY: Family = Family {
    name: "student",
    also: &["student_t"],
    summary: "Symmetric and unbounded like the normal, with heavier tails the smaller `df` is; with a large \
              `df` it is nearly normal. With a `df` of 2 or less the standard deviation is infinite. `scale` \
              = 0 makes it a constant.",
    formula: "density ∝ (1 + t² / df)^(-(df + 1) / 2), t = (x - location) / scale; mean location; \
              sd = scale · √(df / (df - 2))",
    forms: &[Form {
        parameters: &[
            Parameter::value("location", Range::Number, "the median"),
            Parameter::value(
                "scale",
                Range::NotNegative,
                "the scale, which is less than the standard deviation",
            ),
            Parameter::shape("df", Range::Above(1.0, 10_000.0), "degrees of freedom"),
        ],
        example: "student(8%, 5%, df=4)",
        build: |given| {
            let [location, scale, df] = arguments(given)?;
            Ok(build(location, scale, df))
        },
    }],
};

fn build(location: f64, scale: f64, df: f64) -> Distribution {
    if scale == 0.0 {
        Distribution::constant(location)
    } else {
        Student { t: StudentT::new(df), location, scale }.into()
    }
}

/// Student's t distribution with location 0 and scale 1, also used by the t copula.
///
/// # Accuracy
/// cdf(quantile(u)) = u to 1e-12, relative in the lower tail, for 1 to 1,000 degrees of freedom; to 1e-10 for
/// 10,000.
#[derive(Debug, Clone, PartialEq)]
pub struct StudentT {
    df: f64,
    /// w = ν/(ν + t²) where P(|T| > |t|) ≤ ½: there `I_w(ν/2, ½)` is that probability.
    outer: Half<IncompleteBeta>,
    /// 1 − w elsewhere.
    inner: Half<IncompleteBeta>,
}

impl StudentT {
    /// The distribution with `df` degrees of freedom ν, which must be positive.
    pub fn new(df: f64) -> Self {
        debug_assert!(df > 0.0, "degrees of freedom are positive");
        Self { df, outer: beta::half(0.5 * df, 0.5), inner: beta::half(0.5, 0.5 * df) }
    }

    /// The degrees of freedom ν.
    pub fn df(&self) -> f64 {
        self.df
    }

    /// P(T ≤ t).
    pub fn cdf(&self, t: f64) -> f64 {
        let below = 0.5 * self.outside(t * t);
        if t < 0.0 { below } else { 1.0 - below }
    }

    /// P(T² > `square`).
    fn outside(&self, square: f64) -> f64 {
        let sum = self.df + square;
        if square > 1e290 {
            0.0
        } else if square > 0.0 {
            self.outer.tail.at(self.df / sum, square / sum)
        } else {
            1.0
        }
    }

    /// The t with P(T ≤ t) = `u`, for 0 < u < 1.
    pub fn quantile(&self, u: f64) -> f64 {
        let size = libm::sqrt(self.df) * libm::sqrt(self.odds(u.min(1.0 - u)));
        if u < 0.5 { -size } else { size }
    }

    /// (1 − w)/w = t²/ν where half of `I_w(ν/2, ½)` is `tail`, which is ½ at most.
    fn odds(&self, tail: f64) -> f64 {
        // Of w and 1 − w the smaller one is computed, because it has more significant digits.
        if tail <= 0.25 {
            // The bound keeps t finite in any unit.
            let w = self.outer.quantile(2.0 * tail).max(1e-290);
            (1.0 - w) / w
        } else {
            let rest = self.inner.quantile(1.0 - 2.0 * tail);
            rest / (1.0 - rest)
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Student {
    t: StudentT,
    location: f64,
    scale: f64,
}

impl Law for Student {
    fn quantile(&self, u: f64) -> f64 {
        self.location + self.scale * self.t.quantile(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.t.cdf((x - self.location) / self.scale)
    }

    fn mean(&self) -> f64 {
        self.location
    }

    fn sd(&self) -> f64 {
        let df = self.t.df;
        if df > 2.0 { self.scale * libm::sqrt(df / (df - 2.0)) } else { f64::INFINITY }
    }

    fn tail_indices(&self) -> [f64; 2] {
        [self.t.df; 2]
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { location: self.location * factor, scale: self.scale * factor, ..self }
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
    fn the_quantile_inverts_the_cdf_for_every_shape() {
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
