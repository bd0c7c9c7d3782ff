//! Noises and random paths that can be observed, as factors with mean one.

use super::{CorridorSpec, Path};
use crate::batch::SeriesId;

/// A monthly noise or a random path as a factor with mean one.
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
            ("supply_noise", "noise of supply", product.supply.and_then(|supply| supply.noise)),
        ];
        for (what, words, noise) in noises {
            let factor = noise.map(Factor::Noise);
            all.extend(
                factor.map(|factor| (format!("products.{name}.{what}"), title_of(title, words), factor)),
            );
        }
        let path = product.price.path.map(Factor::Path);
        all.extend(path.map(|factor| {
            (format!("products.{name}.price_path"), title_of(title, "random path of the price"), factor)
        }));
    }
    let cash = spec.finance.as_ref().and_then(|finance| finance.cash.noise).map(Factor::Noise);
    all.extend(cash.map(|factor| ("finance.noise".to_owned(), title_of("Cash", "noise"), factor)));
    for stream in spec.finance.iter().flat_map(|finance| &finance.earnings) {
        let noise = stream.noise.map(Factor::Noise);
        all.extend(noise.map(|factor| {
            (format!("earnings.{}.noise", stream.name), title_of(&stream.title, "noise of earnings"), factor)
        }));
    }
    all
}

/// The title of a factor's metric.
fn title_of(title: &str, what: &str) -> String {
    format!("{title}: {what}, 100% on average")
}
