//! The order of the scenarios of a comparison, the baseline first, and their weights.

use crate::diag::{nearest, printable};
use crate::plan::Plan;
use crate::scenario::stem;
use crate::study::{Error, Host};
use std::path::Path;

/// The order of scenarios, and their weights.
pub(in crate::study) struct Order {
    /// Indices in the order of the request; the baseline's comes first.
    indices: Vec<usize>,
    /// The weights in this order; they add up to one.
    pub(in crate::study) weights: Option<Vec<f64>>,
    /// Scenarios without a weight where others have one.
    without: Vec<String>,
}

impl Order {
    /// The order of these plans, which are in the order of the request; an error if baseline or weights don't
    /// fit them.
    pub(in crate::study) fn of(
        wanted: Option<&str>,
        weights: &[f64],
        plans: &[&Plan],
    ) -> Result<Self, Error> {
        let mut indices: Vec<usize> = (0..plans.len()).collect();
        indices[..=baseline(wanted, plans)?].rotate_right(1);
        let has_some = weights.is_empty() && plans.iter().any(|plan| plan.info.weight.is_some());
        let weights = scaled(weights, plans)?;
        let without = plans.iter().filter(|plan| has_some && plan.info.weight.is_none());
        Ok(Self {
            without: without.map(|plan| plan.info.name.clone()).collect(),
            weights: weights.map(|weights| indices.iter().map(|&index| weights[index]).collect()),
            indices,
        })
    }

    /// Sorts values of the scenarios from the order of the request into this order.
    pub(in crate::study) fn sort<T>(&self, all: Vec<T>) -> Vec<T> {
        let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
        self.indices.iter().filter_map(|&index| all[index].take()).collect()
    }

    /// Notes that there is no forecast of all scenarios where only some have a weight.
    pub(in crate::study) fn note(&self, host: &dyn Host) {
        if !self.without.is_empty() {
            let names = printable(&self.without.join(", "));
            host.note(&format!(
                "warning: no forecast of them all, because only some have a `scenario.weight`; without one: \
                 {names}\n\
                 help: give one to each, or use --weights\n"
            ));
        }
    }
}

/// The index of the scenario that the others are compared with.
fn baseline(wanted: Option<&str>, plans: &[&Plan]) -> Result<usize, Error> {
    let Some(wanted) = wanted else { return Ok(0) };
    let names: Vec<&str> = plans.iter().map(|plan| plan.info.name.as_str()).collect();
    // The name of a file is accepted as well.
    let name = stem(Path::new(wanted));
    if let Some(index) = names.iter().position(|known| *known == wanted || *known == name) {
        return Ok(index);
    }
    let near = nearest(wanted, names.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Error::refused(format!(
        "none of the scenarios is called `{wanted}` (they are {}){near}",
        names.join(", ")
    )))
}

/// The weights of the request, scaled to add up to one; else those of the scenarios, if all have one.
fn scaled(weights: &[f64], plans: &[&Plan]) -> Result<Option<Vec<f64>>, Error> {
    let of_files = plans.iter().map(|plan| plan.info.weight).collect::<Option<Vec<f64>>>();
    let weights = if weights.is_empty() { of_files } else { Some(weights.to_vec()) };
    let Some(weights) = weights else { return Ok(None) };
    if weights.len() != plans.len() {
        let message = format!("{} weights for {} scenarios: each needs one", weights.len(), plans.len());
        return Err(Error::refused(message));
    }
    let sum: f64 = weights.iter().sum();
    if !weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0) || !sum.is_finite() || sum <= 0.0 {
        return Err(Error::refused("weights are numbers of zero or more, and not all of them zero"));
    }
    Ok(Some(weights.iter().map(|weight| weight / sum).collect()))
}
