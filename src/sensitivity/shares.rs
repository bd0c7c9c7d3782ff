//! A decomposition of the variance: what every input or group explains alone, their interactions, and the
//! remainder.

use super::group;
use super::index::{Explained, Index, Variance};
use rayon::prelude::*;

/// The largest number of inputs whose interactions are estimated: a fit to more of them explains too little.
const MOST_LEADING: usize = 6;

/// The parts of the variance. Their raw estimates ([`Index::raw`]) add up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// What each group explains.
    pub groups: Vec<Index>,
    /// What all groups except the `largest` explain, as the sum of their shares.
    pub small: Index,
    /// The groups whose interactions are estimated, the one with the largest share first.
    pub leading: Vec<usize>,
    /// What the leading groups explain together beyond the sum of their shares. It is below 0 where inputs of
    /// different groups depend on one another, because their shares overlap.
    pub interactions: Index,
    /// The unexplained rest: what isn't an input (the noise of the months), and interactions beyond the
    /// leading groups.
    pub remainder: Index,
}

/// Divides the variance of `y` among groups of inputs; a group may be a single one.
///
/// # Formula
/// Each group has its [closed index](super::closed_index). Interactions are the closed index of the leading
/// groups as one group less the sum of their indices; the leading groups are those with the largest shares
/// that together have at most six inputs. The remainder completes the sum to one. Errors are those of the
/// sums: the common part of the estimates cancels.
///
/// `largest` is the number of groups that are not included in [`Shares::small`]. `None` with too few runs.
pub fn shares(groups: &[Vec<&[f64]>], y: &[f64], largest: usize) -> Option<Shares> {
    let variance = Variance::of(y);
    let parts: Option<Vec<Explained>> =
        groups.par_iter().map(|group| group::explained(group, &variance)).collect();
    let parts = parts?;
    let indices: Vec<Index> = parts.iter().map(|part| part.index(&variance)).collect();
    let leading = leading(groups, &indices);
    let mut interactions = together(groups, &leading, &variance)?;
    if leading.len() > 1 {
        for &group in &leading {
            interactions.add(&parts[group], -1.0);
        }
    }
    let mut remainder = Explained::all(&variance);
    for part in parts.iter().chain([&interactions]) {
        remainder.add(part, -1.0);
    }
    let mut small = Explained::nothing(variance.runs());
    for &group in by_share(&indices).iter().skip(largest) {
        small.add(&parts[group], 1.0);
    }
    Some(Shares {
        small: small.index(&variance),
        groups: indices,
        leading,
        interactions: interactions.index(&variance),
        remainder: remainder.index(&variance),
    })
}

/// What the leading groups explain as one group; zero for a single one, which can't interact.
fn together(groups: &[Vec<&[f64]>], leading: &[usize], variance: &Variance) -> Option<Explained> {
    let inputs: Vec<&[f64]> = leading.iter().flat_map(|&group| groups[group].iter().copied()).collect();
    group::explained(if leading.len() > 1 { &inputs } else { &[] }, variance)
}

/// The groups with the largest shares that together have at most six inputs.
fn leading(groups: &[Vec<&[f64]>], indices: &[Index]) -> Vec<usize> {
    let mut order = by_share(indices);
    let mut left = MOST_LEADING;
    order.retain(|&group| {
        let fits = groups[group].len() <= left;
        left -= if fits { groups[group].len() } else { 0 };
        fits
    });
    order
}

/// The groups, the largest share first.
fn by_share(indices: &[Index]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..indices.len()).collect();
    order.sort_by(|&a, &b| indices[b].raw().total_cmp(&indices[a].raw()));
    order
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Ishigami, normals};
    use super::*;

    /// Ishigami's function with noise of a quarter of the variance: all of its shares times 0.75, within four
    /// standard errors of 10,000 runs.
    #[test]
    fn alone_together_and_the_remainder_add_up_to_one() {
        let (inputs, y) = Ishigami::runs(3, 10_000);
        let noise = libm::sqrt(Ishigami::VARIANCE / 3.0);
        let y: Vec<f64> = y.iter().zip(normals("noise", 3, 10_000)).map(|(y, z)| y + noise * z).collect();
        let groups: Vec<Vec<&[f64]>> = inputs.iter().map(|x| vec![x.as_slice()]).collect();
        let found = shares(&groups, &y, 2).expect("enough runs");
        for (index, truth) in found.groups.iter().zip(Ishigami::FIRST) {
            assert!((index.raw() - 0.75 * truth).abs() < 0.03, "{index:?}");
        }
        let interaction = Ishigami::TOTAL[2];
        assert!((found.interactions.raw() - 0.75 * interaction).abs() < 0.03, "{:?}", found.interactions);
        assert!((found.remainder.raw() - 0.25).abs() < 0.03, "{:?}", found.remainder);
        let sum: f64 =
            found.groups.iter().chain([&found.interactions, &found.remainder]).map(|i| i.raw()).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert_eq!(found.leading, [1, 0, 2]);
        // The smallest is the third, which explains nothing alone.
        assert!((found.small.raw() - found.groups[2].raw()).abs() < 1e-12);
    }

    #[test]
    fn a_single_group_has_no_interactions() {
        let (inputs, y) = Ishigami::runs(4, 2_000);
        let found = shares(&[vec![inputs[1].as_slice()]], &y, 1).expect("enough runs");
        assert_eq!((found.interactions.raw(), found.interactions.standard_error()), (0.0, 0.0));
        assert!((found.remainder.raw() + found.groups[0].raw() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_leading_groups_have_six_inputs_at_most() {
        let x = [0.0];
        let groups: Vec<Vec<&[f64]>> = [3, 4, 2, 1].map(|inputs| vec![x.as_slice(); inputs]).to_vec();
        let indices = [0.4, 0.3, 0.2, 0.1].map(|share| Index::new(share, 0.0));
        assert_eq!(leading(&groups, &indices), [0, 2, 3]);
    }
}
