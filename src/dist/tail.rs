//! Quantile functions without a closed form, by inverting the probability of each tail.
//!
//! One half of a distribution is the lower tail up to the median, the other the upper tail. Each is inverted
//! in terms of its own probability, so that both ends are equally exact. The functions use + − × ÷ √ and
//! `libm` only, never allocate in a draw, and every loop has a fixed bound.

use super::special::exp;

/// The smallest x that an inverse considers.
pub(super) const SMALLEST: f64 = 1e-300;

/// The probability of one tail as a function of x > 0: P(X ≤ x), which rises, or P(X > x), which falls.
pub(super) trait Tail {
    fn slope(&self, x: f64) -> Slope;

    /// The distribution's density at x.
    fn density(&self, x: f64) -> f64;

    /// x with the probability `u` ≤ ½, further out than `near`, whose probability is larger.
    fn far(&self, u: f64, near: f64) -> f64;

    /// x between `low` and `high` with the probability `u`, from a first guess.
    ///
    /// # Formula
    /// Halley's method for ln p as a function of ln x, which is nearly linear far down in a lower tail and
    /// concave elsewhere. A step that leaves the bracket is replaced by bisection, so 100 steps are enough
    /// for any shape; a good guess needs one.
    ///
    /// # Accuracy
    /// The error of ln p after the last step is below 1e-12 if the step was below 1e-5.
    fn inverse(&self, u: f64, guess: f64, mut low: f64, mut high: f64) -> f64 {
        let mut x = guess;
        for _ in 0..100 {
            let at = self.slope(x);
            let newton = libm::log(u / at.p) / at.first;
            let step = newton / (1.0 + 0.5 * newton * at.bend).clamp(0.5, 2.0);
            let is_below = (at.p < u) == (at.first > 0.0);
            *(if is_below { &mut low } else { &mut high }) = x;
            let next = x * exp(step);
            let inside = next >= low && next <= high;
            x = if inside { next } else { libm::sqrt(low) * libm::sqrt(high) };
            let size = step.abs() * 1.0_f64.max(at.first.abs()).max(at.bend.abs());
            if (inside && size < 1e-5) || high - low <= f64::EPSILON * high {
                break;
            }
        }
        x
    }
}

/// The probability p of a tail at x, and the derivatives of ln p with respect to ln x.
pub(super) struct Slope {
    pub(super) p: f64,
    /// d ln p / d ln x.
    pub(super) first: f64,
    /// (d² ln p / d (ln x)²) / (d ln p / d ln x).
    pub(super) bend: f64,
}

/// The number of octaves of u, from 2^−33 to ½. Each has four nodes, so the top bits of the float u give its
/// cell.
const OCTAVES: u64 = 32;
const CELLS: u64 = 4 * OCTAVES;
const FIRST_KEY: u64 = (1023 - 33) * 4;
/// The number of bits to drop: all but the exponent and the two top bits of the mantissa.
const KEY_SHIFT: u32 = 50;

/// The quantile function of one tail up to ½, with initial guesses from a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Half<T> {
    pub(super) tail: T,
    nodes: Box<[Node]>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    x: f64,
    /// dx/du.
    slope: f64,
}

fn uniform_of_node(node: u64) -> f64 {
    f64::from_bits((FIRST_KEY + node) << KEY_SHIFT)
}

impl<T: Tail> Half<T> {
    /// Builds the table. `beyond` is on the other side of the median.
    pub(super) fn new(tail: T, beyond: f64) -> Self {
        let mut near = beyond;
        let mut nodes: Vec<Node> = (0..=CELLS)
            .rev()
            .map(|node| {
                let x = tail.far(uniform_of_node(node), near);
                let falls = x > near;
                near = x;
                Node { x, slope: if falls { -1.0 } else { 1.0 } / tail.density(x) }
            })
            .collect();
        nodes.reverse();
        Self { tail, nodes: nodes.into() }
    }

    /// x with the probability `u`, for u up to ½.
    pub(super) fn quantile(&self, u: f64) -> f64 {
        let key = u.to_bits() >> KEY_SHIFT;
        if !(FIRST_KEY..=FIRST_KEY + CELLS).contains(&key) {
            return self.tail.far(u, self.nodes[0].x);
        }
        let cell = (key - FIRST_KEY).min(CELLS - 1);
        let index = cell as usize;
        let (left, right) = (self.nodes[index], self.nodes[index + 1]);
        let guess = hermite(left, right, u - uniform_of_node(cell), uniform_of_node(cell + 1) - u);
        let (low, high) = (left.x.min(right.x), left.x.max(right.x));
        // A cubic through steep ends may leave its cell, which would cost the solver additional steps.
        let guess = if guess > low && guess < high { guess } else { left.x };
        if guess < 1e-290 { guess } else { self.tail.inverse(u, guess, low, high) }
    }
}

/// The cubic with the values and slopes of both nodes, at the distance `from_left` from one and `to_right`
/// from the other.
fn hermite(left: Node, right: Node, from_left: f64, to_right: f64) -> f64 {
    let width = from_left + to_right;
    let (t, s) = (from_left / width, to_right / width);
    let ends = left.x * s * s * (1.0 + 2.0 * t) + right.x * t * t * (1.0 + 2.0 * s);
    ends + width * t * s * (left.slope * s - right.slope * t)
}
