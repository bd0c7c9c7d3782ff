//! Random paths as factors: the effect of drivers, and of a path of one's own.

use crate::batch::{Inputs, Lanes};
use crate::kernel;
use crate::plan::{DriverSpec, Factor, LoadingSpec, Path};

/// The upper bound of every price, demand and amount of money of a month: unlimited growth must not overflow
/// to infinity.
pub(super) const MOST: f64 = 1e30;

/// The logarithm of the factor of a path, x − v/2: its mean is one.
#[inline(always)]
pub(super) fn log_of<const N: usize>(path: Path, inputs: &Inputs<N>) -> Lanes<N> {
    inputs.shock(path.log) - inputs.shock(path.variance) * 0.5
}

/// The logarithm of the factor of all drivers that something follows, Σ a·x − a²·v/2: the factor has mean one
/// for every loading, if the drivers are independent.
#[inline(always)]
pub(super) fn log_of_drivers<const N: usize>(
    loadings: &[LoadingSpec],
    drivers: &[DriverSpec],
    inputs: &Inputs<N>,
) -> Lanes<N> {
    let mut log = Lanes::ZERO;
    for LoadingSpec { driver, loading } in loadings {
        let (Path { log: x, variance }, a) = (drivers[driver.0].path, inputs.value(*loading));
        log += a * inputs.shock(x) - a * a * inputs.shock(variance) * 0.5;
    }
    log
}

/// A noise or a random path as this month's factor.
#[inline(always)]
pub(super) fn factor<const N: usize>(factor: Factor, inputs: &Inputs<N>) -> Lanes<N> {
    let log = match factor {
        Factor::Noise(series) => inputs.shock(series),
        Factor::Path(path) => log_of(path, inputs),
    };
    log.map(kernel::exp).min(Lanes::splat(MOST))
}
