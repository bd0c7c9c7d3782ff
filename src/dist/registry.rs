//! The families by name: parameters, forms, examples. The scenario front end uses it to parse distributions,
//! and the reference page is generated from it. It parses no text itself.
//!
//! A new family needs one file with its `FAMILY` and one entry here (and one in `law.rs` if it has a law of
//! its own); the tests of `dist` run all examples.

use super::{
    DistError, Distribution, bernoulli, beta, binomial, discrete, empirical, exponential, gamma, geometric,
    gumbel, logistic, lognormal, mixture, negative_binomial, normal, pareto, pert, poisson, quantiles,
    student, triangular, truncate, uniform, weibull,
};

pub use super::parameter::{Kind, Parameter, Range};

/// A family of distributions, as a scenario names it.
#[derive(Debug)]
pub struct Family {
    /// The name before the parenthesis.
    pub name: &'static str,
    /// Alternative names.
    pub also: &'static [&'static str],
    /// What it is for, in a few sentences, with its syntax if that is special.
    pub summary: &'static str,
    /// Density, cdf or quantile function and the mean, in terms of the parameters.
    pub formula: &'static str,
    /// The ways to give its parameters; empty if the arguments are not plain parameters.
    pub forms: &'static [Form],
}

/// One way to give the parameters of a family.
#[derive(Debug)]
pub struct Form {
    /// The parameters in the order of positional arguments.
    pub parameters: &'static [Parameter],
    /// An example as written in a scenario.
    pub example: &'static str,
    /// Builds the distribution from one number for each parameter, including defaults, each in its range.
    pub(super) build: fn(&[f64]) -> Result<Distribution, DistError>,
}

static FAMILIES: [Family; 23] = [
    normal::FAMILY,
    lognormal::FAMILY,
    uniform::FAMILY,
    triangular::FAMILY,
    pert::FAMILY,
    beta::FAMILY,
    quantiles::FAMILY,
    gamma::FAMILY,
    weibull::FAMILY,
    exponential::FAMILY,
    pareto::FAMILY,
    gumbel::FAMILY,
    logistic::FAMILY,
    student::FAMILY,
    poisson::FAMILY,
    binomial::FAMILY,
    negative_binomial::FAMILY,
    geometric::FAMILY,
    bernoulli::FAMILY,
    discrete::FAMILY,
    empirical::FAMILY,
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
/// let delay_months = form.distribution(&[0.0, 4.0, 30.0, 4.0]).expect("the mode lies between the bounds");
/// assert!((delay_months.mean() - (0.0 + 4.0 * 4.0 + 30.0) / 6.0).abs() < 1e-12);
/// ```
pub fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name || family.also.contains(&name))
}

impl Family {
    /// The first form that fits the given number of positional arguments, which fill the parameters from the
    /// left, and these names. Each name must occur once and be a parameter that is not filled yet; the
    /// remaining parameters must have defaults.
    pub fn form_for(&self, positional: usize, named: &[&str]) -> Option<&'static Form> {
        self.forms.iter().find(|form| form.fits(positional, named))
    }
}

impl Form {
    /// The distribution with these parameters, one number for each, including defaults.
    ///
    /// # Errors
    /// The first argument that is out of its range, or else the first that is inconsistent with the others.
    pub fn distribution(&self, given: &[f64]) -> Result<Distribution, DistError> {
        for (argument, (parameter, &x)) in self.parameters.iter().zip(given).enumerate() {
            parameter.check(argument, x)?;
        }
        (self.build)(given)
    }

    fn fits(&self, positional: usize, named: &[&str]) -> bool {
        let Some(open) = self.parameters.get(positional..) else { return false };
        let times = |name| named.iter().filter(|&&given| given == name).count();
        let filled = open.iter().filter(|parameter| times(parameter.name) == 1).count();
        let complete = open.iter().all(|parameter| times(parameter.name) == 1 || parameter.default.is_some());
        complete && filled == named.len()
    }
}
