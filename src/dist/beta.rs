//! The beta distribution: a share between 0 and 1, or anything between two bounds.

use super::error::{LARGEST, arguments, range, require};
use super::law::Law;
use super::registry::{Family, Form, Kind, Parameter};
use super::special::IncompleteBeta;
use super::{DistError, Distribution};

const ALPHA: Parameter = Parameter { name: "alpha", kind: Kind::Shape, default: None };
const BETA: Parameter = Parameter { name: "beta", kind: Kind::Shape, default: None };

pub(super) const FAMILY: Family = Family {
    name: "beta",
    summary: "A share between 0 and 1, or a value between `min` and `max`. After `alpha - 1` successes and \
              `beta - 1` failures it says what is known about a success rate; both 1 is uniform. \
              `min` = `max` makes it a constant.",
    formula: "density x^(alpha - 1) (1 - x)^(beta - 1) / B(alpha, beta) on 0..1; mean alpha / (alpha + beta)",
    forms: &[
        Form {
            parameters: &[ALPHA, BETA],
            example: "beta(2, 5)",
            build: |given| {
                let [alpha, beta] = arguments(given)?;
                build(alpha, beta, 0.0, 1.0)
            },
        },
        Form {
            parameters: &[
                ALPHA,
                BETA,
                Parameter { name: "min", kind: Kind::Value, default: None },
                Parameter { name: "max", kind: Kind::Value, default: None },
            ],
            example: "beta(2, 5, min=10%, max=40%)",
            build: |given| {
                let [alpha, beta, min, max] = arguments(given)?;
                build(alpha, beta, min, max)
            },
        },
    ],
};

fn build(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Distribution, DistError> {
    for (argument, name, shape) in [(0, "alpha", alpha), (1, "beta", beta)] {
        require((0.05..=10_000.0).contains(&shape), argument, name, "between 0.05 and 10000")?;
    }
    range(2, min, max)?;
    Ok(if min < max { between(alpha, beta, min, max) } else { Distribution::constant(min) })
}

/// A beta between `min` < `max`; the caller has checked the shapes.
pub(super) fn between(alpha: f64, beta: f64, min: f64, max: f64) -> Distribution {
    debug_assert!(min < max && max - min <= 2.0 * LARGEST, "a range checked by the caller");
    let sum = alpha + beta;
    let (mean, sd) = (alpha / sum, libm::sqrt(alpha * beta / (sum + 1.0)) / sum);
    Beta { lower: Half::new(alpha, beta), upper: Half::new(beta, alpha), mean, sd, min, max }.into()
}

/// Accuracy: cdf(quantile(u)) = u to 1e-10 (1e-13 for shapes below 100), relative in both tails, as far as neighbouring floats are that close:
/// with a `beta` far below 1 the values crowd next to `max`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beta {
    /// Counted up from `min`, for u ≤ ½.
    lower: Half,
    /// Counted down from `max`, for u > ½: the mirrored distribution, so the upper tail is as exact as the lower.
    upper: Half,
    /// Mean and sd on 0..1.
    mean: f64,
    sd: f64,
    min: f64,
    max: f64,
}

impl Law for Beta {
    fn quantile(&self, u: f64) -> f64 {
        let width = self.max - self.min;
        if u <= 0.5 {
            (self.min + width * self.lower.quantile(u)).min(self.max)
        } else {
            (self.max - width * self.upper.quantile(1.0 - u)).max(self.min)
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        let (x, y) = ((x - self.min) / width, (self.max - x) / width);
        if x <= 0.0 {
            0.0
        } else if y <= 0.0 {
            1.0
        } else {
            self.lower.cdf.at(x, y)
        }
    }

    fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * self.mean
    }

    fn sd(&self) -> f64 {
        (self.max - self.min) * self.sd
    }

    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { min: self.min * factor, max: self.max * factor, ..self }
    }
}

/// Nodes lie in the octaves of u from 2^−33 to ½, four in each: the top bits of u's float are its cell.
const OCTAVES: u64 = 32;
const CELLS: u64 = 4 * OCTAVES;
const FIRST_KEY: u64 = (1023 - 33) * 4;
/// All but the exponent and the two top bits of the mantissa.
const KEY_SHIFT: u32 = 50;

/// The quantile function up to ½ of a beta on 0..1, started from a table.
#[derive(Debug, Clone, PartialEq)]
struct Half {
    cdf: IncompleteBeta,
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

impl Half {
    fn new(a: f64, b: f64) -> Self {
        let cdf = IncompleteBeta::new(a, b);
        let mut above = 1.0 - f64::EPSILON / 2.0;
        let mut nodes: Vec<Node> = (0..=CELLS)
            .rev()
            .map(|node| {
                above = cdf.inverse_in_tail(uniform_of_node(node), above);
                Node { x: above, slope: 1.0 / cdf.density(above) }
            })
            .collect();
        nodes.reverse();
        Self { cdf, nodes: nodes.into() }
    }

    fn quantile(&self, u: f64) -> f64 {
        let key = u.to_bits() >> KEY_SHIFT;
        if !(FIRST_KEY..=FIRST_KEY + CELLS).contains(&key) {
            return self.cdf.inverse_in_tail(u, self.nodes[0].x);
        }
        let cell = (key - FIRST_KEY).min(CELLS - 1);
        let index = cell as usize;
        let (left, right) = (self.nodes[index], self.nodes[index + 1]);
        let guess = hermite(left, right, u - uniform_of_node(cell), uniform_of_node(cell + 1) - u);
        // A cubic through steep ends may leave its cell; the solver would only waste steps on that.
        let guess = if guess > left.x && guess < right.x { guess } else { left.x };
        if guess < 1e-290 { guess } else { self.cdf.inverse(u, guess, left.x, right.x) }
    }
}

/// The cubic with both nodes' values and slopes, `from_left` and `to_right` away from them.
fn hermite(left: Node, right: Node, from_left: f64, to_right: f64) -> f64 {
    let width = from_left + to_right;
    let (t, s) = (from_left / width, to_right / width);
    let ends = left.x * s * s * (1.0 + 2.0 * t) + right.x * t * t * (1.0 + 2.0 * s);
    ends + width * t * s * (left.slope * s - right.slope * t)
}
