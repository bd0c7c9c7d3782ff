//! Random paths as factors: what follows a driver, what follows a path of its own.

use super::spec::{CorridorSpec, DriverSpec, LoadingSpec, Path};
use crate::batch::{Inputs, Lanes, SeriesId};
use crate::kernel;

/// No price, no demand, no money of a month is larger: growth without an end must not leave what numbers can hold.
pub(super) const MOST: f64 = 1e30;

/// The logarithm of the factor of a path, x − v/2: its mean is one.
#[inline(always)]
pub(super) fn log_of<const N: usize>(path: Path, inputs: &Inputs<N>) -> Lanes<N> {
    inputs.shock(path.log) - inputs.shock(path.variance) * 0.5
}

/// The logarithm of the factor of all drivers that something follows, Σ a·x − a²·v/2: the mean is one for every
/// loading, where the drivers are independent.
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

/// A monthly noise or a random path as a factor, whose mean is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Factor {
    Noise(SeriesId),
    Path(Path),
}

impl Factor {
    /// The factor of this month.
    #[inline(always)]
    pub(super) fn value<const N: usize>(self, inputs: &Inputs<N>) -> Lanes<N> {
        let log = match self {
            Self::Noise(series) => inputs.shock(series),
            Self::Path(path) => log_of(path, inputs),
        };
        log.map(kernel::exp).min(Lanes::splat(MOST))
    }
}

/// The factors of a corridor that can be observed: the path of the metric, its title, and the factor.
pub(super) fn factors(spec: &CorridorSpec) -> Vec<(String, String, Factor)> {
    let mut all = Vec::new();
    for driver in &spec.drivers {
        let path = format!("drivers.{}.level", driver.name);
        all.push((path, format!("{}: level, 1 on average", driver.title), Factor::Path(driver.path)));
    }
    for product in &spec.products {
        let (name, title) = (&product.name, &product.title);
        let noises = [
            ("noise", "noise of demand", product.noise),
            ("supply.noise", "noise of supply", product.supply.and_then(|supply| supply.noise)),
        ];
        for (what, words, noise) in noises {
            let factor = noise.map(Factor::Noise);
            all.extend(
                factor.map(|factor| (format!("products.{name}.{what}"), in_words(title, words), factor)),
            );
        }
        let path = product.price.path.map(Factor::Path);
        all.extend(path.map(|factor| {
            (format!("products.{name}.price_path"), in_words(title, "random path of the price"), factor)
        }));
    }
    for stream in spec.finance.iter().flat_map(|finance| &finance.earnings) {
        let noise = stream.noise.map(Factor::Noise);
        all.extend(noise.map(|factor| {
            (format!("earnings.{}.noise", stream.name), in_words(&stream.title, "noise of earnings"), factor)
        }));
    }
    all
}

fn in_words(title: &str, what: &str) -> String {
    format!("{title}: {what}, 1 on average")
}
