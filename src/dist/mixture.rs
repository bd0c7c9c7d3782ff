//! Mixtures: one of several distributions, each with its probability ("if the line opens … otherwise …").
//!
//! The quantile function is the inverse of the mixture's own cdf, rather than a choice of a part followed by
//! a draw from it. So a draw is an increasing function of one uniform, and rank correlation and stratified
//! designs work.

use super::error::{number, positive, require};
use super::law::{FIRST_UNIFORM, LAST_UNIFORM, Law};
use super::moments::Moments;
use super::registry::Family;
use super::{DistError, Distribution, discrete};

pub(super) const FAMILY: Family = Family {
    name: "mixture",
    also: &[],
    summary: "One of several distributions, each with its probability: \
              `mixture(50%: uniform(0, 9), 30%: uniform(9, 24), 20%: lognormal(40, sd_log=0.6))`. \
              Weights are divided by their sum.",
    formula: "F(x) = Σ weight F_i(x) / Σ weight; mean Σ weight mean_i / Σ weight",
    forms: &[],
};

/// The maximum number of parts: more would slow down draws without being useful.
const MOST_PARTS: usize = 100;

pub(super) fn build(mut parts: Vec<(f64, Distribution)>) -> Result<Distribution, DistError> {
    for (i, (weight, part)) in parts.iter().enumerate() {
        positive(i, "weight", *weight)?;
        number(i, "value", part.is_constant().unwrap_or(0.0))?;
        require(i < MOST_PARTS, i, "mixture", "made of at most 100 parts")?;
    }
    let atoms = parts.iter().map(|(weight, part)| Some((*weight, part.is_constant()?)));
    if let Some(atoms) = atoms.collect::<Option<Vec<_>>>().filter(|atoms| !atoms.is_empty()) {
        return discrete::build(&atoms);
    }
    match parts.len() {
        0 => Err(DistError::whole("a mixture needs at least one part")),
        1 => Ok(parts.remove(0).1),
        _ => Ok(Mixture::new(parts).into()),
    }
}

/// Accuracy: cdf(quantile(u)) = u to 1e-13, relative in both tails; a uniform within a jump of the cdf gives
/// exactly the value of the atom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mixture {
    parts: Vec<(f64, Distribution)>,
    nodes: Nodes,
}

/// The cdf at increasing points, between which it is continuous and nearly linear.
#[derive(Debug, Clone, PartialEq)]
struct Nodes {
    x: Box<[f64]>,
    /// P(X < x).
    below: Box<[f64]>,
    /// P(X ≤ x).
    upto: Box<[f64]>,
}

impl Mixture {
    fn new(mut parts: Vec<(f64, Distribution)>) -> Self {
        let total: f64 = parts.iter().map(|&(weight, _)| weight).sum();
        for (weight, _) in &mut parts {
            *weight /= total;
        }
        let x = points(&parts);
        let (mut below, mut upto) = (Vec::new(), Vec::new());
        let mut floor = 0.0_f64;
        for &x in &x {
            // Rounding must not make the table decrease.
            for (column, p) in [(&mut below, cdf_below(&parts, x)), (&mut upto, cdf(&parts, x))] {
                floor = floor.max(p);
                column.push(floor);
            }
        }
        Self { parts, nodes: Nodes { x: x.into(), below: below.into(), upto: upto.into() } }
    }

    fn weighted(&self, of: impl Fn(&Distribution) -> f64) -> f64 {
        self.parts.iter().map(|(weight, part)| weight * of(part)).sum()
    }
}

fn cdf(parts: &[(f64, Distribution)], x: f64) -> f64 {
    parts.iter().map(|(weight, part)| weight * part.law.cdf(x)).sum()
}

fn cdf_below(parts: &[(f64, Distribution)], x: f64) -> f64 {
    parts.iter().map(|(weight, part)| weight * part.law.cdf_below(x)).sum()
}

/// The nodes of the table: every jump and edge of the parts, and quantiles of each part, so that narrow parts
/// are resolved however far apart they are.
fn points(parts: &[(f64, Distribution)]) -> Vec<f64> {
    const TAILS: [f64; 19] = [
        1e-200, 1e-100, 1e-50, 1e-30, 1e-24, 1e-20, 1e-18, 1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6,
        1e-5, 1e-4, 5e-4, 2e-3, 7e-3,
    ];
    let steps: u32 = if parts.len() <= 8 { 128 } else { 24 };
    let middle = (1..steps).map(|i| f64::from(i) / f64::from(steps));
    let tails = TAILS.into_iter().flat_map(|p| [p, 1.0 - p]);
    let levels: Vec<f64> = middle.chain(tails).chain([FIRST_UNIFORM, LAST_UNIFORM]).collect();
    let mut points = Vec::new();
    for (_, part) in parts {
        points.extend(part.law.landmarks());
        points.extend(levels.iter().map(|&u| part.quantile(u)));
    }
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

impl Law for Mixture {
    fn quantile(&self, u: f64) -> f64 {
        let Nodes { x, below, upto } = &self.nodes;
        let right = upto.partition_point(|&p| p < u);
        if right == upto.len() {
            return x[right - 1];
        }
        if right == 0 || u > below[right] {
            return x[right];
        }
        let left = right - 1;
        solve(&|x| cdf(&self.parts, x), u, (x[left], upto[left]), (x[right], below[right]))
    }

    fn cdf(&self, x: f64) -> f64 {
        // The rounded weights may not add up to 1.
        if x >= self.support().1 { 1.0 } else { cdf(&self.parts, x).min(1.0) }
    }

    fn cdf_below(&self, x: f64) -> f64 {
        cdf_below(&self.parts, x).min(1.0)
    }

    fn mean(&self) -> f64 {
        self.weighted(Distribution::mean)
    }

    fn sd(&self) -> f64 {
        let mean = self.mean();
        libm::sqrt(self.weighted(|part| {
            let (shift, sd) = (part.mean() - mean, part.sd());
            sd * sd + shift * shift
        }))
    }

    fn tail_indices(&self) -> [f64; 2] {
        let parts = self.parts.iter().map(|(_, part)| part.law.tail_indices());
        parts.fold([f64::INFINITY; 2], |[low, high], [lower, upper]| [low.min(lower), high.min(upper)])
    }

    fn support(&self) -> (f64, f64) {
        let supports = self.parts.iter().map(|(_, part)| part.support());
        supports.fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)))
    }

    fn scaled(mut self, factor: f64) -> Self {
        for x in &mut self.nodes.x {
            *x *= factor;
        }
        let parts = self.parts.into_iter().map(|(weight, part)| (weight, part.scaled(factor)));
        Self { parts: parts.collect(), nodes: self.nodes }
    }

    fn landmarks(&self) -> Vec<f64> {
        self.parts.iter().flat_map(|(_, part)| part.law.landmarks()).collect()
    }

    fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments {
        let add = |sum: Moments, (weight, part): &(f64, Distribution)| {
            sum.plus(part.law.moments_between(min, max, centre), *weight)
        };
        self.parts.iter().fold(Moments::ZERO, add)
    }
}

/// x with cdf(x) = u between two points (x, cdf) around it, where the cdf is continuous.
///
/// # Formula
/// Regula falsi with the weights of Anderson and Björck (BIT 13, 1973), order about 1.7; a step that doesn't
/// at least halve the bracket three times in a row is followed by a bisection. At most 200 steps.
fn solve(cdf: &impl Fn(f64) -> f64, u: f64, left: (f64, f64), right: (f64, f64)) -> f64 {
    let tolerance = (1e-13 * u).min((1e-13 * (1.0 - u)).max(2e-16));
    let (mut low, mut high) = ((left.0, left.1 - u), (right.0, right.1 - u));
    let mut slow = 0;
    for _ in 0..200 {
        let width = high.0 - low.0;
        if width <= f64::EPSILON * high.0.abs().max(low.0.abs()) {
            break;
        }
        let share = if slow < 3 { low.1 / (low.1 - high.1) } else { 0.5 };
        let x = (low.0 + width * share).max(low.0).min(high.0);
        let miss = cdf(x) - u;
        if miss.abs() <= tolerance {
            return x;
        }
        // The end that stays gets a smaller weight, so that the next step is closer to it.
        let (moved, stays) = if miss < 0.0 { (&mut low, &mut high) } else { (&mut high, &mut low) };
        let keep = 1.0 - miss / moved.1;
        stays.1 *= if keep > 0.0 { keep } else { 0.5 };
        *moved = (x, miss);
        slow = if high.0 - low.0 <= 0.5 * width { 0 } else { slow + 1 };
    }
    high.0
}
