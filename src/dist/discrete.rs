//! The discrete distribution: several values, each with its probability.

use super::error::{number, positive};
use super::law::Law;
use super::moments::Moments;
use super::registry::Family;
use super::{DistError, Distribution};

pub(super) const FAMILY: Family = Family {
    name: "discrete",
    also: &[],
    summary: "Several values with their probabilities: `discrete(50%: 0, 30%: 6, 20%: 12)`, or equally \
              likely: `discrete(1, 2, 3)`. Weights are divided by their sum.",
    formula: "P(x = value) = weight / sum of weights",
    forms: &[],
};

/// Builds the law from pairs (weight, value).
pub(super) fn build(values: &[(f64, f64)]) -> Result<Distribution, DistError> {
    if values.is_empty() {
        return Err(DistError::whole("a discrete distribution needs at least one value"));
    }
    for (i, &(weight, value)) in values.iter().enumerate() {
        positive(i, "weight", weight)?;
        number(i, "value", value)?;
    }
    let law = Discrete::new(values);
    Ok(if let [only] = law.values[..] { Distribution::constant(only) } else { law.into() })
}

/// Accuracy: exact except for the rounding of the sums of weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Discrete {
    /// In increasing order, without repetition.
    values: Box<[f64]>,
    /// P(X ≤ value), the last one exactly 1.
    upto: Box<[f64]>,
}

impl Discrete {
    fn new(weighted: &[(f64, f64)]) -> Self {
        let mut sorted = weighted.to_vec();
        sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
        let total: f64 = sorted.iter().map(|&(weight, _)| weight).sum();
        let (mut values, mut upto) = (Vec::new(), Vec::new());
        let mut sum = 0.0;
        for (weight, value) in sorted {
            sum += weight;
            if values.last() == Some(&value) {
                upto.pop();
            } else {
                values.push(value);
            }
            upto.push(f64::min(sum / total, 1.0));
        }
        if let Some(last) = upto.last_mut() {
            *last = 1.0;
        }
        Self { values: values.into(), upto: upto.into() }
    }

    /// P(X is one of the first `count` values).
    fn first(&self, count: usize) -> f64 {
        if count == 0 { 0.0 } else { self.upto[count - 1] }
    }

    /// Every (probability, value).
    fn atoms(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.values.iter().enumerate().map(|(i, &x)| (self.upto[i] - self.first(i), x))
    }
}

impl Law for Discrete {
    fn quantile(&self, u: f64) -> f64 {
        self.values[self.upto.partition_point(|&p| p < u)]
    }

    fn cdf(&self, x: f64) -> f64 {
        self.first(self.values.partition_point(|&value| value <= x))
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.first(self.values.partition_point(|&value| value < x))
    }

    fn mean(&self) -> f64 {
        self.atoms().map(|(p, x)| p * x).sum()
    }

    fn sd(&self) -> f64 {
        let mean = self.mean();
        libm::sqrt(self.atoms().map(|(p, x)| p * (x - mean) * (x - mean)).sum())
    }

    fn support(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }

    fn scaled(mut self, factor: f64) -> Self {
        for value in &mut self.values {
            *value *= factor;
        }
        self
    }

    fn landmarks(&self) -> Vec<f64> {
        self.values.to_vec()
    }

    fn moments_between(&self, min: f64, max: f64, centre: f64) -> Moments {
        let inside = self.atoms().filter(|(_, x)| (min..=max).contains(x));
        inside.fold(Moments::ZERO, |sum, (p, x)| sum.with(p, x - centre))
    }
}
