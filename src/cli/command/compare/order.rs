//! The order of the scenarios of a comparison, the yardstick first, and how likely each is.

use super::sides::refuse;
use crate::cli::app::Failure;
use crate::cli::args::CompareArgs;
use crate::cli::console;
use crate::diag::{nearest, printable};
use crate::plan::Plan;
use crate::scenario::stem;
use std::path::Path;

/// In which order scenarios stand.
pub(in crate::cli) struct Order {
    /// The places at which they were typed; the yardstick's comes first.
    places: Vec<usize>,
    /// How likely each is, in this order; they add up to one.
    pub(in crate::cli) weights: Option<Vec<f64>>,
    /// Scenarios without a weight where others have one.
    without: Vec<String>,
}

impl Order {
    /// Refuses a yardstick and weights that these scenarios, in the order in which they were typed, can't have.
    pub(super) fn of(args: &CompareArgs, plans: &[&Plan]) -> Result<Self, Failure> {
        let mut places: Vec<usize> = (0..plans.len()).collect();
        places[..=yardstick(args, plans)?].rotate_right(1);
        let weights = weights(args, plans)?;
        let has_some = args.weights.is_empty() && plans.iter().any(|plan| plan.info.weight.is_some());
        let without = plans.iter().filter(|plan| has_some && plan.info.weight.is_none());
        Ok(Self {
            without: without.map(|plan| plan.info.name.clone()).collect(),
            weights: weights.map(|weights| places.iter().map(|&place| weights[place]).collect()),
            places,
        })
    }

    /// Puts what belongs to the scenarios, in the order in which they were typed, into this order.
    pub(in crate::cli) fn sort<T>(&self, all: Vec<T>) -> Vec<T> {
        let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
        self.places.iter().filter_map(|&place| all[place].take()).collect()
    }

    /// Says why there is no forecast of all where somebody may expect one.
    pub(in crate::cli) fn say(&self) {
        if !self.without.is_empty() {
            let names = printable(&self.without.join(", "));
            console::print_error(&format!(
                "warning: no forecast of them all, because only some have a `scenario.weight`; without one: {names}\n\
                 help: give it to each, or type --weights\n"
            ));
        }
    }
}

/// The place of the scenario that the others are held against.
fn yardstick(args: &CompareArgs, plans: &[&Plan]) -> Result<usize, Failure> {
    let Some(wanted) = &args.baseline else { return Ok(0) };
    let names: Vec<&str> = plans.iter().map(|plan| plan.info.name.as_str()).collect();
    // A file's name will do as well.
    let name = stem(Path::new(wanted));
    if let Some(place) = names.iter().position(|known| *known == wanted || *known == name) {
        return Ok(place);
    }
    let near = nearest(wanted, names.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    refuse(&format!("none of the scenarios is called `{wanted}` (they are {}){near}", names.join(", ")))
}

/// The weights that were typed, scaled to add up to one; else those of the scenarios, if all have one.
fn weights(args: &CompareArgs, plans: &[&Plan]) -> Result<Option<Vec<f64>>, Failure> {
    let of_files = plans.iter().map(|plan| plan.info.weight).collect::<Option<Vec<f64>>>();
    let weights = if args.weights.is_empty() { of_files } else { Some(args.weights.clone()) };
    let Some(weights) = weights else { return Ok(None) };
    if weights.len() != plans.len() {
        return refuse(&format!("{} weights for {} scenarios: each needs one", weights.len(), plans.len()));
    }
    let sum: f64 = weights.iter().sum();
    if !weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0) || !sum.is_finite() || sum <= 0.0 {
        return refuse("weights are numbers of zero or more, and not all of them zero");
    }
    Ok(Some(weights.iter().map(|weight| weight / sum).collect()))
}
