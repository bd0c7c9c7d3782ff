//! Moments of a part of a law, for truncations: by quadrature of the quantile function, unless a law computes
//! them exactly. Used at construction only, never in a draw.

use super::law::{FIRST_UNIFORM, LAST_UNIFORM, Law};

/// ∫dF, ∫(x − c)dF and ∫(x − c)²dF over a part of a law.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub(super) probability: f64,
    pub(super) first: f64,
    pub(super) second: f64,
}

impl Moments {
    pub(super) const ZERO: Self = Self { probability: 0.0, first: 0.0, second: 0.0 };

    /// These moments with an atom of probability `p` added at the distance `d` from the centre.
    pub(super) fn with(self, p: f64, d: f64) -> Self {
        self.plus(Self { probability: 1.0, first: d, second: d * d }, p)
    }

    /// These moments with `weight` times those of another part added.
    pub(super) fn plus(self, other: Self, weight: f64) -> Self {
        Self {
            probability: self.probability + weight * other.probability,
            first: self.first + weight * other.first,
            second: self.second + weight * other.second,
        }
    }

    fn whole(law: &impl Law, centre: f64) -> Self {
        let (shift, sd) = (law.mean() - centre, law.sd());
        Self { probability: 1.0, first: shift, second: sd * sd + shift * shift }
    }
}

/// The moments of the part of `law` between `min` and `max`.
///
/// An upper tail is never integrated, because uniforms end 1e-16 below 1, where a heavy tail still has
/// weight. If the upper tail is included, the part below `min` is subtracted from the whole.
pub(super) fn between(law: &impl Law, min: f64, max: f64, centre: f64) -> Moments {
    let (from, to) = (law.cdf_below(min), law.cdf(max));
    if max >= law.support().1 {
        Moments::whole(law, centre).plus(integral(law, 0.0, from, centre), -1.0)
    } else {
        integral(law, from, to, centre)
    }
}

/// Abscissas and weights of the Gauss–Legendre rule with 10 points on −1..1 (the positive half; the other is
/// mirrored).
const GAUSS: [(f64, f64); 5] = [
    (0.148_874_338_981_631_21, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_36),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// The integral of the quantile function and its square over u from `from` to `to`.
///
/// # Formula
/// 32 equal panels of 10 Gauss points. The outermost two are halved repeatedly towards the ends, where a
/// quantile function may be infinite: 50 times, and 990 times towards 0 for an unbounded lower tail, which
/// may be heavy.
///
/// # Accuracy
/// About 1e-12 relative for smooth quantile functions, 1e-8 with a kink.
fn integral(law: &impl Law, from: f64, to: f64, centre: f64) -> Moments {
    const PANELS: u32 = 32;
    let panel = (to - from) / f64::from(PANELS + 2);
    if panel.is_nan() || panel <= 0.0 {
        return Moments::ZERO;
    }
    let mut sum = Moments::ZERO;
    // `left` and `width` are distances from `end`, so that points next to the end remain distinct from it.
    let mut add = |end: f64, left: f64, width: f64| {
        for (x, weight) in GAUSS {
            for x in [-x, x] {
                let u = end + (left + width * (0.5 + 0.5 * x));
                let value = law.quantile(u.clamp(FIRST_UNIFORM, LAST_UNIFORM));
                sum = sum.with(0.5 * weight * width.abs(), value - centre);
            }
        }
    };
    for i in 0..PANELS {
        add(from, panel * f64::from(i + 1), panel);
    }
    let mut width = panel;
    for _ in 0..50 {
        width *= 0.5;
        add(from, width, width);
        add(to, -width, -width);
    }
    if from == 0.0 && law.support().0 == f64::NEG_INFINITY {
        for _ in 50..990 {
            width *= 0.5;
            add(0.0, width, width);
        }
    }
    sum
}
