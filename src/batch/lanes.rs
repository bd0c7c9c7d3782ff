//! `N` runs side by side, as one value with the usual operators.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// One `f64` for each of `N` runs. Operators work run by run, in plain IEEE arithmetic, so the result of a
/// run doesn't depend on its neighbours or on `N`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub struct Lanes<const N: usize>(pub [f64; N]);

impl<const N: usize> Lanes<N> {
    /// Zero in every run.
    pub const ZERO: Self = Self([0.0; N]);
    /// One in every run.
    pub const ONE: Self = Self([1.0; N]);

    /// A date that never comes.
    pub const NEVER: Self = Self([f64::INFINITY; N]);

    /// The same value in every run.
    #[inline(always)]
    pub fn splat(value: f64) -> Self {
        Self([value; N])
    }

    /// Applies `f` to every run.
    #[inline(always)]
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut out = self;
        for x in &mut out.0 {
            *x = f(*x);
        }
        out
    }

    /// Applies `f` to every run of two values.
    #[inline(always)]
    #[must_use]
    pub fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let mut out = self;
        for (x, y) in out.0.iter_mut().zip(other.0) {
            *x = f(*x, y);
        }
        out
    }

    /// The smaller of the two, run by run. If `self` is NaN, the result is NaN, so that a bound doesn't hide
    /// an invalid run.
    #[inline(always)]
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if b < a { b } else { a })
    }

    /// The larger of the two, run by run. If `self` is NaN, the result is NaN.
    #[inline(always)]
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if b > a { b } else { a })
    }

    /// Restricted to the interval from `low` to `high`, run by run.
    #[inline(always)]
    #[must_use]
    pub fn clamp(self, low: f64, high: f64) -> Self {
        self.max(Self::splat(low)).min(Self::splat(high))
    }

    /// Whether a condition holds in all runs. It is evaluated for all, which in vectors is faster than to
    /// stop at the first that fails.
    #[inline(always)]
    pub fn all(self, holds: impl Fn(f64) -> bool) -> bool {
        self.0.into_iter().fold(true, |all, x| all & holds(x))
    }

    /// Whether it is zero in all runs: most steps of the model can then be skipped.
    #[inline(always)]
    pub fn is_zero(self) -> bool {
        self.all(|x| x == 0.0)
    }

    /// `then` where the mask is 1, `otherwise` where it is 0. Masks contain only 0 and 1.
    #[inline(always)]
    #[must_use]
    pub fn select(mask: Self, then: Self, otherwise: Self) -> Self {
        let mut out = otherwise;
        for run in 0..N {
            out.0[run] = if mask.0[run] > 0.5 { then.0[run] } else { otherwise.0[run] };
        }
        out
    }

    /// The mask of `self > other`: 1 where it holds, else 0.
    #[inline(always)]
    #[must_use]
    pub fn above(self, other: Self) -> Self {
        self.zip(other, |a, b| f64::from(u8::from(a > b)))
    }

    /// The mask of `self ≥ other`: 1 where it holds, else 0.
    #[inline(always)]
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        self.zip(other, |a, b| f64::from(u8::from(a >= b)))
    }

    /// `self / other`, and 0 where `other` is 0 or less.
    #[inline(always)]
    #[must_use]
    pub fn share_of(self, other: Self) -> Self {
        self.zip(other, |a, b| if b > 0.0 { a / b } else { 0.0 })
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $op:tt) => {
        impl<const N: usize> $trait for Lanes<N> {
            type Output = Self;

            #[inline(always)]
            #[expect(clippy::assign_op_pattern, reason = "the macro is given the plain operator")]
            fn $method(mut self, other: Self) -> Self {
                for (x, y) in self.0.iter_mut().zip(other.0) {
                    *x = *x $op y;
                }
                self
            }
        }

        impl<const N: usize> $trait<f64> for Lanes<N> {
            type Output = Self;

            #[inline(always)]
            #[expect(clippy::assign_op_pattern, reason = "the macro is given the plain operator")]
            fn $method(mut self, other: f64) -> Self {
                for x in &mut self.0 {
                    *x = *x $op other;
                }
                self
            }
        }
    };
}

operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(Mul, mul, *);
operator!(Div, div, /);

impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|x| -x)
    }
}

impl<const N: usize> AddAssign for Lanes<N> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const N: usize> SubAssign for Lanes<N> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_gets_its_own_arithmetic() {
        let a = Lanes([1.0, 2.0, 4.0]);
        let b = Lanes([2.0, 2.0, 0.0]);
        assert_eq!((a + b) * 2.0 - a, Lanes([5.0, 6.0, 4.0]));
        assert_eq!(a.share_of(b), Lanes([0.5, 1.0, 0.0]));
        assert_eq!(Lanes::select(a.above(b), a, b), Lanes([2.0, 2.0, 4.0]));
        assert_eq!(a.at_least(b), Lanes([0.0, 1.0, 1.0]));
        assert_eq!(a.clamp(1.5, 3.0), Lanes([1.5, 2.0, 3.0]));
        assert!(a.all(|x| x > 0.0) && !a.all(|x| x < 4.0) && !b.is_zero() && Lanes([0.0, -0.0]).is_zero());
    }

    #[test]
    fn nan_stays_nan_within_any_bounds() {
        let bounded = Lanes([f64::NAN]).max(Lanes::ZERO).min(Lanes([9.0])).clamp(1.0, 2.0);
        assert!(bounded.0[0].is_nan() && !bounded.is_zero());
    }
}
