//! Copulas: dependence between the uniforms of per-run inputs.

use super::correlation;
use super::{CopulaFamily, CopulaSpec};
use crate::batch::Lanes;
use crate::dist::{StudentT, normal_cdf};
use crate::kernel;

/// The parameter of a Gaussian copula with a rank correlation (Spearman's ρ).
///
/// # Formula
/// r = 2·sin(π·ρ/6). A t copula with the same parameter has a rank correlation that is somewhat closer to 0
/// (with 4 degrees of freedom 0.467 instead of 0.483 for r = 0.5). For Kendall's τ it is r = sin(π·τ/2) in
/// both cases.
pub fn parameter_of_rank_correlation(rho: f64) -> f64 {
    2.0 * libm::sin(std::f64::consts::PI * rho / 6.0)
}

/// A group of dependent inputs.
#[derive(Debug, Clone)]
pub(super) struct Copula<'a> {
    members: Vec<usize>,
    cholesky: &'a [f64],
    law: Law,
}

/// The distribution of the members while they are mixed.
#[derive(Debug, Clone)]
enum Law {
    Normal,
    /// The distribution of each member, and the conditional distributions of the first, second, … given those
    /// before it.
    Student(StudentT, Vec<StudentT>),
}

impl<'a> Copula<'a> {
    pub(super) fn new(spec: &'a CopulaSpec) -> Self {
        let members: Vec<usize> = spec.members.iter().map(|id| id.0).collect();
        let law = Law::new(spec.family, members.len());
        Self { members, cholesky: &spec.cholesky, law }
    }

    /// Turns the independent uniforms of the members into dependent ones.
    ///
    /// # Formula
    /// u'ᵢ = F(Σ_{j ≤ i} Lᵢⱼ·yⱼ), with F the cdf of the normal or of Student's t distribution, and each y
    /// distributed by F: independent of one another (Gaussian), or spherical (t). The first member keeps its
    /// uniform, and no member depends on a later one.
    pub(super) fn join<const N: usize>(&self, uniforms: &mut [Lanes<N>]) {
        let Some((&first, others)) = self.members.split_first() else { return };
        let kept = uniforms[first];
        match &self.law {
            Law::Normal => normal(&self.members, uniforms),
            Law::Student(_, given) => spherical(given, &self.members, uniforms),
        }
        correlation::mix(&self.members, self.cholesky, uniforms);
        for &member in others {
            uniforms[member] = uniforms[member].map(|y| self.law.cdf(y));
        }
        // F would give it back only up to rounding.
        uniforms[first] = kept;
    }
}

impl Law {
    fn new(family: CopulaFamily, members: usize) -> Self {
        match family {
            CopulaFamily::Gaussian => Self::Normal,
            CopulaFamily::T { df } => {
                let given = (0..members).map(|before| StudentT::new(df + before as f64));
                Self::Student(StudentT::new(df), given.collect())
            }
        }
    }

    fn cdf(&self, y: f64) -> f64 {
        match self {
            Self::Normal => normal_cdf(y),
            Self::Student(law, _) => law.cdf(y),
        }
    }
}

/// Turns uniforms into standard normals.
fn normal<const N: usize>(members: &[usize], values: &mut [Lanes<N>]) {
    for &member in members {
        kernel::standard_normal_in_place(&mut values[member].0);
    }
}

/// Turns independent uniforms into a spherical t vector y.
///
/// # Formula
/// yᵢ = √((ν + Σ_{j < i} yⱼ²)/(ν + i − 1))·q(uᵢ), i from 1, with q the quantile function for ν + i − 1
/// degrees of freedom: the conditional distribution of yᵢ given those before it. So the members' own uniforms
/// suffice. A common χ² draw would be a further input, and would change all members when one is added.
fn spherical<const N: usize>(given: &[StudentT], members: &[usize], values: &mut [Lanes<N>]) {
    let mut squares = Lanes::splat(given.first().map_or(0.0, StudentT::df));
    for (law, &member) in given.iter().zip(members) {
        let scale = squares.map(|squares| libm::sqrt(squares / law.df()));
        let y = values[member].map(|u| law.quantile(u)) * scale;
        squares += y * y;
        values[member] = y;
    }
}

#[cfg(test)]
mod tests;
