//! Correlated shocks: independent normals become correlated ones.

use super::CorrelationSpec;
use crate::batch::Lanes;

/// Turns the independent ε of a group's members into their correlated z.
///
/// # Formula
/// zᵢ = Σ_{j ≤ i} Lᵢⱼ·εⱼ in the order of the members, with L the Cholesky factor: no member depends on one behind it.
pub(super) fn mix<const N: usize>(group: &CorrelationSpec, draws: &mut [Lanes<N>]) {
    // From the last to the first, so that every ε is still there when it is needed.
    for (i, &member) in group.members.iter().enumerate().rev() {
        let row = &group.cholesky[i * (i + 1) / 2..][..=i];
        let mut z = Lanes::ZERO;
        for (&factor, &other) in row.iter().zip(&group.members) {
            z += draws[other] * factor;
        }
        draws[member] = z;
    }
}
