//! Noises and random paths that can be observed, as factors whose mean is one.

use super::{CorridorSpec, Path};
use crate::batch::SeriesId;

/// A monthly noise or a random path as a factor, whose mean is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Factor {
    /// The noise of a month.
    Noise(SeriesId),
    /// A path over the months.
    Path(Path),
}

/// The factors of a corridor that can be observed: the path of the metric, its title, and the factor.
pub(super) fn factors(spec: &CorridorSpec) -> Vec<(String, String, Factor)> {
    let mut all = Vec::new();
    for driver in &spec.drivers {
        let path = format!("drivers.{}.level", driver.name);
        all.push((path, format!("{}: level, 100% on average", driver.title), Factor::Path(driver.path)));
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
    format!("{title}: {what}, 100% on average")
}
