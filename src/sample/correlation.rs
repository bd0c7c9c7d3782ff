//! Turns independent draws into correlated ones.

use crate::batch::Lanes;

/// Turns the independent ε of a group's members into their correlated z.
///
/// # Formula
/// zᵢ = Σ_{j ≤ i} Lᵢⱼ·εⱼ in the order of the members, with L the Cholesky factor, row by row: no member
/// depends on a later one.
#[inline(always)]
pub(super) fn mix<const N: usize>(members: &[usize], cholesky: &[f64], draws: &mut [Lanes<N>]) {
    // From the last to the first, so that no ε is overwritten before its last use.
    for (i, &member) in members.iter().enumerate().rev() {
        let row = &cholesky[i * (i + 1) / 2..][..=i];
        let mut z = Lanes::ZERO;
        for (&factor, &other) in row.iter().zip(members) {
            z += draws[other] * factor;
        }
        draws[member] = z;
    }
}
