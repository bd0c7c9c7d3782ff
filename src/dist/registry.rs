//! The families by name: parameters, forms, examples. The scenario front end parses with it and the reference
//! pages are printed from it. It never parses text itself.
//!
//! Adding a family is one file with its `FAMILY` and one entry here (and one in `law.rs` if it has a law of its
//! own); the tests of `dist` run all its examples.

use super::{
    DistError, Distribution, beta, discrete, lognormal, mixture, normal, pert, triangular, truncate, uniform,
};

/// A family of distributions, as a scenario names it.
#[derive(Debug)]
pub struct Family {
    /// The name before the bracket.
    pub name: &'static str,
    /// What it is for, in a sentence or two; for special syntax, that syntax.
    pub summary: &'static str,
    /// Density, cdf or quantile function and the mean, in the names of the parameters.
    pub formula: &'static str,
    /// The ways to give its parameters; empty where the arguments are distributions or weights.
    pub forms: &'static [Form],
}

/// One way to give the parameters of a family.
#[derive(Debug)]
pub struct Form {
    /// In the order of positional arguments.
    pub parameters: &'static [Parameter],
    /// As it would stand in a scenario.
    pub example: &'static str,
    /// Builds from one number for each parameter, defaults filled in.
    pub build: fn(&[f64]) -> Result<Distribution, DistError>,
}

/// A parameter of a form.
#[derive(Debug)]
pub struct Parameter {
    /// As it stands before the `=`.
    pub name: &'static str,
    /// Whether it has the unit of the quantity.
    pub kind: Kind,
    /// What it is where it is left out.
    pub default: Option<f64>,
}

/// What a parameter measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The quantity itself: it carries its unit (a percentage, tonnes).
    Value,
    /// A plain number, whatever the quantity is (`alpha`, `lambda`, `sd_log`).
    Shape,
}

static FAMILIES: [Family; 9] = [
    normal::FAMILY,
    lognormal::FAMILY,
    uniform::FAMILY,
    triangular::FAMILY,
    pert::FAMILY,
    beta::FAMILY,
    discrete::FAMILY,
    mixture::FAMILY,
    truncate::FAMILY,
];

/// All families, in the order of the reference page.
pub fn families() -> &'static [Family] {
    &FAMILIES
}

/// The family of this name.
///
/// # Examples
/// ```
/// use corridor::dist::registry::family;
///
/// let form = family("pert").and_then(|pert| pert.form_for(3, &[])).expect("lambda has a default");
/// let delay_months = (form.build)(&[0.0, 4.0, 30.0, 4.0]).expect("the mode lies between the bounds");
/// assert!((delay_months.mean() - (0.0 + 4.0 * 4.0 + 30.0) / 6.0).abs() < 1e-12);
/// ```
pub fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name)
}

impl Family {
    /// The first form that these arguments fit: so many without a name, which fill the parameters from the left,
    /// and these names. Each name must be a parameter that is still open, once; what stays open must have a
    /// default.
    pub fn form_for(&self, positional: usize, named: &[&str]) -> Option<&'static Form> {
        self.forms.iter().find(|form| form.fits(positional, named))
    }
}

impl Form {
    fn fits(&self, positional: usize, named: &[&str]) -> bool {
        let Some(open) = self.parameters.get(positional..) else { return false };
        let times = |name| named.iter().filter(|&&given| given == name).count();
        let filled = open.iter().filter(|parameter| times(parameter.name) == 1).count();
        let complete = open.iter().all(|parameter| times(parameter.name) == 1 || parameter.default.is_some());
        complete && filled == named.len()
    }
}
